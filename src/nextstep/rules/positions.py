"""Days told by their distance from the same anchor, and which of two is certainly the later one.

Nothing is known here of weekends, holidays or hours of a start: what is said holds whatever they are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct

from nextstep.model.time import (
    Anchor,
    Earlier,
    Expression,
    Fixed,
    Later,
    Length,
    Offset,
    Rule,
    Shaped,
)

_HOURS = {"min": 1, "h": 60}
_DAYS = {"d": (1, 1), "w": (7, 7), "mo": (28, 31), "y": (365, 366)}
_ORDER = ("y", "mo", "w", "d", "bd", "h", "min")
_A_DAY = 24 * 60
_CLOCK_CHANGE = 60
_MOST = 8

Places = tuple["Position", ...]
Lookup = Callable[[Anchor], Places]


class Position(Struct, frozen=True):
    """A day so much after an anchor, or before it: ``counts`` by unit, all of one sign.

    Without an anchor the days count from the beginning of the calendar. ``clock``: an hour of that
    day is meant.
    """

    anchor: str | None
    counts: tuple[tuple[str, int], ...] = ()
    clock: bool = False

    def __str__(self) -> str:
        """Return the day in the words of a file: ``8bd after start``."""
        counts = dict(self.counts)
        name = self.anchor
        if name is None:
            name = date.fromordinal(counts.pop("d", 1)).isoformat()
        told = " ".join(f"{abs(counts[unit])}{unit}" for unit in _ORDER if unit in counts)
        side = "before" if any(count < 0 for count in counts.values()) else "after"
        return f"{told} {side} {name}" if told else name

    def plus(self, length: Length) -> Position | None:
        """Return the position a length away; None where that goes back and forth."""
        counts = dict(self.counts)
        counts[length.unit] = counts.get(length.unit, 0) + length.count
        signs = {count > 0 for _unit, count in (*self.counts, (length.unit, length.count))}
        return (
            Position(self.anchor, tuple(sorted(counts.items())), self.clock)
            if length.count and len(signs) == 1
            else None
        )


class _Span(Struct, frozen=True):
    """A position in numbers: minutes, days at least and at most, and working days."""

    minutes: int
    least: int
    most: int
    working: int

    @property
    def goes_on(self) -> bool:
        return min(self.minutes, self.least, self.working) >= 0

    @property
    def is_working(self) -> bool:
        return not (self.minutes or self.least or self.most)

    @property
    def is_minutes(self) -> bool:
        return not (self.least or self.most or self.working)


def is_later(one: Position, other: Position) -> bool:
    """Return whether one position is later than the other in every calendar."""
    if one.anchor != other.anchor:
        return False
    first, second = _span(one), _span(other)
    if _is_later_by_working_days(first, second) or _is_later_by_days(first, second):
        return True
    return not (one.clock or other.clock) and _is_later_by_the_hour(first, second)


def _is_later_by_working_days(first: _Span, second: _Span) -> bool:
    comparable = second.is_working and (first.is_working or first.goes_on)
    return comparable and first.working > second.working


def _is_later_by_days(first: _Span, second: _Span) -> bool:
    """Compare days: a working day later is a day later at least, one earlier a day earlier."""
    if min(first.minutes, first.working) < 0 or max(second.minutes, second.working) > 0:
        return False
    return first.least + first.working > second.most + second.working


def _is_later_by_the_hour(first: _Span, second: _Span) -> bool:
    if second.is_minutes:
        if first.is_minutes:
            return first.minutes > second.minutes
        days = (first.least + first.working) * _A_DAY - _CLOCK_CHANGE
        return first.goes_on and first.minutes + days > second.minutes
    if not first.is_minutes or second.minutes or second.working:
        return False
    return first.minutes > (second.most + 1) * _A_DAY + _CLOCK_CHANGE


def _span(position: Position) -> _Span:
    minutes = least = most = working = 0
    for unit, count in position.counts:
        if unit in _HOURS:
            minutes += count * _HOURS[unit]
        elif unit == "bd":
            working += count
        else:
            short, long = _DAYS[unit] if count > 0 else _DAYS[unit][::-1]
            least += count * short
            most += count * long
    return _Span(minutes, least, most, working)


def floors(rule: Rule | None, lookup: Lookup) -> Places:
    """Return positions that a time frame does not come before, if its anchors do not."""
    return () if rule is None else _Reading(lookup, Later, "after").of(rule.expression)


def ceilings(rule: Rule | None, lookup: Lookup) -> Places:
    """Return positions that a time frame does not go beyond, if its anchors do not."""
    return () if rule is None else _Reading(lookup, Earlier, "before").of(rule.expression)


def exact(rule: Rule | None, lookup: Lookup) -> Places:
    """Return the one position of a time frame whose anchors have one each, or none."""
    return () if rule is None else _Reading(lookup, None, None).of(rule.expression)


class _Reading:
    """One way to read expressions: which of two days binds, and which way it may roll."""

    def __init__(
        self, lookup: Lookup, pair: type[Earlier | Later] | None, roll: str | None
    ) -> None:
        self.lookup = lookup
        self.pair = pair
        self.roll = roll

    def of(self, expression: Expression) -> Places:
        """Return the positions of an expression; none where it may be any day."""
        if isinstance(expression, Fixed):
            return _fixed(expression)
        if isinstance(expression, Anchor):
            return self.lookup(expression)
        if isinstance(expression, Offset):
            moved = (place.plus(expression.length) for place in self.lookup(expression.anchor))
            return tuple(place for place in moved if place is not None)
        if isinstance(expression, Shaped):
            return self.shaped(expression)
        if self.pair is not None and isinstance(expression, self.pair):
            both = (*self.of(expression.first), *self.of(expression.second))
            return tuple(dict.fromkeys(both))[:_MOST]
        return ()

    def shaped(self, shape: Shaped) -> Places:
        if shape.ends or shape.zone or (shape.not_on and shape.roll != self.roll):
            return ()
        clock = shape.at is not None
        return tuple(
            Position(place.anchor, place.counts, clock or place.clock)
            for place in self.of(shape.by)
        )


def _fixed(expression: Fixed) -> Places:
    if isinstance(expression.day, datetime):
        return ()
    return (Position(None, (("d", expression.day.toordinal()),)),)
