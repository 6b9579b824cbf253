"""`nextstep check --fix`: what can mean one thing alone is mended, and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer

from nextstep.cli.only_writer import write_each
from nextstep.cli.output import emit, is_obeyed, note
from nextstep.cli.session import Session, contents_now
from nextstep.dates.words import counted
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import FOUND
from nextstep.files.ledger import Ledger
from nextstep.render.file_diff import file_diff
from nextstep.reports.baseline import Baseline
from nextstep.reports.check import reported
from nextstep.reports.mends import MendReport, mend_report
from nextstep.rules.catalogue import Verdict, judge


def mends_of(
    session: Session,
    verdict: Verdict,
    *,
    paths: Sequence[str] | None,
    baseline: Baseline | None,
) -> MendReport:
    """Return what can be mended of the findings that a check with these options reports."""
    if session.place.bare:
        raise NextstepError("a bare repository has no files to mend", "go to a work tree of it")

    def chosen(ledger: Ledger, told: Verdict) -> Iterable[Diagnostic]:
        return reported(ledger, told, paths=paths, baseline=baseline)

    content = contents_now(session)
    return mend_report(
        session.ledger,
        verdict,
        lambda ledger: judge(ledger, session.now, content=content),
        chosen,
    )


def write(session: Session, mends: MendReport) -> None:
    """Write the files that were mended.

    Raises NextstepError for one that cannot be written, or was changed since it was read; those
    before it are written then.
    """
    write_each(session, ((before, after.data) for before, after in mends.files.values()))


def show_diff(mends: MendReport, base: str, *, exit_zero: bool) -> None:
    """Print what would be mended, and exit with 1 if that is anything.

    ``base`` leads from the root of the repository to that of the ledger.
    """
    shown = is_obeyed()
    emit(
        "".join(
            file_diff(path, before.data, after.data, base=base, shown=shown)
            for path, (before, after) in mends.files.items()
        )
    )
    note(f"{_told(mends)} would be fixed; nothing was written")
    if mends.files and not exit_zero:
        raise typer.Exit(FOUND)


def tell(mends: MendReport) -> None:
    """Say beside the answer how much was mended."""
    note(f"{_told(mends)} fixed")


def _told(mends: MendReport) -> str:
    return f"{counted(len(mends.done), 'finding')} in {counted(len(mends.files), 'file')}"
