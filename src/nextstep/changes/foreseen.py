"""What a run will be once some events are written: the state function decides, as always."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from nextstep.changes.draft import Entry, Value
from nextstep.changes.log_lines import MILLISECOND, Actor, first_moment
from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.dates.zones import local_day
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.events import Event, EventValue
from nextstep.model.time import Day
from nextstep.runs.facts import Impossible
from nextstep.runs.states import RunState, StepState
from nextstep.runs.under_settings import run_under


def foreseen(
    ledger: Ledger, run: Run, entries: Iterable[Entry], actor: Actor, now: Now
) -> RunState:
    """Return where a run stands once these entries are in its log."""
    after = with_entries(run, entries, actor, now)
    return run_under(ledger.settings, after, now.not_before(after.log[-1].at))


def refused(after: RunState, run: Run) -> Impossible | None:
    """Return why what was foreseen for a run, and is not in its log yet, is impossible if it is."""
    return next((one for one in after.impossible if one.event.index >= len(run.log)), None)


def with_entries(run: Run, entries: Iterable[Entry], actor: Actor, now: Now) -> Run:
    """Return a run with these entries in its log, and all else as it is."""
    first = first_moment(run.log, now)
    events = [
        Event(
            first + number * MILLISECOND,
            actor.by,
            entry.event,
            entry.step,
            {name: _known(name, value) for name, value in entry.values.items() if value},
            len(run.log) + number,
        )
        for number, entry in enumerate(entries)
    ]
    return replace(run, log=(*run.log, *events))


def _known(name: str, value: Value | None) -> EventValue:
    if name == "duty" and value == "true":
        return True
    return value if isinstance(value, str | tuple) else ()


def next_words(before: RunState | None, after: RunState, ledger: Ledger, now: Now) -> Iterator[str]:
    """Yield a sentence about each step that somebody can begin with now and could not before."""
    for words in opened(before, after, ledger, now).values():
        yield f"Next: {words}."


def opened(before: RunState | None, after: RunState, ledger: Ledger, now: Now) -> Mapping[str, str]:
    """Return the steps that can be begun with now and could not before, with who and by when.

    ``before`` is None where there was no run yet.
    """
    found = {}
    for id_ in after.ready:
        if before is None or id_ not in before.ready:
            state = after.steps[id_]
            due = f", due {echoed(state.due, now, ledger.calendar)}" if state.due else ""
            found[id_] = f"{id_} ({_doers(state)}){due}"
    return found


def _doers(state: StepState) -> str:
    """Return who has a step, in words."""
    if state.who:
        return ", ".join(state.who)
    return f"nobody yet; {state.owner} acts" if state.owner else "nobody yet"


def answer_words(answer_by: Day | None, ledger: Ledger, now: Now) -> str:
    """Return by when somebody answers, as the end of a sentence."""
    if answer_by is None:
        return ""
    day = local_day(answer_by, ledger.timezone)
    return f" by {echoed(day, now, ledger.calendar)}"
