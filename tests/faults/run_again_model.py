"""A run with steps that come again, as a model: which time of each is open, and what ends it.

What a step came to in the times that are over is kept; all else is about the one that is open. The
model is what came of its acts: to take one back is to go through the others again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from tests.faults.run_fair_model import RUN, Act

OWNER, DEPUTY, RECEIVER, OUTSIDER = "dev", "pat", "bo", "out"


class Plan(Struct, frozen=True, kw_only=True):
    """A step as it is planned, with the day of each time of it."""

    kind: str
    who: tuple[str, ...]
    days: tuple[date, ...]
    item: str = ""
    after: str = ""


def _days(*days: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, days))


PLAN = {
    "count": Plan(
        kind="work",
        who=("ann",),
        days=_days("2026-11-24", "2026-12-01", "2026-12-08"),
        item="the till",
    ),
    "sweep": Plan(
        kind="plain", who=("cy",), days=_days("2026-11-25", "2026-12-02", "2026-12-09"), item="dust"
    ),
    "look": Plan(kind="gate", who=("eve", "fay"), days=_days("2026-11-26", "2026-12-10")),
    "wrap": Plan(kind="once", who=("gil",), days=_days("2026-12-15"), after="count"),
}
PROCESS = """\
title: Market stall
state: active
owner: dev
deputy: pat
customer: {who: Globex, kind: external}
provides: A stall that is open on each market day
expects: [it is clean, the sums are right]
order: free
strength: {level: enforce}
steps:
  - id: count
    do: Count what is in the till
    who: ann
    due: 1bd after start
    repeat: every week for 3 times
    items: [the till]
    handoff: {to: bo}
    done_when: The sum is written down
  - id: sweep
    do: Sweep the place
    who: cy
    due: 2bd after start
    repeat: every week
    until: 2026-12-15
    items: [dust]
    done_when: It is clean
  - id: look
    do: Look at the books
    who: [eve, fay]
    need: all
    due: 3bd after start
    repeat: every 2 weeks for 2 times
    done_when: Both say that they are right
    on_return: {to: look, max_rounds: 1}
  - id: wrap
    do: Take it down
    who: gil
    after: [count]
    due: 16bd after start
    done_when: The place is empty
