"""A run while its log is read: what is known of each step so far, and who is who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.process import Step
from nextstep.model.time import Due
from nextstep.runs.before_and_after import reached
from nextstep.runs.facts import (
    Blocked,
    Change,
    Closed,
    Done,
    Feedback,
    Impossible,
    Move,
    Offer,
    Returned,
    Vote,
)
from nextstep.runs.leading import people_behind
from nextstep.runs.states import How, Occurrence


class Track(Struct, kw_only=True):
    """What the log says of one step so far.

    ``who`` are the people who have it at that point of the log, ``bound`` those of the file.
    ``due`` is the agreed date at that point. ``after`` are ids of steps, with parts one by one.
    ``since`` is when it last came back to be ready. Of a step that comes again ``times`` are over;
    ``moved_before`` of its ``moves`` were in these. ``needed`` is what its ``when`` says, None
    while ``unknown`` inputs decide.
    """

    step: Step
    due: Due | None = None
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
    times: tuple[Occurrence, ...] = ()
    moved_before: int = 0

    def agree(self, due: Due | None) -> None:
        """Let another date count. A step that comes again has one for each time of it."""
        if self.step.repeat is None:
            self.due = due

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

    def come_again(self, at: datetime) -> None:
        """Begin the next time of it: with its own date, nothing done and nothing returned."""
        self.begin_again(at)
        self.returned = self.accepted_at = None
        self.asked = False
        self.rounds = 0
        self.moved_before = len(self.moves)

    @property
    def moves_now(self) -> tuple[Move, ...]:
        """The changes of its date, of a step that comes again those of this time."""
        return self.moves[self.moved_before :]


class Replay(Struct, kw_only=True):
    """A run while its log is read.

    ``answers`` are by the place of an event in the log what it was an answer to, or which time of a
    step that comes again it was about. ``followers`` are the steps that come straight after a name,
    ``parts_played`` those that are done by a role of the run (``role`` or ``role/part``). ``seen``
    are the people who did something in it; ``stopped_by`` the gate whose no was final. ``inputs``
    are those known at that point.
    """

    run: Run
    calendar: Calendar
    members: Mapping[str, tuple[str, ...]]
    owners: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    tracks: dict[str, Track] = {}
    groups: dict[str, tuple[str, ...]] = {}
    followers: dict[str, list[str]] = {}
    parts_played: dict[str, list[str]] = {}
    answers: dict[int, str] = {}
    seen: set[str] = set()
    inputs: dict[str, str] = {}
    blocked: Blocked | None = None
    asked_at: datetime | None = None
    closed: Closed | None = None
    stopped_by: str | None = None
    change: Change | None = None
    reopened: int = 0
    feedback: list[Feedback] = []
    impossible: list[Impossible] = []

    def as_in_file(self) -> None:
        """Take inputs and dates as the file says them now, whatever the log leads to."""
        self.inputs = dict(self.run.inputs)
        for track in self.tracks.values():
            track.due = track.step.due

    def ids_of(self, name: str) -> tuple[str, ...]:
        """Return the step of a name, or the parts of a fan-out; nothing for another name."""
        return (name,) if name in self.tracks else self.groups.get(name, ())

    def people_of(self, name: str) -> tuple[str, ...]:
        """Return the people behind a name: of a role of the run, of the ledger, or the person."""
        return people_behind(name, self.run.people, self.members)

    def leads(self, person: str) -> bool:
        """Whether somebody owns the run or stands in; where nobody owns it, everybody does."""
        return not self.owners or person in self.owners or person in self.deputies

    def has(self, track: Track, person: str) -> bool:
        """Whether a step is somebody's: theirs by name, or the owner's while it is vacant."""
        return person in track.who if track.who else self.leads(person)

    def later_than(self, ids: Iterable[str]) -> set[str]:
        """Return the steps that come after any of these, directly or not."""
        return reached(ids, lambda id_: self.followers.get(id_, ()))

    def earlier_than(self, id_: str) -> set[str]:
        """Return the steps that this one comes after, directly or not."""
        tracks = self.tracks
        return reached([id_], lambda one: tracks[one].after if one in tracks else ())

    def played_in(self, event: Event) -> Sequence[str]:
        """Return the steps for which an event ``changed`` names other people."""
        field = event.text("field") or ""
        role = field.removeprefix("people.")
        return self.parts_played.get(role, ()) if role != field else ()


def changed_input(event: Event) -> str | None:
    """Return the input that an event ``changed`` gave another value, if it did."""
    field = event.text("field") or ""
    name = field.removeprefix("inputs.")
    return name if event.event == "changed" and name != field else None
