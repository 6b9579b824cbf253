"""Commitments that speak of each other, and of processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import write_instead
from nextstep.diagnostics.rule import Example, Rule
from nextstep.diagnostics.slips import id_meant, name_meant
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.source import Keys, Source, id_of
from nextstep.rules.circles import circles, in_words
from nextstep.rules.own import step_names
from nextstep.rules.place import found_at, name_mend

_FACTS = "commitments/2026/11/outage-facts-7qhd.yaml"
_REPORT = "commitments/2026/11/usage-report-k3f9.yaml"
_OFFICE = "processes/move-office.yaml"


def _commitment(what: str, *fields: str) -> str:
    lines = [f"what: {what}", "outcome: Lena can decide", "due: 2026-11-27", *fields]
    return "\n".join(lines) + "\n"


_FACTS_TEXT = _commitment("Write down what happened in March")
_OFFICE_TEXT = """\
title: Moving the office
owner: ana
customer: {who: everybody who works here, kind: internal}
provides: Desks that work on Monday
steps:
  - id: pack
    do: Pack the boxes
    who: movers
    due: 3bd after start
    done_when: Every box has a label
"""

UNKNOWN_PROCESS = Rule(
    code="NS203",
    name="unknown-process",
    severity=Severity.ERROR,
    what="`process`, `based_on` or `part_of` names a process, or a step of one, that is not there.",
    why="Nobody can look up how the work is meant to go, and who answers for it.",
    fix="Write the id of a process: the name of its file without `.yaml`. A run of no written "
    "process has a `title` and no `process`.",
    bad=Example(
        {
            _OFFICE: _OFFICE_TEXT,
            _FACTS: _commitment("Order boxes", "part_of: move-office.pakc"),
        }
    ),
    good=Example(
        {
            _OFFICE: _OFFICE_TEXT,
            _FACTS: _commitment("Order boxes", "part_of: move-office.pack"),
        }
    ),
)
UNKNOWN_COMMITMENT = Rule(
    code="NS206",
    name="unknown-commitment",
    severity=Severity.ERROR,
    what="`after`, `follows` or the `next` of a closing event names a commitment that is not there.",
    why="The chain of next steps breaks: what was said to come next cannot be found, or something "
    "waits for a promise that nobody has.",
    fix="Write the id of a commitment or run: the name of its file without `.yaml`.",
    bad=Example(
        {
            _FACTS: _FACTS_TEXT,
            _REPORT: _commitment("Send the report", "after: [outage-fact-7qhd]"),
        }
    ),
    good=Example(
        {
            _FACTS: _FACTS_TEXT,
            _REPORT: _commitment("Send the report", "after: [outage-facts-7qhd]"),
        }
    ),
)
COMMITMENTS_IN_A_CIRCLE = Rule(
    code="NS207",
    name="commitments-in-a-circle",
    severity=Severity.ERROR,
    what="A commitment waits for, or came out of, another that in the end does so of the first.",
    why="Each is said to wait for the other, so nobody is asked to begin.",
    fix="Take one name out of `after` or `follows`.",
    bad=Example(
        {
            _FACTS: _commitment("Write down what happened", "after: [usage-report-k3f9]"),
            _REPORT: _commitment("Send the report", "after: [outage-facts-7qhd]"),
        }
    ),
    good=Example(
        {
            _FACTS: _FACTS_TEXT,
            _REPORT: _commitment("Send the report", "after: [outage-facts-7qhd]"),
        }
    ),
)
BASED_ON_ITSELF = Rule(
    code="NS208",
    name="process-based-on-itself",
    severity=Severity.ERROR,
    what="A process is a variant of itself, directly or through others.",
    why="There is no first version that says what the steps are.",
    fix="Name in `based_on` the process that stands on its own.",
    bad=Example(
        {_OFFICE: _OFFICE_TEXT + "based_on: move-office\nreason: The new house has no lift\n"}
    ),
    good=Example(
        {
            _OFFICE: _OFFICE_TEXT,
            "processes/move-upstairs.yaml": _OFFICE_TEXT
            + "based_on: move-office\nreason: The new house has no lift\n",
        }
    ),
)

RULES = (UNKNOWN_PROCESS, UNKNOWN_COMMITMENT, COMMITMENTS_IN_A_CIRCLE, BASED_ON_ITSELF)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what is wrong with the names of commitments, runs and processes."""
    del now, before
    known = ledger.commitments.keys() | ledger.runs.keys() | _unread(ledger)
    after: dict[str, tuple[str, ...]] = {}
    follows: dict[str, tuple[str, ...]] = {}
    for commitment in ledger.commitments.values():
        if commitment.after:
            after[commitment.id] = commitment.after
            yield from _listed(commitment.source, "after", commitment.after, known)
        if commitment.follows is not None or commitment.part_of is not None:
            yield from _origin(ledger, commitment, known, follows)
        if commitment.log:
            yield from _next(commitment.source, commitment.log, known)
    for run in ledger.runs.values():
        yield from _origin(ledger, run, known, follows)
        yield from _next(run.source, run.log, known)
        if run.process is not None:
            yield from _process(ledger, run.source, "process", run.process)
    yield from _round(ledger, "after", after)
    yield from _round(ledger, "follows", follows)
    yield from _bases(ledger)


