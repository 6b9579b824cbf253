"""What a file may not hold is refused at its place, under its own rule, with a remedy."""

from __future__ import annotations

import pytest

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.syntax import parse
from nextstep.model.source import Source

BOMB = b"a: &a [x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (n + 1, n + 1, b", ".join([b"*%c" % n] * 9)) for n in range(97, 106)
)
MERGE_BOMB = b"a: &a {x: y}\n" + b"".join(
    b"%c: &%c {<<: [*%c, *%c, *%c]}\n" % (n + 1, n + 1, n, n, n) for n in range(97, 115)
)
MERGE_CHAIN = b"k0: &k0 {x: y}\n" + b"".join(
    b"k%d: &k%d {<<: *k%d}\n" % (n, n, n - 1) for n in range(1, 26)
)
DEEP_BLOCK = b"".join(b" " * n + b"a:\n" for n in range(600))
DEEP_BLOCK_1000 = b"- " * 1000 + b"x\n"

REFUSED = [
    # id, bytes, code, line, column, words of the hint
    ("an alias bomb", BOMB, "NS015", 1, 4, "write the value out"),
    ("a bomb of merge keys", MERGE_BOMB, "NS015", 1, 4, "write the value out"),
    ("a chain of merge keys", MERGE_CHAIN, "NS015", 1, 5, "write the value out"),
    ("a merge key alone", b"what: x\n<<: {due: y}\n", "NS017", 2, 1, "write the fields out"),
    ("a value that holds itself", b"a: &a [*a]\n", "NS015", 1, 4, "delete it"),
    ("an alias of nothing", b"t: *important*\n", "NS016", 1, 4, '"*important*"'),
    ("an alias of nothing, alone", b"t: *important\n", "NS016", 1, 4, '"*important"'),
    ("an anchor without a value", b"t: &c\n", "NS015", 1, 4, '"&c"'),
    ("an anchor twice", b"t: &c x\nu: &c y\n", "NS015", 1, 4, '"&c x"'),
    ("an anchor on a key", b"&c t: x\n", "NS015", 1, 1, "delete it"),
    ("brackets, 1,000 deep", b"[" * 1000, "NS023", 1, 13, "flatter"),
    ("brackets in braces", b"a: " + b"{a: [" * 10, "NS023", 1, 33, "flatter"),
    ("dashes, 1,000 deep", DEEP_BLOCK_1000, "NS023", 1, 25, "flatter"),
    ("a block, 600 deep", DEEP_BLOCK, "NS023", 13, 13, "flatter"),
    ("a list in 13 levels", b"a: " + b"[" * 12 + b"]" * 12, "NS023", 1, 15, "flatter"),
    ("10 MB of text", b"what: " + b"x" * 10_000_000, "NS002", 1, 1, "file of their own"),
    ("1 MB of comment", b"# " + b"x" * 1_000_000, "NS002", 1, 1, "file of their own"),
    ("20,000 items", b"a:\n" + b"- x\n" * 20_000, "NS024", 19_999, 3, "several files"),
    ("a key twice", b"who: a\ndue: b\nwho: c\n", "NS019", 3, 1, "keep one"),
    ("a key twice, once in quotes", b'who: a\n"who": c\n', "NS019", 2, 1, "keep one"),
    ("a key twice in braces", b"log: [{by: a, by: b}]\n", "NS019", 1, 15, "keep one"),
    ("a key in capitals", b"who: a\nWho: b\n", "NS019", 2, 1, "keep one"),
    ("a key with another accent", "é: a\ne\u0301: b\n".encode(), "NS019", 2, 1, "keep one"),
    ("a YAML 1.1 directive", b"%YAML 1.1\n---\na: b\n", "NS014", 1, 1, "delete the line"),
    ("a YAML 1.3 directive", b"%YAML 1.3\n---\na: b\n", "NS014", 1, 1, "delete the line"),
    ("a long version", b"%YAML 1.99999999999\n---\na: b\n", "NS014", 1, 1, "delete the line"),
    ("a TAG directive", b"%TAG ! tag:x,2000:\n---\na: b\n", "NS014", 1, 1, "delete the line"),
    ("a directive nobody knows", b"%FOO\n---\na: b\n", "NS014", 1, 1, "delete the line"),
    ("a local tag", b"a: !foo x\n", "NS018", 1, 4, "delete `!foo`"),
    ("a Python tag", b"a: !!python/name:os.system x\n", "NS018", 1, 4, "delete"),
    ("a binary tag", b"a: !!binary aGk=\n", "NS018", 1, 4, "delete `!!binary`"),
    ("a set", b"a: !!set {x, y}\n", "NS018", 1, 4, "delete `!!set`"),
    ("an ordered map", b"a: !!omap [x: y]\n", "NS018", 1, 4, "delete `!!omap`"),
    ("a number tag on a word", b"a: !!int foo\n", "NS018", 1, 4, "delete `!!int`"),
    ("a truth tag on a word", b"a: !!bool foo\n", "NS018", 1, 4, "delete `!!bool`"),
    ("the empty tag", b"a: ! x\n", "NS018", 1, 4, "delete `!`"),
    ("a tag in full", b"a: !<tag:x> x\n", "NS018", 1, 4, "delete"),
    ("a tag without a handle", b"a: !x!y z\n", "NS018", 1, 4, "quotes"),
    ("a tab as indentation", b"with:\n\t- a\n", "NS022", 2, 1, "spaces, two"),
    ("a tab after a space", b"with:\n \t- a\n", "NS022", 2, 2, "spaces, two"),
    ("a tab in brackets", b"with: [a,\n\tb]\n", "NS022", 2, 1, "spaces, two"),
    ("a mark in the middle", "a: b\n\ufeffc: d\n".encode(), "NS005", 2, 1, "start of a file"),
    ("a mark twice", "\ufeff\ufeffa: b\n".encode(), "NS005", 1, 1, "start of a file"),
    ("UTF-16", "what: x\n".encode("utf-16"), "NS004", 1, 1, "UTF-8"),
    ("UTF-16, unmarked", "what: x\n".encode("utf-16-be"), "NS004", 1, 1, "UTF-8"),
    ("UTF-32", "what: x\n".encode("utf-32-le"), "NS004", 1, 1, "UTF-8"),
    ("next line", "a: b\x85c: d\n".encode(), "NS009", 1, 5, "Enter"),
    ("line separator", "a: b\u2028c: d\n".encode(), "NS009", 1, 5, "Enter"),
    ("paragraph separator", "a: b\u2029c: d\n".encode(), "NS009", 1, 5, "Enter"),
    ("Latin-1", "a: x\nwhat: Café\n".encode("latin-1"), "NS003", 2, 10, "`é`"),
    ("half a character", b"what: \xf0\x9f\x98", "NS003", 1, 7, "UTF-8"),
    ("a surrogate in bytes", b"what: \xed\xa0\x80\n", "NS003", 1, 7, "UTF-8"),
    ("an escaped surrogate", b'a: "\\ud800"\n', "NS034", 1, 5, "single quotes"),
    ("an escape beyond Unicode", b'a: "\\U00110000"\n', "NS034", 1, 5, "single quotes"),
    ("NUL", b"what: a\0b\n", "NS006", 1, 8, "delete it"),
    ("escape", b"what: \x1b[31mred\n", "NS006", 1, 7, "delete it"),
    ("delete", b"what: a\x7f\n", "NS006", 1, 8, "delete it"),
    ("a C1 control", "what: \x9b31m\n".encode(), "NS006", 1, 7, "delete it"),
    ("a control in a comment", b"a: b # \x07\n", "NS006", 1, 8, "delete it"),
    ("an escaped escape", b'a: "\\e[31m"\n', "NS006", 1, 4, "delete the escape"),
    ("an escaped NUL", b'a: "\\0"\n', "NS006", 1, 4, "delete the escape"),
    ("an escaped line separator", b'a: "\\L"\n', "NS009", 1, 4, "delete the escape"),
    ("an escaped override", b'a: "\\u202e"\n', "NS007", 1, 4, "delete the escape"),
    ("an escaped return", b'a: "x\\ry"\n', "NS006", 1, 4, "delete the escape"),
    ("an escape in a key", b'"\\0": x\n', "NS006", 1, 1, "delete the escape"),
    ("an override", "a: x\u202ey\n".encode(), "NS007", 1, 5, "direction"),
    ("an isolate", "a: x\u2066y\n".encode(), "NS007", 1, 5, "direction"),
    ("a direction mark", "a: x\u200fy\n".encode(), "NS007", 1, 5, "direction"),
    ("no width", "a: x\u200by\n".encode(), "NS008", 1, 5, "delete it"),
    ("a joiner in Latin", "who: le\u200dna\n".encode(), "NS008", 1, 8, "delete it"),
    ("a tag character", "a: x\U000e0061y\n".encode(), "NS008", 1, 5, "delete it"),
    ("a filler", "a: \u3164\n".encode(), "NS008", 1, 4, "delete it"),
    ("a selector twice", "a: x\ufe0f\ufe0f\n".encode(), "NS008", 1, 6, "delete it"),
    ("nothing", b"", "NS011", 1, 1, "what: ..."),
    ("blank lines", b"\n\n", "NS011", 1, 1, "what: ..."),
    ("a mark alone", b"\xef\xbb\xbf", "NS011", 1, 1, "what: ..."),
    ("comments alone", b"# a\n# b\n", "NS011", 1, 1, "what: ..."),
    ("a start alone", b"---\n", "NS011", 1, 1, "what: ..."),
    ("a start and a comment", b"---\n# b\n", "NS011", 1, 1, "what: ..."),
    ("empty braces", b"{}\n", "NS011", 1, 1, "what: ..."),
    ("two documents", b"a: b\n---\nc: d\n", "NS013", 2, 1, "file of its own"),
    ("an end within", b"a: b\n...\n", "NS013", 2, 1, "delete the line"),
    ("a list on top", b"- a\n- b\n", "NS012", 1, 1, "what: ..."),
    ("a text on top", b"Call Lena\n", "NS012", 1, 1, "what: ..."),
    ("a number on top", b"42\n", "NS012", 1, 1, "what: ..."),
    ("a list as key", b"? [a]\n: b\n", "NS020", 1, 3, "one word"),
    ("a list as key in place", b"[a]: b\n", "NS020", 1, 1, "one word"),
    ("a map as key", b"{a: b}: c\n", "NS020", 1, 1, "one word"),
    ("nothing as key", b"~: b\n", "NS021", 1, 1, "name of the field"),
    ("no key at all", b"a: b\n: c\n", "NS021", 2, 1, "name of the field"),
    ("an empty key in quotes", b'"": b\n', "NS021", 1, 1, "name of the field"),
    (
        "a merge",
        b"a: b\n<<<<<<< x\nc: d\n=======\nc: e\n>>>>>>> y\n",
        "NS010",
        2,
        1,
        "keep one side",
    ),
    ("half a merge", b"a: b\n=======\nc: e\n>>>>>>> y\n", "NS010", 2, 1, "keep one side"),
    (
        "a merge in CRLF",
        b"<<<<<<< x\r\nc: d\r\n=======\r\n>>>>>>> y\r\n",
        "NS010",
        1,
        1,
        "keep one",
    ),
    ("a merge within quotes", b'a: "\n<<<<<<< x\n"\n', "NS010", 2, 1, "keep one side"),
]


