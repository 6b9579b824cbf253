"""The ends of lines and the blank ones between them, outside of texts that run over lines."""

from __future__ import annotations

import re

from yaml.nodes import ScalarNode

from nextstep.files.comments import scalars_of
from nextstep.files.splice_place import File
from nextstep.files.splice_text import line_end

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


def tidy(file: File) -> str:
    """Return a text without spaces at the end of lines and without idle blank lines.

    One blank line stays where there were several, none at the top and at the end of the file; the
    last line is ended. Nothing within a text of several lines is touched.
    """
    kept: list[str] = []
    within = _within_texts(file)
    idle = True
    for number, line in enumerate(_LINES.findall(file.text)):
        said = line.rstrip("\r\n")
        end = line[len(said) :] or line_end(file.text)
        if number in within:
            kept.append(said + end)
            idle = False
            continue
        said = said.rstrip()
        if said or not idle:
            kept.append(said + end)
        idle = not said
    last = len(_LINES.findall(file.text)) - 1
    if last not in within and kept and not kept[-1].strip():
        kept.pop()
    return "".join(kept)


def _within_texts(file: File) -> frozenset[int]:
    """Return the numbers, from 0, of the lines whose ends belong to a text."""
    return frozenset(number for node in scalars_of(file.root) for number in _lines_of(file, node))


def _lines_of(file: File, node: ScalarNode) -> range:
    first, last = node.start_mark.line, node.end_mark.line
    if not (node.style and node.style in "|>"):
        return range(first, last)
    if node.value.endswith("\n\n"):
        return range(first + 1, last + (node.end_mark.column > 0))
    start, end = node.start_mark.index, file.end(node)
    return range(first + 1, first + 1 + len(re.findall(r"\r\n|\r|\n", file.text[start:end])))
