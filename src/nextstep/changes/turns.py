"""Whose turn it is in a role that several people hold one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nextstep.dates.names import WEEKDAY_NUMBERS, WEEKDAYS
from nextstep.model.commitment import Run
from nextstep.model.people import Role

_MONTHS = 12


def on_turn(role: Role, runs: Iterable[Run], today: date) -> str | None:
    """Return who of a role it is: counted on from the run that somebody of it played it in last.

    None where the role has no ``turn``, or one in words of its own, or nobody played it yet: then
    nobody can know.
    """
    played = [
        (run.started, run.id, person)
        for run in runs
        if run.started is not None
        and run.started <= today
        and (person := run.people.get(role.id)) in role.people
    ]
    if role.turn is None or not played:
        return None
    began, _, person = max(played)
    turns = _turns(role.turn, began, today)
    if turns is None:
        return None
    return role.people[(role.people.index(person) + turns) % len(role.people)]


def _turns(words: str, began: date, today: date) -> int | None:
    """Return how often the turn has changed since a day; None for words that are not known."""
    match words.casefold().split():
        case ["each" | "every", "run"]:
            return 1
        case ["daily"] | ["every", "day"]:
            return (today - began).days
        case ["monthly"] | ["every", "month"]:
            return (today.year - began.year) * _MONTHS + today.month - began.month
        case ["weekly"] | ["every", "week"]:
            return _weeks(began, today, "monday")
        case ["weekly", "on", day] | ["every", "week", "on", day] | ["every", day]:
            return _weeks(began, today, day)
        case _:
            return None


def _weeks(began: date, today: date, first: str) -> int | None:
    """Return how many weeks later a day is, where a week begins on the ``first`` weekday."""
    number = WEEKDAY_NUMBERS.get(first)
    if number is None:
        return None
    return _week(today, number) - _week(began, number)


def _week(day: date, first: int) -> int:
    """Return the number of a week that begins on a weekday; the first day of all is a Monday."""
    return (day.toordinal() - 1 - first) // len(WEEKDAYS)
