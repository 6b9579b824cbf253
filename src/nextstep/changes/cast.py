"""Somebody else plays a role in a run: its steps are theirs from then on."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.concerns import concerns, departed
from nextstep.changes.draft import Value
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import VACANT, Step
from nextstep.model.source import Keys
from nextstep.runs.under_settings import run_under


class Cast(Struct, frozen=True, kw_only=True):
    """The steps that somebody has from now on: what changes in the file, and what to say."""

    fields: dict[Keys, Value | None]
    lines: tuple[str, ...]


def recast(ledger: Ledger, run: Run, role: str, person: str, now: Now) -> Cast:
    """Return what it means for the steps of a run that a role is played by somebody else.

    ``role`` is as in ``people``: with its part where it has one.
    """
    before, state = run.people.get(role), run_under(ledger.settings, run, now)
    fields: dict[Keys, Value | None] = {}
    lines: list[str] = []
    for step in run.steps:
        if not plays(run, step, role):
            continue
        place = _place(step, before)
        if place is None:
            continue
        fields[place] = person
        stands = state.steps[step.id]
        if not stands.is_finished:
            lines.append(_told(stands.id, person))
            lines += concerns(ledger.settings, stands.due, person, now.today)
    if not fields:
        lines.append("  no step changes hands by that")
    lines += departed(ledger.settings, (person,), now.today)
    return Cast(fields=fields, lines=tuple(dict.fromkeys(lines)))


def plays(run: Run, step: Step, role: str) -> bool:
    """Return whether a step is done by a role; a part has somebody of its own, if one is named."""
    if step.role is None or step.mark is not None:
        return False
    own = f"{step.role}/{step.part}"
    return role == (own if own in run.people or "/" in role else step.role)


def _place(step: Step, before: str | None) -> Keys | None:
    """Return where the new name goes: in the place of the old one, or where nobody was named."""
    who: Keys = ("steps", step.index, "who")
    if set(step.who) <= {VACANT} or (before is None and len(step.who) == 1):
        return who
    if before not in step.who:
        return None
    return who if len(step.who) == 1 else (*who, step.who.index(before))


def _told(step: str, person: str) -> str:
    return f"  {step} is {'vacant: its owner acts' if person == VACANT else f'for {person}'}"
