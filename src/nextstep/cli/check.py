"""`nextstep check`: what is wrong with the files of a ledger."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Today, chosen
from nextstep.diagnostics.errors import NextstepError

if TYPE_CHECKING:
    from nextstep.cli.session import Session
    from nextstep.reports.check import CheckReport

_FORMATS = ("text", "concise", "json", "github")
_EXIT_FOUND = 1


def command(  # noqa: PLR0917 - typer passes options by name
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATHS]...",
            help="Report only what is found in these files and folders; everything is read.",
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, concise, json or github; else text, and github in a GitHub workflow.",
        ),
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="SEVERITY", help="Exit with 1 on: error, warning.")
    ] = "error",
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")
    ] = False,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Report only what this file does not know already."),
    ] = None,
    write_baseline: Annotated[
        str | None,
        typer.Option(
            "--write-baseline", metavar="FILE", help="Write what is found now to this file."
        ),
    ] = None,
    today: Today = None,
    as_of: AsOf = None,
) -> None:
    """Check every file: what is wrong, where, what to write instead.

    Exits with 1 when there is an error, or with --fail-on warning any finding; a file that cannot
    be read is an error. `nextstep explain CODE` tells more about a finding.

    \b
    EXAMPLES
      nextstep check                          everything
      nextstep check processes/               only what is found in the processes
      nextstep check --format concise         one line a finding, for an editor
      nextstep check --fail-on warning        strict, for CI
      nextstep check --write-baseline known.json
      nextstep check --baseline known.json    only what is new since then
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.baselines import load_baseline, save_baseline
    from nextstep.cli.chosen_paths import chosen_paths
    from nextstep.cli.output import emit
    from nextstep.cli.session import contents_now, open_session
    from nextstep.reports.check import check_report
    from nextstep.rules.catalogue import judge

    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    form = chosen(format_, _FORMATS, "github" if in_workflow else "text")
    if fail_on not in {"error", "warning"}:
        message = f"--fail-on takes error or warning, not `{fail_on}`"
        raise NextstepError(message)
    session = open_session(today=today, as_of=as_of)
    selected = chosen_paths(paths, session, is_past=as_of is not None)
    known = load_baseline(baseline) if baseline is not None else None
    verdict = judge(session.ledger, session.now, content=contents_now(session))
    if write_baseline is not None:
        save_baseline(write_baseline, session.ledger, verdict.findings)
        return
    report = check_report(session.ledger, session.now, verdict, paths=selected, baseline=known)
    emit(_rendered(report, session, form))
    counted = report.errors if fail_on == "error" else len(report.shown)
    if counted and not exit_zero:
        raise typer.Exit(_EXIT_FOUND)


def _rendered(report: CheckReport, session: Session, form: str) -> str:
    if form == "json":
        from nextstep.render.findings_json import check_json

        return check_json(report, session.commit)
    if form == "github":
        from nextstep.render.findings_github import check_github

        return check_github(report, base=session.place.prefix)
    from nextstep.cli.chosen_paths import shown_base
    from nextstep.cli.listings import screen

    base = shown_base(session)
    if form == "concise":
        from nextstep.render.findings_concise import check_concise

        return check_concise(report, base=base)
    from nextstep.render.findings_text import check_text

    return check_text(report, screen(), base=base)
