"""The published layout: what it puts in order, what it leaves, and its laws."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.comments import comments_of
from nextstep.files.formatting import formatted
from nextstep.files.splice_tree import tree_of
from nextstep.files.syntax import parse
from nextstep.model.source import Source
from tests.files.styled_files import styled

EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "50"))
ROOT = Path(__file__).resolve().parents[2]
OWN = sorted(
    path.relative_to(ROOT).as_posix()
    for place in ("nextstep.yaml", "processes/**/*.yaml", "commitments/**/*.yaml")
    for path in ROOT.glob(place)
)
MARK = b"\xef\xbb\xbf"
COMMITMENT = "commitments/2026/11/offer-k3f9.yaml"


def laid_out(text: str, path: str = COMMITMENT) -> str:
    return formatted(Source(path, text.encode())).decode()


def said(data: bytes, path: str) -> Any:
    root = parse(Source(path, data)).root
    assert root is not None
    tree = tree_of(root)
    if isinstance(tree.get("log"), list):
        tree["log"] = sorted(tree["log"], key=repr)
    return tree


def comments(data: bytes, path: str) -> Counter[str]:
    return Counter(one.text.rstrip() for one in comments_of(Source(path, data), "#"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**40))
def test_a_layout_says_the_same_loses_no_comment_and_is_made_once(seed: int) -> None:
    path, data = styled(Random(seed))
    once = formatted(Source(path, data))
    assert said(once, path) == said(data, path)
    assert comments(once, path) == comments(data, path)
    assert lines(once) == lines(data)
    assert formatted(Source(path, once)) == once
    assert once.startswith(MARK) == data.startswith(MARK)
    assert once.endswith(b"\n")
    if b"\n" in data:
        assert once.count(b"\r\n") == (once.count(b"\n") if b"\r" in data else 0)


def lines(data: bytes) -> Counter[bytes]:
    """Return the lines that say something, wherever they stand: comments stay beside their words."""
    return Counter(
        line.strip().removeprefix(b"- ")
        for line in data.removeprefix(MARK).splitlines()
        if line.strip()
    )


@pytest.mark.parametrize("path", OWN)
def test_the_ledger_of_the_project_is_laid_out(path: str) -> None:
    data = (ROOT / path).read_bytes()
    assert formatted(Source(path, data)).decode() == data.decode()


def test_fields_stand_in_the_order_of_their_declaration_with_blank_lines_between_groups() -> None:
    text = "due: 2026-11-27\nwhat: Send it\nlog: []\nwho: dev\npart_of: x\nwith: [mia]\n"
    assert laid_out(text) == (
        "what: Send it\n\nwho: dev\nwith: [mia]\n\ndue: 2026-11-27\n\npart_of: x\n\nlog: []\n"
    )


def test_comments_go_with_what_they_speak_of() -> None:
    text = """\
# yaml-language-server: $schema=commitment.json
# by Friday
due: 2026-11-27  # firm
what: Send it

# Who has it

who: dev
  # since Monday
# the end
"""
    assert (
        laid_out(text)
        == """\
# yaml-language-server: $schema=commitment.json
what: Send it

# Who has it

who: dev
  # since Monday

# by Friday
due: 2026-11-27  # firm
# the end
"""
    )


def test_a_comment_at_the_top_stays_there() -> None:
    text = "# About this file\n\nwho: dev\nwhat: x\n"
    assert laid_out(text) == "# About this file\n\nwhat: x\n\nwho: dev\n"


def test_an_unknown_field_keeps_to_the_field_above_it() -> None:
    text = "who: dev\nmood: good\nwhat: x\n"
    assert laid_out(text) == "what: x\n\nwho: dev\nmood: good\n"


def test_steps_stand_apart_and_their_fields_in_order() -> None:
    text = """\
steps:
  - due: asap
    id: a
    handoff:
      must_include: [x]
      to: b
    do: b
  - {id: c, mark: d}
  - {id: e, mark: f}
  - id: g
    do: h
title: T
"""
    assert (
        laid_out(text, "processes/x.yaml")
        == """\
title: T

steps:
  - id: a
    do: b
    due: asap
    handoff:
      to: b
      must_include: [x]

  - {id: c, mark: d}
  - {id: e, mark: f}

  - id: g
    do: h
"""
    )


def test_a_comment_never_comes_between_a_dash_and_its_first_field() -> None:
    text = "steps:\n  - do: b\n    # its name\n    id: a\n"
    assert laid_out(text, "processes/x.yaml") == text


def test_events_stand_in_the_order_of_time_whatever_their_form() -> None:
    text = """\
what: x

log:
  # the second
  - {at: 2026-11-12T16:00Z, by: dev, event: noted, text: b}
  - at: 2026-11-12T17:00+02:00
    by: dev
    event: noted
    text: a
"""
    assert (
        laid_out(text)
        == """\
what: x

log:
  - at: 2026-11-12T17:00+02:00
    by: dev
    event: noted
    text: a
  # the second
  - {at: 2026-11-12T16:00Z, by: dev, event: noted, text: b}
"""
    )


def test_events_stay_where_one_of_them_cannot_be_read() -> None:
    text = "what: x\n\nlog:\n- {at: 2026-11-12T16:00Z, by: d, event: agreed}\n- {at: today}\n"
    assert laid_out(text) == text


def test_spaces_and_blank_lines_go_where_they_say_nothing() -> None:
    text = '\n\nwhat: >  \n  a  \n\n\n  b\n\n\n\nwho: dev  \nwith: [\n  a,\n\n\n  b ]\noutcome: "c \\ \n\n\n d"   '
    assert laid_out(text) == (
        'what: >\n  a  \n\n\n  b\n\nwho: dev\nwith: [\n  a,\n\n  b ]\noutcome: "c \\ \n\n\n d"\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "{who: dev, what: x}\n",
        "what: 'x'   # far away\n\nwho:  \"dev\"\n",
        "what: x\r\n\r\nwho: dev\r\n",
        "---\nwhat: x\n",
        "what: x\n\nlog: [{at: 2026-11-12T16:00Z, by: d, event: agreed}]\n",
        "what: |+\n  x\n\n\n",
        "what: x\n\nwho: dev\n\noutcome: y\n",
    ],
)
def test_brackets_quotes_line_ends_and_single_blank_lines_stay(text: str) -> None:
    assert laid_out(text) == text


@pytest.mark.parametrize("text", ["what: [", "", "# nothing\n", "- a\n"])
def test_what_cannot_be_read_is_not_laid_out(text: str) -> None:
    with pytest.raises(NextstepError, match="cannot be read"):
        laid_out(text)
