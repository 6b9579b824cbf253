"""Mistakes of quoting: text that begins with, holds or goes on after what YAML keeps for itself."""

from __future__ import annotations

import re

from nextstep.files import syntax_mistake_rules as rules
from nextstep.files import syntax_subset_rules as subset
from nextstep.files.syntax_places import excerpt, quoted
from nextstep.files.syntax_problem import Mistake, Verdict, is_flow, span

_SIGNS = {
    "*": (subset.ALIAS, "alias"),
    "&": (subset.ANCHOR, "anchor"),
    "!": (subset.TAG, "tag"),
}
_PAIR = re.compile(r"(?:^|[\s{,\[-])([^\s:{}\[\],#\"'][^:{}\[\],#\"']*):[ \t]+(?=\S)")
_ESCAPE = re.compile(r"\\(?:x\w{0,2}|u\w{0,4}|U\w{0,8}|.)?")


def refused_sign(at: Mistake) -> Verdict | None:
    """An anchor, alias or tag that is not even a whole one."""
    kind = _SIGNS.get(at.opener)
    if kind is None or not re.search("alias|anchor|tag", at.context + at.problem):
        return None
    rule, name = kind
    word = re.split(r"\s+#|[,\]}]", at.lines[at.opened_line][at.opened_column :])[0].rstrip()
    return (
        rule,
        span(at.opened_line, at.opened_column, max(1, len(word))),
        f"`{excerpt(word)}` begins with `{at.opener}`, the sign of a YAML {name}",
        f"put quotes round it: `{quoted(word)}`",
    )


def in_quotes(at: Mistake) -> Verdict | None:
    """A quote that is not closed, or an escape in it that is none."""
    if "quoted scalar" not in at.context:
        return None
    start = at.here.rfind("\\", 0, at.column + 1)
    escape = _ESCAPE.match(at.here, start) if start >= 0 and at.opener == '"' else None
    if escape and escape.end() >= at.column:
        return (
            rules.UNKNOWN_ESCAPE,
            span(at.line, start, len(escape.group())),
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


def special_start(at: Mistake) -> Verdict | None:
    """A text that begins with a sign which YAML keeps for itself."""
    char, line, column = at.char, at.line, at.column
    if "block scalar" in at.context:
        char, line, column = at.opener, at.opened_line, at.opened_column
    elif not re.search("cannot start|mapping keys are not allowed", at.problem):
        return None
    if not char or char in "\t[]{},":
        return None
    rest = at.lines[line][column:]
    value = re.split(r"\s+#", rest)[0].rstrip()
    if is_flow(at.lines[line][:column]):
        value = re.split(r"[,\]}]", value)[0].rstrip()
    key = _last_key(at.lines[line][:column])
    return (
        rules.UNQUOTED_START,
        span(line, column, max(1, len(value))),
        f"`{excerpt(value)}` begins with `{char}`, which YAML keeps for itself",
        f"write `{key}{value[1:]}`, or with quotes if the `@` belongs to it: `{key}{quoted(value)}`"
        if re.fullmatch(r"@[\w-]+", value)
        else f"put quotes round it: `{key}{quoted(value)}`",
    )


def _last_key(before: str) -> str:
    match = re.search(r"([\w-]+): *$", before[-80:])
    return f"{match.group(1)}: " if match else ""


def colon_within(at: Mistake) -> Verdict | None:
    """A colon and a space within a text without quotes."""
    starts = [match for match in _PAIR.finditer(at.here) if match.end() <= at.column]
    if not starts:
        return None
    start = starts[-1].end()
    value = at.here[start:]
    if is_flow(at.here[:start]):
        value = re.split(r"[,\]}]", value)[0]
    value = re.split(r"\s+#", value)[0].rstrip()
    if value[:1] in "\"'":
        return after_end(at)
    key = starts[-1].group(1).strip()
    return (
        rules.UNQUOTED_COLON,
        span(at.line, at.column, 1),
        f"a colon and a space within the text `{excerpt(value)}` look like another field",
        f"put quotes round the text: `{key}: {quoted(value)}`",
    )


def after_end(at: Mistake) -> Verdict | None:
    """Something goes on where a text in quotes, or a list or map in brackets, has ended."""
    rest = re.split(r"\s+#", at.here[at.column :])[0].rstrip()
    if is_flow(at.before):
        rest = re.split(r"[,\]}]", rest)[0].rstrip()
    if not rest:
        return None
    if re.search(r"[\]}]\s*$", at.before):
        return (
            rules.TEXT_AFTER_END,
            span(at.line, at.column, len(rest)),
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
        span(at.line, at.column, len(rest)),
        f"`{excerpt(rest)}` follows after the closing quote of `{excerpt(ended)}`",
        f"put one pair of quotes round the whole text: `{quoted(whole)}`",
    )
