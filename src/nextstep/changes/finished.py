"""Nothing is owed on a step any more: how that came, and what makes it open again."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.openness import run_now, said_on
from nextstep.changes.target import Target
from nextstep.dates.conditions import names_of
from nextstep.dates.now import Now
from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.conditions import Condition
from nextstep.model.events import instant_text
from nextstep.runs.needs import need_of, was_carried_out
from nextstep.runs.states import How, RunState, StepState


class _End(Struct, frozen=True):
    """How a step came to its end, in words after its name, and what takes that back."""

    words: str
    way_back: str | None = None


def finished_already(ledger: Ledger, target: Target, state: StepState, now: Now) -> NextstepError:
    """Return what refuses to act on a step that is finished, with what to type instead.

    Only what an event finished is opened again. For the rest something else is changed: the input
    that decides whether it is needed, the date of a mark, or what ended the last time of a rhythm.
    """
    end = _Ends(ledger, target, run_now(ledger, target.id, now), now).of(state)
    back = f"{end.way_back};\n" if end.way_back else ""
    note = f"nextstep note {target.handle} --step {state.id} --text TEXT"
    return NextstepError(f"{state.id} {end.words}", f"{back}to keep what came later:\n{note}")


class _Ends(Struct, frozen=True):
    """How the steps of one run came to their ends."""

    ledger: Ledger
    target: Target
    run: RunState
    now: Now

    def of(self, state: StepState) -> _End:
        if state.finished_at is not None:
            return self._by_event(state)
        if state.times:
            return self._by_last_time(state)
        if state.how is How.MARK:
            put_off = f"nextstep move {self.target.handle} {state.id} DATE --why TEXT puts it off"
            return _End("is a date, and it has come", put_off)
        return self._unneeded(state)

    def _by_event(self, state: StepState) -> _End:
        how = state.how.value if state.how else "finished"
        by = f" by {state.done.by}" if state.done else ""
        at = state.finished_at
        on = f" on {said_on(at, self.ledger, self.now)}" if at else ""
        again = f"nextstep reopen {self.target.handle} {state.id} --why TEXT opens it again"
        return _End(f"is finished already: {how}{by}{on}", again)

    def _by_last_time(self, state: StepState) -> _End:
        last = state.times[-1]
        refused = {one.event.canonical for one in self.run.impossible}
        told = (one for one in self.run.events if one.step == state.id and one.event != "noted")
        *_, ended = (one for one in told if one.canonical not in refused)
        on = said_on(last.at, self.ledger, self.now)
        return _End(
            f"is finished already: {last.how.value} by {last.by} on {on}, for the last time",
            f"nextstep undo {self.target.handle} --at {instant_text(ended.at)} takes that back",
        )

    def _unneeded(self, state: StepState) -> _End:
        run, step = self.ledger.runs[self.target.id], state.step
        for when, text in ((run.when, run.when_text), (step.when, step.when_text)):
            if when is not None and need_of(when, run.inputs).needed is False:
                return _End(f"is not needed: only when {text}", self._deciding(when))
        undone = self._undone(step.undoes)
        if undone and not any(was_carried_out(one.how) for one in undone):
            names = listed([one.id for one in undone], "and")
            were = "was" if len(undone) == 1 else "were"
            words = f"is not needed: it undoes {names}, which {were} passed over"
            return _End(words, self.of(undone[0]).way_back)
        edit = f"nextstep edit {self.target.handle} gives it more"
        return _End("is not needed: it ends before its first time", edit)

    def _deciding(self, when: Condition) -> str | None:
        """Return what gives an input another value on which a condition hangs."""
        change = f"nextstep change {self.target.handle} inputs."
        return next(
            (f"{change}{name} VALUE --why TEXT decides it" for name in names_of(when)), None
        )

    def _undone(self, name: str | None) -> tuple[StepState, ...]:
        ids = self.run.groups.get(name or "", (name,))
        return tuple(state for id_, state in self.run.steps.items() if id_ in ids)
