"""Reading dates costs no import that a plain day does not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("dateutil", "zoneinfo", "re", "calendar", "locale", "decimal", "json", "nextstep.files")


def loaded_by(code: str) -> set[str]:
    """Return the heavy modules that are there after some code, beyond those that records load."""
    script = (
        "import sys\n"
        "import nextstep.model.process\n"
        "before = set(sys.modules)\n"
        f"{code}\n"
        f"print(*(set({HEAVY!r}) & (set(sys.modules) - before)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "room",
    ["comparing", "conditions", "days", "expressions", "now", "recurrence", "words", "workdays"],
)
def test_a_module_of_dates_imports_nothing_heavy(room: str) -> None:
    assert loaded_by(f"import nextstep.dates.{room}") == set()


def test_reading_good_dates_in_utc_imports_nothing_heavy() -> None:
    code = """
from datetime import date
from nextstep.dates.days import parse_due, parse_instant
from nextstep.dates.expressions import parse, resolve
from nextstep.dates.now import now_on
from nextstep.dates.recurrence import parse_recurrence
from nextstep.dates.words import distance
from nextstep.model.calendar import Calendar
parse_due("2026-11-27"), parse_instant("2026-11-27T10:00Z"), parse_recurrence("every friday")
now = now_on(date(2026, 11, 23), "UTC")
start = lambda anchor: date(2026, 11, 9)
resolve(parse("5bd after start"), anchor=start, inputs={}, calendar=Calendar())
distance(date(2026, 11, 27), now.today, Calendar())
"""
    assert loaded_by(code) == set()
