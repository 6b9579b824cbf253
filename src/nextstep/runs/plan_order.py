"""The order of a process's steps, made explicit."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.model.process import Process


def resolved_after(process: Process) -> Mapping[str, tuple[str, ...]]:
    """Return, for each step of a process, the ids of the steps that it comes after.

    What a step says itself holds. Where it says nothing, ``order: given`` puts it after the last
    one above it that is neither a mark nor optional and does not come again; with ``order: free``
    it waits for nothing.
    A mark that says nothing waits for its date alone.
    """
    found: dict[str, tuple[str, ...]] = {}
    last: tuple[str, ...] = ()
    for step in process.steps:
        if step.after is not None:
            found[step.id] = step.after
        elif process.order == "free" or step.mark is not None:
            found[step.id] = ()
        else:
            found[step.id] = last
        if step.mark is None and not step.optional and step.repeat is None:
            last = (step.id,)
    return found
