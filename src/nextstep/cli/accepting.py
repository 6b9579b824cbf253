"""How something is accepted: the receiver judges the list, and says back what comes next."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from nextstep.changes.accept import Acceptance, accept, duty_offered, offer_for, see_offered
from nextstep.changes.draft import Draft
from nextstep.changes.hand_back import Return, hand_back
from nextstep.changes.log_lines import Actor
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, choose
from nextstep.cli.handed import Said, Scene, listed, sign
from nextstep.cli.judging import Flags, Judged, judged, show_list
from nextstep.cli.recording import Manner
from nextstep.files.ledger import Ledger
from nextstep.runs.facts import Offer
from nextstep.runs.states import StepState

_WITHOUT = Question(words="Accept it without that, or return it?", flag="--gap ITEM")
_WHY = Question(words="Why?", flag="--why TEXT", optional=True, open_="nothing more to say")
_ASKS = "is it there and right?"
_ACCEPT, _RETURN = "accept", "return"


class Wish(Struct, frozen=True, kw_only=True):
    """What the command line said."""

    id: str
    step: str | None = None
    readback: str | None = None
    listed: Flags = Flags()
    duty: str | None = None


def make_acceptance(wish: Wish, manner: Manner) -> None:
    """Accept one thing. Raises NextstepError where nothing is offered to who acts."""

    def fits(state: StepState, actor: Actor) -> bool:
        offers = (state.offer, state.duty_offer)
        return any(offer is not None and actor.by in offer.receivers for offer in offers)

    said = Said(
        command="accept",
        id=wish.id,
        step=wish.step,
        switches=(
            *([f"--{wish.duty}"] if wish.duty else []),
            *(["--all-there"] if wish.listed.all_there else []),
        ),
        typed=[("--gap", one) for one in wish.listed.gaps],
        others=[("--readback", wish.readback)] if wish.readback is not None else [],
    )
    sign(said, manner, fits, lambda *given: _draft_of(wish, *given))


def _draft_of(
    wish: Wish, scene: Scene, answers: Answers, actor: Actor
) -> Callable[[Ledger], Draft]:
    """Return what drafts the answer, which may turn out to be a no."""
    now = scene.session.now
    judgement, wants_readback = _judged(scene, wish, answers, actor)
    missing = judgement.found_missing
    if missing and choose(_WITHOUT, (_ACCEPT, _RETURN)) == _RETURN:
        why = answers.text(_WHY, None) or None
        back = Return(target=scene.target, duty=wish.duty, missing=missing, why=why)
        return lambda ledger: hand_back(ledger, back, actor, now)
    readback = wish.readback
    if wants_readback:
        question = _readback(actor)
        answers.demand([(question, readback)])
        readback = answers.text(question, readback)
    accepted = Acceptance(
        target=scene.target, duty=wish.duty, readback=readback, gaps=judgement.gaps
    )
    return lambda ledger: accept(ledger, accepted, actor, now)


def _readback(actor: Actor) -> Question:
    return Question(
        words=f"What will {actor.addressed} do next, and by when?", flag="--readback TEXT"
    )


def _judged(scene: Scene, wish: Wish, answers: Answers, actor: Actor) -> tuple[Judged, bool]:
    """Return how the receiver judges the list, and whether something has to be said back.

    Raises NextstepError where nothing is offered, before anything is asked.
    """
    if scene.kind == "commitment":
        commitment = scene.standing.commitments[scene.target.id]
        offer = see_offered(commitment.offer, scene.target, actor)
        gaps = dict.fromkeys((*offer.gaps, *wish.listed.gaps))
        return Judged(gaps=tuple(gaps)), False
    if scene.kind == "process":
        return _judged_process(scene, wish, answers, actor), False
    offer = see_offered(offer_for(scene.step, actor), scene.target, actor)
    if offer.duty:
        return Judged(gaps=(*offer.gaps, *wish.listed.gaps)), False
    return _judged_work(scene, offer, wish, answers)


def _judged_work(scene: Scene, offer: Offer, wish: Wish, answers: Answers) -> tuple[Judged, bool]:
    card, points = listed(scene)
    if not wish.listed.all_there:
        show_list(scene, points, answers, card=card)
    return judged(points, wish.listed, answers, known=offer.gaps, asks=_ASKS), card.readback


def _judged_process(scene: Scene, wish: Wish, answers: Answers, actor: Actor) -> Judged:
    duties = scene.standing.duties[scene.target.id]
    duty = duty_offered(duties, wish.duty, scene.target, actor)
    event = duties.offers[duty].event
    points = scene.duty_list(actor.by)
    if not wish.listed.all_there:
        show_list(
            scene, points, answers, lead=f"{event.by} offers {actor.addressed} to be its {duty}."
        )
    return judged(points, wish.listed, answers, known=event.texts("gaps"), asks=_ASKS)
