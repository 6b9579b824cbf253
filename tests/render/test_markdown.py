"""Nothing that somebody wrote in a ledger acts in a pull request, an issue or a page."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from nextstep.render.markdown import escape
from nextstep.render.safe_text import safe_text

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<!-- hidden",
    "[click](javascript:alert(1))",
    "![picture](https://evil.example/x.png)",
    "| a | b |",
    "```",
    "`code`",
    "~~~",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    "**bold** _em_ ~~gone~~",
    "@team and @org/team",
    "fixes #123, org/repo#4 and GH-5",
    "&#64;team &lt;b&gt;",
    "\\@team",
    "www.evil.example and https://evil.example",
    "mail me@evil.example",
    ":bomb: at 10:30",
    "$x$ and $$y$$",
    "a\\",
    "====",
    "----",
    "[ ] box",
    "[ref]: https://evil.example",
    "<https://evil.example>",
    "    indented",
]


def _tokens(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *_tokens(token.children or []))]


def _shown(markdown: str) -> tuple[str, set[str]]:
    """Return what a reader sees of one item of a list, and the kinds of its parts."""
    tokens = _tokens(READER.parse(f"- {markdown}"))
    text = "".join(token.content for token in tokens if token.type in ("text", "text_special"))
    return text.replace("\u200b", ""), {token.type for token in tokens}


PLAIN = {
    *("bullet_list_open", "list_item_open", "paragraph_open", "inline", "text", "text_special"),
    *("paragraph_close", "list_item_close", "bullet_list_close"),
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_and_do_nothing(text: str) -> None:
    shown, kinds = _shown(escape(text))
    assert kinds <= PLAIN
    assert shown == text.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_forge_finds_nothing_to_link(text: str) -> None:
    """Mentions, issue numbers, addresses and pictures are looked for after Markdown is read."""
    rendered = html.unescape(READER.render(escape(text)))
    linked = r"@\w|#\d|\bGH-\d|https?://\w|www\.\w|:\w+:"
    assert re.search(linked, rendered) is None


@given(st.text().map(safe_text).map(str.strip).filter(bool))
def test_any_safe_text_comes_out_as_it_was(text: str) -> None:
    shown, kinds = _shown(escape(text))
    assert kinds <= PLAIN
    assert " ".join(shown.split()) == " ".join(text.replace("\u200b", "").split())
