"""Days on which people are away: what is due then, who decides then, and who covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from nextstep.dates.now import Now
from nextstep.dates.zones import local_day
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.people import Absence, Person, Settings
from nextstep.model.process import VACANT, Process
from nextstep.model.source import Keys, Source
from nextstep.model.time import Due, DueWord
from nextstep.rules.ended import finished_steps, has_ended
from nextstep.rules.own import says
from nextstep.rules.place import found_at

_SETTINGS = """\
people:
  eva: {{away: [{{from: 2026-12-21, to: 2026-12-27{cover}}}]}}
  max: {{away: [{{from: {max}, to: 2027-01-03, cover: ina}}]}}
  ina: {{name: Ina}}
"""
_OFFER = "what: Send Lena the offer\nwho: eva\noutcome: She can decide\ndue: 2026-12-22\n"
_RUN = """\
title: Offer for Globex
owner: eva
{deputy}started: 2026-11-20
steps:
  - {{id: write, do: Write the offer, who: ina, rule: 3bd after start, due: 2026-11-25}}
"""


def _with(path: str, text: str, *, cover: str = "", max_from: str = "2026-12-28") -> Example:
    return Example(
        {
            "nextstep.yaml": _SETTINGS.format(cover=cover, max=max_from),
            path: text,
        }
    )


DUE_WHILE_AWAY = Rule(
    code="NS330",
    name="due-while-away",
    severity=Severity.WARNING,
    what="Something open is due on a day on which who has it is away and nobody covers, or will "
    "have left.",
    why="It will be late, and everybody but the one who waits for it could have known.",
    fix="Agree on a day before or after, or write who covers as `cover` of the absence.",
    bad=_with("commitments/2026/11/offer-k3f9.yaml", _OFFER),
    good=_with("commitments/2026/11/offer-k3f9.yaml", _OFFER, cover=", cover: ina"),
)
OWNER_AWAY = Rule(
    code="NS331",
    name="owner-away-without-deputy",
    severity=Severity.WARNING,
    what="The owner of an open run is away, and nobody covers and no deputy is there; or the owner "
    "and the deputy of a process are away at the same time.",
    why="What is waived, sent back or put to the owner waits until they are back.",
    fix="Write who covers as `cover` of the absence, or agree on a `deputy` who is there.",
    bad=_with("commitments/2026/11/offer-globex.yaml", _RUN.format(deputy="")),
    good=_with("commitments/2026/11/offer-globex.yaml", _RUN.format(deputy="deputy: ina\n")),
)
COVER_AWAY = Rule(
    code="NS332",
    name="cover-who-is-not-there",
    severity=Severity.WARNING,
    what="Who covers for somebody is away on some of the same days, has left by then, or is the "
    "one who is away.",
    why="Everybody is told to ask a person who is not there either.",
    fix="Agree with somebody who is there on all of the days.",
    bad=_with(
        "commitments/2026/11/offer-k3f9.yaml", _OFFER, cover=", cover: max", max_from="2026-12-24"
    ),
    good=_with("commitments/2026/11/offer-k3f9.yaml", _OFFER, cover=", cover: max"),
)

RULES = (DUE_WHILE_AWAY, OWNER_AWAY, COVER_AWAY)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what falls on days from today on when nobody is there."""
    del before
    settings = ledger.settings
    away = {
        person.id: person
        for person in settings.people.values()
        if any(one.last >= now.today for one in person.away)
        or (person.left is not None and person.left >= now.today)
    }
    if not away:
        return
    calls = _Calls(settings, now.today, ledger.timezone)
    for commitment in ledger.commitments.values():
        if commitment.who in away and not has_ended(commitment):
            yield from calls.due(
                commitment.source, ("due",), away[commitment.who or ""], commitment.due
            )
    for run in ledger.runs.values():
        if not has_ended(run):
            yield from _of_run(run, away, calls)
            yield from calls.owned(run)
    for process in ledger.processes.values():
        if process.state == "active" and process.deputy and says(ledger, process, "owner"):
            yield from calls.owned(process)
    if settings.source is not None:
        for person in away.values():
            yield from calls.covers(settings.source, person)


