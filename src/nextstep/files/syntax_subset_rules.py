"""Rules about the parts of YAML that are left out, because they make one thing look like another."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.rule import Rule, commitment_example

_REST = "outcome: She can decide on Friday\ndue: 2026-11-27\n"
_GOOD = commitment_example("what: Send Lena the offer\n" + _REST)

SEVERAL_DOCUMENTS = Rule(
    code="NS013",
    name="several-documents",
    severity=Severity.ERROR,
    what="A line `---` or `...` within the file begins or ends a document.",
    why="A file holds one record, and its name is the record's id.",
    fix="Move the second record into a file of its own. One `---` at the start may stay.",
    bad=commitment_example("what: Send Lena the offer\n---\nwhat: Call Sam\n"),
    good=_GOOD,
)
DIRECTIVE = Rule(
    code="NS014",
    name="directive",
    severity=Severity.ERROR,
    what="A line begins with a percent sign, which makes it a YAML directive.",
    why="A directive changes how the rest is read: with `%YAML 1.1`, `12:30` is a number.",
    fix="Delete the line.",
    bad=commitment_example("%YAML 1.1\n---\nwhat: Send Lena the offer\n"),
    good=_GOOD,
)
ANCHOR = Rule(
    code="NS015",
    name="anchor",
    severity=Severity.ERROR,
    what="A value begins with `&`, which gives it a YAML anchor.",
    why="A value that is used in two places changes in a place that no diff shows.",
    fix="Put quotes round a text that begins with `&`; write out what was to be used twice.",
    bad=commitment_example("what: Send Lena the offer\noutcome: &sent She has it\n"),
    good=_GOOD,
)
ALIAS = Rule(
    code="NS016",
    name="alias",
    severity=Severity.ERROR,
    what="A value begins with `*`, which makes it a YAML alias.",
    why="A value that is used in two places changes in a place that no diff shows.",
    fix="Put quotes round a text that begins with `*`; write out what was to be used twice.",
    bad=commitment_example("what: *important* send Lena the offer\n"),
    good=commitment_example('what: "*important* send Lena the offer"\n' + _REST),
)
MERGE_KEY = Rule(
    code="NS017",
    name="merge-key",
    severity=Severity.ERROR,
    what="A key is `<<`, the merge key of YAML.",
    why="Fields that come from elsewhere are not seen where they count.",
    fix="Write the fields out.",
    bad=commitment_example("what: Send Lena the offer\n<<: {due: 2026-11-27}\n"),
    good=_GOOD,
)
TAG = Rule(
    code="NS018",
    name="tag",
    severity=Severity.ERROR,
    what="A value begins with `!`, which gives it a YAML tag.",
    why="Every value is read as text, and a tag asks for something else.",
    fix="Delete the tag, or put quotes round a text that begins with `!`.",
    bad=commitment_example("what: !urgent Send Lena the offer\n"),
    good=commitment_example('what: "!urgent Send Lena the offer"\n' + _REST),
)
DUPLICATE_KEY = Rule(
    code="NS019",
    name="duplicate-key",
    severity=Severity.ERROR,
    what="A field is given twice, or its name differs only in capitals or in how an accent is "
    "stored.",
    why="Nothing says which of the two counts. A merge that keeps both sides leaves this, too.",
    fix="Keep one of the two.",
    bad=commitment_example("what: Send Lena the offer\ndue: 2026-11-27\ndue: 2026-11-30\n"),
    good=_GOOD,
)
KEY_NOT_TEXT = Rule(
    code="NS020",
    name="key-that-is-no-word",
    severity=Severity.ERROR,
    what="A list or a map stands before a colon.",
    why="Fields are found by their names.",
    fix="Write one word before the colon; quotes make a word of anything.",
    bad=commitment_example("what: Send Lena the offer\n[due, outcome]: 2026-11-27\n"),
    good=_GOOD,
)
EMPTY_KEY = Rule(
    code="NS021",
    name="empty-key",
    severity=Severity.ERROR,
    what="There is no name before a colon.",
    why="Fields are found by their names.",
    fix="Write the name, or delete the line.",
    bad=commitment_example("what: Send Lena the offer\n~: 2026-11-27\n"),
    good=_GOOD,
)
TOO_DEEP = Rule(
    code="NS023",
    name="nesting-too-deep",
    severity=Severity.ERROR,
    what="Lists and maps stand more than 12 deep in each other.",
    why="No field needs so many levels. It is a mistake or an attack.",
    fix="Write it flatter.",
    bad=commitment_example(
        "what: Send Lena the offer\nwith: " + "[" * 12 + "lena" + "]" * 12 + "\n"
    ),
    good=_GOOD,
)

RULES: tuple[Rule, ...] = (
    SEVERAL_DOCUMENTS,
    DIRECTIVE,
    ANCHOR,
    ALIAS,
    MERGE_KEY,
    TAG,
    DUPLICATE_KEY,
    KEY_NOT_TEXT,
    EMPTY_KEY,
    TOO_DEEP,
)
