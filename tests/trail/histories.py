"""Whole histories of which the truth is known: branches, merges of every kind, and clocks."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from nextstep.files.disk import Listing
from nextstep.files.ledger import load_ledger
from nextstep.files.load import load
from nextstep.model.source import Source
from nextstep.repo.invented import Invented, Signed, plant
from nextstep.repo.place import place_of
from nextstep.trail.facts import Fact, Trail
from nextstep.trail.reading import read_trail
from tests.repositories import Made, environment
from tests.trail.deeds import Deeds
from tests.trail.lives import (
    AUTHORS,
    COMMITMENT,
    DROPPED,
    MADE,
    PROCESS,
    RUN,
    Record,
    Scene,
    Truth,
    moved,
    over,
)

SETTINGS = b"""timezone: UTC
people:
  dev: {emails: [dev@example.org]}
  lena: {emails: [lena@example.org]}
  mia: {}
"""
GARBAGE = ("what: [\n", "<<<<<<< mine\n", "\tx: y\n")
BUTTON = ("Forge", "noreply@forge.example")
State = dict[int, Record]


class Life:
    """A history in the making: its commits, its records and everything that is true of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.deeds = Deeds(self.chance)
        self.commits: list[Invented] = []
        self.truths: list[Truth] = []
        self.names: dict[str, str] = {}
        self.records = 0
        self.main: State = {}
        self.tip: tuple[int, ...] = ()
        self.kinds: Counter[str] = Counter()

    def lived(self) -> Life:
        """Let it happen."""
        self._commit_on_main(3)
        for _ in range(self.chance.randrange(2, 5)):
            self._commit_on_main(self.chance.randrange(1, 6))
            self._branch()
        self._commit_on_main(1)
        return self

    def _scene(self, how: str = "commit") -> Scene:
        at = self.deeds.clock
        if self.chance.random() < 0.1:
            at = self.chance.choice(
                [datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)]
            )
        return Scene(len(self.commits), self.chance.choice(AUTHORS), at.replace(microsecond=0), how)

    def _end(self, scene: Scene, state: State, parents: tuple[int, ...]) -> tuple[int, ...]:
        """Make the commit, and return what comes next as the parents of the next one."""
        scene.end()
        self.truths += scene.truths
        author = Signed(scene.author.name, scene.author.email, scene.at)
        committer = Signed(*BUTTON, datetime(2026, 6, 1, tzinfo=UTC))
        files = {record.path: record.content() for record in state.values()}
        self.commits.append(
            Invented(
                parents=parents,
                author=author,
                committer=self.chance.choice([author, committer]),
                message=str(scene.commit),
                files={"nextstep.yaml": SETTINGS, **files},
            )
        )
        return (scene.commit,)

    def _commit_on_main(self, number: int) -> None:
        for _ in range(number):
            scene = self._scene()
            self._happen(scene, self.main, alone=True)
            self.tip = self._end(scene, self.main, self.tip)

    def _happen(self, scene: Scene, state: State, *, alone: bool, side: int | None = None) -> None:
        """Something happens to one or two records. ``side`` is the branch, if there are two."""
        if len(state) < 3 or self.chance.random() < 0.3:
            self._add(scene, state)
        numbers = [n for n in state if not any(one == n for one, _ in scene.touched)]
        for number in self.chance.sample(
            numbers, min(len(numbers), self.chance.choice([0, 1, 1, 2]))
        ):
            record = state[number]
            if side is not None and number % 2 != side:
                if record.kind == COMMITMENT and not record.broken:
                    self.chance.choice(
                        [self.deeds.said, (self.deeds.moved, self.deeds.changed)[side]]
                    )(scene, record)
            elif record.broken:
                record.broken = ""
                self.kinds["mended"] += 1
                self.deeds.anything(scene, record)
            elif self.chance.random() < 0.2:
                self._end_or_rename(scene, state, record, alone=alone)
            else:
                self.deeds.anything(scene, record)

    def _add(self, scene: Scene, state: State) -> None:
        kind = self.chance.choice([COMMITMENT] * 6 + [RUN, RUN, PROCESS])
        record = Record(self.records, kind, self.chance.choice(["", "2026/01/"]), self.chance)
        self.records += 1
        state[record.number] = record
        scene.touched.add((record.number, "born"))
        self.deeds.born(scene, record)
        self.names[str(record.number)] = record.stem

    def _end_or_rename(self, scene: Scene, state: State, record: Record, *, alone: bool) -> None:
        what = self.chance.choice(["delete", "break", "recreate", "folder", "stem"])
        self.kinds[what] += 1
        if what == "delete" or (what == "recreate" and not alone):
            scene.tell(record, "deleted")
            del state[record.number]
        elif what == "recreate":
            self._recreate(scene, state, record)
        elif what == "break":
            record.broken = self.chance.choice(GARBAGE)
            scene.tell(record, "unread")
        elif what == "folder" or not alone or record.kind == PROCESS or not record.log:
            self._rename(scene, record, folder=f"2026/{self.chance.randrange(2, 13):02}/")
        else:
            self._rename(scene, record, stem=f"named-{record.number:03}-{scene.commit}")

    def _rename(self, scene: Scene, record: Record, *, folder: str = "", stem: str = "") -> None:
        old = record.path
        record.folder, record.stem = folder or record.folder, stem or record.stem
        if record.path == old:
            return
        self.names[str(record.number)] = record.stem
        scene.tell(record, "renamed", detail=f"{old}>{record.path}")
        if folder and self.chance.random() < 0.5:
            self.deeds.said(scene, record)

    def _recreate(self, scene: Scene, state: State, record: Record) -> None:
        """A record is deleted in one commit, and is there again in a later one, perhaps changed."""
        scene.tell(record, "deleted")
        del state[record.number]
        self.tip = self._end(scene, state, self.tip)
        again = self._scene()
        scene.commit, scene.author, scene.at = again.commit, again.author, again.at
        scene.truths, scene.touched = [], {(record.number, "born")}
        state[record.number] = record
        scene.tell(record, "recreated")
        self.deeds.anything(scene, record)

    def _branch(self) -> None:
        """Two sides go on from here, and come together in one way or another."""
        way = self.chance.choice(["clean", "clean", "evil", "ours", "conflict", "squash"])
        self.kinds[way] += 1
        if way == "squash":
            self._squash()
            return
        base, start = _copied(self.main), self.tip
        side, tip = _copied(self.main), start
        steps = [0] * self.chance.randrange(1, 4) + [1] * self.chance.randrange(1, 4)
        self.chance.shuffle(steps)
        for on_side in steps:
            scene = self._scene()
            self._happen(scene, side if on_side else self.main, alone=False, side=on_side)
            if on_side:
                tip = self._end(scene, side, tip)
            else:
                self.tip = self._end(scene, self.main, self.tip)
        if way == "ours" and any(
            record.path != base[number].path for number, record in side.items() if number in base
        ):
            way = "clean"
        getattr(self, f"_{way}")(base, side, tip)

    def _joined(self, base: State, side: State) -> State:
        """What a merge without conflict gives."""
        state: State = {}
        for number in {**self.main, **side}:
            ours, theirs, was = self.main.get(number), side.get(number), base.get(number)
            if was is None or ours is None or theirs is None:
                kept = ours or theirs if was is None else None
                if kept is not None:
                    state[number] = kept.copy()
                continue
            state[number] = _three_ways(was, ours, theirs)
        return state

    def _clean(self, base: State, side: State, tip: tuple[int, ...]) -> None:
        self.main = self._joined(base, side)
        self.tip = self._end(self._scene(MADE), self.main, self.tip + tip)

    def _evil(self, base: State, side: State, tip: tuple[int, ...]) -> None:
        """A merge in which somebody changes more than the two sides did."""
        self.main = self._joined(base, side)
        scene = self._scene(MADE)
        for number in self.chance.sample(list(self.main), min(3, len(self.main))):
            record, was = self.main[number], base.get(number)
            if was and not record.broken and (record.fields, record.log) == (was.fields, was.log):
                self.deeds.anything(scene, record)
        self.tip = self._end(scene, self.main, self.tip + tip)

    def _conflict(self, base: State, side: State, tip: tuple[int, ...]) -> None:
        """Both sides moved the same date; one of the two is taken, or a third."""
        scene = self._scene(MADE)
        both = [
            number
            for number, record in self.main.items()
            if record.kind == COMMITMENT
            and number in side
            and number in base
            and not (record.broken or side[number].broken or base[number].broken)
            and side[number].fields.get("due")
            == record.fields.get("due")
            == base[number].fields.get("due")
        ]
        if not both:
            self._clean(base, side, tip)
            return
        number = self.chance.choice(both)
        for state in (self.main, side):
            before = self._scene()
            self.deeds.moved(before, state[number])
            if state is side:
                tip = self._end(before, side, tip)
            else:
                self.tip = self._end(before, self.main, self.tip)
        ours, theirs = (state[number].fields["due"] for state in (self.main, side))
        scene = self._scene(MADE)
        joined = self._joined(base, side)
        chosen = self.chance.choice([ours, theirs, "asap"])
        joined[number].fields["due"] = chosen
        if chosen == "asap":
            how = DROPPED if base[number].fields.get("due") == chosen else MADE
            late = over(ours, scene.at)
            scene.tell(joined[number], "moved", detail=moved(ours, chosen), after_due=late, how=how)
        self.main = joined
        self.tip = self._end(scene, joined, self.tip + tip)

    def _squash(self) -> None:
        """What happened on a branch comes in one commit that knows no branch."""
        scene = self._scene()
        self._add(scene, self.main)
        deeds = [self.deeds.moved, self.deeds.changed, self.deeds.handed, self.deeds.said]
        for record in self.main.values():
            born = (record.number, "born") in scene.touched
            if record.kind == COMMITMENT and not record.broken and not born:
                for deed in self.chance.sample(deeds, 4):
                    deed(scene, record)
        self.tip = self._end(scene, self.main, self.tip)

    def _ours(self, base: State, side: State, tip: tuple[int, ...]) -> None:
        """A merge that takes nothing of the other side: all that was done there is dropped."""
        scene = self._scene(DROPPED)
        for number in {**base, **side}:
            was, theirs, ours = base.get(number), side.get(number), self.main.get(number)
            if theirs is None:
                if ours is not None:
                    scene.tell(ours, "recreated")
            elif was is None:
                scene.tell(theirs, "deleted")
            elif ours is not None:
                _dropped(scene, was, theirs, ours)
        self.tip = self._end(scene, self.main, self.tip + tip)


