"""A run as it was before its first event: who had what, by when, and what was known then."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.process import VACANT, Step
from nextstep.runs.timing import due_in
from nextstep.runs.tracks import Replay, Track, changed_input


def begin(
    run: Run,
    events: tuple[Event, ...],
    calendar: Calendar,
    members: Mapping[str, tuple[str, ...]],
) -> Replay:
    """Return the run as it was before its first event."""
    replay = Replay(run=run, calendar=calendar, members=members)
    replay.owners = replay.people_of(run.owner) if run.owner else ()
    replay.deputies = replay.people_of(run.deputy) if run.deputy else ()
    for step in run.steps:
        replay.tracks[step.id] = Track(step=step, due=step.due)
        if step.part is not None:
            replay.groups[step.base] = (*replay.groups.get(step.base, ()), step.id)
        for role in _roles_of(step):
            replay.parts_played.setdefault(role, []).append(step.id)
    for id_, track in replay.tracks.items():
        named = track.step.after or ()
        ids = [one for name in named for one in replay.ids_of(name) or (name,)]
        track.after = tuple(dict.fromkeys(ids))
        for before in track.after:
            replay.followers.setdefault(before, []).append(id_)
        track.who = track.bound = _bound(replay, track.step)
    _undo_changes_of_people(replay, events)
    _undo_moves(replay, events)
    replay.inputs = inputs_before(run, events)
    return replay


def _bound(replay: Replay, step: Step) -> tuple[str, ...]:
    """Return the people of a step; at a gate of several the owner acts for a seat that is vacant."""
    seats = []
    for name in step.who:
        own = f"{name}/{step.part}"
        seats.append(replay.people_of(own if own in replay.run.people else name))
    if step.is_gate and any(seats):
        seats = [people or replay.owners for people in seats]
    return tuple(dict.fromkeys(one for people in seats for one in people))


def _roles_of(step: Step) -> tuple[str, ...]:
    """Return the names under which ``people`` of a run may say who does a step."""
    names = [name for name in (step.role, *step.who) if name]
    return tuple(dict.fromkeys([*names, *(f"{name}/{step.part}" for name in names)]))


def _undo_changes_of_people(replay: Replay, events: tuple[Event, ...]) -> None:
    """Give each step back to who had it before the log began: undo the changes, last one first.

    Where the owner passed it on and no line says from whom, nobody had it: the owner acts for what
    is vacant.
    """
    givers = _givers_of_duties(events)
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if place in givers and event.step in replay.tracks:
            giver = givers[place]
            leads = giver in replay.owners or giver in replay.deputies
            had_it = event.text("from") or (VACANT if leads else giver)
            _undo(replay.tracks[event.step], had_it, event.by)
        elif event.event == "changed":
            before, after = event.text("from"), event.text("to")
            if before is not None and after is not None:
                for id_ in replay.played_in(event):
                    _undo(replay.tracks[id_], before, after)


def _undo_moves(replay: Replay, events: tuple[Event, ...]) -> None:
    """Give each step the date back that was agreed before the log began."""
    for event in reversed(events):
        track = replay.tracks.get(event.step or "") if event.event == "moved" else None
        if track is not None:
            track.agree(due_in(event, "from"))


def inputs_before(run: Run, events: tuple[Event, ...]) -> dict[str, str]:
    """Return the inputs as they were before the last events: undo the changes, last one first."""
    inputs = dict(run.inputs)
    for event in reversed(events):
        name = changed_input(event)
        before = event.text("from")
        if name is not None and before is not None:
            inputs[name] = before
        elif name is not None:
            inputs.pop(name, None)
    return inputs


def _undo(track: Track, before: str, after: str) -> None:
    who = list(track.who)
    if after in who:
        who[who.index(after)] = before
    elif after == VACANT and before not in who:
        who.append(before)
    track.who = tuple(one for one in dict.fromkeys(who) if one != VACANT)


def _givers_of_duties(events: tuple[Event, ...]) -> dict[int, str]:
    """Return, by the place of an ``accepted``, who last offered the promise of that step."""
    givers: dict[int, str] = {}
    offered: dict[str | None, str] = {}
    for place, event in enumerate(events):
        if event.event == "offered" and event.flag("duty"):
            offered[event.step] = event.by
        elif event.event == "accepted" and event.step in offered:
            givers[place] = offered[event.step]
    return givers
