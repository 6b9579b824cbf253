"""Who looks after a process: an owner who is not alone with it, a deputy, a review now and then."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from msgspec.structs import replace

from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.dates.workdays import add_days
from nextstep.dates.zones import local_day
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.ledger import Ledger
from nextstep.model.calendar import Calendar
from nextstep.model.people import Settings
from nextstep.model.process import Process, Review
from nextstep.model.source import Keys
from nextstep.rules.losses import Losses
from nextstep.rules.own import says, sources_of
from nextstep.rules.place import found_at
from nextstep.runs.order import effective

_SETTINGS = """\
people:
  ana: {name: Ana}
  eva: {name: Eva}
  max: {name: Max}
roles:
  seller: {people: [eva, max]}
"""
_PROCESS = """\
title: Sending offers
owner: {owner}
{deputy}customer: {{who: buyers, kind: external}}
provides: An offer that a buyer can decide on
{more}steps:
  - id: send
    do: Send the offer
    who: seller
    due: 2bd after start
    done_when: They have it
    proof: the buyer's answer
"""


def _example(owner: str = "ana", deputy: str = "deputy: eva\n", more: str = "") -> Example:
    text = _PROCESS.format(owner=owner, deputy=deputy, more=more)
    return Example({"nextstep.yaml": _SETTINGS, "processes/offers.yaml": text})


NO_DEPUTY = Rule(
    code="NS422",
    name="no-deputy",
    severity=Severity.WARNING,
    what="An active process has an owner and no deputy, in a ledger that knows more people than one.",
    why="When the owner is away nobody may decide, and when the owner leaves nobody knows.",
    fix="Ask somebody to be the deputy, and write the name as `deputy`. Drafts may do without.",
    bad=_example(deputy=""),
    good=_example(),
)
REVIEW_OVERDUE = Rule(
    code="NS423",
    name="review-overdue",
    severity=Severity.WARNING,
    what="The day is over on which an active process was to be looked at again: `every` after "
    "`last`, or after the day on which its owner last confirmed it.",
    why="Work changes, and the page stays. People notice that it is wrong before anybody mends it, "
    "and then read no other page either.",
    fix="Go through it with those who do the work. Then its owner or deputy types "
    "`nextstep confirm` and its name, which writes the day as `last`. If it is looked at too often, "
    "write a longer `every`.",
    bad=_example(more="review: {every: 6mo, last: 2026-04-10}\n"),
    good=_example(more="review: {every: 6mo, last: 2026-10-12}\n"),
)
NEVER_REVIEWED = Rule(
    code="NS424",
    name="never-reviewed",
    severity=Severity.WARNING,
    what="An active process says how often it is looked at, and not when that was done last.",
    why="The first time never becomes due, so it may never come.",
    fix="Once its owner has said yes to it, type `nextstep confirm` and its name: that writes the "
    "day as `last`. Or write another day there.",
    bad=_example(more="review: {every: 6mo}\n"),
    good=_example(more="review: {every: 6mo, last: 2026-10-12}\n"),
)
OWNED_BY_ITS_PERFORMERS = Rule(
    code="NS425",
    name="owned-by-its-performers-alone",
    severity=Severity.WARNING,
    what="The owner of an active process plays every role in it, and nobody else looks: there is no "
    "deputy, nobody else votes or receives, and the customer expects nothing that is asked for.",
    why="Whoever does the work all day sees last that it should be done in another way, and has the "
    "least time to change it.",
    fix="Name a deputy who does not do the work, let somebody else own it, or write into `expects` "
    "what the customer will check.",
    bad=_example(owner="eva", deputy=""),
    good=_example(owner="eva", deputy="deputy: ana\n"),
)

RULES = (NO_DEPUTY, REVIEW_OVERDUE, NEVER_REVIEWED, OWNED_BY_ITS_PERFORMERS)
_HOURS = frozenset({"h", "min"})
_REVIEWED = ("review", "log")
_PLAYERS = ("expects", "customer", "roles", "who", "steps.who", "steps.with", "steps.handoff")


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the active processes that nobody looks after well enough."""
    del before
    with_others = _knows_several(ledger.settings, now.today)
    read = _Read(ledger)
    for process in ledger.processes.values():
        if process.state == "active" and read(process, "state"):
            if with_others and process.owner is not None and process.deputy is None:
                yield from _alone(ledger, process, process.owner, read)
            if process.reviews and says(ledger, process, "reviews") and read(process, *_REVIEWED):
                yield from _reviews(process, now.today, ledger.calendar)


