"""Where a step of a run stands, in words, and the page about one step."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.dates.zones import local_day
from nextstep.model.time import DueWord
from nextstep.render.event_words import event_items
from nextstep.render.listing import Item, Tone
from nextstep.render.page import Page, Part, Reading, block, fact, facts, line
from nextstep.render.party_words import contact_words, roadblock_words, who_words
from nextstep.render.row_words import Speech, due_words, may_have_grace, named, times
from nextstep.render.show_commitment_words import refused_words
from nextstep.render.show_promise_words import promise_words
from nextstep.reports.rows import After
from nextstep.reports.show_run import StepView
from nextstep.reports.show_steps import StepLine, ToInclude

_MARKS = {"finished": "[x]", "offered": "[?]", "ready": "[>]", "done": "[>]"}
LEFT_UNDONE = ("closed", "dropped")
"""The states of a step that was not finished when its run ended."""
_PASSED_OVER = ("skipped", "waived", "not needed")


def mark(step: StepLine) -> str:
    """Return the sign of a step's stage: x finished, - passed over, > can be done, ? offered."""
    if step.how in _PASSED_OVER:
        return "[-]"
    return _MARKS.get(step.state, "[ ]")


def step_item(step: StepLine, speech: Speech) -> Item:
    """Return the row of a step."""
    return Item(
        handle=f"{mark(step)} {step.id}",
        title=step.what,
        when=step_when(step, speech),
        tone=tone(step, speech),
        details=tuple(step_standing(step, speech)),
    )


def step_when(step: StepLine, speech: Speech) -> str:
    """Return the date that matters about a step."""
    if step.state == "finished":
        return _finished(step, speech)
    if step.state in LEFT_UNDONE and step.kind != "mark":
        return "not done"
    if step.offered_on is not None and step.state == "offered":
        answer = f", answer by {speech.moment(step.answer_by)}" if step.answer_by else ""
        return f"offered {speech.day(step.offered_on)}{answer}"
    if step.due is None:
        return f"due {step.rule_words}" if step.rule_words else "no date agreed"
    if step.kind == "mark":
        return due_words(step.due, speech, overdue=False).removeprefix("due ")
    grace = may_have_grace(step.state, optional=step.optional)
    return due_words(step.due, speech, overdue=step.overdue, grace=grace)


def step_standing(step: StepLine, speech: Speech) -> Iterator[str]:
    """Yield who has a step, since when, and what holds it."""
    if step.state == "finished":
        yield from _ended(step)
    elif step.kind == "mark":
        return
    elif step.state in LEFT_UNDONE:
        yield named(step.bound)
    else:
        yield _who(step, speech)
        if step.repeat:
            yield f"{step.repeat}, {times(step.times)} so far" if step.times else step.repeat
        yield from _answers(step)
        if step.blocked is not None:
            on = f" (on {step.blocked_on})" if step.blocked_on else ""
            yield f"blocked{f': {step.blocked}' if step.blocked else ''}{on}"
        if step.moved:
            yield f"moved {times(step.moved)}"
        if step.optional:
            yield "may be skipped"
        yield from _waits(step, speech)


def tone(step: StepLine, speech: Speech) -> Tone:
    """Return how pressing a step is."""
    if step.state in ("finished", *LEFT_UNDONE):
        return Tone.PAST
    if step.overdue:
        return Tone.OVERDUE
    if step.due is None or isinstance(step.due, DueWord) or step.state == "waiting":
        return Tone.PLAIN
    today = local_day(step.due, speech.calendar.timezone) == speech.today
    return Tone.TODAY if today else Tone.PLAIN


def step_page(view: StepView, reading: Reading) -> Page:
    """Return the page about one step of a run."""
    speech, step, detail = reading.speech, view.step, view.detail
    run = f"{view.title} for {view.for_}" if view.for_ else view.title
    place = f"step {detail.number} of {detail.of}" if detail.number else "a date that nobody does"
    state = f"{step.state}, overdue" if step.overdue else step.state
    return Page(
        head=reading.head(view.handle, place, state),
        origin=reading.origin_words,
        title=step.what,
        lead=tuple(_lead(view, run, speech)),
        blocks=tuple(_blocks(view, speech)),
        alarms=(*reading.alarms, *map(refused_words, view.impossible)),
    )


def _finished(step: StepLine, speech: Speech) -> str:
    """Return how and when a step was finished."""
    how = "reached" if step.how == "mark" else step.how or "finished"
    if step.how == "not needed":
        return how
    late = ", late" if step.on_time is False else ""
    return f"{how} {speech.day(step.reached)}{late}" if step.reached else f"{how}{late}"


def _answers(step: StepLine) -> Iterator[str]:
    """Yield what became of handing it over, or of asking for votes."""
    if step.state == "done":
        yield "done, not handed over"
    if step.votes_needed:
        yield _votes(step)
    if step.offer is not None and step.duty:
        yield f"the promise itself is offered to {named(step.offer.receivers or step.offer.to)}"
    if step.rounds:
        missing = step.returned.missing if step.returned else ()
        about = f", missing: {', '.join(missing)}" if missing and step.state != "offered" else ""
        yield f"returned {times(step.rounds)}{about}"
    if step.put_to_owner:
        yield "returned too often: the owner decides how it goes on"


