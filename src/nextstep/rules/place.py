"""How a rule points at the place it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Related, Span, rewritten
from nextstep.diagnostics.rule import Rule
from nextstep.files.syntax import line_text, locate
from nextstep.model.source import Source


def found_at(  # noqa: PLR0913 - where, what, and what to do: five of them by position or name
    rule: Rule,
    source: Source,
    keys: Sequence[str | int],
    message: str,
    *,
    hint: str,
    key: bool = False,
    related: tuple[Related, ...] = (),
    mend: Mend | None = None,
) -> Diagnostic:
    """Return the finding of a rule at a value of a file, or with ``key`` at the value's key.

    Where the file does not spell that value out, the nearest thing around it is pointed at.
    """
    span = locate(source, keys, key=key)
    return rule.found(source.path, span, message, hint=hint, related=related, mend=mend)


def name_mend(
    source: Source,
    keys: Sequence[str | int],
    name: str,
    meant: str | None,
    *,
    key: bool = False,
) -> Mend | None:
    """Return the mend that writes one name for another within a value of a file, or its key.

    None where nobody knows which is meant, and where the name does not stand there once, on one
    line and as it is spelt.
    """
    span = locate(source, keys, key=key) if meant is not None else None
    if meant is None or span is None or span.line != span.end_line:
        return None
    text = line_text(source, span.line)[span.column - 1 : span.end_column - 1]
    found = [*re.finditer(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])", text)]
    if len(found) != 1 or text[:1] in {"|", ">"} or "\\" in text:
        return None
    start, end = (span.column + at for at in found[0].span())
    return rewritten(f"write `{meant}`", Span(span.line, start, span.line, end), meant)