def _copied(state: State) -> State:
    return {number: record.copy() for number, record in state.items()}


def _three_ways(was: Record, ours: Record, theirs: Record) -> Record:
    """What two sides give that did not change the same."""
    record = ours.copy()
    for name in {**was.fields, **theirs.fields}:
        if theirs.fields.get(name) != was.fields.get(name):
            record.fields.pop(name, None)
            if name in theirs.fields:
                record.fields[name] = theirs.fields[name]
    for own in ("folder", "stem", "broken"):
        if getattr(theirs, own) != getattr(was, own):
            setattr(record, own, getattr(theirs, own))
    gone = [line for line in was.log if line not in theirs.log]
    new = [line for line in theirs.log if line not in was.log]
    record.log = [line for line in ours.log if line not in gone] + new
    back = [line for line in theirs.taken_out if line not in was.taken_out]
    record.taken_out = [*record.taken_out, *back]
    return record


def _dropped(scene: Scene, was: Record, theirs: Record, ours: Record) -> None:
    """Note all that a merge took back of one record by leaving it as it was."""
    edited = set()
    for name in {**was.fields, **theirs.fields}:
        old, new = theirs.fields.get(name), was.fields.get(name)
        if old == new or ours.fields.get(name) != new:
            continue
        if ours.kind != PROCESS and (name == "due" or name.endswith(".due")):
            step = name.split(".")[1] if "." in name else None
            late = over(old, scene.at)
            scene.tell(ours, "moved", detail=moved(old, new), step=step, after_due=late)
        elif ours.kind != PROCESS and (
            name in {"what", "outcome", "who"} or name.startswith(("people", "steps"))
        ):
            step = name.split(".")[1] if name.startswith("steps") else None
            scene.tell(ours, "changed", detail=f"{name}:{old or ''}>{new or ''}", step=step)
        else:
            edited.add(name)
    if edited:
        scene.tell(ours, "edited", detail=",".join(sorted(edited)))
    _lines_dropped(scene, was, theirs, ours)