class _Read:
    """Whether fields of a process were read well, of its base too; the rest may be lost."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._losses = Losses(ledger)

    def __call__(self, process: Process, *fields: str) -> bool:
        sources = sources_of(self._ledger, process)
        return all(self._losses.spares(source, *fields) for source in sources)


def _knows_several(settings: Settings, today: date) -> bool:
    """Return whether there is somebody inside who could help the owner."""
    inside = (
        person
        for person in settings.people.values()
        if person.org is None and not person.has_left(today)
    )
    return next(inside, None) is not None and next(inside, None) is not None


def _alone(ledger: Ledger, process: Process, owner: str, read: _Read) -> Iterator[Diagnostic]:
    if not says(ledger, process, "owner"):  # its base is told
        return
    if not read(process, "owner", "deputy"):
        return
    if read(process, *_PLAYERS) and _nobody_else_looks(ledger.settings, process, owner):
        yield found_at(
            OWNED_BY_ITS_PERFORMERS,
            process.source,
            ("owner",),
            f"`{owner}` plays every role in this process, and nobody else looks at it",
            hint="name a deputy who does not do the work, or write what the customer expects",
        )
    else:
        yield found_at(
            NO_DEPUTY,
            process.source,
            ("owner",),
            f"`{owner}` owns this process, and nobody stands in",
            hint="ask somebody, and add `deputy` with the name",
        )


def _nobody_else_looks(settings: Settings, process: Process, owner: str) -> bool:
    if process.expects:
        return False
    names = {name for step in process.steps for name in (*step.who, *step.with_)}
    for step in process.steps:
        if step.handoff is not None:
            names.update(step.handoff.tell)
            names.update(() if step.handoff.to is None else (step.handoff.to,))
    customer = process.customer.who if process.customer is not None else None
    if customer in settings.people or customer in settings.roles or customer in process.roles:
        names.add(customer or "")
    return bool(names) and all(_plays(settings, owner, name) for name in names)


def _plays(settings: Settings, owner: str, name: str) -> bool:
    """Return whether the owner, a person or a role that one person holds, is behind a name."""
    members = settings.members
    person = members[owner][0] if owner in members else owner
    return name in (owner, person, "owner") or person in members.get(name, ())


def _reviews(process: Process, today: date, calendar: Calendar) -> Iterator[Diagnostic]:
    events, _refused = effective(process.log)
    confirmed = [event.at for event in events if event.event == "confirmed"]
    for index, review in enumerate(process.reviews):
        last = review.last
        if confirmed and len(process.reviews) == 1:
            day = local_day(max(confirmed), calendar.timezone)
            last = day if last is None else max(day, last)
        yield from _review(process, index, replace(review, last=last), today, calendar)


def _review(
    process: Process, index: int, review: Review, today: date, calendar: Calendar
) -> Iterator[Diagnostic]:
    """Judge a review whose ``last`` is what file and log say together."""
    every, last = review.every, review.last
    if every is None or every.unit in _HOURS:
        return
    place: Keys = ("review", index) if len(process.reviews) > 1 else ("review",)
    kind = f"the review {review.kind}" if review.kind else "the review"
    which = ["--kind", review.kind] if review.kind and len(process.reviews) > 1 else []
    confirm = shlex.join(["nextstep", "confirm", process.id, *which])
    if last is None:
        yield found_at(
            NEVER_REVIEWED,
            process.source,
            (*place, "every"),
            f"{kind} comes every {every}, and was never done",
            hint=f"once it is right, {confirm}; or add `last`, the day on which somebody last did",
        )
        return
    with suppress(DateProblem):  # the years come to an end before it is due
        due = add_days(last, every, calendar)
        if today > due:
            yield found_at(
                REVIEW_OVERDUE,
                process.source,
                (*place, "last"),
                f"{kind} was due on {due}: {every} after {last}",
                hint=f"go through it with those who do the work, then {confirm}",
            )
