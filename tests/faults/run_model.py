"""A run as a small model: a table of what each verb makes of a step, for whom; the rest is refused.

The run has work that is handed over, two parts of a fan-out, a gate of two people that sends back to
the work, and a plain last step. The table is that of the states as they are documented.
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

DUE, OTHER_DUE = "2026-12-21", "2026-12-09"
RUN = "run"


class Step(Struct, frozen=True, kw_only=True):
    """A step of the model. Waiting is not kept: it is ``open`` with something before it open."""

    kind: str
    who: tuple[str, ...]
    after: tuple[str, ...] = ()
    stage: str = "open"
    giver: str = ""
    votes: frozenset[str] = frozenset()
    item: str = ""
    ticked: bool = False
    blocked: bool = False
    vacant: bool = False
    passed_over: bool = False
    due: str = DUE


def other_day(step: Step) -> str:
    """Return a day on which a step is not due yet."""
    return OTHER_DUE if step.due == DUE else DUE


class Model(Struct, frozen=True, kw_only=True):
    """A run of the model: its steps, who has written in its log, and whether it is over."""

    steps: dict[str, Step]
    acted: frozenset[str] = frozenset()
    over: str = ""

    def finished(self, id_: str) -> bool:
        return self.steps[id_].stage == "finished"

    def stage(self, id_: str) -> str:
        """Return where a step stands, as the program says it."""
        step = self.steps[id_]
        if step.stage != "open":
            return step.stage
        return "ready" if all(map(self.lets_go_on, step.after)) else "waiting"

    def lets_go_on(self, id_: str) -> bool:
        """Return whether nothing waits for a step: if it was skipped, what is before it counts."""
        step = self.steps[id_]
        return self.finished(id_) and (
            not step.passed_over or all(map(self.lets_go_on, step.after))
        )

    def later(self, id_: str) -> list[str]:
        """Return the steps that come after a step, at any distance."""
        nexts = [name for name, one in self.steps.items() if id_ in one.after]
        return [*nexts, *chain.from_iterable(map(self.later, nexts))]

    def state(self) -> str:
        """Return where the run stands, as the program says it."""
        return self.over or ("ready to close" if all(map(self.finished, self.steps)) else "open")

    def having(self, id_: str) -> tuple[str, ...]:
        """Return who has a step: its people, or the owner where it is vacant."""
        step = self.steps[id_]
        return (OWNER,) if step.vacant else step.who


OWNER, DEPUTY, RECEIVER, OUTSIDER = "dev", "pat", "bo", "hal"
BEGIN = Model(
    steps={
        "draft": Step(kind="work", who=("ann",), item="the names are right"),
        "pages/left": Step(kind="part", who=("cy",), after=("draft",), item="the sums are right"),
        "pages/right": Step(kind="part", who=("dee",), after=("draft",), item="the sums are right"),
        "sign": Step(kind="gate", who=("eve", "fay"), after=("pages/left", "pages/right")),
        "send": Step(kind="plain", who=("gil",), after=("sign",), item="the stamp is on it"),
    }
)
SENT_BACK = ("draft", "pages/left", "pages/right", "sign")
ANY, OPEN = "work part gate plain", "waiting ready done offered"


class Row(NamedTuple):
    """A row of the table: verb, kinds of steps, where they stand, who acts, what comes of it."""

    verb: str
    kinds: str
    stages: str
    by: str
    becomes: str


TABLE = (
    Row("done", "work", "ready", "anybody", "done"),
    Row("done", "part plain", "ready", "anybody", "finished"),
    Row("override", "work", "waiting ready", "anybody", "done"),
    Row("override", "part plain", "waiting ready", "anybody", "finished"),
    Row("offer", "work", "ready done", "anybody", "offered"),
    Row("accept", "work", "offered", "receiver", "finished"),
    Row("return", "work", "offered", "giver", "done"),
    Row("return", "work", "offered", "receiver", "open"),
    Row("return", "work part plain", "ready", "newcomer", "vacant"),
    Row("return", "gate", "ready", "who", "sent back"),
    Row("approve", "gate", "ready", "who", "vote"),
    Row("skip", "work plain", OPEN, "who owner deputy", "passed over"),
    Row("skip", "part gate", OPEN, "owner deputy", "passed over"),
    Row("tick", "work part plain", OPEN, "anybody", "ticked"),
    Row("move", ANY, OPEN, "who", "moved"),
    Row("move-agreed", ANY, OPEN, "anybody", "moved"),
    Row("block", ANY, OPEN, "anybody", "blocked"),
    Row("unblock", ANY, OPEN, "anybody", "unblocked"),
    Row("reopen", ANY, "finished", "owner deputy", "reopened"),
    Row("reopen", ANY, "finished", "last", "reopened"),
    Row("note", ANY, f"{OPEN} finished", "anybody", "same"),
)
ON_STEPS = tuple(dict.fromkeys(row.verb for row in TABLE))


def is_one(kind: str, who: str, id_: str, model: Model) -> bool:
    """Return whether somebody is what a row says, at a step."""
    step = model.steps[id_]
    match kind:
        case "who":
            return who in model.having(id_) or (step.vacant and who == DEPUTY)
        case "newcomer":
            return who in step.who and not step.vacant and who not in model.acted
        case "last":
            return not any(map(model.finished, model.later(id_)))
        case "giver":
            return who == step.giver
        case _:
            return who == {"receiver": RECEIVER, "owner": OWNER, "deputy": DEPUTY}.get(kind, who)


def next_model(model: Model, verb: str, id_: str, who: str) -> Model | None:
    """Return the model after a verb at a step; None where the table has no row for it."""
    if verb == "note":
        return model
    if model.over:
        return None
    step, stage = model.steps[id_], model.stage(id_)
    for row in TABLE:
        if (
            row.verb != verb
            or step.kind not in row.kinds.split()
            or stage not in row.stages.split()
        ):
            continue
        if any(is_one(one, who, id_, model) for one in row.by.split()):
            if row.becomes == "unblocked" and not step.blocked:
                return None
            return _after(replace(model, acted=model.acted | {who}), row.becomes, id_, who)
    return None


CHANGES: dict[str, dict[str, object]] = {
    "same": {},
    "finished": {"stage": "finished", "blocked": False, "passed_over": False},
    "passed over": {"stage": "finished", "blocked": False, "passed_over": True},
    "done": {"stage": "done"},
    "open": {"stage": "open", "ticked": False},
    "vacant": {"vacant": True},
    "reopened": {"stage": "open", "votes": frozenset(), "ticked": False, "passed_over": False},
    "ticked": {"ticked": True},
    "blocked": {"blocked": True},
    "unblocked": {"blocked": False},
}


def _after(model: Model, becomes: str, id_: str, who: str) -> Model:
    step = model.steps[id_]
    match becomes:
        case "sent back":
            steps = {one: _begun_again(model.steps[one]) for one in SENT_BACK}
            return replace(model, steps={**model.steps, **steps})
        case "offered":
            step = replace(step, stage="offered", giver=who, ticked=True)
        case "moved":
            step = replace(step, due=other_day(step))
        case "vote":
            votes = step.votes | {who}
            done = votes == set(step.who)
            step = replace(step, votes=votes, stage="finished" if done else "open")
            step = replace(step, blocked=step.blocked and not done)
        case _:
            step = replace(step, **CHANGES[becomes])
    return replace(model, steps={**model.steps, id_: step})


def _begun_again(step: Step) -> Step:
    """Return a step of which nothing counts that was done: who gave it back has it no more."""
    return Step(
        kind=step.kind,
        who=step.who,
        after=step.after,
        item=step.item,
        due=step.due,
        vacant=step.vacant,
    )


def of_run(model: Model, verb: str, who: str, person: str) -> Model | None:
    """Return the model after a verb about the run as a whole; None where it is refused."""
    now = replace(model, acted=model.acted | {who})
    if model.over:
        return None
    match verb:
        case "drop" if who == OWNER:
            return replace(now, over="dropped")
        case "close" if model.state() == "ready to close":
            return replace(now, over="closed")
        case "assign" if model.steps["send"].who != (person,):
            send = replace(model.steps["send"], who=(person,), vacant=False)
            return replace(now, steps={**model.steps, "send": send})
        case _:
            return None


def is_there_already(model: Model, verb: str, step: str, who: str) -> bool:
    """Return whether nothing is left to be done: that is said, and is no refusal."""
    if step == RUN or model.over:
        return False
    one, stage = model.steps[step], model.stage(step)
    if verb == "tick":
        return one.ticked and stage != "finished"
    return verb == "approve" and who in one.votes


def people_at(model: Model, id_: str) -> tuple[str, ...]:
    """Return everybody of whom a row could speak at a step, each once."""
    step = model.steps[id_]
    giver = (step.giver,) if step.giver else ()
    return tuple(dict.fromkeys((*step.who, RECEIVER, OWNER, DEPUTY, OUTSIDER, *giver)))


def after(model: Model, verb: str, step: str, who: str, person: str = "") -> Model | None:
    """Return the model after a verb; None where it is refused."""
    if step == RUN:
        return of_run(model, verb, who, person)
    return next_model(model, verb, step, who)
