"""The rows of the steps of a process, as they are written."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.rule_words import length_words
from nextstep.dates.words import counted
from nextstep.model.process import Escalation
from nextstep.render.listing import Item
from nextstep.render.row_words import named
from nextstep.reports.process_steps import ProcessStep

_LIMITS = {"due": "its date", "accept_within": "the time for an answer"}


def escalation_words(rule: Escalation) -> str:
    """Return who is told, and how long past what."""
    verb = "is" if len(rule.tell) == 1 else "are"
    length = f"{length_words(rule.after)} " if rule.after.count else ""
    return f"{length}past {_LIMITS[rule.past]}: {named(rule.tell)} {verb} asked what it needs"


def process_step(step: ProcessStep, steps: tuple[ProcessStep, ...]) -> Item:
    """Return the row of a step, as it is written in the process with these ``steps``."""
    return Item(
        handle=step.id,
        title=step.what,
        when=_date(step) if step.rule else "",
        details=tuple(_step_details(step, steps)),
    )


def _date(step: ProcessStep) -> str:
    words = step.rule_words if step.kind == "mark" else f"due {step.rule_words}"
    grace = f", overdue {step.grace} later" if step.grace else ""
    return f"{words}{f', until {step.until}' if step.until else ''}{grace}"


def _step_details(step: ProcessStep, steps: tuple[ProcessStep, ...]) -> Iterator[str]:
    helped = f", with {named(step.with_)}" if step.with_ else ""
    yield "a date that nobody does" if step.kind == "mark" else f"{named(step.who)}{helped}"
    if step.each:
        yield f"one part each: {', '.join(step.each)}"
    if step.repeat:
        yield step.repeat
    yield from _conditions(step, steps)
    yield from _labelled("how", step.how)
    yield from _labelled("template", step.template)
    ticked = (_listed(one.item, one.when, critical=one.critical) for one in step.items)
    yield from _labelled("to tick off", ", ".join(ticked))
    yield from _labelled("done when", step.done_when)
    yield from _labelled("proof", step.proof)
    yield from _votes(step)
    yield from _handoff(step)
    if step.critical:
        yield "no way back"
    if step.keeps_promise:
        yield "keeps the promise"
    yield from _labelled("the customer reads", step.for_customer)
    yield from map(escalation_words, step.escalations)


def _labelled(label: str, words: str | None) -> Iterator[str]:
    if words:
        yield f"{label}: {words}"


def _listed(item: str, when: str | None, *, critical: bool) -> str:
    """Return one thing of a list, and in which cases it is asked for."""
    said = [*(["critical"] if critical else []), *([f"only when {when}"] if when else [])]
    return f"{item} ({', '.join(said)})" if said else item


def _votes(step: ProcessStep) -> Iterator[str]:
    """Yield how many have to approve, and where a no leads."""
    if step.need:
        yield f"{step.need} of them approve"
    if step.blind:
        yield "votes are hidden until all are in"
    if step.stops:
        yield "a no is final"
    elif step.returns_to:
        yield f"a no leads back to {step.returns_to}"
    if step.max_rounds is not None:
        yield f"after {counted(step.max_rounds, 'round')} the owner is asked"


def _handoff(step: ProcessStep) -> Iterator[str]:
    """Yield to whom the work passes, with what, and how it is answered."""
    if step.to or step.tell or step.must_include:
        verb = f"tells {named(step.tell)}" if step.tell else "hands over"
        if step.to:
            verb = f"hands over to {step.to}"
        wanted = (
            _listed(one, step.include_when.get(one), critical=one in step.critical_items)
            for one in step.must_include
        )
        yield f"{verb}: {', '.join(wanted) or 'no list'}"
    if step.answer_within:
        yield f"answer within {step.answer_within}"
    if step.readback:
        yield "the receiver says back what comes next"
    yield from _labelled("watch for", step.watch_for)


def _conditions(step: ProcessStep, steps: tuple[ProcessStep, ...]) -> Iterator[str]:
    """Yield what a step waits for, and when it is needed at all."""
    if step.optional:
        yield "may be skipped"
    if step.when:
        yield f"only when {step.when}{f' ({step.because})' if step.because else ''}"
    if step.undoes:
        yield f"undoes {step.undoes}"
    before = _above(step, steps)
    if step.after and step.after != before:
        yield f"after {named(step.after)}"
    elif not step.after and before and step.kind != "mark":
        yield "waits for no other"
    if step.not_before:
        yield f"not before {step.not_before}"


def _above(step: ProcessStep, steps: tuple[ProcessStep, ...]) -> tuple[str, ...]:
    """Return the step that stands above, which nobody needs to be told."""
    place = steps.index(step)
    return (steps[place - 1].id,) if place else ()
