"""What happened, in each format of `nextstep trail`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nextstep.model.events import EventValue
from nextstep.render.page import Reading
from nextstep.render.safe_text import safe_text
from nextstep.render.trail_words import plain as as_text
from nextstep.render.tsv import UNREAD, iso, trouble
from nextstep.reports.trail import TrailReport
from nextstep.reports.trail_entries import TrailEntry
from nextstep.reports.trail_story import Story
from nextstep.reports.unread import Unread

FORMATS = ("text", "tsv", "json", "markdown")
COLUMNS = tuple(
    "at day handle event step by recorded_by field from to why after_due counts logged seen how "
    "commit author what process part_of kind id path".split()
)
"""Names of the columns, in order. New ones are only ever added at the end."""


def trail_tsv(
    entries: Iterable[TrailEntry], unread: Iterable[Unread], *, header: bool = False
) -> str:
    """Return one line an event, then the files that cannot be read now."""
    lines = [COLUMNS] if header else []
    lines += [_cells(one) for one in entries]
    for file in unread:
        known = {"event": UNREAD, "what": trouble(file), "path": file.path}
        lines.append(tuple(known.get(name, "") for name in COLUMNS))
    return "".join("\t".join(map(safe_text, line)) + "\n" for line in lines)


def trail_json(report: TrailReport) -> str:
    """Return what happened as a `nextstep.trail/1` document."""
    from nextstep.render.json import document

    return document(
        "nextstep.trail/1",
        {
            "today": report.today,
            "timezone": report.calendar.timezone,
            "commit": report.known.tip,
            "filters": report.asked,
            "history": report.known,
            "items": report.entries,
            "not_shown": {
                "earlier": report.earlier,
                "later": report.later,
                "undated": report.undated,
                "unplaced": report.unplaced,
            },
            "unread": report.unread,
        },
    )


def story_json(story: Story, reading: Reading) -> str:
    """Return the story of one record as a `nextstep.story/1` document."""
    from nextstep.render.json import document

    return document(
        "nextstep.story/1",
        {
            "today": story.today,
            "timezone": story.calendar.timezone,
            "commit": story.known.tip,
            "about": story.topic,
            "handle": story.handle,
            "what": story.what,
            "title": story.title,
            "history": story.known,
            "items": story.entries,
            "dates": story.dates,
            "stands": story.stands,
            "next": story.next,
            "witnessed": story.weighed,
            "unread": reading.unread,
        },
    )


def _cells(one: TrailEntry) -> tuple[str, ...]:
    values = one.values
    return (
        one.at or "",
        iso(one.on),
        one.handle,
        one.event,
        one.step or "",
        one.by,
        one.recorded_by or "",
        _text(values.get("field")),
        _text(values.get("from")),
        _text(values.get("to")),
        _text(values.get("why")),
        _yes(value=one.late),
        _yes(value=one.counts),
        _yes(value=one.logged),
        _yes(value=one.seen),
        one.how,
        one.commit,
        one.author,
        one.what,
        one.process or "",
        one.part_of or "",
        one.kind,
        one.id,
        one.path,
    )


def _text(value: EventValue | None) -> str:
    return iso(value) if isinstance(value, date) else as_text(value)


def _yes(*, value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
