"""What changed between two versions of a ledger, as somebody who has to agree reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.process import Process
from nextstep.reports import review_commitments, review_processes, review_runs
from nextstep.reports.baseline import fingerprints
from nextstep.reports.handles import Handles
from nextstep.reports.review_changes import KIND_OF_EVENT, ORDER, Change, Sides
from nextstep.reports.review_codes import with_codes
from nextstep.reports.review_flow import Flow, flow_of
from nextstep.reports.review_late import Late, newly_late
from nextstep.reports.review_settings import settings_changed
from nextstep.reports.standing import Standing
from nextstep.reports.unread import Unread, unread_files
from nextstep.rules.pairs import Pair, pairs, uncompared
from nextstep.runs.states import CommitmentStage


class Side(Struct, frozen=True, kw_only=True):
    """One of the two versions: ``commit`` is None for the work tree, ``revision`` what was typed."""

    commit: str | None
    revision: str


class Version(Struct, frozen=True, kw_only=True):
    """A ledger with its states and its findings at the moment of the review."""

    side: Side
    standing: Standing
    findings: tuple[Diagnostic, ...]


class Review(Struct, frozen=True, kw_only=True):
    """What a change means.

    ``changes`` are in the order of their weight. ``also`` counts events that are told by number
    alone. ``promises`` and ``processes`` are how many records changed; ``proposals`` of the promises
    nobody has agreed to yet. ``uncounted`` is how many files changed that could not be read before or
    after: what is in them is in no number. ``people`` are those whom it concerns. ``findings`` are
    those that were not there before; ``unread`` files could not be read after it; what those
    ``unread_before`` it said is not known, and so not what changed in them.
    """

    today: date
    timezone: str
    before: Side
    after: Side
    is_shared: bool
    promises: int
    proposals: int = 0
    processes: int
    uncounted: int = 0
    people: tuple[str, ...]
    changes: tuple[Change, ...]
    also: Mapping[str, int]
    late: tuple[Late, ...]
    flows: tuple[Flow, ...]
    findings: tuple[Diagnostic, ...]
    unread: tuple[Unread, ...]
    unread_before: tuple[str, ...]

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(one.severity is Severity.ERROR for one in self.findings)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        told = self.changes or self.also or self.findings
        return not (told or self.unread or self.unread_before)


def review(before: Version, after: Version, *, is_shared: bool) -> Review:
    """Return what changed from one version to another, at one moment.

    ``is_shared`` tells that the first is the commit from which the two went apart.
    """
    old, new = before.standing.ledger, after.standing.ledger
    sides = Sides(
        before=before.standing,
        after=after.standing,
        old_handles=Handles(old),
        handles=Handles(new),
    )
    together = tuple(pairs(old, new))
    findings = sorted(_new_findings(before, after), key=_weight)
    changes = sorted(_changes(sides, together), key=lambda one: (ORDER.index(one.kind), one.path))
    changes = with_codes(changes, findings)
    records = [one.now or one.before for one in together]
    processes = sum(isinstance(one, Process) for one in records)
    return Review(
        today=after.standing.now.today,
        timezone=sides.timezone,
        before=before.side,
        after=after.side,
        is_shared=is_shared,
        promises=len(records) - processes,
        proposals=sum(_is_proposal(after.standing, one) for one in together),
        processes=processes,
        uncounted=len({*uncompared(old, new), *uncompared(new, old)}),
        people=_people({name for one in changes for name in one.concerns}, old, new),
        changes=tuple(changes),
        also=_also(together),
        late=newly_late(before.standing, after.standing, sides.handles),
        flows=tuple(_flows(together)),
        findings=tuple(findings),
        unread=unread_files(new),
        unread_before=uncompared(old, new),
    )


def _people(names: Iterable[str], *ledgers: Ledger) -> tuple[str, ...]:
    """Return people by name; in the place of a role stand those who hold it."""
    found: set[str] = set()
    for name in names:
        if any(name in one.settings.people for one in ledgers):
            found.add(name)
            continue
        roles = [one.settings.roles[name] for one in ledgers if name in one.settings.roles]
        found.update(holder for role in roles for holder in role.people)
        if not roles:
            found.add(name)
    return tuple(sorted(found))


def _is_proposal(standing: Standing, pair: Pair) -> bool:
    state = standing.commitments.get(pair.now.id) if pair.now is not None else None
    return state is not None and state.stage is CommitmentStage.PROPOSED


def _changes(sides: Sides, together: Iterable[Pair]) -> Iterator[Change]:
    for pair in together:
        record = pair.now or pair.before
        if isinstance(record, Commitment):
            yield from review_commitments.told(sides, pair)
        elif isinstance(record, Run):
            yield from review_runs.told(sides, pair)
        elif isinstance(record, Process):
            yield from review_processes.told(sides, pair)
    yield from settings_changed(sides.before.ledger.settings, sides.after.ledger.settings)


def _also(together: Iterable[Pair]) -> Mapping[str, int]:
    """Return how many events there are of the kinds that are told by number alone."""
    counts = Counter(
        event.event
        for pair in together
        if pair.before is not None
        for event in pair.added
        if event.event not in KIND_OF_EVENT
    )
    return dict(sorted(counts.items()))


def _flows(together: Iterable[Pair]) -> Iterator[Flow]:
    for pair in together:
        if isinstance(pair.before, Process) and isinstance(pair.now, Process):
            flow = flow_of(pair.before, pair.now)
            if flow is not None:
                yield flow


def _weight(finding: Diagnostic) -> bool:
    return finding.severity is not Severity.ERROR


def _new_findings(before: Version, after: Version) -> Iterator[Diagnostic]:
    """Yield the findings that were not there before, wherever in their files they stand."""
    known = set(fingerprints(before.standing.ledger, before.findings))
    marks = fingerprints(after.standing.ledger, after.findings)
    for finding, mark in zip(after.findings, marks, strict=True):
        if mark not in known:
            yield finding
