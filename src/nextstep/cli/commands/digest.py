"""`nextstep digest`: what needs you, and what became of what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Today, chosen
from nextstep.diagnostics.errors import NextstepError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nextstep.cli.digests import Whom
    from nextstep.reports.digest_subject import Subject

_RULE = "=" * 72


def command(  # noqa: PLR0917 - typer passes options by name
    person: Annotated[
        str | None,
        typer.Option("--for", metavar="PERSON", help="For this person; `all` for everybody."),
    ] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="About the steps done in this role.")
    ] = None,
    process: Annotated[
        str | None, typer.Option(metavar="ID", help="About this process, for who owns it.")
    ] = None,
    team: Annotated[
        str | None, typer.Option(metavar="TEAM", help="For the people of this team.")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="One for every person of ours who has something to hear.")
    ] = False,
    week: Annotated[
        str | None,
        typer.Option(metavar="WEEK", help="Look back on 2026-W47, W47, this or last; else last."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Look back from this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Look back up to this day; else today.")
    ] = None,
    learned: Annotated[
        bool, typer.Option("--learned", help="Only what was learned, by process and plan.")
    ] = False,
    if_any: Annotated[
        bool, typer.Option("--if-any", help="Print nothing when there is nothing to tell.")
    ] = False,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ADDRESS", help="Of a mail: to whom it goes.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="ADDRESS", help="Of a mail: from whom; else user.email."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="With --each: write a file for each person there."),
    ] = None,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="text, markdown, html, mail or json."),
    ] = "text",
) -> None:
    """Tell what needs somebody, and what became of what was agreed last week.

    At most five things that need you, then counts. What was kept and what came of it, what was
    moved or changed by hand, what is late with others, hand-offs that wait, processes to look at
    again, what was learned. Something late that nobody touched for a third week becomes a question.

    A mail is printed for `sendmail -t`; nothing is ever sent. The same commit and day give the
    same bytes.

    \b
    EXAMPLES
      nextstep digest                           for me, the week before this one
      nextstep digest --for ana --week W47      for somebody else, another week
      nextstep digest --process new-account     how a process fares
      nextstep digest --learned --since 2026-11-01
      nextstep digest --if-any --format mail --for ana
      nextstep digest --each --format mail --output outbox/
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.digests import (
        Post,
        Whom,
        anchor_of,
        changed_in,
        everyone,
        mail_of,
        period_of,
        reading_for,
        sender_of,
        shown_as,
        subject_of,
    )
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.session import contents_now, open_session
    from nextstep.render.digest_formats import FORMATS, digest_json, page_of
    from nextstep.reports.digest import digest
    from nextstep.reports.digest_by_hand import NOT_DIFFERENT
    from nextstep.reports.standing import standing

    form = chosen(format_, FORMATS, "text")
    whom = Whom(person=person, role=role, process=process, team=team)
    _refuse(form, whom=whom, each=each, output=output, to=to, sender=from_)
    session = open_session(today=today, as_of=as_of)
    subjects = everyone(session) if each else (subject_of(session, whom),)
    period = period_of(session, week=week, since=since, until=until)
    sender = sender_of(session, from_) if form == "mail" else ""
    states = standing(session.ledger, session.now, content=contents_now(session))
    anchor = anchor_of(session)
    differing = NOT_DIFFERENT if learned else changed_in(session, period)
    unread = False

    def told(subject: Subject) -> str:
        """Return the digest for somebody; nothing where there is nothing to tell."""
        nonlocal unread
        found = digest(states, subject, period, anchor=anchor, differing=differing)
        unread = unread or bool(found.unread)
        says = bool(found.learned) if learned else found.says_something
        if (if_any or each) and not says:
            return ""
        reading = reading_for(session, subject)
        if form == "json":
            return digest_json(found, reading)
        page = page_of(found, reading, learned=learned)
        if form == "mail":
            return mail_of(session, found, page, Post(sender=sender, receiver=to))
        return shown_as(page, form)

    _print(subjects, told, form, output)
    end(Listed(unread=unread))


def _print(
    subjects: tuple[Subject, ...], told: Callable[[Subject], str], form: str, output: str | None
) -> None:
    from nextstep.cli.output import emit

    if output is not None:
        _into_folder(subjects, told, form, output)
        return
    texts = [text for text in map(told, subjects) if text]
    between = "\n---\n\n" if form == "markdown" else f"\n{_RULE}\n\n"
    if texts:
        emit(between.join(texts))


def _into_folder(
    subjects: tuple[Subject, ...], told: Callable[[Subject], str], form: str, folder: str
) -> None:
    """Write a file for everybody. Who cannot have one is named at the end, with exit code 2."""
    from nextstep.cli.outbox import write_outbox
    from nextstep.cli.output import complain

    without: list[NextstepError] = []

    def texts() -> Iterator[tuple[str, str]]:
        for subject in subjects:
            try:
                yield subject.name or "", told(subject)
            except NextstepError as refused:
                without.append(refused)

    write_outbox(folder, texts(), form)
    for refused in without[:-1]:
        complain(refused.message, refused.hint)
    if without:
        raise without[-1]


def _refuse(
    form: str, *, whom: Whom, each: bool, output: str | None, to: str | None, sender: str | None
) -> None:
    """Refuse options that say nothing together."""
    if (to or sender) and form != "mail":
        raise NextstepError("--to and --from are about a mail", "add --format mail")
    if output is not None and not each:
        raise NextstepError("--output is for --each", "add --each, or redirect with >")
    if not each:
        return
    if to or any(getattr(whom, name) for name in whom.__struct_fields__):
        raise NextstepError(
            "--each is one for every person, each to their own address",
            "leave --for, --role, --process, --team and --to out",
        )
    if output is None and form not in {"text", "markdown"}:
        message = f"--each makes several, and {form} is one document"
        raise NextstepError(message, "add --output FOLDER")
