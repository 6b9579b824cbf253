"""Where the lines of a log and the contents of its file disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from nextstep.model.events import UNDONE, Event
from nextstep.reports.audit_findings import Kind, Sign
from nextstep.trail.facts import Fact
from nextstep.trail.told_lines import what_it_says

_SAID_BY_EVENTS = frozenset({"moved", "changed"})
_DROPPED = "dropped by a merge"
_IN_MERGE = "made in a merge"
_KINDS = {"unlogged": Kind.REMOVED, "rewritten": Kind.REWRITTEN, "unread": Kind.UNREAD}


def recorded_later(facts: Sequence[Fact]) -> dict[int, int]:
    """Return where a line tells a change that an earlier commit made without one.

    Both are places among the facts: of the line, and of the change.
    """
    changes: dict[tuple[object, ...], list[int]] = {}
    pairs: dict[int, int] = {}
    for place, fact in enumerate(facts):
        if fact.event not in _SAID_BY_EVENTS or fact.witness.how == _DROPPED:
            continue
        if fact.logged is None:
            changes.setdefault(_change(fact), []).append(place)
        elif not fact.seen and changes.get(_change(fact)):
            pairs[place] = changes[_change(fact)].pop(0)
    return pairs


def of_the_log(facts: Sequence[Fact], later: Mapping[int, int]) -> Iterator[Sign]:
    """Yield the lines that went or changed, changes without a line, and lines without a change.

    ``later`` are those that were `recorded_later`.
    """
    lasting = _last_seen(facts)
    taken_back = set(_taken_back(facts))
    anew = _written_anew(facts)
    agreeing = {*later, *later.values()}
    as_before = _as_before(facts, agreeing)
    for place, fact in enumerate(facts):
        kind = None if place in agreeing else _kind(fact)
        if kind is None:
            continue
        if kind is Kind.ONLY_CLAIMED and (_key(fact) in taken_back or place in anew.values()):
            continue
        again = as_before.get(place)
        if fact.logged is not None and kind in (Kind.REMOVED, Kind.DROPPED):
            again = _back(fact, lasting.get((fact.id, fact.logged.canonical)))
            if again is None and place in anew:
                again = facts[anew[place]].witness.commit
        yield Sign(kind=kind, fact=fact, again=again)


def _written_anew(facts: Sequence[Fact]) -> dict[int, int]:
    """Return where a line that was taken out is written again, with another moment.

    Both are places among the facts. What the contents show to have happened anew, or may have
    happened twice for all that is said of it, is not such a line.
    """
    out: dict[tuple[str, object], list[int]] = {}
    anew: dict[int, int] = {}
    for place, fact in enumerate(facts):
        line = fact.logged
        if line is None or fact.witness.how == _DROPPED:
            continue
        said = fact.id, what_it_says(line)
        if fact.event == "unlogged":
            out.setdefault(said, []).append(place)
        elif out.get(said) and _says_it_again(fact, line):
            anew[out[said].pop(0)] = place
    return anew


def _says_it_again(fact: Fact, line: Event) -> bool:
    if fact.event != line.event:
        return False
    return not fact.seen if fact.event in _SAID_BY_EVENTS else bool(line.values)


def _as_before(facts: Sequence[Fact], agreeing: Collection[int]) -> dict[int, str]:
    """Return the commit since which a field is as it was before a change that has no line.

    The changes are places among the facts; all that changed the field in between has no line
    either. ``agreeing`` are the changes that a later line tells.
    """
    ways: dict[tuple[object, ...], list[int]] = {}
    since: dict[int, str] = {}
    for place, fact in enumerate(facts):
        if fact.event not in _SAID_BY_EVENTS or fact.witness.how == _DROPPED:
            continue
        way = ways.setdefault(_field(fact), [])
        if fact.logged is not None or fact.reverts or place in agreeing:
            way.clear()
            continue
        if way and facts[way[-1]].values.get("to") != fact.values.get("from"):
            way.clear()
        way.append(place)
        starts = [facts[one].values.get("from") for one in way]
        if fact.values.get("to") in starts:
            first = starts.index(fact.values.get("to"))
            since |= dict.fromkeys(way[first:], fact.witness.commit)
            del way[first:]
    return since


def _change(fact: Fact) -> tuple[object, ...]:
    """Return what changed to what: the same for a line and for the change that it tells."""
    return *_field(fact), str(fact.values.get("to"))


def _field(fact: Fact) -> tuple[object, ...]:
    """Return which field of which record changed."""
    field = fact.text("field") if fact.event == "changed" else None
    return fact.id, fact.event, fact.step, field


def _kind(fact: Fact) -> Kind | None:
    """Return what does not agree about a fact, the weightiest thing if several."""
    if fact.witness.how == _DROPPED:
        return Kind.DROPPED
    if fact.event in _KINDS:
        return _KINDS[fact.event]
    if fact.event in _SAID_BY_EVENTS:
        if fact.logged is None:
            return Kind.REMOVED if fact.reverts else Kind.UNRECORDED
        if not fact.seen:
            return Kind.ONLY_CLAIMED
    made = fact.witness.how == _IN_MERGE and fact.event != "deleted"
    return Kind.IN_MERGE if made else None


def _last_seen(facts: Sequence[Fact]) -> dict[tuple[str, str], Fact]:
    """Return the last fact that wrote each line of each log from which a line went."""
    lost = {fact.id for fact in facts if _kind(fact) in (Kind.REMOVED, Kind.DROPPED)}
    return {
        (fact.id, fact.logged.canonical): fact
        for fact in facts
        if fact.id in lost
        and fact.logged is not None
        and fact.event != "unlogged"
        and fact.witness.how != _DROPPED
    }


def _back(gone: Fact, last: Fact | None) -> str | None:
    """Return the commit in which a line that went was written again."""
    if last is None or last.witness.order <= gone.witness.order:
        return None
    return last.witness.commit


def _taken_back(facts: Iterable[Fact]) -> Iterator[tuple[str, str, object]]:
    """Yield what an ``undone`` of the same commit takes back: its change never showed."""
    for fact in facts:
        if fact.logged is not None and fact.event == UNDONE:
            yield fact.id, fact.witness.commit, fact.logged.values.get("of")


def _key(fact: Fact) -> tuple[str, str, object]:
    at: Event | None = fact.logged
    return fact.id, fact.witness.commit, at.at if at is not None else None
