"""A parser's error as the reader judges it: where it is, and what stands there."""

from __future__ import annotations

from msgspec import Struct
from yaml.error import MarkedYAMLError, YAMLError

from nextstep.diagnostics.diagnostic import Span
from nextstep.diagnostics.rule import Rule
from nextstep.files.syntax_places import split_lines

Verdict = tuple[Rule, Span, str, str]
"""A rule, a place, what is wrong there, and what to write instead."""


class Mistake(Struct):
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
        """The line of the error."""
        return self.lines[self.line]

    @property
    def longest(self) -> int:
        """The length of the longest line that is looked at: the error's, the opener's, one above."""
        return max(
            len(self.lines[at]) for at in {self.line, max(self.line - 1, 0), self.opened_line}
        )

    @property
    def before(self) -> str:
        """What stands in it before the error."""
        return self.here[: self.column]

    @property
    def char(self) -> str:
        """The character at the error; empty at the end of a line."""
        return self.here[self.column : self.column + 1]

    @property
    def opener(self) -> str:
        """The character with which the thing began that the error is in."""
        return self.lines[self.opened_line][self.opened_column : self.opened_column + 1]

    @property
    def place(self) -> Span:
        """The place of that character."""
        return span(self.line, self.column, max(1, len(self.char)))

    @property
    def opened_place(self) -> Span:
        """The place of the opener."""
        return span(self.opened_line, self.opened_column, 1)


def mistake_of(text: str, error: YAMLError) -> Mistake:
    """Return what an error says and where, its places moved into the text."""
    lines = split_lines(text)
    marked = error if isinstance(error, MarkedYAMLError) else MarkedYAMLError()
    at = marked.problem_mark or marked.context_mark
    opened = marked.context_mark or at
    line, column = (at.line, at.column) if at else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    return Mistake(
        text=text,
        lines=lines,
        line=line,
        column=column,
        opened_line=min(opened.line, len(lines) - 1) if opened else line,
        opened_column=opened.column if opened else column,
        context=marked.context or "",
        problem=marked.problem or str(error),
    )


def is_flow(before: str) -> bool:
    """Whether the end of a piece of a line stands within brackets that it opened."""
    return before.count("{") > before.count("}") or before.count("[") > before.count("]")


def whole(number: int, line: str) -> Span:
    """Return the place of what stands in a line; lines are counted from 0 here."""
    start = len(line) - len(line.lstrip())
    return span(number, start, max(1, len(line.strip())))


def span(line: int, column: int, length: int) -> Span:
    """Return the span of some characters of a line, all counted from 0."""
    return Span(line + 1, column + 1, line + 1, column + 1 + length)
