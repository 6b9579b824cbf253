"""A page as text and Markdown: fits the screen, loses nothing, and nothing in it acts."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.render.cells import cells
from nextstep.render.listing import Item, Remark
from nextstep.render.page import Page, Part
from nextstep.render.page_markdown import page_markdown
from nextstep.render.page_text import page_text
from nextstep.render.terminal import Screen

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
texts = st.text(st.characters(), max_size=60)


def page_of(text: str) -> Page:
    """A page that has a text wherever a page can have one."""
    item = Item(handle=text, title=text, when=text, details=(text, text))
    remark = Remark(text, text)
    return Page(
        head=(text,),
        origin=(text,),
        title=text,
        lead=(item,),
        blocks=(Part(text, (item,)), Part("", (item,))),
        alarms=(remark,),
        foot=remark,
    )


def hidden_in(text: str) -> set[str]:
    return {char for char in text if char != "\n" and category(char) in HIDDEN}


def test_no_character_of_unicode_acts_on_a_terminal_or_hides() -> None:
    """All of the first planes' letters and signs, and a part of the rest."""
    codes = [*range(0x3000), *range(0x3000, sys.maxunicode, 61), *range(0xFFF0, 0x10000)]
    for start in range(0, len(codes), 0x400):
        chars = "".join(map(chr, codes[start : start + 0x400]))
        page = Page(
            head=(), origin=(), title=chars, blocks=(Part("X", (Item(handle="", title=chars),)),)
        )
        assert hidden_in(page_text(page, Screen(width=120))) == set()
        assert hidden_in(page_markdown(page)) == set()


@given(texts, st.sampled_from([24, 60, 80, 120]))
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    lines = page_text(page_of(text), Screen(width=width)).splitlines()
    assert max(map(cells, lines)) <= width


@given(texts)
def test_nothing_in_a_page_hides(text: str) -> None:
    assert hidden_in(page_text(page_of(text), Screen())) - {"\u200d"} == set()
    assert hidden_in(page_markdown(page_of(text))) - {"\u200d"} == set()


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_word_is_lost(width: int) -> None:
    words = " ".join(f"word{number}" for number in range(200))
    shown = page_text(page_of(words), Screen(width=width)).split()
    assert {f"word{number}" for number in range(200)} <= set(shown)


def test_colour_only_adds() -> None:
    page = page_of("Send the offer")
    plain = page_text(page, Screen(width=80))
    colored = page_text(page, Screen(width=80, colored=True))
    assert "\x1b[" in colored
    for code in ("0", "1", "2", "33", "36", "1;31"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == plain
