"""A run before it is written: its steps with their days, and what somebody should know first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from nextstep.changes.commit_words import title_of
from nextstep.changes.concerns import concerns
from nextstep.changes.planned_days import PlannedDays, faults
from nextstep.dates.now import Now
from nextstep.dates.rule_words import rule_words
from nextstep.dates.words import day_words, listed
from nextstep.files.ledger import Ledger
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.people import Settings
from nextstep.model.process import Process
from nextstep.reports.handles import Handles
from nextstep.reports.readiness import untrained
from nextstep.reports.show_steps import step_names
from nextstep.reports.standing import Standing
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import How, RunState, StepState


class PlannedStep(Struct, frozen=True, kw_only=True):
    """One step of a plan. ``day`` is known, or with ``follows`` the day if all before it is kept.

    ``rule`` says in words what the day counts from. ``when`` is a condition that may spare it.
    """

    id: str
    what: str
    who: tuple[str, ...]
    kind: str
    day: date | None
    follows: bool
    rule: str | None
    when: str | None
    needed: bool


class Beginning(Struct, frozen=True, kw_only=True):
    """A plan as it would be written: ``warnings`` to know of, ``faults`` for which it cannot be kept."""

    title: str
    owner: str | None
    promise: str | None
    promised: date | None
    inputs: tuple[tuple[str, str], ...]
    steps: tuple[PlannedStep, ...]
    warnings: tuple[str, ...]
    faults: tuple[str, ...]
    today: date
    calendar: Calendar


def beginning(
    ledger: Ledger, run: Run, state: RunState, now: Now, *, known: Standing | None = None
) -> Beginning:
    """Return what is shown of a run before it is written; ``known`` are the runs that go on."""
    days = PlannedDays(run, state, ledger.calendar)
    names = step_names(run)
    warnings = [*_warnings(ledger, run, state, days, now)]
    warnings += _already_open(run, known) if known is not None else ()
    return Beginning(
        title=title_of(run),
        owner=run.owner,
        promise=run.promise.text if run.promise else None,
        promised=days.promised(),
        inputs=tuple(run.inputs.items()),
        steps=tuple(_step(run, one, days, names) for one in state.steps.values()),
        warnings=tuple(dict.fromkeys(warnings)),
        faults=tuple(faults(state, days, now.today)),
        today=now.today,
        calendar=ledger.calendar,
    )


def _step(run: Run, state: StepState, days: PlannedDays, names: set[str]) -> PlannedStep:
    step = state.step
    return PlannedStep(
        id=state.id,
        what=filled_path(step.title, run.inputs, step.part),
        who=state.who,
        kind="mark" if step.mark is not None else "gate" if step.is_gate else "do",
        day=days.of(state.id),
        follows=state.due is None,
        rule=rule_words(step.rule.expression, names) if step.rule else None,
        when=step.when_text,
        needed=state.how is not How.NOT_NEEDED,
    )


def _warnings(
    ledger: Ledger, run: Run, state: RunState, days: PlannedDays, now: Now
) -> Iterator[str]:
    """Yield what may get in the way: nobody there, nobody who learned it, nobody it is for."""
    open_steps = [one for one in state.steps.values() if not one.is_finished]
    vacant = [one.id for one in open_steps if one.vacant]
    if vacant:
        left, acts = listed(vacant, "and"), run.owner or "nobody"
        yield f"Nobody has {left} yet: {acts} acts until somebody does."
    for step in open_steps:
        if step.step.mark is None and step.votes_needed in {0, len(step.who)}:
            yield from _absent(step, days.of(step.id), ledger.settings, now.today)
    process = ledger.processes.get(run.process or "")
    if process is not None:
        yield from _untrained(process, ledger, {who for one in open_steps for who in one.who})
        if run.for_ is None and process.customer and process.customer.kind == "external":
            yield "It does not say for which customer it is: --for."


def _absent(step: StepState, day: date | None, settings: Settings, today: date) -> Iterator[str]:
    for who in step.who if day is not None and day >= today else ():
        yield from (f"{step.id}: {line}" for line in concerns(settings, day, who, today))


def _untrained(process: Process, ledger: Ledger, people: set[str]) -> Iterator[str]:
    lacking = untrained(process, ledger, people)
    if lacking:
        have = "has" if len(lacking) == 1 else "have"
        told = f"{listed(lacking, 'and')} {have} not learned it"
        yield f"{told}: nextstep trained {lacking[0]} {process.id}"


def _already_open(run: Run, known: Standing) -> Iterator[str]:
    """Yield a line about a run of the same process for the same customer that goes on."""
    for other in known.ledger.runs.values():
        same = other.process == run.process and other.process is not None
        if same and _plain(other.for_) == _plain(run.for_) and known.runs[other.id].is_live:
            handle = Handles(known.ledger).shortest(other.id)
            began = (
                f", started {day_words(other.started, known.now.today)}" if other.started else ""
            )
            yield f"One is open already for {run.for_ or 'nobody in particular'}: {handle}{began}."


def _plain(name: str | None) -> str:
    return " ".join((name or "").split()).casefold()
