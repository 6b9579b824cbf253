"""What was recorded before, for each state in which the table of verbs tries each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from tests.faults.promise_model import PEOPLE, Fact, Promise, Thing, Things
from tests.faults.promise_rows import Act
from tests.faults.promise_verbs import RHYTHM

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
BEFORE, DUE, LATER = "2026-11-06", "2026-11-20", "2026-12-04"
"""Three days of the rhythm, one after the other."""


class Road(Struct, frozen=True, kw_only=True):
    """The events of a thing, who has it, and whether another of its row stands ``beside`` it."""

    facts: tuple[Fact, ...]
    who: str = "dev"
    repeat: str = ""
    beside: str = ""


def fact(kind: str, by: str = "dev", **more: str) -> Fact:
    return Fact(kind=kind, by=by, typist=by, **more)  # type: ignore[arg-type]


def road(*facts: Fact, **more: str) -> Road:
    return Road(facts=facts, **more)


def again(*facts: Fact, beside: str = "") -> Road:
    return Road(facts=facts, repeat=RHYTHM, beside=beside)


PROPOSED, AGREED, DONE = fact("proposed", "mia"), fact("agreed"), fact("done")
BLOCKED, OFFERED, ASKED = fact("blocked"), fact("offered", to="mia"), fact("asked", "mia")
KEPT, REOPENED = fact("closed", result="kept"), fact("reopened", "lena")
ROADS = (
    road(PROPOSED),
    road(AGREED),
    road(AGREED, BLOCKED),
    road(AGREED, OFFERED),
    road(AGREED, BLOCKED, OFFERED),
    road(AGREED, ASKED),
    road(AGREED, DONE),
    road(AGREED, DONE, ASKED),
    *(road(AGREED, fact("closed", result=one)) for one in ("kept", "partly", "missed", "dropped")),
    road(PROPOSED, fact("closed", "mia", result="dropped")),
    road(PROPOSED, fact("noted", "mia"), who=""),
    road(fact("noted", "mia"), who=""),
    again(AGREED),
    again(AGREED, DONE),
    again(AGREED, KEPT, beside="next"),
    again(AGREED, KEPT, REOPENED, beside="next"),
    again(AGREED, beside="first"),
)


def things_of(name: str, given: Road) -> Things:
    """Return a thing with what was recorded of it, and the other one of its row where there is one."""
    first, after = f"{name}-first", f"{name}-next"
    follows = first if given.beside == "first" else ""
    things = {name: _thing(name, given, DUE, follows)}
    match given.beside:
        case "first":
            things[first] = _thing(name, again(AGREED, KEPT), BEFORE)
        case "next":
            things[after] = _thing(name, again(AGREED), LATER, name)
    return things


def _thing(name: str, given: Road, due: str, follows: str = "") -> Thing:
    begun = Promise(what=f"A {name}", who=given.who, with_=("lena",), due=due, repeat=given.repeat)
    made = Thing(begun=begun, follows=follows)
    for number, one in enumerate(given.facts):
        after = made.with_facts([one], AT + timedelta(hours=number), -1 - number)
        assert after is not None, given
        made = after
    return made


def by_each(row: str, name: str, at: datetime) -> Iterator[Act]:
    """Yield what everybody may try to do to a thing."""
    for number, by in enumerate(PEOPLE, 1):
        yield Act(
            row=row,
            name=name,
            by=by,
            typist=by,
            at=at + timedelta(seconds=7 * number),
            command=number,
            person="mia",
        )
