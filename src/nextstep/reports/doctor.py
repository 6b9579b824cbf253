"""Whether the tool can work here: what is well, what to know, what to mend and how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from msgspec import Struct

from nextstep.dates.words import WEEKDAYS, counted, day_words
from nextstep.files.ledger import Ledger
from nextstep.reports.doctor_lines import Level, Line, mend, note, ok
from nextstep.reports.doctor_repository import repository_lines
from nextstep.reports.filters import names_nobody
from nextstep.reports.surroundings import Surroundings
from nextstep.reports.unread import unread_files

_SOON = timedelta(days=90)
_BEHIND = timedelta(hours=1)
_YEARS = range(2024, 2090)
"""The years in which a clock may be believed."""


class DoctorReport(Struct, frozen=True, kw_only=True):
    """What was looked at, in order. ``stops``: something keeps every other command from working."""

    today: date
    timezone: str
    folder: str | None
    lines: tuple[Line, ...]

    @property
    def stops(self) -> bool:
        """Whether no other command works."""
        return any(line.stops for line in self.lines)

    def count(self, level: Level) -> int:
        """Return how many lines are of a level."""
        return sum(line.level is level for line in self.lines)


def doctor_report(found: Surroundings) -> DoctorReport:
    """Judge what was found."""
    return DoctorReport(
        today=found.now.today,
        timezone=found.now.timezone,
        folder=found.place.root if found.place else None,
        lines=tuple(_lines(found)),
    )


def _lines(found: Surroundings) -> Iterator[Line]:
    yield ok("nextstep", f"{found.nextstep}, Python {found.python}")
    if not found.fast_yaml:
        yield note(
            "yaml", "PyYAML has no libyaml: files are read, slowly", "install PyYAML from a wheel"
        )
    yield _ledger(found)
    yield from _files(found.ledger)
    yield from _schemas(found.stale_schemas)
    yield from repository_lines(found)
    yield _identity(found)
    yield from _calendar(found)
    yield from _clock(found)
    yield from _terminal(found)
    for name, value in found.variables.items():
        yield _variable(name, value)


def _ledger(found: Surroundings) -> Line:
    if found.no_ledger is not None:
        message, hint = found.no_ledger
        return mend("ledger", message, hint, stops=True)
    return ok("ledger", found.place.root if found.place else "")


def _files(ledger: Ledger | None) -> Iterator[Line]:
    if ledger is None:
        return
    unread = unread_files(ledger)
    if unread:
        first = unread[0]
        more = f", and {len(unread) - 1} more" if len(unread) > 1 else ""
        yield mend(
            "files", f"{first.path} could not be read: {first.message}{more}", "nextstep check"
        )
    else:
        yield ok("files", f"{counted(len(ledger.sources), 'file')} read")


def _schemas(stale: tuple[str, ...] | None) -> Iterator[Line]:
    if stale is None:
        return
    if stale:
        text = f"an editor reads schemas of another version: {', '.join(stale)}"
        yield note("schemas", text, "nextstep schema --write")
    else:
        yield ok("schemas", "those of this version, for editors")


def _identity(found: Surroundings) -> Line:
    email = found.git.identity.email
    if not email:
        return note(
            "identity",
            f"git knows no address of yours{_shown(found)}",
            "git config --global user.email you@example.org",
        )
    if found.ledger is None:
        return ok("identity", email)
    people = found.ledger.settings.people
    mine = (
        person.id
        for person in people.values()
        if email.casefold() in (known.casefold() for known in person.emails)
    )
    name = next(mine, None)
    if name is not None:
        return ok("identity", f"you are {name} ({email})")
    if names_nobody(found.ledger):
        return ok("identity", f"{email}; the ledger names nobody, so everything is yours")
    if not people:
        return note(
            "identity",
            f"{email}; nobody says who you are{_shown(found)}",
            "name yourself below `people`: nextstep edit settings",
        )
    return mend(
        "identity",
        f"{email} belongs to nobody in `people`: due shows what everybody has",
        f"write emails: [{email}] below your name in nextstep.yaml",
    )


def _shown(found: Surroundings) -> str:
    """Return what follows where the ledger is not that of one person."""
    one = found.ledger is not None and names_nobody(found.ledger)
    return "" if one else ": due shows what everybody has"


def _calendar(found: Surroundings) -> Iterator[Line]:
    if found.no_zone is not None:
        message, hint = found.no_zone
        yield mend("zone", message, hint, stops=True)
    elif found.zone_from == "nextstep.yaml" or found.ledger is None:
        yield ok("zone", f"{found.now.timezone}, from {found.zone_from}")
    else:
        yield note(
            "zone",
            f"{found.now.timezone}, from {found.zone_from}: elsewhere days may end at another hour",
            f"write timezone: {found.now.timezone} in nextstep.yaml",
        )
    if found.ledger is None:
        return
    calendar = found.ledger.calendar
    yield ok("work week", ", ".join(WEEKDAYS[day] for day in sorted(calendar.workweek)))
    yield _closed_days(found, found.ledger)


def _closed_days(found: Surroundings, ledger: Ledger) -> Line:
    place = "-".join(
        found.holidays[name] for name in ("country", "subdivision") if name in found.holidays
    )
    command = f"nextstep init --holidays {place or 'DE-BY'}"
    closed, today = ledger.calendar.closed, found.now.today
    if ledger.calendar.known is None:
        ahead = [day for day in closed if day >= today]
        if ahead:
            return ok("closed days", f"written by hand, the last on {day_words(max(ahead), today)}")
        return note("closed days", "none from today on: every work day counts", command)
    last = ledger.calendar.known[1]
    words = f"{place or 'holidays'}, known until {day_words(last, None)}"
    if last < today:
        return mend("closed days", f"{words}: dates after it come out too early", command)
    if last < today + _SOON:
        return note("closed days", f"{words}, which is soon", command)
    return ok("closed days", words)


def _clock(found: Surroundings) -> Iterator[Line]:
    clock, last = found.clock, found.git.last_commit
    words = f"{clock:%Y-%m-%d %H:%M} UTC"
    todo = "set the clock of this machine"
    if clock.year not in _YEARS:
        yield mend("clock", f"{words}, which cannot be", todo)
    elif last is not None and clock.astimezone(UTC) < last - _BEHIND:
        by = f" by {found.git.last_committer}" if found.git.last_committer else ""
        ahead = f"the last commit{by} is dated {last:%Y-%m-%d %H:%M} UTC, which lies ahead"
        yield mend(
            "clock", f"{words}, and {ahead}", f"one of the two is wrong: {todo}, if it is that"
        )
    else:
        yield ok("clock", words)
    if found.told_by is not None:
        yield note(
            "today", f"{day_words(found.now.today, None)}, as {found.told_by} says, not the clock"
        )


def _terminal(found: Surroundings) -> Iterator[Line]:
    where = f"a terminal of {found.columns} columns" if found.terminal else "not a terminal"
    if found.unicode:
        yield ok("output", f"{where}, {found.encoding}")
    else:
        yield note(
            "output",
            f"{where}, {found.encoding}: letters that it lacks are spelled out",
            "export LC_ALL=C.UTF-8",
        )


def _variable(name: str, value: str) -> Line:
    if name == "NEXTSTEP_DIR":
        return note("environment", f"NEXTSTEP_DIR={value}: that ledger is read wherever you are")
    return note("environment", f"{name}={value}: git obeys it, nextstep does not")
