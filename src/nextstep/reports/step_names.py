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
    found = steps_meant(steps, typed)
    if len(found) == 1:
        return found[0]
    if found:
        parts = any(step.base == typed for step in steps)
        many = "is done in parts" if parts else f"may be {len(found)} steps"
        raise NextstepError(f"`{typed}` {many}", f"type one of {', '.join(found)}")
    hint = (
        did_you_mean(typed, [step.id for step in steps])
        or f"`nextstep show {handle}` lists the steps"
    )
    raise NextstepError(f"{name} has no step `{typed}`", hint)


def steps_meant(steps: Sequence[Step], typed: str) -> tuple[str, ...]:
    """Return the ids of the steps that a word may mean: the one, several, or none."""
    if not typed:
        return ()
    meant = (
        [step.id for step in steps if step.id == typed],
        [step.id for step in steps if step.base == typed],
        [step.id for step in steps if step.part == typed],
        [step.id for step in steps if step.id.startswith(typed)],
    )
    return next((tuple(found) for found in meant if found), ())
