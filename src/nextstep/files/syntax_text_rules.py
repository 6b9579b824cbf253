"""Rules about bytes, characters and lines: what keeps a file from being text that all see alike."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.rule import Example, Rule, commitment_example

_GOOD = commitment_example(
    "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"
)
_PATH = "commitments/2026/11/example.yaml"


def _bytes(data: bytes) -> Example:
    return Example({_PATH: data})


TOO_LARGE = Rule(
    code="NS002",
    name="file-too-large",
    severity=Severity.ERROR,
    what="A file of more than 256 KiB is not read.",
    why="A record is a few lines. A file of this size is a mistake or an attack, and reading it "
    "would hold up everything else.",
    fix="Keep long documents in files of their own, and name their paths in the record.",
    bad=commitment_example("what: Read this\noutcome: " + "very long " * 26_300 + "\n"),
    good=_GOOD,
)
NOT_UTF8 = Rule(
    code="NS003",
    name="not-utf8",
    severity=Severity.ERROR,
    what="The bytes of the file are not UTF-8, the one encoding that is read.",
    why="Read as UTF-8 by guess, letters with accents would turn into other letters.",
    fix="Save the file with the encoding UTF-8.",
    bad=_bytes("what: Call René\n".encode("latin-1")),
    good=commitment_example("what: Call René\noutcome: He knows\ndue: 2026-11-27\n"),
)
UTF16 = Rule(
    code="NS004",
    name="utf-16",
    severity=Severity.ERROR,
    what="The file is written in UTF-16 or UTF-32.",
    why="git takes such a file for a picture: it shows no lines and merges none.",
    fix="Save the file with the encoding UTF-8.",
    bad=_bytes("what: Call Lena\n".encode("utf-16")),
    good=_GOOD,
)
MISPLACED_BYTE_ORDER_MARK = Rule(
    code="NS005",
    name="misplaced-byte-order-mark",
    severity=Severity.ERROR,
    what="A byte order mark stands within the file.",
    why="It cannot be seen, and it would become a part of the word beside it. It comes from files "
    "that were joined.",
    fix="Delete it. At the very start of a file it may stay.",
    bad=commitment_example("what: Call Lena\n\ufeffdue: 2026-11-27\n"),
    good=_GOOD,
)
CONTROL_CHARACTER = Rule(
    code="NS006",
    name="control-character",
    severity=Severity.ERROR,
    what="A control character stands in the file, or an escape in a quoted text stands for one.",
    why="It cannot be seen, and in a terminal it can hide text or act.",
    fix="Delete it. Line breaks and tabs within a text may stay.",
    bad=commitment_example('what: "Call \\e[31mLena"\n'),
    good=_GOOD,
)
DIRECTION_CHARACTER = Rule(
    code="NS007",
    name="direction-character",
    severity=Severity.ERROR,
    what="A character that turns the direction of reading stands in the file.",
    why="With it, a line can be shown in another order than the one it is read in.",
    fix="Delete it. Letters of every script show their direction by themselves.",
    bad=commitment_example("what: Pay \u202e001 to Lena\n"),
    good=_GOOD,
)
INVISIBLE_CHARACTER = Rule(
    code="NS008",
    name="invisible-character",
    severity=Severity.ERROR,
    what="A character that nobody sees stands in the file, such as a space without width.",
    why="Two names that look the same would not be the same.",
    fix="Delete it, and type the text around it again. Joiners within scripts and pictures that "
    "need them may stay.",
    bad=commitment_example("what: Call Le\u200bna\n"),
    good=_GOOD,
)
UNUSUAL_LINE_BREAK = Rule(
    code="NS009",
    name="unusual-line-break",
    severity=Severity.ERROR,
    what="A line ends with NEL, LS or PS, the line breaks of other systems.",
    why="Some programs begin a new line there, and others do not.",
    fix="End the line with the Enter key.",
    bad=commitment_example("what: Call Lena\u2028due: 2026-11-27\n"),
    good=_GOOD,
)
CONFLICT_MARKER = Rule(
    code="NS010",
    name="conflict-marker",
    severity=Severity.ERROR,
    what="The file holds both sides of a merge that git left to people.",
    why="Which side was agreed is for people to say.",
    fix="Keep one side of each such place, and delete the lines with git's markers.",
    bad=commitment_example(
        "what: Call Lena\n<<<<<<< HEAD\ndue: 2026-11-27\n=======\ndue: 2026-11-30\n>>>>>>> lena\n"
    ),
    good=_GOOD,
)
EMPTY = Rule(
    code="NS011",
    name="empty-file",
    severity=Severity.ERROR,
    what="The file holds nothing, or comments alone.",
    why="A record was meant to be here: perhaps it was lost in a merge.",
    fix="Write what is to be done, or delete the file.",
    bad=commitment_example("# nothing yet\n"),
    good=_GOOD,
)
NOT_A_MAPPING = Rule(
    code="NS012",
    name="top-level-without-fields",
    severity=Severity.ERROR,
    what="The file holds a list or a text instead of fields with names.",
    why="Without names nothing says what is to be done, by whom and when.",
    fix="Begin each field with its name and a colon.",
    bad=commitment_example("- Call Lena\n- Send the offer\n"),
    good=_GOOD,
)
TAB_INDENT = Rule(
    code="NS022",
    name="tab-indentation",
    severity=Severity.ERROR,
    what="A tab stands in the indentation of a line.",
    why="A tab is as wide as each editor likes, so that nobody knows what belongs to what.",
    fix="Indent with spaces, two for each level.",
    bad=commitment_example("what: Call Lena\nwith:\n\t- lena\n"),
    good=commitment_example(
        "what: Call Lena\nwith:\n  - lena\noutcome: She knows\ndue: 2026-11-27\n"
    ),
)
TOO_MANY_VALUES = Rule(
    code="NS024",
    name="too-many-values",
    severity=Severity.ERROR,
    what="The file holds more than 20,000 keys and values.",
    why="A record is a few lines. A file of this size is a mistake or an attack.",
    fix="Divide it into several files.",
    bad=commitment_example("what: Call everybody\nwith: [" + "a," * 20_001 + "b]\n"),
    good=_GOOD,
)
MIXED_LINE_ENDS = Rule(
    code="NS035",
    name="mixed-line-ends",
    severity=Severity.WARNING,
    what="Some lines end with CRLF and others with LF.",
    why="An editor that makes them equal changes every line, and nobody can review that.",
    fix="Save the file with one kind of line end.",
    bad=commitment_example("what: Call Lena\r\noutcome: She knows\ndue: 2026-11-27\n"),
    good=_GOOD,
)
CARRIAGE_RETURN = Rule(
    code="NS036",
    name="carriage-return-line-end",
    severity=Severity.WARNING,
    what="A line ends with a carriage return alone.",
    why="git and most editors see one line where the file has several.",
    fix="Save the file with LF line ends.",
    bad=commitment_example("what: Call Lena\routcome: She knows\rdue: 2026-11-27\r"),
    good=_GOOD,
)

RULES: tuple[Rule, ...] = (
    TOO_LARGE,
    NOT_UTF8,
    UTF16,
    MISPLACED_BYTE_ORDER_MARK,
    CONTROL_CHARACTER,
    DIRECTION_CHARACTER,
    INVISIBLE_CHARACTER,
    UNUSUAL_LINE_BREAK,
    CONFLICT_MARKER,
    EMPTY,
    NOT_A_MAPPING,
    TAB_INDENT,
    TOO_MANY_VALUES,
    MIXED_LINE_ENDS,
    CARRIAGE_RETURN,
)
