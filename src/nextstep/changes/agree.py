"""What was proposed is agreed, by who is to have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nextstep.changes.commit_words import shortened, title_of
from nextstep.changes.concerns import concerns
from nextstep.changes.draft import Draft, Edit, Entry, Value
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, said_on, see_not_closed
from nextstep.changes.target import Target
from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.source import Keys
from nextstep.runs.states import CommitmentStage, CommitmentState

_LONGEST_SUBJECT = 72


def agree(
    ledger: Ledger, targets: Sequence[Target], how: str | None, actor: Actor, now: Now
) -> Draft:
    """Return what makes commitments agreed. What nobody had becomes that of who agrees."""
    told: list[str] = []
    edits = []
    for target in targets:
        state = _to_be_agreed(ledger, target, actor, now)
        edits.append(_edit(target, how, actor, taken=_is_taken(ledger, state)))
        told += _told(ledger, target, state, actor, now)
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {targets[0].handle}" if len(targets) == 1 else "nextstep due",
        subject=_subject(ledger, targets, edits),
        edits=tuple(edits),
    )


def _subject(ledger: Ledger, targets: Sequence[Target], edits: Sequence[Edit]) -> str | None:
    """Return the first line of the commit, where the first event does not give it."""
    if len(targets) > 1:
        return f"Agree {len(targets)} next steps"
    if len(edits[0].entries) > 1:
        return shortened(f"Agree: {title_of(targets[0].record(ledger))}", _LONGEST_SUBJECT)
    return None


def _to_be_agreed(ledger: Ledger, target: Target, actor: Actor, now: Now) -> CommitmentState:
    """Return where it stands. Raises NextstepError where it is agreed, closed or somebody else's."""
    handle = target.handle
    if isinstance(target.record(ledger), Run):
        raise NextstepError(
            f"{handle} is a run, and its steps are given to people when it starts",
            f"nextstep show {handle}",
        )
    state = commitment_now(ledger, target.id, now)
    see_not_closed(state.closed, target, ledger, now)
    if state.stage is CommitmentStage.DONE:
        raise NextstepError(f"{handle} is done already", f"nextstep done {handle}")
    if not _is_taken(ledger, state) and state.agreed is not None:
        raise NextstepError(
            f"{handle} is agreed already, by {state.agreed.by} on "
            f"{said_on(state.agreed.at, ledger, now)}",
            f"another date: nextstep move {handle} DATE --why TEXT",
        )
    if state.who not in (None, actor.by):
        raise NextstepError(
            f"it is {state.who} who would have {handle}, and not {actor.by}",
            f"once they agreed: nextstep agree {handle} --by {state.who}",
        )
    return state


def _is_taken(ledger: Ledger, state: CommitmentState) -> bool:
    """Return whether nobody had it: who agrees takes it. Where nobody is named it is one's own."""
    is_proposed = state.stage is CommitmentStage.PROPOSED
    return state.who is None and (is_proposed or bool(ledger.settings.people))


def _edit(target: Target, how: str | None, actor: Actor, *, taken: bool) -> Edit:
    agreed = Entry(event="agreed", values={"how": how})
    if not taken:
        return Edit(id=target.id, entries=(agreed,))
    changed = Entry(event="changed", values={"field": "who", "to": actor.by})
    fields: dict[Keys, Value | None] = {("who",): actor.by}
    return Edit(id=target.id, entries=(changed, agreed), fields=fields)


def _told(
    ledger: Ledger, target: Target, state: CommitmentState, actor: Actor, now: Now
) -> Iterator[str]:
    others = [one for one in state.with_ if one != actor.by]
    with_ = f" with {', '.join(others)}" if others else ""
    due = f"due {echoed(state.due, now, ledger.calendar)}" if state.due else "no date agreed"
    yield f"Agreed{with_}: {target.quoted(ledger)}."
    yield f"{actor.by} has it, {due}."
    if state.due is None:
        yield f"Agree a date: nextstep move {target.handle} DATE --why TEXT"
    yield from concerns(ledger.settings, state.due, actor.by, now.today)
