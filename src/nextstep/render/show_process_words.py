"""The page about a process."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.model.process import Customer
from nextstep.render.event_words import event_items
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, block, fact, facts, line
from nextstep.render.party_words import contact_words, roadblock_words
from nextstep.render.process_step_words import escalation_words, process_step
from nextstep.render.row_words import Speech, inside, item_of, named
from nextstep.reports.show_process import ProcessView, ReviewView

_SIDES = {"external": "outside", "internal": "inside"}


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
    whom = f" for {_customer(view.customer)}" if view.customer else ""
    if view.provides:
        yield line(f"provides {inside(view.provides)}{whom and f',{whom}'}")
    if view.promise:
        rule = f" ({view.promise_rule_words})" if view.promise_rule_words else ""
        yield line(f"promises: {view.promise}{rule}")


def _customer(customer: Customer) -> str:
    """Return whom it is for, and whether they can see what stands here."""
    side = _SIDES.get(customer.kind or "")
    return f"{customer.who} ({side})" if side else customer.who


def _blocks(view: ProcessView, speech: Speech) -> Iterator[Part]:
    yield from facts("", _contacts(view, speech))
    yield from block("OPEN RUNS", (item_of(row, speech) for row in view.runs))
    yield from block("OPEN AND PART OF IT", (item_of(row, speech) for row in view.parts))
    yield from block("STEPS", (process_step(step, view.steps) for step in view.steps))
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


def _facts(view: ProcessView, speech: Speech) -> Iterator[Item | None]:
    because = f", because {inside(view.when_because)}" if view.when_because else ""
    yield fact("only when", f"{view.when}{because}" if view.when else None)
    yield fact("benefit", view.benefit)
    yield fact("will be checked", ", ".join(view.expects))
    yield fact("a request says", ", ".join(view.inputs))
    yield fact("targets", ", ".join(f"{name} {value}" for name, value in view.targets.items()))
    until = f" until {speech.day(view.strength_until)}" if view.strength_until else ""
    firmly = f"steps out of order need a reason{until}" if view.strength == "enforce" else None
    yield fact("kept firmly", firmly)
    yield fact("weeks from", view.cycle)
    yield fact("training", view.training)
    reason = f", because {view.reason}" if view.reason else ""
    yield fact("variant of", f"{view.based_on}{reason}" if view.based_on else None)
    for one in view.roadblocks:
        yield fact("roadblock", roadblock_words(one))
    for late in view.escalations:
        yield fact("escalation", escalation_words(late))
    yield fact("file", view.path)
