"""What was promised to a customer, and whether it will be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nextstep.dates.words import counted
from nextstep.dates.zones import local_day
from nextstep.render.row_words import Speech, due_words, named
from nextstep.reports.show_promise import PromiseView


def promise_words(promise: PromiseView, speech: Speech) -> str:
    """Return the promise with its date, and whether it will be kept."""
    dates = promise_dates(promise, speech)
    return ": ".join(filter(None, (promise.text, dates)))


def promise_dates(promise: PromiseView, speech: Speech) -> str:
    """Return by when it was promised, and what the dates of the steps make of it."""
    return "; ".join(_dates(promise, speech))


def _dates(promise: PromiseView, speech: Speech) -> Iterator[str]:
    if promise.due is not None:
        decided, is_open = promise.kept is not None, promise.expected is not None
        words = due_words(promise.due, speech, overdue=decided, grace=is_open)
        yield words.partition(", ")[0] if promise.kept else words
    elif promise.missing:
        yield f"no date until {named(promise.missing)} is known"
    yield from promise.notes
    if promise.kept is not None:
        yield "kept" if promise.kept else "not kept"
    elif promise.expected is not None and promise.late_by is not None:
        yield _outlook(promise, promise.expected, speech)


def _outlook(promise: PromiseView, expected: date, speech: Speech) -> str:
    """Return whether the promise is kept by the dates of today."""
    day = speech.day(expected)
    if promise.late_by:
        return f"by today's dates it comes on {day}, {counted(promise.late_by, 'working day')} late"
    due = promise.due
    if isinstance(due, date) and local_day(due, speech.calendar.timezone) == expected:
        return "by today's dates it is kept"
    return f"by today's dates it is kept, on {day}"
