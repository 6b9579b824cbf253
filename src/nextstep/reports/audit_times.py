"""Where the dates of a log and those of its commits are more than a day apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from nextstep.reports.audit_findings import ABOUT_THE_LOG, Kind, Sign
from nextstep.trail.facts import Fact, Signature

APART = timedelta(days=1)
"""What clocks, zones and an evening without a network explain."""


def of_dates(facts: Sequence[Fact], later: Mapping[int, int]) -> Iterator[Sign]:
    """Yield the lines dated more than a day before they were written, or after they were committed.

    A commit that is made again from an old one keeps the date of its author, so a line may be as
    late as the committer's. ``later`` leads from the line that tells an earlier change to that
    change: then it may be as early.
    """
    for place, fact in enumerate(facts):
        if fact.logged is None or fact.event in ABOUT_THE_LOG:
            continue
        if fact.witness.how == "dropped by a merge":
            continue
        at, author, committer = fact.logged.at, fact.witness.author, fact.witness.committer
        told = facts[later[place]].witness if place in later else fact.witness
        written = min(_moments(author, committer, told.author, told.committer), default=None)
        kept = max(_moments(author, committer), default=None)
        if written is not None and at < written - APART:
            yield Sign(kind=Kind.EARLIER, fact=fact)
        elif kept is not None and at > kept + APART:
            yield Sign(kind=Kind.LATER, fact=fact)


def _moments(*signed: Signature) -> list[datetime]:
    return [one.at for one in signed if one.at is not None]
