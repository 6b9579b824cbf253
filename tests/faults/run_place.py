"""The run of the model in a real repository: what is typed, and what must be true after each verb."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from nextstep.dates.now import now_on
from nextstep.files.load import load
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.source import Source
from nextstep.runs.run_states import run_state
from tests.faults.run_model import BEGIN, OWNER, RECEIVER, RUN, Model, other_day
from tests.faults.writing import record
from tests.forked import TODAY, run
from tests.recording import team
from tests.repositories import Made

LEDGER = """\
timezone: UTC

people:
  dev: {name: Devika Rao, emails: [dev@example.org]}
  ann: {name: Ann Berg, emails: [ann@example.org]}
  bo: {name: Bo Falk, emails: [bo@example.org]}
  cy: {name: Cy Holm, emails: [cy@example.org]}
  dee: {name: Dee Lind, emails: [dee@example.org]}
  eve: {name: Eve Moe, emails: [eve@example.org]}
  fay: {name: Fay Nord, emails: [fay@example.org]}
  gil: {name: Gil Odd, emails: [gil@example.org]}
  hal: {name: Hal Pihl, emails: [hal@example.org]}
  pat: {name: Pat Quist, emails: [pat@example.org]}
"""
PROCESS = """\
title: Yearly letter
state: active
owner: dev
deputy: pat
customer: {who: Globex, kind: external}
provides: A letter that says how the year was
roles: [checker, sender]
strength: {level: enforce}
steps:
  - id: draft
    do: Write the letter
    who: ann
    due: 20bd after start
    done_when: The text is complete
    items: [the names are right]
    handoff: {to: bo}
  - id: pages
    do: Check one half
    who: checker
    each: [left, right]
    due: 20bd after start
    done_when: Each figure was looked up
    items: [the sums are right]
  - id: sign
    do: Say yes to the letter
    who: [eve, fay]
    need: all
    due: 20bd after start
    done_when: Both say yes
    on_return: {to: draft, max_rounds: 30}
  - id: send
    do: Post the letter
    who: sender
    due: 20bd after start
    done_when: It is in the post
    items: [the stamp is on it]
