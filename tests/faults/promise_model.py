"""A commitment as a small model: what each event makes of it, for whom; anything else is refused.

The tables are those of the states as they are documented. Where it stands is told anew from all of
its events each time, so that what is taken back is simply left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tests.faults.taken_back import standing

PEOPLE = ("dev", "lena", "mia", "raj")
ROLES = {"support": ("mia", "raj")}
USUAL_PARTNER = {"dev": "mia"}
BEGINNINGS = ("agreed", "proposed")
MILLISECOND = timedelta(milliseconds=1)


class Fact(Struct, frozen=True, kw_only=True):
    """An event: ``command`` tells which of them were written at once, ``of`` what is taken back."""

    kind: str
    by: str
    typist: str
    at: datetime = datetime.min.replace(tzinfo=UTC)
    command: int = 0
    field: str = ""
    to: str = ""
    agreed_by: str = ""
    result: str = ""
    of: int | None = None


class Promise(Struct, frozen=True, kw_only=True):
    """Where a commitment stands; an empty text where there is nobody, no date, or no offer."""

    what: str
    outcome: str = "It is there"
    stage: str = "open"
    who: str = ""
    with_: tuple[str, ...] = ()
    partner: str = ""
    due: str = ""
    repeat: str = ""
    blocked: bool = False
    giver: str = ""
    offered_to: str = ""
    asked: bool = False
    result: str = ""
    unagreed: bool = False
    moved_from: tuple[str, ...] = ()
    proposers: tuple[str, ...] = ()

    def has(self, person: str) -> bool:
        """Return whether it is theirs; what is nobody's is anybody's."""
        return self.who in ("", person)

    def takes_part(self, person: str) -> bool:
        return self.has(person) or person in (*self.with_, *self.proposers)

    @property
    def receivers(self) -> tuple[str, ...]:
        return ROLES.get(self.offered_to, (self.offered_to,)) if self.offered_to else ()

    @property
    def follower(self) -> str:
        """Who asks how it went."""
        others = (self.partner, USUAL_PARTNER.get(self.who, ""), *self.with_)
        return next((one for one in others if one not in ("", self.who)), self.who)

    @property
    def first_due(self) -> str:
        """The date before any move."""
        return next(iter(self.moved_from), "") or self.due

    @property
    def label(self) -> str:
        """The state in which a verb finds it."""
        if self.stage == "closed":
            return f"closed, {self.result}"
        flags = {"nobody's": not self.who, "blocked": self.blocked}
        flags |= {"offer pending": bool(self.giver), "asked": self.asked}
        flags |= {"comes again": bool(self.repeat)}
        return ", ".join([self.stage, *(name for name, is_so in flags.items() if is_so)])


def _proposed(now: Promise, fact: Fact) -> Promise | None:
    return replace(now, proposers=(*now.proposers, fact.by)) if now.stage == "proposed" else None


def _agreed(now: Promise, fact: Fact) -> Promise | None:
    if now.stage in ("done", "closed") or (now.stage == "proposed" and not now.has(fact.by)):
        return None
    return replace(now, stage="open")


def _moved(now: Promise, fact: Fact) -> Promise | None:
    mine = now.takes_part(fact.by) if now.stage == "proposed" else now.has(fact.by)
    if now.stage in ("done", "closed") or not (mine or fact.agreed_by not in ("", fact.by)):
        return None
    return replace(now, due=fact.to, asked=False, moved_from=(*now.moved_from, now.due))


def _changed(now: Promise, fact: Fact) -> Promise | None:
    if now.stage != "proposed" and fact.field == "who" and now.who:
        return None
    mine = now.stage != "proposed" or now.takes_part(fact.by)
    if not (mine or fact.agreed_by not in ("", fact.by)):
        return None
    match fact.field:
        case "who":
            return replace(now, who=fact.to)
        case "what":
            return replace(now, what=fact.to)
        case _:
            return replace(now, outcome=fact.to)


def _offered(now: Promise, fact: Fact) -> Promise | None:
    to_themselves = now.who and ROLES.get(fact.to, (fact.to,)) == (now.who,)
    if now.stage != "open" or not now.has(fact.by) or to_themselves:
        return None
    return replace(now, giver=fact.by, offered_to=fact.to)


def _accepted(now: Promise, fact: Fact) -> Promise | None:
    if fact.by not in now.receivers or fact.by == now.giver:
        return None
    with_ = tuple(dict.fromkeys((*now.with_, now.giver)))
    return replace(now, who=fact.by, with_=with_, giver="", offered_to="")


def _returned(now: Promise, fact: Fact) -> Promise | None:
    if not now.giver or fact.by not in (now.giver, *now.receivers):
        return None
    return replace(now, giver="", offered_to="")


def _done(now: Promise, fact: Fact) -> Promise | None:
    if now.stage != "open" or now.giver or not now.has(fact.by):
        return None
    return replace(now, stage="done", blocked=False)


def _closed(now: Promise, fact: Fact) -> Promise | None:
    if now.stage == "closed" or (now.stage == "proposed" and fact.result != "dropped"):
        return None
    if now.stage == "open" and (now.giver or not now.has(fact.by)):
        return None
    unagreed = now.stage == "proposed"
    return replace(now, stage="closed", result=fact.result, blocked=False, unagreed=unagreed)


def _asked(now: Promise, _fact: Fact) -> Promise | None:
    return replace(now, asked=True) if now.stage in ("open", "done") else None


def _blocked(now: Promise, fact: Fact) -> Promise | None:
    return replace(now, blocked=fact.kind == "blocked") if now.stage == "open" else None


def _reopened(now: Promise, fact: Fact) -> Promise | None:
    may = not now.partner or now.takes_part(fact.by) or fact.by == now.partner
    if now.stage not in ("done", "closed") or not may:
        return None
    stage = "proposed" if now.unagreed else "open"
    return replace(now, stage=stage, asked=False, result="", unagreed=False)


def _noted(now: Promise, _fact: Fact) -> Promise:
    return now


TABLE: dict[str, Callable[[Promise, Fact], Promise | None]] = {
    "proposed": _proposed,
    "agreed": _agreed,
    "moved": _moved,
    "changed": _changed,
    "offered": _offered,
    "accepted": _accepted,
    "returned": _returned,
    "done": _done,
    "closed": _closed,
    "asked": _asked,
    "blocked": _blocked,
    "unblocked": _blocked,
    "reopened": _reopened,
    "noted": _noted,
}


class Logged(Struct, frozen=True, kw_only=True):
    """A record of the model with all of its events, of which some may be taken back."""

    log: tuple[Fact, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether each event that counts is possible where it stands."""
        raise NotImplementedError

    @property
    def standing(self) -> list[int]:
        """The places of the events that nothing has taken back: what takes back is among them."""
        return standing([fact.of for fact in self.log])

    @property
    def counting(self) -> list[int]:
        return [place for place in self.standing if self.log[place].of is None]

    @property
    def facts(self) -> list[Fact]:
        """The events that count."""
        return [self.log[place] for place in self.counting]

    def with_facts(self, facts: list[Fact], at: datetime, command: int) -> Self | None:
        """Return it with events more, at a moment or just after the last; None where one cannot be."""
        first = max([at, *(fact.at + MILLISECOND for fact in self.log[-1:])])
        new = (
            replace(fact, at=first + number * MILLISECOND, command=command)
            for number, fact in enumerate(facts)
        )
        after = replace(self, log=(*self.log, *new))
        return after if after.is_possible else None

    def together(self, place: int) -> list[int]:
        """Return the standing events that one command wrote, which are taken back at once."""
        command = self.log[place].command
        return [one for one in self.standing if self.log[one].command == command]

    def taken_back(
        self, places: list[int], by: str, typist: str, at: datetime
    ) -> list[Fact] | None:
        """Return what takes events back; None where later ones hang on them, or are of their field."""
        facts = [Fact(kind="undone", by=by, typist=typist, of=place) for place in places]
        after = self.with_facts(facts, at, -1)
        return facts if after is not None and self.is_last_of_its_field(after) else None

    def is_last_of_its_field(self, after: Logged) -> bool:
        """Return whether of each field no event stays that came later than one taken back."""
        turned = set(self.counting) ^ set(after.counting)
        kept = set(self.counting) & set(after.counting)
        fields = [field_of(fact) for fact in self.log]
        return not any(
            fields[one] and fields[one] == fields[other] and other > one
            for one in turned
            for other in kept
        )


