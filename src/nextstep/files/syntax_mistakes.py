"""What a parser could not read, said in the words of what people do: from its place in the text."""

from __future__ import annotations

import re

from msgspec import Struct
from yaml.error import MarkedYAMLError, YAMLError

from nextstep.diagnostics.diagnostic import Diagnostic, Span
from nextstep.diagnostics.rule import Rule
from nextstep.files import syntax_mistake_rules as rules
from nextstep.files import syntax_subset_rules as subset
from nextstep.files import syntax_text_rules as text_rules
from nextstep.files.syntax_places import excerpt, quoted, split_lines
from nextstep.model.source import Source

_TAB = "a tab stands in the indentation of this line"
_SPACES = "indent with spaces, two for each level"
_NO_NAME = "there is no name before this colon"
_GIVE_NAME = "write the name of the field before the colon, or delete the line"
_PAIR = re.compile(r"(?:^|[\s{,\[-])([^\s:{}\[\],#\"'][^:{}\[\],#\"']*):[ \t]+(?=\S)")
_NO_SPACE = re.compile(r"[ \t-]*([A-Za-z_][\w-]*):(?=[^\s:/])")
_ESCAPE = re.compile(r"\\(?:x\w{0,2}|u\w{0,4}|U\w{0,8}|.)?")
_CUT = re.compile(r"\s(#\w.*)$")


class _Mistake(Struct):
    """A parser's error as it is judged here: places from 0, and the lines of the text."""

    text: str
    lines: list[str]
    line: int
    column: int
    opened_line: int
    opened_column: int
    context: str
    problem: str

    @property
    def here(self) -> str:
        return self.lines[self.line]

    @property
    def before(self) -> str:
        return self.here[: self.column]

    @property
    def char(self) -> str:
        return self.here[self.column : self.column + 1]

    @property
    def opener(self) -> str:
        return self.lines[self.opened_line][self.opened_column : self.opened_column + 1]

    @property
    def place(self) -> Span:
        return _span(self.line, self.column, max(1, len(self.char)))

    @property
    def opened_place(self) -> Span:
        return _span(self.opened_line, self.opened_column, 1)


Verdict = tuple[Rule, Span, str, str]


def explain(source: Source, text: str, error: YAMLError) -> Diagnostic:
    """Return the finding for an error of the parser; its own words are shown nowhere."""
    mistake = _mistake(text, error)
    for judge in _JUDGES:
        verdict = judge(mistake)
        if verdict:
            rule, span, message, hint = verdict
            return rule.found(source.path, span, message, hint=hint)
    return rules.UNREADABLE.found(
        source.path,
        mistake.place,
        f"the file cannot be understood from here on: `{excerpt(mistake.here)}`"
        if mistake.here.strip()
        else "the file cannot be understood from here on",
        hint="put spaces in the place of the tabs in this line"
        if "\t" in mistake.here
        else "look at this line and the one above for a missing quote, bracket or colon; text "
        "with special characters goes between quotes",
    )


def _mistake(text: str, error: YAMLError) -> _Mistake:
    lines = split_lines(text)
    marked = error if isinstance(error, MarkedYAMLError) else MarkedYAMLError()
    at = marked.problem_mark or marked.context_mark
    opened = marked.context_mark or at
    line, column = (at.line, at.column) if at else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    return _Mistake(
        text=text,
        lines=lines,
        line=line,
        column=column,
        opened_line=min(opened.line, len(lines) - 1) if opened else line,
        opened_column=opened.column if opened else column,
        context=marked.context or "",
        problem=marked.problem or str(error),
    )


def _tab(at: _Mistake) -> Verdict | None:
    if at.char == "\t" and not at.before.strip(" -"):
        return text_rules.TAB_INDENT, at.place, _TAB, _SPACES
    for line in (at.line, at.line - 1):
        indent = re.match(r" *(\t)\s*\S", at.lines[line]) if line >= 0 else None
        if indent:
            return (
                text_rules.TAB_INDENT,
                _span(line, indent.start(1), 1),
                _TAB,
                _SPACES,
            )
    return None


def _directive(at: _Mistake) -> Verdict | None:
    if not at.here.startswith("%") or "quoted" in at.context:
        return None
    return (
        subset.DIRECTIVE,
        _span(at.line, 0, len(at.here)),
        f"`{excerpt(at.here)}` is a YAML directive, and none has a meaning here",
        "delete the line",
    )


