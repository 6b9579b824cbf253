"""What each verb makes of the fair: for whom, in which state. All else is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from msgspec.structs import replace

from tests.faults.run_fair_model import (
    MOVABLE,
    RUN,
    Act,
    Model,
    Vote,
    begun_again,
    dated,
    finished,
    followed,
    receiver_of,
    said_no,
    voted,
)
from tests.faults.run_fair_plan import PLAN, RECEIVER, later

Outcome: TypeAlias = tuple[str, Model] | None
"""What an act means, and the model after it."""


def done(model: Model, act: Act) -> Outcome:
    kind, stage = PLAN[act.step].kind, model.stage(act.step, act.at.date())
    early = stage == "waiting"
    if kind in {"gate", "mark"} or stage not in {"waiting", "ready"}:
        return None
    if early and model.enforce and act.verb != "override":
        return None
    model = model.with_step(act.step, done=True, early=early or model.steps[act.step].early)
    if kind != "work":
        model = finished(model, act.step, "told" if kind == "told" else "done", act.at.date())
    return "done", model


def offer(model: Model, act: Act) -> Outcome:
    stage = model.stage(act.step, act.at.date())
    if PLAN[act.step].kind != "work" or stage not in {"ready", "done"}:
        return None
    if not set(act.items) <= set(model.items(act.step)):
        return None
    ticked = model.steps[act.step].ticked | set(act.items)
    offered = {"giver": act.who, "offered": act.at, "done": True, "ticked": ticked}
    return "offered", model.with_step(act.step, **offered)


def accept(model: Model, act: Act) -> Outcome:
    step = model.steps[act.step]
    what = receiver_of(step, act.who)
    if what == "work":
        return f"{what} {step.offered}", finished(model, act.step, "accepted", act.at.date())
    if what != "duty" or step.duty is None:
        return None
    giver = step.duty[0] if step.duty[0] in step.who or not step.who else step.who[0]
    who = tuple(dict.fromkeys(act.who if one == giver else one for one in step.who)) or (act.who,)
    return f"{what} {step.promised}", model.with_step(act.step, who=who, duty=None, vacated=False)


def return_(model: Model, act: Act) -> Outcome:
    step = model.steps[act.step]
    if step.giver and act.who == step.giver:
        return f"withdrawn {step.offered}", model.with_step(act.step, giver="")
    if step.giver and act.who == RECEIVER:
        changes = {"giver": "", "done": False, "rounds": step.rounds + 1}
        return f"back {step.offered}", model.with_step(
            act.step, **changes, ticked=step.ticked - set(act.items)
        )
    if step.duty and act.who in step.duty:
        return f"duty back {step.promised}", model.with_step(act.step, duty=None)
    ready = model.stage(act.step, act.at.date()) == "ready"
    return unasked(model, act) if ready else None


def unasked(model: Model, act: Act) -> Outcome:
    """Say no at a gate, or give back what was not begun: nobody offered it."""
    step, plan = model.steps[act.step], PLAN[act.step]
    if plan.kind == "gate" and model.has(act.step, act.who):
        if plan.blind:
            return "no", voted(model, act.step, Vote(act.who, against=True), act.at.date())
        return "no", said_no(model, act.step)
    if plan.kind == "gate" or act.who not in step.who or act.who in model.seen:
        return None
    who = tuple(one for one in step.who if one != act.who)
    return "unbegun", model.with_step(act.step, who=who, vacated=True)


def approve(model: Model, act: Act) -> Outcome:
    stage, step = model.stage(act.step, act.at.date()), model.steps[act.step]
    if PLAN[act.step].kind != "gate" or stage == "waiting" or not model.has(act.step, act.who):
        return None
    if stage == "finished" and step.how != "approved":
        return None
    return "vote", voted(model, act.step, Vote(act.who, act.more), act.at.date())


def skip(model: Model, act: Act) -> Outcome:
    gate = PLAN[act.step].kind == "gate"
    theirs = act.who in model.steps[act.step].who and not gate
    if model.how(act.step, act.at.date()) or not (theirs or model.leads(act.who)):
        return None
    how = "waived" if gate else "skipped"
    return how, finished(model, act.step, how, act.at.date())


def tick(model: Model, act: Act) -> Outcome:
    if model.how(act.step, act.at.date()) or act.more not in model.items(act.step):
        return None
    ticked = model.steps[act.step].ticked | {act.more}
    return "ticked", model.with_step(act.step, ticked=ticked)


def move(model: Model, act: Act) -> Outcome:
    agreed = act.agreed not in {"", act.who}
    over = model.how(act.step, act.at.date()) not in MOVABLE
    if over or not (agreed or model.has(act.step, act.who)):
        return None
    moved = model.with_step(act.step, due=date.fromisoformat(act.more), asked=False)
    return "moved", followed_by(model, moved, act, fixed=act.step)


def followed_by(before: Model, model: Model, act: Act, *, fixed: str = "") -> Model:
    model = followed(before, model, act.at.date(), fixed=fixed)
    for id_, step in model.steps.items():
        if step.due != before.steps[id_].due:
            model = model.with_step(id_, asked=False)
    return model


def block(model: Model, act: Act) -> Outcome:
    blocked = act.verb == "block"
    if act.step == RUN:
        return act.verb, replace(model, blocked=blocked)
    if model.how(act.step, act.at.date()):
        return None
    return act.verb, model.with_step(act.step, blocked=blocked)


def reopen(model: Model, act: Act) -> Outcome:
    if act.step == RUN:
        if not (model.over and model.leads(act.who)):
            return None
        return "reopened", replace(model, over="", stopped="")
    after = any(model.steps[one].how for one in later(act.step))
    if not model.steps[act.step].how or (after and not model.leads(act.who)):
        return None
    again = begun_again(model.steps[act.step])
    return "reopened", replace(model, steps={**model.steps, act.step: again})


def asked_person(model: Model, id_: str) -> str:
    """Return who is asked how a step goes."""
    step = model.steps[id_]
    if step.giver:
        return step.giver
    voters = model.missing_voters(id_) if PLAN[id_].kind == "gate" and not step.put else ()
    return next(iter(voters or (() if step.put else step.who)), "dev")


def ask(model: Model, act: Act) -> Outcome:
    step, stage, due = (
        model.steps[act.step],
        model.stage(act.step, act.at.date()),
        model.due(act.step),
    )
    if stage not in {"ready", "done", "offered"} or asked_person(model, act.step) == act.who:
        return None
    if step.asked or (stage != "done" and due is not None and due > act.at.date()):
        return None
    return asked(model, act)


def asked(model: Model, act: Act) -> Outcome:
    """Return what the event makes of a step: it may count again where nobody would ask any more."""
    over = model.how(act.step, act.at.date())
    return None if over else ("asked", model.with_step(act.step, asked=True))


def offer_duty(model: Model, act: Act) -> Outcome:
    may = model.has(act.step, act.who) or model.leads(act.who)
    if PLAN[act.step].kind == "mark" or model.how(act.step, act.at.date()) or not may:
        return None
    duty = {"duty": (act.who, act.more), "promised": act.at}
    return "duty offered", model.with_step(act.step, **duty)


def held_by(model: Model, person: str, to: str, day: date) -> tuple[str, ...]:
    """Return the steps that somebody has and did not offer to the other one yet."""
    return tuple(
        id_
        for id_, step in model.steps.items()
        if person in step.who and not model.how(id_, day) and not (step.duty and step.duty[1] == to)
    )


def note(model: Model, act: Act) -> Outcome:
    del act
    return "noted", model


def offer_all(model: Model, act: Act) -> Outcome:
    for id_ in act.items:
        outcome = offer_duty(model, replace(act, step=id_, more=act.agreed))
        if outcome is None:
            return None
        model = outcome[1]
    return ("all offered", model) if act.items else None


def assign(model: Model, act: Act) -> Outcome:
    role, _, person = act.more.partition("=")
    before, new = model.people[role], () if person == "vacant" else (person,)
    for id_, plan in PLAN.items():
        step = model.steps[id_]
        if plan.role == role and before in step.who:
            place = step.who.index(before)
            who = (*step.who[:place], *new, *step.who[place + 1 :])
        elif plan.role == role and not step.who:
            who = new
        else:
            continue
        model = model.with_step(id_, who=who, vacated=step.vacated and not who)
    return "assigned", replace(model, people={**model.people, role: person})


def change(model: Model, act: Act) -> Outcome:
    if not {act.who, act.agreed} & model.doers():
        return None
    name, _, value = act.more.partition("=")
    changed = replace(model, inputs={**model.inputs, name: value})
    return "changed", followed_by(model, changed, act)


def changed_by_hand(model: Model, act: Act) -> Outcome:
    """Write another input into the file, whoever it is: nothing follows in a run that is over."""
    name, _, value = act.more.partition("=")
    changed = replace(model, inputs={**model.inputs, name: value})
    return "changed", changed if model.over else followed_by(model, changed, act)


def close(model: Model, act: Act) -> Outcome:
    if model.open_steps(act.at.date()):
        return None
    return "closed", replace(model, over="closed", blocked=False)


def drop(model: Model, act: Act) -> Outcome:
    return (
        ("dropped", replace(model, over="dropped", blocked=False)) if model.leads(act.who) else None
    )


WITHOUT_TRACE = ("note", "change", "assign")
"""Beginnings of the verbs whose event does not count as work in the run."""

VERBS: dict[str, Callable[[Model, Act], Outcome]] = {
    "done": done,
    "override": done,
    "offer": offer,
    "accept": accept,
    "return": return_,
    "approve": approve,
    "skip": skip,
    "tick": tick,
    "move": move,
    "move-agreed": move,
    "block": block,
    "unblock": block,
    "reopen": reopen,
    "ask": ask,
    "offer-duty": offer_duty,
    "note": note,
    "offer-all": offer_all,
    "assign": assign,
    "change": change,
    "change-agreed": change,
    "close": close,
    "drop": drop,
}
BY_HAND: dict[str, Callable[[Model, Act], Outcome]] = {
    "move-by-hand": move,
    "move-in-editor": move,
    "change-by-hand": changed_by_hand,
    "change-in-editor": changed_by_hand,
    "assign-by-hand": assign,
    "assign-in-editor": assign,
}
"""What is done in the file, and recorded afterwards: `fmt --record`, or by `edit` itself."""

ON_STEPS = (*tuple(VERBS)[:16], "move-by-hand", "move-in-editor")
ON_RUNS = (
    *("note", "block", "unblock", "reopen", *tuple(VERBS)[16:]),
    *tuple(BY_HAND)[2:],
)


def outcome(model: Model, act: Act, *, again: bool = False) -> Outcome:
    """Return what an act means and makes of the model; None where it is refused.

    What would change nothing is possible here: the program says so, and writes nothing. ``again``:
    it was recorded before, and what else counts is something else now.
    """
    anywhere = act.verb == "note" or act.verb in tuple(BY_HAND)[2:]
    if model.over and not (anywhere or (act.verb == "reopen" and act.step == RUN)):
        return None
    means = VERBS | BY_HAND | ({"ask": asked} if again else {})
    found = means[act.verb](model, act)
    if found is None:
        return None
    meaning, after = found
    if not act.verb.startswith(WITHOUT_TRACE):
        after = replace(after, seen=after.seen | {act.who})
    if act.verb in BY_HAND:
        return meaning, after
    return meaning, dated(model, after, act.at.date())