class Thing(Logged, frozen=True, kw_only=True):
    """A commitment of the model: as it was written first, and all of its events."""

    begun: Promise
    follows: str = ""
    after: tuple[str, ...] = ()
    part_of: str = ""

    @property
    def told(self) -> Promise | None:
        """Where it stands; None where an event is not possible."""
        facts = self.facts
        is_proposed = any(fact.kind == "proposed" for fact in facts)
        now: Promise | None = replace(self.begun, stage="proposed" if is_proposed else "open")
        for fact in facts:
            now = now and TABLE[fact.kind](now, fact)
        return now

    @property
    def is_possible(self) -> bool:
        return self.told is not None

    @property
    def now(self) -> Promise:
        """Where it stands."""
        told = self.told
        assert told is not None, self.log
        return told

    def without(self, places: list[int], by: str, typist: str, at: datetime) -> list[Fact] | None:
        """Return what takes events back, or closes what began with them; None where it cannot be."""
        if 0 not in places or self.log[0].kind not in BEGINNINGS:
            return self.taken_back(places, by, typist, at)
        if any(fact.kind == "closed" for fact in self.facts):
            return None
        return [Fact(kind="closed", by=by, typist=typist, result="dropped")]


Things: TypeAlias = dict[str, Thing]
"""The ledger of the model, by names of its own."""


def field_of(fact: Fact) -> str:
    """Return the field that an event changes, or nothing."""
    fields = {"moved": "due", "accepted": fact.field or "who", "confirmed": "review"}
    return fields.get(fact.kind, fact.field if fact.kind == "changed" else "")


def is_theirs(fact: Fact, by: str) -> bool:
    """Return whether an event is one's own: one acted, or wrote it down for who did."""
    return by in (fact.by, fact.typist)


def unmet(things: Things, name: str) -> Iterator[str]:
    """Yield what a commitment waits for."""
    for other in things[name].after:
        if things[other].now.stage not in ("done", "closed"):
            yield other
