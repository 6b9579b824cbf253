"""How far ahead a listing looks: the option `--within`."""

from __future__ import annotations

from datetime import date

from nextstep.cli.session import Session
from nextstep.dates.days import parse_length
from nextstep.dates.problem import DateProblem
from nextstep.dates.workdays import add_days
from nextstep.diagnostics.errors import NextstepError


def day_within(within: str, session: Session) -> date:
    """Return the last day of a length such as ``2w`` from today; NextstepError for other words."""
    try:
        length = parse_length(within)
        if length.unit in ("h", "min"):
            raise NextstepError("--within counts whole days", "write a length such as 3d or 2w")
        return add_days(session.now.today, length, session.ledger.calendar)
    except DateProblem as problem:
        raise NextstepError(f"--within: {problem.message}", problem.hint) from None
