"""The one spelling of days, instants and lengths; anything else is refused with what to write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NoReturn

from nextstep.model.time import LARGEST_COUNT_DIGITS, UNITS, Day, Due, DueWord, Length

_CACHED = 8192

_DAY_SIZE = len("2026-11-27")
_MINUTE_SIZE = len("2026-11-27T17:00")
_SECOND_SIZE = len("2026-11-27T17:00:00")
_FRACTION_SIZES = range(_SECOND_SIZE + 2, _SECOND_SIZE + 8)
_OFFSET_SIZE = len("+01:00")

_days: dict[str, date] = {}
_dues: dict[str, Due] = {word.value: word for word in DueWord}
_instants: dict[str, datetime] = {}


def parse_day(text: str) -> date:
    """Return the day written as ``YYYY-MM-DD``; raise DateProblem for anything else."""
    day = _days.get(text)
    if day is None:
        day = _read_day(text)
        if day is None:
            _refuse_day(text)
        if len(_days) >= _CACHED:
            _days.clear()
        _days[text] = day
    return day


def parse_due(text: str) -> Due:
    """Return a day, an instant (without a zone: in the ledger's) or ``asap`` or ``none``.

    An instant is ``YYYY-MM-DDTHH:MM`` with seconds and a zone (``Z``, ``+01:00``) if wanted.
    Raise DateProblem for anything else.
    """
    due = _dues.get(text) or due_or_none(text)
    if due is None:
        _refuse_due(text)
    return due


def due_or_none(text: str) -> Due | None:
    """Return what `parse_due` does, None where that would refuse."""
    due = _dues.get(text)
    if due is None:
        due = _read_day(text) or _read_instant(text)
        if due is None:
            return None
        if len(_dues) >= _CACHED:
            _dues.clear()
            _dues.update({word.value: word for word in DueWord})
        _dues[text] = due
    return due


def day_or_none(text: str) -> Day | None:
    """Return the day or instant that `parse_due` would return, None for a word or nothing."""
    due = due_or_none(text)
    return due if isinstance(due, date) else None


def parse_instant(text: str) -> datetime:
    """Return the moment of an event in UTC: ``2026-11-12T15:10Z``, with more digits or an offset.

    Raise DateProblem for anything else, also where the zone is missing.
    """
    instant = _instants.get(text)
    if instant is None:
        instant = _read_instant(text)
        if instant is None or instant.tzinfo is None:
            _refuse_instant(text)
        if len(_instants) >= _CACHED:
            _instants.clear()
        if instant.tzinfo is not UTC:
            instant = instant.astimezone(UTC)
        _instants[text] = instant
    return instant


def parse_length(text: str) -> Length:
    """Return the length written as a number and a unit: ``30min 24h 3d 5bd 2w 6mo 1y``.

    Raise DateProblem for anything else.
    """
    digits = 0
    while digits < len(text) and text[digits] in "0123456789":
        digits += 1
    if not 0 < digits <= LARGEST_COUNT_DIGITS or text[digits:] not in UNITS:
        _refuse_length(text)
    return Length(int(text[:digits]), text[digits:])


def _read_day(text: str) -> date | None:
    if len(text) != _DAY_SIZE or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_instant(text: str) -> datetime | None:
    """Read the spellings of an instant; ``fromisoformat`` alone would take many more."""
    clock = text
    if text.endswith("Z"):
        clock = text[:-1]
    elif len(text) > _MINUTE_SIZE and text[-_OFFSET_SIZE] in "+-" and text[-3] == ":":
        clock = text[:-_OFFSET_SIZE]
    size = len(clock)
    shaped = size in (_MINUTE_SIZE, _SECOND_SIZE) or (
        size in _FRACTION_SIZES and clock[_SECOND_SIZE] == "."
    )
    if not shaped or clock[4] != "-" or clock[7] != "-" or clock[10] != "T" or clock[13] != ":":
        return None
    if clock[11:13] > "23" or not text.isascii():
        return None
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo not in (None, UTC):
            instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant


# The words of a refusal are needed only for a faulty file, so that a good one pays nothing.


def _refuse_day(text: str) -> NoReturn:
    from nextstep.dates.refusals import day_refusal

    raise day_refusal(text)


def _refuse_due(text: str) -> NoReturn:
    from nextstep.dates.refusals import due_refusal

    raise due_refusal(text)


def _refuse_instant(text: str) -> NoReturn:
    from nextstep.dates.refusals import instant_refusal

    raise instant_refusal(text)


def _refuse_length(text: str) -> NoReturn:
    from nextstep.dates.refusals import length_refusal

    raise length_refusal(text)
