"""What `nextstep fmt` says: a line for each file that changes or stays, and a unified diff."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.render.file_diff import file_diff
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen
from nextstep.reports.layout import LayoutReport, Left


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
        file_diff(one.source.path, one.source.data, one.data, base=base, shown=shown)
        for one in report.changes
    )


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