"""


class Time(Struct, frozen=True):
    """A time that is over: when it was due, what ended it, whether that was in time."""

    due: date
    how: str
    in_time: bool | None


class Step(Struct, frozen=True, kw_only=True):
    """What happened to a step: its times that are over, and the one that is open."""

    who: tuple[str, ...]
    times: tuple[Time, ...] = ()
    moved: date | None = None
    done: date | None = None
    giver: str = ""
    offered: datetime | None = None
    votes: frozenset[str] = frozenset()
    rounds: int = 0
    put: bool = False
    ticked: bool = False
    blocked: bool = False
    asked: bool = False


class Model(Struct, frozen=True, kw_only=True):
    """Where the run stands."""

    steps: dict[str, Step]
    seen: frozenset[str] = frozenset()
    over: str = ""

    def with_step(self, id_: str, **changes: object) -> Model:
        return replace(self, steps={**self.steps, id_: replace(self.steps[id_], **changes)})

    def finished(self, id_: str) -> bool:
        return len(self.steps[id_].times) == len(PLAN[id_].days)

    def stage(self, id_: str) -> str:
        step, after = self.steps[id_], PLAN[id_].after
        if self.finished(id_):
            return "finished"
        if step.giver or step.done:
            return "offered" if step.giver else "done"
        return "waiting" if after and not self.finished(after) else "ready"

    def due(self, id_: str) -> date:
        """Return the date of the time that is open, or of the last one."""
        step, days = self.steps[id_], PLAN[id_].days
        return step.moved or days[min(len(step.times), len(days) - 1)]

    def leads(self, who: str) -> bool:
        return who in {OWNER, DEPUTY}

    def has(self, id_: str, who: str) -> bool:
        return who in self.steps[id_].who if self.steps[id_].who else self.leads(who)

    def state(self) -> str:
        return self.over or ("ready to close" if all(map(self.finished, PLAN)) else "open")

    def keeps_open(self, id_: str, day: date) -> bool:
        """Return whether the run cannot be closed for a step: between two times of it, it can."""
        step = self.steps[id_]
        begun = step.done is not None or step.giver != "" or PLAN[id_].kind == "once"
        return not self.finished(id_) and (begun or self.due(id_) <= day)


BEGIN = Model(steps={id_: Step(who=plan.who) for id_, plan in PLAN.items()})


def _ended(model: Model, act: Act, how: str) -> Model:
    """Return the model after the end of one time: the next is open, and nothing is done of it."""
    step, day = model.steps[act.step], act.at.date()
    due = model.due(act.step)
    passed = how in {"skipped", "waived"}
    time = Time(due, how, None if passed else (step.done or day) <= due)
    ended = Step(who=step.who, times=(*step.times, time))
    if PLAN[act.step].kind == "once":  # it has one date, which stays, and was asked about
        ended = replace(ended, moved=step.moved, asked=step.asked)
    return replace(model, steps={**model.steps, act.step: ended})


def _done(model: Model, act: Act) -> Model | None:
    stage, kind = model.stage(act.step), PLAN[act.step].kind
    early = stage == "waiting" and act.verb == "override"
    if kind == "gate" or not (stage == "ready" or early):
        return None
    if kind == "work":
        return model.with_step(act.step, done=act.at.date())
    return _ended(model, act, "done")


def _offer(model: Model, act: Act) -> Model | None:
    step = model.steps[act.step]
    if PLAN[act.step].kind != "work" or model.stage(act.step) not in {"ready", "done"}:
        return None
    done = step.done or act.at.date()
    changes = {"giver": act.who, "offered": act.at, "done": done, "ticked": True}
    return model.with_step(act.step, **changes)


def _accept(model: Model, act: Act) -> Model | None:
    if not model.steps[act.step].giver or act.who != RECEIVER:
        return None
    return _ended(model, act, "accepted")


def _return(model: Model, act: Act) -> Model | None:
    step = model.steps[act.step]
    if step.giver and act.who == step.giver:
        return model.with_step(act.step, giver="")
    if step.giver and act.who == RECEIVER:
        return model.with_step(act.step, giver="", done=None, rounds=step.rounds + 1)
    if model.stage(act.step) != "ready":
        return None
    if PLAN[act.step].kind != "gate":
        begun = act.who not in step.who or act.who in model.seen
        return None if begun else model.with_step(act.step, who=())
    return _no(model, act) if model.has(act.step, act.who) else None


def _no(model: Model, act: Act) -> Model:
    """Let a gate vote anew; after one more round it is put to the owner."""
    step = model.steps[act.step]
    if step.rounds >= 1:
        return model.with_step(act.step, rounds=step.rounds + 1, put=True)
    again = Step(who=step.who, times=step.times, moved=step.moved, asked=step.asked, rounds=1)
    return replace(model, steps={**model.steps, act.step: again})


def _approve(model: Model, act: Act) -> Model | None:
    step = model.steps[act.step]
    if PLAN[act.step].kind != "gate" or model.finished(act.step) or act.who not in step.who:
        return None
    votes = step.votes | {act.who}
    if votes == set(step.who):
        return _ended(model, act, "approved")
    return model.with_step(act.step, votes=votes)


def _skip(model: Model, act: Act) -> Model | None:
    gate = PLAN[act.step].kind == "gate"
    theirs = act.who in model.steps[act.step].who and not gate
    if model.finished(act.step) or not (theirs or model.leads(act.who)):
        return None
    return _ended(model, act, "waived" if gate else "skipped")


def _flag(model: Model, act: Act) -> Model | None:
    """Tick off, block or unblock it."""
    if model.finished(act.step) or (act.verb == "tick" and not PLAN[act.step].item):
        return None
    if act.verb == "tick":
        return model.with_step(act.step, ticked=True)
    return model.with_step(act.step, blocked=act.verb == "block")


def _move(model: Model, act: Act) -> Model | None:
    agreed = act.agreed not in {"", act.who}
    if model.finished(act.step) or not (agreed or model.has(act.step, act.who)):
        return None
    return model.with_step(act.step, moved=date.fromisoformat(act.more), asked=False)


def _ask(model: Model, act: Act) -> Model | None:
    step, stage = model.steps[act.step], model.stage(act.step)
    open_ = () if step.put else tuple(one for one in step.who if one not in step.votes)
    asked = step.giver or next(iter(open_), OWNER)
    early = stage != "done" and model.due(act.step) > act.at.date()
    if stage in {"waiting", "finished"} or asked == act.who or step.asked or early:
        return None
    return _asked(model, act)


def _asked(model: Model, act: Act) -> Model | None:
    """Return what the event makes of a step: it may count again where nobody would ask any more."""
    return None if model.finished(act.step) else model.with_step(act.step, asked=True)


def _reopen(model: Model, act: Act) -> Model | None:
    """Open a step or the run again. Of what comes again the last time is taken back instead."""
    if act.step == RUN:
        return replace(model, over="") if model.over and model.leads(act.who) else None
    if PLAN[act.step].kind != "once" or not model.finished(act.step):
        return None
    return model.with_step(act.step, times=())


def _close(model: Model, act: Act) -> Model | None:
    if act.verb == "drop":
        return replace(model, over="dropped") if model.leads(act.who) else None
    open_ = any(model.keeps_open(one, act.at.date()) for one in PLAN)
    return None if open_ else replace(model, over="closed")


VERBS: dict[str, Callable[[Model, Act], Model | None]] = {
    "done": _done,
    "override": _done,
    "offer": _offer,
    "accept": _accept,
    "return": _return,
    "approve": _approve,
    "skip": _skip,
    "tick": _flag,
    "block": _flag,
    "unblock": _flag,
    "move": _move,
    "move-agreed": _move,
    "ask": _ask,
    "note": lambda model, _act: model,
    "reopen": _reopen,
    "close": _close,
    "drop": _close,
}
ON_RUNS = ("note", "reopen", "close", "drop")
ON_STEPS = tuple(one for one in VERBS if one not in {"close", "drop"})


def is_possible(model: Model, act: Act) -> bool:
    """Return whether an act is done: its event is possible, and it would change something."""
    needless = act.verb == "unblock" and not model.steps[act.step].blocked
    return not needless and after(model, act) is not None


def after(model: Model, act: Act, *, again: bool = False) -> Model | None:
    """Return the model after the event of an act; None where that is not possible.

    ``again``: it was recorded before, and what else counts is something else now.
    """
    if act.verb == "note":
        return model
    if model.over and not (act.verb == "reopen" and act.step == RUN):
        return None
    made = _asked(model, act) if again and act.verb == "ask" else VERBS[act.verb](model, act)
    return None if made is None else replace(made, seen=model.seen | {act.who})


def says_nothing_new(model: Model, act: Act) -> bool:
    """Return whether what somebody says was said before: that is told, and is no refusal."""
    if model.over or act.step == RUN or model.finished(act.step):
        return False
    step = model.steps[act.step]
    if act.verb == "tick":
        return step.ticked and PLAN[act.step].item != ""
    return act.verb == "approve" and act.who in step.votes


def meaning(model: Model, act: Act) -> str:
    """Return what an act is about: a time of a step, and what is answered there."""
    if act.step == RUN or act.verb == "note":
        return act.verb
    step = model.steps[act.step]
    stage = model.stage(act.step) if act.verb == "return" else ""
    answered = step.offered if act.verb in {"accept", "return"} and step.giver else ""
    number = 0 if PLAN[act.step].kind == "once" else len(step.times)
    return f"{act.verb} {number} {stage} {answered}"
