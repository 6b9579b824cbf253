"""What somebody should know about a day before they promise something for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from nextstep.dates.words import day_words
from nextstep.dates.workdays import is_working_day
from nextstep.dates.zones import local_day
from nextstep.model.people import Settings
from nextstep.model.time import Due, DueWord


def concerns(settings: Settings, due: Due | None, who: str | None, today: date) -> Iterator[str]:
    """Yield a line for a day that is over or closed, and for who is away on it, with the cover.

    Who has left is said without a day as well.
    """
    if due is None or isinstance(due, DueWord):
        yield from departed(settings, (who,) if who else (), today)
        return
    day = local_day(due, settings.calendar.timezone)
    words = day_words(day, today)
    if day < today:
        yield f"{words} is over."
    elif not is_working_day(day, settings.calendar):
        yield f"{words} is a day on which nobody works."
    person = settings.people.get(who or "")
    if person and person.left and person.has_left(day):
        yield f"{who} left on {day_words(person.left, today)}."
    for absence in person.away if person else ():
        if absence.first <= day <= absence.last:
            cover = f"; {absence.cover} covers." if absence.cover else ", and nobody covers."
            yield f"{who} is away on {words}{cover}"


def departed(settings: Settings, people: Sequence[str], today: date) -> Iterator[str]:
    """Yield a line for each of those who are to answer, where all of them have left."""
    left = {
        one: person.left
        for one in people
        if (person := settings.people.get(one)) and person.left and person.has_left(today)
    }
    if len(left) == len(set(people)):
        for one, day in left.items():
            yield f"{one} left on {day_words(day, today)}."
