"""The dates that the rules of a run give as things stand, beside those that are agreed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.time import Due
from nextstep.runs.order import effective
from nextstep.runs.run_states import replayed


class Counted(Struct, frozen=True):
    """By step, and for the promise, when it would be due by its rule: None where nobody knows."""

    steps: Mapping[str, Due | None]
    promise: Due | None


def counted(run: Run, calendar: Calendar, members: Mapping[str, tuple[str, ...]]) -> Counted:
    """Count the date of each step anew; what it counts from is taken as it stands in the file."""
    events, _ = effective(run.log)
    _, dates, _ = replayed(run, events, calendar, members)
    return Counted(
        steps={step.id: dates.by_rule(step.id).due for step in run.steps},
        promise=dates.promise_by_rule().due,
    )
