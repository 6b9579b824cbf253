"""How far back to look: the options `--since` and `--until`."""

from __future__ import annotations

from datetime import date

from nextstep.cli.session import Session
from nextstep.dates.past import parse_past
from nextstep.dates.problem import DateProblem
from nextstep.diagnostics.errors import NextstepError


def past_day(text: str, option: str, session: Session) -> date:
    """Return the day that somebody typed; `--until` ends with the last one of a week or month.

    Raises NextstepError, with what to write instead.
    """
    try:
        return parse_past(text, session.now, session.ledger.calendar, last=option == "--until")
    except DateProblem as problem:
        raise NextstepError(f"{option}: {problem.message}", problem.hint) from None


def days_between(
    since: str | None, until: str | None, session: Session
) -> tuple[date | None, date | None]:
    """Return the first and the last day; None is no limit."""
    first = past_day(since, "--since", session) if since is not None else None
    last = past_day(until, "--until", session) if until is not None else None
    if first and last and last < first:
        message = f"--until {last} is before --since {first}"
        raise NextstepError(message, "write the earlier of the two for --since")
    return first, last
