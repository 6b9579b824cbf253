"""Hand-offs: what is offered, accepted and returned."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.model.events import Event
from nextstep.runs.critical import is_enforced, lacking, without
from nextstep.runs.facts import Done, Offer, Returned
from nextstep.runs.gate_events import gate_returned
from nextstep.runs.needs import finished_without_event
from nextstep.runs.passing_on import taken_over, who_is_next
from nextstep.runs.scene import FINISHED, OFFERED, READY, WAITING, Scene
from nextstep.runs.states import How
from nextstep.runs.story import Refusal, named
from nextstep.runs.tracks import Track


def offered(scene: Scene) -> Refusal | None:
    """Hand work over, which says that it exists; or with ``duty`` offer the promise itself."""
    track, event = scene.track, scene.event
    if event.flag("duty"):
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
    return _work_offered(scene)


def _work_offered(scene: Scene) -> Refusal | None:
    """Take an offer. What is critical and not there is refused, or counted among the gaps."""
    track, event = scene.track, scene.event
    lacks = () if track.out_of_order else lacking(scene)
    if lacks and is_enforced(scene):
        return without(scene, lacks)
    track.done = track.done or Done(event.at, event.by, None, offered=True)
    offer = _offer(scene, duty=False)
    gaps = dict.fromkeys((*offer.gaps, *(item.item for item in lacks)))
    track.offer = replace(offer, gaps=tuple(gaps))
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
    to = event.texts("to") or (() if duty else _usual_receivers(scene))
    people = [one for name in to for one in replay.people_of(name) or replay.owners]
    receivers = tuple(dict.fromkeys(people)) or (() if duty else replay.owners)
    others = tuple(one for one in receivers if one != event.by)  # two sign, where there are two
    return Offer(
        to,
        event.at,
        event.by,
        others or receivers,
        scene.track.step.id,
        duty,
        event.texts("gaps"),
        event.text("watch_for"),
    )


def _usual_receivers(scene: Scene) -> tuple[str, ...]:
    """Return whom work goes to that is offered to nobody by name: as planned, or who is next."""
    replay, step = scene.replay, scene.track.step
    if step.handoff is not None and step.handoff.to is not None:
        return (step.handoff.to,)
    tracks = replay.tracks

    def is_passed(id_: str) -> bool:
        mark = tracks[id_].step.mark
        return mark is not None or finished_without_event(replay, tracks[id_]) is not None

    following = who_is_next(step.id, lambda one: replay.followers.get(one, ()), is_passed)
    return tuple(dict.fromkeys(person for id_ in following for person in tracks[id_].who))


def accepted(scene: Scene) -> Refusal | None:
    """Sign for work, or for a promise, that was offered."""
    track, event = scene.track, scene.event
    work, duty = track.offer, track.duty_offer
    of_work = work is not None and event.by in work.receivers and not event.flag("duty")
    if duty is not None and event.by in duty.receivers and not of_work:
        scene.answered("duty", duty)
        _duty_accepted(scene, duty)
        return None
    if work is None or scene.stage is not OFFERED:
        return scene.not_now("write `offered` before it")
    if event.by not in work.receivers:
        return (
            f"`{event.by}` accepted what was offered to {named(work.to)}",
            f"write `accepted` by {named(work.receivers)}, or offer it to `{event.by}`",
        )
    scene.answered("work", work)
    track.gaps = tuple(dict.fromkeys((*work.gaps, *event.texts("gaps"))))
    track.readback = event.text("readback")
    track.accepted_at = event.at
    track.finish(How.ACCEPTED, event.at)
    return None


def _duty_accepted(scene: Scene, duty: Offer) -> None:
    track, event = scene.track, scene.event
    track.who = taken_over(track.who, duty.by, event.by)
    track.vacated_by = track.duty_offer = None
    track.since = event.at


def returned(scene: Scene) -> Refusal | None:
    """Send back what was offered, take it back, say no at a gate, or give a step back unbegun."""
    track, event = scene.track, scene.event
    work, duty = track.offer, track.duty_offer
    if work is not None and event.by in (work.by, *work.receivers):
        scene.answered("work", work)
        _offer_returned(track, event, work)
        return None
    if duty is not None and event.by in (duty.by, *duty.receivers):
        scene.answered("duty", duty)
        track.duty_offer = None
        return None
    if work is not None:
        return (
            f"`{event.by}` returned what `{work.by}` offered to {named(work.to)}",
            f"write `returned` by {named((*work.receivers, work.by))}",
        )
    if scene.stage is not READY:
        return scene.not_now("write `offered` before it")
    scene.answered("question" if track.step.is_gate else "assignment")
    if track.step.is_gate:
        return gate_returned(scene.replay, track, event)
    return _given_back(scene)


def _offer_returned(track: Track, event: Event, offer: Offer) -> None:
    withdrawn = event.by == offer.by
    missing, why = event.texts("missing"), event.text("why")
    track.returned = Returned(event.at, event.by, missing, why, withdrawn)
    track.offer = None
    track.ticked = tuple(item for item in track.ticked if item not in missing)
    if not withdrawn:
        track.done = None
        track.since = event.at
        track.rounds += 1


def _given_back(scene: Scene) -> Refusal | None:
    """Take a step from somebody who was bound to it and has done nothing in this run yet."""
    track, event = scene.track, scene.event
    # Who had it is not known where the owner passed it on since: then it counts as theirs.
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
