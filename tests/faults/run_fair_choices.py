"""What somebody may do at the fair, with all that the verb needs beside, chosen by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from tests.faults.run_fair_acts import held_by
from tests.faults.run_fair_model import RUN, Act, Model, receiver_of
from tests.faults.run_fair_plan import (
    DEPUTY,
    FAIR_DAY,
    OTHER_FAIR_DAY,
    OUTSIDER,
    OWNER,
    PLAN,
    RECEIVER,
    later,
)

Choose: TypeAlias = Callable[[Sequence[str]], str]

HELPFUL = {
    "work": ("offer", "offer", "accept", "accept", "done", "return"),
    "gate": ("approve", "approve", "approve", "approve", "return"),
    "told": ("done",),
    "plain": ("done", "done", "offer-duty", "accept"),
}
"""What brings a step of each kind on."""

MOVED_TO = ("2026-12-09", "2026-12-21")


def filled(model: Model, act: Act, content: str, choose: Choose) -> Act:
    """Return an act with what its verb needs; it never says what is so already.

    ``content`` is what the drawing holds. ``choose`` chooses one of several.
    """
    filler = FILLERS.get(act.verb)
    if filler is None:
        return act
    return replace(act, **filler(model, act, content, choose))


def _moved(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del content
    now = str(model.due(act.step))
    agreed = (model.steps[act.step].who or (OWNER,))[0] if act.verb == "move-agreed" else ""
    return {"more": choose([one for one in MOVED_TO if one != now]), "agreed": agreed}


def _ticked(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del model, content
    return {"more": choose(PLAN[act.step].items or ("the measures",))}


def _offered(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del content, choose
    return {"items": model.items(act.step)}


def _returned(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    """Say that the first thing of the list is missing, where work comes back."""
    del content, choose
    step = model.steps[act.step]
    back = step.giver and act.who == RECEIVER != step.giver
    return {"items": model.items(act.step)[:1] if back else ()}


def _approved(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del model, choose
    return {"more": content if act.step == "drawing" else ""}


def _duty(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del model, content
    return {"more": choose([one for one in ("hal", "gil", "bo") if one != act.who])}


def _all(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del content
    person, to = choose(["cy hal", "gil bo", "hal gil"]).split()
    items = held_by(model, person, to, act.at.date())
    return {"who": person, "more": person, "agreed": to, "items": items}


def _cast(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del act, content
    role = choose(["buyer", "builder"])
    people = [one for one in ("gil", "hal", "fay", "vacant") if one != model.people[role]]
    return {"more": f"{role}={choose(people)}"}


def _changed(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    del content
    size = "small" if model.inputs["size"] == "big" else "big"
    day = OTHER_FAIR_DAY if model.inputs["fair_day"] == FAIR_DAY.isoformat() else FAIR_DAY
    agreed = choose([OWNER, RECEIVER]) if act.verb == "change-agreed" else ""
    return {"more": choose([f"size={size}", f"fair_day={day}"]), "agreed": agreed}


def _edited(model: Model, act: Act, content: str, choose: Choose) -> dict[str, object]:
    """Write a date that was there already as another one, perhaps with who agreed to it."""
    agreed = choose(["", (model.steps[act.step].who or (OWNER,))[0]])
    in_editor = act.verb.endswith("editor")
    return {**_moved(model, act, content, choose), "agreed": "" if in_editor else agreed}


FILLERS: dict[str, Callable[[Model, Act, str, Choose], dict[str, object]]] = {
    "move": _moved,
    "move-agreed": _moved,
    "tick": _ticked,
    "offer": _offered,
    "return": _returned,
    "approve": _approved,
    "offer-duty": _duty,
    "offer-all": _all,
    "assign": _cast,
    "change": _changed,
    "change-agreed": _changed,
    "move-by-hand": _edited,
    "move-in-editor": _edited,
    "change-by-hand": _changed,
    "change-in-editor": _changed,
    "assign-by-hand": _cast,
    "assign-in-editor": _cast,
}


def can_be_typed(model: Model, act: Act) -> bool:
    """Return whether there is anything to write it in: by hand a date that is there becomes another."""
    by_hand = act.verb in {"move-by-hand", "move-in-editor"}
    return not by_hand or model.steps[act.step].due is not None


def people_at(model: Model, step: str) -> list[str]:
    """Return everybody for whom a step could be a matter, each once."""
    if step == RUN:
        return [OWNER, DEPUTY, "cy", OUTSIDER]
    of_step = model.steps[step]
    named = (*of_step.who, RECEIVER, OWNER, DEPUTY, OUTSIDER, of_step.giver)
    return [one for one in dict.fromkeys((*named, *(of_step.duty or ()))) if one]


def says_nothing_new(model: Model, act: Act) -> bool:
    """Return whether what somebody says was said before: that is told, and is no refusal."""
    if model.over or act.step == RUN:
        return False
    step = model.steps[act.step]
    if act.verb == "tick":
        asked_for = act.more in model.items(act.step)
        return asked_for and act.more in step.ticked and not model.how(act.step, act.at.date())
    if act.verb != "approve" or not model.has(act.step, act.who):
        return False
    mine = [one for one in step.votes if one.by == act.who and not one.against]
    return any(one.content == act.more for one in mine)


def is_refused(model: Model, act: Act, content: str) -> bool:
    """Return whether an act is refused though its event would be possible.

    Nothing would change, or work would go on after what was changed since its approval.
    """
    if act.verb == "unblock":
        return not (model.blocked if act.step == RUN else model.steps[act.step].blocked)
    stale = model.how("drawing", act.at.date()) and model.steps["drawing"].approved not in {
        "",
        content,
    }
    if not (stale and model.enforce):
        return False
    goes_on = act.verb in {"done", "override", "offer", "accept", "approve"}
    promise = act.verb == "accept" and receiver_of(model.steps[act.step], act.who) == "duty"
    return act.verb == "close" or (goes_on and act.step in later("drawing") and not promise)
