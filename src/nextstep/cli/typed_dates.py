"""Dates from the command line and from prompts: read by the closed grammar, or refused in words."""

from __future__ import annotations

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
