"""What changes in a file, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from nextstep.render.safe_text import safe_text


def file_diff(path: str, before: bytes | None, after: bytes, *, base: str = "", shown: bool) -> str:
    """Return the lines that change, with three around them, as `git apply` takes them.

    ``before`` is None for a file that is not there yet. ``base`` leads from the repository's top to
    the ledger. ``shown`` says that it goes to a terminal or the log of a job: then nothing in it
    acts there, and what hides is spelt out, also tabs, and a carriage return at the end of a line.
    """
    lines = _lines(f"{base}{path}", before, after)
    return "".join(f"{_spelt(line)}\n" if shown else line for line in lines)


def _lines(path: str, before: bytes | None, after: bytes) -> Iterator[str]:
    old = "/dev/null" if before is None else f"a/{path}"
    for line in unified_diff(_split(before or b""), _split(after), old, f"b/{path}"):
        if line.endswith("\n"):
            yield line
        else:
            yield f"{line}\n"
            yield "\\ No newline at end of file\n"


def _split(data: bytes) -> list[str]:
    """Return the lines as git counts them: a line feed ends one, and nothing else does."""
    *ended, last = data.decode(errors="backslashreplace").split("\n")
    return [f"{line}\n" for line in ended] + ([last] if last else [])


def _spelt(line: str) -> str:
    return safe_text(line.removesuffix("\n").replace("\t", "\\t"))
