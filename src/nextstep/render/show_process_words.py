"""The page about a process."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.rule_words import length_words
from nextstep.render.event_words import event_items
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, block, fact, facts, line
from nextstep.render.party_words import contact_words, roadblock_words
from nextstep.render.row_words import Speech, inside, item_of, named
from nextstep.reports.show_process import ProcessStep, ProcessView, ReviewView

_LIMITS = {"due": "its date", "accept_within": "the time for an answer"}


def process_page(view: ProcessView, reading: Reading) -> Page:
    """Return the page about a process."""
    speech = reading.speech
    runs = view.runs or view.parts
    return Page(
        head=reading.head(f"process {view.handle}", view.state),
        origin=reading.origin_words,
        title=view.title,
        lead=tuple(_lead(view)),
        blocks=tuple(_blocks(view, speech)),
        alarms=reading.alarms,
        foot=Remark("All about the first of its runs:", f"nextstep show {runs[0].handle}")
        if runs
        else None,
    )


def _lead(view: ProcessView) -> Iterator[Item]:
    whom = f" for {view.customer.who}" if view.customer else ""
    if view.provides:
        yield line(f"provides {inside(view.provides)}{whom and f',{whom}'}")
    if view.promise:
        rule = f" ({view.promise_rule_words})" if view.promise_rule_words else ""
        yield line(f"promises: {view.promise}{rule}")


def _blocks(view: ProcessView, speech: Speech) -> Iterator[Part]:
    yield from facts("", _contacts(view, speech))
    yield from block("OPEN RUNS", (item_of(row, speech) for row in view.runs))
    yield from block("OPEN AND PART OF IT", (item_of(row, speech) for row in view.parts))
    yield from block("STEPS", (_step(step, view) for step in view.steps))
    yield from block("ROLES", (fact(one.role, named(one.people)) for one in view.roles))
    yield from facts("WHAT ELSE IS AGREED", _facts(view, speech))
    yield from facts("WHAT HAPPENED", event_items(view.happened, speech))


def _contacts(view: ProcessView, speech: Speech) -> Iterator[Item | None]:
    yield fact("owner", contact_words(view.owner, speech))
    yield fact("deputy", contact_words(view.deputy, speech) if view.deputy else "nobody")
    for review in view.reviews:
        late = Tone.OVERDUE if review.overdue else Tone.PLAIN
        yield fact("review", _review(review, speech), tone=late)


def _review(review: ReviewView, speech: Speech) -> str:
    every = f"every {review.every}" if review.every else "no rhythm is agreed"
    last = f", last on {speech.day(review.last)}" if review.last else ", not yet"
    due = ""
    if review.due is not None:
        due = f", {'was due' if review.overdue else 'due'} {speech.day(review.due)}"
    kind = f"{review.kind}: " if review.kind else ""
    return f"{kind}{every}{last}{due}"


def _step(step: ProcessStep, view: ProcessView) -> Item:
    """Return the row of a step, as it is written in the process."""
    return Item(
        handle=step.id,
        title=step.what,
        when=_date(step) if step.rule else "",
        details=tuple(_step_details(step, view)),
    )


def _date(step: ProcessStep) -> str:
    return str(step.rule_words) if step.kind == "mark" else f"due {step.rule_words}"


def _step_details(step: ProcessStep, view: ProcessView) -> Iterator[str]:
    yield "a date that nobody does" if step.kind == "mark" else named(step.who)
    if step.need:
        yield f"{step.need} of them approve"
    if step.each:
        yield f"one part each: {', '.join(step.each)}"
    yield from _conditions(step, view)
    if step.done_when:
        yield f"done when: {step.done_when}"
    if step.to or step.tell:
        verb = f"hands over to {step.to}" if step.to else f"tells {named(step.tell)}"
        yield f"{verb}: {', '.join(step.must_include) or 'no list'}"
    if step.critical:
        yield "no way back"
    if step.keeps_promise:
        yield "keeps the promise"


def _conditions(step: ProcessStep, view: ProcessView) -> Iterator[str]:
    """Yield what a step waits for, and when it is needed at all."""
    if step.optional:
        yield "may be skipped"
    if step.when:
        yield f"only when {step.when}{f' ({step.because})' if step.because else ''}"
    if step.undoes:
        yield f"undoes {step.undoes}"
    before = _above(step, view)
    if step.after and step.after != before:
        yield f"after {named(step.after)}"
    elif not step.after and before and step.kind != "mark":
        yield "waits for no other"
    if step.not_before:
        yield f"not before {step.not_before}"


def _above(step: ProcessStep, view: ProcessView) -> tuple[str, ...]:
    """Return the step that stands above, which nobody needs to be told."""
    place = view.steps.index(step)
    return (view.steps[place - 1].id,) if place else ()


def _facts(view: ProcessView, speech: Speech) -> Iterator[Item | None]:
    yield fact("benefit", view.benefit)
    yield fact("will be checked", ", ".join(view.expects))
    yield fact("a request says", ", ".join(view.inputs))
    yield fact("targets", ", ".join(f"{name} {value}" for name, value in view.targets.items()))
    until = f" until {speech.day(view.strength_until)}" if view.strength_until else ""
    firmly = f"steps out of order need a reason{until}" if view.strength == "enforce" else None
    yield fact("kept firmly", firmly)
    yield fact("training", view.training)
    reason = f", because {view.reason}" if view.reason else ""
    yield fact("variant of", f"{view.based_on}{reason}" if view.based_on else None)
    for one in view.roadblocks:
        yield fact("roadblock", roadblock_words(one))
    for late in view.escalations:
        yield fact(
            "escalation",
            f"{length_words(late.after)} past {_LIMITS[late.past]}: {late.tell} is asked what it needs",
        )
    yield fact("file", view.path)
