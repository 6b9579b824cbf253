"""The words of `nextstep move`: what is moved, then the date in as many words as it takes."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.target import Target
from nextstep.cli.asking import Question
from nextstep.cli.session import Session
from nextstep.cli.targets import target_of, targets_of
from nextstep.cli.typed_dates import due_typed
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.commitment import Run

TO = Question(words="To when?", flag="--to DATE", example="fri, 3bd, 2026-11-27")
WHY = Question(words="Why?", flag="--why TEXT")


class Meant(Struct, frozen=True, kw_only=True):
    """What is moved, and the date where one was typed."""

    targets: tuple[Target, ...]
    date: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """What is typed for the targets, without the date."""
        steps = [one.step for one in self.targets if one.step is not None]
        return (
            (self.targets[0].handle, *steps) if steps else tuple(one.handle for one in self.targets)
        )


def meant(session: Session, words: list[str], to: str | None) -> Meant:
    """Return what the words mean: ids, or a run with steps of it, and then the date.

    Raises NextstepError, with what to type, for what is none of these.
    """
    first = target_of(session, words[0])
    run = first.record(session.ledger)
    rest = words[1:]
    date, named = (to, rest) if to is not None else _dated(session, first, rest)
    if isinstance(run, Run):
        targets = tuple(target_of(session, first.id, step) for step in named)
        if not targets:
            state = ", ".join(step.id for step in run.steps)
            raise NextstepError(
                f"{first.handle} is a run, and its steps have the dates",
                f"nextstep move {first.handle} STEP DATE\nwhere STEP is one of {state}",
            )
        return Meant(targets=tuple(dict.fromkeys(targets)), date=date)
    return Meant(targets=targets_of(session, [first.id, *named]), date=date)


def _dated(session: Session, first: Target, words: list[str]) -> tuple[str | None, list[str]]:
    """Return the date at the end of the words, and the words before it."""
    for place in range(len(words)):
        text = " ".join(words[place:])
        try:
            due_typed(text, session)
        except NextstepError as problem:
            refused = problem
        else:
            return text, words[:place]
    if words and not _is_named(session, first, words[-1]):
        raise refused
    return None, words


def _is_named(session: Session, first: Target, word: str) -> bool:
    """Return whether a word is no date, but the name of something that could be moved."""
    try:
        if isinstance(first.record(session.ledger), Run):
            target_of(session, first.id, word)
        else:
            target_of(session, word)
    except NextstepError:
        return False
    return True
