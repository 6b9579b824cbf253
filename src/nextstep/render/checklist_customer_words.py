"""The page for a customer, in words."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import listed
from nextstep.dates.zones import local_day
from nextstep.model.time import DueWord
from nextstep.render.listing import Box, Item, Tone
from nextstep.render.page import Page, Part, Reading, block, facts, line, tick
from nextstep.render.row_words import Speech, due_words, inside, named
from nextstep.reports.checklist_customer import CustomerContact, CustomerPage, CustomerStep
from nextstep.runs.facts import Met

_MET = {True: "met", False: "not met"}


def customer_words(view: CustomerPage, reading: Reading) -> Page:
    """Return the page for the customer. Of the ledger it says nothing but what concerns them."""
    speech = reading.speech
    return Page(
        head=reading.head(),
        origin=(),
        title=f"{view.title} for {view.for_}" if view.for_ else view.title,
        lead=tuple(_lead(view, speech)),
        blocks=tuple(_blocks(view, speech)),
    )


def _lead(view: CustomerPage, speech: Speech) -> Iterator[Item]:
    if view.provides:
        yield line(f"Provides {inside(view.provides)}")
    if view.promised or view.due:
        yield line(f"Our promise: {_promise(view, speech)}")
    if view.ended is not None:
        ended = "It was ended before it was finished" if view.stopped else "It was closed"
        yield line(f"{ended}, on {speech.day(view.ended)}")


def _promise(view: CustomerPage, speech: Speech) -> str:
    words = [view.promised] if view.promised else []
    due = view.due
    if due is not None and not isinstance(due, DueWord):
        words.append(f"by {speech.moment(due)}")
    if view.kept is not None:
        words.append("kept" if view.kept else "not kept")
    return ": ".join(filter(None, (words[0], ", ".join(words[1:])))) if words else ""


def _blocks(view: CustomerPage, speech: Speech) -> Iterator[Part]:
    done = [step for step in view.steps if step.state == "done" and not step.date]
    ahead = [step for step in view.steps if step.state != "done"]
    if view.kind == "process":
        yield from block("WHAT HAPPENS", map(_numbered, range(1, len(ahead) + 1), ahead))
    elif view.ended is None:
        yield from facts("WHAT HAPPENS NEXT", (_to_come(step, speech) for step in ahead))
    yield from facts("WHAT IS ALREADY THERE", (_there(step, speech) for step in done))
    yield from facts("YOU WILL LOOK FOR", map(_expected, view.expects))
    yield from facts("WHOM TO ASK", (_contact(one, speech) for one in view.contacts))


def _what(step: CustomerStep) -> str:
    return f"{step.what}, if it is needed" if step.maybe else step.what


def _numbered(number: int, step: CustomerStep) -> Item:
    when = ""
    if step.length is not None:
        counted_from = f"step {step.after}" if step.after else "the beginning"
        when = f"within {step.length} after {counted_from}"
    who = listed(step.who, "or")
    details = (who,) if who else ()
    return Item(handle=f"{number}", title=_what(step), when=when, details=details)


def _to_come(step: CustomerStep, speech: Speech) -> Item:
    details = () if step.date else (named(step.who) if step.who else "not named yet",)
    return Item(
        handle="now" if step.state == "now" else "then",
        title=_what(step),
        when=_when(step, speech),
        tone=Tone.TODAY if step.state == "now" else Tone.PLAIN,
        details=details,
    )


def _when(step: CustomerStep, speech: Speech) -> str:
    """Return by when; a date that was not kept is said."""
    due = step.due
    if step.passing:
        return "done, and being passed on"
    if due is None or isinstance(due, DueWord):
        return "as soon as possible" if due is DueWord.ASAP else "the day is not fixed yet"
    if step.date:
        return speech.moment(due)
    if local_day(due, speech.calendar.timezone) < speech.today or step.late:
        return f"was to be there by {speech.moment(due)}"
    return due_words(due, speech, overdue=False).replace("due ", "by ", 1)


def _there(step: CustomerStep, speech: Speech) -> Item:
    who = named(step.who) if step.who else ""
    on = speech.day(step.on) if step.on else ""
    return tick(Box.THERE, _what(step), details=filter(None, (who, on)))


def _expected(one: Met) -> Item:
    return line(one.text if one.met is None else f"{one.text}: {_MET[one.met]}")


def _contact(one: CustomerContact, speech: Speech) -> Item:
    away = f", away until {speech.day(one.away_until)}" if one.away_until else ""
    mail = f", {one.mail}" if one.mail else ""
    return line(f"{one.name}{mail}{away}")
