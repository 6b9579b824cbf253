"""Whether something can be acted on, said in words for somebody at a command line."""

from __future__ import annotations

import shlex
from datetime import datetime

from nextstep.changes.log_lines import Actor
from nextstep.changes.target import Target
from nextstep.dates.now import Now
from nextstep.dates.words import day_words
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.runs.facts import Closed
from nextstep.runs.states import CommitmentStage, CommitmentState, RunState
from nextstep.runs.under_settings import commitment_under, run_under


def commitment_now(ledger: Ledger, id_: str, now: Now) -> CommitmentState:
    """Return where a commitment of a ledger stands."""
    return commitment_under(ledger.settings, ledger.commitments[id_], now)


def run_now(ledger: Ledger, id_: str, now: Now) -> RunState:
    """Return where a run of a ledger stands."""
    return run_under(ledger.settings, ledger.runs[id_], now)


def see_agreed(state: CommitmentState, target: Target) -> None:
    """Raise NextstepError where a commitment is only proposed."""
    if state.stage is CommitmentStage.PROPOSED:
        raise NextstepError(
            f"{target.handle} is proposed, and {state.who or 'nobody'} has not agreed to it yet",
            f"nextstep agree {target.handle}",
        )


def see_not_closed(
    closed: Closed | None, target: Target, ledger: Ledger, now: Now, *, words: str = ""
) -> None:
    """Raise NextstepError where it is closed: by whom, when and with what outcome.

    ``words`` are those of who comes second; the hint says how they are kept.
    """
    if closed is None:
        return
    came = closed.outcome or closed.why
    raise NextstepError(
        f"{target.handle} is closed already, by {closed.by} on "
        f"{said_on(closed.at, ledger, now)} as {closed.result}{f': {came}' if came else ''}",
        f"nextstep note {target.handle} {shlex.quote(words)}"
        if words
        else f"nextstep reopen {target.handle} --why TEXT",
    )


def see_theirs(
    verb: str, state: CommitmentState, target: Target, actor: Actor, *, closing: bool = True
) -> None:
    """Raise NextstepError where somebody else has it, or with ``closing`` may come to have it."""
    if state.offer is not None and closing:
        raise NextstepError(
            f"{target.handle} is offered to {', '.join(state.offer.to)}, who has not answered yet",
            f"take it back first: nextstep return {target.handle}",
        )
    if state.stage is CommitmentStage.OPEN and not may_end(state, actor.by):
        raise NextstepError(
            f"{state.who} has {target.handle}, and it is {actor.by} who says that it is {verb}",
            f"--by {state.who} writes down what {state.who} said; "
            f"nextstep ask {target.handle} asks",
        )


def said_on(at: datetime, ledger: Ledger, now: Now) -> str:
    """Return the day of an instant in words, in the zone of the ledger."""
    return day_words(local_day(at, ledger.timezone), now.today)


def may_end(state: CommitmentState, person: str) -> bool:
    """Return whether it is for somebody to say that a commitment is done or dropped."""
    return state.who is None or state.who_told is None or person in (state.who, state.who_told)
