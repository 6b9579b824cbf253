"""The page about a run."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.render.event_words import day_and_clock, event_items, event_words
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, block, fact, facts, line
from nextstep.render.party_words import contact_words, link_words, roadblock_words, who_words
from nextstep.render.row_words import Speech, inside, named
from nextstep.render.show_commitment_words import refused_words
from nextstep.render.show_promise_words import promise_dates
from nextstep.render.show_step_words import step_item, step_standing, step_when, tone
from nextstep.reports.show_run import RunView

_MET = {True: "met", False: "not met", None: "not said yet"}


def run_page(view: RunView, reading: Reading) -> Page:
    """Return the page about a run."""
    speech = reading.speech
    late = any(step.overdue for step in view.steps) and view.closed is None
    return Page(
        head=reading.head(f"run {view.handle}", f"{view.state}, overdue" if late else view.state),
        origin=reading.origin_words,
        title=f"{view.title} for {view.for_}" if view.for_ else view.title,
        lead=tuple(_lead(view, speech)),
        blocks=tuple(_blocks(view, speech)),
        alarms=(*reading.alarms, *map(refused_words, view.impossible)),
        foot=_foot(view),
    )


def _lead(view: RunView, speech: Speech) -> Iterator[Item]:
    if view.promise is not None:
        late = view.promise.kept is False or bool(view.promise.late_by)
        if view.promise.text:
            yield line(view.promise.text)
        dates = promise_dates(view.promise, speech)
        yield line(dates, tone=Tone.OVERDUE if late and view.closed is None else Tone.PLAIN)
    if view.provides:
        yield line(f"provides {inside(view.provides)}")
    if view.closed is not None and view.closed_on is not None:
        ended = (
            "dropped" if view.state == "dropped" else f"closed as {view.closed.result or 'over'}"
        )
        yield line(f"{ended} by {view.closed.by} on {speech.day(view.closed_on)}")
    if view.state == "ready to close":
        yield line("every step is finished: what came of it?", tone=Tone.TODAY)
    if view.stalled:
        yield line("nobody can act on it now: what is next?", tone=Tone.OVERDUE)
    if view.blocked is not None:
        why = f": {view.blocked.why}" if view.blocked.why else ""
        yield line(f"blocked by {view.blocked.by}{why}", tone=Tone.TODAY)
    if view.stopped_by:
        yield line(f"stopped: the answer at {view.stopped_by} was no, and it is final")


def _blocks(view: RunView, speech: Speech) -> Iterator[Part]:
    yield from block("NEXT", _next(view, speech))
    if view.closed is not None:
        yield from facts("WHAT CAME OF IT", _end(view, speech))
    yield from block("STEPS", (step_item(step, speech) for step in view.steps))
    yield from block("HAND-OFFS", _handoffs(view, speech))
    yield from facts("DONE ANOTHER WAY", _conformance(view))
    yield from facts("WHO AND WHAT FOR", _facts(view, speech))
    yield from facts(
        "WHAT HAPPENED BESIDE THE STEPS", event_items(view.happened, speech, clocks=_in_hours(view))
    )


def _next(view: RunView, speech: Speech) -> Iterator[Item]:
    for step in view.steps:
        if step.id in view.next:
            yield Item(
                handle=step.id,
                title=step_when(step, speech),
                tone=tone(step, speech),
                details=tuple(step_standing(step, speech)),
            )
    for name in view.owed:
        yield Item(
            handle=name,
            title=f"has to be done before the run can close, because {_undone(view, name)} was done",
        )
    for name in view.over_rounds:
        yield Item(handle=name, title="came back too often: the owner decides how it goes on")
    for late in view.escalations:
        limit = "without an answer" if late.past == "accept_within" else "past its date"
        verb = "is" if len(late.tell) == 1 else "are"
        title = f"{limit}: {named(late.tell)} {verb} asked what it needs"
        yield Item(handle=late.step, title=title)


def _end(view: RunView, speech: Speech) -> Iterator[Item | None]:
    closed = view.closed
    if closed is None:
        return
    yield fact("outcome", closed.outcome)
    yield fact("why", closed.why)
    yield fact("learned", closed.learned)
    yield fact("will change", closed.change)
    yield fact("nothing further", closed.nothing_further)
    for met in view.expects:
        yield fact("expected", f"{met.text}: {_MET[met.met]}")
    for said in view.feedback:
        who = f"{said.by}, {said.score}" if said.score else said.by
        yield fact("feedback", f"{said.words} ({who})" if said.words else who)
    for one in view.followed_by:
        yield fact("next", link_words(one, speech))


def _handoffs(view: RunView, speech: Speech) -> Iterator[Item]:
    for passing in view.handoffs:
        for number, event in enumerate(passing.events):
            day = day_and_clock(event, speech, clocks=_in_hours(view))
            yield Item(
                handle="" if number else passing.step,
                title=f"{day}, {event_words(event, speech)}",
            )


def _conformance(view: RunView) -> Iterator[Item | None]:
    kept = view.conformance
    if kept.ad_hoc:
        yield fact("ad-hoc", "a run without a written process")
    yield fact("skipped", _ids(kept.skipped))
    yield fact("waived", _ids(kept.waived))
    yield fact("out of order", _ids(kept.out_of_order))
    yield fact("overridden", _ids(kept.overridden))
    yield fact("with gaps", _ids(kept.gaps))


def _facts(view: RunView, speech: Speech) -> Iterator[Item | None]:
    if view.owner is not None:
        yield fact("ask", f"{contact_words(view.owner, speech)}, who owns it")
    if view.deputy is not None:
        yield fact("or", f"{contact_words(view.deputy, speech)}, who stands in")
    if view.requested_by is not None:
        started = f", started {speech.day(view.started)}" if view.started else ""
        yield fact("asked for by", f"{who_words(view.requested_by, speech)}{started}")
    version = f", as it was in {view.version}" if view.version else ""
    yield fact("process", f"{view.process}{version}" if view.process else None)
    yield fact("kept firmly", "steps out of order need a reason" if _is_enforced(view) else None)
    yield fact("only when", view.when)
    if view.closed is None:
        yield fact("will be checked", ", ".join(met.text for met in view.expects))
    yield fact("inputs", ", ".join(f"{name} {value}" for name, value in view.inputs.items()))
    yield fact("people", ", ".join(f"{role}: {who}" for role, who in view.people.items()))
    for condition, reason in view.because.items():
        yield fact("condition", f"{condition}: {reason}")
    for block_ in view.roadblocks:
        yield fact("roadblock", roadblock_words(block_))
    yield fact("comes from", view.source)
    if view.follows is not None:
        yield fact("follows", link_words(view.follows, speech))
    yield fact("part of", view.part_of)
    yield fact("file", view.path)


def _foot(view: RunView) -> Remark:
    step = view.next[0] if view.next else view.steps[0].id if view.steps else None
    if step is None:
        return Remark("It has no steps.", "nextstep check")
    now = "" if view.closed else "> can be done now, ? waits for an answer, "
    return Remark(
        f"x finished, {now}- passed over",
        f"nextstep show {view.handle} {step}",
    )


def _undone(view: RunView, name: str) -> str:
    return next((step.undoes for step in view.steps if step.id == name), None) or "it"


def _ids(ids: tuple[str, ...]) -> str | None:
    return ", ".join(ids) if ids else None


def _is_enforced(view: RunView) -> bool:
    return view.strength == "enforce"


def _in_hours(view: RunView) -> bool:
    """Return whether hours matter in this run."""
    return any(hasattr(step.due, "hour") for step in view.steps)
