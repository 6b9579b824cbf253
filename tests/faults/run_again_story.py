"""The story of a run with steps that come again: what counts of it, and what may be taken back."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tests.faults.run_again_model import BEGIN, PLAN, Model, after, meaning
from tests.faults.run_fair_model import Act
from tests.faults.taken_back import standing


class Told(Struct, frozen=True, kw_only=True):
    """An act that was recorded. Of one that took another back, ``of`` is the place of that one."""

    act: Act
    at: str
    meaning: str = ""
    of: int | None = None


class Story(Struct, frozen=True, kw_only=True):
    """All that was recorded, and where the run stands after it."""

    now: Model = BEGIN
    told: tuple[Told, ...] = ()

    def tell(self, act: Act, at: str) -> Story:
        """Return the story after an act that is possible."""
        now = after(self.now, act)
        assert now is not None, act
        told = Told(act=act, at=at, meaning=meaning(self.now, act))
        return Story(now=now, told=(*self.told, told))

    def standing(self) -> list[int]:
        """Return the places of what nothing has taken back, the last one last."""
        return standing([one.of for one in self.told])

    def counting(self) -> list[Told]:
        """Return the acts that count."""
        return [self.told[place] for place in self.standing() if self.told[place].of is None]

    def undo(self, place: int, act: Act, at: str = "") -> Story | None:
        """Return the story after something was taken back; None where that is not possible."""
        undone = replace(self, told=(*self.told, Told(act=act, at=at, of=place)))
        now = _again(undone.counting())
        if now is None or _moved_since(self.counting(), undone.counting()):
            return None
        opened = [one for one in PLAN if self.now.finished(one) and not now.finished(one)]
        built = any(PLAN[two].after in opened and self.now.finished(two) for two in PLAN)
        if built and not self.now.leads(act.who):
            return None
        return replace(undone, now=now)


def _again(counting: list[Told]) -> Model | None:
    """Return the model after all that counts; None where something of it means another thing."""
    model = BEGIN
    for told in counting:
        made = after(model, told.act, again=True)
        if made is None or meaning(model, told.act) != told.meaning:
            return None
        model = made
    return model


def _moved_since(was: list[Told], now: list[Told]) -> bool:
    """Return whether the one date that has a field was moved after a move that is taken back."""
    moves = [one for one in was + now if one.act.step == "wrap" and one.act.verb.startswith("move")]
    gone = [one.at for one in moves if (one in was) != (one in now)]
    kept = [one.at for one in moves if (one in was) == (one in now)]
    return any(late > early for late in kept for early in gone)
