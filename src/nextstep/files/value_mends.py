"""Mends of a value: another text in its place, in the same quotes."""

from __future__ import annotations

from yaml.nodes import Node, ScalarNode

from nextstep.diagnostics.diagnostic import Mend, rewritten
from nextstep.files.splice_scalars import written
from nextstep.files.syntax import span_of


def value_mend(node: Node, text: str) -> Mend | None:
    """Return the mend that writes a text instead of a value; None for one that runs over lines."""
    span = span_of(node)
    if not isinstance(node, ScalarNode) or span.line != span.end_line:
        return None
    quote = node.style if node.style in {"'", '"'} else None
    return rewritten(f"write {text}", span, written(text, flow=True, like=quote))


def list_mend(node: Node, texts: list[str]) -> Mend | None:
    """Return the mend that writes a list of texts instead of one value."""
    span = span_of(node)
    if not isinstance(node, ScalarNode) or span.line != span.end_line:
        return None
    shown = written(list(texts), flow=True)
    return rewritten(f"write {shown}", span, shown)
