"""The order of a process's steps, made explicit."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.model.process import Process


def resolved_after(process: Process) -> Mapping[str, tuple[str, ...]]:
    """Return, for each step of a process, the ids of the steps that it comes after.

    What a step says itself holds. Where it says nothing, ``order: given`` puts it after the last
    one above it that is neither a mark nor optional; with ``order: free`` it waits for nothing.
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
        if step.mark is None and not step.optional:
            last = (step.id,)
    return found


def cycle_in(after: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the ids of steps that wait for each other in a ring, or None.

    Each one comes after the next, the last one after the first. Names that are no keys are no
    part of a ring. Which ring is found, where there are several, depends on their order alone.
    """
    clear: set[str] = set()
    for start in after:
        # A dict keeps the way in its order and answers at once whether an id is on it.
        way = {start: iter(after[start])}
        while way:
            id_, rest = next(reversed(way.items()))
            following = next((one for one in rest if one in after and one not in clear), None)
            if following is None:
                clear.add(id_)
                del way[id_]
            elif following in way:
                ids = tuple(way)
                return ids[ids.index(following) :]
            else:
                way[following] = iter(after[following])
    return None
