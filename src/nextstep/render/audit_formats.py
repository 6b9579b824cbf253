"""The report of `nextstep audit` for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.model.events import instant_text
from nextstep.render.json import document
from nextstep.render.safe_text import safe_text
from nextstep.reports.audit import AuditReport
from nextstep.reports.audit_findings import Disagreement, FieldChange
from nextstep.reports.show_links import Happening

FORMATS = ("text", "tsv", "json", "markdown")
COLUMNS = tuple(
    "kind handle id step event at by field before after person commit date author email committer "
    "again path".split()
)
"""Names of the columns, in order. New ones are only ever added at the end."""


def audit_json(report: AuditReport) -> str:
    """Return the report as a `nextstep.audit/1` document."""
    scope = report.scope
    return document(
        "nextstep.audit/1",
        {
            "today": report.today,
            "timezone": report.calendar.timezone,
            "commit": report.known.tip,
            "filters": scope,
            "commits": report.known.commits,
            "events": report.events,
            "recorded_later": report.recorded_later,
            "uncompared": report.uncompared,
            "first": report.known.first,
            "doubts": report.known.doubts,
            "anchors": report.anchors,
            "items": report.items,
            "clocks": report.clocks,
            "unread": report.unread,
        },
    )


def audit_tsv(report: AuditReport, *, header: bool = False) -> str:
    """Return a line for each event or field that does not agree; anchors and clocks come first."""
    lines = [COLUMNS] if header else []
    lines += [
        _cells(kind=f"anchor {one.found}", commit=one.commit or one.typed) for one in report.anchors
    ]
    lines += [
        _cells(
            kind="commit dated before its parent",
            commit=one.commit,
            date=instant_text(one.at) if one.at else "",
            before=one.parent,
        )
        for one in report.clocks
    ]
    for one in report.items:
        parts: list[Happening | FieldChange | None] = [*one.events, *one.changes]
        lines += [_line(one, part) for part in parts or [None]]
    lines += [_cells(kind="unread", path=file.path, after=file.message) for file in report.unread]
    return "".join("\t".join(map(safe_text, line)) + "\n" for line in lines)


def _line(one: Disagreement, part: Happening | FieldChange | None) -> tuple[str, ...]:
    known = {
        "kind": one.kind.value,
        "handle": one.handle,
        "id": one.id,
        "person": one.person or "",
        "commit": one.commit,
        "date": instant_text(one.author.at) if one.author.at else "",
        "author": one.author.name,
        "email": one.author.email,
        "committer": one.committer.email,
        "again": one.again or "",
        "path": one.path,
    }
    return _cells(**known, **dict(_about(part)))


def _about(part: Happening | FieldChange | None) -> Iterator[tuple[str, str]]:
    if isinstance(part, FieldChange):
        yield from (
            ("field", part.field),
            ("before", part.before or ""),
            ("after", part.after or ""),
        )
    elif part is not None:
        yield from (
            ("event", part.event),
            ("at", part.at),
            ("by", part.by),
            ("step", part.step or ""),
        )


def _cells(**known: str) -> tuple[str, ...]:
    return tuple(known.get(name, "") for name in COLUMNS)
