"""A run while its log is read: what is known of each step so far, and who is who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.process import VACANT, Step
from nextstep.runs.facts import (
    Blocked,
    Closed,
    Done,
    Feedback,
    Impossible,
    Move,
    Offer,
    Returned,
    Vote,
)
from nextstep.runs.states import How


class Track(Struct, kw_only=True):
    """What the log says of one step so far.

    ``who`` are the people who have it at that point of the log, ``bound`` those of the file.
    ``after`` are ids of steps, with parts one by one. ``since`` is when it last came back to be
    ready. ``needed`` is what its ``when`` says, None while ``unknown`` inputs decide.
    """

    step: Step
    after: tuple[str, ...] = ()
    needed: bool | None = True
    unknown: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    vacated_by: str | None = None
    how: How | None = None
    finished_at: datetime | None = None
    since: datetime | None = None
    why: str | None = None
    done: Done | None = None
    offer: Offer | None = None
    offered_at: datetime | None = None
    accepted_at: datetime | None = None
    duty_offer: Offer | None = None
    returned: Returned | None = None
    rounds: int = 0
    put_to_owner: bool = False
    votes: tuple[Vote, ...] = ()
    approved_content: str | None = None
    ticked: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    readback: str | None = None
    out_of_order: str | None = None
    overridden: bool = False
    blocked: Blocked | None = None
    moves: tuple[Move, ...] = ()
    asked: bool = False
    asked_at: datetime | None = None
    reopened: int = 0

    @property
    def is_handed_over(self) -> bool:
        """Whether somebody has to accept its work."""
        handoff = self.step.handoff
        return handoff is not None and (handoff.to is not None or not handoff.tell)

    def finish(self, how: How, at: datetime) -> None:
        """Owe nothing more on it."""
        self.how = how
        self.finished_at = at
        self.offer = self.duty_offer = self.blocked = None

    def begin_again(self, at: datetime) -> None:
        """Forget what was done: its votes and events no longer count. The dates stay."""
        self.how = self.finished_at = self.done = self.offer = self.blocked = self.why = None
        self.offered_at = self.accepted_at = self.readback = self.out_of_order = None
        self.votes = ()
        self.approved_content = None
        self.ticked = self.gaps = ()
        self.put_to_owner = self.overridden = False
        self.since = at


class Replay(Struct, kw_only=True):
    """A run while its log is read.

    ``seen`` are the people who did something in it; ``stopped_by`` the gate whose no was final.
    """

    run: Run
    calendar: Calendar
    members: Mapping[str, tuple[str, ...]]
    owners: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    tracks: dict[str, Track] = {}
    groups: dict[str, tuple[str, ...]] = {}
    seen: set[str] = set()
    blocked: Blocked | None = None
    asked_at: datetime | None = None
    closed: Closed | None = None
    stopped_by: str | None = None
    reopened: int = 0
    feedback: list[Feedback] = []
    impossible: list[Impossible] = []

    def ids_of(self, name: str) -> tuple[str, ...]:
        """Return the step of a name, or the parts of a fan-out; nothing for another name."""
        return (name,) if name in self.tracks else self.groups.get(name, ())

    def people_of(self, name: str) -> tuple[str, ...]:
        """Return the people behind a name: of a role of the run, of the ledger, or the person."""
        bound = self.run.people.get(name)
        if bound is not None:
            return () if bound == VACANT else (bound,)
        return () if name == VACANT else self.members.get(name) or (name,)

    def leads(self, person: str) -> bool:
        """Whether somebody owns the run or stands in; where nobody owns it, everybody does."""
        return not self.owners or person in self.owners or person in self.deputies

    def has(self, track: Track, person: str) -> bool:
        """Whether a step is somebody's: theirs by name, or the owner's while it is vacant."""
        return person in track.who if track.who else self.leads(person)

    def later_than(self, ids: Iterable[str]) -> set[str]:
        """Return the steps that come after any of these, directly or not."""
        found: set[str] = set()
        fresh = set(ids)
        while fresh:
            fresh = {
                id_
                for id_, track in self.tracks.items()
                if id_ not in found and not fresh.isdisjoint(track.after)
            }
            found |= fresh
        return found

    def earlier_than(self, id_: str) -> set[str]:
        """Return the steps that this one comes after, directly or not."""
        found: set[str] = set()
        fresh = [id_]
        while fresh:
            track = self.tracks.get(fresh.pop())
            new = [one for one in (track.after if track else ()) if one not in found]
            found.update(new)
            fresh.extend(new)
        return found


def begin(
    run: Run,
    events: tuple[Event, ...],
    calendar: Calendar,
    members: Mapping[str, tuple[str, ...]],
) -> Replay:
    """Return the run as it was before its first event."""
    replay = Replay(run=run, calendar=calendar, members=members)
    replay.owners = replay.people_of(run.owner) if run.owner else ()
    replay.deputies = replay.people_of(run.deputy) if run.deputy else ()
    for step in run.steps:
        replay.tracks[step.id] = Track(step=step)
        if step.part is not None:
            replay.groups[step.base] = (*replay.groups.get(step.base, ()), step.id)
    for track in replay.tracks.values():
        named = track.step.after or ()
        ids = [id_ for name in named for id_ in replay.ids_of(name) or (name,)]
        track.after = tuple(dict.fromkeys(ids))
        track.bound = _bound(replay, track.step)
        track.who = _first_who(replay, track, events)
    return replay


def _bound(replay: Replay, step: Step) -> tuple[str, ...]:
    people: list[str] = []
    for name in step.who:
        own = f"{name}/{step.part}"
        people += replay.people_of(own if own in replay.run.people else name)
    return tuple(dict.fromkeys(people))


def plays(step: Step, role: str) -> bool:
    """Whether a step is done by a role of the run, ``role`` or ``role/part``."""
    names = (step.role, *step.who)
    return any(role in (name, f"{name}/{step.part}") for name in names if name)


def _first_who(replay: Replay, track: Track, events: tuple[Event, ...]) -> tuple[str, ...]:
    """Return who had a step before the log began: undo the changes of people, last one first.

    Where the owner passed it on, nobody had it: the owner acts for what is vacant.
    """
    who = list(track.bound)
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        after = before = None
        if event.event == "accepted" and event.step == track.step.id:
            before, after = _giver_of_duty(events, place), event.by
            if before in replay.owners or before in replay.deputies:
                before = VACANT
        elif event.event == "changed" and rebinds(event, track.step):
            before, after = event.text("from"), event.text("to")
        if after is None or before is None or before == after:
            continue
        if after in who:
            who[who.index(after)] = before
        elif after == VACANT and before not in who:
            who.append(before)
        who = [one for one in dict.fromkeys(who) if one != VACANT]
    return tuple(who)


def rebinds(event: Event, step: Step) -> bool:
    """Whether an event ``changed`` names other people for a step."""
    field = event.text("field") or ""
    return field.startswith("people.") and plays(step, field.removeprefix("people."))


def _giver_of_duty(events: tuple[Event, ...], accepted: int) -> str | None:
    for place in range(accepted - 1, -1, -1):
        event = events[place]
        if event.step == events[accepted].step and event.event == "offered" and is_duty(event):
            return event.by
    return None


def is_duty(event: Event) -> bool:
    """Whether an offer passes on the promise itself, and not the work."""
    return event.values.get("duty") in (True, "true")
