"""The files of the model: what they say of a commitment, and what is written to begin with."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.model.commitment import Commitment
from nextstep.model.events import instant_text
from nextstep.reports.standing import Standing
from tests.faults.promise_model import Fact, Promise, Thing


def seen(states: Standing, commitment: Commitment) -> Promise:
    """Return what the files say of a commitment, as the model says it."""
    state = states.commitments[commitment.id]
    return Promise(
        what=commitment.what,
        outcome=commitment.outcome or "",
        stage=state.stage.value,
        who=state.who or "",
        with_=state.with_,
        partner=commitment.partner or "",
        due=str(state.due or ""),
        repeat=commitment.repeat or "",
        blocked=state.blocked is not None,
        giver=state.offer.by if state.offer else "",
        offered_to=" ".join(state.offer.to) if state.offer else "",
        asked=state.asked,
        result=(state.closed.result or "") if state.closed else "",
        unagreed=state.unagreed,
        moved_from=tuple(str(move.before or "").replace("none", "") for move in state.moves),
    )


def told(thing: Thing) -> Promise:
    """Return the same of the model."""
    return replace(thing.now, proposers=())


def text_of(thing: Thing, follows: str = "") -> str:
    """Return the file of a thing of the model; ``follows`` is the id of what it came out of."""
    now = thing.now
    fields = {"what": now.what, "who": now.who, "with": f"[{', '.join(now.with_)}]"}
    fields |= {"outcome": now.outcome, "due": now.due, "follows": follows, "repeat": now.repeat}
    lines = [f"{name}: {value}" for name, value in fields.items() if value not in ("", "[]")]
    return "\n".join([*lines, "log:", *map(line_of, thing.log), ""])


def line_of(fact: Fact) -> str:
    is_why = fact.kind in {"blocked", "reopened"} or fact.result == "dropped"
    parts = {"at": instant_text(fact.at), "by": fact.by, "event": fact.kind}
    parts |= {"to": fact.to, "result": fact.result, "why": "x" if is_why else ""}
    ended = {"outcome": "y", "nothing_further": "z"} if fact.result not in ("", "dropped") else {}
    said_so = {**parts, **ended, "recorded_by": "" if fact.by == fact.typist else fact.typist}
    return f"  - {{{', '.join(f'{name}: {value}' for name, value in said_so.items() if value)}}}"
