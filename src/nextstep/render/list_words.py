"""The reports of `nextstep list` in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from nextstep.dates.words import counted, day_words
from nextstep.render.as_of import still_as_of
from nextstep.render.commands import command
from nextstep.render.due_words import FIRST
from nextstep.render.listing import Block, Item, Listing, Origin, Remark, Tone
from nextstep.render.row_words import Speech, inside, item_of
from nextstep.render.safe_record import safe_record
from nextstep.render.source_words import alarm, origin_words
from nextstep.reports.list import Group, ListReport, Wanted
from nextstep.reports.processes import ProcessesReport, ProcessRow


def list_listing(report: ListReport, origin: Origin) -> Listing:
    """Return the listing of what was found; every text in it is safe."""
    report, origin = safe_record(report), safe_record(origin)
    wanted = report.wanted
    speech = Speech(
        today=report.today,
        calendar=report.calendar,
        reader=None,
        you=report.solo,
        states=True,
    )
    listing = Listing(
        head=(day_words(report.today, None), *_limits(wanted), counted(report.count, "row")),
        origin=origin_words(origin, report.calendar.timezone),
        blocks=tuple(
            Block(_heading(group), tuple(item_of(row, speech) for row in group.rows))
            for group in report.groups
        ),
        message=None if report.count else _nothing(report),
        alarms=tuple(map(alarm, report.unread)),
        foot=_foot(report),
    )
    return still_as_of(listing, origin.as_of)


def processes_listing(report: ProcessesReport, origin: Origin) -> Listing:
    """Return the listing of processes; every text in it is safe."""
    report, origin = safe_record(report), safe_record(origin)
    count = len(report.rows)
    first = report.rows[0].handle if report.rows else None
    listing = Listing(
        head=(
            day_words(report.today, None),
            f"{count} {'process' if count == 1 else 'processes'}",
        ),
        origin=origin_words(origin, report.calendar.timezone),
        blocks=(Block("", tuple(map(_process_item, report.rows))),) if count else (),
        message=None if count else Remark("No process is written down that fits."),
        alarms=tuple(map(alarm, report.unread)),
        foot=Remark("All about the first of them:", f"nextstep show {first}") if first else None,
    )
    return still_as_of(listing, origin.as_of)


def _process_item(row: ProcessRow) -> Item:
    details = [f"owner {row.owner}" if row.owner else "no owner"]
    if row.deputy:
        details[0] += f", {row.deputy} stands in"
    if row.provides:
        details.append(f"provides {inside(row.provides)}")
    if row.customer:
        details.append(f"for {row.customer}")
    details += [counted(row.steps, "step"), counted(row.runs, "open run")]
    tone = Tone.PAST if row.state == "retired" else Tone.PLAIN
    return Item(
        handle=row.handle, title=row.title, when=row.state, tone=tone, details=tuple(details)
    )


def _heading(group: Group) -> str:
    way = group.way
    if way is None:
        return ""
    who, whom = (way.who or "others").upper(), (way.whom or "others").upper()
    return f"{who}, ASKED BY {whom}" if way.asked else f"{who} FOR {whom}"


def _limits(wanted: Wanted) -> Iterator[str]:
    """Yield the filters in words, for the first line."""
    yield from ("any state" if state == "all" else state for state in wanted.states)
    if wanted.kinds:
        yield " and ".join(f"{kind}s" for kind in wanted.kinds)
    if wanted.overdue:
        yield "overdue"
    if wanted.who:
        yield wanted.who
    if wanted.pair:
        yield " and ".join(name for name in wanted.pair if name)
    yield from wanted.scope.words
    if wanted.customer:
        yield f"for {wanted.customer}"
    if wanted.text:
        yield f"with the words {wanted.text}"
    if wanted.due_from:
        yield f"due from {day_words(wanted.due_from, None)}"
    if wanted.due_to:
        yield f"due by {day_words(wanted.due_to, None)}"


def _nothing(report: ListReport) -> Remark:
    if report.wanted == Wanted() and not report.over and not report.unread:
        return Remark("Nothing is written down here yet. The first of it:", FIRST)
    return Remark("Nothing that is listed here fits.")


def _foot(report: ListReport) -> Remark | None:
    if report.over:
        return Remark(
            f"Not shown: {report.over} that {'is' if report.over == 1 else 'are'} over.",
            _with_what_is_over(report.wanted),
        )
    first = next((group.rows[0] for group in report.groups), None)
    if first is None:
        return None
    return Remark("All about the first of them:", f"nextstep show {first.handle}")


def _with_what_is_over(wanted: Wanted) -> str:
    """Return the command with the same filters that shows what is over as well."""
    return command(
        "list",
        ("--state", "all"),
        *(("--kind", kind) for kind in wanted.kinds),
        ("--who", wanted.pair[0] if wanted.pair else wanted.who),
        ("--with", wanted.pair[1] if wanted.pair else None),
        ("--role", wanted.scope.role),
        ("--process", wanted.scope.process),
        ("--part-of", wanted.scope.part_of),
        ("--for", wanted.customer),
        ("--text", wanted.text),
        ("--due-after", _shifted(wanted.due_from, -1)),
        ("--due-before", _shifted(wanted.due_to, 1)),
        ("--overdue", wanted.overdue),
    )


def _shifted(day: date | None, days: int) -> str | None:
    """Return the day before or after one, as an option takes it; None where there is none."""
    if day is None or day in (date.min, date.max):
        return None
    return (day + timedelta(days=days)).isoformat()
