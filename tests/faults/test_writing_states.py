"""Verbs in any order on commitments in real git, against a small model: refusals and crashes, too.

A verb is a row of the table: what is typed, in which states it is possible, and what it makes of the
model. The program must do exactly what the model does, say no where it says no and leave every file
and the branch as they were; and after a kill at any step the file is old or new in whole.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import Struct
from msgspec.structs import replace

from nextstep.dates.now import now_on
from nextstep.files.disk import read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.runs.commitments import commitment_state
from nextstep.runs.states import CommitmentState
from tests.commands import Ran
from tests.faults.writing import record
from tests.forked import TODAY, listen
from tests.recording import team
from tests.repositories import Made

NOW = now_on(date.fromisoformat(TODAY), "UTC")
EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "150")) // 25
STEPS = 12
DAY = "DAY"


class Kept(Struct, frozen=True, kw_only=True):
    """What the model knows of one commitment."""

    stage: str = "open"
    who: str = "dev"
    due: date = date(2026, 12, 1)
    blocked: bool = False
    offered: bool = False


class Verb(NamedTuple):
    """A row: the words after the id (DAY is a date), when it is possible, what it changes."""

    words: tuple[str, ...]
    possible: Callable[[Kept], bool]
    changes: Callable[[date], Mapping[str, object]]
    name: str
    by_receiver: bool = False


def to(**values: object) -> Callable[[date], Mapping[str, object]]:
    """Return what sets these values; DAY stands for the date that is typed."""
    return lambda day: {name: day if one == DAY else one for name, one in values.items()}


def is_open(model: Kept) -> bool:
    return model.stage == "open"


def any_time(model: Kept) -> bool:
    del model
    return True


CLOSED = {"stage": "closed", "blocked": False, "offered": False}

TABLE = {
    "note": Verb(("Called, nobody was there",), any_time, to(), "note"),
    "move": Verb(
        (DAY, "--why", "later", "--agreed-by", "mia"),
        lambda model: model.stage in {"open", "proposed"},
        to(due=DAY),
        "move",
    ),
    "agree": Verb(
        ("--how", "call"),
        lambda model: model.stage == "proposed",
        to(stage="open"),
        "agree",
    ),
    "block": Verb(("--why", "The log is gone", "--on", "raj"), is_open, to(blocked=True), "block"),
    "unblock": Verb(
        (), lambda model: is_open(model) and model.blocked, to(blocked=False), "unblock"
    ),
    "done": Verb(
        ("--later",),
        lambda model: is_open(model) and not model.offered,
        to(stage="done", blocked=False),
        "done",
    ),
    "close": Verb(
        ("--kept", "--outcome", "They have it", "--nothing-further", "all is said"),
        lambda model: model.stage in {"open", "done"} and not model.offered,
        to(**CLOSED),
        "done",
    ),
    "drop": Verb(
        ("--why", "Another way was found"),
        lambda model: model.stage != "closed" and not model.offered,
        to(**CLOSED),
        "drop",
    ),
    "reopen": Verb(
        ("--why", "It came back"),
        lambda model: model.stage in {"done", "closed"},
        to(stage="open"),
        "reopen",
    ),
    "offer": Verb(("--to", "mia"), is_open, to(offered=True), "offer"),
    "accept": Verb(
        (),
        lambda model: is_open(model) and model.offered,
        to(offered=False, who="mia"),
        "accept",
        by_receiver=True,
    ),
    "return": Verb(
        ("--why", "I am away"),
        lambda model: is_open(model) and model.offered,
        to(offered=False),
        "return",
        by_receiver=True,
    ),
}


def seen(state: CommitmentState) -> Kept:
    """Return what the files say, as the model says it."""
    assert isinstance(state.due, date)
    return Kept(
        stage=state.stage.value,
        who=state.who or "",
        due=state.due,
        blocked=state.blocked is not None,
        offered=state.offer is not None,
    )


class Recording(RuleBasedStateMachine):
    """A person, another one who receives, and a disk that may stop at any step."""

    def __init__(self) -> None:
        """Make a new repository."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="nextstep-states-"))
        self.made: Made = team(self.folder / "team")
        self.model: dict[str, Kept] = {}
        self.commits = 1

    def teardown(self) -> None:
        """See that the repository is sound, and remove it."""
        self.made.git("fsck", "--strict", "--no-dangling")
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.made.write({"beside.txt": "staged by hand"})
        self.made.git("add", "beside.txt")
        self.add(proposed=False)

    @precondition(lambda self: len(self.model) < 3)
    @rule(proposed=st.booleans())
    def add(self, *, proposed: bool) -> None:
        words = ["add", f"Thing number {len(self.model)}", "--so", "It is there", "--with", "lena"]
        words += ["--due", "2026-12-01", *(["--proposed"] if proposed else [])]
        before = set(self.ledger().commitments)
        self.accepted(record(self.made, *words))
        (new,) = set(self.ledger().commitments) - before
        self.model[new] = Kept(stage="proposed" if proposed else "open")

    @rule(data=st.data(), name=st.sampled_from(sorted(TABLE)), day=st.integers(2, 28))
    def act(self, data: st.DataObject, name: str, day: int) -> None:
        id_, kept, verb, words = self.chosen(data, name, day)
        if kept.due == date(2026, 12, day) and name == "move":
            return
        before = self.all_of_it()
        ran = record(self.made, *words)
        if verb.possible(kept):
            self.accepted(ran)
            changed = verb.changes(date(2026, 12, day))
            self.model[id_] = replace(kept, **changed)
        else:
            assert 0 < ran.code < 70, (words, kept, ran)
            assert ran.err, (words, kept)
            assert self.all_of_it() == before

    @rule(
        data=st.data(),
        name=st.sampled_from(["note", "move", "block", "drop", "offer"]),
        at=st.integers(0, 13),
    )
    def crash(self, data: st.DataObject, name: str, at: int) -> None:
        """Kill a verb before one of its steps; somebody commits what it left."""
        id_, kept, verb, words = self.chosen(data, name, 20)
        count = 0

        def stop(step: str, what: str) -> None:
            nonlocal count
            del step, what
            count += 1
            if count > at:
                os.kill(os.getpid(), signal.SIGKILL)

        ran = record(self.made, *words, first=lambda: listen(stop))
        now = self.state_of(id_)
        changed = replace(kept, **verb.changes(date(2026, 12, 20)))
        assert now in {kept, changed} if verb.possible(kept) else now == kept, (words, kept, ran)
        self.model[id_] = now
        for left in self.made.path.glob("commitments/**/.nextstep-*"):
            left.unlink()
        if self.made.git("diff", "--name-only", "--", "commitments"):
            self.made.git("commit", "--quiet", "--message=left", "--", "commitments")
        self.commits = int(self.made.git("rev-list", "--count", "HEAD"))

    @rule(data=st.data(), name=st.sampled_from(["note", "block", "drop"]))
    def look_first(self, data: st.DataObject, name: str) -> None:
        _, _, _, words = self.chosen(data, name, 20)
        before = self.all_of_it()
        record(self.made, *words, "--dry-run")
        assert self.all_of_it() == before

    @rule(data=st.data())
    def during_a_merge(self, data: st.DataObject) -> None:
        _, _, _, words = self.chosen(data, "note", 20)
        head = self.made.path / ".git/MERGE_HEAD"
        head.write_text(self.made.git("rev-parse", "HEAD"))
        before = self.all_of_it()
        ran = record(self.made, *words)
        assert ran.code == 2
        assert "a merge is in progress" in ran.err
        assert self.all_of_it() == before
        head.unlink()

    @invariant()
    def the_files_say_what_the_model_says(self) -> None:
        ledger = self.ledger()
        assert not ledger.faulty
        assert set(ledger.commitments) == set(self.model)
        for id_, kept in self.model.items():
            assert self.state_of(id_, ledger) == kept, id_

    @invariant()
    def each_acknowledged_verb_is_one_commit(self) -> None:
        assert int(self.made.git("rev-list", "--count", "HEAD")) == self.commits
        left = self.made.git("status", "--porcelain", "--untracked-files=all").splitlines()
        assert left in ([], ["A  beside.txt"])

    def chosen(self, data: st.DataObject, name: str, day: int) -> tuple[str, Kept, Verb, list[str]]:
        id_ = data.draw(st.sampled_from(sorted(self.model)))
        kept, verb = self.model[id_], TABLE[name]
        words = [
            verb.name,
            id_,
            *(str(date(2026, 12, day)) if one == DAY else one for one in verb.words),
        ]
        actor = "mia" if verb.by_receiver else kept.who
        return id_, kept, verb, [*words, "--by", actor]

    def accepted(self, ran: Ran) -> None:
        assert ran.code == 0, ran
        self.commits += 1

    def ledger(self) -> Ledger:
        return load_ledger(read_tree(str(self.made.path)), root="team", timezone="UTC")

    def state_of(self, id_: str, ledger: Ledger | None = None) -> Kept:
        ledger = ledger or self.ledger()
        commitment = ledger.commitments[id_]
        last = max([NOW.instant, *(event.at for event in commitment.log)])
        now = replace(NOW, instant=max(last, datetime(2026, 11, 23, tzinfo=UTC)))
        state = commitment_state(commitment, now, ledger.calendar, members=ledger.settings.members)
        assert state.impossible == ()
        return seen(state)

    def all_of_it(self) -> dict[str, bytes]:
        files = {
            str(path.relative_to(self.made.path)): path.read_bytes()
            for path in self.made.path.glob("commitments/**/*")
            if path.is_file()
        }
        return {**files, "HEAD": self.made.git("rev-parse", "HEAD").encode()}


