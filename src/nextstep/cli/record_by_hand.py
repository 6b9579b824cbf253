"""What was changed by hand since the last commit, or since the last event about it, is recorded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from nextstep.changes.by_hand import by_hand, by_hand_before
from nextstep.changes.draft import Draft
from nextstep.changes.people_named import people_named
from nextstep.changes.recorded_by_hand import Said, Unrecorded, recorded_by_hand
from nextstep.cli.answers import Answers
from nextstep.cli.as_committed import as_committed
from nextstep.cli.asking import Question
from nextstep.cli.only_writer import where_of
from nextstep.cli.output import emit
from nextstep.cli.recording import Manner, actor_of, record, tell
from nextstep.cli.session import Session
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.render.safe_text import safe_text
from nextstep.reports.check import is_below
from nextstep.trail.facts import Fact

WHY = Question(words="Why was it changed?", flag="--why TEXT")

_SHOWN = 3


def record_by_hand(
    session: Session,
    paths: Sequence[str] | None,
    manner: Manner,
    *,
    why: str | None,
    agreed_by: Sequence[str],
) -> None:
    """Write the events of what was changed by hand in these files, None for all, and tell it."""
    committed = as_committed(session, paths)

    def unrecorded(ledger: Ledger) -> tuple[Unrecorded, ...]:
        found = (
            Unrecorded(record=one, changes=by_hand(committed.get(one.id), one, ledger.timezone))
            for one in _records(ledger, paths)
        )
        return tuple(one for one in found if one.changes)

    if unrecorded(session.ledger):
        _record(session, unrecorded, manner, why=why, agreed_by=agreed_by)
        return
    facts = _facts(session, paths)

    def untold(ledger: Ledger) -> tuple[Unrecorded, ...]:
        found = (
            Unrecorded(
                record=one, changes=by_hand_before(facts.get(one.id, ()), one, ledger.timezone)
            )
            for one in _records(ledger, paths)
        )
        return tuple(one for one in found if one.changes)

    found = untold(session.ledger)
    if not found:
        emit("Nothing was changed by hand that has no event.\n")
        return
    _record(session, untold, _acting(session, found, manner), why=why, agreed_by=agreed_by)


def _records(ledger: Ledger, paths: Sequence[str] | None) -> Iterator[Commitment | Run]:
    """Yield the records that can be read, of all files or of these."""
    records: tuple[Commitment | Run, ...] = (*ledger.commitments.values(), *ledger.runs.values())
    for one in records:
        path = one.source.path
        if path not in ledger.faulty and (paths is None or is_below(path, paths)):
            yield one


def _facts(session: Session, paths: Sequence[str] | None) -> Mapping[str, Sequence[Fact]]:
    """Return what history tells, by record; nothing where there is none."""
    if session.repository is None or session.commit is None:
        return {}
    from nextstep.cli.history import trail_of

    names = [one.id for one in _records(session.ledger, paths)]
    told: dict[str, list[Fact]] = {}
    for fact in trail_of(session, only=names[0] if len(names) == 1 else None).facts:
        told.setdefault(fact.id, []).append(fact)
    return told


def _acting(session: Session, found: Sequence[Unrecorded], manner: Manner) -> Manner:
    """Return who is said to have acted, where it is not whoever committed it: that has to be said.

    Raises NextstepError.
    """
    settings = session.ledger.settings
    by = {change.by for one in found for change in one.changes if change.by}
    if manner.by is not None or not settings.people or by == {session.me}:
        return manner
    every = [f"{one.record.id}: {change.words}" for one in found for change in one.changes]
    more = [f"and {len(every) - _SHOWN} more"] if len(every) > _SHOWN else []
    changed = "; ".join([*every[:_SHOWN], *more])
    hint = "name the files of one person, and say with --by who it was"
    if len(by) == 1:
        known = by <= settings.people.keys()
        hint = f"add --by {min(by)}" if known else "say who it was with --by PERSON"
    raise NextstepError(f"this was changed by somebody else: {safe_text(changed)}", hint)


def _record(
    session: Session,
    unrecorded: Callable[[Ledger], tuple[Unrecorded, ...]],
    manner: Manner,
    *,
    why: str | None,
    agreed_by: Sequence[str],
) -> None:
    answers = Answers()
    answers.demand([(WHY, why)])
    reason = answers.text(WHY, why)
    said = Said(why=reason, agreed_by=people_named(agreed_by, session.ledger.settings))
    actor = actor_of(session, manner.by)

    def draft(ledger: Ledger) -> Draft:
        found = unrecorded(ledger)
        made = recorded_by_hand(ledger, found, said, actor, session.now)
        if session.repository is None:
            return made
        committed = any(change.commit for one in found for change in one.changes)
        return _left_to_commit(session, made, committed=committed)

    tell(record(session, manner, actor, draft, typed=[reason]), manner)


def _left_to_commit(session: Session, draft: Draft, *, committed: bool) -> Draft:
    """Say how the events and the edits that they belong to are committed: as one, by who edited."""
    records = (session.ledger.commitments, session.ledger.runs)
    paths = [
        found[edit.id].source.path for edit in draft.edits for found in records if edit.id in found
    ]
    return replace(
        draft,
        told=(
            *draft.told,
            "What was edited is committed; its events are yours to commit."
            if committed
            else "What you edited and its events are yours to commit, as one.",
        ),
        then=where_of(session).committing(paths, _new(session, paths)),
    )


def _new(session: Session, paths: Sequence[str]) -> list[str]:
    """Return those of these files that git does not know."""
    from nextstep.repo.uncommitted import NEW_TO_GIT, uncommitted

    found = uncommitted(session.place, paths, dict(os.environ)) if paths else {}
    return [path for path in paths if found.get(path) == NEW_TO_GIT]
