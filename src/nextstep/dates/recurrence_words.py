"""The words of a rhythm: a closed grammar on top of RFC 5545's rules."""

from __future__ import annotations

from typing import NoReturn

from nextstep.dates.days import DateProblem, parse_day, shown
from nextstep.dates.phrases import WEEKDAYS

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORK_WEEK = ",".join(_CODES[:5])
_UNITS = {
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "year": ("YEARLY", 1),
}
_MONTH_NAMES = {
    name: number
    for number, full in enumerate(
        "january february march april may june july august september october november "
        "december".split(),
        1,
    )
    for name in (full, full[:3])
}
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ORDINALS = {word: n for n, word in enumerate("first second third fourth fifth".split(), 1)}
_NOUNS = frozenset({*WEEKDAYS, "day", "weekday"})
_HOURLY = frozenset({"hour", "hours", "minute", "minutes", "at"})
_FIRST_MONTHS, _LAST_MONTHS = "1,4,7,10", "3,6,9,12"
_MOST = 999
_DIGITS = 2
_FEBRUARY = 2
_EVERY_MONTH_HAS = 28
_NTH_OF_MONTH, _NTH_OF_YEAR, _WORKDAYS_OF_MONTH = 4, 52, 20

FORMS = (
    "write `every friday`, `every weekday`, `every 2 weeks on mon and thu`, "
    "`every month on the 15th`, `every month on the last friday`, `first monday of the quarter`, "
    "`every year on 15 march`, with `for 5 times` or `until 2027-06-30` if it ends, or FREQ=..."
)
_OF_ONE_KIND = (
    "name several days of one kind: `the 15th and the last day`, up to the 28th, or "
    "`the first and third monday`"
)
_INSTEAD = {
    "daily": "every day",
    "weekly": "every week",
    "monthly": "every month",
    "quarterly": "every quarter",
    "yearly": "every year",
    "annually": "every year",
    "fortnightly": "every 2 weeks",
}


def parse_words(text: str) -> tuple[str, bool]:
    """Return the rule of a rhythm in words, and whether its day clamps to a shorter month.

    Raise DateProblem for anything that is not in the grammar.
    """
    head, end = _end(text)
    words = head.lower().replace(",", " , ").split()
    if not words:
        _refuse(text, FORMS)
    if _HOURLY & set(words):
        hint = "leave the hours out: days come again, such as `every day` or `every week on sunday`"
        _refuse(text, hint)
    if words[0] == "every":
        rule, clamp = _every(words[1:], text)
    else:
        rule, clamp = _of_period(words, text), False
    return rule + end, clamp


def _end(text: str) -> tuple[str, str]:
    """Split the end of a rhythm off: ``for 5 times`` or ``until 2027-06-30``."""
    head, until, day = text.partition(" until ")
    if until:
        try:
            return head, f";UNTIL={parse_day(day.strip()):%Y%m%d}"
        except DateProblem as problem:
            hint = problem.hint.replace("write 2", "write until 2", 1)
            raise DateProblem("not-a-recurrence", problem.message, hint) from None
    match text.split():
        case [*head_words, "for", number, "times" | "time"]:
            return " ".join(head_words), f";COUNT={_count(number, text)}"
        case _:
            return text, ""


def _every(words: list[str], text: str) -> tuple[str, bool]:
    interval = 1
    if words and (words[0] == "other" or words[0].isdigit()):
        interval = 2 if words[0] == "other" else _count(words[0], text)
        words = words[1:]
    if not words:
        _refuse(text, FORMS)
    unit = words[0].removesuffix("s") if interval > 1 else words[0]
    if unit in _UNITS:
        return _unit(unit, interval, words[1:], text)
    if words == ["weekday"] and interval == 1:
        return f"FREQ=WEEKLY;BYDAY={_WORK_WEEK}", False
    if "of" in words and interval == 1:
        return _of_period(words, text), False
    days = _weekdays(words)
    if days is None:
        _refuse_every(words, text)
    return _joined("FREQ=WEEKLY", interval, f"BYDAY={days}"), False


