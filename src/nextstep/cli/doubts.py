"""What makes doubtful what was recorded: names that nobody checked, a date that is not here yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from nextstep.changes.draft import Draft
from nextstep.changes.moments import records_of
from nextstep.cli.session import Session
from nextstep.dates.now import now_at
from nextstep.dates.words import day_words
from nextstep.dates.zones import local_day
from nextstep.repo.paths import SETTINGS

_AHEAD = timedelta(days=1)
"""Zones and a bare day account for as much as that."""


def doubts(session: Session, today: str | None, draft: Draft) -> Iterator[str]:
    """Yield what who records something should know of it; ``today`` is the option, if given.

    The variable NEXTSTEP_TODAY is the clock of whoever sets it: only the option is held against
    the clock of the machine.
    """
    ledger, now = session.ledger, session.now
    if SETTINGS in ledger.faulty and not ledger.settings.people:
        yield f"no name was checked: {SETTINGS} cannot be read, see nextstep check {SETTINGS}"
    clock = now_at(datetime.now(UTC), ledger.timezone)
    if today and now.instant - clock.instant > _AHEAD:
        yield (
            f"this is dated {day_words(now.today, None)}, and here it is "
            f"{day_words(clock.today, None)}: what is recorded after it in the same file will "
            "be dated after it as well"
        )
    edited = {one.id for one in draft.edits}
    for record in (one for one in records_of(ledger) if one.id in edited):
        last = max((event.at for event in record.log), default=now.instant)
        if last - now.instant > _AHEAD:
            day = day_words(local_day(last, ledger.timezone), None)
            yield f"the log of {record.id} goes on to {day}, so this is dated after that"
