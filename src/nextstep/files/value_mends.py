"""Mends of single values: another text in the place of one, or a field that is added."""

from __future__ import annotations

from yaml.nodes import Node, ScalarNode

from nextstep.diagnostics.diagnostic import Mend, rewritten
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.nodes import span_of
from nextstep.files.splice import Put, Value, changed
from nextstep.files.splice_scalars import written
from nextstep.files.splice_text import text_of
from nextstep.files.syntax_places import span_between
from nextstep.model.source import Keys, Source


def value_mend(node: Node, text: str) -> Mend | None:
    """Return the mend that writes a text instead of a value, in the same quotes.

    None for a value that runs over lines.
    """
    span = span_of(node)
    if not isinstance(node, ScalarNode) or span.line != span.end_line:
        return None
    quote = node.style if node.style in {"'", '"'} else None
    return rewritten(f"write `{text}`", span, written(text, flow=True, like=quote))


def field_mend(source: Source, keys: Keys, value: Value) -> Mend | None:
    """Return the mend that adds a field to a file, None where there is no plain place for it."""
    try:
        data = changed(source, [Put(keys, value)])
    except NextstepError:
        return None
    old, new = text_of(source), text_of(Source(source.path, data))
    start, end = _common(old, new), _common(old[::-1], new[::-1])
    end = min(end, len(old) - start)
    piece = span_between(old, start, len(old) - end)
    return rewritten(f"write `{keys[-1]}: {value}`", piece, new[start : len(new) - end])


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)