def _unread(ledger: Ledger) -> set[str]:
    """Return the ids of files that are there but cannot be read: they are not missing."""
    return {id_of(path) for path in ledger.faulty}


def _listed(
    source: Source, field: str, names: tuple[str, ...], known: set[str]
) -> Iterator[Diagnostic]:
    for index, name in enumerate(names):
        if name not in known:
            yield _unknown(source, (field, index), name, known)


def _next(source: Source, log: tuple[Event, ...], known: set[str]) -> Iterator[Diagnostic]:
    for event in log:
        if event.event == "closed" and "next" in event.values:
            for index, name in enumerate(event.texts("next")):
                if name not in known:
                    yield _unknown(source, ("log", event.index, "next", index), name, known)


def _unknown(source: Source, keys: Keys, name: str, known: set[str]) -> Diagnostic:
    return found_at(
        UNKNOWN_COMMITMENT,
        source,
        keys,
        f"there is no commitment or run `{name}`",
        hint=write_instead(name, known, "write the name of its file without `.yaml`"),
        mend=name_mend(source, keys, name, id_meant(name, known)),
    )


def _origin(
    ledger: Ledger, record: Commitment | Run, known: set[str], follows: dict[str, tuple[str, ...]]
) -> Iterator[Diagnostic]:
    if record.follows is not None:
        follows[record.id] = (record.follows,)
        if record.follows not in known:
            yield _unknown(record.source, ("follows",), record.follows, known)
    if record.part_of is not None and "." in record.part_of:
        yield from _part(ledger, record, record.part_of)


def _part(ledger: Ledger, record: Commitment | Run, part_of: str) -> Iterator[Diagnostic]:
    """Judge ``process.step``; a name without a dot may be any plan."""
    name, _, step = part_of.partition(".")
    process = ledger.processes.get(name)
    if process is None:
        yield from _process(ledger, record.source, "part_of", name)
        return
    names = step_names(process.steps)
    if step not in names:
        yield found_at(
            UNKNOWN_PROCESS,
            record.source,
            ("part_of",),
            f"the process `{name}` has no step `{step}`",
            hint=write_instead(step, names, f"write `{name}` alone"),
            mend=name_mend(record.source, ("part_of",), step, name_meant(step, names)),
        )


def _process(ledger: Ledger, source: Source, field: str, name: str) -> Iterator[Diagnostic]:
    if name not in ledger.processes and name not in _unread(ledger):
        yield found_at(
            UNKNOWN_PROCESS,
            source,
            (field,),
            f"there is no process `{name}`",
            hint=write_instead(
                name, ledger.processes, "write the name of its file without `.yaml`"
            ),
            mend=name_mend(source, (field,), name, name_meant(name, ledger.processes)),
        )


def _round(ledger: Ledger, field: str, graph: dict[str, tuple[str, ...]]) -> Iterator[Diagnostic]:
    for circle in circles(graph):
        record = ledger.commitments.get(circle[0]) or ledger.runs[circle[0]]
        message = f"these commitments go in a circle: {in_words(circle, field)}"
        if len(circle) == 1:
            message = f"`{circle[0]}` names itself in `{field}`"
        yield found_at(
            COMMITMENTS_IN_A_CIRCLE,
            record.source,
            (field,),
            message,
            hint=f"take one of these names out of `{field}`",
        )


def _bases(ledger: Ledger) -> Iterator[Diagnostic]:
    graph: dict[str, tuple[str, ...]] = {}
    for process in ledger.processes.values():
        if process.based_on is not None:
            graph[process.id] = (process.based_on,)
            yield from _process(ledger, process.source, "based_on", process.based_on)
    for circle in circles(graph):
        yield found_at(
            BASED_ON_ITSELF,
            ledger.processes[circle[0]].source,
            ("based_on",),
            f"this process is based on itself: {in_words(circle, 'based on')}",
            hint="name in `based_on` the process that stands on its own",
        )
