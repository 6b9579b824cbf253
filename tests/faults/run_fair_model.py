"""The fair as a model: what each act makes of the run, or None where it is refused.

The model is what came of its acts, one after the other. So to take one back is to go through the
others again, and what hangs on it can be seen: it is refused then, or means something else.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from tests.faults.run_fair_plan import (
    DEPUTY,
    FAIR_DAY,
    OWNER,
    PLAN,
    RECEIVER,
    START,
    THE_HEIGHT,
    Rule,
    later,
    working_days,
)

RUN = "run"
MOVABLE = frozenset({"", "mark"})
"""How a step stands whose date may be another one: it is open, or a date that has come."""


class Vote(Struct, frozen=True):
    """A vote, for the content of a file where one is looked at."""

    by: str
    content: str = ""
    against: bool = False


class Step(Struct, frozen=True, kw_only=True):
    """What happened to a step. ``due`` is what the file says, None while nothing is written.

    ``giver`` offers the work since ``offered``, and the first of ``duty`` the promise to the second
    since ``promised``.
    """

    who: tuple[str, ...] = ()
    how: str = ""
    ended: date | None = None
    done: bool = False
    early: bool = False
    giver: str = ""
    offered: datetime | None = None
    duty: tuple[str, str] | None = None
    promised: datetime | None = None
    votes: tuple[Vote, ...] = ()
    approved: str = ""
    rounds: int = 0
    put: bool = False
    ticked: frozenset[str] = frozenset()
    blocked: bool = False
    asked: bool = False
    vacated: bool = False
    due: date | None = None


class Act(Struct, frozen=True, kw_only=True):
    """Somebody does something. ``more`` is what the verb needs beside: a day, a name, a value.

    ``items`` are what it found to be ticked or offered when it was done, which never changes.
    """

    verb: str
    who: str
    at: datetime
    step: str = RUN
    more: str = ""
    agreed: str = ""
    items: tuple[str, ...] = ()


class Model(Struct, frozen=True, kw_only=True):
    """Where the run stands: its steps, its inputs, who plays what, who acted in it, how it ended."""

    steps: dict[str, Step]
    enforce: bool
    inputs: dict[str, str]
    people: dict[str, str]
    seen: frozenset[str] = frozenset()
    over: str = ""
    stopped: str = ""
    blocked: bool = False

    def with_step(self, id_: str, **changes: object) -> Model:
        """Return the model with something else at a step."""
        return replace(self, steps={**self.steps, id_: replace(self.steps[id_], **changes)})

    def needed(self, id_: str) -> bool:
        """Return whether a step is needed at all."""
        return not PLAN[id_].big or self.inputs["size"] == "big"

    def how(self, id_: str, day: date) -> str:
        """Return how a step is finished on a day; empty while it is not."""
        plan = PLAN[id_]
        if self.steps[id_].how:
            return self.steps[id_].how
        if not self.needed(id_):
            return "not needed"
        if plan.undoes and not self.happened(plan.undoes) and self.steps[plan.undoes].how:
            return "not needed"
        come = self.due(id_) if plan.kind == "mark" else None
        return "mark" if come is not None and come <= day else ""

    def happened(self, id_: str) -> bool:
        """Return whether a step was really done, and not passed over."""
        step = self.steps[id_]
        return step.done or step.how not in {"", "skipped", "waived"}

    def stage(self, id_: str, day: date) -> str:
        """Return where a step stands on a day."""
        step = self.steps[id_]
        if self.how(id_, day):
            return "finished"
        if step.giver:
            return "offered"
        if step.done:
            return "done"
        return "waiting" if self.waits(id_, day) else "ready"

    def waits(self, id_: str, day: date) -> bool:
        """Return whether something has to come before a step."""
        plan = PLAN[id_]
        first = self.day_of(plan.not_before) if plan.not_before else None
        return (
            plan.kind == "mark"
            or (plan.undoes != "" and not self.happened(plan.undoes))
            or (first is not None and first > day)
            or not all(self.lets_go_on(one, day) for one in plan.after)
        )

    def lets_go_on(self, id_: str, day: date) -> bool:
        """Return whether nothing waits for a step: of one passed over, what is before it counts."""
        how = self.how(id_, day)
        passed = how in {"skipped", "waived", "not needed"}
        return bool(how) and (
            not passed or all(self.lets_go_on(one, day) for one in PLAN[id_].after)
        )

    def due(self, id_: str) -> date | None:
        """Return when a step is due: as written, or as counted."""
        return self.steps[id_].due or self.day_of(PLAN[id_].rule)

    def day_of(self, rule: Rule) -> date | None:
        """Return the day that a rule comes to, None while nobody knows."""
        name = rule.anchor
        if name == "start":
            day: date | None = START
        elif name in self.inputs:
            day = date.fromisoformat(self.inputs[name])
        else:
            day = self.due(name) if rule.of_due else self.end_of(name)
        return None if day is None else working_days(day, rule.days)

    def end_of(self, id_: str) -> date | None:
        """Return when a step was finished; one that is not needed passes on what is before it."""
        if self.steps[id_].ended is not None or self.needed(id_):
            return self.steps[id_].ended
        ends = [self.end_of(one) for one in PLAN[id_].after]
        return None if None in ends else max(one for one in ends if one)

    def leads(self, who: str) -> bool:
        """Return whether somebody answers for the run."""
        return who in {OWNER, DEPUTY}

    def has(self, id_: str, who: str) -> bool:
        """Return whether a step is somebody's."""
        return who in self.steps[id_].who if self.steps[id_].who else self.leads(who)

    def missing_voters(self, id_: str) -> tuple[str, ...]:
        """Return whose vote is not there yet at a gate."""
        step = self.steps[id_]
        there = {one.by for one in (*self.yes(id_), *(v for v in step.votes if v.against))}
        return tuple(one for one in step.who if one not in there)

    def yes(self, id_: str) -> tuple[Vote, ...]:
        """Return the votes that count: those for the content of the latest of them."""
        yes = [one for one in self.steps[id_].votes if not one.against]
        return tuple(one for one in yes if one.content == yes[-1].content)

    def items(self, id_: str) -> tuple[str, ...]:
        """Return what is asked for at a step."""
        big = self.inputs["size"] == "big"
        return tuple(one for one in PLAN[id_].items if big or one != THE_HEIGHT)

    def open_steps(self, day: date) -> list[str]:
        """Return the steps for which the run cannot be closed."""
        return [
            id_
            for id_, plan in PLAN.items()
            if not self.how(id_, day)
            and (self.happened(plan.undoes) if plan.undoes else not plan.optional)
        ]

    def state(self, day: date) -> str:
        """Return where the run stands on a day."""
        return self.over or ("open" if self.open_steps(day) else "ready to close")

    def doers(self) -> set[str]:
        """Return who works by the facts of the run."""
        of_steps = {who for one in self.steps.values() for who in one.who}
        return {OWNER, DEPUTY, *self.people.values(), *of_steps} - {"vacant"}


