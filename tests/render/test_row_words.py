"""The words for the date of a row say what is late, and what only looks so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nextstep.model.calendar import Calendar
from nextstep.render.row_words import Speech, inside, when
from nextstep.reports.rows import Row

SPEECH = Speech(today=date(2026, 11, 23), calendar=Calendar(), reader=None, you=False)
PAST, AHEAD = date(2026, 11, 20), date(2026, 11, 25)


def said(due: date, kind: str = "step", state: str = "ready", **more: Any) -> str:
    return when(
        Row(handle="x", id="x", kind=kind, state=state, path="", what="", due=due, **more), SPEECH
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"due": PAST, "overdue": True}, "was due Fri 20 Nov, 1 working day ago"),
        ({"due": PAST}, "due Fri 20 Nov, 1 working day ago, in its grace"),
        ({"due": PAST, "optional": True}, "was due Fri 20 Nov, 1 working day ago"),
        ({"due": PAST, "state": "done"}, "was due Fri 20 Nov, 1 working day ago"),
        ({"due": AHEAD, "state": "done"}, "due Wed 25 Nov, in 2 days"),
        ({"due": PAST, "kind": "commitment"}, "was due Fri 20 Nov, 1 working day ago"),
        ({"due": PAST, "kind": "run"}, "due Fri 20 Nov, 1 working day ago, in its grace"),
        ({"due": PAST, "kind": "run", "kept": False}, "was due Fri 20 Nov, 1 working day ago"),
        ({"due": AHEAD, "kind": "run", "overdue": True}, "due Wed 25 Nov, in 2 days"),
    ],
)
def test_only_what_has_time_left_is_in_its_grace_and_no_day_ahead_is_past(
    row: dict[str, Any], words: str
) -> None:
    assert said(**row) == words


def test_a_run_whose_promise_was_kept_is_not_said_to_be_past_its_date() -> None:
    assert said(PAST, "run", "open", kept=True) == "promise kept, due Fri 20 Nov"
    assert said(PAST, "run", "open", kept=False, overdue=True).startswith("was due Fri 20 Nov")


@pytest.mark.parametrize(
    ("sentence", "goes_on"),
    [
        ("No page is open", "no page is open"),
        ("The customer has it", "the customer has it"),
        ("DHL has named a day", "DHL has named a day"),
        ("Lena agrees", "Lena agrees"),
    ],
)
def test_within_a_sentence_only_a_word_that_is_no_name_begins_small(
    sentence: str, goes_on: str
) -> None:
    assert inside(sentence) == goes_on
