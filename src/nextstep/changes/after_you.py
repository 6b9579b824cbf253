"""What an event makes possible in a run: looked at before it is written, told to who acted."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from nextstep.changes.draft import Entry
from nextstep.changes.log_lines import Actor, first_moment
from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.events import Event
from nextstep.runs.facts import Impossible
from nextstep.runs.states import RunState
from nextstep.runs.under_settings import run_under


def run_after(
    ledger: Ledger, id_: str, entry: Entry, actor: Actor, now: Now
) -> tuple[RunState, Impossible | None]:
    """Return where a run stands once an event is logged, and why that is impossible if it is."""
    run = ledger.runs[id_]
    at = first_moment(run.log, now)
    values = {name: value for name, value in entry.values.items() if isinstance(value, str)}
    event = Event(at, actor.by, entry.event, entry.step, values, len(run.log))
    later = Now(instant=at, today=now.today, timezone=now.timezone, bare=now.bare)
    after = replace(run, log=(*run.log, event))
    state = run_under(ledger.settings, after, later)
    return state, next((one for one in state.impossible if one.event is event), None)


def after_you(
    ledger: Ledger, before: RunState, after: RunState, actor: Actor, now: Now
) -> Iterator[str]:
    """Yield a line about each step that can be begun now and could not before."""
    for id_ in after.ready:
        if id_ in before.ready:
            continue
        step = after.steps[id_]
        who = ", ".join(step.who) or f"nobody yet; {step.owner or 'nobody'} acts"
        due = f", due {echoed(step.due, now, ledger.calendar)}" if step.due else ""
        yield f"After {actor.addressed}: {id_} ({who}){due}."
