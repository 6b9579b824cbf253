"""Names that are given: none is a word with a meaning of its own, and none means two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import RESERVED, Process, Step
from nextstep.model.source import Keys, Source
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at

_PROCESS = """\
title: Hiring
owner: ana
customer: {{who: the team that hires, kind: internal}}
provides: Somebody who stays
inputs: [{input}]
roles: [recruiter]
order: free
steps:
  - id: {step}
    do: Talk to everybody on the list
    who: recruiter
    due: 5bd after {input}
    done_when: Each of them has an answer
"""

RESERVED_NAME = Rule(
    code="NS209",
    name="reserved-word-as-name",
    severity=Severity.ERROR,
    what="A person, role, input, step or part has a name that means something of its own: "
    + ", ".join(f"`{word}`" for word in sorted(RESERVED))
    + ".",
    why="Wherever it is written nobody can tell which of the two is meant: `3bd after start` would "
    "no longer be the start of the run.",
    fix="Give it another name.",
    bad=process_example(_PROCESS.format(input="list_closed", step="accepted")),
    good=process_example(_PROCESS.format(input="list_closed", step="talk")),
)
ONE_NAME_FOR_TWO = Rule(
    code="NS210",
    name="one-name-for-step-and-input",
    severity=Severity.ERROR,
    what="A step and an input have the same name.",
    why="A date that counts from that name has two days to begin with.",
    fix="Rename one of them, and write the new name where it is meant.",
    bad=process_example(_PROCESS.format(input="talk", step="talk")),
    good=process_example(_PROCESS.format(input="list_closed", step="talk")),
)

RULES = (RESERVED_NAME, ONE_NAME_FOR_TWO)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the names that cannot be told from something else."""
    del now, before
    settings = ledger.settings
    if settings.source is not None:
        for field, names in (("people", settings.people), ("roles", settings.roles)):
            for name in names:
                if name in RESERVED:
                    yield _reserved(settings.source, (field, name), name, key=True)
    for process in ledger.processes.values():
        yield from _in_process(ledger, process)
        yield from _steps(process.source, own_steps(ledger, process), process.inputs)
    for run in ledger.runs.values():
        for name in run.inputs:
            if name in RESERVED:
                yield _reserved(run.source, ("inputs", name), name, key=True)
        yield from _steps(run.source, run.steps, run.inputs.keys())


def _in_process(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    for field, names in (("inputs", process.inputs), ("roles", process.roles)):
        for index, name in enumerate(names):
            if name in RESERVED and says(ledger, process, field):
                yield _reserved(process.source, (field, index), name)


def _steps(source: Source, steps: tuple[Step, ...], inputs: Iterable[str]) -> Iterator[Diagnostic]:
    known = frozenset(inputs)
    for step in steps:
        if step.base in RESERVED or step.part in RESERVED:
            yield _reserved(source, ("steps", step.index, "id"), step.id)
        for index, part in enumerate(step.each):
            if part in RESERVED:
                yield _reserved(source, ("steps", step.index, "each", index), part)
        if step.base in known:
            yield found_at(
                ONE_NAME_FOR_TWO,
                source,
                ("steps", step.index, "id"),
                f"`{step.base}` is the name of a step and of an input",
                hint="rename one of them, and write the new name where it is meant",
            )


def _reserved(source: Source, keys: Keys, name: str, *, key: bool = False) -> Diagnostic:
    return found_at(
        RESERVED_NAME,
        source,
        keys,
        f"`{name}` has a meaning of its own and cannot be a name",
        hint="give it another name",
        key=key,
    )