def _who(step: StepLine, speech: Speech) -> str:
    people = named(step.who) if step.who else "nobody"
    words = f"{people} to answer" if step.state == "offered" else people
    if step.vacant:
        words += f", because {step.role or 'the role'} is vacant"
    elif step.assigned and step.state in ("ready", "waiting") and len(step.who) == 1:
        words += ", assigned" if step.state == "ready" else ""
    return f"{words}, since {speech.day(step.since)}" if step.since else words


def _votes(step: StepLine) -> str:
    words = f"{step.votes} of {counted(step.votes_needed, 'vote')}"
    if step.blind:
        return f"{words}, hidden until the gate is decided"
    return f"{words} ({named(step.voted)})" if step.voted else words


def _ended(step: StepLine) -> Iterator[str]:
    if step.approved_then_changed:
        yield "approved, then changed"
    if step.done_by and step.how not in _PASSED_OVER:
        yield step.done_by
    elif step.voted:
        yield named(step.voted)
    if step.why:
        yield step.why
    elif step.how == "not needed" and step.when:
        yield f"only when {step.when}"
    if step.rounds:
        yield f"returned {times(step.rounds)}"
    if step.gaps:
        yield f"accepted without: {', '.join(step.gaps)}"
    if step.out_of_order:
        reason = "" if step.out_of_order == "yes" else f": {step.out_of_order}"
        yield f"done out of order{reason}"


def _waits(step: StepLine, speech: Speech) -> Iterator[str]:
    waiting = step.waiting
    if waiting is None:
        return
    things = [*waiting.steps, *(f"the input {name}" for name in waiting.inputs)]
    if things:
        yield f"waits for {named(tuple(things))}"
    if waiting.until is not None:
        yield f"not before {speech.moment(waiting.until)}"
    if waiting.unknown:
        yield f"not before a day that {named(waiting.unknown)} decides"


def _lead(view: StepView, run: str, speech: Speech) -> Iterator[Item]:
    step = view.step
    yield line(run)
    yield line(step_when(step, speech), tone=tone(step, speech))
    standing = "; ".join(step_standing(step, speech))
    if standing:
        yield line(standing)


def _blocks(view: StepView, speech: Speech) -> Iterator[Part]:
    yield from facts("", _facts(view, speech))
    detail = view.detail
    yield from facts("MUST INCLUDE", map(_item, detail.must_include))
    yield from facts("TICK OFF", map(_item, detail.items))
    yield from block("COMES AFTER", (step_item(one, speech) for one in view.before))
    yield from block("ROADBLOCKS", (line(roadblock_words(one)) for one in view.roadblocks))
    yield from facts("WHAT HAPPENED", event_items(view.happened, speech, clocks=True))


def _facts(view: StepView, speech: Speech) -> Iterator[Item | None]:
    step, detail, people = view.step, view.detail, view.people
    for name in step.bound:
        role = f", as {step.role}" if step.role else ""
        yield fact("who", f"{contact_words(people.get(name), speech)}{role}")
    for name in detail.with_:
        yield fact("with", who_words(people.get(name), speech))
    yield fact("date", _date_rule(step))
    yield fact("only when", step.when)
    yield fact("undoes", step.undoes)
    yield fact("how", detail.how)
    yield fact("template", detail.template)
    yield fact("looks at", detail.approve)
    yield fact("done when", detail.done_when)
    yield fact("proof", detail.proof)
    yield fact("no way back", "what this step does cannot be undone" if step.critical else None)
    for name in detail.hands_to:
        within = f", who answers within {detail.accept_within}" if detail.accept_within else ""
        yield fact("hand over to", f"{contact_words(people.get(name), speech)}{within}")
    yield fact("tell", named(detail.told) if detail.told else None)
    yield fact("watch for", detail.watch_for or (step.offer.watch_for if step.offer else None))
    yield fact("customer", detail.for_customer and f"reads: {detail.for_customer}")
    yield fact("says back", _says_back(view))
    yield fact("after you", ", ".join(map(follower_words, detail.then)))
    yield fact("promise", promise_words(view.promise, speech) if view.promise else None)
    yield fact("targets", ", ".join(f"{name} {value}" for name, value in view.targets.items()))
    if view.owner is not None:
        yield fact("ask", f"{contact_words(view.owner, speech)}, who owns it")
    if view.deputy is not None:
        yield fact("or", f"{contact_words(view.deputy, speech)}, who stands in")
    yield fact("file", view.path)


def _date_rule(step: StepLine) -> str | None:
    if step.rule is None:
        return None
    notes = f" ({'; '.join(step.notes)})" if step.notes else ""
    missing = f", which needs {named(step.due_missing)}" if step.due_missing else ""
    return f"{step.rule_words}{missing}{notes}"


def _says_back(view: StepView) -> str | None:
    return "the receiver says what they will do next, and by when" if view.detail.readback else None


def _item(item: ToInclude) -> Item:
    details = ["critical"] if item.critical else []
    if item.when:
        details.append(f"only when {item.when}")
    if item.looks_at:
        details.append(item.looks_at)
    sign = "[x]" if item.ticked else "[ ]" if item.asked_for else "[-]"
    return Item(handle=sign, title=item.item, details=tuple(details))


def follower_words(after: After) -> str:
    """Return a step that comes later, with who does it or decides it."""
    verb = "approve" if len(after.who) > 1 else "approves"
    if after.vote:
        return f"{after.step} ({named(after.who)} {verb})"
    return f"{after.step} ({named(after.who)})"
