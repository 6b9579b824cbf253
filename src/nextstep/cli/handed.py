"""What a hand-off is about: which record and step somebody means, and the list that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.target import Target
from nextstep.cli.answers import Answers
from nextstep.cli.beforehand import see_beforehand
from nextstep.cli.recording import Manner, actor_of, by_option, record, tell
from nextstep.cli.session import Session, contents_now, open_session
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.reports.checklist_records import Card
from nextstep.reports.handles import Handles
from nextstep.reports.points import Point, points_of
from nextstep.reports.show import find
from nextstep.reports.standing import Standing, standing
from nextstep.reports.step_names import find_step
from nextstep.runs.states import RunState, StepState


class Scene(Struct, frozen=True, kw_only=True):
    """A hand-off as it stands: what it is about, and where everything stands."""

    session: Session
    standing: Standing
    kind: str
    target: Target

    @property
    def run(self) -> RunState:
        """Where the run stands that it is a step of."""
        return self.standing.runs[self.target.id]

    @property
    def step(self) -> StepState:
        """Where the step stands."""
        return self.run.steps[self.target.step or ""]

    def card(self) -> Card:
        """Return the checklist of the step, its files looked at now."""
        from nextstep.files.contents import sizes_below
        from nextstep.reports.checklist_run import run_checklist

        sizes = sizes_below(self.session.place.root)
        step = self.target.step
        (card,) = run_checklist(self.standing, self.target.id, step, sizes=sizes).cards
        return card

    def duty_list(self, receiver: str | None) -> tuple[Point, ...]:
        """Return the list of a process that is offered to somebody."""
        from nextstep.reports.duty_points import duty_points

        process = self.standing.ledger.processes[self.target.id]
        return duty_points(self.standing, process, receiver)


class Said(Struct, frozen=True, kw_only=True):
    """What the command line says of a hand-off: ``command`` with its switches, what it is about.

    ``typed`` are the flags that can be given several times, ``others`` those with one value.
    """

    command: str
    id: str
    step: str | None = None
    switches: tuple[str, ...] = ()
    typed: Sequence[tuple[str, str]] = ()
    others: Sequence[tuple[str, str]] = ()


def duty_said(*, deputy: bool | None) -> str | None:
    """Return which duty of a process the command line names."""
    return None if deputy is None else "deputy" if deputy else "owner"


def sign(
    said: Said,
    manner: Manner,
    fitting: Callable[[StepState, Actor], bool],
    draft_of: Callable[[Scene, Answers, Actor], Callable[[Ledger], Draft]],
    *,
    possible: Callable[[Scene], None] | None = None,
) -> None:
    """Find what is meant, ask what is open, and record it; what was typed is given back.

    ``fitting`` says which steps may be meant where none is named, ``draft_of`` asks and returns
    what drafts the record, and ``possible`` raises before the first question. Raises NextstepError
    where it is nobody's to do, or not possible.
    """
    session = open_session(today=manner.today)
    actor = actor_of(session, manner.by)
    answers = Answers()
    scene = scene_of(session, said.id, said.step, said.command, lambda one: fitting(one, actor))
    see_beforehand(session, manner, scene.target.id)
    if possible is not None:
        possible(scene)
    answers.typed += said.typed
    words = [said.command, *scene.target.words.split(" "), *said.switches]
    with answers.given_back(*words, others=(*said.others, *by_option(manner))):
        recorded = record(session, manner, actor, draft_of(scene, answers, actor))
    tell(recorded, manner)


def scene_of(
    session: Session,
    typed: str,
    step: str | None,
    command: str,
    fitting: Callable[[StepState], bool],
    *,
    awaited: Callable[[StepState], Sequence[str]] = lambda _: (),
) -> Scene:
    """Return the record and the step that somebody means.

    Of a run without a step it is the one ``fitting`` step. Raises NextstepError for what cannot be
    handed over, and where several steps fit or none does: ``awaited`` says for whom a step waits
    then.
    """
    ledger = session.ledger
    meant = find(ledger, typed, command)
    handle = Handles(ledger).shortest(meant.name)
    if meant.kind == "plan":
        raise NextstepError(
            f"`{typed}` is a plan, and what is part of it is handed over one by one",
            f"nextstep show {handle} lists it",
        )
    if step is not None and meant.kind != "run":
        raise NextstepError(
            f"`{typed}` is a {meant.kind}, and a step is one of a run", f"leave `{step}` out"
        )
    states = standing(ledger, session.now, content=contents_now(session))
    if meant.kind == "run":
        run = ledger.runs[meant.name]
        if step is not None:
            step = find_step(run.id, run.steps, step, handle)
        else:
            steps = states.runs[run.id].steps
            fit = [one.id for one in steps.values() if fitting(one)]
            if not fit:
                _see_not_others(steps.values(), awaited, f"{command} {handle}", handle)
            step = _only(fit, handle, command, list(steps))
    target = Target(id=meant.name, handle=handle, step=step)
    return Scene(session=session, standing=states, kind=meant.kind, target=target)


def _only(fitting: Sequence[str], handle: str, command: str, steps: Sequence[str]) -> str:
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise NextstepError(
            f"{handle} has {len(fitting)} steps that this may mean",
            "\n".join(["type one:", *(f"  nextstep {command} {handle} {one}" for one in fitting)]),
        )
    raise NextstepError(
        f"{handle} has no step for this just now",
        f"`nextstep show {handle}` says what can be done; its steps are {', '.join(steps)}",
    )


def _see_not_others(
    steps: Iterable[StepState],
    awaited: Callable[[StepState], Sequence[str]],
    words: str,
    handle: str,
) -> None:
    """Raise NextstepError where steps wait for others."""
    found = sorted(((one, awaited(one)) for one in steps if awaited(one)), key=_is_later)
    if found:
        waits = "; ".join(f"{handle} {one.id} waits for {' and '.join(who)}" for one, who in found)
        (step, (person, *_)), *_ = found
        raise NextstepError(
            waits,
            f"`nextstep {words} {step.id} --by {person}` writes down what {person} said",
        )


def _is_later(awaiting: tuple[StepState, Sequence[str]]) -> bool:
    return not awaiting[0].is_next


def listed(scene: Scene) -> tuple[Card, tuple[Point, ...]]:
    """Return the checklist of a step and its points by number."""
    card = scene.card()
    return card, points_of(card)
