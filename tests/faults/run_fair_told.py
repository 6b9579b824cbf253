"""Of what the fair tells whom, when it stands still for too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from tests.faults.run_fair_model import Model
from tests.faults.run_fair_plan import DEPUTY, LIMITS, OWNER, PLAN, Limit, working_days

Told: TypeAlias = tuple[str, str, date, tuple[str, ...]]
"""A step, which limit it passed, since when somebody is told, and who that is."""


def told_of(model: Model, day: date) -> list[Told]:
    """Return what is told on a day, the limits of the whole run first."""
    if model.over:
        return []
    return [
        (id_, limit.past, since, tuple(dict.fromkeys(_people(model, limit))))
        for limit in LIMITS
        for id_ in ([limit.of] if limit.of else PLAN)
        if (since := _since(model, id_, limit, day)) is not None
    ]


def _since(model: Model, id_: str, limit: Limit, day: date) -> date | None:
    passed = _answer_by(model, id_) if limit.past == "accept_within" else _late(model, id_, day)
    since = None if passed is None else working_days(passed, limit.after)
    return since if since is not None and since <= day else None


def _answer_by(model: Model, id_: str) -> date | None:
    """Return by when who is offered the work of a step is to answer."""
    offered, days = model.steps[id_].offered, PLAN[id_].answer
    if not model.steps[id_].giver or offered is None or days is None:
        return None
    return working_days(offered.date(), days)


def _late(model: Model, id_: str, day: date) -> date | None:
    """Return when a step was due whose day is over: not one that is done, optional or not owed."""
    plan, due = PLAN[id_], model.due(id_)
    owed = model.happened(plan.undoes) if plan.undoes else not plan.optional
    to_do = plan.kind != "mark" and model.stage(id_, day) in {"waiting", "ready"}
    return due if owed and to_do and due is not None and due < day else None


def _people(model: Model, limit: Limit) -> Iterator[str]:
    """Yield who is told: for a role that nobody plays the owner is."""
    named = {"owner": OWNER, "deputy": DEPUTY, **model.people, "vacant": OWNER}
    for name in limit.tell:
        person = named.get(name, name)
        yield named.get(person, person)