def _unit(unit: str, interval: int, rest: list[str], text: str) -> tuple[str, bool]:
    frequency, months = _UNITS[unit]
    if not rest:
        return _joined(f"FREQ={frequency}", interval * months, ""), frequency in (
            "MONTHLY",
            "YEARLY",
        )
    if rest[0] != "on" or not rest[1:]:
        _refuse_every([unit, *rest], text)
    if unit == "week":
        days = _weekdays(rest[1:])
        if days is None:
            _refuse(text, "write weekdays behind `on`: `every week on mon and thu`")
        return _joined("FREQ=WEEKLY", interval, f"BYDAY={days}"), False
    if unit == "day" or (unit == "quarter" and interval > 1):
        _refuse(text, FORMS)
    if unit == "year":
        date_part = _day_of_year(rest[1:], text)
        if date_part:
            return _joined("FREQ=YEARLY", interval, date_part), False
    return _joined(*_several(unit, interval, rest[1:], text)), False


def _of_period(words: list[str], text: str) -> str:
    """Read ``last friday of the month`` and its kin."""
    if "of" not in words:
        _refuse_bare(words, text)
    at = words.index("of")
    period = [word for word in words[at + 1 :] if word not in ("the", "every", "each")]
    if len(period) != 1 or period[0] not in ("month", "quarter", "year"):
        _refuse(text, "write the period behind `of`: month, quarter or year")
    return _joined(*_several(period[0], 1, words[:at], text))


def _several(unit: str, interval: int, words: list[str], text: str) -> tuple[str, int, str]:
    """Read one place in a period, or several: ``the 15th and the last day``."""
    places = _places(words, text)
    read = [_placed(unit, interval, nth, noun, text) for nth, noun in places]
    if len(read) == 1:
        return read[0]
    heads = {(*one[:2], one[2].rpartition("=")[0]) for one in read}
    if len(heads) > 1 or any(part in one[2] for one in read for part in ("BYSETPOS", "BYMONTH=")):
        _refuse(text, _OF_ONE_KIND)
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
    if noun not in WEEKDAYS or abs(nth) > _NTH_OF_YEAR:
        _refuse(text, "write `every year on the 1st friday`, or `every year on 15 march`")
    return "FREQ=YEARLY", interval, f"BYDAY={nth:+}{_CODES[WEEKDAYS[noun]]}"


