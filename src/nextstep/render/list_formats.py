"""The reports of `nextstep list` in each of their formats."""

from __future__ import annotations

from nextstep.render.listing import Origin
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen
from nextstep.reports.list import ListReport, Way
from nextstep.reports.processes import ProcessesReport

FORMATS = ("text", "tsv", "json", "markdown", "ids")

AnyList = ListReport | ProcessesReport


def list_text(report: AnyList, origin: Origin, screen: Screen) -> str:
    """Return a list as text for a screen."""
    from nextstep.render.list_words import list_listing, processes_listing
    from nextstep.render.listing_text import listing_text

    if isinstance(report, ProcessesReport):
        return listing_text(processes_listing(report, origin), screen)
    return listing_text(list_listing(report, origin), screen)


def list_markdown(report: AnyList, origin: Origin) -> str:
    """Return a list as Markdown."""
    from nextstep.render.list_words import list_listing, processes_listing
    from nextstep.render.markdown import listing_markdown

    if isinstance(report, ProcessesReport):
        return listing_markdown(processes_listing(report, origin))
    return listing_markdown(list_listing(report, origin))


def list_tsv(report: AnyList, *, header: bool = False) -> str:
    """Return a list as tab-separated lines; the first column is the direction of a pair, if any."""
    from nextstep.render.tsv import processes_tsv, rows_tsv

    if isinstance(report, ProcessesReport):
        return processes_tsv(report.rows, report.unread, header=header)
    rows = ((_direction(group.way), row) for group in report.groups for row in group.rows)
    return rows_tsv(rows, report.unread, header=header)


def list_ids(report: AnyList) -> str:
    """Return one whole id a line, a step after the id of its run."""
    if isinstance(report, ProcessesReport):
        ids = [row.id for row in report.rows]
    else:
        rows = (row for group in report.groups for row in group.rows)
        ids = list(dict.fromkeys(f"{row.id} {row.step}" if row.step else row.id for row in rows))
    return "".join(f"{safe_text(name)}\n" for name in ids)


def list_json(report: AnyList, commit: str | None) -> str:
    """Return a list as a `nextstep.list/1` or `nextstep.processes/1` document."""
    from nextstep.render.json import document, plain

    common = {
        "today": report.today,
        "timezone": report.calendar.timezone,
        "commit": commit,
        "unread": report.unread,
    }
    if isinstance(report, ProcessesReport):
        return document("nextstep.processes/1", {**common, "items": report.rows})
    items = [{**_owed(group.way), **plain(row)} for group in report.groups for row in group.rows]
    return document(
        "nextstep.list/1",
        {**common, "filters": report.wanted, "items": items, "not_shown": {"over": report.over}},
    )


def _direction(way: Way | None) -> str:
    """Return ``dev>lena`` for what dev has for lena, ``dev?mia`` for what mia asks dev about."""
    if way is None:
        return "list"
    return f"{way.who or ''}{'?' if way.asked else '>'}{way.whom or ''}"


def _owed(way: Way | None) -> dict[str, str | None]:
    if way is None:
        return {}
    return {"owed_by": way.who, "asked_by" if way.asked else "owed_to": way.whom}
