"""For whom a digest is, which days it looks back on, and its text in one format."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from nextstep.cli.asked_people import asked_person
from nextstep.cli.listings import screen
from nextstep.cli.pages import reading_of
from nextstep.cli.past_days import past_day
from nextstep.cli.session import Session
from nextstep.dates.periods import Period, typed_week, week_before
from nextstep.dates.problem import DateProblem
from nextstep.dates.zones import zone_of
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.commitment import Commitment, Run
from nextstep.model.source import id_of
from nextstep.render.page import Page, Reading
from nextstep.render.row_words import Speech
from nextstep.reports.digest import Anchor, Digest
from nextstep.reports.digest_by_hand import NOT_DIFFERENT, Differing
from nextstep.reports.digest_subject import EVERYBODY, Subject, person, team
from nextstep.reports.filters import checked_scope, names_nobody


class Whom(Struct, frozen=True, kw_only=True):
    """The options that say for whom; at most one is given."""

    person: str | None = None
    role: str | None = None
    process: str | None = None
    team: str | None = None


class Post(Struct, frozen=True, kw_only=True):
    """From whom a mail goes, and to whom; None for the address that the ledger knows."""

    sender: str
    receiver: str | None = None


def subject_of(session: Session, whom: Whom) -> Subject:
    """Return for whom a digest is: named, else who asks, else everybody."""
    given = [name for name in whom.__struct_fields__ if getattr(whom, name) is not None]
    if len(given) > 1:
        names = ["--for" if name == "person" else f"--{name}" for name in given]
        raise NextstepError(f"{' and '.join(names)} cannot be together", "choose one of them")
    ledger = session.ledger
    if whom.team is not None:
        return team(ledger, whom.team)
    if whom.role is not None:
        checked_scope(ledger, role=whom.role, process=None, part_of=None)
        return Subject(kind="role", name=whom.role)
    if whom.process is not None:
        checked_scope(ledger, role=None, process=whom.process, part_of=None)
        return Subject(kind="process", name=whom.process)
    if whom.person == "all" or (whom.person is None and session.me is None):
        return EVERYBODY
    return person(asked_person(session, whom.person or session.me or "", "--for"))


def everyone(session: Session) -> tuple[Subject, ...]:
    """Return every person of the ledger who is still there, by name; nobody from outside."""
    people = session.ledger.settings.people.values()
    today = session.now.today
    there = sorted(one.id for one in people if not one.org and not one.has_left(today))
    if not there:
        raise NextstepError(
            "--each: nextstep.yaml names nobody who is not from outside",
            "leave --each out, or write `people` there",
        )
    return tuple(map(person, there))


def period_of(
    session: Session, *, week: str | None, since: str | None, until: str | None
) -> Period:
    """Return the days to look back on: the ISO week before this one, unless others were typed."""
    today = session.now.today
    if since is None and until is None:
        try:
            return week_before(today) if week is None else typed_week(week, today)
        except DateProblem as problem:
            raise NextstepError(f"--week: {problem.message}", problem.hint) from None
    if week is not None:
        raise NextstepError("--week is a period already", "leave --since and --until out")
    if since is None:
        raise NextstepError("--until alone has no beginning", "add --since")
    first = past_day(since, "--since", session)
    last = today if until is None else past_day(until, "--until", session)
    if last < first:
        raise NextstepError(f"--until {last} lies before --since {first}", "exchange the two")
    return Period(first, last)


def anchor_of(session: Session) -> Anchor | None:
    """Return what history is now; None outside of git, or before the first commit."""
    repository = session.repository
    if session.commit is None or repository is None:
        return None
    from nextstep.repo.counting import history_length

    place, commit, shallow = session.place, session.commit, repository.shallow
    return Anchor(commit, history_length(place, commit, dict(os.environ), shallow=shallow))


_LAST_DAY = date.max - timedelta(days=1)


def changed_in(session: Session, period: Period) -> Differing | None:
    """Return the records that came, went or changed in a period, before it and at its end.

    Only what was committed. None where this clone does not reach back so far.
    """
    repository = session.repository
    if session.commit is None or repository is None:
        return NOT_DIFFERENT
    from nextstep.files.load import load
    from nextstep.repo.between import changed_between, ends_of

    zone = zone_of(session.now.timezone)
    last = min(period.last, session.now.today, _LAST_DAY)
    days = (period.first, last + timedelta(days=1))
    first, end = (datetime.combine(day, time(), zone).timestamp() for day in days)
    environ = dict(os.environ)
    ends = ends_of(session.place, session.commit, (first, end), environ)
    if ends.before is None or ends.after is None:
        return None if repository.shallow else NOT_DIFFERENT
    if ends.before == ends.after:
        return NOT_DIFFERENT
    files = changed_between(session.place, (ends.before, ends.after), "commitments", environ)
    if files is None:
        return None
    loaded = ((load(was).record, load(now).record) for was, now in files.changed)
    gone = (load(one).record for one in files.gone)
    return Differing(
        changed=tuple(
            (was, now)
            for was, now in loaded
            if isinstance(was, (Commitment, Run)) and type(was) is type(now)
        ),
        gone=tuple(one for one in gone if isinstance(one, (Commitment, Run))),
        came=tuple(id_of(path) for path in files.came),
    )


def reading_for(session: Session, subject: Subject) -> Reading:
    """Return how the digest is read: one person is addressed, others are named."""
    is_one = subject.person is not None or names_nobody(session.ledger)
    return Reading(
        speech=Speech(
            today=session.now.today,
            calendar=session.ledger.calendar,
            reader=subject.person,
            you=is_one,
        ),
        origin=reading_of(session).origin,
        unread=reading_of(session).unread,
    )


def shown_as(page: Page, form: str) -> str:
    """Return a page as text, Markdown or HTML."""
    if form == "markdown":
        from nextstep.render.page_markdown import page_markdown

        return page_markdown(page)
    if form == "html":
        from nextstep.render.page_html import page_html

        return page_html(page)
    from nextstep.render.page_text import page_text

    return page_text(page, screen())


def mail_of(session: Session, digest: Digest, page: Page, post: Post) -> str:
    """Return a digest as a mail: from who runs the command, to the person it is for."""
    from nextstep.render.digest_mail import Letter, letter_text
    from nextstep.render.page_html import page_html
    from nextstep.render.page_text import page_text
    from nextstep.render.terminal import Screen

    sent = datetime.combine(session.now.today, time(), zone_of(session.now.timezone))
    return letter_text(
        Letter(
            sender=post.sender,
            receiver=_receiver(session, digest.subject, post),
            subject=f"{page.head[0]} ({session.ledger.root})",
            sent=sent.astimezone(UTC),
            text=page_text(page, Screen(width=_MAIL_WIDTH, colored=False, unicode=True)),
            html=page_html(page),
        )
    )


_MAIL_WIDTH = 72


def sender_of(session: Session, typed: str | None) -> str:
    """Return from whom a mail goes: the address typed, else that of who runs the command."""
    from nextstep.render.digest_mail import address
    from nextstep.repo.identity import who

    email = typed or who(session.place, dict(os.environ)).email
    if email is None:
        raise NextstepError("a mail needs a sender", "add --from you@example.com")
    return address(email, "--from")


def _receiver(session: Session, subject: Subject, post: Post) -> str:
    if post.receiver is not None:
        return post.receiver
    known = session.ledger.settings.people.get(subject.person or "")
    if known is None or not known.emails:
        whom = subject.name or "everybody"
        raise NextstepError(
            f"no address is known for {whom}",
            "write `emails` for them in nextstep.yaml, or for this one mail add --to",
        )
    from nextstep.render.digest_mail import address

    return address(known.emails[0], f"`emails` of {subject.person}")
