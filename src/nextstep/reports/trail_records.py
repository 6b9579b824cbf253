"""The records that the facts of a history are about, as they are now or were last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from nextstep.model.events import UNDONE, Event, EventValue, head_of
from nextstep.reports.handles import Handles
from nextstep.reports.show_links import values_of
from nextstep.reports.standing import Standing
from nextstep.rules.pairs import proposed_until
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.order import effective
from nextstep.runs.states import RunState
from nextstep.trail.facts import Fact
from nextstep.trail.people import Signers

ABOUT_THE_LOG = frozenset({"unlogged", "relogged", "rewritten"})
"""Events whose line is not what happened, but what happened to it."""


class About(Struct, frozen=True, kw_only=True):
    """What the ledger says of a record now; of one that is gone, what history said last.

    ``placed`` tells that it is known which process or plan it belongs to, if any.
    """

    handle: str
    what: str
    title: str | None = None
    process: str | None = None
    part_of: str | None = None
    steps: Mapping[str, str] = {}
    placed: bool = True


class Records:
    """The records that facts are about, and which of their events count."""

    def __init__(self, standing: Standing, facts: Iterable[Fact]) -> None:
        """Look through the ledger; ``facts`` tell about records that are gone."""
        self._standing = standing
        self.handles = Handles(standing.ledger)
        self._gone: dict[str, list[Fact]] = {}
        self._anew: dict[tuple[object, ...], Event] = {}
        self._signers = Signers(standing.ledger.settings.people)
        self._reverted: dict[str, set[str]] = {}
        for fact in facts:
            if fact.reverts:
                self._reverted.setdefault(fact.id, set()).update(fact.reverts)
            elif fact.event == "relogged" and fact.logged and fact.id in self._reverted:
                self._reverted[fact.id].discard(fact.logged.canonical)
            if not self._is_here(fact.id):
                self._gone.setdefault(fact.id, []).append(fact)
            if fact.event == "rewritten" and fact.logged is not None:
                self._anew[fact.id, *_head_before(fact, fact.logged)] = fact.logged
        self._about: dict[str, About] = {}
        self._taken_back: dict[str, frozenset[str]] = {}
        self._proposed: dict[str, datetime | None] = {}
        self._impossible: dict[str, frozenset[str]] = {}

    def is_stranger(self, fact: Fact) -> bool:
        """Return whether somebody of the ledger acted, and nobody of it made the commit."""
        person = self._standing.ledger.settings.people.get(fact.by)
        if fact.logged is None or person is None or not person.emails:
            return False
        return self._signers.person(fact.witness.author) is None

    def _is_here(self, id_: str) -> bool:
        ledger = self._standing.ledger
        return id_ in ledger.commitments or id_ in ledger.runs or id_ in ledger.processes

    def about(self, id_: str) -> About:
        """Return what is known of a record."""
        if id_ not in self._about:
            self._about[id_] = self._looked_up(id_)
        return self._about[id_]

    def is_undone(self, id_: str, event: Event) -> bool:
        """Return whether a later event took this one back, or a change that took its line out."""
        if id_ not in self._taken_back:
            reverted = self._reverted.get(id_, ())
            self._taken_back[id_] = taken_back(self._log(id_)).union(reverted)
        gone = self._taken_back[id_]
        return bool(gone) and self._as_it_is(id_, event).canonical in gone

    def is_impossible(self, id_: str, event: Event) -> bool:
        """Return whether the state of the record passed over the event."""
        if id_ not in self._impossible:
            states = self._standing
            state = states.commitments.get(id_) or states.runs.get(id_) or states.duties.get(id_)
            refused = state.impossible if state is not None else ()
            self._impossible[id_] = frozenset(one.event.canonical for one in refused)
        passed_over = self._impossible[id_]
        return bool(passed_over) and self._as_it_is(id_, event).canonical in passed_over

    def values(self, fact: Fact) -> Mapping[str, EventValue]:
        """Return what a fact carries, and of an ``undone`` event which one it took back."""
        line = fact.logged
        if line is None or line.event != UNDONE or fact.event != UNDONE:
            return fact.values
        return {**fact.values, **values_of(line, tuple(self._log(fact.id)))}

    def is_proposal(self, fact: Fact) -> bool:
        """Return whether a commitment was not agreed yet, and so nobody's promise, at that moment."""
        if fact.event != "moved" or fact.kind != "commitment" or fact.at is None:
            return False
        if fact.id not in self._proposed:
            self._proposed[fact.id] = proposed_until(effective(tuple(self._log(fact.id)))[0])
        until = self._proposed[fact.id]
        return until is not None and fact.at < until

    def is_hidden(self, fact: Fact) -> bool:
        """Return whether it is a vote at a blind gate at which some are missing."""
        if fact.step is None or fact.logged is None:
            return False
        state = self._standing.runs.get(fact.id)
        step = state.steps.get(fact.step) if isinstance(state, RunState) else None
        if step is None or not step.hides_votes:
            return False
        return any((vote.by, vote.at) == (fact.logged.by, fact.logged.at) for vote in step.votes)

    def _as_it_is(self, id_: str, event: Event) -> Event:
        """Return a line as it is now, if it was written anew since."""
        if not self._anew:
            return event
        seen = set()
        while (head := (id_, *head_of(event))) in self._anew and head not in seen:
            seen.add(head)
            event = self._anew[head]
        return event

    def _looked_up(self, id_: str) -> About:
        ledger = self._standing.ledger
        if not self._is_here(id_):
            return _gone(id_, self._gone.get(id_, ()))
        handle = self.handles.shortest(id_)
        if id_ in ledger.commitments:
            commitment = ledger.commitments[id_]
            return About(handle=handle, what=commitment.what, part_of=commitment.part_of)
        if id_ in ledger.processes:
            return About(handle=handle, what=ledger.processes[id_].title, process=id_)
        run = ledger.runs[id_]
        title = f"{run.title} for {run.for_}" if run.for_ else run.title
        return About(
            handle=handle,
            what=title,
            title=title,
            process=run.process,
            part_of=run.part_of,
            steps={step.id: filled_path(step.title, run.inputs, step.part) for step in run.steps},
        )

    def _log(self, id_: str) -> Iterable[Event]:
        ledger = self._standing.ledger
        record = ledger.commitments.get(id_) or ledger.runs.get(id_) or ledger.processes.get(id_)
        if record is not None:
            return record.log
        told = (one for one in self._gone.get(id_, ()) if one.event not in ABOUT_THE_LOG)
        return [one.logged for one in told if one.logged is not None]


def taken_back(log: Iterable[Event]) -> frozenset[str]:
    """Return the canonical texts of the events that an ``undone`` took back."""
    events = tuple(log)
    if not any(event.event == UNDONE for event in events):
        return frozenset()
    counting = {event.canonical for event in effective(events)[0]}
    return frozenset(
        event.canonical
        for event in events
        if event.event != UNDONE and event.canonical not in counting
    )


def _gone(id_: str, told: Sequence[Fact]) -> About:
    """Return what history said last of a record."""
    what = told[-1].what if told else ""
    kind = told[-1].kind if told else ""
    last = next((one for one in reversed(told) if one.event == "deleted" and one.what), None)
    process = id_ if kind == "process" else last.text("process") if last else None
    return About(
        handle=id_,
        what=what,
        process=process,
        part_of=last.text("part_of") if last else None,
        placed=last is not None or kind == "process",
    )


def _head_before(fact: Fact, line: Event) -> tuple[object, ...]:
    """Return what told a line from others before it was rewritten."""
    was = fact.values.get("from")
    texts = {one[0]: one[1] for one in was} if isinstance(was, tuple) else {}
    at = datetime.fromisoformat(texts["at"]) if "at" in texts else line.at
    return at, *head_of(line)[1:]
