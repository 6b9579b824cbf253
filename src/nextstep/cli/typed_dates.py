"""Dates from the command line and from prompts: read by the closed grammar, or refused in words."""

from __future__ import annotations

from collections.abc import Iterable

from nextstep.changes.target import Target
from nextstep.cli.asking import Reader, Unfit
from nextstep.cli.session import Session
from nextstep.dates.problem import DateProblem
from nextstep.dates.typed import parse_typed
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.time import Due


def due_typed(text: str, session: Session) -> Due:
    """Return the due that somebody typed. Raises NextstepError, with what to write instead."""
    try:
        return parse_typed(text, session.now, session.ledger.calendar)
    except DateProblem as problem:
        raise NextstepError(problem.message, problem.hint) from None


def readable_date(session: Session, moved: Iterable[Target] = ()) -> Reader:
    """Return the reader of a date; it comes back as it was typed.

    What is ``moved`` needs another one than it has.
    """

    def read(text: str) -> str:
        from nextstep.changes.move import see_other_date

        try:
            due = due_typed(text, session)
            for target in moved:
                see_other_date(session.ledger, target, due, session.now)
        except NextstepError as problem:
            raise Unfit(problem.message, problem.hint) from None
        return text

    return read
