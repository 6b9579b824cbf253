"""`nextstep check`: what is wrong with the files of a ledger."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from nextstep.cli.options import AsOf, Today, chosen
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import FOUND

if TYPE_CHECKING:
    from nextstep.cli.earlier import Earlier
    from nextstep.cli.session import Session
    from nextstep.reports.check import Against, CheckReport
    from nextstep.reports.mends import MendReport

_FORMATS = ("text", "concise", "json", "github", "gitlab", "sarif")


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
            help="text, concise, json, github, gitlab or sarif; else text, and github in a GitHub "
            "workflow.",
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
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend in the files what can mean one thing alone.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help="Say also what changed since this commit, branch or day and should not have: for a "
            "branch, since the two went apart.",
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
      nextstep check --diff                   what --fix would mend
      nextstep check --against main           what this branch moves, drops
      nextstep check --against HEAD           and what is not committed yet
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
    if (fix or diff) and (write_baseline is not None or as_of is not None):
        message = "--fix and --diff are about the files as they are, and write no baseline"
        raise NextstepError(message, "leave --as-of and --write-baseline out")
    if against is not None and (fix or diff or write_baseline is not None):
        message = "--against is about what changed, and mends and writes nothing"
        raise NextstepError(message, "leave --fix, --diff and --write-baseline out")
    if diff and format_ not in (None, "text"):
        raise NextstepError("--diff prints a diff", "leave --format out")
    session = open_session(today=today, as_of=as_of)
    selected = chosen_paths(paths, session, is_past=as_of is not None)
    known = load_baseline(baseline) if baseline is not None else None
    before = None
    if against is not None:
        from nextstep.cli.earlier import earlier

        before = earlier(session, against, tip=session.ledger.revision or "HEAD")
    verdict = judge(
        session.ledger,
        session.now,
        before.ledger if before is not None else None,
        content=contents_now(session),
    )
    if write_baseline is not None:
        save_baseline(write_baseline, session.ledger, verdict.findings)
        return
    mends = None
    if fix or diff:
        from nextstep.cli.fixing import mends_of, show_diff, write

        mends = mends_of(session, verdict, paths=selected, baseline=known)
        if diff:
            show_diff(mends, session.place.prefix, exit_zero=exit_zero)
            return
        write(session, mends)
        session, verdict = replace(session, ledger=mends.after.ledger), mends.after.verdict
    report = check_report(
        session.ledger,
        session.now,
        verdict,
        paths=selected,
        baseline=known,
        against=_against(before, session) if before is not None else None,
    )
    emit(_rendered(report, session, form, mends))
    counted = report.errors if fail_on == "error" else len(report.shown)
    if counted and not exit_zero:
        raise typer.Exit(FOUND)


def _against(before: Earlier, session: Session) -> Against:
    from nextstep.reports.check import Against
    from nextstep.rules.pairs import uncompared

    return Against(
        revision=before.named,
        commit=before.commit,
        is_shared=before.is_base,
        not_compared=uncompared(before.ledger, session.ledger),
        sources=before.ledger.sources,
    )


def _rendered(report: CheckReport, session: Session, form: str, mends: MendReport | None) -> str:
    if form == "json":
        from nextstep.render.findings_json import check_json

        return check_json(report, session.commit, mends=mends)
    if form != "text" and mends is not None:
        from nextstep.cli.fixing import tell

        tell(mends)
    if form in {"github", "gitlab", "sarif"}:
        return _for_service(report, session, form)
    from nextstep.cli.chosen_paths import shown_base
    from nextstep.cli.listings import screen

    base = shown_base(session)
    if form == "concise":
        from nextstep.render.findings_concise import check_concise

        return check_concise(report, base=base)
    from nextstep.render.findings_text import check_text

    return check_text(report, screen(), base=base, mends=mends)


def _for_service(report: CheckReport, session: Session, form: str) -> str:
    """Return the report in the words of a service; its paths begin at the root of the repository."""
    base = session.place.prefix
    if form == "github":
        from nextstep.render.findings_github import check_github

        return check_github(report, base=base)
    from nextstep.reports.baseline import fingerprints

    marks = fingerprints(session.ledger, (one.finding for one in report.shown))
    if form == "gitlab":
        from nextstep.render.findings_gitlab import check_gitlab

        return check_gitlab(report, marks, base=base)
    from nextstep.render.findings_sarif import check_sarif
    from nextstep.rules.catalogue import FAMILIES, by_code_or_name

    return check_sarif(report, by_code_or_name(), FAMILIES, marks, base=base)