def _lines_dropped(scene: Scene, was: Record, theirs: Record, ours: Record) -> None:
    """Note which lines of one side a merge took out, put back or gave back their old words."""
    before = {line.at: line for line in was.log}
    after = {line.at: line for line in theirs.log}
    anew = {at: theirs.written_anew.get(at) for at in after}
    for at, line in {**before, **after}.items():
        if at not in before and anew[at] in before:
            scene.tell(ours, "rewritten", line=anew[at], step=line.step, detail="at")
        elif at not in after and at in anew.values():
            continue
        elif at not in before:
            scene.tell(ours, "unlogged", line=at, step=line.step)
        elif at not in after:
            scene.tell(ours, "relogged", line=at, step=line.step)
        elif before[at] != after[at]:
            scene.tell(ours, "rewritten", line=at, step=line.step, detail="text")


def read(life: Life, folder: Path) -> Trail:
    """Plant a history in an empty folder and read its trail."""
    folder.mkdir(parents=True)
    environ = environment(folder.parent / "home")
    plant(str(folder), life.commits, ("Dev", "dev@example.org"), environ)
    source = Source("nextstep.yaml", SETTINGS)
    assert load(source).whole
    files = [Source(path, data) for path, data in life.commits[-1].files.items()]
    ledger = load_ledger(Listing(tuple(files), ()), root=str(folder))
    return read_trail(place_of(str(folder)), environ, ledger=ledger)


