"""What a merge did to a record beside joining its sides: what it dropped, and what only it has."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nextstep.model.events import Event
from nextstep.trail.claims import says
from nextstep.trail.comparing import Said
from nextstep.trail.contents import Delta, Version


class Merged(Struct, frozen=True, kw_only=True):
    """From what the sides of a merge give together to what it has.

    ``dropped`` are the names of fields, and the canonical texts of events, in which it took back
    what one side had changed; of all others it made something that no side had. ``lost`` says that
    one side had brought the record and the merge left it out, ``back`` that one had deleted it.
    """

    delta: Delta
    dropped: frozenset[str]
    lost: bool = False
    back: bool = False


def merged(
    base: Version | None,
    sides: Sequence[Version | None],
    after: Version | None,
    *,
    zone: str,
    base_known: bool = True,
) -> Merged | None:
    """Return what a merge did, None where it left a record out as a side did.

    Where the base is not known nothing counts as dropped, and what any side had is as it should be.
    """
    there = [side for side in sides if side is not None]
    if after is None:
        return _left_out(base, sides, there, base_known=base_known)
    if not there:
        return Merged(delta=Delta(None, after, _log(after), ()), dropped=frozenset())
    deleted = base_known and base is not None and len(there) < len(sides)
    said, fields = _expected_fields(base, there, after, base_known=base_known)
    log = _expected_log(base, there, after, base_known=base_known)
    for name in [one for one in fields if _came_back(one, base, there, after, zone)]:
        fields.remove(name)
        said = {**said, name: after.said[name]} if name in after.said else _less(said, name)
    old = Version(after.kind, said, tuple(log.values()))
    mine = {one.canonical: one for one in _log(after)}
    added = tuple(one for name, one in mine.items() if name not in log)
    removed = tuple(one for name, one in log.items() if name not in mine)
    every = [{one.canonical for one in _log(side)} for side in there]
    events = {one.canonical for one in added if any(one.canonical in some for some in every)}
    events |= {one.canonical for one in removed if not all(one.canonical in some for some in every)}
    dropped = frozenset(fields | events)
    return Merged(delta=Delta(old, after, added, removed), dropped=dropped, back=deleted)


def joined(base: Version | None, sides: Sequence[Version]) -> Version:
    """Return what the sides of a merge give together; what differs in all of them is of the first."""
    said, _ = _expected_fields(base, sides, sides[0], base_known=base is not None)
    log = _expected_log(base, sides, sides[0], base_known=base is not None)
    return Version(sides[0].kind, said, tuple(log.values()))


def _left_out(
    base: Version | None,
    sides: Sequence[Version | None],
    there: Sequence[Version],
    *,
    base_known: bool,
) -> Merged | None:
    if len(there) == len(sides):
        return Merged(delta=Delta(there[0], None, (), ()), dropped=frozenset())
    if there and base_known and base is None:
        return Merged(delta=Delta(there[0], None, (), ()), dropped=frozenset(), lost=True)
    return None


def _expected_fields(
    base: Version | None, sides: Sequence[Version], after: Version, *, base_known: bool
) -> tuple[dict[str, Said], set[str]]:
    """Return what the fields should be, and those of them in which the merge took a change back."""
    names = dict.fromkeys(name for some in (*sides, after) for name in some.said)
    expected: dict[str, Said] = {}
    dropped = set()
    for name in names:
        is_now = after.said.get(name)
        was = base.said.get(name) if base is not None else None
        values = [side.said.get(name) for side in sides]
        changed = [value for value in values if value != was] if base_known else values
        value = _one_of(changed, is_now) if changed else was
        if value is not None:
            expected[name] = value
        if base_known and changed and value != is_now and is_now == was:
            dropped.add(name)
    return expected, dropped


def _one_of(changed: Sequence[Said | None], is_now: Said | None) -> Said | None:
    """Return what a field should be: of several new values the one that was chosen, else the first.

    Lists that both sides added to may have been joined.
    """
    if is_now in changed:
        return is_now
    lists = [value for value in changed if isinstance(value, tuple)]
    if isinstance(is_now, tuple) and len(lists) == len(changed) > 1:
        together = {one for value in lists for one in value}
        if set(is_now) == together:
            return is_now
    return changed[0]


def _expected_log(
    base: Version | None, sides: Sequence[Version], after: Version, *, base_known: bool
) -> dict[str, Event]:
    """Return the events that should be there, by their canonical texts."""
    logs = [{one.canonical: one for one in _log(side)} for side in sides]
    together = {name: event for log in logs for name, event in log.items()}
    if base_known:
        old = {one.canonical for one in _log(base)}
        gone = {name for name in old if not all(name in log for log in logs)}
    else:
        mine = {one.canonical for one in _log(after)}
        gone = {name for name in together if not all(name in log for log in logs)} - mine
    return {name: event for name, event in together.items() if name not in gone}


def _came_back(
    name: str, base: Version | None, sides: Sequence[Version], after: Version, zone: str
) -> bool:
    """Return whether a field is as one side had it again, whose log says how it came back to that."""
    known = {one.canonical for one in _log(base)}
    return any(
        side.said.get(name) == after.said.get(name)
        and says([one for one in _log(side) if one.canonical not in known], name, side, zone)
        for side in sides
    )


def _less(said: dict[str, Said], name: str) -> dict[str, Said]:
    return {other: value for other, value in said.items() if other != name}


def _log(version: Version | None) -> tuple[Event, ...]:
    return () if version is None else version.log or ()
