"""Whether a process can be started: its people, its papers, and the page itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from nextstep.changes.run_people import Part, parts_of
from nextstep.dates.now import Now
from nextstep.dates.words import day_words
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.people import Person
from nextstep.model.process import Process
from nextstep.reports.checklist_items import is_path
from nextstep.reports.parties import absence_on
from nextstep.rules.caretakers import NEVER_REVIEWED, REVIEW_OVERDUE
from nextstep.rules.catalogue import judge
from nextstep.runs.duties import duty_state

_REVIEWS = {REVIEW_OVERDUE.code, NEVER_REVIEWED.code}


class Needed(Struct, frozen=True, kw_only=True):
    """One thing that a process needs: what of it there is, and what to do where something lacks."""

    kind: str
    name: str
    ready: bool
    said: str
    to_do: str = ""


class Readiness(Struct, frozen=True, kw_only=True):
    """All that a process needs before it is started, on a day."""

    id: str
    title: str
    needs: tuple[Needed, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return all(one.ready for one in self.needs)


class Uncommitted(Struct, frozen=True, kw_only=True):
    """Why a process is not the one that everybody has, and the command that commits it."""

    said: str
    to_do: str


def readiness(
    ledger: Ledger,
    process: Process,
    now: Now,
    *,
    sizes: Callable[[str], int | None] | None,
    committed: Uncommitted | bool,
) -> Readiness:
    """Return what a process needs and whether it is there.

    ``sizes`` tells how large a file of the work tree is; ``committed`` says why the process is
    not the one that everybody has; True where it is, False where there is no repository.
    """
    found = findings_of(ledger, process, now)
    needs = [_page(process, found, committed=committed)]
    needs += [_role(part) for part in parts_of(process, ledger.settings)]
    needs += _people(ledger, process, now)
    needs += _papers(process, sizes) if sizes is not None else ()
    needs += [_review(found)] if process.reviews else []
    return Readiness(id=process.id, title=process.title, needs=tuple(needs))


def findings_of(
    ledger: Ledger, process: Process, now: Now, run: Run | None = None
) -> list[Diagnostic]:
    """Return what is wrong with a process and what it is based on, or with a ``run`` of it."""
    names = {process.id, process.based_on}
    sources = [one.source for one in ledger.processes.values() if one.id in names]
    paths = {source.path for source in sources}
    alone = Ledger(
        root=ledger.root,
        settings=ledger.settings,
        processes=ledger.processes,
        commitments={},
        runs={run.id: run} if run else {},
        sources={one.path: one for one in [*sources, *([run.source] if run else [])]},
        findings=tuple(one for one in ledger.findings if one.path in paths),
        faulty=tuple(path for path in ledger.faulty if path in paths),
    )
    wanted = {run.source.path} if run else paths
    return [one for one in judge(alone, now).findings if one.path in wanted]


def untrained(process: Process, ledger: Ledger, people: set[str]) -> tuple[str, ...]:
    """Return who of these people did not learn a process that is taught."""
    events = duty_state(process.log, members=ledger.settings.members).events
    trained = {event.text("person") for event in events if event.event == "trained"}
    if process.training is None and not trained:
        return ()
    return tuple(sorted(people - {one for one in trained if one}))


def _page(process: Process, found: list[Diagnostic], *, committed: Uncommitted | bool) -> Needed:
    """Return whether the page is one that people may work by."""
    path = process.source.path
    errors = [one for one in found if one.severity is Severity.ERROR]
    good = "active, committed and without errors" if committed else "active and without errors"
    said, to_do = f"{path} is {good}", ""
    if errors:
        said, to_do = errors[0].message, f"nextstep check {path}"
    elif process.state != "active":
        said, to_do = f"it is {article(process.state)}", f"write `state: active` into {path}"
    elif isinstance(committed, Uncommitted):
        said, to_do = committed.said, committed.to_do
    return Needed(kind="page", name=process.id, ready=not to_do, said=said, to_do=to_do)


def article(state: str) -> str:
    """Return a state of a process as it stands after `it is`."""
    return "a draft" if state == "draft" else state


def _role(part: Part) -> Needed:
    held = ", ".join(part.held_by)
    if not part.held_by:
        said, to_do = "nobody holds it", f"ask somebody, or add `people` to `{part.role}`"
        return Needed(kind="role", name=part.name, ready=False, said=said, to_do=to_do)
    said = held if len(part.held_by) == 1 or not part.needs_one else f"one of {held}"
    return Needed(kind="role", name=part.name, ready=True, said=said)


def _people(ledger: Ledger, process: Process, now: Now) -> Iterator[Needed]:
    """Yield who is not there today, or did not learn it: of those who may do a step."""
    settings = ledger.settings
    doing = [part for part in parts_of(process, settings) if part.steps]
    names = {name for part in doing for name in part.held_by}
    names |= {who for step in process.steps for who in step.who if who in settings.people}
    lacking = untrained(process, ledger, names)
    for name in sorted(names):
        absent = absence_words(settings.people.get(name), now)
        if absent:
            yield Needed(
                kind="person", name=name, ready=False, said=absent, to_do="name somebody else"
            )
        if name in lacking:
            yield Needed(
                kind="person",
                name=name,
                ready=False,
                said="has not learned it",
                to_do=f"nextstep trained {name} {process.id}",
            )
    if names and not lacking and process.training:
        yield Needed(kind="person", name="training", ready=True, said="everybody has learned it")


def absence_words(person: Person | None, now: Now) -> str:
    """Return that somebody is not there today, and who covers; nothing where they are."""
    if person is None:
        return ""
    if person.left is not None and person.has_left(now.today):
        return f"left on {day_words(person.left, now.today)}"
    absence = absence_on(person.away, now.today)
    if absence is None:
        return ""
    cover = f"; {absence.cover} covers" if absence.cover else ", and nobody covers"
    return f"away until {day_words(absence.last, now.today)}{cover}"


def _papers(process: Process, sizes: Callable[[str], int | None]) -> Iterator[Needed]:
    """Yield the templates, instructions and lessons that are files; names made of inputs are not."""
    paths = [process.training]
    paths += [path for step in process.steps for path in (step.template, step.how)]
    for path in dict.fromkeys(path for path in paths if path and is_path(path) and "$" not in path):
        there = bool(sizes(path))
        said = "there" if there else "not there, or empty"
        to_do = "" if there else "write it, or correct the path"
        yield Needed(kind="paper", name=path, ready=there, said=said, to_do=to_do)


def _review(found: list[Diagnostic]) -> Needed:
    late = next((one for one in found if one.code in _REVIEWS), None)
    said = late.message if late else "looked at in time"
    return Needed(
        kind="review", name="review", ready=late is None, said=said, to_do=late.hint if late else ""
    )
