"""How something is returned: with what is missing on the list, or why it is not ready."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from nextstep.changes.draft import Draft
from nextstep.changes.hand_back import Return, Sent, hand_back, kind_of
from nextstep.changes.log_lines import Actor
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question
from nextstep.cli.handed import Said, Scene, listed, sign
from nextstep.cli.judging import show_list
from nextstep.cli.recording import Manner
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.reports.points import Point, as_listed
from nextstep.runs.states import StepState

_MISSING = Question(
    words="What is missing? One a line, a number or words; an empty line ends.",
    flag="--missing ITEM",
)
_WHY = Question(words="Why?", flag="--why TEXT")
_MORE = Question(words="Why?", flag="--why TEXT", optional=True, open_="nothing more to say")


class Wish(Struct, frozen=True, kw_only=True):
    """What the command line said."""

    id: str
    step: str | None = None
    missing: tuple[str, ...] = ()
    not_ready: bool = False
    why: str | None = None
    duty: str | None = None


def make_return(wish: Wish, manner: Manner) -> None:
    """Return one thing. Raises NextstepError where there is nothing to return."""
    if wish.not_ready and wish.missing:
        raise NextstepError("--missing and --not-ready say two things", "leave one of them out")

    def fits(state: StepState, actor: Actor) -> bool:
        offers = (state.offer, state.duty_offer)
        answering = any(
            offer is not None and actor.by in (offer.by, *offer.receivers) for offer in offers
        )
        return answering or (state.is_next and actor.by in state.voters)

    said = Said(
        command="return",
        id=wish.id,
        step=wish.step,
        switches=(f"--{wish.duty}",) if wish.duty else (),
        typed=[("--missing", one) for one in wish.missing],
        others=[("--why", wish.why)] if wish.why is not None else [],
    )
    sign(said, manner, fits, lambda *given: _draft_of(wish, *given))


def _draft_of(
    wish: Wish, scene: Scene, answers: Answers, actor: Actor
) -> Callable[[Ledger], Draft]:
    """Return what drafts the return, with all answers in it."""
    session = scene.session
    sent = kind_of(session.ledger, scene.target, actor, session.now, duty=wish.duty)
    back = _return(scene, sent, wish, answers)
    return lambda ledger: hand_back(ledger, back, actor, session.now)


def _return(scene: Scene, sent: Sent, wish: Wish, answers: Answers) -> Return:
    """Return what goes back, asked for where no flag says it.

    Who takes back an own offer, or gives up what is not begun, need not say why.
    """
    points = _points(scene, wish, answers)
    missing = as_listed(points, wish.missing)
    if sent.kind in {"withdrawn", "unbegun"}:
        return Return(target=scene.target, duty=wish.duty, missing=missing, why=wish.why)
    if not missing and not wish.not_ready:
        answers.demand([(_MISSING, wish.why)])
        if wish.why is None:
            typed = answers.lines(_MISSING, (), lambda text: text)
            missing = as_listed(points, typed)
    if missing:
        why = answers.text(_MORE, wish.why) if answers.asks and not wish.missing else wish.why
        return Return(target=scene.target, duty=wish.duty, missing=missing, why=why or None)
    answers.demand([(_WHY, wish.why)])
    return Return(target=scene.target, duty=wish.duty, why=answers.text(_WHY, wish.why))


def _points(scene: Scene, wish: Wish, answers: Answers) -> tuple[Point, ...]:
    """Return the list that the words are taken from; it is shown to who is asked about it."""
    if scene.kind == "commitment":
        return ()
    if scene.kind == "process":
        return scene.duty_list(None)
    card, points = listed(scene)
    if not (wish.missing or wish.not_ready or wish.why):
        show_list(scene, points, answers, card=card)
    return points
