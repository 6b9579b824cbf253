"""What is accepted arrives as it was written, each part with its place."""

from __future__ import annotations

import pytest
from yaml.nodes import MappingNode, Node

from nextstep.diagnostics.diagnostic import Span
from nextstep.files.nodes import span_of
from nextstep.files.syntax import line_text, locate, parse
from nextstep.model.source import Source

TEXT = """\
# A run, shortened
title: Customer review
who: [lena, "dev"]
steps:
  - id: collect
    due: 2026-02-30
  - {id: notice, handoff: {tell: [sam]}}
note: |
  two
  lines

why: >-
  folded
  words
"""
SOURCE = Source("commitments/x.yaml", TEXT.encode())


def root_of(data: bytes) -> MappingNode:
    document = parse(Source("x.yaml", data))
    assert document.findings == ()
    assert document.root is not None
    return document.root


def plain(node: Node) -> object:
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def test_every_scalar_is_the_text_that_was_written() -> None:
    written = (
        "no NO on off y true null Null 12e4567 1e3 1.10 0123456 +49123 1_000 0x1F 0o10 .inf .nan "
        "1e999999 = 2026-02-30 2025-02-29 2026-13-01 2026-2-3 24:00:00 12:30 "
    ).split()
    written += ["9" * 4301, "-5", "~5", "a:b", "http://x.y/z", "R&D", "50%", "a*b", "done!", "a#b"]
    data = "".join(f"k{n}: {text}\n" for n, text in enumerate(written)).encode()
    assert list(plain(root_of(data)).values()) == written  # type: ignore[attr-defined] # a dict


@pytest.mark.parametrize(
    "data",
    [
        b"---\na: b\n",
        b"# first\n---\na: b\n",
        b"\xef\xbb\xbfa: b\n",
        b"a: b\r\n",
        b"a: b",
        b"a: b\t\n",
        b"a:\tb\n",
        b'"a": b\n',
        b"{a: b}\n",
        b"? a\n: b\n",
        b'{"a":b}\n',
        b"a: b # \xc3\xbc\n",
        b"a: b\n \t\n",
    ],
)
def test_spellings_of_the_same_are_the_same(data: bytes) -> None:
    assert plain(root_of(data)) == {"a": "b"}


@pytest.mark.parametrize(
    "text",
    [
        "שלום",
        "مرحبا",
        "می\u200cخواهم",  # noqa: RUF001 - Persian with the joiner it is spelled with
        "क्\u200dष",
        "👩\u200d💻 👍🏽 ❤\ufe0f 1\ufe0f\u20e3",
        "漢字 ひらがな 한국어",
        "Zoë e\u0301",
        "«10\xa0%»",
        "R & D, what? 100 % *now*",
        "see [1] and {2}",
        "why: it is - really - fine",
    ],
)
def test_letters_of_all_scripts_pass(text: str) -> None:
    assert plain(root_of(f"a: '{text}'\n".encode())) == {"a": text}


def test_text_in_quotes_may_hold_escapes_for_what_can_be_seen() -> None:
    assert plain(root_of(b'a: "x\\ty\\n\\"z\\" \\u00e9 \\\\ \\x41"\n')) == {"a": 'x\ty\n"z" é \\ A'}


def test_text_in_a_block_keeps_tabs_and_signs() -> None:
    data = b"a: |\n  x: *y\n  \t%z &q !t #1\n  - - -\nb: c\n"
    assert plain(root_of(data)) == {"a": "x: *y\n\t%z &q !t #1\n- - -\n", "b": "c"}


def test_no_value_is_an_empty_text() -> None:
    assert plain(root_of(b"a:\nb: ''\nc: ~\nd: {e: , f: g}\n")) == {
        "a": "",
        "b": "",
        "c": "~",
        "d": {"e": "", "f": "g"},
    }


def test_the_quoted_signs_of_merging_and_nothing_are_names() -> None:
    assert plain(root_of(b'"<<": a\n"~": b\n')) == {"<<": "a", "~": "b"}


def test_twelve_levels_are_read() -> None:
    assert plain(root_of(b"a: " + b"[" * 11 + b"]" * 11)) is not None


def test_a_long_file_with_few_values_is_read() -> None:
    data = b"a: |\n" + b"  text - with [signs], {more} & so: on\n" * 6000 + b"b: c\n"
    assert len(data) > 200_000
    assert list(plain(root_of(data))) == ["a", "b"]  # type: ignore[call-overload] # a dict


def test_marks_count_characters_after_the_mark_of_the_file() -> None:
    root = root_of("\ufeffäö: ü\nb: 😀 x\n".encode())
    (key, value), (_, second) = root.value
    assert (key.start_mark.index, key.end_mark.index) == (0, 2)
    assert (value.start_mark.line, value.start_mark.column, value.start_mark.index) == (0, 4, 4)
    assert (second.end_mark.line, second.end_mark.column, second.end_mark.index) == (1, 6, 12)


@pytest.mark.parametrize(
    ("keys", "key", "span"),
    [
        (["title"], False, Span(2, 8, 2, 23)),
        (["title"], True, Span(2, 1, 2, 6)),
        (["who"], False, Span(3, 6, 3, 19)),
        (["who", 1], False, Span(3, 13, 3, 18)),
        (["who", 1], True, Span(3, 13, 3, 18)),
        (["steps", 0], False, Span(5, 5, 6, 20)),
        (["steps", 0, "due"], False, Span(6, 10, 6, 20)),
        (["steps", 1, "handoff", "tell"], True, Span(7, 28, 7, 32)),
        (["steps"], False, Span(5, 3, 7, 41)),
        (["title", 0], False, Span(2, 8, 2, 23)),
        (["steps", 1, "due"], False, Span(7, 5, 7, 41)),
        (["steps", 7, "due"], False, Span(5, 3, 7, 41)),
        (["steps", -1], False, Span(5, 3, 7, 41)),
    ],
)
def test_a_place_is_found_by_the_way_to_it(
    keys: list[str | int],
    key: bool,  # noqa: FBT001 - a column of the table
    span: Span,
) -> None:
    assert locate(SOURCE, keys, key=key) == span


def test_the_place_of_a_field_that_is_missing_is_that_of_its_record() -> None:
    place = locate(SOURCE, ["due"])
    assert place is not None
    assert (place.line, place.column) == (2, 1)


def test_a_file_that_cannot_be_read_has_no_places() -> None:
    assert locate(Source("x.yaml", b"a: [b\n"), ["a"]) is None


def test_the_span_of_a_root_ends_with_its_last_value() -> None:
    assert span_of(root_of(b"a: b\nc:\n  - d\n  - e\n\n# end\n")) == Span(1, 1, 4, 6)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_is_shown_without_its_end(end: str) -> None:
    source = Source("x.yaml", f"\ufeffa: ä{end}b: c{end}".encode())
    assert [line_text(source, number) for number in range(5)] == ["", "a: ä", "b: c", "", ""]


def test_a_line_of_bytes_that_are_no_text_can_be_shown() -> None:
    assert line_text(Source("x.yaml", b"a\nb \xff c\n"), 2) == "b \ufffd c"
