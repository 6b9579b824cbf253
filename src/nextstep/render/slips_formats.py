"""Which dates were moved, in each format of `nextstep slips`."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.render.safe_text import safe_text
from nextstep.render.tsv import UNREAD, iso, trouble
from nextstep.reports.slips import SlipsReport
from nextstep.reports.slips_carried import Carried
from nextstep.reports.slips_entries import Slip

FORMATS = ("text", "tsv", "json", "markdown")
COLUMNS = tuple(
    "section handle first now days working_days moved moved_late overdue who what state why title "
    "process part_of meeting kind id step path".split()
)
"""Names of the columns, in order. New ones are only ever added at the end."""


def slips_tsv(report: SlipsReport, *, header: bool = False) -> str:
    """Return one line a date; the first column says slip, planned, carried or unread."""
    lines = [COLUMNS] if header else []
    lines += [_cells(one) for one in _rows(report)]
    return "".join("\t".join(map(safe_text, line)) + "\n" for line in lines)


def slips_json(report: SlipsReport) -> str:
    """Return the moved dates as a `nextstep.slips/1` document."""
    from nextstep.render.json import document

    return document(
        "nextstep.slips/1",
        {
            "today": report.today,
            "timezone": report.calendar.timezone,
            "commit": report.known.tip,
            "filters": report.wanted,
            "history": report.known,
            "items": report.slips,
            "carried": report.carried,
            "tallies": report.tallies,
            "not_shown": {
                "earlier": report.earlier,
                "later": report.later,
                "unplaced": report.unplaced,
            },
            "unread": report.unread,
        },
    )


def _rows(report: SlipsReport) -> Iterator[dict[str, str]]:
    for one in report.slips:
        yield _slip(one)
    for carried in report.carried:
        yield _carried(carried)
    for file in report.unread:
        yield {"section": UNREAD, "what": trouble(file), "path": file.path}


def _slip(one: Slip) -> dict[str, str]:
    dates = one.dates
    return {
        "section": "slip" if one.is_late else "planned",
        "handle": one.handle,
        "first": iso(dates.first),
        "now": iso(dates.now),
        "days": _number(dates.days),
        "working_days": _number(dates.working_days),
        "moved": str(dates.moved),
        "moved_late": str(dates.moved_late),
        "overdue": "yes" if one.overdue else "no",
        "who": ",".join(one.who),
        "what": one.what,
        "state": one.state or "",
        "why": one.inside[-1].why or "",
        "title": one.title or "",
        "process": one.process or "",
        "part_of": one.part_of or "",
        "kind": one.kind,
        "id": one.id,
        "step": one.step or "",
        "path": one.path,
    }


def _carried(one: Carried) -> dict[str, str]:
    return {
        "section": "carried",
        "handle": one.handle,
        "first": iso(one.began_on),
        "now": iso(one.due),
        "overdue": "yes" if one.overdue else "no",
        "who": one.who or "",
        "what": one.what,
        "state": "open",
        "meeting": one.meeting,
        "kind": "commitment",
        "id": one.id,
        "path": one.path,
    }


def _cells(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in COLUMNS)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
