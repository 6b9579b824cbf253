"""What happened, one entry a fact of the history, with what stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from nextstep.dates.zones import local_day, local_time
from nextstep.model.events import EventValue, instant_text
from nextstep.reports.show_links import Happening
from nextstep.reports.trail_records import ABOUT_THE_LOG, Records
from nextstep.trail.facts import Fact, Signature, Trail

AGREEMENTS = frozenset({"moved", "changed"})
"""What only a line of the log should change."""
_ONE_ACT = timedelta(minutes=1)


class TrailEntry(Struct, frozen=True, kw_only=True):
    """One thing that happened to a record, and the commit in which it was found.

    ``at`` is the instant as the tool writes it, ``on`` its day in the ledger's zone; None where
    no commit gives a time. ``late`` is told of a moved date: whether that day was over. What was
    ``undone`` no longer counts, what is ``impossible`` never did; what goes ``back`` makes a field again what it
    was before a line that leaves the log with it, and such a line is undone. ``logged`` tells whether a line
    of the log says it, ``seen`` whether the contents changed as it says. ``author`` is who made the
    commit, ``authored_on`` when; ``how`` is commit, made in a merge or dropped by a merge.
    ``together`` is how many events of the record that happened apart are in that one commit.
    ``earlier`` tells that it happened before what a shallow or partial clone holds: the log says so,
    and nothing that is here has seen it. ``stranger`` tells that nobody whom the ledger names made the commit. ``line`` is the line of
    the log that was taken out, put back or rewritten.
    """

    id: str
    handle: str
    kind: str
    what: str
    title: str | None
    process: str | None
    part_of: str | None
    path: str
    event: str
    step: str | None
    at: str | None
    on: date | None
    clock: str
    by: str
    recorded_by: str | None
    values: Mapping[str, EventValue]
    late: bool | None
    undone: bool
    impossible: bool
    logged: bool
    seen: bool
    commit: str
    order: int
    how: str
    author: str
    authored_on: date | None
    together: int
    earlier: bool
    stranger: bool
    line: Happening | None
    back: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is part of how things came to stand as they do."""
        return not (self.undone or self.impossible or self.back)


def entries(
    trail: Trail,
    records: Records,
    timezone: str,
    *,
    only: Callable[[Fact], bool] = lambda _: True,
) -> Iterator[TrailEntry]:
    """Yield an entry for each fact, in their order; votes that are still hidden are left out.

    An entry costs more than its fact: ``only`` says of which facts they are wanted.
    """
    wanted = [fact for fact in trail.facts if only(fact) and not records.is_hidden(fact)]
    commits = {(fact.id, fact.witness.commit) for fact in wanted}
    together = _together(fact for fact in trail.facts if (fact.id, fact.witness.commit) in commits)
    for fact in wanted:
        apart = together.get((fact.id, fact.witness.commit), 1)
        yield _entry(fact, records, timezone, apart, earlier=fact.border and not fact.seen)


def is_of_the_file(one: TrailEntry) -> bool:
    """Return whether the contents alone tell what a line of the log should tell, too."""
    if one.logged or one.back:
        return False
    return one.event in AGREEMENTS and one.how != "dropped by a merge"


def _entry(fact: Fact, records: Records, zone: str, together: int, *, earlier: bool) -> TrailEntry:
    about = records.about(fact.id)
    at, authored = fact.at, fact.witness.author.at or fact.witness.committer.at
    own = fact.logged is not None and fact.event not in ABOUT_THE_LOG
    return TrailEntry(
        id=fact.id,
        handle=about.handle,
        kind=fact.kind,
        what=about.steps.get(fact.step, about.what) if fact.step else about.what,
        title=about.title,
        process=about.process,
        part_of=about.part_of,
        path=fact.path,
        event=fact.event,
        step=fact.step,
        at=instant_text(at) if at else None,
        on=local_day(at, zone) if at else None,
        clock=f"{local_time(at, zone):%H:%M}" if at else "",
        by=fact.by,
        recorded_by=fact.recorded_by,
        values=records.values(fact),
        late=None if fact.reverts or records.is_proposal(fact) else fact.after_due,
        undone=own and fact.logged is not None and records.is_undone(fact.id, fact.logged),
        impossible=own and fact.logged is not None and records.is_impossible(fact.id, fact.logged),
        logged=own,
        seen=fact.seen,
        commit=fact.witness.commit,
        order=fact.witness.order,
        how=fact.witness.how,
        author=signed_by(fact.witness.author),
        authored_on=local_day(authored, zone) if authored else None,
        together=1 if earlier else together,
        earlier=earlier,
        stranger=not earlier and records.is_stranger(fact),
        line=_line(fact, zone),
        back=bool(fact.reverts),
    )


def _line(fact: Fact, zone: str) -> Happening | None:
    """Return the line of the log that something happened to."""
    event = fact.logged
    if event is None or fact.event not in ABOUT_THE_LOG:
        return None
    return Happening(
        at=instant_text(event.at),
        on=local_day(event.at, zone),
        clock=f"{local_time(event.at, zone):%H:%M}",
        by=event.by,
        event=event.event,
        step=event.step,
        values=event.values,
    )


def signed_by(signature: Signature) -> str:
    """Return the name of who made a commit; the address where there is none."""
    return signature.label or signature.name or signature.email


def _together(facts: Iterable[Fact]) -> Mapping[tuple[str, str], int]:
    """Return by record and commit how many of its logged events happened apart from each other.

    What one command records carries the same moment, up to milliseconds, and is one act.
    """
    moments: dict[tuple[str, str], list[datetime]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for fact in facts:
        if fact.logged is not None and fact.at and fact.event not in ABOUT_THE_LOG:
            key = (fact.id, fact.witness.commit)
            moments.setdefault(key, []).append(fact.at)
            counts[key] += 1
    return {key: counts[key] for key, at in moments.items() if max(at) - min(at) > _ONE_ACT}
