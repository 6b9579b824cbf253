"""Whose turn it is in a role that several people hold one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nextstep.dates.names import WEEKDAYS
from nextstep.model.commitment import Run
from nextstep.model.people import Role

_MONTHS = 12


def on_turn(role: Role, runs: Iterable[Run], today: date) -> str | None:
    """Return who of a role it is: counted on from the run that somebody of it played it in last.

    None where the role has no ``turn``, or nobody played it yet: then nobody can know.
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
    place = role.people.index(person) + _turns(role.turn.casefold(), began, today)
    return role.people[place % len(role.people)]


def _turns(words: str, began: date, today: date) -> int:
    """Return how often the turn has changed; words that name no time mean one turn for each run."""
    if "week" in words:
        first = next((day for day, name in enumerate(WEEKDAYS) if name[:3] in words), 0)
        return _week(today, first) - _week(began, first)
    if "month" in words:
        return (today.year - began.year) * _MONTHS + today.month - began.month
    if "dai" in words or "day" in words:
        return (today - began).days
    return 1


def _week(day: date, first: int) -> int:
    """Return the number of a week that begins on a weekday; the first day of all is a Monday."""
    return (day.toordinal() - 1 - first) // len(WEEKDAYS)
