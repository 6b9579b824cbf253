"""What changes in a file, as a unified diff."""

from __future__ import annotations

from difflib import unified_diff

from nextstep.model.source import Source
from nextstep.render.safe_text import safe_text


def file_diff(before: Source, after: Source, *, base: str = "") -> str:
    """Return the lines that change, with three around them; ``base`` leads to the ledger's root.

    Characters that act or hide are spelt out, also a carriage return at the end of a line. Tabs
    stay.
    """
    lines = unified_diff(
        _lines(before.data),
        _lines(after.data),
        safe_text(f"a/{base}{before.path}"),
        safe_text(f"b/{base}{after.path}"),
    )
    return "".join(_shown(line) for line in lines)


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8", "backslashreplace")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [
        line for line in text.split("\n")[-1:] if line
    ]


def _shown(line: str) -> str:
    text = "\t".join(map(safe_text, line.removesuffix("\n").split("\t")))
    return f"{text}\n" if line.endswith("\n") else f"{text}\n\\ No newline at end of file\n"
