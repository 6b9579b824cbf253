"""A page as text and Markdown: fits the screen, loses nothing, and nothing in it acts."""

from __future__ import annotations

import os
import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nextstep.render.cells import cells
from nextstep.render.listing import Box, Item, Remark
from nextstep.render.page import Page, Part, Section, tick
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
    step = 61 if "NEXTSTEP_FUZZ_EXAMPLES" in os.environ else 601
    codes = [*range(0x3000), *range(0x3000, sys.maxunicode, step), *range(0xFFF0, 0x10000)]
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


def test_a_thing_to_tick_is_an_item_of_a_task_list_and_facts_are_a_list_of_their_own() -> None:
    """GitHub and GitLab make a box of `[ ]` or `[x]` at the beginning of an item."""
    boxes = Part("MUST INCLUDE", tuple(tick(box, "[x] @team") for box in Box), labels=True)
    facts = Part("", (Item(handle="done when", title="it rides"),), labels=True)
    section = Section(kind="hand-off", title="Pass on", blocks=(boxes, facts))
    tokens = MarkdownIt().parse(
        page_markdown(Page(head=(), origin=(), title="x", sections=(section,)))
    )
    items = [
        one.content for at, one in enumerate(tokens) if tokens[at - 1].type == "paragraph_open"
    ]
    assert [one[:4] for one in items if "team" in one] == ["[x] ", "[x] ", "[ ] ", "[ ] "]
    assert all(one[4:] == "\\[x\\] @&#8203;team" for one in items if "team" in one)
    assert [one.type for one in tokens].count("bullet_list_open") == 2


@pytest.mark.parametrize("width", [24, 60, 80, 120])
def test_there_is_room_to_write_by_hand(width: int) -> None:
    item = Item(handle="says back", title="what I will do next, and by when:", blank=True)
    page = Page(head=(), origin=(), title="x", blocks=(Part("", (item,), labels=True),))
    lines = page_text(page, Screen(width=width)).splitlines()
    assert max(line.count("_") for line in lines) >= min(width, 40) // 3
    assert max(map(cells, lines)) <= width


def test_sections_are_parted_by_a_line() -> None:
    section = Section(kind="step", title="One", place="step 1 of 2")
    tail = (Part("ROADBLOCKS", (Item(handle="", title="rain"),)),)
    for number, rules in ((1, 0), (2, 2), (3, 3)):
        page = Page(head=(), origin=(), title="x", sections=(section,) * number, tail=tail)
        lines = page_text(page, Screen(width=40)).splitlines()
        assert lines.count("─" * 40) == rules
        assert lines.count("STEP  One") == lines.count("step 1 of 2") == number
        assert lines.index("ROADBLOCKS") > max(
            at for at, line in enumerate(lines) if line == "STEP  One"
        )


def test_colour_only_adds() -> None:
    page = page_of("Send the offer")
    plain = page_text(page, Screen(width=80))
    colored = page_text(page, Screen(width=80, colored=True))
    assert "\x1b[" in colored
    for code in ("0", "1", "2", "33", "36", "1;31"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == plain
