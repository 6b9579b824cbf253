"""Promises that promise less than before: later, fewer things to check, a lower aim, a looser order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nextstep.dates.zones import local_day
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.events import UNDONE
from nextstep.model.process import Process, Promise, Strength
from nextstep.model.source import Keys
from nextstep.model.time import Anchor
from nextstep.model.time import Rule as TimeRule
from nextstep.rules.consent import has_agreed, leading, not_agreed
from nextstep.rules.pairs import Pair
from nextstep.rules.place import found_at
from nextstep.rules.positions import Places, Position, exact, is_later
from nextstep.rules.told_fields import told_fields

_SETTINGS = """\
people:
  ana: {name: Ana}
  eva: {name: Eva}
  max: {name: Max}
roles:
  seller: {people: [max]}
"""
_PROCESS = """\
title: Sending offers
owner: ana
deputy: eva
customer: {{who: buyers, kind: external}}
provides: An offer that a buyer can decide on
expects: [one price]
promise: {{text: You have it in time, due: {due}}}
strength: {level}
steps:
  - id: send
    do: Send the offer
    who: seller
    due: 2bd after start
    done_when: They have it
    proof: the buyer's answer
"""
_NOTED = 'log:\n  - {at: 2026-11-19T09:00Z, by: ana, event: noted, text: "buyers need two days to ask their own"}\n'


def _example(due: str, level: str, log: str = "") -> Example:
    before = _PROCESS.format(due="3bd after start", level="enforce")
    after = _PROCESS.format(due=due, level=level) + log
    settings = {"nextstep.yaml": _SETTINGS}
    return changed_example(
        {**settings, "processes/offers.yaml": before}, {**settings, "processes/offers.yaml": after}
    )


PROMISE_WEAKENED = Rule(
    code="NS513",
    name="promise-weakened",
    severity=Severity.ERROR,
    what="A process or a run promises less than before: nothing at all, a later day, fewer things "
    "that the customer can check, or a lower target. Neither its owner nor the deputy says so in the "
    "log.",
    why="A promise that becomes smaller with the work it was to bring about is no promise. It may "
    "be right to give less; then somebody answers for it, and the customer hears it first.",
    fix="Ask the owner. They say in the log why it is right: `nextstep note ID TEXT`, or `nextstep "
    "confirm PROCESS --text TEXT`.",
    bad=_example("5bd after start", "enforce"),
    good=_example("5bd after start", "enforce", _NOTED),
)
ORDER_LOOSENED = Rule(
    code="NS515",
    name="order-no-longer-enforced",
    severity=Severity.ERROR,
    what="The order of the steps was enforced, and is not any more, or for a shorter time. Neither "
    "the owner nor the deputy says so in the log.",
    why="The order was enforced because something went wrong without it. Whoever is held up by it "
    "today is not the one to lift it alone.",
    fix="Ask the owner, who says in the log why it is right: `nextstep note ID TEXT`. To go round "
    "it once, do the step with `--override WHY`.",
    bad=_example("3bd after start", "advise"),
    good=_example("3bd after start", "advise", _NOTED),
)

RULES = (PROMISE_WEAKENED, ORDER_LOOSENED)
Weaker = tuple[str, Keys, str]
"""A field as in `Difference`, the keys that lead to its place, and what became less."""


def check(pair: Pair, ledger: Ledger) -> Iterator[Diagnostic]:
    """Yield what a process or run promises less than before, where nobody who leads it said so."""
    record, people = pair.now, leading(pair, ledger)
    if not isinstance(record, (Process, Run)) or not people or has_agreed(pair, people):
        return
    for field, keys, told in weaker(pair, ledger.timezone):
        yield found_at(
            ORDER_LOOSENED if field.startswith("strength") else PROMISE_WEAKENED,
            record.source,
            keys,
            f"{told}, and {not_agreed(people)}",
            hint=f'ask {" or ".join(people)}, who then says why: nextstep note {record.id} "..."',
        )


def weaker(pair: Pair, timezone: str) -> Iterator[Weaker]:
    """Yield what is promised less than before."""
    before, now = pair.before, pair.now
    if not isinstance(before, (Process, Run)) or type(now) is not type(before):
        return
    yield from _promise(before.promise, now.promise)
    for gone in [one for one in before.expects if one not in now.expects]:
        told = f"the customer no longer expects `{gone}`"
        yield "expects", ("expects",), told
    yield from _strength(before.strength, now.strength)
    if isinstance(before, Process) and isinstance(now, Process):
        yield from _targets(before, now)
    elif isinstance(before, Run) and isinstance(now, Run):
        yield from _promised_day(before, now, pair, timezone)


def _promise(before: Promise | None, now: Promise | None) -> Iterator[Weaker]:
    if before is None:
        return
    if now is None:
        yield "promise", ("promise",), f"`{before.text}` is not promised any more"
    elif before.rule is not None and now.rule is None:
        told = f"the promise was due `{before.rule.text}`, and has no date now"
        yield "promise.due", ("promise",), told
    elif before.rule is not None and now.rule is not None and _is_later(now.rule, before.rule):
        told = f"the promise is due `{now.rule.text}`, later than `{before.rule.text}` before"
        yield "promise.due", ("promise", "due"), told


def _is_later(rule: TimeRule, other: TimeRule) -> bool:
    """Return whether one time frame is certainly later: both count from the same anchor."""
    return any(
        is_later(first, second) for first in exact(rule, _place) for second in exact(other, _place)
    )


def _place(anchor: Anchor) -> Places:
    return (Position(str(anchor)),)


def _strength(before: Strength, now: Strength) -> Iterator[Weaker]:
    if before.level != "enforce":
        return
    if now.level != "enforce":
        yield "strength.level", ("strength",), "the order was enforced, and is advice now"
    elif now.until is not None and (before.until is None or now.until < before.until):
        until = "without an end" if before.until is None else f"until `{before.until}`"
        told = f"the order is enforced until `{now.until}`, before it was {until}"
        yield "strength.until", ("strength", "until"), told


def _targets(before: Process, now: Process) -> Iterator[Weaker]:
    for name, aim in before.targets.items():
        new = now.targets.get(name)
        if new is None:
            yield (
                f"targets.{name}",
                ("targets",),
                f"`{name}` was to be {aim}, and has no target now",
            )
        elif _is_lower(new, aim):
            told = f"`{name}` is to be {new}, before it was {aim}"
            yield f"targets.{name}", ("targets", name), told


def _is_lower(new: str, old: str) -> bool:
    """Return whether a share of what goes well is smaller. Of other measures nobody can tell."""
    first, second = (text.strip().removesuffix("%") for text in (new, old))
    if not (new.strip().endswith("%") and old.strip().endswith("%")):
        return False
    numbers = first.replace(".", "", 1), second.replace(".", "", 1)
    return all(one.isascii() and one.isdigit() for one in numbers) and float(first) < float(second)


def _promised_day(before: Run, now: Run, pair: Pair, timezone: str) -> Iterator[Weaker]:
    old, new = before.promise_due, now.promise_due
    if not isinstance(old, date) or "promise_due" in told_fields(pair):
        return
    if not isinstance(new, date):
        if not any(event.event == UNDONE for event in pair.lines):
            told = f"the promise was due `{old}`, and has no date now"
            yield "promise_due", ("promise_due",), told
    elif local_day(new, timezone) > local_day(old, timezone):
        told = f"the promise is due `{new}`, before it was `{old}`"
        yield "promise_due", ("promise_due",), told
