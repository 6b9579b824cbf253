"""The report of `nextstep due` in each of its formats."""

from __future__ import annotations

from nextstep.render.listing import Origin
from nextstep.render.terminal import Screen
from nextstep.reports.due import DueReport

FORMATS = ("text", "tsv", "json", "markdown")


def due_text(report: DueReport, origin: Origin, screen: Screen) -> str:
    """Return what is due as text for a screen."""
    from nextstep.render.due_words import due_listing
    from nextstep.render.listing_text import listing_text

    return listing_text(due_listing(report, origin), screen)


def due_markdown(report: DueReport, origin: Origin) -> str:
    """Return what is due as Markdown."""
    from nextstep.render.due_words import due_listing
    from nextstep.render.markdown import listing_markdown

    return listing_markdown(due_listing(report, origin))


def due_tsv(report: DueReport, *, header: bool = False) -> str:
    """Return what is due as tab-separated lines; the first column names the section."""
    from nextstep.render.tsv import rows_tsv

    rows = ((section.name.value, row) for section in report.sections for row in section.rows)
    return rows_tsv(rows, report.unread, header=header)


def due_json(report: DueReport, commit: str | None) -> str:
    """Return what is due as a `nextstep.due/1` document; ``items`` name their section."""
    from nextstep.render.json import document, plain

    items = [
        {"section": section.name.value, **plain(row)}
        for section in report.sections
        for row in section.rows
    ]
    question = report.question
    return document(
        "nextstep.due/1",
        {
            "today": report.today,
            "timezone": report.calendar.timezone,
            "commit": commit,
            "for": question.me,
            "filters": question.scope,
            "items": items,
            "not_shown": {name.value: count for name, count in report.hidden.items()},
            "next": report.ahead,
            "unread": report.unread,
        },
    )
