"""What would keep a record from being written is said before the first question, and not after."""

from __future__ import annotations

from collections.abc import Callable

from nextstep.changes.applying import applied
from nextstep.changes.draft import Draft
from nextstep.changes.in_the_way import see_committable
from nextstep.changes.log_lines import Actor
from nextstep.cli.asking import can_ask
from nextstep.cli.only_writer import where_of
from nextstep.cli.recording import Manner
from nextstep.cli.session import Session, contents_now
from nextstep.files.ledger import Ledger


def see_possible(session: Session, actor: Actor, draft_of: Callable[[Ledger], Draft]) -> None:
    """Raise NextstepError for what is refused whatever somebody answers.

    ``draft_of`` drafts it with words that stand for the answers.
    """
    draft = draft_of(session.ledger)
    applied(session.ledger, draft, actor, session.now, content=contents_now(session))


def see_beforehand(session: Session, manner: Manner, *ids: str) -> None:
    """Raise NextstepError where git would refuse what somebody is about to be asked.

    ``ids`` are the records that it is about. Where nobody is asked, nothing is looked at here: the
    record is refused when it is written.
    """
    ledger = session.ledger
    asks = can_ask() and not (manner.no_commit or manner.dry_run)
    if session.repository is None or not asks:
        return
    records = (ledger.runs, ledger.commitments, ledger.processes)
    paths = [found[id_].source.path for id_ in ids for found in records if id_ in found]
    see_committable(where_of(session), session.repository, paths, with_edits=manner.with_edits)
