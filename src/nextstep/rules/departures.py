"""People who have left, and what still counts on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.events import Event, head_of
from nextstep.model.people import Settings
from nextstep.model.process import VACANT
from nextstep.model.source import Keys, Source
from nextstep.rules.ended import finished_steps, has_ended
from nextstep.rules.own import says
from nextstep.rules.place import found_at
from nextstep.runs.facts import Offer

Gone = Mapping[str, date]
"""The people who have left, and their last days."""

_SETTINGS = """\
people:
  eva: {{name: Eva}}
  max: {{name: Max{partner}}}
  pat: {{name: Pat, left: 2026-09-30}}
roles:
  seller: {{people: [{seller}]}}
"""
_PROCESS = """\
title: Offers
owner: {}
deputy: max
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [seller]
steps:
  - {{id: write, do: Write the offer, who: seller, due: 2bd after start, done_when: It is there}}
"""
_RUN = """\
title: Offer for Globex
owner: eva
started: 2026-11-20
people: {{seller: max, reader: {}}}
steps:
  - id: write
    do: Write the offer
    who: max
    role: seller
    rule: 3bd after start
    due: 2026-11-25
    handoff: {{to: reader, must_include: [the price, the date, who decides]}}
"""
_OFFER = """\
what: Send Lena the offer

who: max
outcome: She can decide

due: 2026-11-27
log:
  - {{at: 2026-11-20T09:00Z, by: max, event: offered, to: {}}}
"""


def _settings(partner: str = "", seller: str = "eva, pat") -> str:
    return _SETTINGS.format(partner=partner, seller=seller)


def _with(path: str, text: str) -> Example:
    return Example({"nextstep.yaml": _settings(), path: text})


OWNER_WHO_LEFT = Rule(
    code="NS230",
    name="owner-who-left",
    severity=Severity.WARNING,
    what="The owner or deputy of a process, or of an open run, has left.",
    why="Steps that nobody has go to the owner, and so does every question: all of it now goes to "
    "nobody.",
    fix="Agree on who owns it from now on, and write that name.",
    bad=_with("processes/offers.yaml", _PROCESS.format("pat")),
    good=_with("processes/offers.yaml", _PROCESS.format("eva")),
)
ROLE_OF_GONE = Rule(
    code="NS231",
    name="role-of-people-who-left",
    severity=Severity.WARNING,
    what="Everybody who holds a role in nextstep.yaml has left.",
    why="Work for the role is offered to people who will not answer.",
    fix="Add somebody to the `people` of the role.",
    bad=Example({"nextstep.yaml": _settings(seller="pat")}),
    good=Example({"nextstep.yaml": _settings(seller="pat, eva")}),
)
PARTNER_WHO_LEFT = Rule(
    code="NS232",
    name="partner-who-left",
    severity=Severity.WARNING,
    what="The partner of something open, of a person or of the whole ledger has left.",
    why="Nobody asks how it went when the day comes.",
    fix="Agree on somebody else who asks, and write that name as `partner`.",
    bad=Example({"nextstep.yaml": _settings(partner=", partner: pat")}),
    good=Example({"nextstep.yaml": _settings(partner=", partner: eva")}),
)
BOUND_TO_GONE = Rule(
    code="NS233",
    name="bound-to-somebody-who-left",
    severity=Severity.WARNING,
    what="In an open run a role to which work will be handed over is bound to a person who has "
    "left.",
    why="The work will be offered, and wait for an answer that never comes.",
    fix="Agree on somebody else, and bind the role to them under `people` of the run.",
    bad=_with("commitments/2026/11/offer-globex.yaml", _RUN.format("pat")),
    good=_with("commitments/2026/11/offer-globex.yaml", _RUN.format("eva")),
)
OFFERED_TO_GONE = Rule(
    code="NS234",
    name="offered-to-somebody-who-left",
    severity=Severity.WARNING,
    what="Work is offered, and everybody who could answer has left.",
    why="The giver waits, and still has it.",
    fix="Withdraw it with a `returned` event, and offer it to somebody who is there.",
    bad=_with("commitments/2026/11/offer-k3f9.yaml", _OFFER.format("pat")),
    good=_with("commitments/2026/11/offer-k3f9.yaml", _OFFER.format("eva")),
)

RULES = (OWNER_WHO_LEFT, ROLE_OF_GONE, PARTNER_WHO_LEFT, BOUND_TO_GONE, OFFERED_TO_GONE)


def who_left(settings: Settings, today: date) -> Gone:
    """Return the people whose last day is over."""
    return {
        person.id: person.left
        for person in settings.people.values()
        if person.left is not None and person.left < today
    }


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what counts on people who have left, beside what they have to do themselves."""
    del before
    gone = who_left(ledger.settings, now.today)
    if not gone:
        return
    yield from _owners(ledger, gone)
    for run in ledger.runs.values():
        if not has_ended(run):
            yield from _bound(run, gone)
    for commitment in ledger.commitments.values():
        if commitment.partner in gone and not has_ended(commitment):
            yield _partner(commitment.source, ("partner",), commitment.partner or "", gone)
    if ledger.settings.source is not None:
        yield from _in_settings(ledger.settings, ledger.settings.source, gone)