@pytest.mark.parametrize(
    ("data", "code", "line", "column", "hint"),
    [pytest.param(*row[1:], id=row[0]) for row in REFUSED],
)
def test_a_file_is_refused_at_the_place(
    data: bytes, code: str, line: int, column: int, hint: str
) -> None:
    document = parse(Source("commitments/x.yaml", data))
    assert document.root is None
    first = document.findings[0]
    assert first.span is not None
    assert (first.code, first.span.line, first.span.column) == (code, line, column)
    assert first.severity is Severity.ERROR
    assert hint in first.hint
    assert first.path == "commitments/x.yaml"


def test_two_equal_keys_are_both_named() -> None:
    [found] = parse(Source("x.yaml", b"who: a\ndue: b\nwho: c\n")).findings
    [other] = found.related
    assert "line 1" in found.message
    assert (other.span.line, other.span.column, other.span.end_column) == (1, 1, 4)


def test_bytes_that_are_no_text_are_named_by_their_offset() -> None:
    [found] = parse(Source("x.yaml", b"\xef\xbb\xbfwhat: \xff\n")).findings
    assert "byte 9 " in found.message
    assert found.span is not None
    assert (found.span.line, found.span.column) == (1, 7)


def test_every_conflict_is_found_once() -> None:
    conflict = b"<<<<<<< x\na: b\n||||||| base\na: c\n=======\na: d\n>>>>>>> y\n"
    found = parse(Source("x.yaml", conflict + b"e: f\n" + conflict)).findings
    assert [(each.code, each.span and each.span.line) for each in found] == [
        ("NS010", 1),
        ("NS010", 9),
    ]
    assert "lines 1 to 7" in found[0].message


def test_one_file_has_all_its_refusals_at_once_but_not_without_end() -> None:
    found = parse(Source("x.yaml", b"a: &a x\nb: *a\nc: !t y\nd: &d z\n")).findings
    assert [each.code for each in found] == ["NS015", "NS016", "NS018", "NS015"]
    assert len(parse(Source("x.yaml", b"a: \x1b\n" * 1000)).findings) == 20


def test_a_sign_that_stops_the_parser_too_is_reported_once() -> None:
    found = parse(Source("x.yaml", b"what: *now call Lena\n")).findings
    assert [each.code for each in found] == ["NS016"]
