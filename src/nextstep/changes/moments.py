"""The moment of a command: all that it writes begins then, in whatever records, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from msgspec.structs import replace

from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import MILLISECOND, to_milliseconds
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Record
from nextstep.model.events import instant_text

_AHEAD = timedelta(minutes=1)
"""How far clocks go apart: what is logged further ahead is a slip, and pushes nothing else on."""


def own_moment(ledger: Ledger, now: Now) -> Now:
    """Return now, but later than what any record of a ledger logs of the same moment."""
    instant = to_milliseconds(now.instant)
    since, until = instant - 2 * MILLISECOND, instant + _AHEAD
    near = (
        event.at for one in records_of(ledger) for event in one.log if since < event.at <= until
    )
    last = max(near, default=None)
    return now if last is None else now.not_before(last + 2 * MILLISECOND)


def records_of(ledger: Ledger) -> Iterator[Record]:
    """Yield every record of a ledger that has a log."""
    return chain(ledger.commitments.values(), ledger.runs.values(), ledger.processes.values())


def with_way_back(draft: Draft, moment: datetime | None) -> Draft:
    """Return a draft of several records with the command that takes back all of it.

    ``moment`` is when it begins in each of them, None where that differs. What is to be typed next
    stays, unless it is an undo: of one record it would take back a part.
    """
    ids = {*(one.id for one in draft.edits), *(one.id for one in draft.new)}
    goes_on = draft.then is not None and not draft.then.startswith("nextstep undo")
    if len(ids) <= 1 or goes_on or moment is None:
        return draft
    return replace(draft, then=f"nextstep undo --at {instant_text(moment)}")
