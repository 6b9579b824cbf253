"""What `nextstep audit` asks of git, beside the trail."""

from __future__ import annotations

import os

from msgspec import Struct
from msgspec.structs import replace

from nextstep.cli.history import trail_of
from nextstep.cli.past_days import days_between
from nextstep.cli.session import Session, find_place, open_session
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.load import load
from nextstep.model.commitment import Commitment, Run
from nextstep.model.source import Source
from nextstep.repo.ancestry import (
    anchor_of,
    blobs_at,
    blobs_ever_at,
    contents_at,
    steps_backwards,
)
from nextstep.repo.history_view import View, view_of
from nextstep.reports.audit import AuditReport, AuditScope, Evidence, audit_report
from nextstep.reports.audit_ends import Held, approvals, deleted
from nextstep.reports.audit_times import APART
from nextstep.reports.trail_topic import topic_before, topic_now
from nextstep.trail.facts import Trail


class Wanted(Struct, frozen=True, kw_only=True):
    """What was typed."""

    id: str | None
    since: str | None
    until: str | None
    anchors: tuple[str, ...]


def audit(wanted: Wanted, *, today: str | None, as_of: str | None) -> tuple[Session, AuditReport]:
    """Return the ledger as committed, and what does not agree in its history.

    Raises NextstepError where there is no history, or something typed means nothing.
    """
    place, environ = find_place(), dict(os.environ)
    seen = view_of(place, "HEAD", environ)
    session = open_session(today=today, as_of="HEAD" if as_of is None else as_of)
    since, until = days_between(wanted.since, wanted.until, session)
    view = replace(seen, tip=session.commit or seen.tip)
    anchors = tuple(anchor_of(view, typed) for typed in wanted.anchors)
    trail, id_ = _trail(session, wanted.id)
    evidence = Evidence(
        anchors=anchors,
        backwards=steps_backwards(view, int(APART.total_seconds())),
        held=_held(session, trail, view),
    )
    scope = AuditScope(id=id_, since=since, until=until)
    return session, audit_report(session.ledger, trail, evidence, session.now, scope)


def _trail(session: Session, typed: str | None) -> tuple[Trail, str | None]:
    """Return the trail of a record, or of all, and its whole name: also of one that is gone."""
    topic = topic_now(session.ledger, typed, None) if typed is not None else None
    if topic is not None and topic.kind == "plan":
        message = f"`{typed}` is a plan, and a plan has no log"
        raise NextstepError(
            message, f"`nextstep show {typed}` lists what is in it: name one of them"
        )
    trail = trail_of(session, only=topic.id if topic else None)
    if typed is not None and topic is None:
        topic = topic_before(trail.facts, session.ledger, typed, None)
    return trail, topic.id if topic else None


def _held(session: Session, trail: Trail, view: View) -> Held:
    """Return what the repository holds of what was deleted, and of what was approved.

    Of a partial clone that is not asked: git would look for it on the remote.
    """
    if view.held is not None:
        return Held()
    prefix = session.place.prefix
    gone = [where for _, where in deleted(trail.facts)]
    contents = contents_at(view, [(commit, prefix + path) for commit, path in gone])
    yes = list(approvals(trail.facts, session.ledger.runs))
    asked = [(one.fact.witness.commit, one.path) for one in yes]
    there = dict(zip(asked, blobs_at(view, [(c, prefix + path) for c, path in asked]), strict=True))
    elsewhere = {one.path for one, at in zip(yes, asked, strict=True) if not one.is_of(there[at])}
    return Held(
        last={
            (commit, path): _record(path, contents.get((commit, prefix + path)))
            for commit, path in gone
        },
        there=there,
        ever={path: blobs_ever_at(view, prefix + path) for path in elsewhere},
    )


def _record(path: str, content: bytes | None) -> Commitment | Run | None:
    record = load(Source(path, content)).record if content is not None else None
    return record if isinstance(record, (Commitment, Run)) else None