def _property(at: _Mistake) -> Verdict | None:
    kind = _PROPERTIES.get(at.opener)
    if kind is None or not re.search("alias|anchor|tag", at.context + at.problem):
        return None
    rule, name = kind
    word = re.split(r"\s+#|[,\]}]", at.lines[at.opened_line][at.opened_column :])[0].rstrip()
    return (
        rule,
        _span(at.opened_line, at.opened_column, max(1, len(word))),
        f"`{excerpt(word)}` begins with `{at.opener}`, the sign of a YAML {name}",
        f"put quotes round it: `{quoted(word)}`",
    )


_PROPERTIES = {
    "*": (subset.ALIAS, "alias"),
    "&": (subset.ANCHOR, "anchor"),
    "!": (subset.TAG, "tag"),
}


def _in_quotes(at: _Mistake) -> Verdict | None:
    if "quoted scalar" not in at.context:
        return None
    start = at.here.rfind("\\", 0, at.column + 1)
    escape = _ESCAPE.match(at.here, start) if start >= 0 and at.opener == '"' else None
    if escape and escape.end() >= at.column:
        return (
            rules.UNKNOWN_ESCAPE,
            _span(at.line, start, len(escape.group())),
            f"`{excerpt(escape.group())}` in double quotes stands for no character",
            "write `\\\\` for a backslash, or put single quotes round the text",
        )
    return (
        rules.UNCLOSED_QUOTE,
        at.opened_place,
        f"the quote `{at.opener}` that begins here is never closed",
        f"close it with `{at.opener}` at the end of the text"
        + (" and write an apostrophe within it as `''`" if at.opener == "'" else ""),
    )


def _special_start(at: _Mistake) -> Verdict | None:
    char, line, column = at.char, at.line, at.column
    if "block scalar" in at.context:
        char, line, column = at.opener, at.opened_line, at.opened_column
    elif not re.search("cannot start|mapping keys are not allowed", at.problem):
        return None
    if not char or char in "\t[]{},":
        return None
    rest = at.lines[line][column:]
    value = re.split(r"\s+#", rest)[0].rstrip()
    if _is_flow(at.lines[line][:column]):
        value = re.split(r"[,\]}]", value)[0].rstrip()
    key = _last_key(at.lines[line][:column])
    return (
        rules.UNQUOTED_START,
        _span(line, column, max(1, len(value))),
        f"`{excerpt(value)}` begins with `{char}`, which YAML keeps for itself",
        f"put quotes round it: `{key}{quoted(value)}`",
    )


def _colon(at: _Mistake) -> Verdict | None:
    if "mapping values are not allowed" not in at.problem:
        return None
    return _colon_within(at) or _no_colon_above(at) or _too_far_in(at)


def _colon_within(at: _Mistake) -> Verdict | None:
    starts = [match for match in _PAIR.finditer(at.here) if match.end() <= at.column]
    if not starts:
        return None
    start = starts[-1].end()
    value = at.here[start:]
    if _is_flow(at.here[:start]):
        value = re.split(r"[,\]}]", value)[0]
    value = re.split(r"\s+#", value)[0].rstrip()
    if value[:1] in "\"'":
        return _after_end(at)
    key = starts[-1].group(1).strip()
    return (
        rules.UNQUOTED_COLON,
        _span(at.line, at.column, 1),
        f"a colon and a space within the text `{excerpt(value)}` look like another field",
        f"put quotes round the text: `{key}: {quoted(value)}`",
    )


def _too_far_in(at: _Mistake) -> Verdict:
    if at.here.startswith("---"):
        return (
            rules.BAD_INDENT,
            _span(at.line, 0, 3),
            "a field stands in the line of `---`",
            "put `---` on a line of its own, or delete it",
        )
    return (
        rules.BAD_INDENT,
        _whole(at.line, at.here),
        f"`{excerpt(at.here)}` is indented further than the field above, which has its value",
        (
            "begin it in the same column as the field above; a text of several lines goes "
            "between quotes"
        ),
    )


def _no_colon_above(at: _Mistake) -> Verdict | None:
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


def _no_colon(at: _Mistake) -> Verdict | None:
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
            _whole(number, line),
            f"there is no space after the colon of `{excerpt(name)}:`",
            f"write `{excerpt(name)}: {excerpt(line[glued.end() :])}`",
        )
    return (
        rules.NO_COLON,
        _whole(number, line),
        f"`{excerpt(line)}` is no field: it has no colon",
        (
            "write the name of a field, a colon and a space before it; to go on with the text "
            "above, indent this line further than the name of its field"
        ),
    )


