"""Where the log of a process stands: who was offered its duties, and who took them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from nextstep.model.events import Event
from nextstep.runs.facts import Impossible
from nextstep.runs.order import effective
from nextstep.runs.passing_on import receivers_of
from nextstep.runs.story import Refusal, named

DUTIES = ("owner", "deputy")
_WITHOUT_EFFECT = frozenset({"confirmed", "trained", "feedback", "noted"})
_ANSWERS = frozenset({"accepted", "returned"})


class DutyOffer(Struct, frozen=True):
    """A duty that was offered; ``receivers`` are the people who may accept it."""

    event: Event
    to: tuple[str, ...]
    receivers: tuple[str, ...]


class DutyState(Struct, frozen=True):
    """What the log of a process comes to; both maps are by duty.

    ``offers`` are those without an answer, ``taken`` the events with which a duty was last
    accepted. ``events`` are those that count, in order, without the impossible ones.
    """

    events: tuple[Event, ...]
    impossible: tuple[Impossible, ...]
    offers: Mapping[str, DutyOffer]
    taken: Mapping[str, Event]


def duty_state(log: Sequence[Event], *, members: Mapping[str, tuple[str, ...]]) -> DutyState:
    """Return where the log of a process stands; ``members`` are the people of a role."""
    events, refused = effective(log)
    offers: dict[str, DutyOffer] = {}
    taken: dict[str, Event] = {}
    possible, impossible = [], list(refused)
    for event in events:
        refusal = _read(event, offers, taken, members)
        if refusal is None:
            possible.append(event)
        else:
            impossible.append(Impossible(event, *refusal))
    return DutyState(tuple(possible), tuple(impossible), offers, taken)


def _read(
    event: Event,
    offers: dict[str, DutyOffer],
    taken: dict[str, Event],
    members: Mapping[str, tuple[str, ...]],
) -> Refusal | None:
    kind = event.event
    if kind in _WITHOUT_EFFECT:
        return None
    if kind == "offered":
        return _offered(event, offers, members)
    if kind not in _ANSWERS:
        allowed = ", ".join(sorted({"offered", "undone", *_ANSWERS, *_WITHOUT_EFFECT}))
        return f"`{kind}` does not belong to a process", f"write one of {allowed}"
    duty = event.text("duty") or _meant(event, offers)
    offer = offers.get(duty)
    if offer is None:
        of = f" of {duty}" if duty else ""
        return f"no duty{of} was offered that could be {kind}", "write `offered` before it"
    if not _may_answer(event, offer):
        return (
            f"`{event.by}` {kind} what was offered to {named(offer.to)}",
            f"write `{kind}` by {named(offer.receivers)}",
        )
    del offers[duty]
    if kind == "accepted":
        taken[duty] = event
    return None


def _may_answer(event: Event, offer: DutyOffer) -> bool:
    withdrawn = event.event == "returned" and event.by == offer.event.by
    return withdrawn or event.by in offer.receivers


def _meant(event: Event, offers: Mapping[str, DutyOffer]) -> str:
    """Return the duty that an answer is about: the one offered to them, or the only one."""
    theirs = [duty for duty, offer in offers.items() if _may_answer(event, offer)]
    return next(iter(theirs or offers), "")


def _offered(
    event: Event, offers: dict[str, DutyOffer], members: Mapping[str, tuple[str, ...]]
) -> Refusal | None:
    duty = event.text("duty")
    if duty not in DUTIES:
        return "`offered` does not say which duty", "add `duty: owner`, or `deputy`"
    to = event.texts("to")
    offers[duty] = DutyOffer(event, to, receivers_of(to, members))
    return None
