"""Whose turn it is follows from a few plain words; of any others nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from nextstep.changes.turns import on_turn
from nextstep.model.commitment import Run
from nextstep.model.people import Role
from nextstep.model.source import Source

FRIDAY = date(2026, 11, 20)
PEOPLE = ("ana", "dev", "mia", "raj")


def whose(turn: str | None, today: str, started: date = FRIDAY) -> str | None:
    """Return whose turn it is on a day, where ana had it in the run that was started last."""
    role = Role(id="writer", people=PEOPLE, turn=turn)
    run = Run(
        id="run",
        source=Source("run.yaml", b""),
        title="Review",
        started=started,
        people={"writer": "ana"},
    )
    return on_turn(role, [run], date.fromisoformat(today))


@pytest.mark.parametrize(
    ("turn", "today", "who"),
    [
        ("each run", "2026-11-20", "dev"),
        ("every run", "2027-06-01", "dev"),
        ("daily", "2026-11-20", "ana"),
        ("daily", "2026-11-22", "mia"),
        ("Every day", "2026-11-21", "dev"),
        ("weekly", "2026-11-22", "ana"),
        ("weekly", "2026-11-23", "dev"),
        ("every week", "2026-11-30", "mia"),
        ("weekly on monday", "2026-11-22", "ana"),
        ("Weekly on Monday", "2026-11-23", "dev"),
        ("weekly on wed", "2026-11-24", "ana"),
        ("weekly on wed", "2026-11-25", "dev"),
        ("every monday", "2026-11-22", "ana"),
        ("every monday", "2026-11-24", "dev"),
        ("every week on sunday", "2026-11-22", "dev"),
        ("monthly", "2026-11-30", "ana"),
        ("monthly", "2026-12-01", "dev"),
        ("every month", "2027-03-01", "ana"),
    ],
)
def test_a_turn_in_known_words_is_counted_on(turn: str, today: str, who: str) -> None:
    assert whose(turn, today) == who


@pytest.mark.parametrize(
    "turn",
    [
        None,
        "every two weeks",
        "every other week",
        "biweekly",
        "week of the wedding",
        "in the holidays ana, else by lot",
        "weekly on payday",
        "every birthday",
        "weekly on monday, one place behind the primary",
        "weekdays",
    ],
)
def test_of_other_words_nothing_is_guessed(turn: str | None) -> None:
    assert whose(turn, "2026-12-24") is None


def test_nobody_is_on_turn_where_no_run_has_begun() -> None:
    assert whose("weekly", "2026-11-20", started=date(2026, 11, 21)) is None
