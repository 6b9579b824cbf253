"""Text from files cannot act on a terminal, turn the reading direction or hide."""

from __future__ import annotations

import os
import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.render.safe_text import safe_text

EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1)]
HIDING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_no_character_of_unicode_that_acts_or_hides_survives() -> None:
    """Every code point of the hiding categories, each after and before a letter.

    Of those that stand for nothing, and of private ones, beyond the first planes: all of them in
    the long runs, else some of each block.
    """
    hiding = [char for char in EVERY_CHARACTER if category(char) in HIDING]
    if "NEXTSTEP_FUZZ_EXAMPLES" not in os.environ:
        ends = ("\U0002ffff", "\U000e0000", "\U000e0fff")
        hiding = [
            char
            for char in hiding
            if char <= ends[0] or ends[1] <= char <= ends[2] or ord(char) % 0x35 == 0
        ]
    shown = safe_text("a".join(hiding))
    assert shown.isascii()
    assert shown.isprintable()
    assert shown.count("\\u{") == len(hiding) - 2  # a line break and a tab are a space


@pytest.mark.parametrize("neighbour", ["é", "👩", "ש", "1", "\ufe0f"])
def test_no_neighbour_lets_a_control_or_format_character_pass(neighbour: str) -> None:
    """Between letters with marks, emoji and right-to-left letters; a joiner joins emoji alone."""
    hiding = [char for char in EVERY_CHARACTER if category(char) in {"Cc", "Cf", "Zl", "Zp"}]
    shown = safe_text(neighbour.join(hiding))
    left = {char for char in shown if category(char) in HIDING}
    assert left == ({"\u200d"} if neighbour == "👩" else set())


def test_every_character_that_is_seen_stays_as_it_is() -> None:
    """Letters, marks, numbers, punctuation, symbols and spaces of every script."""
    invisible = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
    seen = [
        char
        for char in EVERY_CHARACTER
        if category(char) not in HIDING
        and char not in invisible
        and not "\ufe00" <= char <= "\ufe0f"
        and not "\U000e0100" <= char <= "\U000e01ef"
    ]
    assert safe_text("x".join(seen)) == "x".join(seen)


@pytest.mark.parametrize("char", BIDI)
def test_a_bidirectional_character_is_spelled_out(char: str) -> None:
    """Also between right-to-left letters."""
    assert safe_text(f"שלום{char}abc") == f"שלום\\u{{{ord(char):x}}}abc"


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם",
        "مرحبا بالعالم",
        "naïve café",
        "e\u0301 combining",
        "東京へ送る",
        "👩\u200d🔬 in the lab",
        "👩🏽\u200d🚀",
        "👨\u200d👩\u200d👧\u200d👦",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f\u200d🔥",
        "🙂\u200d↔\ufe0f",
        "1\ufe0f\u20e3 first",
        "\u6e21\u908a\U000e0100",
        "a\u00a0b",
        "std::vector and ::1",
        "[red]no markup[/foo] [link=x]y[/link] :bomb:",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    """Right-to-left letters, accents, wide characters and joined emoji."""
    assert safe_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jgone", "\\u{1b}[2Jgone"),
        ("\x1b]52;c;cm0gLXJm\x07", "\\u{1b}]52;c;cm0gLXJm\\u{7}"),
        ("\x9b31m", "\\u{9b}31m"),
        ("paid\rowed", "paid\\u{d}owed"),
        ("a\x08b\x00c\x7f", "a\\u{8}b\\u{0}c\\u{7f}"),
        ("two\nlines", "two lines"),
        ("two\r\nlines\n", "two lines"),
        ("a\tb", "a b"),
        ("zero\u200bwidth", "zero\\u{200b}width"),
        ("join\u200ded", "join\\u{200d}ed"),
        ("👩\u200d", "👩\\u{200d}"),
        ("\ufe0f", "\\u{fe0f}"),
        ("a\ufe0f\ufe0f", "a\ufe0f\\u{fe0f}"),
        ("a\U000e0100", "a\\u{e0100}"),
        ("tag\U000e0041", "tag\\u{e0041}"),
        ("line\u2028paragraph\u2029", "line\\u{2028}paragraph\\u{2029}"),
        ("\udc80", "\\u{dc80}"),
        ("\ufeffbom", "\\u{feff}bom"),
        ("fill\u3164er", "fill\\u{3164}er"),
        ("::error::x", "\\u{3a}:error::x"),
        ("a ::stop-commands::b", "a \\u{3a}:stop-commands::b"),
        ("a\n::error::x", "a \\u{3a}:error::x"),
        ("x ##[error]y", "x #\\u{23}[error]y"),
    ],
)
def test_what_acts_or_hides_is_spelled_out(text: str, shown: str) -> None:
    """Escape sequences, overwriting, invisible and joining characters; line breaks are a space."""
    assert safe_text(text) == shown


@given(st.text())
def test_safe_text_is_safe_already(text: str) -> None:
    """Making text safe twice changes nothing more, and it is one line that any UTF-8 stream takes."""
    once = safe_text(text)
    assert safe_text(once) == once
    assert "\n" not in once
    once.encode()


@given(
    st.text(
        alphabet=st.sampled_from(
            [*BIDI, "\u200d", "\ufe0f", "👩", "🔬", "a", "é", "\x1b", "\u2028"]
        )
    )
)
def test_no_neighbour_makes_a_hiding_character_pass(text: str) -> None:
    """Whatever stands around it, only an emoji joiner gets through."""
    left = {char for char in safe_text(text) if category(char) in HIDING}
    assert left <= {"\u200d"}
