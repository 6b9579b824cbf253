"""`nextstep audit`: the log against git."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.cli.options import AsOf, Header, Today, chosen


def command(  # noqa: PLR0917 - typer passes options by name
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="Only this commitment or run, also one that was deleted; else all."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Only what has a date on or after this day: 2026-11-02, 30d, mon."
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what has a date up to this day.")
    ] = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LINE",
            help="A commit that was seen before, such as `head 81c2f0e4d9b7, 412 commits` of a "
            "digest: does history still lead to it? May be given several times.",
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when something disagrees.")
    ] = False,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, tsv, json or markdown.")
    ] = "text",
    header: Header = False,
) -> None:
    """Compare what the logs say with what git knows.

    Changes without an event, lines that left a log or have other words, what was left out by a
    merge, deleted while open, approved in another version, committed by somebody else or dated far
    from its commit; and whether history still leads to a commit that somebody has seen. Each can
    have a plain reason. Only commits are looked at, not what is not committed yet.

    \b
    EXAMPLES
      nextstep audit                     everything
      nextstep audit k3f9                one promise
      nextstep audit --since 30d         what happened in the last thirty days
      nextstep audit --anchor "head 81c2f0e4d9b7, 412 commits"
      nextstep audit --exit-code         for CI: 1 when something disagrees
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.auditing import Wanted, audit
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.output import emit
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.render.audit_formats import FORMATS, audit_json, audit_tsv

    form = chosen(format_, FORMATS, "text")
    wanted = Wanted(id=id_, since=since, until=until, anchors=tuple(anchor or ()))
    session, report = audit(wanted, today=today, as_of=as_of)
    if form == "json":
        emit(audit_json(report))
    elif form == "tsv":
        emit(audit_tsv(report, header=header))
    else:
        from nextstep.render.audit_words import audit_page

        print_page(audit_page(report, reading_of(session)), form, as_of=as_of)
    end(Listed(unread=bool(report.unread), found=exit_code and report.disagrees))
