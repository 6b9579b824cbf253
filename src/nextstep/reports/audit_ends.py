"""What was deleted while it was open, and approvals of what the repository does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from nextstep.dates.now import now_at
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.reports.audit_findings import Kind, Sign
from nextstep.runs.commitments import commitment_state
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import CommitmentStage
from nextstep.trail.facts import Fact

Place = tuple[str, str]
"""A commit and a path from the ledger's root."""


class Approval(Struct, frozen=True):
    """A yes for one content of a file: the blob, maybe shortened, and the path it was given for."""

    fact: Fact
    path: str
    content: str

    def is_of(self, blob: str | None) -> bool:
        """Whether a blob is the content that was approved."""
        return blob is not None and blob.startswith(self.content)


class Held(Struct, frozen=True, kw_only=True):
    """What the repository holds; what is missing here was not asked for.

    ``last`` is each deleted record as it was before, None where that cannot be read; ``there`` the
    blob at a commit and path; ``ever`` all blobs that a path has had.
    """

    last: Mapping[Place, Commitment | Run | None] = {}
    there: Mapping[Place, str | None] = {}
    ever: Mapping[str, frozenset[str]] = {}


def deleted(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Place]]:
    """Yield the promises that were deleted, each with where it stood last."""
    for fact in facts:
        if fact.event == "deleted" and fact.kind != "process" and fact.witness.parents:
            yield fact, (fact.witness.parents[0], fact.path)


def approvals(facts: Iterable[Fact], runs: Mapping[str, Run]) -> Iterator[Approval]:
    """Yield the approvals of a content, in runs that are there to say of which file."""
    for fact in facts:
        content = fact.text("content")
        run = runs.get(fact.id)
        if fact.event != "approved" or not content or run is None:
            continue
        for step in run.steps:
            if step.id == fact.step and step.approve is not None:
                path = filled_path(step.approve, run.inputs, step.part)
                yield Approval(fact, path, content)


def of_deletions(facts: Sequence[Fact], held: Held, calendar: Calendar) -> Iterator[Sign]:
    """Yield what was open when its file was deleted; what cannot be read may have been."""
    for fact, place in deleted(facts):
        record = held.last.get(place)
        if fact.witness.how != "dropped by a merge" and (
            record is None or _is_open(record, fact, calendar)
        ):
            yield Sign(kind=Kind.DELETED, fact=fact, again=_again(fact, facts))


def of_approvals(facts: Iterable[Fact], runs: Mapping[str, Run], held: Held) -> Iterator[Sign]:
    """Yield the approvals of what is not the content of that commit."""
    for one in approvals(facts, runs):
        at = (one.fact.witness.commit, one.path)
        if at not in held.there or one.is_of(held.there[at]):
            continue
        known = any(map(one.is_of, held.ever.get(one.path, ())))
        kind = Kind.OTHER_VERSION if known else Kind.NOT_THAT_CONTENT
        yield Sign(kind=kind, fact=one.fact, path=one.path)


def _is_open(record: Commitment | Run, fact: Fact, calendar: Calendar) -> bool:
    at = fact.witness.author.at or fact.witness.committer.at
    last = max((event.at for event in record.log), default=at)
    moment = max(filter(None, (at, last)), default=None)
    if moment is None:
        return True
    now = now_at(moment, calendar.timezone)
    if isinstance(record, Commitment):
        return commitment_state(record, now, calendar).stage is not CommitmentStage.CLOSED
    from nextstep.runs.run_states import run_state

    return run_state(record, now, calendar).is_live


def _again(gone: Fact, facts: Iterable[Fact]) -> str | None:
    """Return the commit in which a deleted record came back, if it did."""
    later = (one for one in facts if one.id == gone.id and one.event == "recreated")
    orders = ((one.witness.order, one.witness.commit) for one in later)
    return next((commit for order, commit in orders if order > gone.witness.order), None)
