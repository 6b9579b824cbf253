"""Histories in which two branches take each other in, crosswise, and no merge does anything else."""

from __future__ import annotations

import random
from typing import TypeAlias

from tests.trail.made_history import Story

DAYS = ("2026-11-20", "2026-11-24", "2026-11-27")
FIRST = {"what": "Send", "who": "dev", "due": DAYS[0], "partner": "ana"}
State: TypeAlias = tuple[dict[str, str], frozenset[str]]
"""The fields of a commitment, and the lines of its log."""


class Crossing:
    """One commitment on two branches; ``criss`` counts the merges that had several bases."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.story = Story()
        self.states: dict[int, State] = {}
        self.texts: dict[int, str] = {}
        self.parents: dict[int, tuple[int, ...]] = {}
        self.criss = self.minute = 0

    def lived(self) -> Crossing:
        """Let both branches go on, and take each other in where that makes no conflict."""
        tips = (self._commit((FIRST, frozenset())),) * 2
        for _ in range(self.chance.randrange(8, 14)):
            if self.chance.random() < 0.6:
                side = self.chance.choice([0, 1])
                new = self._commit(self._changed(self.states[tips[side]]), tips[side])
                tips = (new, tips[1]) if side == 0 else (tips[0], new)
            else:
                tips = self._crossed(*tips, self.chance.choice(["ours", "theirs", "both", "both"]))
        self._crossed(*tips, "ours")
        return self

    def _commit(self, state: State, *parents: int) -> int:
        """Write a commit; the lines of a log stand there in one order or the other."""
        said, lines = state
        text = "".join(f"{name}: {value}\n\n" for name, value in said.items())
        ordered = sorted(lines, reverse=self.chance.random() < 0.5)
        text += "log:\n" + "".join(f"  - {one}\n" for one in ordered) if lines else ""
        same = [self.texts[one] for one in parents if self.states[one] == state]
        text = same[0] if same else text
        number = self.story.commit({"offer-k3f9": text}, *parents)
        self.states[number], self.texts[number], self.parents[number] = state, text, parents
        return number

    def _changed(self, state: State) -> State:
        """Move the date by hand or with a line, take a line out, note something, edit a field."""
        said, lines = dict(state[0]), set(state[1])
        for _ in range(self.chance.choice([1, 1, 2])):
            what = self.chance.choice(["by hand", "by hand", "moved", "noted", "out", "partner"])
            old, self.minute = said["due"], self.minute + 1
            if what in {"by hand", "moved"}:
                said["due"] = self.chance.choice([day for day in DAYS if day != old])
            if what == "partner":
                said["partner"] = self.chance.choice(["ana", "bo", "cy"])
            elif what == "out" and lines:
                lines.discard(self.chance.choice(sorted(lines)))
            elif what in {"moved", "noted"}:
                more = f"from: {old}, to: {said['due']}" if what == "moved" else "text: hello"
                at = f"2026-11-01T10:{self.minute:02}Z"
                lines.add(f"{{at: {at}, by: dev, event: {what}, {more}}}")
        return said, frozenset(lines)

    def _crossed(self, ours: int, theirs: int, way: str) -> tuple[int, int]:
        """Merge one branch into the other, or each into the other, if that makes no conflict."""
        bases = self._bases(ours, theirs)
        base = self._base(ours, theirs)
        joined = base and _three_ways(base, self.states[ours], self.states[theirs])
        if joined is None or ours in bases or theirs in bases:
            return ours, theirs
        made = [
            self._commit(joined, *two)
            for name, two in (("ours", (ours, theirs)), ("theirs", (theirs, ours)))
            if way in {name, "both"}
        ]
        self.criss += len(made) if len(bases) > 1 else 0
        if way == "both":
            return made[0], made[1]
        return (made[0], theirs) if way == "ours" else (ours, made[0])

    def _ancestors(self, commit: int) -> frozenset[int]:
        found, ahead = set(), [commit]
        while ahead:
            one = ahead.pop()
            if one not in found:
                found.add(one)
                ahead += self.parents[one]
        return frozenset(found)

    def _bases(self, ours: int, theirs: int) -> list[int]:
        common = self._ancestors(ours) & self._ancestors(theirs)
        older = {one for other in common for one in self._ancestors(other) - {other}}
        return sorted(common - older)

    def _base(self, ours: int, theirs: int) -> State | None:
        """Return what both sides began with: of several commits, what they give together."""
        first, *others = self._bases(ours, theirs)
        state: State | None = self.states[first]
        for other in others:
            base = self._base(first, other)
            state = base and state and _three_ways(base, state, self.states[other])
        return state


def _three_ways(base: State, ours: State, theirs: State) -> State | None:
    """Return what two sides give together; None for a conflict."""
    said = {}
    for name, was in base[0].items():
        values = {ours[0][name], theirs[0][name]} - {was}
        if len(values) > 1:
            return None
        said[name] = values.pop() if values else was
    gone = (base[1] - ours[1]) | (base[1] - theirs[1])
    return said, (ours[1] | theirs[1]) - gone