"""

_AS_DEV: Mapping[str, str] = {}


class Place:
    """A repository with runs of one process in it."""

    files: ClassVar[Mapping[str, str]] = {
        "nextstep.yaml": LEDGER,
        "processes/letter.yaml": PROCESS,
    }

    def __init__(self) -> None:
        """Make it, with something staged by hand that no verb may take along."""
        self.folder = Path(tempfile.mkdtemp(prefix="nextstep-runs-"))
        self.made: Made = team(self.folder / "team", self.files)
        self.made.write({"beside.txt": "staged by hand"})
        self.made.git("add", "beside.txt")

    def begin(self) -> str:
        """Start a run as the owner, and return its id."""
        words = "start letter --for Globex --assign checker/left=cy --assign checker/right=dee"
        ran = record(self.made, *words.split(), "--assign", "sender=gil", "--yes", "--by", OWNER)
        assert ran.code == 0, ran
        (path,) = self.made.path.glob("commitments/**/*.yaml")
        assert self.shown(path.stem) == said(BEGIN)
        return path.stem

    def path(self, id_: str) -> Path:
        (path,) = self.made.path.glob(f"commitments/**/{id_}.yaml")
        return path

    def shown(self, id_: str) -> object:
        ran = record(self.made, "show", id_, "--format", "json")
        assert ran.code == 0, ran
        shown = json.loads(ran.out)["run"]
        assert shown["impossible"] == []
        return seen(shown), self.ticked(id_)

    def ticked(self, id_: str) -> dict[str, tuple[str, ...]]:
        """Return what is ticked off of each step that is not finished, as the log says it."""
        path = self.path(id_)
        loaded = load(Source(f"commitments/{path.name}", path.read_bytes())).record
        assert isinstance(loaded, Run)
        state = run_state(loaded, now_on(date.fromisoformat(TODAY), "UTC"), Calendar())
        return {one.id: one.ticked for one in state.steps.values() if not one.is_finished}

    def try_it(
        self,
        id_: str,
        words: list[str],
        *,
        possible: bool,
        nothing: bool = False,
        environ: Mapping[str, str] = _AS_DEV,
        refusals: tuple[int, ...] = (2,),
    ) -> None:
        """Run a verb: one commit of this file alone whose log only grows, or nothing at all."""
        path = self.path(id_)
        before, head = path.read_bytes().decode(), self.head()
        ran = run(self.made.path, *words, env={**self.made.environ, **environ})
        after = path.read_bytes().decode()
        if not possible or nothing:
            assert ran.code in ((0,) if possible else refusals), (words, ran)
            assert ran.err, words
            assert (after, self.head()) == (before, head), words
            return
        assert ran.code == 0, (words, ran)
        assert log_of(after).startswith(log_of(before)), words
        assert len(log_of(after)) > len(log_of(before)), words
        told = self.made.git("log", "-1", "--format=%P", "--name-only").split()
        assert told == [head, str(path.relative_to(self.made.path))], words

    def put_back(self, id_: str, file: bytes) -> None:
        """Commit the file of a run as it was before, unless it is that."""
        path = self.path(id_)
        if path.read_bytes() != file:
            path.write_bytes(file)
            self.made.git("commit", "--quiet", "--message=back", "--", str(path))

    def commit_what_is_left(self, id_: str) -> None:
        """Clear up after a crash as a person would."""
        path = self.path(id_)
        for left in path.parent.glob(".nextstep-*"):
            left.unlink()
        if self.made.git("diff", "HEAD", "--name-only", "--", str(path)):
            self.made.git("commit", "--quiet", "--message=left", "--", str(path))

    def head(self) -> str:
        return (self.made.path / ".git/refs/heads/main").read_text().strip()

    def remove(self) -> None:
        """See that the repository is sound, and remove it."""
        assert self.made.git("status", "--porcelain") == "A  beside.txt"
        self.made.git("fsck", "--strict", "--no-dangling")
        shutil.rmtree(self.folder)


def log_of(text: str) -> str:
    """Return the log of a file, as it is written."""
    return text.partition("\nlog:\n")[2]


WORDS = {
    "done": "done {id} {step} --no-offer",
    "override": "done {id} {step} --no-offer --override hurry",
    "offer": "offer {id} {step} --all-there",
    "accept": "accept {id} {step} --all-there",
    "return": "return {id} {step} --why unclear",
    "approve": "approve {id} {step}",
    "skip": "skip {id} {step} --why needless",
    "tick": "tick {id} {step} 1",
    "move": "move {id} {step} {day} --why later",
    "move-agreed": "move {id} {step} {day} --why later --agreed-by {agreed}",
    "block": "block {id} {step} --why lost --on hal",
    "unblock": "unblock {id} {step}",
    "reopen": "reopen {id} {step} --why again",
    "note": "note {id} --step {step} --text heard",
    "close": "done {id} --kept --outcome good --nothing-further enough",
    "drop": "drop {id} --why needless",
    "assign": "assign {id} sender {agreed}",
}


def typed(model: Model, verb: str, id_: str, step: str, who: str, *, person: str = "") -> list[str]:
    """Return what is typed."""
    agreed = person or (model.having(step)[0] if step != RUN else "")
    day = "" if step == RUN else other_day(model.steps[step])
    words = WORDS[verb].format(id=id_, step=step, day=day, agreed=agreed)
    answers = step != RUN and model.stage(step) == "offered" and model.steps[step].giver != who
    if verb == "return" and who == RECEIVER and answers:
        words += " --missing 1"
    return [*words.split(), "--by", who]


def seen(shown: dict[str, object]) -> object:
    """Return what a page about a run says of what the model knows, but for what is ticked."""
    steps = shown["steps"]
    assert isinstance(steps, list)
    return shown["state"], [
        (
            one["id"],
            one["state"],
            tuple(one["who"]),
            one["offer"]["by"] if one["offer"] else "",
            one["blocked"] is not None,
            one["due"],
            sorted(one["voted"]) if one["state"] != "finished" else [],
        )
        for one in steps
    ]


def said(model: Model) -> object:
    """Return the same of the model, and what is ticked."""
    ticked = {
        id_: (step.item,) if step.ticked else ()
        for id_, step in model.steps.items()
        if step.stage != "finished"
    }
    steps = [
        (
            id_,
            model.stage(id_) if model.finished(id_) else model.over or model.stage(id_),
            () if model.finished(id_) else _who(model, id_),
            step.giver if step.stage == "offered" else "",
            step.blocked,
            step.due,
            sorted(step.votes) if step.stage != "finished" else [],
        )
        for id_, step in model.steps.items()
    ]
    return (model.state(), steps), ticked


def _who(model: Model, id_: str) -> tuple[str, ...]:
    """Return who can act on it: with the giver it waits for the receiver, at a gate for the rest."""
    step = model.steps[id_]
    rest = tuple(one for one in model.having(id_) if one not in step.votes)
    return (RECEIVER,) if step.stage == "offered" else rest
