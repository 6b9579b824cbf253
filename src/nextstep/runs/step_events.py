"""What each event does to a step, and which are impossible where it stands.

As with commitments, a function either changes the track of the step, or returns why the event is
impossible and what would be right, and leaves the track alone.
"""

from __future__ import annotations

from collections.abc import Callable

from nextstep.model.process import Item
from nextstep.runs.critical import is_enforced, lacking, without
from nextstep.runs.facts import Blocked, Done
from nextstep.runs.gate_events import approved
from nextstep.runs.handoff_events import accepted, offered, returned
from nextstep.runs.needs import is_asked_for
from nextstep.runs.same_edit import follows, remember
from nextstep.runs.scene import DONE, FINISHED, OFFERED, WAITING, Scene, words_for
from nextstep.runs.states import How
from nextstep.runs.story import Refusal, named
from nextstep.runs.timing import is_agreed, move_of


def _done(scene: Scene) -> Refusal | None:
    track, event = scene.track, scene.event
    if track.step.is_gate:
        return f"`{track.step.id}` is decided by votes", "write `approved` or `returned`"
    if track.step.mark is not None:
        return f"`{track.step.id}` is a date, and nobody does it", "leave it out, or write `noted`"
    if scene.stage is OFFERED and track.offer is not None:
        return scene.not_now(
            f"write `returned` by `{track.offer.by}` first: it withdraws the offer"
        )
    if scene.stage in (DONE, FINISHED):
        return scene.not_now("leave it out, or write `reopened` before it")
    lacks = lacking(scene)
    if scene.stage is WAITING or lacks:
        refusal = _out_of_order(scene, lacks)
        if refusal is not None:
            return refusal
    track.done = Done(event.at, event.by, event.text("proof"))
    if not track.step.is_handed_over:
        track.finish(How.TOLD if track.step.handoff is not None else How.DONE, event.at)
    return None


def _out_of_order(scene: Scene, lacks: tuple[Item, ...]) -> Refusal | None:
    """Take down that it was done before its turn; where the order is enforced it needs a reason."""
    given = scene.event.values.get("out_of_order")
    reason = given if isinstance(given, str) and given != "true" else None
    enforced = is_enforced(scene)
    if enforced and not given:
        if scene.stage is not WAITING:
            return without(scene, lacks, ", or add `out_of_order` with the reason")
        waits = words_for(scene.moment.waiting(scene.track))
        return (
            f"`{scene.track.step.id}` was done while it waited for {waits}",
            "add `out_of_order` with the reason, or do what it waits for first",
        )
    scene.track.out_of_order = reason or "yes"
    scene.track.overridden = enforced
    return None


def _ticked(scene: Scene) -> Refusal | None:
    track, item = scene.track, scene.event.text("item")
    if scene.stage is FINISHED:
        return scene.not_now("write `noted`")
    handoff, inputs = track.step.handoff, scene.replay.inputs
    there = (*track.step.items, *(handoff.must_include if handoff else ()))
    listed = [one.item for one in there if is_asked_for(one, inputs)]
    spared = next((one for one in there if one.item == item and item not in listed), None)
    if spared is not None:
        return f"`{item}` is asked for only when {spared.when_text}", "write `noted`"
    if item is None or item not in listed:
        return (
            f"`{item or ''}` is on no list of `{track.step.id}`",
            f"write one of {named(tuple(listed))}" if listed else "write `noted`",
        )
    track.ticked = tuple(dict.fromkeys((*track.ticked, item)))
    return None


def _skipped(scene: Scene) -> Refusal | None:
    track, event, replay = scene.track, scene.event, scene.replay
    if scene.stage is FINISHED:
        return scene.not_now("leave it out: nothing is owed on it")
    waiver = track.step.is_gate or track.step.part is not None
    if not replay.leads(event.by) and (waiver or event.by not in track.who):
        allowed = (*(() if waiver else track.who), *replay.owners, *replay.deputies)
        return (
            f"`{event.by}` {'waived' if waiver else 'skipped'} `{track.step.id}`",
            f"let one of {named(tuple(dict.fromkeys(allowed)))} decide it",
        )
    if not event.text("why"):
        return f"`{track.step.id}` was skipped and nothing says why", "add `why`"
    track.why = event.text("why")
    track.finish(How.WAIVED if waiver else How.SKIPPED, event.at)
    return None


def _moved(scene: Scene) -> Refusal | None:
    track, event, replay = scene.track, scene.event, scene.replay
    if scene.stage is FINISHED and not _is_mark_that_came(scene):
        return scene.not_now("leave it out, or write `reopened` before it")
    allowed = replay.has(track, event.by) or is_agreed(event) or follows(replay, track, event)
    if not allowed:
        whose = track.who or replay.owners
        return (
            f"`{event.by}` moved a step of {named(whose)}",
            f"add `agreed_by: {whose[0]}`, once they agreed",
        )
    move = move_of(event, replay.calendar)
    track.moves += (move,)
    track.agree(move.to)
    remember(replay, event, track.step.id)
    track.asked = track.asked and move.to == move.before
    return None


def _is_mark_that_came(scene: Scene) -> bool:
    """Return whether it is a date that has come: it may have been put off on the day itself."""
    return scene.moment.how(scene.track) is How.MARK


def _asked(scene: Scene) -> Refusal | None:
    if scene.stage is FINISHED:
        return scene.not_now("write `noted`")
    scene.track.asked = True
    scene.track.asked_at = scene.event.at
    return None


def _blocked(scene: Scene) -> Refusal | None:
    event = scene.event
    if scene.stage is FINISHED:
        return scene.not_now("write `noted`, or `reopened` before it")
    scene.track.blocked = Blocked(event.at, event.by, event.text("why"), event.text("on"))
    return None


def _unblocked(scene: Scene) -> Refusal | None:
    if scene.stage is FINISHED:
        return scene.not_now("leave it out")
    scene.track.blocked = None
    return None


def _reopened(scene: Scene) -> Refusal | None:
    track, event, replay = scene.track, scene.event, scene.replay
    if track.how is None and track.times:
        return scene.not_now("write `undone` of what ended its last time")
    if track.how is None:
        return scene.not_now("leave it out: it is not finished by an event")
    later = replay.later_than([track.step.id]) - {track.step.id}
    finished = tuple(id_ for id_, other in replay.tracks.items() if id_ in later and other.how)
    if finished and not replay.leads(event.by):
        return (
            f"`{event.by}` reopened `{track.step.id}`, and {named(finished)} after it is finished",
            f"let {named(replay.owners)} reopen it",
        )
    track.begin_again(event.at)
    track.reopened += 1
    return None


def _approved(scene: Scene) -> Refusal | None:
    if scene.track.step.is_gate and scene.stage in (WAITING, DONE, OFFERED):
        waits = words_for(scene.moment.waiting(scene.track))
        return scene.not_now(f"let {waits} be finished first")
    if scene.stage is FINISHED and scene.track.how is None:
        return scene.not_now("leave it out: nothing is owed on it")
    lacks = lacking(scene)
    if lacks and is_enforced(scene):
        return without(scene, lacks)
    return approved(scene.replay, scene.track, scene.event)


STEP_EVENTS: dict[str, Callable[[Scene], Refusal | None]] = {
    "done": _done,
    "offered": offered,
    "accepted": accepted,
    "returned": returned,
    "ticked": _ticked,
    "approved": _approved,
    "skipped": _skipped,
    "moved": _moved,
    "asked": _asked,
    "blocked": _blocked,
    "unblocked": _unblocked,
    "reopened": _reopened,
}
