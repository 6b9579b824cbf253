"""Where the people of a log and those who signed its commits are not the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nextstep.model.events import Event
from nextstep.model.people import Person
from nextstep.reports.audit_findings import ABOUT_THE_LOG, Kind, Sign
from nextstep.runs.order import effective
from nextstep.trail.facts import Fact
from nextstep.trail.people import Signers

_ENDING = frozenset({"done", "closed"})


def of_authors(
    facts: Iterable[Fact], signers: Signers, people: Mapping[str, Person]
) -> Iterator[Sign]:
    """Yield the lines that were committed by somebody whom they do not name.

    A commit is compared only where `nextstep.yaml` gives an address to whoever wrote the line
    down, or to its author.
    """
    for fact in _written(facts):
        names = _writers(fact)
        author = signers.person(fact.witness.author)
        if author in names or is_unknowable(fact, signers, people):
            continue
        kind = Kind.UNKNOWN_ADDRESS if author is None else Kind.OTHER_AUTHOR
        yield Sign(kind=kind, fact=fact, person=names[-1] if author is None else author)


def uncompared(facts: Iterable[Fact], signers: Signers, people: Mapping[str, Person]) -> int:
    """Return how many lines were written by somebody without an address in `nextstep.yaml`."""
    return len([*unknowable(facts, signers, people)])


def unknowable(
    facts: Iterable[Fact], signers: Signers, people: Mapping[str, Person]
) -> Iterator[Fact]:
    """Yield those lines."""
    return (fact for fact in _written(facts) if is_unknowable(fact, signers, people))


def is_unknowable(fact: Fact, signers: Signers, people: Mapping[str, Person]) -> bool:
    """Whether nothing ties the author of a commit to a person, or the person to an address."""
    if signers.person(fact.witness.author) is not None:
        return False
    return not any(name in people and people[name].emails for name in _writers(fact)[-1:])


def of_endings(
    facts: Sequence[Fact], holders: Mapping[str, str | None], members: Mapping[str, tuple[str, ...]]
) -> Iterator[Sign]:
    """Yield what was done or closed by somebody who did not have it then.

    ``holders`` tells who has each record now: a commitment its ``who``, a run its owner. Who had
    it earlier is followed back through what its file said. Anybody may close what is done, and
    whoever takes part may drop what was proposed.
    """
    by_record: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.id in holders:
            by_record.setdefault(fact.id, []).append(fact)
    for id_, own in by_record.items():
        for fact, holder in _held(own, holders[id_]):
            if holder is None or not _is_ending(fact):
                continue
            allowed = members.get(holder) or (holder,)
            if fact.by not in allowed and not _is_open_to_all(fact, own):
                yield Sign(kind=Kind.NOT_THEIRS, fact=fact, person=holder)


def _written(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the facts that are a line written in their commit."""
    for fact in facts:
        is_line = fact.logged is not None and fact.event not in ABOUT_THE_LOG
        if is_line and fact.witness.how != "dropped by a merge":
            yield fact


def _writers(fact: Fact) -> tuple[str, ...]:
    """Return whom a line names: who acted, and who wrote it down, if that is said."""
    logged = fact.logged
    written = logged.text("recorded_by") if logged is not None else None
    by = logged.by if logged is not None else fact.by
    return (by, written) if written else (by,)


def _held(facts: Sequence[Fact], holder: str | None) -> Iterator[tuple[Fact, str | None]]:
    """Yield each fact of a record, the last one first, with who had it before that fact.

    A change that no line tells counts as the last of its commit: what was ended in that commit was
    still with whom the file named until then.
    """
    ordered = sorted(
        enumerate(facts), key=lambda one: (one[1].witness.order, one[1].logged is None, one[0])
    )
    for place in range(len(ordered) - 1, -1, -1):
        fact = ordered[place][1]
        passed = _passes_on(fact)
        if passed is not None:
            holder = passed[0] or _giver([one for _, one in ordered[:place]]) or holder
        yield fact, holder


def _passes_on(fact: Fact) -> tuple[str | None] | None:
    """Return who had it before a fact that passed it on, as far as that says it; else nothing."""
    if fact.event == "changed" and fact.seen and fact.step is None and fact.text("field") == "who":
        return (fact.text("from"),)
    if fact.event == "edited":
        said = fact.values.get("from")
        pairs = said if isinstance(said, tuple) else ()
        owners = [part[1] for part in pairs if isinstance(part, tuple) and part[0] == "owner"]
        return (owners[0],) if owners else None
    if fact.event == "accepted" and fact.step is None and fact.kind == "commitment":
        return (None,)
    return None


def _giver(earlier: Sequence[Fact]) -> str | None:
    return next((fact.by for fact in reversed(earlier) if fact.event == "offered"), None)


def _is_ending(fact: Fact) -> bool:
    if fact.logged is None or fact.step is not None or fact.event not in _ENDING:
        return False
    return fact.kind == "commitment" or fact.text("result") == "dropped"


def _is_open_to_all(fact: Fact, own: Sequence[Fact]) -> bool:
    """Whether what was ended was done already, or only proposed, so that others may end it."""
    before = _counting(own, fact)
    if any(event.event == "done" for event in _since_reopened(before)):
        return True
    kinds = {event.event for event in before}
    return fact.text("result") == "dropped" and "proposed" in kinds and "agreed" not in kinds


def _counting(own: Sequence[Fact], until: Fact) -> tuple[Event, ...]:
    logged = [fact.logged for fact in own if fact.logged is not None and fact is not until]
    at = until.logged.at if until.logged is not None else None
    return effective([event for event in logged if at is not None and event.at < at])[0]


def _since_reopened(events: Sequence[Event]) -> Sequence[Event]:
    places = [place for place, event in enumerate(events) if event.event == "reopened"]
    return events[places[-1] :] if places else events
