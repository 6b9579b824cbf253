"""Dates that were written because something happened, and that are not known once it is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from nextstep.changes.field_places import Fields
from nextstep.changes.newly_dated import due_in_file
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.time import Due
from nextstep.runs.beginnings import inputs_before
from nextstep.runs.counted import Counted, counted
from nextstep.runs.order import effective
from nextstep.runs.repeats import comes_again
from nextstep.runs.run_states import run_state

_HOLDING = frozenset({"moved", "done", "accepted", "approved", "skipped"})


def dates_back(ledger: Ledger, before: Run, after: Run, now: Now) -> Fields:
    """Return the dates that are not what they were, with their places; None for one not known.

    Only dates of open steps and of marks that are those of their rules: what was agreed by hand stays.
    """
    calendar, members = ledger.calendar, ledger.settings.members
    zone = calendar.timezone
    was = counted(before, calendar, members)
    standing, _ = effective(after.log)
    agreed = {event.step for event in standing if event.event == "moved"}
    held = _kept_from_following(before, standing)
    state = run_state(after, now, calendar, members=members)
    ruled = [
        step
        for step in after.steps
        if step.rule is not None
        and step.id not in agreed
        and not comes_again(step)
        and state.steps[step.id].is_movable
    ]
    free = [
        step.id
        for step in ruled
        if step.due is not None
        and _text(step.due, zone)
        in (_text(was.steps[step.id], zone), _text(_ruled_at(held, step.id, after, ledger), zone))
    ]
    bare = [replace(step, due=None) if step.id in free else step for step in after.steps]
    undated = replace(after, steps=tuple(bare))
    anew = _settled(after, free, ledger)
    fields: Fields = {}
    for step in ruled:
        new, old = _text(anew.steps[step.id], zone), _text(step.due, zone)
        if step.id not in free and (old is not None or step.id not in held):
            continue
        if new is None:
            last = _text(_last_known(step.id, undated, standing, ledger), zone)
            stays = old in (None, last) or old != _text(was.steps[step.id], zone)
            new = (old or last) if stays else None
        if new != old:
            fields["steps", step.index, "due"] = new
    promised = _text(after.promise_due, zone)
    follows = promised is not None and _text(was.promise, zone) == promised
    if follows and _text(anew.promise, zone) != promised:
        fields["promise_due",] = _text(anew.promise, zone)
    return fields


def _kept_from_following(before: Run, standing: Sequence[Event]) -> Mapping[str, Event]:
    """Return of each step the first event that counts no more and held its date back.

    The date of a step that was moved, or is finished, does not follow what it counts from.
    """
    count = {event.canonical for event in standing}
    was, _ = effective(before.log)
    gone = [event for event in was if event.event in _HOLDING and event.canonical not in count]
    return {event.step or "": event for event in reversed(gone)}


def _ruled_at(held: Mapping[str, Event], step: str, run: Run, ledger: Ledger) -> Due | None:
    """Return what the rule of a step gave when its date was held back.

    Where that is the date in the file, nobody agreed on it: it is what the rule gives now.
    """
    event = held.get(step)
    if event is None:
        return None
    standing, _ = effective(run.log)
    earlier = tuple(one for one in standing if one.at < event.at)
    later = tuple(one for one in standing if one.at > event.at)
    then = replace(run, log=earlier, inputs=inputs_before(run, later))
    return counted(then, ledger.calendar, ledger.settings.members).steps[step]


def _last_known(step: str, run: Run, standing: Sequence[Event], ledger: Ledger) -> Due | None:
    """Return what the rule of a step gave last, before what it counts from was begun again."""
    for place in range(len(standing) - 1, 0, -1):
        inputs = inputs_before(run, tuple(standing[place:]))
        then = replace(run, log=tuple(standing[:place]), inputs=inputs)
        due = counted(then, ledger.calendar, ledger.settings.members).steps[step]
        if due is not None:
            return due
    return None


def _settled(run: Run, free: list[str], ledger: Ledger) -> Counted:
    """Return what the rules give once every free date is that of its rule."""
    anew = counted(run, ledger.calendar, ledger.settings.members)
    for _ in free:
        steps = tuple(
            replace(step, due=anew.steps[step.id]) if step.id in free else step
            for step in run.steps
        )
        if steps == run.steps:
            break
        run = replace(run, steps=steps)
        anew = counted(run, ledger.calendar, ledger.settings.members)
    return anew


def _text(due: Due | None, zone: str) -> str | None:
    return None if due is None else due_in_file(due, zone)
