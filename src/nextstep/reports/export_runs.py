"""The tables of runs and of their steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nextstep.model.commitment import Run
from nextstep.reports.export_columns import (
    HOW_IT_ENDED,
    SAME_EVERYWHERE,
    Column,
    Kind,
    Origin,
    Subject,
    Table,
    due_columns,
    due_day,
    move_columns,
)
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import RunState, StepState


class _OneRun(Subject, frozen=True):
    record: Run
    state: RunState


class _OneStep(Subject, frozen=True):
    record: Run
    step: StepState

    @property
    def what(self) -> str:
        """What the step says is done, with the facts of the run in it."""
        return filled_path(self.step.step.title, self.record.inputs, self.step.step.part)

    @property
    def answer_by(self) -> date | None:
        """The day by which an offer is to be answered, None where that is not said."""
        return due_day(self.step.answer_by, self.zone)


def _runs(origin: Origin) -> Iterator[_OneRun]:
    for name, record in sorted(origin.ledger.runs.items()):
        yield _OneRun(origin, record, origin.standing.runs[name])


def _steps(origin: Origin) -> Iterator[_OneStep]:
    for run in _runs(origin):
        for step in run.state.steps.values():
            yield _OneStep(origin, run.record, step)


RUNS = Table(
    name="runs",
    about="One row for each run: a process carried out once.",
    subjects=_runs,
    columns=(
        *SAME_EVERYWHERE,
        Column("id", Kind.TEXT, "Its id, unique in the ledger.", lambda one: one.record.id),
        Column("path", Kind.TEXT, "Its file.", lambda one: one.record.source.path),
        Column("title", Kind.TEXT, "What is carried out.", lambda one: one.record.title),
        Column(
            "process",
            Kind.TEXT,
            "The id of its process; missing where none is written.",
            lambda one: one.record.process,
        ),
        Column(
            "version",
            Kind.TEXT,
            "The content of the process that it was started from.",
            lambda one: one.record.version,
        ),
        Column("customer", Kind.TEXT, "For whom.", lambda one: one.record.for_),
        Column("requested_by", Kind.TEXT, "Who asked for it.", lambda one: one.record.requested_by),
        Column("owner", Kind.TEXT, "Who answers for it.", lambda one: one.state.owner),
        Column("deputy", Kind.TEXT, "Who does so meanwhile.", lambda one: one.state.deputy),
        Column("started", Kind.DAY, "When it was started.", lambda one: one.record.started),
        Column(
            "state",
            Kind.TEXT,
            "`open`, `ready to close`, `closed` or `dropped`.",
            lambda one: one.state.stage.value,
        ),
        Column("steps", Kind.NUMBER, "How many steps it has.", lambda one: len(one.state.steps)),
        Column(
            "steps_finished",
            Kind.NUMBER,
            "How many of them are finished.",
            lambda one: sum(step.is_finished for step in one.state.steps.values()),
        ),
        Column(
            "promise",
            Kind.TEXT,
            "What the customer is promised.",
            lambda one: one.record.promise.text if one.record.promise else None,
        ),
        *due_columns(lambda one: one.state.promise_due, "the promise"),
        Column(
            "promise_kept",
            Kind.FLAG,
            "Whether the promise was kept; missing while that is open.",
            lambda one: one.state.promise_kept,
        ),
        Column(
            "overdue",
            Kind.FLAG,
            "Whether the promise or a step is overdue.",
            lambda one: one.state.is_live and one.state.overdue,
        ),
        Column(
            "stalled",
            Kind.FLAG,
            "Whether it is open and nobody can act on it.",
            lambda one: one.state.stalled,
        ),
        Column("next_with", Kind.TEXTS, "Who can act on it now.", lambda one: one.state.with_whom),
        *HOW_IT_ENDED,
        Column(
            "part_of", Kind.TEXT, "The plan that it is part of.", lambda one: one.record.part_of
        ),
        Column("follows", Kind.TEXT, "The id that it came out of.", lambda one: one.record.follows),
    ),
)

STEPS = Table(
    name="steps",
    about="One row for each step of a run, or part of one.",
    subjects=_steps,
    columns=(
        *SAME_EVERYWHERE,
        Column("run", Kind.TEXT, "The id of its run.", lambda one: one.record.id),
        Column("step", Kind.TEXT, "Its id in the run.", lambda one: one.step.id),
        Column("process", Kind.TEXT, "The id of the process.", lambda one: one.record.process),
        Column("customer", Kind.TEXT, "For whom the run is.", lambda one: one.record.for_),
        Column("what", Kind.TEXT, "What is done, looked at or reached.", lambda one: one.what),
        Column(
            "kind",
            Kind.TEXT,
            "`do`, `gate` (decided by votes) or `mark` (a date nobody does).",
            lambda one: _kind(one.step),
        ),
        Column("role", Kind.TEXT, "The role it is done in.", lambda one: one.step.step.role),
        Column("who", Kind.TEXTS, "Who is bound to it.", lambda one: one.step.who),
        Column("owner", Kind.TEXT, "The one who has it now.", lambda one: one.step.owner),
        Column("vacant", Kind.FLAG, "Whether nobody is bound to it.", lambda one: one.step.vacant),
        Column(
            "state",
            Kind.TEXT,
            "`waiting`, `ready`, `done` (not handed over), `offered` or `finished`.",
            lambda one: one.step.stage.value,
        ),
        Column(
            "how",
            Kind.TEXT,
            "How it was finished: `done`, `accepted`, `told`, `approved`, `skipped`, `waived`, "
            "`not needed` or `mark`.",
            lambda one: one.step.how.value if one.step.how else None,
        ),
        *due_columns(lambda one: one.step.due, "it"),
        Column("overdue", Kind.FLAG, "Whether it is overdue.", lambda one: one.step.overdue),
        Column(
            "days_late",
            Kind.NUMBER,
            "How many working days it is overdue; 0 where it is not.",
            lambda one: one.step.days_late,
        ),
        *move_columns(lambda one: one.step.moves),
        Column(
            "on_time",
            Kind.FLAG,
            "Whether it was done by its date; missing until it is.",
            lambda one: one.step.on_time,
        ),
        Column(
            "done_at",
            Kind.INSTANT,
            "When the work was done.",
            lambda one: one.step.done.at if one.step.done else None,
        ),
        Column(
            "finished_at",
            Kind.INSTANT,
            "Since when nothing more is owed on it.",
            lambda one: one.step.finished_at,
        ),
        Column(
            "offered_to",
            Kind.TEXTS,
            "To whom its work is offered now.",
            lambda one: one.step.offer.to if one.step.offer else (),
        ),
        Column(
            "offered_at",
            Kind.INSTANT,
            "Since when it is offered.",
            lambda one: one.step.offer.at if one.step.offer else None,
        ),
        Column(
            "answer_by",
            Kind.DAY,
            "The day by which to answer the offer.",
            lambda one: one.answer_by,
        ),
        Column("rounds", Kind.NUMBER, "How often it was returned.", lambda one: one.step.rounds),
        Column("gaps", Kind.TEXTS, "What was missing and accepted so.", lambda one: one.step.gaps),
        Column(
            "blocked",
            Kind.FLAG,
            "Whether somebody needs help with it.",
            lambda one: one.step.blocked is not None,
        ),
        Column(
            "optional", Kind.FLAG, "Whether it may be left out.", lambda one: one.step.step.optional
        ),
        Column(
            "keeps_promise",
            Kind.FLAG,
            "Whether the promise is kept with it.",
            lambda one: one.step.step.keeps_promise,
        ),
    ),
)


def _kind(step: StepState) -> str:
    if step.step.mark is not None:
        return "mark"
    return "gate" if step.step.is_gate else "do"
