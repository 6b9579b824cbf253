"""How something is returned: with what is missing on the list, or why it is not ready."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.hand_back import Return, Sent, hand_back, kind_of
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question
from nextstep.cli.handed import Scene, listed, scene_of
from nextstep.cli.judging import show_list
from nextstep.cli.recording import Manner, actor_of, record, tell
from nextstep.cli.session import open_session
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


def make_return(wish: Wish, manner: Manner) -> None:
    """Return one thing. Raises NextstepError where there is nothing to return."""
    session = open_session(today=manner.today)
    actor = actor_of(session, manner.by)
    answers = Answers()

    def fits(state: StepState) -> bool:
        offers = (state.offer, state.duty_offer)
        answering = any(
            offer is not None and actor.by in (offer.by, *offer.receivers) for offer in offers
        )
        return answering or (state.is_next and actor.by in state.voters)

    scene = scene_of(session, wish.id, wish.step, "return", fits)
    sent = kind_of(session.ledger, scene.target, actor, session.now)
    answers.typed += [("--missing", one) for one in wish.missing]
    others = [("--why", wish.why)] if wish.why is not None else []
    with answers.given_back("return", *scene.target.words.split(" "), others=others):
        back = _return(scene, sent, wish, answers)
        recorded = record(
            session, manner, actor, lambda ledger: hand_back(ledger, back, actor, session.now)
        )
    tell(recorded, manner)


def _return(scene: Scene, sent: Sent, wish: Wish, answers: Answers) -> Return:
    """Return what goes back, asked for where no flag says it.

    Who takes back an own offer, or gives up what is not begun, need not say why.
    """
    points = _points(scene, wish, answers)
    missing = as_listed(points, wish.missing)
    if sent.kind in {"withdrawn", "unbegun"}:
        return Return(target=scene.target, missing=missing, why=wish.why)
    if not missing and not wish.not_ready:
        answers.demand([(_MISSING, wish.why)])
        if wish.why is None:
            typed = answers.lines(_MISSING, (), lambda text: text)
            missing = as_listed(points, typed)
    if missing:
        why = answers.text(_MORE, wish.why) if answers.asks and not wish.missing else wish.why
        return Return(target=scene.target, missing=missing, why=why or None)
    answers.demand([(_WHY, wish.why)])
    return Return(target=scene.target, why=answers.text(_WHY, wish.why))


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
