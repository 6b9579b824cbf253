"""Roles: every one that is named is declared, and in a run somebody is bound to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import nearest, write_instead
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.diagnostics.slips import name_meant
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.people import Settings
from nextstep.model.process import RESERVED, Process, Step
from nextstep.model.source import Keys, Source
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at, name_mend

_PROCESS = """\
title: Handing an account over
owner: ana
customer: {{who: the success team, kind: internal}}
provides: Everything that success needs to go on
roles: [seller, helper]
steps:
  - id: pack
    do: Write down what was promised
    who: {who}
    due: 3bd after start
    handoff: {{to: helper, must_include: [who decides, what was promised, what may go wrong]}}
  - id: call
    do: Call the customer
    who: helper
    due: 2bd after pack
    done_when: The customer knows whom to call
"""
_RUN = """\
title: Handing Globex over
owner: ana
started: 2026-11-23
people: {{{people}}}
steps:
  - id: pack
    do: Write down what was promised
    who: {who}
    role: seller
    rule: 3bd after start
    due: 2026-11-26
    handoff: {{to: {to}, must_include: [who decides, what was promised, what may go wrong]}}
  - id: call
    do: Call the customer
    who: max
    role: helper
    after: [pack]
    rule: 2bd after pack
    done_when: The customer knows whom to call
"""


def _run(people: str = "seller: eva, helper: max", who: str = "eva", to: str = "helper") -> Example:
    text = _RUN.format(people=people, who=who, to=to)
    return Example({"commitments/2026/11/hand-over-globex.yaml": text})


UNKNOWN_ROLE = Rule(
    code="NS202",
    name="unknown-role",
    severity=Severity.ERROR,
    what="A step names a role that neither its process nor nextstep.yaml declares.",
    why="When the process is started nobody is asked to play that role, and its steps are nobody's.",
    fix="Write one of the `roles`, or add the role to them.",
    bad=process_example(_PROCESS.format(who="salesperson")),
    good=process_example(_PROCESS.format(who="seller")),
)
ROLE_NOT_BOUND = Rule(
    code="NS214",
    name="role-nobody-plays",
    severity=Severity.ERROR,
    what="A step of a run has a role, and `people` of the run binds nobody to it.",
    why="The step is nobody's: it waits in no list, and no one sees that it waits.",
    fix="Write under `people` who plays the role, or `vacant`: then its steps go to the owner.",
    bad=_run(people="helper: max", who="seller"),
    good=_run(),
)
HANDOFF_TO_NOBODY = Rule(
    code="NS215",
    name="handoff-to-nobody-bound",
    severity=Severity.ERROR,
    what="A hand-off in a run goes to a role that nobody is bound to, or to nobody who is known.",
    why="The work is offered, and there is no one who could accept it.",
    fix="Write under `people` who plays the role, or name the receiver.",
    bad=_run(to="success"),
    good=_run(),
)

RULES = (UNKNOWN_ROLE, ROLE_NOT_BOUND, HANDOFF_TO_NOBODY)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the roles that nobody declared, and those that nobody plays."""
    del now, before
    settings = ledger.settings
    shared = settings.people.keys() | settings.roles.keys() | RESERVED
    teams = {person.team for person in settings.people.values() if person.team is not None}
    declared: set[str] = set()
    for process in ledger.processes.values():
        own = set(process.roles)
        declared |= own
        if own or settings.people or settings.roles:
            heard = (own | shared | teams) if settings.people else None
            yield from _in_process(ledger, process, own | shared, heard)
    for run in ledger.runs.values():
        yield from _in_run(ledger, run)
    if settings.source is not None:
        yield from _cards(settings, settings.source, declared | shared | teams)


def _in_process(
    ledger: Ledger, process: Process, known: set[str], heard: set[str] | None
) -> Iterator[Diagnostic]:
    """Judge the roles of a process; ``heard`` may be told, None where anybody may."""
    if says(ledger, process, "who"):
        yield from _listed(process.source, ("who",), process.who, known)
    for step in own_steps(ledger, process):
        place: Keys = ("steps", step.index)
        if step.who != process.who:
            yield from _listed(process.source, (*place, "who"), step.who, known)
        yield from _listed(process.source, (*place, "with"), step.with_, known)
        if step.handoff is not None:
            to = () if step.handoff.to is None else (step.handoff.to,)
            yield from _listed(process.source, (*place, "handoff", "to"), to, known)
            if heard is not None:
                tell = (*place, "handoff", "tell")
                yield from _listed(process.source, tell, step.handoff.tell, heard)


def _cards(settings: Settings, source: Source, known: set[str]) -> Iterator[Diagnostic]:
    """Judge whom a role works with: that may be somebody else's team, but no slip of the pen."""
    for role in settings.roles.values():
        for index, relation in enumerate(role.works_with):
            if nearest(relation.who, known) is not None:
                keys: Keys = ("roles", role.id, "works_with", index, "who")
                yield from _listed(source, keys, (relation.who,), known)


def _listed(
    source: Source, keys: Keys, names: Sequence[str], known: set[str]
) -> Iterator[Diagnostic]:
    for index, name in enumerate(names):
        if name not in known:
            place = keys if len(names) == 1 else (*keys, index)
            yield found_at(
                UNKNOWN_ROLE,
                source,
                place,
                f"`{name}` is no role here, and nobody's name",
                hint=write_instead(name, known - RESERVED, f"add `{name}` to `roles`"),
                mend=name_mend(source, place, name, name_meant(name, known - RESERVED)),
            )


def _in_run(ledger: Ledger, run: Run) -> Iterator[Diagnostic]:
    bound = _bound(ledger, run)
    anybody = not (ledger.settings.people or run.people or run.process)
    for step in run.steps:
        if step.mark is None:
            yield from _played(run, step, bound)
        to = step.handoff.to if step.handoff is not None else None
        if to is not None and to not in bound and not anybody:
            yield found_at(
                HANDOFF_TO_NOBODY,
                run.source,
                ("steps", step.index, "handoff", "to"),
                f"nobody in this run is `{to}`",
                hint=write_instead(to, bound - RESERVED, f"add `{to}` to `people` of the run"),
            )


def _played(run: Run, step: Step, bound: set[str]) -> Iterator[Diagnostic]:
    """Judge the role of a step that no person is named for."""
    role = step.role
    if role is None or role in bound or not set(step.who) <= {role}:
        return
    yield found_at(
        ROLE_NOT_BOUND,
        run.source,
        ("steps", step.index, "role"),
        f"nobody is bound to the role `{role}`",
        hint=f"add `{role}` with a name, or with `vacant`, to `people` of the run",
    )


def _bound(ledger: Ledger, run: Run) -> set[str]:
    """Return every name that stands for somebody in a run: its roles, and people."""
    bound: set[str] = set(RESERVED) | ledger.settings.people.keys()
    bound |= {role.id for role in ledger.settings.roles.values() if role.people}
    bound |= run.people.keys() | {role.partition("/")[0] for role in run.people}
    bound |= set(run.people.values())
    for step in run.steps:
        bound.update(name for name in step.who if name != step.role)
    return bound