def _left_over(at: _Mistake, number: int) -> Verdict | None:
    """The line above was cut by a number sign, so that this one goes on with nothing."""
    cut = _CUT.search(at.lines[number - 1]) if number else None
    line = at.lines[number]
    if not cut or not line.startswith(" "):
        return None
    return (
        rules.NO_COLON,
        _whole(number, line),
        f"`{excerpt(line)}` is left over: the text above ended at `{excerpt(cut.group(1))}`",
        "put quotes round the whole text, from its first word to its last",
    )


def _after_end(at: _Mistake) -> Verdict | None:
    """Something goes on where a text in quotes, or a list or map in brackets, has ended."""
    rest = re.split(r"\s+#", at.here[at.column :])[0].rstrip()
    if _is_flow(at.before):
        rest = re.split(r"[,\]}]", rest)[0].rstrip()
    if not rest:
        return None
    if re.search(r"[\]}]\s*$", at.before):
        return (
            rules.TEXT_AFTER_END,
            _span(at.line, at.column, len(rest)),
            f"`{excerpt(rest)}` follows after the closing bracket",
            "move it into the brackets or delete it; text with brackets goes between quotes",
        )
    match = re.search(r"""(?:^|[\s{,\[])("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')([ \t]*)$""", at.before)
    if not match:
        return None
    ended, space = match.groups()
    whole = ended + space + rest
    if not space:
        whole = ended[1:] + rest.removesuffix(ended[0])
    return (
        rules.TEXT_AFTER_END,
        _span(at.line, at.column, len(rest)),
        f"`{excerpt(rest)}` follows after the closing quote of `{excerpt(ended)}`",
        f"put one pair of quotes round the whole text: `{quoted(whole)}`",
    )


def _in_brackets(at: _Mistake) -> Verdict | None:
    if not re.search("flow (sequence|mapping|node)", at.context):
        return None
    if at.char == ":" and at.line == at.opened_line:
        return _colon_within(at)
    return _after_end(at) or _no_value(at) or _unclosed(at)


def _no_value(at: _Mistake) -> Verdict | None:
    if not at.char or at.char not in ",]}" or "expected node content" not in at.problem:
        return None
    return (
        rules.UNCLOSED_BRACKET,
        at.place,
        f"nothing stands before this `{at.char}`, where a value belongs",
        f"delete the `{at.char}`, or write the value before it",
    )


def _unclosed(at: _Mistake) -> Verdict | None:
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


_CLOSING = {"[": "]", "{": "}"}


def _list_beside_key(at: _Mistake) -> Verdict | None:
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


def _stray_bracket(at: _Mistake) -> Verdict | None:
    if not at.char or at.char not in "]},":
        return None
    return (
        rules.UNCLOSED_BRACKET,
        at.place,
        f"nothing that this `{at.char}` belongs to was opened before it",
        f"delete the `{at.char}`, or put quotes round the text",
    )


def _indent(at: _Mistake) -> Verdict | None:
    if not re.search("block (mapping|collection|sequence)|document start", at.context + at.problem):
        return None
    ended = _after_end(at) or _left_over(at, at.line)
    if ended:
        return ended
    if at.before.strip():
        return None
    if at.char == ":":
        return subset.EMPTY_KEY, at.place, _NO_NAME, _GIVE_NAME
    return (
        rules.BAD_INDENT,
        _whole(at.line, at.here),
        f"`{excerpt(at.here)}` does not begin in the column of the fields or list it belongs to",
        "begin it in the same column as the line that it belongs beside",
    )


def _is_flow(before: str) -> bool:
    return before.count("{") > before.count("}") or before.count("[") > before.count("]")


def _last_key(before: str) -> str:
    match = re.search(r"([\w-]+): *$", before)
    return f"{match.group(1)}: " if match else ""


def _whole(number: int, line: str) -> Span:
    start = len(line) - len(line.lstrip())
    return _span(number, start, max(1, len(line.strip())))


def _span(line: int, column: int, length: int) -> Span:
    return Span(line + 1, column + 1, line + 1, column + 1 + length)


_JUDGES = (
    _tab,
    _directive,
    _property,
    _in_quotes,
    _special_start,
    _colon,
    _no_colon,
    _in_brackets,
    _list_beside_key,
    _stray_bracket,
    _indent,
)
