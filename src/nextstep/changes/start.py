"""A run begins: the whole plan of a process is written down for one customer."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nextstep.changes.commit_words import title_of
from nextstep.changes.draft import Draft, Entry, NewFile
from nextstep.changes.foreseen import next_words
from nextstep.changes.log_lines import Actor, line_of
from nextstep.changes.moments import own_moment
from nextstep.changes.new_record import path_of
from nextstep.changes.newly_dated import newly_dated
from nextstep.changes.planned_days import PlannedDays, faults
from nextstep.changes.run_plan import Plain, plan_of, version_of
from nextstep.changes.run_text import run_source
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.files.load import load
from nextstep.files.splice import Append, changed
from nextstep.model.commitment import Run
from nextstep.model.source import Source
from nextstep.runs.under_settings import run_under


class Start(Struct, frozen=True, kw_only=True):
    """What is started: a ``process``, or an ``ad_hoc`` plan that has none.

    ``handle`` is what people type for the ``id``. ``people`` maps a role, or ``role/part``, to a
    person or ``vacant``. ``because`` says why it is started although its dates cannot be kept.
    ``object_format`` is git's.
    """

    id: str
    handle: str
    process: str | None = None
    ad_hoc: Plain = {}
    for_: str | None = None
    requested_by: str | None = None
    inputs: Mapping[str, str] = {}
    people: Mapping[str, str] = {}
    because: str | None = None
    object_format: str = "sha1"


def run_of(ledger: Ledger, answers: Start, now: Now) -> Run:
    """Return the run as its file will hold it, with the dates that are known.

    Raises NextstepError where what was said makes no run.
    """
    on = now.today.isoformat()
    if answers.process is None:
        plan = {**answers.ad_hoc, "started": on}
    else:
        process = ledger.processes[answers.process]
        inputs, people = answers.inputs, answers.people
        plan = plan_of(ledger, process, on=on, inputs=inputs, people=people)
        plan["version"] = version_of(process, answers.object_format)
    named = {"for": answers.for_, "requested_by": answers.requested_by}
    plan |= {name: value for name, value in named.items() if value}
    run = _read(run_source(path_of(answers.id, now.today), plan))
    dates = list(newly_dated(run, run_under(ledger.settings, run, now), None, ledger.timezone))
    return _read(Source(run.source.path, changed(run.source, dates)))


def faults_so_far(ledger: Ledger, answers: Start, now: Now, *, is_all: bool) -> tuple[str, ...]:
    """Return why the plan cannot be kept, each in a sentence, as far as it is known.

    ``is_all``: nothing more will be said of the case. Before that nothing is said of steps that
    are needed under a condition.
    """
    run = run_of(ledger, answers, now)
    state = run_under(ledger.settings, run, now)
    open_ = () if is_all else {step.id for step in run.steps if step.when is not None}
    days = PlannedDays(run, state, ledger.calendar)
    return tuple(faults(state, days, now.today, leave_out=open_))


def start(ledger: Ledger, answers: Start, actor: Actor, now: Now) -> Draft:
    """Return what starts a run: one new file that needs no other to be understood."""
    run = run_of(ledger, answers, now)
    text = run.source.data
    if answers.because:
        noted = Entry(event="noted", values={"text": answers.because})
        text = changed(
            run.source, [Append(("log",), line_of(noted, actor, own_moment(ledger, now).instant))]
        )
    state = run_under(ledger.settings, run, now)
    return Draft(
        told=(
            f"Started {answers.handle}: {title_of(run)}.",
            *next_words(None, state, ledger, now),
        ),
        then=f"nextstep show {answers.handle}",
        subject=f"Start: {title_of(run)}",
        new=(NewFile(id=answers.id, path=run.source.path, text=text.decode()),),
    )


def _read(source: Source) -> Run:
    loaded = load(source)
    for found in loaded.findings:
        if not isinstance(loaded.record, Run) or not loaded.whole:
            raise NextstepError(found.message, found.hint)
    if not isinstance(loaded.record, Run):
        raise TypeError(f"{source.path} holds no run")
    return loaded.record
