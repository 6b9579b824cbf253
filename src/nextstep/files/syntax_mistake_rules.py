"""Rules about everyday mistakes: text that YAML reads otherwise than its writer."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.rule import Rule, commitment_example

_REST = "outcome: She can decide on Friday\ndue: 2026-11-27\n"
_GOOD = commitment_example("what: Send Lena the offer\n" + _REST)

UNREADABLE = Rule(
    code="NS001",
    name="unreadable-yaml",
    severity=Severity.ERROR,
    what="The file cannot be understood from a place on, and no other rule knows why.",
    why="What cannot be read is not guessed.",
    fix="Look near the place for a missing quote, bracket or colon, and put quotes round text with "
    "special characters.",
    bad=commitment_example("what: Send Lena the offer\nwith: [lena, - sam]\n"),
    good=commitment_example("what: Send Lena the offer\nwith: [lena, sam]\n" + _REST),
)
UNQUOTED_START = Rule(
    code="NS025",
    name="unquoted-special-start",
    severity=Severity.ERROR,
    what="A text begins with a sign that YAML keeps for itself, such as `@`, `%` or a backtick.",
    why="YAML refuses such a text without quotes.",
    fix="Write a name without the sign, and put quotes round any other text.",
    bad=commitment_example("what: Send Lena the offer\nwho: @lena\n"),
    good=commitment_example("what: Send Lena the offer\nwho: lena\n" + _REST),
)
UNQUOTED_COLON = Rule(
    code="NS026",
    name="unquoted-colon",
    severity=Severity.ERROR,
    what="A text without quotes holds a colon and a space.",
    why="YAML takes what is before the colon for the name of a field.",
    fix="Put quotes round the text.",
    bad=commitment_example("what: Send Lena: the offer\n"),
    good=commitment_example('what: "Send Lena: the offer"\n' + _REST),
)
CUT_BY_COMMENT = Rule(
    code="NS027",
    name="text-cut-by-number-sign",
    severity=Severity.WARNING,
    what="A text without quotes is followed by a space, `#` and at once a letter or digit.",
    why="YAML takes the rest of the line for a comment: of `fix #12`, only `fix` is read.",
    fix="Put quotes round the text; if a comment is meant, put a space after the `#`.",
    bad=commitment_example("what: Answer ticket #12\n" + _REST),
    good=commitment_example('what: "Answer ticket #12"\n' + _REST),
)
COMMA_MADE_KEY = Rule(
    code="NS028",
    name="comma-in-braces",
    severity=Severity.ERROR,
    what="A comma within braces ended a text, and its second half became a field without a value.",
    why="Half of what was written would be lost.",
    fix="Put quotes round the text.",
    bad=commitment_example(
        "what: Send Lena the offer\n"
        "log:\n"
        "  - {at: 2026-11-20T10:00Z, by: dev, event: noted, text: she called, twice}\n"
    ),
    good=commitment_example(
        "what: Send Lena the offer\n" + _REST + "log:\n"
        '  - {at: 2026-11-20T10:00Z, by: dev, event: noted, text: "she called, twice"}\n'
    ),
)
UNCLOSED_QUOTE = Rule(
    code="NS029",
    name="unclosed-quote",
    severity=Severity.ERROR,
    what="A text begins with a quote that is never closed.",
    why="The rest of the file would be a part of the text.",
    fix="Close the quote at the end of the text.",
    bad=commitment_example('what: "Send Lena the offer\n' + _REST),
    good=_GOOD,
)
UNCLOSED_BRACKET = Rule(
    code="NS030",
    name="unbalanced-bracket",
    severity=Severity.ERROR,
    what="A bracket is not closed or not opened, or a comma within brackets has no value before it.",
    why="Nothing says where the list ends.",
    fix="Close each bracket, and part the values by single commas.",
    bad=commitment_example("what: Send Lena the offer\nwith: [lena, sam\n" + _REST),
    good=commitment_example("what: Send Lena the offer\nwith: [lena, sam]\n" + _REST),
)
BAD_INDENT = Rule(
    code="NS031",
    name="bad-indentation",
    severity=Severity.ERROR,
    what="A line begins in a column in which nothing above it begins.",
    why="Columns say what belongs to what.",
    fix="Begin fields of one level, and entries of one list, in the same column.",
    bad=commitment_example("what: Send Lena the offer\n  due: 2026-11-27\n"),
    good=_GOOD,
)
NO_COLON = Rule(
    code="NS032",
    name="field-without-colon",
    severity=Severity.ERROR,
    what="A line has no name of a field with a colon and a space after it.",
    why="Nothing says what the line is about.",
    fix="Write `name: value`, with a space after the colon; indent a line that goes on with the "
    "text above.",
    bad=commitment_example("what: Send Lena the offer\ndue:2026-11-27\n"),
    good=_GOOD,
)
TEXT_AFTER_END = Rule(
    code="NS033",
    name="text-after-end",
    severity=Severity.ERROR,
    what="A text goes on after its closing quote, or a list or map after its closing bracket.",
    why="A text that begins with a quote ends with the next one, so that the rest hangs in the air.",
    fix="Put one pair of quotes round the whole text; in single quotes it may hold double ones.",
    bad=commitment_example('what: "Send" Lena the offer\n'),
    good=commitment_example("what: '\"Send\" Lena the offer'\n" + _REST),
)
UNKNOWN_ESCAPE = Rule(
    code="NS034",
    name="unknown-escape",
    severity=Severity.ERROR,
    what="A backslash in double quotes stands before something that is no escape.",
    why="In double quotes a backslash begins an escape, such as `\\n` for a line break.",
    fix="Write two backslashes for one, or put single quotes round the text.",
    bad=commitment_example('what: "Copy the offer to C:\\offers"\n'),
    good=commitment_example("what: 'Copy the offer to C:\\offers'\n" + _REST),
)

RULES: tuple[Rule, ...] = (
    UNREADABLE,
    UNQUOTED_START,
    UNQUOTED_COLON,
    CUT_BY_COMMENT,
    COMMA_MADE_KEY,
    UNCLOSED_QUOTE,
    UNCLOSED_BRACKET,
    BAD_INDENT,
    NO_COLON,
    TEXT_AFTER_END,
    UNKNOWN_ESCAPE,
)
