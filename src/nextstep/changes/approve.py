"""A vote at a gate, for the content of a file as it is now."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.foreseen import foreseen, next_words
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import run_now, see_not_closed
from nextstep.changes.target import Target
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DONE
from nextstep.files.ledger import Ledger
from nextstep.runs.leading import leads
from nextstep.runs.states import StepState

_SHOWN_OF_A_HASH = 7


class Approval(Struct, frozen=True, kw_only=True):
    """A yes at a gate: of ``path`` with this ``content`` where a file is looked at."""

    target: Target
    path: str | None = None
    content: str | None = None


def approve(ledger: Ledger, answers: Approval, actor: Actor, now: Now) -> Draft:
    """Return what records a vote. Raises NextstepError where who acts has none."""
    target = answers.target
    run = ledger.runs[target.id]
    before = run_now(ledger, run.id, now)
    see_not_closed(before.closed, target, ledger, now)
    gate = before.steps[target.step or ""]
    content = _as_before(gate, answers.content)
    _see_vote(ledger, gate, content, target, actor)
    entry = Entry(event="approved", step=target.step, values={"content": content})
    after = foreseen(ledger, run, [entry], actor, now)
    looked = f": {answers.path}" if answers.path else ""
    looked += f" ({content[:_SHOWN_OF_A_HASH]})" if content else ""
    told = [f"{actor.by} approved {target.quoted(ledger)}{looked}."]
    told.append(_votes(after.steps[gate.id]))
    return Draft(
        told=(*told, *next_words(before, after, ledger, now)),
        then=f"nextstep undo {target.handle}",
        edits=(Edit(id=run.id, entries=(entry,)),),
    )


def _as_before(gate: StepState, content: str | None) -> str | None:
    """Return the content as an earlier vote for the same one has it: votes may be shortened."""
    known = (vote.content for vote in gate.votes if vote.content and content)
    return next((one for one in known if (content or "").startswith(one)), content)


def _see_vote(
    ledger: Ledger, gate: StepState, content: str | None, target: Target, actor: Actor
) -> None:
    if not gate.step.is_gate:
        raise NextstepError(
            f"{gate.id} is not decided by votes", f"nextstep done {target.words} says it is done"
        )
    voters = gate.who_told
    mine = (
        actor.by in voters if voters else leads(ledger.runs[target.id], ledger.settings, actor.by)
    )
    if not mine:
        names = " and ".join(voters) or "its owner"
        raise NextstepError(
            f"{names} decide at {gate.id}, and {actor.by} does not"
            if len(voters) > 1
            else f"{names} decides at {gate.id}, and {actor.by} does not",
            f"--by {voters[0]} writes down what {voters[0]} said" if voters else "name the owner",
        )
    if any(
        vote.by == actor.by and vote.content == content and not vote.against for vote in gate.votes
    ):
        raise NextstepError(
            f"{actor.by} approved it already, as it is now",
            f"nextstep show {target.words}",
            exit_code=DONE,
        )


def _votes(gate: StepState) -> str:
    if gate.is_finished:
        return "That is enough: it is approved."
    yes = sum(1 for vote in gate.votes if not vote.against)
    missing = f"; still to come: {', '.join(gate.voters)}" if gate.voters else ""
    return f"{yes} of {gate.votes_needed} votes{missing}."
