"""What `nextstep fmt` says: a line for each file that changes or stays, and a unified diff."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from nextstep.dates.words import counted
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen
from nextstep.reports.layout import Change, LayoutReport, Left


def layout_text(report: LayoutReport, screen: Screen, *, written: bool, base: str = "") -> str:
    """Return the report as text; ``written`` says that the files were changed, not only looked at.

    ``base`` leads from where the reader is to the ledger's root.
    """
    lines = [
        f"{safe_text(base + one.source.path)}: {_done(written=written)}" for one in report.changes
    ]
    lines += [line for one in report.left for line in _left(one, screen, base)]
    return "\n".join([*lines, _summary(report, written=written)]) + "\n"


def layout_diff(report: LayoutReport, *, base: str = "", shown: bool = False) -> str:
    """Return the changes as a unified diff that `git apply` takes.

    ``base`` leads from the repository's top to the ledger; ``shown`` says that it goes to a
    terminal or the log of a job, so that nothing in it may act there.
    """
    return "".join(
        f"{safe_text(line)}\n" if shown else line
        for one in report.changes
        for line in _diff(one, base)
    )


def _diff(change: Change, base: str) -> Iterator[str]:
    before, after = (_lines(data) for data in (change.source.data, change.data))
    path = f"{base}{change.source.path}"
    for line in unified_diff(before, after, f"a/{path}", f"b/{path}"):
        yield line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """Return the lines as git counts them: a line feed ends one, and nothing else does."""
    *ended, last = data.decode(errors="backslashreplace").split("\n")
    return [f"{line}\n" for line in ended] + ([last] if last else [])


def _left(one: Left, screen: Screen, base: str) -> Iterator[str]:
    place = safe_text(base + one.path) + (f":{one.line}" if one.line else "")
    yield f"{place}: {screen.paint('left as it is', 'alarm')}: {safe_text(one.message)}"
    yield f"  {safe_text(one.hint)}"


def _done(*, written: bool) -> str:
    return "laid out" if written else "would be laid out"


def _summary(report: LayoutReport, *, written: bool) -> str:
    changed, left = len(report.changes), len(report.left)
    if not changed and not left:
        return f"Nothing to do: {counted(report.fine, 'file')} laid out already."
    parts = [f"{counted(changed, 'file')} {_done(written=written)}"] if changed else []
    parts += [f"{counted(report.fine, 'file') if not changed else report.fine} already laid out"]
    parts += [f"{left} left as {'it is' if left == 1 else 'they are'}"] if left else []
    return f"{', '.join(parts)}."
