"""A field of a step is that field: its date is one thing, who has it another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nextstep.changes.field_places import fields_for, said_of
from nextstep.diagnostics.errors import NextstepError
from tests.runs.builders import run, step

REVIEW = run(
    step("pack", "dev", due="2026-11-20"),
    replace(step("carry", "raj mia", due="2026-11-27"), index=1),
    inputs={"tier": "gold"},
    people={"writer": "dev"},
)


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("pack.due", "2026-11-20"),
        ("carry.due", "2026-11-27"),
        ("inputs.tier", "gold"),
        ("inputs.size", None),
        ("people.writer", "dev"),
        ("owner", "olga"),
    ],
)
def test_a_field_says_what_stands_in_the_file(field: str, says: str | None) -> None:
    assert said_of(REVIEW, field, "UTC") == says


def test_who_has_a_step_is_never_answered_with_its_date() -> None:
    with pytest.raises(AttributeError, match=r"pack\.who"):
        said_of(REVIEW, "pack.who", "UTC")


def test_a_step_gets_its_date_back_and_its_person() -> None:
    dated = fields_for(REVIEW, "carry.due", "2026-11-27", "2026-12-01", "UTC")
    assert dated == {("steps", 1, "due"): "2026-12-01"}
    assert fields_for(REVIEW, "pack.who", "dev", "ana", "UTC") == {("steps", 0, "who"): "ana"}
    assert fields_for(REVIEW, "carry.who", "mia", "ana", "UTC") == {("steps", 1, "who", 1): "ana"}


def test_a_date_that_was_changed_since_is_not_put_back() -> None:
    with pytest.raises(NextstepError, match="`2026-11-20`, and the last event"):
        fields_for(REVIEW, "pack.due", "2026-11-13", "2026-11-06", "UTC")