def offered(
    source: Source, events: Sequence[Event], offers: Iterable[Offer | None], gone: Gone
) -> Iterator[Diagnostic]:
    """Yield a finding for each offer that waits for nobody but people who have left.

    ``events`` are those of the log that count.
    """
    for offer in offers:
        if offer is None or not offer.receivers or not gone.keys() >= set(offer.receivers):
            continue
        said = (offer.at, offer.by, "offered", offer.step)
        event = next(one for one in events if head_of(one) == said)
        names = " and ".join(f"`{name}`, who left on {gone[name]}" for name in offer.receivers)
        yield found_at(
            OFFERED_TO_GONE,
            source,
            ("log", event.index, "to" if "to" in event.values else "event"),
            f"this is offered to {names}",
            hint="withdraw it with a `returned` event, and offer it to somebody who is there",
        )


def _owners(ledger: Ledger, gone: Gone) -> Iterator[Diagnostic]:
    for process in ledger.processes.values():
        if process.state != "retired":
            for field, name in (("owner", process.owner), ("deputy", process.deputy)):
                if says(ledger, process, field):
                    yield from _owned(process.source, field, name, gone)
    for run in ledger.runs.values():
        if not has_ended(run):
            for field, name in (("owner", run.owner), ("deputy", run.deputy)):
                yield from _owned(run.source, field, name, gone)


def _owned(source: Source, field: str, name: str | None, gone: Gone) -> Iterator[Diagnostic]:
    if name is not None and name in gone:
        yield found_at(
            OWNER_WHO_LEFT,
            source,
            (field,),
            f"the {field}, `{name}`, left on {gone[name]}",
            hint=f"agree on who is {field} from now on, and write that name",
        )


def _bound(run: Run, gone: Gone) -> Iterator[Diagnostic]:
    """Judge the roles that are to receive work; who is to do a step is judged elsewhere."""
    if gone.keys().isdisjoint(run.people.values()):
        return
    finished = finished_steps(run)
    steps = [step for step in run.steps if step.id not in finished]
    doing = {name for step in steps for name in step.who}
    receiving = {step.handoff.to for step in steps if step.handoff is not None}
    for role, name in run.people.items():
        receives = role in receiving or role.partition("/")[0] in receiving
        if name in gone and name not in doing and receives:
            yield found_at(
                BOUND_TO_GONE,
                run.source,
                ("people", role),
                f"`{name}`, who is to receive work as {role}, left on {gone[name]}",
                hint="agree on somebody else, and write that name here",
            )


def _in_settings(settings: Settings, source: Source, gone: Gone) -> Iterator[Diagnostic]:
    if settings.partner in gone:
        yield _partner(source, ("partner",), settings.partner or "", gone)
    for person in settings.people.values():
        if person.partner in gone and person.id not in gone:
            yield _partner(source, ("people", person.id, "partner"), person.partner or "", gone)
    for role in settings.roles.values():
        left = [name for name in role.people if name in gone]
        if left and all(name in gone or name == VACANT for name in role.people):
            names = " and ".join(f"`{name}`" for name in left)
            yield found_at(
                ROLE_OF_GONE,
                source,
                ("roles", role.id, "people"),
                f"the role `{role.id}` is held by nobody: {names} left",
                hint="add somebody who is there",
            )


def _partner(source: Source, keys: Keys, name: str, gone: Gone) -> Diagnostic:
    return found_at(
        PARTNER_WHO_LEFT,
        source,
        keys,
        f"`{name}` is to ask how it went, and left on {gone[name]}",
        hint="agree on somebody else who asks, and write that name",
    )
