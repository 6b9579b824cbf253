"""The hand-offs of a run that were answered: which were accepted, and which came back."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.model.events import Event
from nextstep.runs.states import RunState


class Answered(Struct, frozen=True):
    """The answer of a receiver to the offered work of a step, ``accepted`` or ``returned``.

    ``at_once`` tells of an accepted one that it never came back since it was last accepted.
    """

    step: str
    event: Event
    at_once: bool = False

    @property
    def came_back(self) -> bool:
        """Whether the receiver returned it."""
        return self.event.event == "returned"


def answered_offers(state: RunState) -> Iterator[Answered]:
    """Yield the answers to offers of work, in order.

    These are no such answers: what a giver took back, a step that was given back unbegun, the no of
    a gate, the answer to a promise that was offered, and what does not count.
    """
    refused = {id(one.event) for one in state.impossible}
    givers: dict[str, str] = {}
    returned: set[str] = set()
    for event in state.events:
        step = event.step
        if step is None or id(event) in refused or event.flag("duty"):
            continue
        if event.event == "offered":
            givers[step] = event.by
        elif event.event == "returned" and step in givers and givers.pop(step) != event.by:
            returned.add(step)
            yield Answered(step, event)
        elif event.event == "accepted" and givers.pop(step, None) is not None:
            yield Answered(step, event, at_once=step not in returned)
            returned.discard(step)
