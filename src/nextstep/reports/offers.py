"""What was offered to somebody and waits for their answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from nextstep.changes.commit_words import title_of
from nextstep.reports.standing import Standing


class Waiting(Struct, frozen=True, kw_only=True):
    """One offer: of a record by its id, in a run of a ``step``, of a process of a ``duty``."""

    id: str
    title: str
    by: str
    at: datetime
    step: str | None = None
    duty: str | None = None


def offered_to(standing: Standing, person: str) -> tuple[Waiting, ...]:
    """Return what somebody may accept or return, the longest waiting first."""
    found = [*_commitments(standing, person), *_steps(standing, person), *_duties(standing, person)]
    return tuple(sorted(found, key=lambda one: (one.at, one.id, one.step or "")))


def _commitments(standing: Standing, person: str) -> Iterator[Waiting]:
    for name, state in standing.commitments.items():
        offer = state.offer
        if offer is not None and person in offer.receivers:
            title = standing.ledger.commitments[name].what
            yield Waiting(id=name, title=title, by=offer.by, at=offer.at)


def _steps(standing: Standing, person: str) -> Iterator[Waiting]:
    for name, run in standing.runs.items():
        for step in run.steps.values() if run.is_live else ():
            offers = (one for one in (step.offer, step.duty_offer) if one is not None)
            offer = next((one for one in offers if person in one.receivers), None)
            if offer is not None:
                title = f"{step.id} of {title_of(standing.ledger.runs[name])}"
                yield Waiting(id=name, title=title, by=offer.by, at=offer.at, step=step.id)


def _duties(standing: Standing, person: str) -> Iterator[Waiting]:
    for name, state in standing.duties.items():
        for duty, offer in state.offers.items():
            if person in offer.receivers:
                title = f"{duty} of {standing.ledger.processes[name].title}"
                event = offer.event
                yield Waiting(id=name, title=title, by=event.by, at=event.at, duty=duty)
