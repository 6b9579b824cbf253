"""What somebody has to know before a process is theirs: the list that every process has."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted, day_words
from nextstep.model.process import Process
from nextstep.reports.checklist_records import ChecklistItem
from nextstep.reports.handles import Handles
from nextstep.reports.points import Point
from nextstep.reports.readiness import untrained
from nextstep.reports.show_process import review_view
from nextstep.reports.standing import Standing

_SHOWN = 5


def duty_points(standing: Standing, process: Process, receiver: str | None) -> tuple[Point, ...]:
    """Return the list of a process that is offered to a ``receiver``, None for several."""
    things = _things(standing, process, receiver)
    return tuple(Point(number, thing) for number, thing in enumerate(things, 1))


def _things(standing: Standing, process: Process, receiver: str | None) -> Iterator[ChecklistItem]:
    ledger = standing.ledger
    handle = Handles(ledger).shortest(process.id)
    steps = counted(len(process.steps), "step")
    yield ChecklistItem(item="the steps are known", looks_at=f"{steps}: nextstep show {handle}")
    lacks = receiver is not None and bool(untrained(process, ledger, {receiver}))
    taught = process.training is not None or lacks
    if taught and receiver is not None:
        said = f"nextstep trained {receiver} {handle}" if lacks else f"{receiver} has learned it"
        yield ChecklistItem(
            item="the process is learned", state="missing" if lacks else "there", looks_at=said
        )
    runs = [
        Handles(ledger).shortest(run.id)
        for run in ledger.runs.values()
        if run.process == process.id and standing.runs[run.id].is_live
    ]
    shown = ", ".join([*runs[:_SHOWN], *(["..."] if len(runs) > _SHOWN else [])])
    yield ChecklistItem(
        item="the open runs are known",
        state="open" if runs else "there",
        looks_at=f"{len(runs)}: {shown}" if runs else "none is open",
    )
    for review in process.reviews:
        view = review_view(review, standing.now.today, ledger.calendar)
        day = f"due {day_words(view.due, standing.now.today)}" if view.due else "no day yet"
        kind = f" ({view.kind})" if view.kind else ""
        yield ChecklistItem(
            item=f"the next review is known{kind}",
            looks_at=f"{day}{', overdue' if view.overdue else ''}",
        )
