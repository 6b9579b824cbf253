"""What was done to one record between two versions of a ledger, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nextstep.model.events import Event
from nextstep.model.time import Due
from nextstep.reports.handles import Handles
from nextstep.reports.show_links import Happening, Link, happenings, link
from nextstep.reports.standing import Standing
from nextstep.rules.pairs import Pair
from nextstep.rules.told_fields import told_fields
from nextstep.runs.facts import Closed, Impossible, Move
from nextstep.trail.comparing import Difference, differences

KIND_OF_EVENT: Mapping[str, str] = {
    "proposed": "proposed",
    "agreed": "agreed",
    "moved": "moved",
    "changed": "changed",
    "offered": "handed",
    "accepted": "handed",
    "returned": "handed",
    "done": "done",
    "approved": "done",
    "skipped": "done",
    "reopened": "reopened",
    "closed": "closed",
    "blocked": "noted",
    "unblocked": "noted",
    "noted": "noted",
    "feedback": "noted",
    "undone": "noted",
    "confirmed": "noted",
    "trained": "noted",
}
"""Under which kind of change an event is told; one that is not here is counted only."""

ORDER = (
    "deleted",
    "log",
    "moved",
    "changed",
    "handed",
    "closed",
    "reopened",
    "new",
    "started",
    "proposed",
    "agreed",
    "done",
    "noted",
    "process",
    "settings",
)
"""The kinds of change, the weightiest first."""


class Edit(Struct, frozen=True, kw_only=True):
    """A field that says something else, named as in the file with dots into its parts.

    Of a list that was there and is, ``gone`` and ``added`` are what is in one of them alone. Of
    ``people.NAME`` and ``roles.NAME`` in the settings, ``after`` names the fields. ``silent``
    tells that an event would have to say so, and none does.
    """

    field: str
    step: str | None
    before: str | None
    after: str | None
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    silent: bool = False


class Rewritten(Struct, frozen=True, kw_only=True):
    """A line of a log that says something else than it did."""

    before: Happening
    after: Happening


class Change(Struct, frozen=True, kw_only=True):
    """One kind of thing that was done to a record, or to a ``step`` of a run.

    ``kind`` is one of `deleted log moved changed handed closed reopened new started proposed agreed
    done noted process settings`, ``record`` one of `commitment run process settings`.
    ``state`` is where it stands now, or stood when it was deleted. Of what was moved: ``was_due``
    is the date before all of it, ``times`` how often it was moved by now, ``late`` whether once of
    them after it was due, ``why`` and ``agreed_by`` what was said. ``taken_back``: an event was
    undone, and that moved the date. Of a `log`, ``happened`` are the lines that were taken out.
    ``concerns`` are the people who have it, and had it, and with whom it was agreed. ``was`` is
    the id that it had, where it has another one now. ``codes`` are the findings that are about it.
    """

    kind: str
    record: str
    id: str
    handle: str
    path: str
    title: str
    step: str | None = None
    who: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    state: str | None = None
    outcome: str | None = None
    was_due: Due | None = None
    due: Due | None = None
    times: int = 0
    late: bool = False
    by: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    agreed_by: tuple[str, ...] = ()
    taken_back: bool = False
    closed: Closed | None = None
    on_time: bool | None = None
    next: tuple[Link, ...] = ()
    happened: tuple[Happening, ...] = ()
    edits: tuple[Edit, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()
    was: str | None = None
    codes: tuple[str, ...] = ()


class Sides(Struct, frozen=True, kw_only=True):
    """A ledger before and after, with what to type for the records of each."""

    before: Standing
    after: Standing
    old_handles: Handles
    handles: Handles

    @property
    def timezone(self) -> str:
        """The zone in which days begin and end."""
        return self.after.now.timezone


class News(Struct, frozen=True, kw_only=True):
    """What the log of a record tells that it did not before.

    ``told`` are all new lines, ``events`` those among them that count; ``fields`` are what they
    speak of, named as in an edit.
    """

    pair: Pair
    told: tuple[Happening, ...]
    fields: frozenset[str]

    @property
    def events(self) -> tuple[Event, ...]:
        """The new events that count."""
        return self.pair.added

    def of(self, kind: str, step: str | None = None) -> tuple[Happening, ...]:
        """Return what happened that is told under a kind of change, but what was undone since."""
        return tuple(
            one
            for one in self.told
            if KIND_OF_EVENT.get(one.event) == kind and one.step == step and not one.undone
        )


def news(
    pair: Pair,
    timezone: str,
    counting: Iterable[Event],
    impossible: Iterable[Impossible] = (),
    moves: Iterable[Move] = (),
) -> News:
    """Return what a log tells that is new; ``counting`` are the events of all of it that count."""
    newly = {id(old_and_new[1]) for old_and_new in pair.rewritten}
    lines = [event for event in pair.lines if id(event) not in newly]
    whole = () if pair.now is None else pair.now.log
    told = happenings(lines, counting, impossible, moves, timezone, whole=whole)
    return News(pair=pair, told=told, fields=told_fields(pair))


def log_change(change: Change, pair: Pair, timezone: str) -> Iterator[Change]:
    """Yield the lines of a log that were taken out of it, or say something else now."""
    if not (pair.removed or pair.rewritten):
        return
    rewritten = tuple(
        Rewritten(before=_happening(old, timezone), after=_happening(new, timezone))
        for old, new in pair.rewritten
    )
    removed = tuple(_happening(one, timezone) for one in pair.removed)
    yield replace(change, kind="log", happened=removed, rewritten=rewritten)


def _happening(event: Event, timezone: str) -> Happening:
    return happenings((event,), (event,), (), (), timezone)[0]


def moved(
    change: Change,
    was_due: Due | None,
    all_moves: Sequence[Move],
    new_moves: Sequence[Move],
    *,
    taken_back: bool,
) -> Change:
    """Return the change of a date; without new moves it was taken back, or nothing tells of it."""
    return replace(
        change,
        kind="moved",
        was_due=was_due,
        times=len(all_moves),
        late=any(move.late for move in new_moves),
        by=concerned(*(move.by for move in new_moves)),
        why=concerned(*(move.why for move in new_moves)),
        agreed_by=concerned(*(name for move in new_moves for name in move.agreed_by)),
        taken_back=taken_back and not new_moves,
    )


def edits_of(told: News, *, by_event: frozenset[str] = frozenset()) -> tuple[Edit, ...]:
    """Return the fields that differ and that no event says in full.

    ``by_event`` are fields that only an event may change: any other is never silent.
    """
    said = {event.text("field") for event in told.events if event.event == "changed"}
    found = differences(told.pair.before, told.pair.now)
    lists = {one.field: {*one.gone, *one.added} for one in found if one.gone or one.added}
    return tuple(
        Edit(
            field=one.field,
            step=one.step,
            before=one.before,
            after=one.after,
            gone=one.gone,
            added=one.added,
            silent=one.field.partition(".")[0] in by_event and one.field not in told.fields,
        )
        for one in found
        if one.field not in said and not _is_implied(one, lists)
    )


def _is_implied(one: Difference, lists: Mapping[str, set[str]]) -> bool:
    """Return whether a list within a list only lost and gained what the outer one did."""
    own = {*one.gone, *one.added}
    if not own and None in (one.before, one.after):
        own = {one.before or one.after or ""}
    return bool(own) and own <= lists.get(one.field.rpartition(".")[0], set())


def concerned(*names: str | None) -> tuple[str, ...]:
    """Return names, each once, without those that are missing."""
    return tuple(dict.fromkeys(name for name in names if name))


def links_to(sides: Sides, closed: Closed | None) -> tuple[Link, ...]:
    """Return what comes next after something was closed."""
    names = closed.next if closed is not None else ()
    return tuple(link(sides.after, sides.handles, name) for name in names)
