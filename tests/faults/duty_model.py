"""The log of a process as a small model: its duties are offered and taken, it is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tests.faults.promise_model import ROLES, Fact, Logged, is_theirs
from tests.faults.promise_rows import Act

DUTIES = ("owner", "deputy")


class Charge(Struct, frozen=True, kw_only=True):
    """Who leads a process; ``offers`` are (duty, giver, receiver) without an answer."""

    owner: str = "dev"
    deputy: str = "lena"
    offers: tuple[tuple[str, str, str], ...] = ()
    last: date | None = None
    learned: frozenset[str] = frozenset()

    def holder(self, duty: str) -> str:
        return self.owner if duty == "owner" else self.deputy

    def leads(self, person: str) -> bool:
        return person in (self.owner, self.deputy)

    def offer(self, duty: str) -> tuple[str, str]:
        """Return who gives a duty to whom; two empty texts where nobody does."""
        return next(((giver, to) for one, giver, to in self.offers if one == duty), ("", ""))

    def receivers(self, duty: str) -> tuple[str, ...]:
        _, to = self.offer(duty)
        return ROLES.get(to, (to,)) if to else ()

    def offered_to(self, person: str) -> list[str]:
        return [duty for duty in DUTIES if person in self.receivers(duty)]

    def between(self, person: str) -> list[str]:
        """Return the duties that somebody was offered, or offers."""
        return [duty for duty in DUTIES if person in (*self.receivers(duty), self.offer(duty)[0])]

    @property
    def label(self) -> str:
        """The state in which a verb finds it."""
        open_ = " and ".join(duty for duty in DUTIES if self.offer(duty)[0])
        nobody = "" if self.deputy else ", without a deputy"
        return f"{open_ or 'nothing'} offered{nobody}"


class Charter(Logged, frozen=True, kw_only=True):
    """A process of the model: who led it first, and all of its events."""

    begun: Charge

    @property
    def told(self) -> Charge | None:
        """Where it stands; None where an event is not possible."""
        now: Charge | None = self.begun
        for fact in self.facts:
            now = now and _after(now, fact)
        return now

    @property
    def is_possible(self) -> bool:
        return self.told is not None

    @property
    def now(self) -> Charge:
        """Where it stands."""
        told = self.told
        assert told is not None, self.log
        return told


def _after(now: Charge, fact: Fact) -> Charge | None:
    """Return where it stands after an event; None where that is not possible."""
    duty = fact.field
    rest = tuple(one for one in now.offers if one[0] != duty)
    after: Charge | None = None
    match fact.kind:
        case "offered":
            after = replace(now, offers=(*rest, (duty, fact.by, fact.to)))
        case "accepted" if fact.by in now.receivers(duty):
            after = replace(now, offers=rest, **{duty: fact.by})
        case "returned" if fact.by in (*now.receivers(duty), now.offer(duty)[0]):
            after = replace(now, offers=rest)
        case "confirmed":
            after = replace(now, last=fact.at.date())
        case "trained":
            after = replace(now, learned=now.learned | {fact.to})
        case "noted":
            after = now
    return after


def _offer(duty: str) -> Callable[[Charter, Act], Fact | None]:
    def fact(charter: Charter, act: Act) -> Fact | None:
        now = charter.now
        needless = act.person == now.holder(duty) or (duty == "deputy" and act.person == now.owner)
        if not now.leads(act.by) or needless:
            return None
        return act.fact("offered", field=duty, to=act.person)

    return fact


def _accept(*duties: str) -> Callable[[Charter, Act], Fact | None]:
    def fact(charter: Charter, act: Act) -> Fact | None:
        found = [duty for duty in charter.now.offered_to(act.by) if duty in duties]
        return act.fact("accepted", field=found[0]) if len(found) == 1 else None

    return fact


def _return(*duties: str) -> Callable[[Charter, Act], Fact | None]:
    def fact(charter: Charter, act: Act) -> Fact | None:
        found = [duty for duty in charter.now.between(act.by) if duty in duties]
        return act.fact("returned", field=found[0]) if len(found) == 1 else None

    return fact


def _confirm(charter: Charter, act: Act) -> Fact | None:
    return act.fact("confirmed") if charter.now.leads(act.by) else None


ROWS: dict[str, Callable[[Charter, Act], Fact | None]] = {
    "offer": _offer("owner"),
    "offer, deputy": _offer("deputy"),
    "accept": _accept(*DUTIES),
    "accept, owner": _accept("owner"),
    "accept, deputy": _accept("deputy"),
    "return": _return(*DUTIES),
    "return, owner": _return("owner"),
    "return, deputy": _return("deputy"),
    "confirm": _confirm,
    "trained": lambda _charter, act: act.fact("trained", to=act.person),
    "note": lambda _charter, act: act.fact("noted"),
}
WORDS = {
    "offer": "offer release --to {person} --gap learned",
    "offer, deputy": "offer release --to {person} --deputy --gap learned",
    "accept": "accept release --all-there --gap learned",
    "accept, owner": "accept release --owner --all-there --gap learned",
    "accept, deputy": "accept release --deputy --all-there --gap learned",
    "return": "return release --not-ready --why 'no time'",
    "return, owner": "return release --owner --not-ready --why 'no time'",
    "return, deputy": "return release --deputy --not-ready --why 'no time'",
    "confirm": "confirm release --text 'Gone through it'",
    "trained": "trained {person} release",
    "note": "note release 'They asked for a call'",
    "undo": "undo release",
    "undo, at": "undo release --at {instant}",
}
"""What is typed after `nextstep`, for each row."""


def outcome(charter: Charter, act: Act) -> Charter | None:
    """Return the process after a verb; None where it is refused."""
    if act.row.startswith("undo"):
        facts = _undo(charter, act)
    else:
        fact = ROWS[act.row](charter, act)
        facts = None if fact is None else [fact]
    return None if facts is None else charter.with_facts(facts, act.at, act.command)


def place_meant(charter: Charter, act: Act) -> int:
    """Return the place of an event that stands still."""
    standing = charter.standing
    return standing[act.place % len(standing)]


def _undo(charter: Charter, act: Act) -> list[Fact] | None:
    if not charter.log:
        return None
    last = charter.standing[-1]
    if act.row == "undo" and not is_theirs(charter.log[last], act.by):
        return None
    place = last if act.row == "undo" else place_meant(charter, act)
    return charter.taken_back([place], act.by, act.typist, act.at)