def _of_month(nth: int, noun: str | None, text: str) -> str:
    if noun == "weekday":
        if abs(nth) > _WORKDAYS_OF_MONTH:
            _refuse(text, "count to 20: every month has at least 20 weekdays")
        return f"BYDAY={_WORK_WEEK};BYSETPOS={nth}"
    if noun in WEEKDAYS:
        if abs(nth) > _NTH_OF_MONTH:
            hint = f"write `every month on the last {noun}`: not every month has a fifth"
            _refuse(text, hint)
        return f"BYDAY={nth:+}{_CODES[WEEKDAYS[noun]]}"
    if abs(nth) <= _EVERY_MONTH_HAS:
        return f"BYMONTHDAY={nth}"
    if nth < 0 or nth > max(_LONGEST_MONTHS):
        _refuse(text, "write a day of the month from the 1st to the 31st, or the last day")
    days = ",".join(str(day) for day in range(_EVERY_MONTH_HAS, nth + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"


def _of_quarter(nth: int, noun: str | None, text: str) -> str:
    months = _FIRST_MONTHS if nth > 0 else _LAST_MONTHS
    if noun in (None, "day") and abs(nth) > _EVERY_MONTH_HAS:
        _refuse(text, "write a day of the quarter up to the 28th, or the last day")
    return f"BYMONTH={months};{_of_month(nth, noun, text)}"


def _place(words: list[str], text: str) -> tuple[int, str | None]:
    """Read ``the 3rd last tuesday``: how many from the front (or the end, below 0), and of what."""
    rest = words[1:] if words[:1] == ["the"] else words
    noun = rest[-1] if rest and rest[-1] in _NOUNS else None
    nth: int | None
    match rest[: -1 if noun else None]:
        case ["last"]:
            if noun is None:
                _refuse(text, "write of what it is the last: `the last day`, `the last friday`")
            nth = -1
        case [word, "last"]:
            nth = -(_ordinal(word) or 0)
        case [word]:
            nth = _ordinal(word)
        case _:
            nth = None
    if not nth:
        _refuse(text, FORMS)
    return nth, noun


def _ordinal(word: str) -> int | None:
    if word in _ORDINALS:
        return _ORDINALS[word]
    digits, ending = word[:-2], word[-2:]
    if ending not in ("st", "nd", "rd", "th") or not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits[:_DIGITS]) or None if len(digits) <= _DIGITS else None


def _day_of_year(words: list[str], text: str) -> str | None:
    """Read ``15 march``, ``march 15`` and ``the 15th of march``; None where no month is named."""
    named = [word for word in words if word in _MONTH_NAMES]
    rest = [word for word in words if word not in _MONTH_NAMES and word not in ("the", "of")]
    if not named:
        return None
    day = rest[0] if len(named) == len(rest) == 1 else ""
    number = int(day) if day.isascii() and day.isdigit() and len(day) <= _DIGITS else _ordinal(day)
    month = _MONTH_NAMES[named[0]]
    longest = _LONGEST_MONTHS[month - 1]
    if number is None or not 1 <= number <= longest:
        _refuse(text, f"write a day of the month, 1 to {longest}: `every year on 15 {named[0]}`")
    if number > _EVERY_MONTH_HAS and month == _FEBRUARY:
        return "BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    return f"BYMONTH={month};BYMONTHDAY={number}"


def _weekdays(words: list[str]) -> str | None:
    """Return the codes of weekdays joined by commas and ``and``; None if there is anything else."""
    days = [WEEKDAYS.get(word) for word in words[::2]]
    joints = words[1::2]
    if not days or None in days or not set(joints) <= {",", "and"} or len(words) % 2 == 0:
        return None
    return ",".join(_CODES[day] for day in sorted({day for day in days if day is not None}))


def _count(word: str, text: str) -> int:
    if not (word.isascii() and word.isdigit()) or not 1 <= int(word[:9]) <= _MOST:
        _refuse(text, f"write a number from 1 to {_MOST}")
    return int(word)


def _joined(frequency: str, interval: int, parts: str) -> str:
    return ";".join(
        part for part in (frequency, f"INTERVAL={interval}" if interval > 1 else "", parts) if part
    )


def _refuse_every(words: list[str], text: str) -> NoReturn:
    """Refuse what stands behind ``every`` with the nearest thing that can be written."""
    if words[0] in ("working", "business", "workday", "work"):
        _refuse(text, "write `every weekday`; closed days are not left out")
    number = _ordinal(words[0])
    if number and len(words) > 1 and words[1] in WEEKDAYS:
        day = words[1]
        hint = f"write `every {number} weeks on {day}`, or `every month on the {words[0]} {day}`"
        _refuse(text, hint)
    _refuse(text, FORMS)


def _refuse_bare(words: list[str], text: str) -> NoReturn:
    if words[0] in _INSTEAD:
        _refuse(text, f"write `{' '.join([_INSTEAD[words[0]], *words[1:]])}`")
    if words[0] in ("biweekly", "bi-weekly"):
        _refuse(text, "write `every 2 weeks`, or two days such as `every mon and thu`")
    days = [word.removesuffix("s") if word not in WEEKDAYS else word for word in words]
    if _weekdays(days) or days[0] in _UNITS or days[0] == "weekday":
        _refuse(text, f"write `every {' '.join(days)}`")
    _refuse(text, FORMS)


def _refuse(text: str, hint: str) -> NoReturn:
    message = f"{shown(text)} does not say how often" if text.strip() else "no rhythm is written"
    raise DateProblem("not-a-recurrence", message, hint)
