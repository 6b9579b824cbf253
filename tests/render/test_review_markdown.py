"""A review fits into one comment, and nothing that a file says acts in it or pings anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from nextstep.dates.now import now_on
from nextstep.diagnostics.diagnostic import Diagnostic, Severity, Span
from nextstep.model.calendar import Calendar
from nextstep.render.listing import Origin
from nextstep.render.mermaid import flow_chart
from nextstep.render.page import Reading
from nextstep.render.review_markdown import MARKER, MOST, review_markdown
from nextstep.render.row_words import Speech
from nextstep.reports.review import Review, Side
from nextstep.reports.review_changes import Change, Edit
from nextstep.reports.review_flow import Flow, FlowStep, FlowWay
from nextstep.reports.review_late import Late
from nextstep.reports.show_links import Happening
from nextstep.reports.unread import Unread
from nextstep.runs.facts import Closed

NOW = now_on(date(2026, 11, 23), "UTC")
DAY = date(2026, 11, 27)
OURS = {"<br>", "<sub>", "</sub>", MARKER, "</details>"}
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<!-- hidden",
    "-->",
    "[click](javascript:alert(1))",
    "![picture](https://evil.example/x.png)",
    "| a | b |",
    "```",
    "`code` and ``more``",
    "# heading",
    "@team, `@org/team` and \\@ana",
    "fixes #123, GH-5",
    "&#64;team",
    "www.evil.example https://evil.example",
    "</details></details>",
    "$`x`$",
    'n0["<b>x</b>"]\nclick n0 "javascript:alert(1)"',
    "::error::x ##[command]",
    "\u202e\x1b[31m\u200b",
)


def _review(text: str, count: int = 1) -> Review:
    """Return a review in which every text is this one, with so many of everything."""
    happening = Happening(
        at="2026-11-23T09:00:00.000Z",
        on=DAY,
        clock="09:00",
        by=text,
        event="returned",
        values={"missing": (text,), "why": text},
    )
    edits = (
        Edit(field=f"steps.{text}", step=text, before=None, after=text),
        Edit(field=text, step=None, before=text, after=text, silent=True),
        Edit(field=f"steps.{text}.items", step=text, before=text, after=text, gone=(text,)),
    )
    plain = Change(
        kind="new",
        record="commitment",
        id=text,
        handle=text,
        path=text,
        title=text,
        step=text,
        who=(text,),
        concerns=(text,),
        state=text,
        outcome=text,
        due=DAY,
        was_due=NOW.today,
        by=(text,),
        why=(text,),
        agreed_by=(text,),
        closed=Closed(NOW.instant, text, text, text, text, text),
        happened=(happening,),
        edits=edits,
        was=text,
        codes=("NS501",),
    )
    kinds = ("deleted", "log", "moved", "changed", "handed", "closed", "new", "started", "process")
    changes = [replace(plain, kind=kind) for kind in kinds for _ in range(count)]
    late = Late(record="run", id=text, handle=text, title=text, due=DAY, because=text, until=DAY)
    finding = Diagnostic("NS501", text, Severity.ERROR, text, text, text, Span(1, 1, 1, 2))
    flow = Flow(
        text,
        text,
        (FlowStep(text, text, (text,), "added"), FlowStep("b", text, (), "gone")),
        (FlowWay(text, "b", "added"),),
    )
    return Review(
        today=NOW.today,
        timezone="UTC",
        before=Side(commit="1" * 40, revision=text),
        after=Side(commit="2" * 40, revision=text),
        is_shared=False,
        promises=count,
        processes=1,
        people=(text,) * count,
        changes=tuple(changes),
        also={text: 1},
        late=(late,) * count,
        flows=(flow,),
        findings=(finding,) * count,
        unread=(),
        unread_before=(text,),
    )


def _markdown(text: str, count: int = 1, *, most: int = MOST) -> str:
    speech = Speech(today=NOW.today, calendar=Calendar(), reader=None, you=False)
    unread = (Unread(text, 1, text, text),)
    reading = Reading(speech=speech, origin=Origin("acme"), unread=unread)
    return review_markdown(_review(text, count), reading, most=most)


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def _size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts(text: str) -> None:
    markdown = _markdown(text)
    assert markdown.startswith(f"{MARKER}\n")
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = list(_tokens(reader.parse(markdown)))
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "table_open", "s_open", "em_open", "code_block"}
    for token in tokens:
        if token.type in ("html_inline", "html_block"):
            summary = "<details><summary>Show the flow</summary>"
            assert token.content.strip() in {*OURS, summary}, token.content
    fences = [token for token in tokens if token.type == "fence"]
    assert [token.info for token in fences] == ["mermaid"]
    shown = [token.content for token in tokens if token.type == "text"]
    assert not re.search(r"[@#][\w-]", "".join(shown))
    assert all(char.isprintable() or char == "\n" for char in markdown.replace("\u200b", ""))


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_a_chart_holds_no_word_that_mermaid_could_obey(text: str) -> None:
    flow = Flow(
        text, text, (FlowStep(text, text, (text,), "added"),), (FlowWay(text, text, "gone"),)
    )
    lines = flow_chart(flow).split("\n")
    assert len(lines) == 6
    assert re.fullmatch(
        r'  n0\["new: [^"`<>&{}\[\]()|\\]*<br/>[^"`<>&{}\[\]()|\\]*"\]:::added', lines[1]
    )
    assert lines[2] == "  n0 -.-> n0"


@pytest.mark.parametrize("text", ["Send it to @lena", "&<" * 300, "\U0001f600" * 300])
def test_however_much_changes_it_fits_into_one_comment(text: str) -> None:
    markdown = _markdown(text, 2_000)
    assert MOST * 0.8 < _size(markdown) <= MOST
    headings = re.findall(r"^\*\*([A-Z][a-z -]+)\*\*$", markdown, re.MULTILINE)
    assert len(headings) == 13
    assert markdown.count(" more\n") + markdown.count(", too long to be shown here\n") >= 11
    assert markdown.endswith("</sub>\n")


def test_it_is_cut_by_items_and_of_each_section_something_is_left() -> None:
    markdown = _markdown("Send it", 40, most=9_000)
    assert _size(markdown) <= 9_000
    sections = re.split(r"^\*\*(?=[A-Z][a-z -]+\*\*$)", markdown, flags=re.MULTILINE)[1:]
    assert len(sections) == 13
    for section in sections[2:]:
        items = len(re.findall(r"^- \*\*|^- (?!and )", section, re.MULTILINE))
        left = re.search(r"^- and (\d+) more$", section, re.MULTILINE)
        assert left is not None, section
        assert items > 0
        assert items + int(left[1]) == 40
