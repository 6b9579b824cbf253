"""Mistakes of layout: indentation, brackets, dashes, and fields without their colon."""

from __future__ import annotations

import re

from nextstep.files import syntax_mistake_rules as rules
from nextstep.files import syntax_subset_rules as subset
from nextstep.files import syntax_text_rules as text_rules
from nextstep.files.syntax_places import excerpt
from nextstep.files.syntax_problem import Mistake, Verdict, span, whole
from nextstep.files.syntax_quoting import after_end, colon_within

_TAB = "a tab stands in the indentation of this line"
_SPACES = "indent with spaces, two for each level"
_NO_NAME = "there is no name before this colon"
_GIVE_NAME = "write the name of the field before the colon, or delete the line"
_NO_SPACE = re.compile(r"[ \t-]*([A-Za-z_][\w-]*):(?=[^\s:/])")
_CLOSING = {"[": "]", "{": "}"}
_CUT = re.compile(r"\s(#\w.*)$")


def tab(at: Mistake) -> Verdict | None:
    """A tab in the indentation."""
    if at.char == "\t" and not at.before.strip(" -"):
        return text_rules.TAB_INDENT, at.place, _TAB, _SPACES
    for line in (at.line, at.line - 1):
        indent = re.match(r" *(\t)\s*\S", at.lines[line]) if line >= 0 else None
        if indent:
            return (
                text_rules.TAB_INDENT,
                span(line, indent.start(1), 1),
                _TAB,
                _SPACES,
            )
    return None


def directive(at: Mistake) -> Verdict | None:
    """A line that begins with a percent sign."""
    if not at.here.startswith("%") or "quoted" in at.context:
        return None
    return (
        subset.DIRECTIVE,
        span(at.line, 0, len(at.here)),
        f"`{excerpt(at.here)}` is a YAML directive, and none has a meaning here",
        "delete the line",
    )


def colon(at: Mistake) -> Verdict | None:
    """A colon where no field can begin."""
    if "mapping values are not allowed" not in at.problem:
        return None
    return colon_within(at) or _no_colon_above(at) or _too_far_in(at)


def _too_far_in(at: Mistake) -> Verdict:
    if at.here.startswith("---"):
        return (
            rules.BAD_INDENT,
            span(at.line, 0, 3),
            "a field stands in the line of `---`",
            "put `---` on a line of its own, or delete it",
        )
    return (
        rules.BAD_INDENT,
        whole(at.line, at.here),
        f"`{excerpt(at.here)}` is indented further than the field above, which has its value",
        (
            "begin it in the same column as the field above; a text of several lines goes "
            "between quotes"
        ),
    )


def _no_colon_above(at: Mistake) -> Verdict | None:
    """The parser took the lines above for the beginning of a name, up to the colon of this line."""
    indent = len(at.here) - len(at.here.lstrip(" "))
    for line in range(at.line - 1, -1, -1):
        above = at.lines[line]
        if not above.strip() or above.lstrip().startswith("#"):
            continue
        same = len(above) - len(above.lstrip(" ")) == indent
        if not same or re.search(r":(\s|$)", above) or above.startswith("---"):
            return None
        return _line_without_colon(above, line)
    return None


def no_colon(at: Mistake) -> Verdict | None:
    """A line that is no field."""
    if "simple key" not in at.context:
        return None
    return _left_over(at, at.opened_line) or _line_without_colon(
        at.lines[at.opened_line], at.opened_line
    )


def _line_without_colon(line: str, number: int) -> Verdict:
    glued = _NO_SPACE.match(line)
    if glued:
        name = glued.group(1)
        return (
            rules.NO_COLON,
            whole(number, line),
            f"there is no space after the colon of `{excerpt(name)}:`",
            f"write `{excerpt(name)}: {excerpt(line[glued.end() :])}`",
        )
    if ":\xa0" in line:
        return (
            rules.NO_COLON,
            whole(number, line),
            "the space after the colon is a non-breaking one, which counts as a letter",
            "type the space after the colon again",
        )
    return (
        rules.NO_COLON,
        whole(number, line),
        f"`{excerpt(line)}` is no field: it has no colon",
        (
            "write the name of a field, a colon and a space before it; to go on with the text "
            "above, indent this line further than the name of its field"
        ),
    )


def _left_over(at: Mistake, number: int) -> Verdict | None:
    """The line above was cut by a number sign, so that this one goes on with nothing."""
    cut = _CUT.search(at.lines[number - 1]) if number else None
    line = at.lines[number]
    if not cut or not line.startswith(" "):
        return None
    return (
        rules.NO_COLON,
        whole(number, line),
        f"`{excerpt(line)}` is left over: the text above ended at `{excerpt(cut.group(1))}`",
        "put quotes round the whole text, from its first word to its last",
    )


def in_brackets(at: Mistake) -> Verdict | None:
    """Brackets that are not closed, or that hold what they cannot."""
    if not re.search("flow (sequence|mapping|node)", at.context):
        return None
    if at.char == ":" and at.line == at.opened_line:
        return colon_within(at)
    return after_end(at) or _no_value(at) or _unclosed(at)


def _no_value(at: Mistake) -> Verdict | None:
    if not at.char or at.char not in ",]}" or "expected node content" not in at.problem:
        return None
    return (
        rules.UNCLOSED_BRACKET,
        at.place,
        f"nothing stands before this `{at.char}`, where a value belongs",
        f"delete the `{at.char}`, or write the value before it",
    )


def _unclosed(at: Mistake) -> Verdict | None:
    closing = _CLOSING.get(at.opener)
    if closing is None:
        return None
    if at.char and at.char in "]}":
        words = f"the bracket `{at.opener}` that begins here is closed by `{at.char}`"
        return rules.UNCLOSED_BRACKET, at.opened_place, words, f"close it with `{closing}`"
    return (
        rules.UNCLOSED_BRACKET,
        at.opened_place,
        f"the bracket `{at.opener}` that begins here is not closed",
        f"close it with `{closing}` after its last value, and part the values by commas",
    )


def list_beside_key(at: Mistake) -> Verdict | None:
    """A list with dashes in the line of its field."""
    if "sequence entries" not in at.problem:
        return None
    if not at.before.strip():
        return None
    return (
        rules.BAD_INDENT,
        at.place,
        "a list with dashes begins in the line of its field's name",
        "put each `- ...` on a line of its own below, or write `[one, two]`",
    )


def stray_bracket(at: Mistake) -> Verdict | None:
    """A closing bracket or comma without an opening one."""
    if not at.char or at.char not in "]},":
        return None
    return (
        rules.UNCLOSED_BRACKET,
        at.place,
        f"nothing that this `{at.char}` belongs to was opened before it",
        f"delete the `{at.char}`, or put quotes round the text",
    )


def indentation(at: Mistake) -> Verdict | None:
    """A line in a column of its own."""
    if not re.search("block (mapping|collection|sequence)|document start", at.context + at.problem):
        return None
    ended = after_end(at) or _left_over(at, at.line)
    if ended:
        return ended
    if at.before.strip():
        return None
    if at.char == ":":
        return subset.EMPTY_KEY, at.place, _NO_NAME, _GIVE_NAME
    return (
        rules.BAD_INDENT,
        whole(at.line, at.here),
        f"`{excerpt(at.here)}` does not begin in the column of the fields or list it belongs to",
        "begin it in the same column as the line that it belongs beside",
    )
