"""Paths that a machine looks at: they lie in the folder of the ledger, or nothing is ever seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import normpath

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import FILE, Item, Process, Step
from nextstep.model.source import Keys
from nextstep.rules.ended import has_ended
from nextstep.rules.own import own_steps
from nextstep.rules.place import found_at
from nextstep.runs.filled_paths import filled_path

_PROCESS = """\
title: Annual customer review
owner: ana
customer: {{who: key accounts, kind: external}}
provides: A review document
roles: [contributor, editor]
steps:
  - id: collect
    do: Write your pages
    who: contributor
    due: 5bd after start
    handoff:
      to: editor
      must_include: [{{item: the figures, check: {{file: {file}}}}}, what changed]
"""


def _example(file: str) -> Example:
    return process_example(_PROCESS.format(file=file))


CHECK_OUTSIDE = Rule(
    code="NS433",
    name="check-outside-the-ledger",
    severity=Severity.ERROR,
    what="A check looks at a path that leads out of the folder of the ledger, or that is not "
    "written from it: it begins with `/`, or has `.` or `..` in it.",
    why="Only files in that folder are looked at, so this is never there, and the thing is missing "
    "for ever.",
    fix="Write the path from the folder of the ledger, such as `docs/figures.md`. What lies "
    "elsewhere no machine can see: leave `check` out, and let the receiver look.",
    bad=_example("../figures/2026.md"),
    good=_example("figures/2026.md"),
)

RULES = (CHECK_OUTSIDE,)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the checks of processes in use, and of open runs, that never see anything."""
    del now, before
    for process in ledger.processes.values():
        if process.state != "retired":
            for step in own_steps(ledger, process):
                yield from _in_step(process, step)
    for run in ledger.runs.values():
        if not has_ended(run):
            for step in run.steps:
                yield from _in_step(run, step)


def _in_step(record: Process | Run, step: Step) -> Iterator[Diagnostic]:
    place: Keys = ("steps", step.index)
    yield from _in_items(record, step, (*place, "items"), step.items)
    if step.handoff is not None:
        wanted = step.handoff.must_include
        yield from _in_items(record, step, (*place, "handoff", "must_include"), wanted)


def _in_items(
    record: Process | Run, step: Step, keys: Keys, items: tuple[Item, ...]
) -> Iterator[Diagnostic]:
    for index, item in enumerate(items):
        if item.check is None or item.check.kind != FILE:
            continue
        path = item.check.target
        filled = filled_path(path, record.inputs, step.part) if isinstance(record, Run) else path
        if not _is_seen(filled):
            named = f"`{path}`" if filled == path else f"`{path}`, here `{filled}`,"
            yield found_at(
                CHECK_OUTSIDE,
                record.source,
                (*keys, index, "check", FILE),
                f"{named} is never seen: {_reason(filled)}",
                hint=_hint(path),
            )


def _is_seen(path: str) -> bool:
    """Return whether a path names places below the ledger one by one, as those who look demand."""
    return all(part not in {"", ".", ".."} for part in path.split("/"))


def _reason(path: str) -> str:
    """Return what keeps a path from being seen."""
    if path.startswith("/"):
        return "it begins at the top of the disk"
    if normpath(path).split("/")[0] == "..":
        return "it leads out of the folder of the ledger"
    return "it ends in `/`" if path.endswith("/") else "it goes through `.`, `..` or `//`"


def _hint(path: str) -> str:
    straight = normpath(path)
    if _is_seen(straight) and not path.endswith("/"):
        return f"write `{straight}`"
    return "write a path from the folder of the ledger, such as `docs/figures.md`"
