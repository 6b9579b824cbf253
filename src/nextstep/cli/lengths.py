"""How far ahead a listing looks: the option `--within`."""

from __future__ import annotations

from datetime import date

from nextstep.cli.session import Session
from nextstep.dates.days import parse_length
from nextstep.dates.problem import DateProblem
from nextstep.dates.words import counted, day_words
from nextstep.dates.workdays import add_days
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.time import DueWord


def day_within(within: str, session: Session) -> date:
    """Return the last day of a length such as ``2w`` from today; NextstepError for other words."""
    try:
        length = parse_length(within)
        if length.unit in ("h", "min"):
            raise NextstepError("--within counts whole days", "write a length such as 3d or 2w")
        return add_days(session.now.today, length, session.ledger.calendar)
    except DateProblem as problem:
        hint = _as_length(within, session) or problem.hint
        raise NextstepError(f"--within: {problem.message}", hint) from None


def _as_length(typed: str, session: Session) -> str:
    """Return how far away a day is that was typed where a length is meant; empty for no day."""
    from nextstep.dates.typed import parse_typed

    today = session.now.today
    try:
        day = parse_typed(typed, session.now, session.ledger.calendar)
    except DateProblem:
        return ""
    if isinstance(day, DueWord):
        return ""
    day = local_day(day, session.ledger.timezone)
    ahead = (day - today).days
    if ahead < 1:
        return ""
    return f"{day_words(day, today)} is {counted(ahead, 'day')} away: write {ahead}d"
