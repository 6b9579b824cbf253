"""The file of a new run as text: short things on one line, a blank line between its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nextstep.changes.run_plan import Plain
from nextstep.files.formatting import formatted
from nextstep.files.splice_scalars import Plain as Said
from nextstep.files.splice_scalars import as_block, plain_value, written, written_key
from nextstep.model.source import Source

_WIDTH = 100
_INDENT = 2
_OPENED = frozenset({"people", "because", "steps", "roadblocks", "escalate"})
"""The fields of a run that have a line for each entry."""


def run_source(path: str, plan: Plain) -> Source:
    """Return the file of a run in the published layout."""
    said = {name: plain_value(value) for name, value in plan.items()}
    lines = [line for name, value in said.items() for line in _field(name, value, 0)]
    return Source(path, formatted(Source(path, ("\n".join(lines) + "\n").encode())))


def _field(name: str, value: Said, column: int) -> Iterator[str]:
    """Yield the lines of a field whose name begins in a column."""
    begin = f"{' ' * column}{written_key(name, flow=False)}:"
    if name == "who" and isinstance(value, list) and len(value) == 1:
        value = value[0]
    short = f"{begin} {written(value, flow=False)}"
    if isinstance(value, str):
        block = as_block(value, column + _INDENT)
        yield short if block is None else f"{begin} |\n{block[:-1]}"
    elif not value or (len(short) <= _WIDTH and not (column == 0 and name in _OPENED)):
        yield short
    else:
        yield begin
        yield from _opened(value, column + _INDENT)


def _opened(value: Mapping[str, Said] | Sequence[Said], column: int) -> Iterator[str]:
    """Yield the lines of a map or a list that has one for each entry."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _field(name, inner, column)
        return
    for entry in value:
        begin = f"{' ' * column}- "
        one_line = begin + written(entry, flow=False)
        is_step = isinstance(entry, dict) and "id" in entry and "mark" not in entry
        if isinstance(entry, dict) and (is_step or len(one_line) > _WIDTH):
            lines = "\n".join(_opened(entry, column + _INDENT))
            yield begin + lines.lstrip(" ")
        else:
            yield one_line
