"""The days of `calendar.closed` that come and go, in a list of lines or in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from yaml.nodes import ScalarNode

from nextstep.files.calendar_file import (
    CalendarFile,
    Edit,
    below,
    commented,
    day_of,
    inserted,
    line_start,
    next_line,
    text_of,
    without_comment,
)

_DAYS_A_LINE = 6


def in_block_list(file: CalendarFile) -> Iterator[Edit]:
    """Yield a line for each day that comes, below the last earlier day, and none for those gone."""
    dash = " " * (file.closed.start_mark.column if file.closed else 0) + "- "
    new: dict[int, list[date]] = {}
    for day in file.missing:
        earlier = [
            place
            for place, item in enumerate(file.items)
            if (known := day_of(text_of(item))) is not None and known < day
        ]
        new.setdefault(max(earlier, default=-1), []).append(day)
    for place, days in new.items():
        lines = "".join(f"{dash}{commented(day, file.closing)}{file.end}" for day in days)
        if place < 0:
            yield inserted(line_start(file, file.items[0].start_mark.index), lines)
        else:
            yield below(file, file.items[place].end_mark.index, lines)
    for item in file.items:
        if day_of(text_of(item)) in file.dropped:
            first = line_start(file, item.start_mark.index)
            yield Edit(first, next_line(file, item.end_mark.index), "")


def in_flow_list(file: CalendarFile) -> Iterator[Edit]:
    """Yield the days that come at the end of a list in brackets, and take out those that go."""
    items, closed = file.items, file.closed
    if closed is None or (not file.missing and not file.dropped):
        return
    if isinstance(closed, ScalarNode):
        yield inserted(closed.start_mark.index, "[")
        yield inserted(closed.end_mark.index, f", {_days(file)}]")
        return
    kept = [item for item in items if day_of(text_of(item)) not in file.dropped]
    if not kept:
        inner = (closed.start_mark.index + 1, closed.end_mark.index - 1)
        yield without_comment(file, Edit(*inner, _days(file)))
        return
    for place, item in enumerate(items):
        if item in kept:
            continue
        later = items[place + 1 :]
        if any(one in kept for one in later):
            yield without_comment(file, Edit(item.start_mark.index, later[0].start_mark.index, ""))
        else:
            before = items[place - 1].end_mark.index
            yield without_comment(file, Edit(before, item.end_mark.index, ""))
    if file.missing:
        yield inserted(kept[-1].end_mark.index, f", {_days(file)}")


def _days(file: CalendarFile) -> str:
    """Return the days that come, for a list in brackets, a few to a line."""
    calendar = file.calendar
    column = calendar.start_mark.column if calendar else 0
    lines: Sequence[str] = [
        ", ".join(map(str, file.missing[start : start + _DAYS_A_LINE]))
        for start in range(0, len(file.missing), _DAYS_A_LINE)
    ]
    return f",{file.end}{' ' * (column + 2)}".join(lines)
