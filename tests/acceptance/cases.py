"""Processes of real organisations as they are written down, and cases that go through them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from nextstep.dates.days import parse_instant
from nextstep.dates.now import Now, now_at, now_on
from nextstep.dates.zones import local_time
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.files.load import load
from nextstep.model.commitment import Run
from nextstep.model.events import instant_text
from nextstep.model.process import Process, Step
from nextstep.model.source import Source
from nextstep.model.time import Due
from nextstep.rules.catalogue import judge
from nextstep.runs.run_states import run_state
from nextstep.runs.states import RunState, StepState
from tests.acceptance.starting import Plain, plan_of, source_of

RUN = "the-case"


class Written:
    """The files of a ledger by path. What should be in them and is not fails an assertion."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = dict(files)

    @classmethod
    def read(cls, folder: Path) -> Written:
        """Read the files of a folder."""
        return cls(
            {
                place.relative_to(folder).as_posix(): place.read_text("utf-8")
                for place in sorted(folder.rglob("*.yaml"))
            }
        )

    @cached_property
    def ledger(self) -> Ledger:
        """The files as a ledger."""
        return self.with_files()

    def with_files(self, *more: Source) -> Ledger:
        """Return the ledger with some files more."""
        own = (Source(path, text.encode()) for path, text in self.files.items())
        return load_ledger(Listing((*own, *more), ()), root="acceptance")

    def process(self, id_: str) -> Process:
        """Return a process that has to be there."""
        assert id_ in self.ledger.processes, f"there is no process {id_}"
        return self.ledger.processes[id_]

    def step(self, process: str, id_: str) -> Step:
        """Return a step that has to be there."""
        found = {step.id: step for step in self.process(process).steps}
        assert id_ in found, f"{process} has no step {id_}"
        return found[id_]

    def findings(self, today: str, *more: Source) -> tuple[Diagnostic, ...]:
        """Return what `check` finds on a day."""
        ledger = self.with_files(*more)
        return judge(ledger, now(today, ledger.timezone)).findings

    def start(
        self,
        process: str,
        *,
        on: str,
        inputs: Mapping[str, str] | None = None,
        people: Mapping[str, str] | None = None,
    ) -> Case:
        """Start a case of a process on a day."""
        plan = plan_of(
            self.ledger, self.process(process), on=on, inputs=inputs or {}, people=people or {}
        )
        case = Case(self, plan)
        case.settle()
        return case


