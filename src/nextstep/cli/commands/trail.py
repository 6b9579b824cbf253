"""`nextstep trail`: who moved what, when and why, from the history of the files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Header, PartOf, Process, Today, chosen

if TYPE_CHECKING:
    from nextstep.cli.session import Session
    from nextstep.reports.trail import Asked
    from nextstep.reports.trail_story import Topic
    from nextstep.trail.facts import Trail

_USUAL_DAYS = 30


def command(  # noqa: PLR0917 - typer passes options by name
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="A commitment, run, process or plan, also one whose file is gone; without it, "
            "what happened to everything in the last 30 days.",
        ),
    ] = None,
    step: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="Of a run, one step.")
    ] = None,
    who: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON", help="Only what this person did or wrote down; `me` is you."
        ),
    ] = None,
    process: Process = None,
    part_of: PartOf = None,
    event: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EVENT", help="Only such events: moved, closed, deleted (repeat for more)."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="From this day on: 2026-11-02, mon, 2w (two weeks ago)."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Up to this day, with it.")
    ] = None,
    between: Annotated[
        str | None,
        typer.Option(metavar="A..B", help="Only what the commits in B and not in A tell."),
    ] = None,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, tsv, json or markdown.")
    ] = "text",
    header: Header = False,
) -> None:
    """Tell what happened, and what witnesses it: who moved which date, when, why.

    It is read from what the files said at each commit, and compared with the log in the file.
    Commit messages are not asked. What only one of the two tells is marked.

    \b
    EXAMPLES
      nextstep trail k3f9                    the story of a commitment
      nextstep trail 7qhd compile            of one step of a run
      nextstep trail --since mon             what happened since Monday
      nextstep trail --event moved --who me  the dates that you moved
      nextstep trail --between main..HEAD    what a branch tells
      nextstep trail --process release       of all runs of a process
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.history import trail_of
    from nextstep.cli.session import again, open_session
    from nextstep.render.trail_formats import FORMATS
    from nextstep.reports.trail_topic import topic_before, topic_now

    wanted = chosen(format_, FORMATS, "text")
    _refuse_together(id_, process or part_of, as_of, between)
    names_asked = bool(who or process or part_of)
    later = id_ is None and as_of is None and not names_asked
    session = open_session(
        today=today, as_of=as_of, about=None if who else id_, settings_only=later
    )
    asked = _asked(session, who, process, part_of, event, (since, until), between)
    if id_ is None:
        whole = cache(lambda: again(session) if later else session)
        trail = trail_of(session, between=asked.between, whole=whole if later else None)
        _print_list(whole(), trail, _usual(asked, session), wanted, header=header)
        return
    topic = topic_now(session.ledger, id_, step)
    only = topic.id if topic and topic.kind != "plan" else None
    trail = trail_of(session, only=only, between=asked.between)
    if topic is None:
        topic = topic_before(trail.facts, session.ledger, id_, step)
    if topic.kind == "plan" or _is_narrowed(asked):
        _print_list(session, trail, _about(asked, topic), wanted, header=header)
    else:
        _print_story(session, trail, topic, wanted, header=header)


def _refuse_together(
    id_: str | None, group: str | None, as_of: str | None, between: str | None
) -> None:
    """Refuse what would leave one of two options without effect."""
    from nextstep.diagnostics.errors import NextstepError

    if id_ is not None and group is not None:
        message = "--process and --part-of choose among all records, and one is named"
        raise NextstepError(message, f"leave them out, or `{id_}`")
    if as_of is not None and between is not None:
        message = "--between says itself where history ends"
        raise NextstepError(message, "leave --as-of out")


def _asked(  # noqa: PLR0917 - one for each option
    session: Session,
    who: str | None,
    process: str | None,
    part_of: str | None,
    event: list[str] | None,
    days: tuple[str | None, str | None],
    between: str | None,
) -> Asked:
    from nextstep.cli.history import person_typed, range_typed
    from nextstep.cli.past_days import days_between
    from nextstep.diagnostics.errors import NextstepError
    from nextstep.reports.filters import checked_scope
    from nextstep.reports.trail import EVENTS, Asked

    for word in event or ():
        if word not in EVENTS:
            message = f"--event: there is no `{word}`"
            raise NextstepError(message, f"use {', '.join(EVENTS)}")
    person, you = person_typed(session, who)
    first, last = days_between(*days, session)
    return Asked(
        who=person,
        you=you,
        scope=checked_scope(session.ledger, role=None, process=process, part_of=part_of),
        events=tuple(event or ()),
        since=first,
        until=last,
        between=range_typed(between),
        chosen=first is not None or last is not None,
    )


def _usual(asked: Asked, session: Session) -> Asked:
    """Return what was asked, for the last 30 days where no time was given."""
    from datetime import timedelta

    from msgspec.structs import replace

    if asked.chosen or asked.between:
        return asked
    return replace(asked, since=session.now.today - timedelta(days=_USUAL_DAYS))


def _is_narrowed(asked: Asked) -> bool:
    return bool(asked.who or asked.events or asked.chosen or asked.between)


def _about(asked: Asked, topic: Topic) -> Asked:
    """Return what was asked, of one record or plan alone."""
    from msgspec.structs import replace

    from nextstep.reports.filters import Scope

    if topic.kind == "plan":
        return replace(asked, scope=Scope(process=asked.scope.process, part_of=topic.id))
    return replace(asked, id=topic.id, step=topic.step)


def _print_list(session: Session, trail: Trail, asked: Asked, wanted: str, *, header: bool) -> None:
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.output import emit
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.render.trail_formats import trail_json, trail_tsv
    from nextstep.render.trail_list_words import trail_page
    from nextstep.reports.standing import standing
    from nextstep.reports.trail import trail_report

    report = trail_report(trail, standing(session.ledger, session.now), asked)
    if wanted == "tsv":
        emit(trail_tsv(report.entries, report.unread, header=header))
    elif wanted == "json":
        emit(trail_json(report))
    else:
        print_page(trail_page(report, reading_of(session)), wanted, as_of=session.as_of)
    end(Listed(unread=bool(report.unread)))


def _print_story(
    session: Session, trail: Trail, topic: Topic, wanted: str, *, header: bool
) -> None:
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.output import emit
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.render.trail_formats import story_json, trail_tsv
    from nextstep.render.trail_story_words import story_page
    from nextstep.reports.standing import standing
    from nextstep.reports.trail_story import trail_story

    reading = reading_of(session)
    story = trail_story(trail, standing(session.ledger, session.now), topic)
    if wanted == "tsv":
        emit(trail_tsv(story.entries, story.unread, header=header))
    elif wanted == "json":
        emit(story_json(story, reading))
    else:
        print_page(story_page(story, reading), wanted, as_of=session.as_of)
    end(Listed(unread=bool(story.unread)))
