"""What may be taken back: nothing that others built on and that only its owner may open again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from nextstep.changes.field_places import Fields
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import said_on
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.files.load import load
from nextstep.files.splice import changed, put_or_taken
from nextstep.model.commitment import Record, Run
from nextstep.model.events import UNDONE, Event, instant_text
from nextstep.model.source import Source
from nextstep.runs.before_and_after import all_after
from nextstep.runs.leading import leaders, leads
from nextstep.runs.order import effective
from nextstep.runs.run_states import replayed
from nextstep.runs.states import How, RunState
from nextstep.runs.under_settings import run_under, state_under

_WITHOUT_EVENT = (None, How.NOT_NEEDED, How.MARK)


def with_fields(record: Record, log: Sequence[Event], fields: Fields) -> Record:
    """Return a record with other values in some fields, and another log."""
    changes = [put_or_taken(keys, value) for keys, value in fields.items()]
    source = record.source
    after = load(Source(source.path, changed(source, changes))).record if changes else record
    if not isinstance(after, type(record)):
        raise TypeError(f"{source.path} holds another kind of record")
    return replace(after, log=tuple(log))


def see_possible(ledger: Ledger, before: Record, after: Record, actor: Actor, now: Now) -> None:
    """Raise NextstepError where what happened since could not have happened then.

    The same holds where finished steps hang on it and somebody acts who does not lead the run.
    """
    known = {one.event.canonical for one in state_under(ledger.settings, before, now).impossible}
    then = now.not_before(after.log[-1].at) if after.log else now
    for one in state_under(ledger.settings, after, then).impossible:
        event = one.event
        if event.canonical not in known and event.event != UNDONE:
            raise _hangs_on_it(event, ledger, now)
    if isinstance(before, Run) and isinstance(after, Run):
        was, would_be = (_answers(ledger, run) for run in (before, after))
        for place in sorted(was.keys() & would_be.keys()):
            if was[place] != would_be[place]:
                raise _hangs_on_it(before.log[place], ledger, now)
        _see_nothing_built(ledger, before, after, actor, now)


def _hangs_on_it(event: Event, ledger: Ledger, now: Now) -> NextstepError:
    day = said_on(event.at, ledger, now)
    return NextstepError(
        f"`{event.event}` by {event.by} ({day}) came after it and hangs on it",
        f"take that back first: --at {instant_text(event.at)}",
    )


def _answers(ledger: Ledger, run: Run) -> Mapping[int, str]:
    """Return what each answer in the log of a run was one to, by its place there."""
    events, _ = effective(run.log)
    return replayed(run, events, ledger.calendar, ledger.settings.members)[0].answers


def _see_nothing_built(ledger: Ledger, before: Run, after: Run, actor: Actor, now: Now) -> None:
    was, then = (run_under(ledger.settings, run, now) for run in (before, after))
    opened = [id_ for id_, step in then.steps.items() if _ended(was, id_) and not step.is_finished]
    for id_ in opened:
        built = [one for one in _later(then, id_) if _ended(then, one)]
        if built and not leads(after, ledger.settings, actor.by):
            owners = leaders(after, ledger.settings)
            raise NextstepError(
                f"{id_} is followed by {', '.join(built)}, which is finished",
                f"only {' or '.join(owners)} may take it back",
            )


def _ended(state: RunState, id_: str) -> bool:
    """Return whether a step is finished because of something that somebody did."""
    step = state.steps[id_]
    return step.is_finished and step.how not in _WITHOUT_EVENT


def _later(state: RunState, id_: str) -> Iterator[str]:
    """Yield the steps that come after one, directly or not, in the order of the file."""
    later = all_after(state.order, id_) - {id_}
    yield from (one for one in state.steps if one in later)
