"""What has to be there before a step is done or passed on, as far as a machine can see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nextstep.dates.conditions import names_of, parse_condition
from nextstep.dates.zones import local_day
from nextstep.model.process import HOLDS, INPUT, Check, Item, Strength
from nextstep.runs.needs import check_holds, is_asked_for
from nextstep.runs.scene import Scene
from nextstep.runs.story import Refusal, named


def lacking(scene: Scene) -> tuple[Item, ...]:
    """Return the critical items that what was known at that moment does not give.

    What must be included counts when it is passed on: with the offer, and with the end of a step
    that nobody signs for. Files are left to people and to checklists: the log does not tell them.
    """
    step, given = scene.track.step, scene.event.event
    wanted = step.items
    if step.handoff is not None and (given == "offered" or not step.is_handed_over):
        wanted += step.handoff.must_include
    inputs = scene.replay.inputs
    return tuple(
        item
        for item in wanted
        if item.critical
        and item.check is not None
        and item.check.kind in (INPUT, HOLDS)
        and is_asked_for(item, inputs)
        and check_holds(item.check, inputs) is not True
    )


def is_enforced(scene: Scene) -> bool:
    """Return whether the order of the run was kept firmly on the day of the event."""
    day = local_day(scene.event.at, scene.replay.calendar.timezone)
    return keeps_order(scene.replay.run.strength, day)


def keeps_order(strength: Strength, day: date) -> bool:
    """Return whether an order is kept firmly on a day."""
    return strength.level == "enforce" and (strength.until is None or day <= strength.until)


def without(scene: Scene, items: Iterable[Item], instead: str = "") -> Refusal:
    """Refuse an event that comes before what is critical is there."""
    lacks = tuple(items)
    names = [name for item in lacks if item.check for name in _inputs_of(item.check)]
    first = named(tuple(dict.fromkeys(names)))
    there = named(tuple(item.item for item in lacks))
    return (
        f"`{scene.event.event}` of `{scene.track.step.id}` came without {there}",
        f"write `changed` with {first} of `inputs` before it{instead}",
    )


def _inputs_of(check: Check) -> tuple[str, ...]:
    return (check.target,) if check.kind == INPUT else names_of(parse_condition(check.target))