def _of_run(run: Run, away: dict[str, Person], calls: _Calls) -> Iterator[Diagnostic]:
    finished: set[str | None] | None = None
    for step in run.steps:
        if len(step.who) == 1 and step.who[0] in away and step.mark is None:
            finished = finished_steps(run) if finished is None else finished
            if step.id not in finished:
                keys: Keys = ("steps", step.index, "due")
                yield from calls.due(run.source, keys, away[step.who[0]], step.due)


class _Calls:
    """Who is there on which day, from today on."""

    def __init__(self, settings: Settings, today: date, timezone: str) -> None:
        self.settings = settings
        self.today = today
        self.timezone = timezone

    def due(
        self, source: Source, keys: Keys, person: Person, due: Due | None
    ) -> Iterator[Diagnostic]:
        """Judge a date that somebody has to keep."""
        if due is None or isinstance(due, DueWord):
            return
        day = local_day(due, self.timezone)
        if day < self.today:
            return
        if person.left is not None and person.left < day:
            yield found_at(
                DUE_WHILE_AWAY,
                source,
                keys,
                f"`{person.id}` leaves on {person.left}, before this is due",
                hint="agree with somebody else who takes it on, or on an earlier day",
            )
            return
        absence = next((one for one in person.away if one.first <= day <= one.last), None)
        if absence is not None and absence.cover is None:
            yield found_at(
                DUE_WHILE_AWAY,
                source,
                keys,
                f"`{person.id}` is away from {absence.first} to {absence.last}, and nobody covers",
                hint="agree on another day, or add `cover` to the absence in nextstep.yaml",
            )

    def owned(self, record: Process | Run) -> Iterator[Diagnostic]:
        """Judge whether somebody decides while the owner is away."""
        owner = self.person(record.owner)
        if owner is None:
            return
        for absence in owner.away:
            if absence.last < self.today or absence.cover is not None:
                continue
            if not self.is_there(record.deputy, absence):
                lacks = "there is no deputy"
                if record.deputy is not None and record.deputy != VACANT:
                    lacks = f"the deputy, `{record.deputy}`, is not there either"
                yield found_at(
                    OWNER_AWAY,
                    record.source,
                    ("owner",),
                    f"the owner is away from {absence.first} to {absence.last}, and {lacks}",
                    hint="add `cover` to the absence in nextstep.yaml, or agree on a `deputy`",
                )
                return

    def covers(self, source: Source, person: Person) -> Iterator[Diagnostic]:
        """Judge who covers for somebody."""
        for index, absence in enumerate(person.away):
            cover = absence.cover
            if cover is None or absence.last < self.today or self.is_there(cover, absence):
                continue
            said = f"`{cover}` is not there on all of these days"
            if cover == person.id:
                said = f"`{cover}` is the one who is away"
            yield found_at(
                COVER_AWAY,
                source,
                ("people", person.id, "away", index, "cover"),
                said,
                hint="agree with somebody who is there from "
                f"{max(absence.first, self.today)} to {absence.last}",
            )

    def is_there(self, name: str | None, absence: Absence) -> bool:
        """Return whether somebody can stand in for an absence, as far as the settings know."""
        if name is None or name == VACANT:
            return False
        person = self.person(name)
        if person is None:
            return True
        if person.left is not None and person.left < absence.last:
            return False
        first = max(absence.first, self.today)
        return all(one.last < first or one.first > absence.last for one in person.away)

    def person(self, name: str | None) -> Person | None:
        """Return the person of a name, or the one who holds the role of that name alone."""
        if name is None or name in self.settings.people:
            return self.settings.people.get(name or "")
        members = self.settings.members.get(name, ())
        return self.settings.people.get(members[0]) if len(members) == 1 else None
