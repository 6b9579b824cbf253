"""How often something comes again: words or an RFC 5545 rule, counted out by dateutil.

Words clamp: `every month` from the 31st is the last day of a shorter month, and the 31st again
where there is one. A rule that is written as one (`FREQ=...`) means what RFC 5545 says: it leaves
out the months that have no such day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import overload

from msgspec import Struct

from nextstep.dates.problem import DateProblem, shown
from nextstep.dates.recurrence_rules import parse_rule, until_of
from nextstep.dates.recurrence_words import parse_words

LONGEST = 300
_WITHIN_A_DAY = ("FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY")
_END_OF_DAY = time(23, 59, 59)
_EVERY_MONTH_HAS = 28
_FEBRUARY = 2

# How long an empty stretch is searched, in steps of the rule: dateutil itself would go on to the
# year 9999, which takes minutes for a rule that never comes.
_PATIENCE = {"YEARLY": 400, "MONTHLY": 4800, "WEEKLY": 20_000, "DAILY": 50_000}
_PATIENCE_WITHIN_A_DAY = 100_000


class Recurrence(Struct, frozen=True, kw_only=True):
    """A rhythm: the ``text`` as written, and its ``rule`` in RFC 5545's words.

    ``clamp`` says that a day which a month does not have is the last one it has.
    """

    text: str
    rule: str
    clamp: bool = False

    @property
    def is_within_a_day(self) -> bool:
        """Whether it comes in hours, minutes or seconds: then it needs an instant to start from."""
        return any(part in _WITHIN_A_DAY for part in self.rule.split(";"))


def parse_recurrence(text: str) -> Recurrence:
    """Return the rhythm written in words or as a rule; raise DateProblem for anything else."""
    if len(text) > LONGEST:
        message = f"the rhythm is longer than {LONGEST} characters"
        raise DateProblem("not-a-recurrence", message, "write it such as `every 2 weeks on friday`")
    if "=" in text:
        return Recurrence(text=text, rule=parse_rule(text))
    rule, clamp = parse_words(text)
    return Recurrence(text=text, rule=rule, clamp=clamp)


@overload
def occurrences(recurrence: Recurrence, start: datetime) -> Iterator[datetime]: ...
@overload
def occurrences(recurrence: Recurrence, start: date) -> Iterator[date]: ...
def occurrences(recurrence: Recurrence, start: date) -> Iterator[date]:
    """Yield the days (or instants, as ``start`` is one) on which it comes, from the start on.

    The start itself is among them where the rule meets it. Raise DateProblem where none is left
    within centuries, and for hours of a start that is a day.
    """
    if isinstance(start, datetime):
        yield from _instants(recurrence, start)
        return
    if recurrence.is_within_a_day:
        raise DateProblem(
            "not-a-recurrence",
            f"{shown(recurrence.text)} comes again within a day, and {start} has no hour",
            "write a rhythm of days, such as `every day`",
        )
    last = None
    for instant in _instants(recurrence, datetime.combine(start, time())):
        day = instant.date()
        if day != last:
            yield day
        last = day


def _instants(recurrence: Recurrence, start: datetime) -> Iterator[datetime]:
    rule, pace = _dateutil_rule(recurrence, start)
    try:
        for found in rule:
            pace.rest()
            yield found
    except (_OutOfPatienceError, ValueError, IndexError, OverflowError):
        raise _never(recurrence) from None


def _never(recurrence: Recurrence) -> DateProblem:
    return DateProblem(
        "not-a-recurrence",
        f"{shown(recurrence.text)} never comes, as far as can be seen",
        "take parts out of the rule until it has days",
    )


def _dateutil_rule(recurrence: Recurrence, start: datetime) -> tuple[Iterable[datetime], _Pace]:
    """Return dateutil's rule, and the number that it counts its steps with."""
    from dateutil.rrule import rrule, rrulestr

    parts = dict(part.split("=") for part in recurrence.rule.split(";"))
    until = until_of(parts.pop("UNTIL", None))
    if isinstance(until, datetime):
        until = until.replace(tzinfo=start.tzinfo)
    elif until is not None:
        until = datetime.combine(until, _END_OF_DAY, tzinfo=start.tzinfo)
    if recurrence.clamp:
        parts |= _clamped(parts["FREQ"], start)
    pace = _Pace(int(parts.get("INTERVAL", "1")))
    pace.patience = _PATIENCE.get(parts["FREQ"], _PATIENCE_WITHIN_A_DAY)
    pace.rest()
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        rule = rrulestr(text, dtstart=start)
    except ValueError:  # an interval that never meets the hours of the rule
        raise _never(recurrence) from None
    assert isinstance(rule, rrule)  # noqa: S101 - one RRULE line makes no set
    return rule.replace(interval=pace, until=until), pace


def _clamped(frequency: str, start: datetime) -> dict[str, str]:
    """Return the parts that choose the start's day of the month, or the last one before it."""
    if start.day <= _EVERY_MONTH_HAS or (frequency == "YEARLY" and start.month != _FEBRUARY):
        return {}
    days = ",".join(str(day) for day in range(_EVERY_MONTH_HAS, start.day + 1))
    month = {"BYMONTH": "2"} if frequency == "YEARLY" else {}
    return {**month, "BYMONTHDAY": days, "BYSETPOS": "-1"}


class _OutOfPatienceError(Exception):
    """A rule was searched for long and has no day."""


class _Pace(int):
    """The interval of a rule, which counts how often it is added since the last day found.

    dateutil adds the interval once in every step of its search, and offers no other way to end
    one that finds nothing.
    """

    patience = 0
    left = 0

    def rest(self) -> None:
        """Begin to count again."""
        self.left = self.patience

    def step(self) -> None:
        """Count one step; raise when there were too many."""
        self.left -= 1
        if self.left < 0:
            raise _OutOfPatienceError

    def __radd__(self, other: int) -> int:
        self.step()
        return other + int(self)

    def __mul__(self, other: int) -> int:
        self.step()
        return int(self) * other
