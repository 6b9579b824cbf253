"""The report of `nextstep list --processes`: the written ways of working and who answers for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from nextstep.model.calendar import Calendar
from nextstep.reports.handles import Handles
from nextstep.reports.list import Wanted
from nextstep.reports.standing import Standing
from nextstep.reports.unread import Unread, unread_files

PROCESS_STATES = ("draft", "active", "retired", "all")


class ProcessRow(Struct, frozen=True, kw_only=True):
    """A process: its state, who answers for it, how much of it there is and how often it runs."""

    handle: str
    id: str
    title: str
    state: str
    owner: str | None
    deputy: str | None
    customer: str | None
    provides: str | None
    steps: int
    runs: int
    path: str


class ProcessesReport(Struct, frozen=True, kw_only=True):
    """The processes of a ledger, by id."""

    today: date
    calendar: Calendar
    rows: tuple[ProcessRow, ...]
    unread: tuple[Unread, ...]


def processes_report(standing: Standing, wanted: Wanted) -> ProcessesReport:
    """Return the processes that pass the filters of text, owner (``who``), process and state."""
    ledger = standing.ledger
    handles, live = Handles(ledger), _live_runs(standing)
    rows = [
        ProcessRow(
            handle=handles.shortest(name),
            id=name,
            title=process.title,
            state=process.state,
            owner=process.owner,
            deputy=process.deputy,
            customer=process.customer.who if process.customer else None,
            provides=process.provides,
            steps=len(process.steps),
            runs=live.get(name, 0),
            path=process.source.path,
        )
        for name, process in sorted(ledger.processes.items())
    ]
    return ProcessesReport(
        today=standing.now.today,
        calendar=ledger.calendar,
        rows=tuple(row for row in rows if _process_passes(row, wanted)),
        unread=unread_files(ledger),
    )


def _live_runs(standing: Standing) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for name, state in standing.runs.items():
        process = standing.ledger.runs[name].process
        if process and state.is_live:
            counts[process] = counts.get(process, 0) + 1
    return counts


def _process_passes(row: ProcessRow, wanted: Wanted) -> bool:
    words = (row.title, row.provides, row.customer, row.id)
    checks = (
        wanted.who is None or wanted.who in (row.owner, row.deputy),
        wanted.scope.process in (None, row.id),
        not wanted.states or "all" in wanted.states or row.state in wanted.states,
        wanted.text is None
        or any(wanted.text.casefold() in part.casefold() for part in words if part),
    )
    return all(checks)
