"""Columns stay straight whatever script a promise is written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.render.cells import cells, pad, wrap
from nextstep.render.safe_text import safe_text

SHOWN = st.text().map(safe_text)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("plain", 5),
        ("naïve", 5),
        ("cafe\u0301", 4),
        ("東京", 4),
        ("한국어", 6),
        ("\uff46\uff55\uff4c\uff4c", 8),
        ("🚀", 2),
        ("👩\u200d🔬", 2),
        ("👩🏽\u200d🚀!", 3),
        ("👨\u200d👩\u200d👧\u200d👦", 2),
        ("❤\ufe0f", 2),
        ("❤\ufe0f\u200d🔥 and 🏳\ufe0f\u200d🌈", 9),
        ("שלום", 4),
        ("กำ", 2),
    ],
)
def test_the_width_of_text_is_what_a_terminal_takes(text: str, width: int) -> None:
    assert cells(text) == width


@given(SHOWN, st.integers(2, 60))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(SHOWN, st.integers(2, 60), st.integers(1, 3))
def test_no_more_lines_come_than_asked(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most=most)
    assert len(lines) <= most
    assert all(cells(line) <= width for line in lines)


@given(st.lists(st.text("abcdé東", min_size=1, max_size=12)), st.integers(2, 40))
def test_wrapping_loses_no_letter(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("one two three four", 9, most=1) == ["one two…"]
    assert wrap("one two three four", 9, most=1, ellipsis="...") == ["one tw..."]
    assert wrap("one two", 9, most=1) == ["one two"]


def test_a_pile_of_marks_stays_on_its_letter() -> None:
    """Ten thousand accents do not flood the screen."""
    (line,) = wrap("a" + "\u0301" * 10_000, 20)
    assert len(line) < 12


def test_padding_counts_columns_and_not_characters() -> None:
    assert pad("東京", 6) == "東京  "
    assert pad("e\u0301", 3) == "e\u0301  "
    assert pad("too long", 3) == "too long"
