"""Small ledgers for tests of reports, written as the files that people write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from nextstep.dates.now import now_at, now_on
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.reports.due import DueReport, Question, due_report
from nextstep.reports.due_entries import Section
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing, standing

TODAY = date(2026, 11, 23)
PEOPLE = "people: {ana: {}, bo: {}, cy: {}}\n"


def ledger_of(files: Mapping[str, str], *, settings: str = PEOPLE) -> Ledger:
    """Return the ledger of commitments and runs by id; processes under ``processes/``."""
    sources = [Source("nextstep.yaml", settings.encode())] if settings else []
    for name, text in files.items():
        path = f"{name}.yaml" if "/" in name else f"commitments/2026/11/{name}.yaml"
        sources.append(Source(path, text.encode()))
    ledger = load_ledger(Listing(tuple(sources), ()), root="test", timezone="UTC")
    assert not [found.message for found in ledger.findings if found.path in ledger.faulty]
    return ledger


def standing_of(
    files: Mapping[str, str],
    *,
    today: date = TODAY,
    clock: str | None = None,
    settings: str = PEOPLE,
) -> Standing:
    """Return where everything stands on a day, or at a clock time (UTC) of it."""
    now = now_on(today, "UTC")
    if clock is not None:
        now = now_at(datetime.fromisoformat(f"{today}T{clock}").replace(tzinfo=UTC), "UTC")
    return standing(ledger_of(files, settings=settings), now)


def due_of(files: Mapping[str, str], me: str | None = "bo", **asked: object) -> DueReport:
    """Return what is due for bo, or somebody else."""
    question = Question(me=me, you=me is not None, **asked)  # type: ignore[arg-type]
    return due_report(standing_of(files), question)


def places(report: DueReport) -> dict[str, str]:
    """Return the section of every handle that is listed."""
    return {row.handle: section.name.value for section in report.sections for row in section.rows}


def only_row(report: DueReport, section: Section) -> Row:
    """Return the one row of a section."""
    (row,) = report.rows(section)
    return row
