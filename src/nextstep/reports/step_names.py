"""Which step is meant by what somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.model.process import Step


def find_step(name: str, steps: Sequence[Step], typed: str, handle: str) -> str:
    """Return the id of the step that is meant: its id, its part, or the beginning of it.

    ``name`` is that of the run or process, ``handle`` what is typed for it. Raises NextstepError
    with the steps that it could be, or that are near.
    """
    ids = [step.id for step in steps]
    if typed in ids:
        return typed
    parts = [step.id for step in steps if step.base == typed]
    meant: tuple[list[str], ...] = (
        parts,
        [step.id for step in steps if step.part == typed],
        [step.id for step in steps if step.id.startswith(typed)],
    )
    for found in meant if typed else ():
        if len(found) == 1:
            return found[0]
        if found:
            many = "is done in parts" if parts else f"may be {len(found)} steps"
            raise NextstepError(f"`{typed}` {many}", f"type one of {', '.join(found)}")
    hint = did_you_mean(typed, ids) or f"`nextstep show {handle}` lists the steps"
    raise NextstepError(f"{name} has no step `{typed}`", hint)
