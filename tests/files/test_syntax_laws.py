"""Laws of the reader: whatever the bytes are, it answers, in time, and always completely."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.syntax import Document, parse
from nextstep.files.syntax_faults import read_with_care
from nextstep.files.syntax_limits import MAX_DEPTH, MAX_NODES, is_strict
from nextstep.files.syntax_parser import compose
from nextstep.model.source import Source
from tests.files.test_syntax_fallback import GOOD, PIECES, tree
from tests.timing import cost_of

EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "60"))
fuzz = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answer(data: bytes) -> Document:
    """Read bytes; check what holds for every answer."""
    document = parse(Source("x.yaml", data))
    errors = [found for found in document.findings if found.severity is Severity.ERROR]
    assert (document.root is None) == bool(errors)
    for found in document.findings:
        assert found.span is not None
        assert found.span.line >= 1
        assert found.span.column >= 1
        assert (found.span.end_line, found.span.end_column) >= (found.span.line, found.span.column)
        assert found.message
        assert found.hint
    return document


@fuzz
@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"\xff\xfe")
def test_any_bytes_give_an_answer(data: bytes) -> None:
    answer(data)


@fuzz
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_pieces_of_yaml_give_an_answer(pieces: list[str]) -> None:
    answer("".join(pieces).encode())


@fuzz
@given(st.integers(0, len(GOOD)), st.integers(0, 5), st.sampled_from(["", *PIECES]))
def test_any_slip_in_a_good_file_gives_an_answer(at: int, gone: int, piece: str) -> None:
    answer(GOOD[:at] + piece.encode() + GOOD[at + gone :])


@fuzz
@given(st.integers(0, len(GOOD)), st.integers(0, 3), st.lists(st.sampled_from(PIECES), max_size=3))
def test_the_short_way_accepts_nothing_that_the_careful_one_refuses(
    at: int, gone: int, pieces: list[str]
) -> None:
    same_both_ways(GOOD[:at] + "".join(pieces).encode() + GOOD[at + gone :])


@pytest.mark.parametrize(
    "text",
    [
        *("when: tier != 'gold'", "a != b: c", "{a: b != c}", "a: [b != c, != d]", "a: b\n  != c"),
        *("when: != x", "- !=x", "!= a: b", "a: !b != c", "a: &b != c", "a: *b != c", "a: |2 != b"),
        *("a: 'x' != y", 'a: "x != y"', "a: b # != c", "a: x !=y", "a: x ! = y", "a: b\n!= c"),
    ],
)
def test_a_sign_for_unequal_means_the_same_on_both_ways(text: str) -> None:
    same_both_ways(f"{text}\n".encode())


def same_both_ways(data: bytes) -> None:
    source = Source("x.yaml", data)
    root, findings = read_with_care(source)
    short = parse(source)
    assert short.findings == findings
    assert (short.root is None) == (root is None)
    if root is not None and short.root is not None:
        assert tree(short.root) == tree(root)


TIMED = {
    "brackets": b"[" * 100_000,
    "braces": b"{" * 100_000,
    "braces with keys": b"{a: " * 60_000,
    "dashes": b"- " * 100_000,
    "dashes wide apart": b"-   " * 60_000,
    "question marks": b"? " * 100_000,
    "brackets over lines": b"[\n" * 100_000,
    "a block that goes in": b"".join(b" " * n + b"a:\n" for n in range(700)),
    "quotes": b'a: "' + b"x " * 120_000,
    "colons": b"a: " + b":" * 200_000,
    "anchors": b"&a " * 80_000,
    "keys": b"".join(b"k%d: x\n" % n for n in range(25_000)),
    "equal keys": b"k: x\n" * 9_000,
    "commas": b"a: [" + b"," * 200_000,
    "bare keys": b"{" + b"a," * 100_000 + b"}",
    "values": b"[" + b"a," * 100_000 + b"]",
    "comments": b"# x\n" * 60_000,
    "blank lines": b"\n" * 250_000 + b"a: b\n",
    "returns": b"\r" * 250_000 + b"a: b",
    "tabs": b"\t" * 250_000 + b"a: b",
    "folded lines": b"a: >\n" + b"  x\n" * 60_000,
    "hidden": "\u200b".encode() * 80_000,
    "joiners": ("a: " + "é\u200d" * 50_000).encode(),
    "conflicts": b"<<<<<<<\n" * 30_000,
    "number signs": b"a: x #1\nb:\n" + b" - x #1\n" * 9_000,
    "escapes": b'a: "' + b"\\x41" * 60_000 + b'"',
    "tags": b"a: !" + b"x" * 250_000,
    "a colon at the end": b"a: " + b"b " * 120_000 + b": c",
    "quotes after quotes": b"a: " + b"'b' " * 60_000,
    "a colon, then words": b"a: b: " + b"b " * 120_000,
    "words, then a colon": b"a: {" + b"b " * 120_000 + b": c: d}",
    "words in braces": b"{a: " + b"b " * 1_900 + b"c: d: e}",
    "spaces after a sign": b"a: @" + b" " * 250_000 + b"x",
    "spaces after a shorter sign": b"a: @" + b" " * 3_900 + b"x",
    "signs of merging": b"[" + b"<<," * 19_000 + b"]",
    "keys without values": b"{" + b"".join(b"k%d: , " % n for n in range(9_900)) + b"}",
    "unclosed after many lines": b"a:\n" + b"  - b\n" * 9_000 + b"[\n" + b"\n" * 150_000,
    "backslashes": b"a: '" + b"\\" * 250_000,
}


@pytest.mark.parametrize("name", TIMED)
def test_no_file_takes_longer_than_a_second_or_a_hundred_megabytes(name: str) -> None:
    cost = cost_of(lambda: answer(TIMED[name]), enough=1)
    assert cost.seconds < 1
    assert cost.memory < 100e6


def test_a_hundred_thousand_brackets_are_refused_at_once() -> None:
    brackets = b"[" * 100_000
    assert cost_of(lambda: answer(brackets), enough=0.2).seconds < 0.2
    [found] = answer(brackets).findings
    assert found.code == "NS023"


def test_strictness_counts_levels() -> None:
    for depth in (MAX_DEPTH, MAX_DEPTH + 1):
        root = compose(b"a: " + b"[" * (depth - 1) + b"]" * (depth - 1))
        assert root is not None
        assert is_strict(root) == (depth == MAX_DEPTH)
    assert MAX_NODES == 20_000
