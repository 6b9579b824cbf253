"""What each event does to a step, and which are impossible where it stands.

As with commitments, a function either changes the track of the step, or returns why the event is
impossible and what would be right, and leaves the track alone.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from nextstep.dates.zones import local_day
from nextstep.model.events import Event
from nextstep.runs.commitment_events import Refusal, named
from nextstep.runs.facts import Blocked, Done, Offer, Returned
from nextstep.runs.gate_events import approved, gate_returned
from nextstep.runs.readiness import Moment
from nextstep.runs.states import How, StepStage, Waiting
from nextstep.runs.timing import move_of
from nextstep.runs.tracks import Replay, Track, is_duty

WAITING, READY, DONE = StepStage.WAITING, StepStage.READY, StepStage.DONE
OFFERED, FINISHED = StepStage.OFFERED, StepStage.FINISHED


class Scene(Struct, frozen=True):
    """An event and the step it speaks of, as the step was at that moment."""

    replay: Replay
    track: Track
    event: Event
    moment: Moment
    stage: StepStage

    def not_now(self, right: str) -> Refusal:
        """Refuse the event for where the step is."""
        where = self.stage.value
        if self.track.offer is not None and self.stage is OFFERED:
            where += f" to {named(self.track.offer.to)}"
        id_, kind = self.track.step.id, self.event.event
        return f"`{kind}` is not possible while `{id_}` is {where}", right


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
    if scene.stage is WAITING:
        refusal = _out_of_order(scene)
        if refusal is not None:
            return refusal
    track.done = Done(event.at, event.by, event.text("proof"))
    if not track.is_handed_over:
        track.finish(How.TOLD if track.step.handoff is not None else How.DONE, event.at)
    return None


def _out_of_order(scene: Scene) -> Refusal | None:
    """Take down that it was done while it waited; where the order is enforced it needs a reason."""
    given = scene.event.values.get("out_of_order")
    reason = given if isinstance(given, str) and given != "true" else None
    strength = scene.replay.run.strength
    day = local_day(scene.event.at, scene.replay.calendar.timezone)
    enforced = strength.level == "enforce" and (strength.until is None or day <= strength.until)
    if enforced and not given:
        waits = words_for(scene.moment.waiting(scene.track))
        return (
            f"`{scene.track.step.id}` was done while it waited for {waits}",
            "add `out_of_order` with the reason, or do what it waits for first",
        )
    scene.track.out_of_order = reason or "yes"
    scene.track.overridden = enforced
    return None


def words_for(waiting: Waiting | None) -> str:
    """Return what a step waits for, for a sentence."""
    if waiting is None:
        return "nothing"
    parts = [f"`{name}`" for name in (*waiting.steps, *waiting.inputs, *waiting.unknown)]
    if waiting.until is not None:
        parts.append(f"`{waiting.until.isoformat()}`")
    return ", ".join(parts) or "its date"


def _offered(scene: Scene) -> Refusal | None:
    track, event = scene.track, scene.event
    if is_duty(event):
        return _duty_offered(scene)
    if track.step.is_gate or track.step.mark is not None:
        return (
            f"`{track.step.id}` has no work that could be handed over",
            "add `duty: true` to pass on the promise itself",
        )
    if scene.stage is OFFERED:
        return scene.not_now("write `returned` by the giver before it: that withdraws the offer")
    if scene.stage is WAITING:
        return scene.not_now("write `done` with `out_of_order` before it")
    if scene.stage is FINISHED:
        return scene.not_now("write `reopened` before it")
    track.done = track.done or Done(event.at, event.by, None, offered=True)
    track.offer = _offer(scene, duty=False)
    track.offered_at = event.at
    return None


def _duty_offered(scene: Scene) -> Refusal | None:
    track, event = scene.track, scene.event
    if scene.stage is FINISHED:
        return scene.not_now("leave it out: nothing is owed on it")
    if not scene.replay.has(track, event.by) and not scene.replay.leads(event.by):
        return (
            f"`{event.by}` passes on a promise that {named(track.who)} made",
            f"let {named(track.who or scene.replay.owners)} offer it",
        )
    track.duty_offer = _offer(scene, duty=True)
    return None


def _offer(scene: Scene, *, duty: bool) -> Offer:
    event, replay = scene.event, scene.replay
    to = event.texts("to")
    people = [one for name in to for one in replay.people_of(name) or replay.owners]
    return Offer(
        to,
        event.at,
        event.by,
        tuple(dict.fromkeys(people)),
        scene.track.step.id,
        duty,
        event.texts("gaps"),
        event.text("watch_for"),
    )


def _accepted(scene: Scene) -> Refusal | None:
    track, event = scene.track, scene.event
    work, duty = track.offer, track.duty_offer
    of_work = work is not None and event.by in work.receivers and not is_duty(event)
    if duty is not None and event.by in duty.receivers and not of_work:
        _duty_accepted(scene, duty)
        return None
    if work is None or scene.stage is not OFFERED:
        return scene.not_now("write `offered` before it")
    if event.by not in work.receivers:
        return (
            f"`{event.by}` accepted what was offered to {named(work.to)}",
            f"write `accepted` by {named(work.receivers)}, or offer it to `{event.by}`",
        )
    track.gaps = tuple(dict.fromkeys((*work.gaps, *event.texts("gaps"))))
    track.readback = event.text("readback")
    track.accepted_at = event.at
    track.finish(How.ACCEPTED, event.at)
    return None


def _duty_accepted(scene: Scene, duty: Offer) -> None:
    track, event = scene.track, scene.event
    giver = duty.by if duty.by in track.who or not track.who else track.who[0]
    others = tuple(event.by if one == giver else one for one in track.who)
    track.who = tuple(dict.fromkeys(others)) or (event.by,)
    track.vacated_by = track.duty_offer = None
    track.since = event.at


def _returned(scene: Scene) -> Refusal | None:
    track, event = scene.track, scene.event
    work, duty = track.offer, track.duty_offer
    if work is not None and event.by in (work.by, *work.receivers):
        _offer_returned(track, event, work)
        return None
    if duty is not None and event.by in (duty.by, *duty.receivers):
        track.duty_offer = None
        return None
    if work is not None:
        return (
            f"`{event.by}` returned what `{work.by}` offered to {named(work.to)}",
            f"write `returned` by {named((*work.receivers, work.by))}",
        )
    if scene.stage is not READY:
        return scene.not_now("write `offered` before it")
    if track.step.is_gate:
        return gate_returned(scene.replay, track, event)
    return _given_back(scene)


def _offer_returned(track: Track, event: Event, offer: Offer) -> None:
    withdrawn = event.by == offer.by
    missing, why = event.texts("missing"), event.text("why")
    track.returned = Returned(event.at, event.by, missing, why, withdrawn)
    track.offer = None
    if not withdrawn:
        track.done = None
        track.since = event.at
        track.rounds += 1


def _given_back(scene: Scene) -> Refusal | None:
    """Take a step from somebody who was bound to it and has done nothing in this run yet."""
    track, event = scene.track, scene.event
    if track.who and event.by not in track.who:
        return f"`{event.by}` returned a step of {named(track.who)}", "write `noted`"
    if event.by in scene.replay.seen:
        return (
            f"`{event.by}` has begun to work in this run, and nothing was offered to them",
            "write `offered` with `duty: true` and `to`, or `blocked` with why",
        )
    track.who = tuple(one for one in track.who if one != event.by)
    track.vacated_by = event.by
    track.returned = Returned(event.at, event.by, event.texts("missing"), event.text("why"))
    track.since = event.at
    return None


def _ticked(scene: Scene) -> Refusal | None:
    track, item = scene.track, scene.event.text("item")
    if scene.stage is FINISHED:
        return scene.not_now("write `noted`")
    handoff = track.step.handoff
    listed = [one.item for one in (*track.step.items, *(handoff.must_include if handoff else ()))]
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
    if scene.stage is FINISHED:
        return scene.not_now("leave it out, or write `reopened` before it")
    if not replay.has(track, event.by) and not event.texts("agreed_by"):
        whose = track.who or replay.owners
        return (
            f"`{event.by}` moved a step of {named(whose)}",
            f"add `agreed_by: {whose[0]}`, once they agreed",
        )
    move = move_of(event, replay.calendar)
    track.moves += (move,)
    track.asked = track.asked and move.to == move.before
    return None


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
    return approved(scene.replay, scene.track, scene.event)


STEP_EVENTS: dict[str, Callable[[Scene], Refusal | None]] = {
    "done": _done,
    "offered": _offered,
    "accepted": _accepted,
    "returned": _returned,
    "ticked": _ticked,
    "approved": _approved,
    "skipped": _skipped,
    "moved": _moved,
    "asked": _asked,
    "blocked": _blocked,
    "unblocked": _unblocked,
    "reopened": _reopened,
}
