"""How a change is said back to who made it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from nextstep.changes.wording import due_words, echoed
from nextstep.dates.now import now_on
from nextstep.model.calendar import Calendar

ZONE = "Europe/Berlin"
LATE = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)


def test_an_instant_is_told_by_the_clock_and_the_day_of_the_ledger() -> None:
    now = now_on(date(2026, 11, 23), ZONE)
    assert due_words(LATE, ZONE) == "Sat 28 Nov 2026 at 00:30"
    assert echoed(LATE, now, Calendar(timezone=ZONE)).startswith("Sat 28 Nov 2026")
    assert echoed(LATE, now, Calendar(timezone=ZONE)).endswith(" at 00:30")


def test_a_clock_time_without_a_zone_is_told_as_it_is_written() -> None:
    assert due_words(LATE.replace(tzinfo=None), ZONE) == "Fri 27 Nov 2026 at 23:30"
