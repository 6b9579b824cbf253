"""When the steps of a process end if everybody takes all the time that they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nextstep.dates.expressions import anchors_of
from nextstep.model.process import Step
from nextstep.model.time import Anchor
from nextstep.rules.positions import Places, Position, ceilings, exact, floors

_MOST = 8


def may_be_passed_over(step: Step) -> bool:
    """Return whether a run may go on without the step."""
    return step.when is not None or step.optional or step.undoes is not None


class Timeline:
    """The time frames of a process, each counted back to ``start``, an input or a day.

    By id of a step: ``least``, which its date does not come before; ``most``, which it does not go
    beyond when everybody is on time; ``exact``, which it is whatever happens, and which may also
    count from the end of a step. Empty where that cannot be said.
    """

    def __init__(self, steps: Sequence[Step], graph: Mapping[str, Sequence[str]]) -> None:
        """Work the dates out; steps that count from each other in a circle have none."""
        self.steps = {step.id: step for step in steps}
        self.graph = graph
        self.least: dict[str, Places] = {}
        self.most: dict[str, Places] = {}
        self.exact: dict[str, Places] = {}
        self._ends: dict[str, Places] = {}
        for id_ in self._in_order():
            step = self.steps[id_]
            self.least[id_] = floors(step.rule, self._not_before)
            self.most[id_] = ceilings(step.rule, self._not_after)
            self.exact[id_] = exact(step.rule, self.exactly)
            self._ends[id_] = self._end(step)

    def exactly(self, anchor: Anchor) -> Places:
        """Return the position of an anchor: of a step that ends some day, that end itself."""
        step = self._step(anchor)
        if step is None:
            return (Position(anchor.name),)
        is_its_date = anchor.event == "due" or (
            step.mark is not None and anchor.event == "finished"
        )
        return self.exact.get(step.id, ()) if is_its_date else (Position(str(anchor)),)

    def _step(self, anchor: Anchor) -> Step | None:
        return self.steps.get(anchor.name) or self.steps.get(anchor.name.partition("/")[0])

    def _not_before(self, anchor: Anchor) -> Places:
        step = self._step(anchor)
        if step is None:
            return (Position(anchor.name),)
        return (self.least if anchor.event == "due" else self._ends).get(step.id, ())

    def _not_after(self, anchor: Anchor) -> Places:
        step = self._step(anchor)
        if step is None:
            return (Position(anchor.name),)
        most = self.most.get(step.id, ())
        if anchor.event == "due" or step.mark is not None:
            return most
        if may_be_passed_over(step):
            return ()
        if anchor.event in ("done", "offered") or not step.is_handed_over:
            return most
        within = step.handoff.accept_within if step.handoff is not None else None
        if within is None:
            return ()
        answered = (place.plus(within) for place in most)
        return tuple(place for place in answered if place is not None)

    def _end(self, step: Step) -> Places:
        """Return what the end of a step does not come before: its date, or what it waits for."""
        own = self.least[step.id]
        if own and not may_be_passed_over(step):
            return own
        before = [self._ends.get(name, ()) for name in self.graph.get(step.id, ())]
        if not before and step.mark is None:
            return (Position("start"),)
        return tuple(dict.fromkeys(place for places in before for place in places))[:_MOST]

    def _in_order(self) -> list[str]:
        """Return the steps so that what a date counts from comes first. Linear, and not deep."""
        order: list[str] = []
        seen: set[str] = set()
        for id_ in self.steps:
            ahead = [(id_, False)]
            while ahead:
                name, is_ready = ahead.pop()
                if is_ready:
                    order.append(name)
                elif name not in seen:
                    seen.add(name)
                    ahead.append((name, True))
                    ahead += ((other, False) for other in self._counts_from(name))
        return order

    def _counts_from(self, id_: str) -> list[str]:
        rule = self.steps[id_].rule
        anchors = anchors_of(rule.expression) if rule is not None else ()
        named = [step.id for step in map(self._step, anchors) if step is not None]
        return named + [name for name in self.graph.get(id_, ()) if name in self.steps]
