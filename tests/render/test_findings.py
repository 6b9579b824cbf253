"""Findings as they are shown: the caret points at the place, and no content acts on a screen."""

from __future__ import annotations

import json
import re
from datetime import date
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.diagnostics.diagnostic import Diagnostic, Severity, Span
from nextstep.render.cells import cells
from nextstep.render.findings_concise import check_concise
from nextstep.render.findings_excerpt import excerpt
from nextstep.render.findings_github import check_github
from nextstep.render.findings_json import check_json
from nextstep.render.findings_text import check_text
from nextstep.render.terminal import Screen
from nextstep.reports.check import CheckReport, Shown

SCREEN = Screen()


def pointed(line: str, part: str, width: int = 76, screen: Screen = SCREEN) -> str:
    """Return what stands above the carets below a part of a line."""
    start = line.index(part) + 1
    seen = excerpt(line, Span(3, start, 3, start + len(part)), width, screen)
    assert cells(seen.line) <= max(width, 16)
    assert len(seen.carets) <= max(width, 16)
    left = len(seen.carets) - len(seen.carets.lstrip())
    return under(seen.line, left, len(seen.carets))


def under(line: str, left: int, right: int) -> str:
    """Return the characters of a line that stand in these columns."""
    columns = 0
    found = ""
    for char in line:
        if left <= columns < right and (cells(char) or found):
            found += char
        columns += cells(char)
    return found


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("due: 2026-02-30", "2026-02-30"),
        ("  - {by: 日本, event: ofered}", "ofered"),
        ("what: 送付 🎉 done, who: lena", "lena"),
        ("what: e\u0301te\u0301 a\u0300 Paris, who: lena", "lena"),
        ("\twho:\tlena", "lena"),
        ("who: 日本語の名前", "日本語の名前"),
        ("what: שלום, who: lena", "lena"),
    ],
)
def test_the_caret_stands_below_the_place(line: str, part: str) -> None:
    assert pointed(line, part) == part


def test_the_caret_stands_below_the_spelling_of_what_hides() -> None:
    line = "what: a\x1b[31m b\u202e c, who: lena"
    assert pointed(line, "lena") == "lena"
    assert pointed(line, "\x1b") == "\\u{1b}"
    assert pointed(line, "\u202e") == "\\u{202e}"


@pytest.mark.parametrize("width", [16, 20, 40, 57, 76])
@pytest.mark.parametrize("before", [0, 5, 300])
@pytest.mark.parametrize("after", [0, 5, 300])
@pytest.mark.parametrize("filler", ["x", "送", "e\u0301"])
def test_a_long_line_is_cut_around_the_place(
    width: int, before: int, after: int, filler: str
) -> None:
    line = f"{filler * before} lena {filler * after}"
    assert pointed(line, "lena", width) == "lena"


def test_a_place_longer_than_the_screen_is_shown_from_its_beginning() -> None:
    line = "what: " + "very " * 100
    seen = excerpt(line, Span(1, 7, 1, len(line)), 40, SCREEN)
    assert "very very" in seen.line
    assert cells(seen.line) <= 40
    assert seen.carets.strip() == "^" * len(seen.carets.strip())


def test_a_place_of_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    seen = excerpt("  handoff: {to: x,", Span(4, 12, 6, 3), 76, SCREEN)
    assert seen.carets == " " * 11 + "^" * len("{to: x,")


def test_an_empty_place_has_one_caret() -> None:
    assert excerpt("due:", Span(1, 5, 1, 5), 76, SCREEN).carets == "    ^"
    assert excerpt("", Span(1, 1, 1, 1), 76, SCREEN).carets == "^"


def test_a_screen_without_unicode_is_measured_in_what_it_shows() -> None:
    line = "what: 送付, who: lena"
    assert pointed(line, "lena", screen=Screen(unicode=False)) == "lena"
    seen = excerpt(line, Span(1, 7, 1, 9), 76, Screen(unicode=False))
    assert seen.line.isascii()


def test_marks_do_not_pile_up_over_the_lines_above() -> None:
    line = "what: e" + "\u0301" * 10_000 + " who: lena"
    seen = excerpt(line, Span(1, 1, 1, 5), 76, SCREEN)
    assert len(seen.line) < 100


def report(message: str, path: str = "commitments/a.yaml", line: str = "due: x") -> CheckReport:
    finding = Diagnostic(
        "NS999", "some-rule", Severity.ERROR, message, f"write {message}", path, Span(1, 6, 1, 7)
    )
    return CheckReport(
        today=date(2026, 11, 23),
        timezone="UTC",
        shown=(Shown(finding, line),),
        files=1,
        asked=1,
        ignored=0,
    )


ANYTHING = st.text(st.characters(codec=None), max_size=40)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_no_content_reaches_a_screen_that_acts_or_hides(message: str, path: str, line: str) -> None:
    told = report(message, path, line)
    for text in (
        check_text(told, SCREEN),
        check_concise(told),
        check_github(told),
        check_json(told, None),
    ):
        for char in text.replace("\n", ""):
            assert category(char) not in {"Cc", "Cs", "Co", "Zl", "Zp"}
            assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"


@given(ANYTHING, ANYTHING)
def test_content_gives_no_command_to_a_workflow(message: str, path: str) -> None:
    first, *rest = check_github(report(message, path)).split("\n")
    assert first.startswith("::error file=")
    assert rest == ["1 error and 0 warnings in 1 file.", ""]
    assert "##[" not in first


@pytest.mark.parametrize(
    "hostile",
    ["::stop-commands::x", "\n::error::x", "%0A::error::x", "\r\n##[error]x", "##[group]"],
)
def test_a_hostile_text_stays_text_in_a_workflow(hostile: str) -> None:
    text = check_github(report(hostile, hostile))
    commands = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    assert len(commands) == 1
    properties, _, _ = commands[0].removeprefix("::error ").partition("::")
    assert re.fullmatch(r"(?:[a-zA-Z]+=[^,:]*,)*[a-zA-Z]+=[^,:]*", properties)


def test_what_github_hides_is_counted() -> None:
    one = report("wrong")
    many = CheckReport(
        today=one.today,
        timezone="UTC",
        shown=one.shown * 13,
        files=1,
        asked=1,
        ignored=0,
    )
    assert "3 more stand in this log alone" in check_github(many)
    assert "more" not in check_github(one)


def test_json_says_every_place() -> None:
    said = json.loads(check_json(report("wrong"), "abc"))
    assert said["schema"] == "nextstep.check/1"
    assert said["findings"][0]["line"] == 1
    assert said["findings"][0]["column"] == 6
    assert said["findings"][0]["end_column"] == 7
    assert said["baseline"] is None
    assert said["errors"] == 1