def begin(*, enforce: bool, size: str) -> Model:
    """Return the run as it is started."""
    model = Model(
        steps={id_: Step(who=plan.who) for id_, plan in PLAN.items()},
        enforce=enforce,
        inputs={"fair_day": FAIR_DAY.isoformat(), "size": size},
        people={"buyer": "gil", "builder": "hal"},
    )
    return dated(None, model, START)


def dated(before: Model | None, model: Model, day: date) -> Model:
    """Return the model with the dates written down that are known by what happened."""
    for id_, plan in PLAN.items():
        was_known = before is not None and before.due(id_) is not None
        known = model.day_of(plan.rule)
        if known and not (was_known or model.steps[id_].due or model.how(id_, day)):
            model = model.with_step(id_, due=known)
    return model


def followed(before: Model, model: Model, day: date, *, fixed: str = "") -> Model:
    """Return the model with the dates that follow: of open steps and marks, where nobody moved them."""
    free = [
        id_
        for id_, plan in PLAN.items()
        if id_ != fixed
        and before.steps[id_].due is not None
        and before.how(id_, day) in MOVABLE
        and before.steps[id_].due == before.day_of(plan.rule)
    ]
    for _ in free:
        for id_ in free:
            new = model.day_of(PLAN[id_].rule)
            model = model.with_step(id_, due=new or model.steps[id_].due)
    return model


def begun_again(step: Step) -> Step:
    """Return a step of which nothing counts any more that was done; its date stays."""
    return Step(
        who=step.who,
        duty=step.duty,
        promised=step.promised,
        rounds=step.rounds,
        vacated=step.vacated,
        asked=step.asked,
        due=step.due,
    )


def finished(model: Model, id_: str, how: str, day: date) -> Model:
    """Return the model after the end of a step."""
    return model.with_step(id_, how=how, ended=day, giver="", duty=None, blocked=False)


def said_no(model: Model, id_: str) -> Model:
    """Return the model after a no at a gate: sent back, put to the owner, or the run is over."""
    plan, rounds = PLAN[id_], model.steps[id_].rounds + 1
    model = model.with_step(id_, rounds=rounds)
    if plan.stop:
        return replace(model, over="dropped", stopped=id_, blocked=False)
    if rounds > plan.rounds:
        return model.with_step(id_, put=True)
    for one in PLAN:
        between = one in plan.back or any(one in later(first) for first in plan.back)
        if between and id_ in later(one):
            model = replace(model, steps={**model.steps, one: begun_again(model.steps[one])})
    return model.with_step(id_, votes=())


def voted(model: Model, id_: str, vote: Vote, day: date) -> Model:
    """Return the model after a vote: at a blind gate a no has effect once all have voted."""
    votes = tuple(one for one in model.steps[id_].votes if one.by != vote.by)
    model = model.with_step(id_, votes=(*votes, vote))
    if not vote.against and len(model.yes(id_)) >= PLAN[id_].need:
        model = model.with_step(id_, approved=vote.content)
        return model if model.steps[id_].how else finished(model, id_, "approved", day)
    against = any(one.against for one in model.steps[id_].votes)
    undecided = not model.steps[id_].how
    return said_no(model, id_) if against and undecided and not model.missing_voters(id_) else model


def receiver_of(step: Step, who: str) -> str:
    """Return what somebody is to answer at a step: the work before the promise."""
    if step.giver and who == RECEIVER:
        return "work"
    return "duty" if step.duty and who == step.duty[1] else ""
