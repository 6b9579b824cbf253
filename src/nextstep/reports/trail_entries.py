"""What happened, one entry a fact of the history, with what stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from nextstep.dates.zones import local_day, local_time
from nextstep.model.events import Event, EventValue, instant_text
from nextstep.reports.handles import Handles
from nextstep.reports.show_links import Happening
from nextstep.reports.standing import Standing
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.order import UNDONE, effective
from nextstep.runs.states import RunState
from nextstep.trail.facts import Fact, Signature, Trail
from nextstep.trail.people import Signers

ABOUT_THE_LOG = frozenset({"unlogged", "relogged", "rewritten"})
"""Events whose line is not what happened, but what happened to it."""
AGREEMENTS = frozenset({"moved", "changed"})
"""What only a line of the log should change."""
_ONE_ACT = timedelta(minutes=1)


class TrailEntry(Struct, frozen=True, kw_only=True):
    """One thing that happened to a record, and the commit in which it was found.

    ``at`` is the instant as the tool writes it, ``on`` its day in the ledger's zone; None where
    no commit gives a time. ``late`` is told of a moved date: whether that day was over. What was
    ``undone`` no longer counts, what is ``impossible`` never did. ``logged`` tells whether a line
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

    @property
    def counts(self) -> bool:
        """Whether it is part of how things came to stand as they do."""
        return not (self.undone or self.impossible)


class About(Struct, frozen=True, kw_only=True):
    """What the ledger says of a record now; of one that is gone, what history said last."""

    handle: str
    what: str
    title: str | None = None
    process: str | None = None
    part_of: str | None = None
    steps: Mapping[str, str] = {}


class Records:
    """The records that facts are about, and which of their events count."""

    def __init__(self, standing: Standing, facts: Iterable[Fact]) -> None:
        """Look through the ledger; ``facts`` tell about records that are gone."""
        self._standing = standing
        self._handles = Handles(standing.ledger)
        self._gone: dict[str, list[Fact]] = {}
        self._signers = Signers(standing.ledger.settings.people)
        for fact in facts:
            if not self._is_here(fact.id):
                self._gone.setdefault(fact.id, []).append(fact)
        self._about: dict[str, About] = {}
        self._taken_back: dict[str, frozenset[str]] = {}

    def is_stranger(self, fact: Fact) -> bool:
        """Return whether somebody of the ledger acted, and nobody of it made the commit."""
        person = self._standing.ledger.settings.people.get(fact.by)
        if fact.logged is None or person is None or not person.emails:
            return False
        return self._signers.person(fact.witness.author) is None

    def _is_here(self, id_: str) -> bool:
        ledger = self._standing.ledger
        return id_ in ledger.commitments or id_ in ledger.runs or id_ in ledger.processes

    def about(self, id_: str) -> About:
        """Return what is known of a record."""
        if id_ not in self._about:
            self._about[id_] = self._looked_up(id_)
        return self._about[id_]

    def is_gone(self, id_: str) -> bool:
        """Return whether the ledger has no such record any more."""
        return id_ in self._gone

    def is_undone(self, id_: str, event: Event) -> bool:
        """Return whether a later event took this one back."""
        if id_ not in self._taken_back:
            self._taken_back[id_] = taken_back(self._log(id_))
        return event.canonical in self._taken_back[id_]

    def is_impossible(self, id_: str, event: Event) -> bool:
        """Return whether the state of the record passed over the event."""
        standing = self._standing
        state = standing.commitments.get(id_) or standing.runs.get(id_) or standing.duties.get(id_)
        refused = state.impossible if state is not None else ()
        return bool(refused) and event.canonical in {one.event.canonical for one in refused}

    def is_hidden(self, fact: Fact) -> bool:
        """Return whether it is a vote at a blind gate at which some are missing."""
        state = self._standing.runs.get(fact.id)
        step = state.steps.get(fact.step) if isinstance(state, RunState) and fact.step else None
        if step is None or not step.hides_votes or fact.logged is None:
            return False
        return any((vote.by, vote.at) == (fact.logged.by, fact.logged.at) for vote in step.votes)

    def _looked_up(self, id_: str) -> About:
        ledger = self._standing.ledger
        if not self._is_here(id_):
            told = self._gone.get(id_)
            return About(handle=id_, what=told[-1].what if told else "")
        handle = self._handles.shortest(id_)
        if id_ in ledger.commitments:
            commitment = ledger.commitments[id_]
            return About(handle=handle, what=commitment.what, part_of=commitment.part_of)
        if id_ in ledger.processes:
            return About(handle=handle, what=ledger.processes[id_].title, process=id_)
        run = ledger.runs[id_]
        title = f"{run.title} for {run.for_}" if run.for_ else run.title
        return About(
            handle=handle,
            what=title,
            title=title,
            process=run.process,
            part_of=run.part_of,
            steps={step.id: filled_path(step.title, run.inputs, step.part) for step in run.steps},
        )

    def _log(self, id_: str) -> Iterable[Event]:
        ledger = self._standing.ledger
        record = ledger.commitments.get(id_) or ledger.runs.get(id_) or ledger.processes.get(id_)
        if record is not None:
            return record.log
        told = (one for one in self._gone.get(id_, ()) if one.event not in ABOUT_THE_LOG)
        return [one.logged for one in told if one.logged is not None]


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
    return not one.logged and one.event in AGREEMENTS and one.how != "dropped by a merge"


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
        values=fact.values,
        late=fact.after_due,
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


def taken_back(log: Iterable[Event]) -> frozenset[str]:
    """Return the canonical texts of the events that an ``undone`` took back."""
    events = tuple(log)
    if not any(event.event == UNDONE for event in events):
        return frozenset()
    counting = {event.canonical for event in effective(events)[0]}
    return frozenset(
        event.canonical
        for event in events
        if event.event != UNDONE and event.canonical not in counting
    )


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
