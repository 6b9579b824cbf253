"""The partner asks how it went: once for each due date, never about what is not agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now, said_on, see_agreed, see_not_closed
from nextstep.changes.target import Target
from nextstep.changes.wording import due_words, echoed
from nextstep.dates.now import Now
from nextstep.dates.words import listed
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.time import Due, DueWord
from nextstep.runs.states import CommitmentStage, CommitmentState, StepStage, StepState

_DONE = (CommitmentStage.DONE, StepStage.DONE)
_Standing: TypeAlias = CommitmentState | StepState


class Asking(Struct, frozen=True, kw_only=True):
    """What is asked about, and ``partner``, who usually asks: None where nobody is known."""

    target: Target
    partner: str | None = None


def ask(ledger: Ledger, askings: Sequence[Asking], actor: Actor, now: Now) -> Draft:
    """Return what says that the partner asked. Raises NextstepError where nobody is to be asked."""
    told: list[str] = []
    for asking in askings:
        who, state = _asked(ledger, asking.target, actor, now)
        told.append(f"Asked {who} about {asking.target.quoted(ledger)}.")
        told += _after_it(asking, who, state, actor)
    handles = [asking.target.handle for asking in askings]
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {handles[0]}" if len(handles) == 1 else "nextstep due",
        subject=f"Ask how {len(handles)} next steps went" if len(handles) > 1 else None,
        edits=tuple(
            Edit(
                id=asking.target.id,
                entries=tuple(
                    Entry(event="asked", step=one.target.step)
                    for one in askings
                    if one.target.id == asking.target.id
                ),
            )
            for asking in {one.target.id: one for one in askings}.values()
        ),
    )


def who_is_asked(ledger: Ledger, target: Target, actor: Actor, now: Now) -> str:
    """Return who has it. Raises NextstepError where it is not the time to ask, or nobody has it."""
    return _asked(ledger, target, actor, now)[0]


def _asked(ledger: Ledger, target: Target, actor: Actor, now: Now) -> tuple[str, _Standing]:
    state: _Standing
    if isinstance(target.record(ledger), Run):
        state = _step_to_ask(ledger, target, now)
        who = state.who_is_asked
    else:
        state = _commitment_to_ask(ledger, target, now)
        who = state.who
    if who is None:
        raise NextstepError(f"nobody has {target.words}", f"nextstep show {target.handle}")
    if who == actor.by:
        if actor.types:
            raise NextstepError(f"{target.words} is yours", _answer(target, state))
        raise NextstepError(
            f"{actor.by} has {target.words} themselves", _answer(target, state, actor.by)
        )
    due = state.due
    if state.asked and state.asked_at is not None:
        asked = f"{who} was asked about {target.words} on {said_on(state.asked_at, ledger, now)}"
        _see_not_done(ledger, target, state, asked, now)
        date = None if due is None else due_words(due, ledger.timezone)
        raise _asked_before(target, who, asked, date)
    if state.stage not in _DONE and not has_come(due, ledger, now) and due is not None:
        raise NextstepError(
            f"{target.words} is due {echoed(due, now, ledger.calendar)}: nobody is asked before",
            f"keep what you know: nextstep note {target.handle} TEXT",
            exit_code=DECLINED,
        )
    return who, state


def has_come(due: Due | None, ledger: Ledger, now: Now) -> bool:
    """Return whether the day of a due is here, or it has none that one could wait for."""
    if due is None or isinstance(due, DueWord):
        return True
    return local_day(due, ledger.timezone) <= now.today


def _commitment_to_ask(ledger: Ledger, target: Target, now: Now) -> CommitmentState:
    if target.step is not None:
        raise NextstepError(f"{target.handle} is a commitment without steps", "leave the step out")
    state = commitment_now(ledger, target.id, now)
    see_not_closed(state.closed, target, ledger, now)
    see_agreed(state, target)
    return state


def _step_to_ask(ledger: Ledger, target: Target, now: Now) -> StepState:
    run = run_now(ledger, target.id, now)
    see_not_closed(run.closed, target, ledger, now)
    turns = [id_ for id_, state in run.steps.items() if state.is_next and state.step.mark is None]
    if target.step is None:
        raise NextstepError(
            f"{target.handle} is a run: it is a step of it that somebody is asked about",
            f"nextstep ask {target.handle} {turns[0]}"
            if turns
            else f"nextstep show {target.handle}",
        )
    state = run.steps[target.step]
    if target.step not in turns:
        stands = "is finished" if state.is_finished else "cannot be begun yet"
        raise NextstepError(f"{target.words} {stands}", f"nextstep show {target.handle}")
    return state


def _see_not_done(ledger: Ledger, target: Target, state: _Standing, asked: str, now: Now) -> None:
    """Raise NextstepError where the work that was ``asked`` about is there, with what comes next."""
    if isinstance(state, StepState) and state.offer is not None:
        to = listed(state.offer.receivers, "or") or "whoever comes next"
        stands = f"offered to {to} since {said_on(state.offer.at, ledger, now)}"
        answer = _answer(target, state)
    elif state.stage not in _DONE or state.done is None:
        return
    elif isinstance(state, StepState):
        stands = f"done since {said_on(state.done.at, ledger, now)}, and not handed over yet"
        answer = _answer(target, state, state.owner)
    else:
        stands = f"done since {said_on(state.done.at, ledger, now)}; how it went is not said yet"
        answer = _answer(target, state)
    raise NextstepError(f"{asked}, and it is {stands}", answer, exit_code=DECLINED)


def _asked_before(target: Target, who: str, asked: str, due: str | None) -> NextstepError:
    give_up = "drop" if target.step is None else "skip"
    date = "it still has no date" if due is None else f"it is still due {due}"
    return NextstepError(
        f"{asked}, and {date}: one question for one date",
        f"agree another date: nextstep move {target.words} DATE --why TEXT --agreed-by {who}; "
        f"or give it up: nextstep {give_up} {target.words} --why TEXT",
        exit_code=DECLINED,
    )


def _after_it(asking: Asking, who: str, state: _Standing, actor: Actor) -> Iterator[str]:
    if asking.partner not in (None, who, actor.by):
        yield f"{asking.partner} follows it up, and need not ask again for this date."
    yield f"When they answer: {_answer(asking.target, state, who)}"


def _answer(target: Target, state: _Standing, by: str | None = None) -> str:
    """Return the command that writes down an answer; ``by`` None is whoever types it."""
    verb = "done"
    if isinstance(state, StepState):
        if state.put_to_owner:
            return f"nextstep show {target.words}"
        if state.offer is not None:
            verb, by = "accept", next(iter(state.offer.receivers), by)
        elif state.stage is StepStage.DONE:
            verb = "offer"
        elif state.step.is_gate:
            verb = "approve"
    return f"nextstep {verb} {target.words}{f' --by {by}' if by else ''}"
