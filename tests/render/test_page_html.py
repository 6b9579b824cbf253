"""An HTML page needs nothing else, runs nothing, and shows what was written as it was written."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.render.html import STYLE
from nextstep.render.listing import Box, Item, Remark, Tone
from nextstep.render.page import Page, Part, Section, tick
from nextstep.render.page_html import page_html
from nextstep.render.safe_text import safe_text

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
VOID = {"meta"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "nav", "div", "span"),
    *("h1", "h2", "h3", "p", "ul", "li", "dl", "dt", "dd", "a", "strong", "code"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "dir", "role", "href"),
    *("aria-hidden", "aria-label", "aria-labelledby"),
}
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title><b>",
    "<!-- hidden",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "&lt;b&gt; &#60;i&#62; &amp;",
    "[click](javascript:alert(1))",
    "https://evil.example",
    "]]>",
    "{policy} {0} %s $x",
]


class Read(HTMLParser):
    """A page as a browser takes it: its elements, their attributes, and the words."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def shown(self) -> str:
        return " ".join("".join(self.words).split())


def page_of(text: str) -> Page:
    """A page that has a text wherever a page can have one."""
    item = Item(handle=text, title=text, when=text, tone=Tone.OVERDUE, details=(text, text))
    facts = Part(text, (item, Item(handle=text, title=text, blank=True)), labels=True)
    boxes = Part(text, tuple(tick(box, text, details=(text,), strong=True) for box in Box))
    rows = Part("", (item, Item(handle="", title=text)))
    section = Section(kind=text, title=text, place=text, lead=(item,), blocks=(facts, boxes, rows))
    return Page(
        head=(text,),
        origin=(text,),
        title=text,
        lead=(item,),
        blocks=(facts,),
        sections=(section,) * 3,
        tail=(rows,),
        alarms=(Remark(text, text),),
        foot=Remark(text, text),
    )


def read(text: str) -> Read:
    found = Read(page_html(page_of(text)))
    assert found.open == []
    return found


def test_a_page_says_its_language_and_lets_nothing_be_loaded_or_run() -> None:
    elements = read("Send the offer").elements
    assert ("html", {"lang": "en"}) in elements
    (policy,) = [one["content"] for _, one in elements if "http-equiv" in one]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert "<" not in STYLE


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_and_do_nothing(text: str) -> None:
    plain = read("harmless")
    hostile = read(text)
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert [sorted(one) for _, one in hostile.elements] == [
        sorted(one) for _, one in plain.elements
    ]
    assert hostile.comments == []
    assert text in hostile.shown


@given(st.text())
def test_no_text_adds_an_element_or_hides(text: str) -> None:
    page = page_html(page_of(text or "x"))
    found = Read(page)
    assert found.open == []
    assert {tag for tag, _ in found.elements} <= ELEMENTS
    assert {name for _, one in found.elements for name in one} <= ATTRIBUTES
    hidden = {char for char in page if char != "\n" and category(char) in HIDDEN}
    assert hidden - {"\u200d"} == set()
    assert " ".join(safe_text(text).split()) in found.shown


def test_links_lead_to_places_on_the_page_alone() -> None:
    elements = read("Send the offer").elements
    places = {one.get("id") for _, one in elements}
    links = [one["href"] for tag, one in elements if tag == "a"]
    assert len(links) == 3
    for link in links:
        assert link is not None
        assert link.startswith("#")
        assert link[1:] in places


def test_a_box_says_in_words_what_it_shows() -> None:
    shown = read("the figures").shown
    for words in ("to tick: the figures", "missing: the figures", "there: the figures"):
        assert words in shown


def test_a_few_sections_need_no_contents() -> None:
    section = Section(kind="step", title="One")
    page = Page(head=(), origin=(), title="x", sections=(section,) * 2)
    assert "<nav" not in page_html(page)


def test_on_paper_there_is_no_background_and_nothing_is_torn_apart() -> None:
    paper = STYLE.partition("@media print")[2]
    assert "background: none" in paper
    assert re.search(r"section \{[^}]*break-inside: avoid", paper)
    assert re.search(r"nav, .screen \{ display: none", paper)
