"""A run before it is written, and whether a process is ready, as pages."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted, day_words
from nextstep.render.json import document
from nextstep.render.listing import Box, Item, Remark, Tone
from nextstep.render.page import Page, block, fact, facts, line, tick
from nextstep.reports.readiness import Needed, Readiness
from nextstep.reports.start_plan import Beginning, PlannedStep

_KINDS = {
    "page": "PAGE",
    "role": "ROLES",
    "person": "PEOPLE",
    "paper": "PAPERS",
    "review": "REVIEW",
}


def beginning_page(plan: Beginning, origin: tuple[str, ...]) -> Page:
    """Return the page that is shown before a run is written."""
    warnings = [line(text) for text in plan.warnings]
    wrong = [line(f"{text}.", tone=Tone.OVERDUE) for text in plan.faults]
    return Page(
        head=(day_words(plan.today, None), "a plan, not written yet"),
        origin=origin,
        title=plan.title,
        blocks=(
            *facts("", _facts(plan)),
            *block("STEPS", [_step(plan, step) for step in plan.steps]),
            *block("WORTH KNOWING", warnings),
            *block("CANNOT BE KEPT", wrong),
        ),
    )


def _facts(plan: Beginning) -> Iterator[Item | None]:
    yield fact("owner", plan.owner)
    promised = f" ({day_words(plan.promised, plan.today)})" if plan.promised else ""
    yield fact("promise", f"{plan.promise}{promised}" if plan.promise else None)
    for name, value in plan.inputs:
        yield fact(name, value)


def _step(plan: Beginning, step: PlannedStep) -> Item:
    if not step.needed:
        return Item(handle=step.id, title=step.what, details=(f"not needed: {step.when}",))
    who = ", ".join(step.who) or ("" if step.kind == "mark" else "nobody yet")
    when = step.rule or ""
    if step.day is not None:
        begun = "about " if step.follows else ""
        when = f"{begun}{day_words(step.day, plan.today)}"
    details = [who] if who else []
    if step.follows and step.day is not None and step.rule:
        details.append(step.rule)
    if step.when:
        details.append(f"when {step.when}")
    return Item(handle=step.id, title=step.what, when=when, details=tuple(details))


def readiness_page(ready: Readiness, head: tuple[str, ...], origin: tuple[str, ...]) -> Page:
    """Return the page about what a process needs."""
    lacking = sum(not one.ready for one in ready.needs)
    foot = Remark("It is ready.", f"nextstep start {ready.id} --for CUSTOMER")
    if lacking:
        foot = Remark(f"{counted(lacking, 'thing')} to do before it is started.")
    kinds = dict.fromkeys(one.kind for one in ready.needs)
    return Page(
        head=head,
        origin=origin,
        title=ready.title,
        blocks=tuple(
            part
            for kind in kinds
            for part in block(_KINDS[kind], [_need(one) for one in ready.needs if one.kind == kind])
        ),
        foot=foot,
    )


def _need(one: Needed) -> Item:
    box = Box.THERE if one.ready else Box.MISSING
    said = one.said if one.kind in {"page", "review"} else f"{one.name}: {one.said}"
    return tick(box, said, details=(one.to_do,) if one.to_do else ())


def readiness_json(ready: Readiness) -> str:
    """Return the document `nextstep.readiness/1`."""
    return document(
        "nextstep.readiness/1",
        {
            "id": ready.id,
            "title": ready.title,
            "ready": ready.is_ready,
            "needs": [
                {
                    "kind": one.kind,
                    "name": one.name,
                    "ready": one.ready,
                    "said": one.said,
                    "to_do": one.to_do or None,
                }
                for one in ready.needs
            ],
        },
    )
