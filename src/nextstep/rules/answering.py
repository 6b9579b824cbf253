"""Exactly one person answers: not a role of several, not two at once, nobody who has left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.people import Settings
from nextstep.model.process import Step
from nextstep.model.source import Keys, Source
from nextstep.rules.ended import finished_steps, has_ended
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at

_PROCESS = """\
title: Offers
owner: {owner}
deputy: max
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [seller, writer]
steps:
  - {{id: write, do: Write the offer, who: {who}, due: 2bd after start, done_when: It is there}}
"""
_SETTINGS = """\
people:
  eva: {name: Eva}
  max: {name: Max}
  pat: {name: Pat, left: 2026-09-30}
roles:
  head-of-sales: {people: [eva]}
  seller: {people: [eva, max]}
"""
_OFFER = "commitments/2026/11/offer-k3f9.yaml"
_COMMITMENT = "what: Send Lena the offer\nwho: {}\noutcome: She can decide\ndue: 2026-11-27\n"


def _owned(owner: str) -> Example:
    text = _PROCESS.format(owner=owner, who="seller, with: [writer]")
    return Example({"nextstep.yaml": _SETTINGS, "processes/offers.yaml": text})


OWNER_ROLE_OF_SEVERAL = Rule(
    code="NS219",
    name="owner-role-of-several",
    severity=Severity.ERROR,
    what="The owner or deputy of a process is a role that is not held by exactly one person.",
    why="What two people own, each believes to be with the other.",
    fix="Name one person, or a role that one person holds.",
    bad=_owned("seller"),
    good=_owned("head-of-sales"),
)
PERSON_WHO_LEFT = Rule(
    code="NS220",
    name="with-somebody-who-left",
    severity=Severity.WARNING,
    what="Something open is with a person who has left.",
    why="It waits in a list that nobody reads any more.",
    fix="Agree with somebody else who takes it on, or drop it with the reason.",
    bad=Example({"nextstep.yaml": _SETTINGS, _OFFER: _COMMITMENT.format("pat")}),
    good=Example({"nextstep.yaml": _SETTINGS, _OFFER: _COMMITMENT.format("eva")}),
)
SEVERAL_DOERS = Rule(
    code="NS418",
    name="several-who-do-one-step",
    severity=Severity.ERROR,
    what="A step that is no gate names several in `who`.",
    why="What is everybody's is nobody's. Exactly one does a step; others help.",
    fix="Keep one in `who` and write the others as `with`. For one piece of work from each of "
    "several, use `each`.",
    bad=process_example(_PROCESS.format(owner="ana", who="[seller, writer]")),
    good=process_example(_PROCESS.format(owner="ana", who="seller, with: [writer]")),
)

ADDRESS_OF_TWO = Rule(
    code="NS221",
    name="address-of-two-people",
    severity=Severity.ERROR,
    what="Two people have the same mail address under `emails`.",
    why="Git knows a person by their address, so one of the two is always shown what the other has.",
    fix="Leave the address with the person who writes commits with it.",
    bad=Example(
        {
            "nextstep.yaml": "people:\n  eva: {emails: [us@x.example]}\n  max: {emails: [us@x.example]}\n"
        }
    ),
    good=Example(
        {
            "nextstep.yaml": "people:\n  eva: {emails: [eva@x.example]}\n  max: {emails: [us@x.example]}\n"
        }
    ),
)

RULES = (OWNER_ROLE_OF_SEVERAL, PERSON_WHO_LEFT, ADDRESS_OF_TWO, SEVERAL_DOERS)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what nobody answers for alone."""
    del before
    for process in ledger.processes.values():
        for field in ("owner", "deputy"):
            if says(ledger, process, field):
                yield from _owner(ledger, process.source, field, getattr(process, field))
        yield from _doers(process.source, own_steps(ledger, process))
    for run in ledger.runs.values():
        yield from _doers(run.source, run.steps)
    yield from _addresses(ledger.settings)
    gone = {
        person.id: f"{person.left}"
        for person in ledger.settings.people.values()
        if person.left is not None and person.left < now.today
    }
    if gone:
        yield from _left(ledger, gone)


def _owner(ledger: Ledger, source: Source, field: str, name: str | None) -> Iterator[Diagnostic]:
    role = ledger.settings.roles.get(name or "")
    if role is None or name in ledger.settings.people or len(role.people) == 1:
        return
    held = ", ".join(f"`{person}`" for person in role.people) or "nobody"
    yield found_at(
        OWNER_ROLE_OF_SEVERAL,
        source,
        (field,),
        f"the role `{name}` is held by {held}",
        hint="name one person, or a role that one person holds",
    )


def _doers(source: Source, steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
    for step in steps:
        if len(step.who) > 1 and not step.is_gate:
            yield found_at(
                SEVERAL_DOERS,
                source,
                ("steps", step.index, "who"),
                f"`{step.id}` is to be done by {len(step.who)}",
                hint=f"write who: {step.who[0]}, and the others as `with`",
            )


def _addresses(settings: Settings) -> Iterator[Diagnostic]:
    if settings.source is None:
        return
    first: dict[str, str] = {}
    for person in settings.people.values():
        for index, address in enumerate(person.emails):
            other = first.setdefault(address.casefold(), person.id)
            if other != person.id:
                yield found_at(
                    ADDRESS_OF_TWO,
                    settings.source,
                    ("people", person.id, "emails", index),
                    f"this is the address of `{other}`, too",
                    hint="leave it with the one who writes commits with it",
                )


def _left(ledger: Ledger, gone: dict[str, str]) -> Iterator[Diagnostic]:
    for commitment in ledger.commitments.values():
        if commitment.who in gone and not has_ended(commitment):
            yield _with_gone(commitment.source, ("who",), commitment.who or "", gone)
    for run in ledger.runs.values():
        if has_ended(run):
            continue
        finished = finished_steps(run)
        for step in run.steps:
            if step.id not in finished:
                for name in step.who:
                    if name in gone:
                        yield _with_gone(run.source, ("steps", step.index, "who"), name, gone)


def _with_gone(source: Source, keys: Keys, name: str, gone: dict[str, str]) -> Diagnostic:
    return found_at(
        PERSON_WHO_LEFT,
        source,
        keys,
        f"`{name}` left on {gone[name]}",
        hint="agree with somebody else who takes it on",
    )
