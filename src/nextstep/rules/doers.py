"""Doers that are nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.people import Settings
from nextstep.model.process import Process
from nextstep.model.source import Keys, Source
from nextstep.rules.ended import has_ended
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at

_PROCESS = """\
title: Sending offers
owner: ana
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [{who}]
steps:
  - id: write
    do: Write the offer
    who: {who}
    due: 2bd after start
    done_when: The lead has read it twice
"""
_NOBODY = frozenset(
    {
        *("everybody", "everyone", "anybody", "anyone", "somebody", "someone", "nobody", "no one"),
        *("whoever", "we", "us", "all of us", "team", "whole team"),
    }
)
_UNDECIDED = frozenset({"tbd", "tba", "tbc"})


def _example(who: str) -> Example:
    return process_example(_PROCESS.format(who=who))


NOBODY_IN_PARTICULAR = Rule(
    code="NS421",
    name="done-by-nobody-in-particular",
    severity=Severity.WARNING,
    what="Who does a step, keeps a commitment or owns a process is a word for several, or for "
    f"nobody: {', '.join(f'`{word}`' for word in sorted(_NOBODY))}.",
    why="What everybody is to do, each leaves to the others.",
    fix="Name one person, or a role that one person plays in each run; the others help as `with`. A "
    "part that nobody plays yet is `vacant`.",
    bad=_example("everybody"),
    good=_example("seller"),
)

RULES = (NOBODY_IN_PARTICULAR,)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what is everybody's to do."""
    del now, before
    for process in ledger.processes.values():
        if process.state != "retired":
            yield from _doers(ledger, process)
    if not ledger.settings.people:  # else such a name is unknown
        for commitment in ledger.commitments.values():
            who = commitment.who
            if who is not None and is_nobody(who, draft=False) and not has_ended(commitment):
                yield _nobody(commitment.source, ("who",), who)


def _doers(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    settings = ledger.settings
    draft = process.state == "draft"
    for field in ("owner", "deputy"):
        name = getattr(process, field)
        is_judged = name and not settings.people and says(ledger, process, field)
        if is_judged and is_nobody(name, draft=draft):
            yield _nobody(process.source, (field,), name)
    if says(ledger, process, "who"):
        yield from _listed(process, ("who",), process.who, settings)
    for step in own_steps(ledger, process):
        if not (step.is_gate or step.each or step.who == process.who):
            yield from _listed(process, ("steps", step.index, "who"), step.who, settings)


def _listed(
    process: Process, keys: Keys, names: tuple[str, ...], settings: Settings
) -> Iterator[Diagnostic]:
    for index, name in enumerate(names):
        if is_nobody(name, draft=process.state == "draft") and _is_left_to(name, process, settings):
            yield _nobody(process.source, keys if len(names) == 1 else (*keys, index), name)


def _is_left_to(name: str, process: Process, settings: Settings) -> bool:
    """Return whether a name is not one person's all the same, and not found to be unknown."""
    role = settings.roles.get(name)
    if name in settings.people or (role is not None and len(role.people) == 1):
        return False
    is_any_known = bool(process.roles or settings.roles or settings.people)
    return role is not None or name in process.roles or not is_any_known


@cache
def is_nobody(name: str, *, draft: bool) -> bool:
    """Return whether a name is a word for several, or for nobody."""
    plain = name.casefold().replace("-", " ").replace("_", " ")
    word = " ".join(plain.split()).removeprefix("the ")
    return word in _NOBODY or (word in _UNDECIDED and not draft)


def _nobody(source: Source, keys: Keys, name: str) -> Diagnostic:
    return found_at(
        NOBODY_IN_PARTICULAR,
        source,
        keys,
        f"`{name}` is nobody in particular",
        hint="name one person or role; the others can help as `with`",
    )
