"""A commitment is looked back on: what came of it, and what is next, because of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.add import NextStep, add, captured
from nextstep.changes.coaching import noted_answers
from nextstep.changes.concerns import concerns
from nextstep.changes.draft import Draft, Edit, Entry, NewFile, Value, due_text
from nextstep.changes.log_lines import Actor
from nextstep.changes.new_record import ending_of
from nextstep.changes.note import note
from nextstep.changes.openness import commitment_now, see_agreed, see_not_closed, see_theirs
from nextstep.changes.rhythm import comes_next
from nextstep.changes.target import Target
from nextstep.changes.wording import quoted
from nextstep.dates.now import Now
from nextstep.dates.words import counted
from nextstep.files.ledger import Ledger
from nextstep.model.time import DueWord
from nextstep.runs.states import CommitmentState
from nextstep.runs.timing import is_after, working_days_late

RESULTS = {"kept": "kept", "partly": "partly kept", "missed": "missed"}


class Close(Struct, frozen=True, kw_only=True):
    """How it went. ``result`` is kept, partly or missed.

    What is next is a ``step`` that is not there yet, ``next_ids`` of what is, or
    ``nothing_further`` with the reason; ``answers`` pair the questions of a ledger with what was
    said. ``or_note``: where it is closed already the words are kept as a note.
    """

    result: str
    outcome: str | None = None
    learned: str | None = None
    change: str | None = None
    step: NextStep | None = None
    next_ids: tuple[str, ...] = ()
    nothing_further: str | None = None
    answers: tuple[tuple[str, str], ...] = ()
    or_note: bool = False

    @property
    def words(self) -> str:
        """All that somebody typed about how it went and what is next, on one line."""
        return " / ".join(filter(None, self._typed()))

    def _typed(self) -> Iterator[str | None]:
        """Yield each of the words, in the order of the flags."""
        yield self.outcome
        yield _as_typed(self.step) if self.step else None
        yield from self.next_ids
        yield from (self.nothing_further, self.learned, self.change)
        yield from (said for _, said in self.answers)


def close(ledger: Ledger, target: Target, answers: Close, actor: Actor, now: Now) -> Draft:
    """Return what closes a commitment and, where there is one, opens what is next."""
    state = commitment_now(ledger, target.id, now)
    if state.closed is not None and answers.or_note:
        return note(ledger, [target], answers.words)
    see_agreed(state, target)
    see_not_closed(state.closed, target, ledger, now, words=answers.words)
    see_theirs("done", state, target, actor)
    commitment = ledger.commitments[target.id]
    steps = [replace(answers.step, follows=target.id)] if answers.step else []
    again = comes_next(ledger, commitment, now)
    steps += [again] if isinstance(again, NextStep) else []
    there = [again] if isinstance(again, str) else []
    ids = tuple(dict.fromkeys((*answers.next_ids, *there)))
    new = add(ledger, steps, actor, now).new if steps else ()
    told = [f"Closed as {RESULTS[answers.result]}{_how_late(ledger, state, answers.result, now)}."]
    told += lines_on_next(ledger, ids, steps, new, now)
    if commitment.repeat and again is None:
        told.append(f"It came {commitment.repeat}, and comes no more.")
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {target.handle}",
        edits=(closing(target, answers, (*ids, *(one.id for one in new))),),
        new=new,
    )


def closing(
    target: Target, answers: Close, ids: Sequence[str], more: Mapping[str, Value | None] = {}
) -> Edit:
    """Return what is logged of a look back: how it went, with the ids of what is next."""
    closed = Entry(
        event="closed",
        values={
            "result": answers.result,
            "outcome": answers.outcome,
            "learned": answers.learned,
            "change": answers.change,
            **more,
            "next": tuple(ids),
            "nothing_further": answers.nothing_further,
        },
    )
    return Edit(id=target.id, entries=(closed, *noted_answers(answers.answers)))


def lines_on_next(
    ledger: Ledger,
    ids: Sequence[str],
    steps: Sequence[NextStep],
    new: Sequence[NewFile],
    now: Now,
) -> list[str]:
    """Return a line about each thing that comes next: what is there, and what is ``new``."""
    there = (ledger.commitments.get(id_) or ledger.runs[id_] for id_ in ids)
    lines = [f"Next is {record.id}: {quoted(record)}." for record in there]
    for step, file in zip(steps, new, strict=True):
        first, *rest = captured(ledger, step, file.id, now)
        lines += [f"Next is {first}", *rest]
        if step.due is None:
            lines.append(f"nextstep move {ending_of(file.id)} DATE gives it a date.")
        lines += concerns(ledger.settings, step.due, step.who, now.today)
    return lines


def _how_late(ledger: Ledger, state: CommitmentState, result: str, now: Now) -> str:
    """Return whether it came in time, for what was kept or partly kept and had a date."""
    due = state.due
    if due is None or isinstance(due, DueWord) or result == "missed":
        return ""
    if state.done is not None:
        late = state.on_time is False
        return ", late" if late else ", on time"
    if not is_after(now.instant, due, ledger.calendar):
        return ", on time"
    days = working_days_late(due, now.today, ledger.calendar)
    return f", {counted(days, 'working day')} late" if days else ", late"


def _as_typed(step: NextStep) -> str:
    """Return a next step on one line, as it may be typed again."""
    outcome = f"so that {step.outcome}" if step.outcome else None
    who = f"@{step.who}" if step.who else None
    due = due_text(step.due) if step.due else None
    return " ".join(filter(None, (step.what, outcome, who, due)))