class Case:
    """A run as it grows in its file: each thing that happens is one event more.

    Instants are written as in a file (``2026-11-09T10:00Z``). The dates of steps stand in the file
    as soon as what they hang on is known, and are resolved again when that changes.
    """

    def __init__(self, written: Written, plan: Plain) -> None:
        self.written = written
        self.plan = plan
        self._by_hand: set[str] = set()

    @property
    def source(self) -> Source:
        """The file of the run."""
        return source_of(RUN, self.plan)

    @property
    def run(self) -> Run:
        """The run as it is read from its file."""
        loaded = load(self.source)
        assert loaded.whole, "\n".join(found.message for found in loaded.findings)
        assert isinstance(loaded.record, Run)
        return loaded.record

    def did(self, at: str, by: str, event: str, step: str | None = None, **values: Any) -> Case:
        """Write down what somebody did; ``from_`` stands for ``from``."""
        said: Plain = {"at": at, "by": by, "event": event}
        if step is not None:
            said["step"] = step
        said |= {name.rstrip("_"): value for name, value in values.items()}
        if event == "accepted":
            self._take_over(by, step)
        self.plan.setdefault("log", []).append(said)
        return self

    def refused(self, at: str, by: str, event: str, step: str | None = None, **values: Any) -> str:
        """Return why something is not possible at that moment; nothing is written down."""
        tried = Case(self.written, deepcopy(self.plan)).did(at, by, event, step, **values)
        refusals = [one for one in tried._state(at).impossible if one.event.at == parse_instant(at)]
        assert refusals, f"{event} by {by} at {at} is possible"
        return refusals[0].why

    def moved(self, at: str, by: str, step: str, to: str, **values: Any) -> Case:
        """Agree on another date of a step; what counts from it is resolved again."""
        planned = self._planned(step)
        said = {"from_": planned["due"]} if "due" in planned else {}
        planned["due"] = to
        self._by_hand.add(step)
        self.did(at, by, "moved", step, **said, to=to, **values)
        self.settle(at, by, why=f"{step} is {to}")
        return self

    def changed(self, at: str, by: str, field: str, to: str, **values: Any) -> Case:
        """Change an input (``inputs.X``) or who plays a role (``people.ROLE``)."""
        kind, _, name = field.partition(".")
        known = self.plan.setdefault(kind, {})
        said = {"from_": known[name]} if name in known else {}
        known[name] = to
        self.did(at, by, "changed", field=field, **said, to=to, **values)
        if kind == "people":
            self._rebind(name, said.get("from_"), to)
        self.settle(at, by, why=f"{name} is {to}")
        return self

    def on(self, moment: str) -> RunState:
        """Return where the run stands on a day or at an instant; all that happened was possible."""
        state = self._state(moment)
        assert not state.impossible, "\n".join(one.why for one in state.impossible)
        return state

    def step(self, id_: str, moment: str) -> StepState:
        """Return where a step stands that has to be there."""
        steps = self.on(moment).steps
        assert id_ in steps, f"the run has no step {id_}"
        return steps[id_]

    def findings(self, today: str) -> tuple[Diagnostic, ...]:
        """Return what `check` finds in the ledger with this run in it, its known dates written."""
        self.settle()
        return self.written.findings(today, self.source)

    def settle(self, at: str | None = None, by: str = "", why: str = "") -> None:
        """Write the dates that are known by now.

        After a change, ``by`` somebody ``at`` an instant, those that come to another day are
        written anew. A date that somebody agreed on by hand stays.
        """
        fresh = Case(self.written, deepcopy(self.plan))
        for step in fresh.plan["steps"]:
            if "rule" in step and step["id"] not in self._by_hand:
                step.pop("due", None)
        found = fresh._state(at or self.plan["started"]).steps
        zone = self.written.ledger.timezone
        for step in self.plan["steps"]:
            state = found.get(step["id"])
            counted_anew = "rule" in step and "repeat" in step
            if state is None or state.due is None or state.is_finished or counted_anew:
                continue
            due = due_text(state.due, zone)
            if at is not None and step.get("due", due) != due:
                at = next_instant(at)
                self.did(at, by, "moved", step["id"], from_=step["due"], to=due, why=why)
                step["due"] = due
            step.setdefault("due", due)

    def _take_over(self, by: str, step: str | None) -> None:
        """Let somebody have a step whose promise was passed on to them."""
        offers = [
            event
            for event in self.plan.get("log", ())
            if event["event"] == "offered" and event.get("step") == step
        ]
        if step is not None and offers and "duty" in offers[-1]:
            planned = self._planned(step)
            giver = offers[-1]["by"]
            planned["who"] = [by if one == giver else one for one in planned["who"]]

    def _rebind(self, role: str, before: str | None, to: str) -> None:
        for step in self.plan["steps"]:
            if role in (step.get("role"), f"{step.get('role')}/{step['id'].partition('/')[2]}"):
                step["who"] = [to if one == before else one for one in step["who"]]

    def _planned(self, id_: str) -> Plain:
        found: list[Plain] = [step for step in self.plan["steps"] if step["id"] == id_]
        assert found, f"the run has no step {id_}"
        return found[0]

    def _state(self, moment: str) -> RunState:
        ledger = self.written.ledger
        return run_state(
            self.run,
            now(moment, ledger.timezone),
            ledger.calendar,
            members=ledger.settings.members,
        )


def now(moment: str, zone: str) -> Now:
    """Return the now of a day, or of an instant."""
    if "T" in moment:
        return now_at(parse_instant(moment), zone)
    return now_on(date.fromisoformat(moment), zone)


def next_instant(at: str) -> str:
    """Return the next instant that an event can have."""
    return instant_text(parse_instant(at) + timedelta(milliseconds=1))


def due_text(due: Due, zone: str) -> str:
    """Return a due as it is written in a file."""
    if isinstance(due, datetime):
        local = local_time(due, zone) if due.tzinfo else due
        return local.replace(tzinfo=None).isoformat(timespec="minutes")
    return str(due)
