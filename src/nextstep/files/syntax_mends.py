"""Mends of a text that cannot be read, where what was meant shows from the line itself."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import cache

from yaml.error import YAMLError

from nextstep.diagnostics.diagnostic import Mend, Replacement, Span, rewritten
from nextstep.files import fields as f
from nextstep.files.syntax_mistake_rules import (
    BAD_INDENT,
    NO_COLON,
    UNQUOTED_COLON,
    UNQUOTED_START,
)
from nextstep.files.syntax_mistakes import verdict_on
from nextstep.files.syntax_parser import read_events
from nextstep.files.syntax_places import split_lines
from nextstep.files.syntax_problem import Mistake, Verdict, mistake_of
from nextstep.files.syntax_text_rules import TAB_INDENT

_KEY = re.compile(r"(?:^|[\s{,-])([\w-]+): *\[?[^\[\]{}]*$")
_FIELD = re.compile(r"([ \t-]*)([A-Za-z_][\w-]*):")
_END = re.compile(r"[ \t]*(?:[ \t]#.*)?$")
_END_IN_BRACKETS = re.compile(r"[ \t]*[\]}]+[ \t]*(?:[ \t]#.*)?$")
_LINE_END = re.compile("(\r\n|\n|\r)")
_INDENT = "  "
_NAME, _TEXT = frozenset({"name"}), frozenset({"text"})


def mend_of(at: Mistake, verdict: Verdict) -> Mend | None:
    """Return the mend of what a parser could not read; None where more than one could be meant."""
    rule, span, _, _ = verdict
    if rule is TAB_INDENT:
        return tabs(at.text)
    if rule is NO_COLON:
        return _spaced(at.lines[span.line - 1], span.line)
    if rule is UNQUOTED_START:
        return _at_sign(at, span)
    return _in_quotes(at, span) if rule is UNQUOTED_COLON else None


def tabs(text: str) -> Mend | None:
    """Return the mend that writes two spaces for each tab of an indentation.

    None where a line begins with spaces: nobody knows how wide its writer saw the tabs. None, too,
    where a text of several lines may hold tabs of its own, and where lines then begin in columns
    that do not fit: what belongs to what is for a person to say.
    """
    edits = []
    lines = split_lines(text)
    for number, line in enumerate(lines, 1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if re.search(r"(?:^|\s)[|>][-+0-9]*\s*(?:#.*)?$", line) or (
            line.strip() and indent[:1] == " "
        ):
            return None
        wide = indent.count("\t")
        if line.strip() and wide:
            if "\t" in indent[wide:]:
                return None
            edits.append(Replacement(Span(number, 1, number, wide + 1), _INDENT * wide))
            lines[number - 1] = _INDENT * wide + line[wide:]
    return Mend("indent with spaces", tuple(edits)) if edits and _fit(lines) else None


def _fit(lines: list[str]) -> bool:
    """Return whether lines begin in columns that agree with each other."""
    text = "\n".join(lines)
    try:
        deque(read_events(text.encode()), maxlen=0)
    except YAMLError as error:
        rule, *_ = verdict_on(mistake_of(text, error))
        return rule is not BAD_INDENT
    return True


def line_ends(text: str, wrong: str, right: str) -> Mend:
    """Return the mend that ends each line as ``right`` that ends as ``wrong`` now."""
    pieces = _LINE_END.split(text)
    edits = [
        Replacement(Span(number, len(line) + 1, number + 1, 1), right)
        for number, (line, end) in enumerate(zip(pieces[::2], pieces[1::2], strict=False), 1)
        if end == wrong
    ]
    return Mend("end every line alike", tuple(edits))


def _spaced(line: str, number: int) -> Mend | None:
    """Return the mend of a field whose colon has no space after it."""
    field = _FIELD.match(line)
    if field is None or field[2] not in _kinds():
        return None
    column = field.end() + 1
    if line[field.end() : field.end() + 1] == "\xa0":
        return rewritten("write a space", Span(number, column, number, column + 1), " ")
    return rewritten("write a space after the colon", Span(number, column, number, column), " ")


def _at_sign(at: Mistake, span: Span) -> Mend | None:
    """Return the mend of a text that begins with `@`, `%` or a backtick."""
    number = span.line - 1
    line = at.lines[number]
    before, value = line[: span.column - 1], line[span.column - 1 : span.end_column - 1]
    after = line[span.end_column - 1 :]
    key = _KEY.search(before)
    if key is None or value[0] not in "@%`" or not _ends_here(at, number, before, after):
        return None
    kinds = _kinds().get(key[1], frozenset())
    if value[0] == "@" and re.fullmatch(r"@[\w.-]+", value) and "name" in kinds:
        if kinds != _NAME and key.start(1):
            return None
        sign = Span(span.line, span.column, span.line, span.column + 1)
        return rewritten(f"write `{value[1:]}`", sign, "")
    if kinds != _TEXT or '"' in value or "\\" in value:
        return None
    return rewritten("put quotes round the text", span, f'"{value}"')


def _in_quotes(at: Mistake, span: Span) -> Mend | None:
    """Return the mend of a text with a colon in it, which was taken for another field."""
    number = span.line - 1
    line = at.lines[number]
    field = _FIELD.match(line)
    starts = [field.end()] if field else [one.end() for one in re.finditer(r"[{,] *[\w-]+:", line)]
    begin = max((one for one in starts if one < span.column), default=None)
    if begin is None:
        return None
    name = re.search(r"([\w-]+):$", line[:begin])
    if name is None or _kinds().get(name[1]) != _TEXT:
        return None
    begin += len(line[begin:]) - len(line[begin:].lstrip())
    rest = re.split(r"[ \t]#", line[begin:])[0].rstrip()
    if field is None:
        rest = rest.rstrip("]}").rstrip()
    inner = {word for word in re.findall(r"([\w-]+):(?:\s|$)", rest) if word in _kinds()}
    plain = not set(rest) & set("\"'\\[]{}") and (field is not None or "," not in rest)
    if inner or not plain or not _ends_here(at, number, line[:begin], line[begin + len(rest) :]):
        return None
    place = Span(span.line, begin + 1, span.line, begin + 1 + len(rest))
    return rewritten("put quotes round the text", place, f'"{rest}"')


def _ends_here(at: Mistake, number: int, before: str, after: str) -> bool:
    """Return whether a value is over with what stands behind it, and does not go on below."""
    if _END_IN_BRACKETS.match(after):
        return True
    if not _END.match(after):
        return bool(re.match(r"[ \t]*,", after)) and "[" in before
    column = len(before) - len(before.lstrip(" -"))
    for line in at.lines[number + 1 :]:
        if line.strip() and not line.lstrip().startswith("#"):
            return len(line) - len(line.lstrip(" ")) <= column
    return True


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Return what the field of each name takes, wherever it may stand: name, text or other."""
    kinds: dict[str, set[str]] = {}
    for field in _fields():
        kinds.setdefault(field.name, set()).add(_kind(field.kind))
    return {name: frozenset(found) for name, found in kinds.items()}


def _kind(kind: f.Kind) -> str:
    if isinstance(kind, f.ListOf):
        return _kind(kind.of)
    if isinstance(kind, f.Name | f.Names):
        return "name"
    return "text" if isinstance(kind, f.Text | f.Prose) else "other"


def _fields() -> Iterator[f.Field]:
    from nextstep.files.commitment_fields import COMMITMENT
    from nextstep.files.event_fields import COMMON, KINDS
    from nextstep.files.process_fields import PROCESS
    from nextstep.files.run_fields import RUN
    from nextstep.files.settings_fields import SETTINGS

    yield from COMMON
    for kind in KINDS:
        yield from kind.fields
    for record in (COMMITMENT, RUN, PROCESS, SETTINGS):
        yield from _below(record)


def _below(record: f.Record) -> Iterator[f.Field]:
    for field in record.fields:
        yield field
        kind: f.Kind = field.kind
        while isinstance(kind, f.ListOf | f.MapOf):
            kind = kind.of
        if isinstance(kind, f.Nested | f.NamedRecords):
            yield from _below(kind.record)
