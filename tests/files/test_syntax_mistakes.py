"""Everyday mistakes are told in everyday words: at their place, with the line as it should be."""

from __future__ import annotations

import pytest

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.syntax import parse
from nextstep.model.source import Source

MISTAKES = [
    ("who: @alice\n", "NS025", 1, 6, '`who: "@alice"`'),
    ("a: b\nwho: `x`\n", "NS025", 2, 6, '`who: "`x`"`'),
    ("rate: %x\n", "NS025", 1, 7, '`rate: "%x"`'),
    ("with: [lena, @sam]\n", "NS025", 1, 14, '`"@sam"`'),
    ("log:\n  - {by: dev, text: @sam, how: call}\n", "NS025", 2, 21, '`text: "@sam"`'),
    ("goal: >90 of 100\n", "NS025", 1, 7, '`goal: ">90 of 100"`'),
    ("goal: | or so\n", "NS025", 1, 7, '`goal: "| or so"`'),
    ("goal: {rate: >90}\n", "NS025", 1, 14, '`rate: ">90"`'),
    ("what: ? unsure\n", "NS025", 1, 7, '`what: "? unsure"`'),
    ("{?a: b, c: d}\n", "NS025", 1, 3, '`"?a"`'),
    ("with: [?lena, sam]\n", "NS025", 1, 9, '`"?lena"`'),
    ("a: b: c\n", "NS026", 1, 5, '`a: "b: c"`'),
    ("what: Call Lena: the offer # soon\n", "NS026", 1, 16, '`what: "Call Lena: the offer"`'),
    ('what: Say: "no"\n', "NS026", 1, 10, "`what: 'Say: \"no\"'`"),
    ("log:\n  - {by: dev, text: one: two}\n", "NS026", 2, 24, '`text: "one: two"`'),
    ("{event: noted, text: a, b}\n", "NS028", 1, 25, '`text: "a, b"`'),
    ("{a, b: c}\n", "NS028", 1, 2, "`a: ...`"),
    ("log:\n  - {event: noted, text: x, y, z}\n", "NS028", 2, 29, '`text: "x, y"`'),
    ('what: "Call Lena\ndue: x\n', "NS029", 1, 7, 'close it with `"`'),
    ("what: 'Call Lena\ndue: x\n", "NS029", 1, 7, "close it with `'`"),
    ('what: "Call Lena\n---\ndue: "x"\n', "NS029", 1, 7, 'close it with `"`'),
    ("with: [lena, sam\ndue: x\n", "NS030", 1, 7, "close it with `]`"),
    ("log:\n  - {by: a\n  - {by: b}\n", "NS030", 2, 5, "close it with `}`"),
    ("with: [lena}\n", "NS030", 1, 7, "close it with `]`"),
    ("with: lena\nwho: ]\n", "NS030", 2, 6, "delete the `]`"),
    ("with: [lena, , sam]\n", "NS030", 1, 14, "delete the `,`"),
    ("what: a\n  due: b\n", "NS031", 2, 3, "same column as the field above"),
    ("log:\n  a: b\n c: d\n", "NS031", 3, 2, "same column"),
    ("with:\n  - a\n  due: b\n", "NS031", 3, 3, "same column"),
    ("with: - a\n", "NS031", 1, 7, "on a line of its own"),
    ("--- a: b\n", "NS031", 1, 1, "line of its own"),
    ("what: a\ndue:2026-11-27\n", "NS032", 2, 1, "`due: 2026-11-27`"),
    ("what: a\ndue:\xa02026-11-27\n", "NS032", 2, 1, "type the space"),
    ("what:a\ndue: b\n", "NS032", 1, 1, "`what: a`"),
    ("what: a\nCall Lena\ndue: b\n", "NS032", 2, 1, "a colon and a space"),
    ("Call Lena\ndue: b\n", "NS032", 1, 1, "a colon and a space"),
    ("what: fix #12\n  for Globex\ndue: x\n", "NS032", 2, 3, "quotes round the whole text"),
    ('what: "Send" Lena\n', "NS033", 1, 14, "`'\"Send\" Lena'`"),
    ("what: 'it's done'\n", "NS033", 1, 11, '`"it\'s done"`'),
    ('log: [{why: "a" b, by: c}]\n', "NS033", 1, 17, "`'\"a\" b'`"),
    ("with: [a] b\n", "NS033", 1, 11, "into the brackets"),
    ('path: "C:\\offers"\n', "NS034", 1, 10, "single quotes"),
    ("with: [lena, - sam]\n", "NS001", 1, 14, "missing quote, bracket or colon"),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "hint"), MISTAKES)
def test_a_mistake_is_named_where_it_was_made(
    text: str, code: str, line: int, column: int, hint: str
) -> None:
    document = parse(Source("x.yaml", text.encode()))
    assert document.root is None
    first = document.findings[0]
    assert first.span is not None
    assert (first.code, first.span.line, first.span.column) == (code, line, column)
    assert hint in first.hint


@pytest.mark.parametrize("text", [row[0] for row in MISTAKES])
def test_the_parsers_own_words_reach_nobody(text: str) -> None:
    for found in parse(Source("x.yaml", text.encode())).findings:
        words = f"{found.message} {found.hint}".casefold()
        for word in ("scanning", "parsing", "token", "mapping", "scalar", "node", "expected"):
            assert word not in words


CUT = [
    ("title: fix #12\n", 1, 12, 15, '"fix #12"'),
    ("what: call\ndue: 2026-11-27 #finance closes\n", 2, 17, 32, '"2026-11-27 #finance closes"'),
    ("with:\n  - ask  #3\n", 2, 10, 12, '"ask #3"'),
    ("what: näher #é\n", 1, 13, 15, '"näher #é"'),
    ("what: call\t#3\n", 1, 12, 14, '"call #3"'),
]


@pytest.mark.parametrize(("text", "line", "column", "end", "hint"), CUT)
def test_a_text_cut_by_a_number_sign_loads_with_a_warning(
    text: str, line: int, column: int, end: int, hint: str
) -> None:
    document = parse(Source("x.yaml", text.encode()))
    assert document.root is not None
    [found] = document.findings
    assert (found.code, found.severity) == ("NS027", Severity.WARNING)
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (line, column, end)
    assert hint in found.hint


@pytest.mark.parametrize(
    "text",
    [
        "what: fix # later\n",
        "what: fix #\n",
        'what: "fix" #12\n',
        "what: fix#12\n",
        "with: [a, b] #12\n",
        "#12\nwhat: x\n",
        "what: |\n  fix #12\n",
        "with:  #3\n  - a\n",
    ],
)
def test_a_comment_is_no_mistake(text: str) -> None:
    document = parse(Source("x.yaml", text.encode()))
    assert document.root is not None
    assert document.findings == ()


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"a: b\rc: d\r", "NS036", 1, 5),
        (b"a: b\r\nc: d\re: f\r\n", "NS036", 2, 5),
        (b"a: b\r\nc: d\ne: f\r\n", "NS035", 2, 5),
        (b"a: b\nc: d\ne: f\r\n", "NS035", 3, 5),
    ],
)
def test_odd_line_ends_load_with_a_warning(data: bytes, code: str, line: int, column: int) -> None:
    document = parse(Source("x.yaml", data))
    assert document.root is not None
    assert [key.value for key, _ in document.root.value][:2] == ["a", "c"]
    [found] = document.findings
    assert found.span is not None
    assert (found.code, found.severity) == (code, Severity.WARNING)
    assert (found.span.line, found.span.column) == (line, column)
