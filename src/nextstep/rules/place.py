"""How a rule points at the place it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Related
from nextstep.diagnostics.rule import Rule
from nextstep.files.syntax import locate
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