def truths_of(trail: Trail, folder: Path) -> Counter[Truth]:
    """What a trail says, in the terms of the truth."""
    listed = Made(folder).git("log", "--format=%H %s").split()
    numbers = dict(zip(listed[::2], map(int, listed[1::2]), strict=True))
    return Counter(_truth(fact, numbers[fact.witness.commit]) for fact in trail.facts)


def meant(life: Life) -> Counter[Truth]:
    """The truth, with each record under its last id."""
    return Counter(
        Truth(
            **{name: getattr(one, name) for name in one.__struct_fields__}
            | {"id": life.names[one.id], "line": _line(one.line)}
        )
        for one in life.truths
    )


def _line(at: str | None) -> str | None:
    return None if at is None else datetime.fromisoformat(at).astimezone(UTC).isoformat()


def _truth(fact: Fact, commit: int) -> Truth:
    assert fact.at is not None
    return Truth(
        commit=commit,
        event=fact.event,
        id=fact.id,
        by=fact.by,
        at=fact.at.isoformat(),
        step=fact.step,
        recorded_by=fact.recorded_by,
        line=None if fact.logged is None else fact.logged.at.isoformat(),
        seen=fact.seen,
        how=fact.witness.how,
        detail=_detail(fact),
        after_due=fact.after_due,
    )


def _detail(fact: Fact) -> str:
    values = fact.values
    if fact.event in {"moved", "changed", "renamed"}:
        old, new = (_said(values.get(name)) for name in ("from", "to"))
        field = f"{values['field']}:" if fact.event == "changed" else ""
        return f"{field}{old}>{new}"
    if fact.event in {"edited", "rewritten"}:
        fields = values["fields"]
        assert isinstance(fields, tuple)
        return ",".join(sorted(str(one) for one in fields))
    return ""


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return "" if value is None else str(value)
