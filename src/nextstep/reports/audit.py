"""The log of every record against the history of its file: what does not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from msgspec import Struct

from nextstep.dates.now import Now
from nextstep.dates.zones import local_day
from nextstep.files.ledger import Ledger
from nextstep.model.calendar import Calendar
from nextstep.repo.ancestry import AnchorCheck, Backwards
from nextstep.reports.audit_ends import Held, of_approvals, of_deletions
from nextstep.reports.audit_findings import ABOUT_THE_LOG, Disagreement
from nextstep.reports.audit_log import of_the_log, recorded_later
from nextstep.reports.audit_people import of_authors, of_endings, uncompared
from nextstep.reports.audit_times import of_dates
from nextstep.reports.audit_together import together
from nextstep.reports.export_events import hidden_votes
from nextstep.reports.trail import Known, known_of
from nextstep.reports.unread import Unread, unread_files
from nextstep.runs.under_settings import run_under
from nextstep.trail.facts import Fact, Trail
from nextstep.trail.people import Signers


class AuditScope(Struct, frozen=True, kw_only=True):
    """What is looked at: one record or all, between two days of the ledger (both included)."""

    id: str | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, one: Disagreement, timezone: str) -> bool:
        """Whether a disagreement is about that record and has a date in that time."""
        return self.id in (None, one.id) and self.covers(one.moments, timezone)

    def covers(self, moments: Iterable[datetime | None], timezone: str) -> bool:
        """Whether one of these is in that time; a moment that no calendar knows always may be."""
        if self.since is None and self.until is None:
            return True
        first, last = self.since or date.min, self.until or date.max
        return any(at is None or first <= local_day(at, timezone) <= last for at in moments)


class Clock(Struct, frozen=True):
    """A commit dated before the ``parent`` that it comes after; None: at no time of a calendar."""

    commit: str
    at: datetime | None
    parent: str
    parent_at: datetime | None


class AuditReport(Struct, frozen=True, kw_only=True):
    """What does not agree, by weight and then by time, and how much was compared.

    ``events`` are the lines of logs that were read; ``recorded_later`` of them tell
    a change of an earlier commit. ``uncompared`` of them name
    somebody without an address. ``known`` tells how much of history is here.
    """

    today: date
    calendar: Calendar
    scope: AuditScope
    known: Known
    events: int
    recorded_later: int
    anchors: tuple[AnchorCheck, ...]
    items: tuple[Disagreement, ...]
    clocks: tuple[Clock, ...]
    uncompared: int
    unread: tuple[Unread, ...]

    @property
    def disagrees(self) -> bool:
        """Whether anything does not agree, or an anchor does not hold."""
        return self.count > 0 or any(one.found != "held" for one in self.anchors)

    @property
    def count(self) -> int:
        """How many things do not agree."""
        return len(self.items) + len(self.clocks)


class Evidence(Struct, frozen=True, kw_only=True):
    """What git knows beside the trail."""

    anchors: tuple[AnchorCheck, ...] = ()
    backwards: tuple[Backwards, ...] = ()
    held: Held = Held()


def audit_report(
    ledger: Ledger, trail: Trail, evidence: Evidence, now: Now, scope: AuditScope
) -> AuditReport:
    """Compare the log of every record with its history. ``ledger`` is the one of the trail's tip.

    Nothing is concluded from a version before which history is not here: nobody saw it happen.
    """
    facts = tuple(_shown(trail.facts, ledger, now))
    people = ledger.settings.people
    signers = Signers(people)
    later = recorded_later(facts)
    signs = [
        *of_the_log(facts, later),
        *of_deletions(facts, evidence.held, ledger.calendar),
        *of_approvals(facts, ledger.runs, evidence.held),
        *of_endings(facts, _holders(ledger), ledger.settings.members),
        *of_authors(facts, signers, people),
        *of_dates(facts, later),
    ]
    seen = [one for one in signs if not one.fact.border]  # else nobody saw it happen there
    told = together(seen, ledger, signers)
    own = [fact for fact in facts if scope.id in (None, fact.id) and not fact.border]
    zone = ledger.timezone
    return AuditReport(
        today=now.today,
        calendar=ledger.calendar,
        scope=scope,
        known=known_of(trail, zone),
        events=sum(one.logged is not None and one.event not in ABOUT_THE_LOG for one in own),
        recorded_later=sum(scope.id in (None, facts[place].id) for place in later),
        anchors=evidence.anchors,
        items=_in_order(one for one in told if scope.holds(one, zone)),
        clocks=tuple(_clocks(own, evidence.backwards, scope, zone)),
        uncompared=uncompared(own, signers, people),
        unread=unread_files(ledger),
    )


def _shown(facts: Iterable[Fact], ledger: Ledger, now: Now) -> Iterator[Fact]:
    """Yield the facts without the votes of blind gates at which some are missing."""
    hidden = {
        name: hidden_votes(run_under(ledger.settings, run, now))
        for name, run in ledger.runs.items()
        if any(step.blind for step in run.steps)
    }
    for fact in facts:
        line = fact.logged
        if line is None or (line.step, line.by, line.at) not in hidden.get(fact.id, ()):
            yield fact


def _holders(ledger: Ledger) -> Mapping[str, str | None]:
    return {
        **{name: one.who for name, one in ledger.commitments.items()},
        **{name: run.owner for name, run in ledger.runs.items()},
    }


def _clocks(
    facts: Iterable[Fact], backwards: Iterable[Backwards], scope: AuditScope, timezone: str
) -> Iterator[Clock]:
    """Yield the commits dated before their parents, where either wrote a file that is looked at."""
    wrote = {fact.witness.commit for fact in facts}
    for one in backwards:
        if one.commit in wrote or one.parent in wrote:
            at, parent_at = _instant(one.seconds), _instant(one.parent_seconds)
            if scope.covers((at, parent_at), timezone):
                yield Clock(one.commit, at, one.parent, parent_at)


def _instant(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _in_order(told: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    return tuple(
        sorted(
            told,
            key=lambda one: (
                one.kind.weight,
                one.committer.at is None,
                one.committer.at.timestamp() if one.committer.at else 0.0,
                one.commit,
                one.id or "",
            ),
        )
    )
