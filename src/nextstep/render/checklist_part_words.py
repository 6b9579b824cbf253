"""The parts of a checklist in words: a thing to tick off, a gate."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.render.listing import Box, Item, Tone
from nextstep.render.page import fact, tick
from nextstep.render.row_words import named
from nextstep.reports.checklist_items import FEWEST_RETURNS
from nextstep.reports.checklist_records import ChecklistItem, Gate

_BOXES = {
    "there": Box.THERE,
    "missing": Box.MISSING,
    "ticked": Box.TICKED,
    "accepted": Box.TICKED,
}


def listed_item(one: ChecklistItem) -> Item:
    """Return a thing to tick off, with what is known of it."""
    box = _BOXES.get(one.state, Box.OPEN)
    return tick(box, one.item, details=_about(one), strong=one.critical)


def _about(one: ChecklistItem) -> Iterator[str]:
    if one.critical:
        yield "critical"
    if one.looks_at is not None:
        yield _seen(one, one.looks_at)
    if one.when is not None:
        yield f"only when {one.when}"
    if one.state == "gap":
        yield "handed over without it"
    if one.missing_in and one.returns >= FEWEST_RETURNS:
        yield f"missing in {one.missing_in} of the last {one.returns} returns"


def _seen(one: ChecklistItem, looks_at: str) -> str:
    """Return what a machine looked at, and what it found."""
    if one.check == "input":
        place = f"the input {looks_at}"
        if one.state == "missing":
            return f"missing: {place} is not known yet"
        return f"{place}, {one.value}" if one.value else place
    if one.check == "holds":
        verdict = {"there": ", which holds", "missing": ", which does not hold yet"}
        return f"{looks_at}{verdict.get(one.state, '')}"
    if one.state == "missing":
        return f"missing: {looks_at} is not there, or empty"
    seen = {True: ", there", False: ", not looked at", None: ""}
    return f"{looks_at}{seen[one.looked]}"


def gate_facts(gate: Gate, decides: str) -> Iterator[Item | None]:
    """Yield what a gate looks at, who ``decides``, and what a no does."""
    there = {True: ", there", False: ", not there", None: ""}[gate.there]
    yield fact("looks at", f"{gate.looks_at}{there}" if gate.looks_at else None)
    yield fact("decides", decides)
    yield fact("needs", _needed(gate))
    if gate.blind:
        yield fact("votes", "are hidden until all are in")
    yield fact("on no", _on_no(gate))
    if gate.changed_since:
        yield fact("!", "approved, then changed: it has to be approved again", tone=Tone.OVERDUE)


def _needed(gate: Gate) -> str:
    if gate.votes_needed:
        return f"{counted(gate.votes_needed, 'vote')}, {gate.votes} so far"
    return "the vote of each of them" if gate.need in (None, "all") else f"votes: {gate.need}"


def _on_no(gate: Gate) -> str | None:
    if gate.stops:
        return "it ends there: a no is final"
    if not gate.returns_to:
        return None
    rounds = ""
    if gate.max_rounds is not None:
        rounds = f"; after {counted(gate.max_rounds, 'round')} the owner is asked"
    return f"back to {named(gate.returns_to)}{rounds}"