Recording.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    deadline=None,
)


class TestRecording(Recording.TestCase):  # type: ignore[valid-type, misc]
    """Any order of verbs, refusals and crashes."""


AGREED = "  - {at: 2026-11-02T10:00:00.000Z, by: dev, event: agreed}\n"
SECOND = "  - {at: 2026-11-03T10:00:00.000Z, by: dev, event: "
STATES = {
    "proposed": (AGREED.replace("agreed", "proposed"), Kept(stage="proposed")),
    "open": (AGREED, Kept()),
    "blocked": (f"{AGREED}{SECOND}blocked, why: x}}\n", Kept(blocked=True)),
    "offered": (f"{AGREED}{SECOND}offered, to: mia}}\n", Kept(offered=True)),
    "done": (f"{AGREED}{SECOND}done}}\n", Kept(stage="done")),
    "closed": (
        f"{AGREED}{SECOND}closed, result: kept, outcome: y, nothing_further: z}}\n",
        Kept(stage="closed"),
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_every_verb_in_every_state_does_it_or_says_no(state: str) -> None:
    log, kept = STATES[state]
    machine = Recording()
    path = "commitments/2026/11/{}-thing-aa2b.yaml"
    text = f"what: A thing\n\nwho: dev\nwith: [lena]\noutcome: x\n\ndue: 2026-12-01\n\nlog:\n{log}"
    machine.made.commit({path.format(name): text for name in TABLE})
    machine.commits = 2
    for name, verb in TABLE.items():
        id_ = f"{name}-thing-aa2b"
        assert machine.state_of(id_) == kept
        before = machine.all_of_it()
        words = [verb.name, id_, *(one.replace(DAY, "2026-12-09") for one in verb.words)]
        ran = record(machine.made, *words, "--by", "mia" if verb.by_receiver else "dev")
        if verb.possible(kept):
            machine.accepted(ran)
            assert machine.state_of(id_) == replace(kept, **verb.changes(date(2026, 12, 9))), name
        else:
            assert 0 < ran.code < 70, (name, ran)
            assert ran.err, name
            assert machine.all_of_it() == before, name
    machine.each_acknowledged_verb_is_one_commit()
    machine.teardown()
