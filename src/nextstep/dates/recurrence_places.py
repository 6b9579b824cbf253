"""Which day of a month, a quarter or a year a rhythm in words means: the n-th, or several."""

from __future__ import annotations

from nextstep.dates.names import MONTH_NUMBERS, WEEKDAY_NUMBERS, place_in_row
from nextstep.dates.recurrence_refusals import FORMS, refuse
from nextstep.dates.recurrence_rules import CODES, WORK_WEEK

_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NOUNS = frozenset({*WEEKDAY_NUMBERS, "day", "weekday"})
_FIRST_MONTHS, _LAST_MONTHS = "1,4,7,10", "3,6,9,12"
_FEBRUARY = 2
_DIGITS = 2
_EVERY_MONTH_HAS = 28
_NTH_OF_MONTH, _NTH_OF_YEAR, _WORKDAYS_OF_MONTH = 4, 52, 20
_OF_ONE_KIND = (
    "name several days of one kind: `the 15th and the last day`, up to the 28th, or "
    "`the first and third monday`"
)


def several(unit: str, interval: int, words: list[str], text: str) -> tuple[str, int, str]:
    """Read one place in a period, or several: ``the 15th and the last day``."""
    places = _places(words, text)
    read = [_placed(unit, interval, nth, noun, text) for nth, noun in places]
    if len(read) == 1:
        return read[0]
    heads = {(*one[:2], one[2].rpartition("=")[0]) for one in read}
    if len(heads) > 1 or any(part in one[2] for one in read for part in ("BYSETPOS", "BYMONTH=")):
        refuse(text, _OF_ONE_KIND)
    values = ",".join(one[2].rpartition("=")[2] for one in read)
    frequency, every, name = heads.pop()
    return frequency, every, f"{name}={values}"


def _places(words: list[str], text: str) -> list[tuple[int, str | None]]:
    """Read places joined by commas and ``and``; the first ones take the noun of the last one."""
    joined = " ".join("," if word == "and" else word for word in words)
    parts = [part.split() for part in joined.split(",")]
    noun = _NOUNS.intersection(parts[-1][-1:])
    return [
        _place(part if _NOUNS.intersection(part[-1:]) else [*part, *noun], text) for part in parts
    ]


def _placed(
    unit: str, interval: int, nth: int, noun: str | None, text: str
) -> tuple[str, int, str]:
    """Return frequency, interval and parts of the n-th something of a period."""
    if unit == "quarter":
        return "FREQ=MONTHLY", 1, _of_quarter(nth, noun, text)
    if unit == "month":
        return "FREQ=MONTHLY", interval, _of_month(nth, noun, text)
    if noun not in WEEKDAY_NUMBERS or abs(nth) > _NTH_OF_YEAR:
        refuse(text, "write `every year on the 1st friday`, or `every year on 15 march`")
    return "FREQ=YEARLY", interval, f"BYDAY={nth:+}{CODES[WEEKDAY_NUMBERS[noun]]}"


def _of_month(nth: int, noun: str | None, text: str) -> str:
    if noun == "weekday":
        if abs(nth) > _WORKDAYS_OF_MONTH:
            refuse(text, "count to 20: every month has at least 20 weekdays")
        return f"BYDAY={WORK_WEEK};BYSETPOS={nth}"
    if noun in WEEKDAY_NUMBERS:
        if abs(nth) > _NTH_OF_MONTH:
            hint = f"write `every month on the last {noun}`: not every month has a fifth"
            refuse(text, hint)
        return f"BYDAY={nth:+}{CODES[WEEKDAY_NUMBERS[noun]]}"
    if abs(nth) <= _EVERY_MONTH_HAS:
        return f"BYMONTHDAY={nth}"
    if nth < 0 or nth > max(_LONGEST_MONTHS):
        refuse(text, "write a day of the month from the 1st to the 31st, or the last day")
    days = ",".join(str(day) for day in range(_EVERY_MONTH_HAS, nth + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"


def _of_quarter(nth: int, noun: str | None, text: str) -> str:
    months = _FIRST_MONTHS if nth > 0 else _LAST_MONTHS
    if noun in (None, "day") and abs(nth) > _EVERY_MONTH_HAS:
        refuse(text, "write a day of the quarter up to the 28th, or the last day")
    return f"BYMONTH={months};{_of_month(nth, noun, text)}"


def _place(words: list[str], text: str) -> tuple[int, str | None]:
    """Read ``the 3rd last tuesday``: how many from the front (or the end, below 0), and of what."""
    rest = words[1:] if words[:1] == ["the"] else words
    noun = rest[-1] if rest and rest[-1] in _NOUNS else None
    nth: int | None
    match rest[: -1 if noun else None]:
        case ["last"]:
            if noun is None:
                refuse(text, "write of what it is the last: `the last day`, `the last friday`")
            nth = -1
        case [word, "last"]:
            nth = -(place_in_row(word) or 0)
        case [word]:
            nth = place_in_row(word)
        case _:
            nth = None
    if not nth:
        refuse(text, FORMS)
    return nth, noun


def day_of_year(words: list[str], text: str) -> str | None:
    """Read ``15 march``, ``march 15`` and ``the 15th of march``; None where no month is named."""
    named = [word for word in words if word in MONTH_NUMBERS]
    rest = [word for word in words if word not in MONTH_NUMBERS and word not in ("the", "of")]
    if not named:
        return None
    day = rest[0] if len(named) == len(rest) == 1 else ""
    number = (
        int(day) if day.isascii() and day.isdigit() and len(day) <= _DIGITS else place_in_row(day)
    )
    month = MONTH_NUMBERS[named[0]]
    longest = _LONGEST_MONTHS[month - 1]
    if number is None or not 1 <= number <= longest:
        refuse(text, f"write a day of the month, 1 to {longest}: `every year on 15 {named[0]}`")
    if number > _EVERY_MONTH_HAS and month == _FEBRUARY:
        return "BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    return f"BYMONTH={month};BYMONTHDAY={number}"
