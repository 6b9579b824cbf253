"""What whole lines show: a merge that is not finished, and how the lines end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Span
from nextstep.files import syntax_text_rules as rules
from nextstep.files.syntax_mends import line_ends
from nextstep.files.syntax_places import split_lines
from nextstep.model.source import Source

_MARKER = re.compile(r"(<{7}|\|{7}|>{7})(?= |$)|={7}$")


def conflict_faults(source: Source, text: str) -> Iterator[Diagnostic]:
    """Yield a finding for each stretch of lines that git could not merge."""
    if not any(marker in text for marker in _MARKERS):
        return
    markers = [
        (number, line)
        for number, line in enumerate(split_lines(text), 1)
        if line[:7] in _MARKERS and _MARKER.match(line)
    ]
    inside = False
    for at, (number, line) in enumerate(markers):
        if inside:
            inside = not line.startswith(">")
            continue
        inside = line.startswith("<")
        last = next((n for n, other in markers[at:] if other.startswith(">")), number)
        yield rules.CONFLICT_MARKER.found(
            source.path,
            Span(number, 1, number, len(line) + 1),
            f"an unresolved merge: git left both sides of lines {number} to {last} in the file"
            if last > number
            else f"an unresolved merge: line {number} is one of git's markers",
            hint="resolve it: keep one side of each such place, and delete the lines that begin "
            "with `<<<<<<<`, `=======` and `>>>>>>>`",
        )


_MARKERS = frozenset(["<<<<<<<", "|||||||", "=======", ">>>>>>>"])


def line_end_findings(source: Source, text: str) -> tuple[Diagnostic, ...]:
    """Return the warning about line ends that other programs read differently, if any."""
    if "\r" not in text:
        return ()
    both = text.count("\r\n")
    alone, feeds = text.count("\r") - both, text.count("\n") - both
    if alone:
        number = split_lines(text[: text.replace("\r\n", "  ").index("\r")])
        place = Span(len(number), len(number[-1]) + 1, len(number), len(number[-1]) + 1)
        words = "a line ends with a carriage return alone, which git and most editors do not see"
        return (
            rules.CARRIAGE_RETURN.found(
                source.path,
                place,
                words,
                hint="save the file with LF line ends",
                mend=line_ends(text, "\r", "\r\n" if both > feeds else "\n"),
            ),
        )
    if both and feeds:
        lines = text.split("\n")
        odd = next(n for n, line in enumerate(lines[:-1]) if line.endswith("\r") != (both > feeds))
        end = len(lines[odd].rstrip("\r")) + 1
        return (
            rules.MIXED_LINE_ENDS.found(
                source.path,
                Span(odd + 1, end, odd + 1, end),
                f"{both} lines end with CRLF and {feeds} with LF",
                hint="save the file with one kind of line end; LF suits git best",
                mend=line_ends(text, *(("\n", "\r\n") if both > feeds else ("\r\n", "\n"))),
            ),
        )
    return ()
