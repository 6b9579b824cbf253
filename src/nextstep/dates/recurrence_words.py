"""The words of a rhythm: a closed grammar on top of RFC 5545's rules."""

from __future__ import annotations

from nextstep.dates.days import parse_day
from nextstep.dates.names import weekdays_joined
from nextstep.dates.problem import DateProblem
from nextstep.dates.recurrence_places import day_of_year, several
from nextstep.dates.recurrence_refusals import FORMS, refuse, refuse_bare, refuse_every
from nextstep.dates.recurrence_rules import CODES, PERIODS, WORK_WEEK

_HOURLY = frozenset({"hour", "hours", "minute", "minutes", "at"})
_MOST = 999


def parse_words(text: str) -> tuple[str, bool]:
    """Return the rule of a rhythm in words, and whether its day clamps to a shorter month.

    Raise DateProblem for anything that is not in the grammar.
    """
    head, end = _end(text)
    words = head.lower().replace(",", " , ").split()
    if not words:
        refuse(text, FORMS)
    if _HOURLY & set(words):
        hint = "leave the hours out: days come again, such as `every day` or `every week on sunday`"
        refuse(text, hint)
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
        refuse(text, FORMS)
    unit = words[0].removesuffix("s") if interval > 1 else words[0]
    if unit in PERIODS:
        return _unit(unit, interval, words[1:], text)
    if words == ["weekday"] and interval == 1:
        return f"FREQ=WEEKLY;BYDAY={WORK_WEEK}", False
    if "of" in words and interval == 1:
        return _of_period(words, text), False
    days = _codes(words)
    if days is None:
        refuse_every(words, text)
    return _joined("FREQ=WEEKLY", interval, f"BYDAY={days}"), False


def _unit(unit: str, interval: int, rest: list[str], text: str) -> tuple[str, bool]:
    frequency, months = PERIODS[unit]
    if not rest:
        return _joined(f"FREQ={frequency}", interval * months, ""), frequency in (
            "MONTHLY",
            "YEARLY",
        )
    if rest[0] != "on" or not rest[1:]:
        refuse_every([unit, *rest], text)
    if unit == "week":
        days = _codes(rest[1:])
        if days is None:
            refuse(text, "write weekdays behind `on`: `every week on mon and thu`")
        return _joined("FREQ=WEEKLY", interval, f"BYDAY={days}"), False
    if unit == "day" or (unit == "quarter" and interval > 1):
        refuse(text, FORMS)
    if unit == "year":
        date_part = day_of_year(rest[1:], text)
        if date_part:
            return _joined("FREQ=YEARLY", interval, date_part), False
    return _joined(*several(unit, interval, rest[1:], text)), False


def _of_period(words: list[str], text: str) -> str:
    """Read ``last friday of the month`` and its kin."""
    if "of" not in words:
        refuse_bare(words, text)
    at = words.index("of")
    period = [word for word in words[at + 1 :] if word not in ("the", "every", "each")]
    if len(period) != 1 or period[0] not in ("month", "quarter", "year"):
        refuse(text, "write the period behind `of`: month, quarter or year")
    return _joined(*several(period[0], 1, words[:at], text))


def _codes(words: list[str]) -> str | None:
    """Return the codes of weekdays joined by commas and ``and``; None if there is anything else."""
    days = weekdays_joined(words)
    return None if days is None else ",".join(CODES[day] for day in days)


def _count(word: str, text: str) -> int:
    if not (word.isascii() and word.isdigit()) or not 1 <= int(word[:9]) <= _MOST:
        refuse(text, f"write a number from 1 to {_MOST}")
    return int(word)


def _joined(frequency: str, interval: int, parts: str) -> str:
    return ";".join(
        part for part in (frequency, f"INTERVAL={interval}" if interval > 1 else "", parts) if part
    )
