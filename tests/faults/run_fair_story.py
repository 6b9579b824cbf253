"""The fair with its whole story: which acts count, and what may be taken back by whom."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tests.faults.run_fair_acts import outcome
from tests.faults.run_fair_model import MOVABLE, Act, Model, dated
from tests.faults.run_fair_plan import PLAN, later
from tests.faults.taken_back import standing

Fields: TypeAlias = frozenset[str]


class Told(Struct, frozen=True, kw_only=True):
    """An act that was recorded: its first instant in the log, its meaning and the fields it changed.

    Of an act that took another one back, ``of`` is the place of that one.
    """

    act: Act
    at: str
    after: Model
    meaning: str = ""
    fields: Fields = frozenset()
    of: int | None = None


class Story(Struct, frozen=True, kw_only=True):
    """A run from its beginning, with all that was recorded in it."""

    begun: Model
    now: Model
    told: tuple[Told, ...] = ()

    def tell(self, act: Act, at: str) -> Story:
        """Return the story after an act that is possible."""
        found = outcome(self.now, act)
        assert found is not None, act
        meaning, after = found
        told = Told(
            act=act, at=at, after=after, meaning=meaning, fields=changed(self.now, after, meaning)
        )
        return replace(self, now=after, told=(*self.told, told))

    def standing(self) -> list[int]:
        """Return the places of what nothing has taken back, the last one last."""
        return standing([one.of for one in self.told])

    def counting(self) -> list[Told]:
        """Return the acts that count."""
        return [self.told[place] for place in self.standing() if self.told[place].of is None]

    def undo(self, place: int, act: Act, at: str = "") -> Story | None:
        """Return the story after something was taken back; None where that is not possible."""
        told = Told(act=act, at=at, after=self.now, of=place)
        after = replace(self, told=(*self.told, told))
        now = after._again()
        if now is None or self._is_changed_again(after):
            return None
        if self._built_on(now, act.at.date()) and not self.now.leads(act.who):
            return None
        return replace(after, now=self._with_dates(now, after, act.at.date()))

    def _with_dates(self, now: Model, after: Story, day: date) -> Model:
        """Return the model with the dates of what is finished as they were, and what follows them."""
        model, put_back = now, self._put_back(after)
        for id_ in PLAN:
            if now.how(id_, day) not in MOVABLE and f"{id_}.due" not in put_back:
                model = model.with_step(id_, due=self.now.steps[id_].due)
        for id_, plan in PLAN.items():
            field = f"{id_}.due"
            agreed = [one.after for one in after.counting() if field in one.fields]
            ruled = now.steps[id_].due in {None, now.day_of(plan.rule)}
            was_ruled = self.now.steps[id_].due == self.now.day_of(plan.rule)
            if now.how(id_, day) in MOVABLE and (ruled or (was_ruled and not agreed)):
                model = model.with_step(id_, due=None)
            if field in put_back and agreed:
                model = model.with_step(id_, due=agreed[-1].steps[id_].due)
        return dated(None, model, day)

    def _changed_by(self, after: Story) -> list[Told]:
        """Return the acts that count in one of two stories, and not in the other."""
        was, now = self.counting(), after.counting()
        return [one for one in (*was, *now) if (one in was) != (one in now)]

    def _put_back(self, after: Story) -> Fields:
        """Return the fields that are put back."""
        return frozenset().union(*(one.fields for one in self._changed_by(after)))

    def _again(self) -> Model | None:
        """Return the model after all that counts; None where something of it means another thing."""
        model = self.begun
        for told in self.counting():
            found = outcome(model, told.act, again=True)
            day = told.act.at.date()
            if found is None or found[0] != told.meaning:
                return None
            moved = [one for one in PLAN if f"{one}.due" in told.fields]
            if any(model.how(one, day) not in MOVABLE for one in moved):
                return None
            model = found[1]
        return model

    def _is_changed_again(self, after: Story) -> bool:
        """Return whether a field that is put back was changed again since."""
        changed_by = self._changed_by(after)
        since = [one for one in self.counting() if any(one.at > other.at for other in changed_by)]
        return any(one.fields & self._put_back(after) for one in since)

    def _built_on(self, now: Model, day: date) -> bool:
        """Return whether a step is open again though a later one is finished."""
        opened = [one for one in PLAN if self.now.steps[one].how and not now.how(one, day)]
        return any(now.steps[two].how for one in opened for two in later(one))


def changed(before: Model, after: Model, meaning: str) -> Fields:
    """Return the fields that an act says it changed: dates that became known are not said."""
    fields = {f"inputs.{k}" for k, v in after.inputs.items() if v != before.inputs[k]}
    fields |= {f"people.{k}" for k, v in after.people.items() if v != before.people[k]}
    for id_, step in after.steps.items():
        was = before.steps[id_]
        if meaning in {"moved", "changed"} and was.due is not None and was.due != step.due:
            fields.add(f"{id_}.due")
        if meaning.startswith(("duty 2", "assigned")) and was.who != step.who:
            fields.add(f"{id_}.who")
    if meaning == "moved":
        fields |= {f"{id_}.due" for id_ in PLAN if _is_first_date(before, after, id_)}
    return frozenset(fields)


def _is_first_date(before: Model, after: Model, id_: str) -> bool:
    """Return whether a step that had no date was given one by hand."""
    due = after.steps[id_].due
    return before.steps[id_].due is None and due is not None and due != after.day_of(PLAN[id_].rule)
