"""How something is offered: its list is gone through, and what is missing is said openly."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.offer import (
    DutyOffer,
    ProcessOffer,
    WorkOffer,
    offer_duty,
    offer_process,
    offer_work,
    see_offerable,
)
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Reader, Unfit, read_flag
from nextstep.cli.beforehand import see_possible
from nextstep.cli.handed import Said, Scene, listed, sign
from nextstep.cli.judging import Flags, judged, show_list
from nextstep.cli.offer_flags import kind_of_offer, see_places
from nextstep.cli.offer_wish import Wish
from nextstep.cli.recording import Manner
from nextstep.cli.session import Session
from nextstep.cli.typed_people import one_person
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.process import VACANT, Process
from nextstep.reports.points import Point, as_listed
from nextstep.runs.critical import keeps_order
from nextstep.runs.leading import leaders, leads
from nextstep.runs.passing_on import steps_behind
from nextstep.runs.states import StepStage, StepState

TO = Question(words="To whom?", flag="--to PERSON")
_PROOF = Question(words="What shows that it is done?", flag="--proof TEXT")


def make_offer(wish: Wish, manner: Manner) -> None:
    """Offer one thing. Raises NextstepError where it cannot be offered, or lacks something."""
    if wish.id is None:
        raise NextstepError("it is not said what is offered", "name it, or --all-of PERSON")

    def fits(state: StepState, actor: Actor) -> bool:
        mine = actor.by in state.who or (state.vacant and state.owner == actor.by)
        if wish.duty:
            return mine and not state.is_finished and state.step.mark is None
        stages = (StepStage.READY, StepStage.DONE)
        return mine and state.stage in stages and state.step.is_handed_over

    said = Said(
        command="offer",
        id=wish.id,
        step=wish.step,
        switches=wish.switches(),
        typed=wish.repeated(),
        others=wish.said(),
    )

    def possible(scene: Scene) -> None:
        see_places(wish, kind_of_offer(scene.kind, wish))

    sign(said, manner, fits, lambda *given: _draft_of(wish, *given), possible=possible)


def _draft_of(
    wish: Wish, scene: Scene, answers: Answers, actor: Actor
) -> Callable[[Ledger], Draft]:
    """Return what drafts the offer, with all answers in it."""
    now = scene.session.now
    if scene.kind == "process":
        process = _process_offer(scene, wish, answers, actor)
        return lambda ledger: offer_process(ledger, process, now)
    if scene.kind == "run" and not wish.duty:
        work = _work_offer(scene, wish, answers)
        return lambda ledger: offer_work(ledger, work, actor, now)
    if wish.to is None:
        to_nobody = DutyOffer(target=scene.target, to="")
        see_possible(scene.session, actor, lambda ledger: offer_duty(ledger, to_nobody, now))
    answers.demand([(TO, wish.to)])
    to = answers.text(TO, wish.to, _receiver(scene, but=actor.by))
    duty = DutyOffer(target=scene.target, to=to, gaps=wish.listed.gaps, watch_for=wish.watch_for)
    return lambda ledger: offer_duty(ledger, duty, now)


def _work_offer(scene: Scene, wish: Wish, answers: Answers) -> WorkOffer:
    """Return the offer of the work of a step, its list gone through."""
    state, session = scene.step, scene.session
    see_offerable(state, scene.target, session.ledger, session.now)
    if not state.step.is_handed_over and wish.to is None:
        raise NextstepError(
            f"nobody has to sign for {state.id}",
            f"nextstep done {scene.target.words} finishes it; to offer it all the same:\n"
            f"nextstep offer {scene.target.words} --to PERSON",
        )
    card, points = listed(scene)
    _refuse_critical(scene, points)
    to = read_flag(TO.name, wish.to, _receiver(scene)) if wish.to else _planned(scene, state)
    if points and not wish.listed.all_there:
        show_list(scene, points, answers, card=card)
    verdict = judged(points, wish.listed, answers, takes_there=True)
    proof = _proof(scene, wish, answers)
    return WorkOffer(
        target=scene.target,
        to=to,
        ticks=verdict.there,
        gaps=verdict.gaps,
        watch_for=wish.watch_for,
        proof=proof,
    )


def _proof(scene: Scene, wish: Wish, answers: Answers) -> str | None:
    """Return what shows the work, which an offer says is done; asked where the step wants it.

    Raises NextstepError where that was said before, and where nobody signs: who is done with such a
    step has finished it.
    """
    state, target = scene.step, scene.target
    if state.done is not None or not state.step.is_handed_over:
        if wish.proof is None:
            return None
        when = "was done before" if state.done is not None else "is finished by who does it"
        raise NextstepError(
            f"{state.id} {when}, and --proof is said with that",
            "leave it out, or keep it as a note:\n"
            f"nextstep note {target.handle} --step {state.id} --text {shlex.quote(wish.proof)}",
        )
    if state.step.proof is None:
        return wish.proof
    question = Question(words=_PROOF.words, flag=_PROOF.flag, example=state.step.proof)
    answers.demand([(question, wish.proof)])
    return answers.text(question, wish.proof)


def _refuse_critical(scene: Scene, points: tuple[Point, ...]) -> None:
    """Raise NextstepError for what is critical and not known: no gap where the order is kept."""
    run, target = scene.standing.ledger.runs[scene.target.id], scene.target
    if not keeps_order(run.strength, scene.session.now.today):
        return
    for one in points:
        if one.is_missing and one.thing.critical and one.thing.check != "file":
            looks_at = one.thing.looks_at or ""
            hint = f"nextstep change {target.handle} inputs.{looks_at} VALUE --why TEXT"
            if one.thing.check != "input":
                hint = (
                    f"it holds when: {looks_at}; nextstep change {target.handle} inputs.NAME VALUE"
                )
            raise NextstepError(
                f"{one.words} is critical and not there; this cannot go along as a gap", hint
            )


def _planned(scene: Scene, state: StepState) -> str | None:
    """Return whom the work goes to by plan: a person where one plays the part, else the role."""
    run = scene.standing.ledger.runs[scene.target.id]
    to = state.step.handoff.to if state.step.handoff else None
    if to is not None:
        bound = run.people.get(to)
        return bound if bound and bound != VACANT else to
    steps = scene.run.steps
    people = {who for id_ in steps_behind(scene.run, state.id) for who in steps[id_].who}
    return people.pop() if len(people) == 1 else None


def _receiver(scene: Scene, *, but: str = "") -> Reader:
    """Return the reader of the name of a receiver: a person, or a role that some hold."""
    settings = scene.standing.ledger.settings
    run = scene.standing.ledger.runs.get(scene.target.id)
    person = one_person(settings)

    def read(text: str) -> str:
        if text in settings.members or (run is not None and text in run.people):
            return text
        found = person(text)
        if found == but:
            raise _not_to(scene, found)
        return found

    return read


def _not_to(scene: Scene, person: str) -> Unfit:
    """Return why nothing is offered to whoever offers it: they have it, or nobody has."""
    commitment = scene.standing.ledger.commitments.get(scene.target.id)
    if commitment is not None and commitment.who is None:
        handle = scene.target.handle
        return Unfit(f"nobody has {handle}", f"nextstep agree {handle} --by {person} takes it")
    return Unfit(f"{person} has it already", "name somebody else")


def _process_offer(scene: Scene, wish: Wish, answers: Answers, actor: Actor) -> ProcessOffer:
    """Return the offer of a process, gone through with what its receiver has to know."""
    session = scene.session
    process = session.ledger.processes[scene.target.id]
    duty = "deputy" if wish.deputy else "owner"
    _see_may_offer(process, session, actor)
    holder = getattr(process, duty) or ""
    answers.demand([(TO, wish.to)])
    to = answers.text(TO, wish.to, _receiver(scene, but=holder))
    if to == process.owner and duty == "deputy":
        raise NextstepError(f"{to} owns it", "somebody else stands in")
    points = scene.duty_list(to)
    machine = [one for one in points if one.is_there or one.is_missing]
    flags = Flags(gaps=as_listed(points, wish.listed.gaps))
    gaps = judged(machine, flags, answers).gaps
    return ProcessOffer(id=process.id, duty=duty, to=to, gaps=gaps)


def _see_may_offer(process: Process, session: Session, actor: Actor) -> None:
    """Raise NextstepError where somebody else owns a process and is there to offer it."""
    settings = session.ledger.settings
    owner = process.owner or VACANT
    person = settings.people.get(owner)
    gone = person is not None and person.has_left(session.now.today)
    if not gone and not leads(process, settings, actor.by):
        first = leaders(process, settings)[0]
        raise NextstepError(
            f"{owner} owns {process.id}", f"to write down that they offer it: --by {first}"
        )
