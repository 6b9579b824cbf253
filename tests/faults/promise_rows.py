"""What is typed about commitments, and what comes of it in the model: each verb is a row.

A row gives the words, the event that they are to become, and what the verb refuses beyond what the
table of events does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from tests.faults.promise_model import Fact, Promise


class Act(Struct, frozen=True, kw_only=True):
    """Who does what about which thing: ``person``, ``day`` and ``place`` fill the words of a row.

    ``order`` is, of a walk, that in which things are asked about.
    """

    row: str
    name: str
    by: str
    typist: str
    at: datetime
    command: int
    person: str = "raj"
    day: str = "2026-12-09"
    place: int = 0
    order: tuple[str, ...] = ()

    def fact(self, kind: str, **more: str) -> Fact:
        return Fact(kind=kind, by=self.by, typist=self.typist, **more)  # type: ignore[arg-type]


Refuses: TypeAlias = Callable[[Promise, Act], object]


class Row(Struct, frozen=True, kw_only=True):
    """The words after `nextstep`, the event that they make, and when they are refused."""

    words: str
    kind: str
    more: Mapping[str, str] = {}
    refused: Refuses = lambda _now, _act: False

    def facts(self, now: Promise, act: Act) -> list[Fact] | None:
        """Return the events; None where the verb says no."""
        if self.refused(now, act):
            return None
        more = {
            key: value.format(person=act.person, day=act.day) for key, value in self.more.items()
        }
        return [act.fact(self.kind, **more)]


def _is_not_their_word(now: Promise, act: Act) -> bool:
    """Return whether somebody else has to say how it went, or it is offered."""
    if now.stage == "proposed" or now.giver:
        return True
    return now.stage == "open" and not now.has(act.by)


def _is_not_side(now: Promise, act: Act) -> bool:
    """Return whether something proposed is not between them and somebody."""
    return now.stage == "proposed" and not now.takes_part(act.by)


def _cannot_move(now: Promise, act: Act) -> bool:
    return now.due == act.day or _is_not_side(now, act)


def _cannot_move_agreed(now: Promise, act: Act) -> bool:
    """Return whether it is no other date, or nobody agrees but who says it."""
    return now.due == act.day or (act.person == act.by and _is_not_side(now, act))


def _cannot_reopen(now: Promise, act: Act) -> bool:
    return not now.takes_part(act.by) and act.by != now.follower


def is_not_asked(now: Promise, act: Act) -> bool:
    early = now.stage != "done" and now.due > act.at.date().isoformat()
    return now.asked or early or now.who in ("", act.by)


def _changes(field: str, *, agreed: bool = False) -> Refuses:
    def refused(now: Promise, act: Act) -> bool:
        new = act.person if field == "who" else f"other {act.person}"
        consent = agreed and act.person != act.by
        same = getattr(now, field) == new
        not_theirs = field == "who" and now.stage != "proposed"
        return (
            now.stage == "closed" or not_theirs or same or (_is_not_side(now, act) and not consent)
        )

    return refused


def _done(ending: str, *, result: str) -> Row:
    words = f"done {{id}} --{ending} --outcome Came --nothing-further 'That was all'"
    return Row(words=words, kind="closed", more={"result": result}, refused=_is_not_their_word)


ROWS: dict[str, Row] = {
    "note": Row(words="note {id} 'Called, nobody was there'", kind="noted"),
    "move": Row(
        words="move {id} {day} --why later",
        kind="moved",
        more={"to": "{day}"},
        refused=_cannot_move,
    ),
    "move, agreed": Row(
        words="move {id} {day} --why later --agreed-by {person}",
        kind="moved",
        more={"to": "{day}", "agreed_by": "{person}"},
        refused=_cannot_move_agreed,
    ),
    "move, no date": Row(
        words="move {id} none --why 'Nobody knows'",
        kind="moved",
        refused=lambda now, act: not now.due or _is_not_side(now, act),
    ),
    "done, not yet": Row(
        words="done {id} --not-yet {day} --why later",
        kind="moved",
        more={"to": "{day}"},
        refused=lambda now, act: now.due == act.day or _is_not_their_word(now, act),
    ),
    "block": Row(words="block {id} --why 'The log is gone' --on raj", kind="blocked"),
    "done, help needed": Row(
        words="done {id} --help-needed --why 'The log is gone' --on raj",
        kind="blocked",
        refused=_is_not_their_word,
    ),
    "unblock": Row(
        words="unblock {id}", kind="unblocked", refused=lambda now, _act: not now.blocked
    ),
    "done, later": Row(words="done {id} --later", kind="done", refused=_is_not_their_word),
    "done, kept": _done("kept", result="kept"),
    "done, partly": _done("partly --learned Ask --change 'Ask first'", result="partly"),
    "done, missed": _done("missed", result="missed"),
    "done, dropped": Row(
        words="done {id} --dropped --why 'Another way was found'",
        kind="closed",
        more={"result": "dropped"},
        refused=_is_not_their_word,
    ),
    "drop": Row(
        words="drop {id} --why 'Another way was found'", kind="closed", more={"result": "dropped"}
    ),
    "reopen": Row(
        words="reopen {id} --why 'It came back'", kind="reopened", refused=_cannot_reopen
    ),
    "offer": Row(
        words="offer {id} --to {person}",
        kind="offered",
        more={"to": "{person}"},
        refused=lambda _now, act: act.person == act.by,
    ),
    "offer, to a role": Row(
        words="offer {id} --to support", kind="offered", more={"to": "support"}
    ),
    "accept": Row(words="accept {id}", kind="accepted"),
    "return": Row(words="return {id} --why 'I am away'", kind="returned"),
    "change what": Row(
        words="change {id} what 'other {person}' --why clearer",
        kind="changed",
        more={"field": "what", "to": "other {person}"},
        refused=_changes("what"),
    ),
    "change outcome": Row(
        words="change {id} outcome 'other {person}' --why clearer",
        kind="changed",
        more={"field": "outcome", "to": "other {person}"},
        refused=_changes("outcome"),
    ),
    "change outcome, agreed": Row(
        words="change {id} outcome 'other {person}' --why clearer --agreed-by {person}",
        kind="changed",
        more={"field": "outcome", "to": "other {person}", "agreed_by": "{person}"},
        refused=_changes("outcome", agreed=True),
    ),
    "change who": Row(
        words="change {id} who {person} --why 'Knows it better'",
        kind="changed",
        more={"field": "who", "to": "{person}"},
        refused=_changes("who"),
    ),
    "ask": Row(words="ask {id}", kind="asked", refused=is_not_asked),
}
"""The rows that need nothing but the thing itself."""
