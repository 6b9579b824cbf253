"""The commitments of the model in a real repository: what is typed, and what must be true then."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from nextstep.dates.now import now_at
from nextstep.files.disk import read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.commitment import Commitment
from nextstep.model.events import instant_text
from nextstep.model.process import Process
from nextstep.reports.standing import Standing, standing
from tests.commands import Ran
from tests.faults.promise_model import Fact, Promise, Thing, unmet
from tests.faults.promise_rows import Act
from tests.faults.promise_verbs import (
    OF_ALL,
    WORDS,
    Things,
    new_thing,
    other,
    outcome,
    place_meant,
)
from tests.faults.visits import Visits
from tests.faults.writing import record
from tests.recording import team
from tests.repositories import Made

BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Place:
    """A repository with commitments, the model of it, and the time of day."""

    def __init__(self) -> None:
        """Make it, with something staged by hand that no verb may take along."""
        self.folder = Path(tempfile.mkdtemp(prefix="nextstep-states-"))
        self.made: Made = team(self.folder / "team")
        self.made.write({"beside.txt": "staged by hand"})
        self.made.git("add", "beside.txt")
        self.things: Things = {}
        self.ids: dict[str, str] = {}
        self.commits = 1
        self.turn = 0
        self.at = BEGIN
        self.visited = Visits()

    def begin_with(self, things: Things) -> None:
        """Commit what was recorded before."""
        self.ids |= {name: f"{name}-thing-aa2b" for name in things}
        path = "commitments/2026/11/{}.yaml"
        self.made.write({path.format(self.ids[name]): text_of(one) for name, one in things.items()})
        self.made.git("add", "commitments")
        self.made.git("commit", "--quiet", "--message=begin", "--", "commitments")
        self.things = {**self.things, **things}
        self.commits += 1

    def add(self, new: Promise, by: str, *words: str, **links: object) -> None:
        """Add something as somebody."""
        act = self.act("add", "", by)
        typed = ["add", new.what, "--so", new.outcome, "--due", new.due, "--who", new.who, *words]
        ran = self.run(act, *typed, "--with", ",".join(new.with_))
        assert ran.code == 0, (typed, ran)
        self.recorded(act, new_thing(self.things, act, new, **links))

    def recorded(self, act: Act, after: Things) -> None:
        """Count one commit, and go on with what the model makes of an act."""
        self.visited[act.row, "", True] += 1
        self.commits += 1
        self.take_over(after)

    def act(self, row: str, name: str, by: str, *, typist: str = "", **more: str | int) -> Act:
        """Return an act of the next second; who acts types it, unless somebody else is named."""
        self.turn += 1
        self.at += timedelta(seconds=7)
        return Act(
            row=row,
            name=name,
            by=by,
            typist=typist or by,
            at=self.at,
            command=self.turn,
            **more,  # type: ignore[arg-type]
        )

    def words(self, act: Act) -> list[str]:
        """Return what is typed."""
        instant = other_id = ""
        if act.row == "undo, at":
            log = self.ledger().commitments[self.ids[act.name]].log
            instant = instant_text(log[place_meant(self.things, act)].at)
        if "{other}" in WORDS[act.row]:
            other_id = self.ids[other(self.things, act)]
        line = WORDS[act.row].format(
            id=self.ids.get(act.name, ""),
            other=other_id,
            person=act.person,
            day=act.day,
            instant=instant,
        )
        return [*shlex.split(line), *(["--by", act.by] if act.by != act.typist else [])]

    def run(self, act: Act, *words: str, first: Callable[[], object] = lambda: None) -> Ran:
        """Run the program at the time of an act, as who types."""
        return record(self.made, *words, first=first, **as_person(act))

    def try_it(self, act: Act) -> None:
        """Run a verb: it makes what the model makes of it in one commit, or leaves all as it was."""
        after = outcome(self.things, act)
        label = "" if act.row in OF_ALL else self.things[act.name].now.label
        self.visited[act.row, label, after is not None] += 1
        words, before = self.words(act), self.all_of_it()
        ran = self.run(act, *words)
        if after is None:
            assert ran.code in {2, 3}, (words, act, label, ran)
            assert ran.err, (words, act)
        else:
            assert ran.code == 0, (words, act, label, ran)
        if after is None or after is self.things:
            assert self.all_of_it() == before, (words, act)
            return
        self.commits += 1
        self.take_over(after)

    def change_by_hand(self, act: Act) -> None:
        """Write another date into a file, and have the event of it written."""
        (path,) = self.made.path.glob(f"commitments/**/{self.ids[act.name]}.yaml")
        before, thing = path.read_text(), self.things[act.name]
        path.write_text(before.replace(f"\ndue: {thing.now.due}\n", f"\ndue: {act.day}\n"))
        after = thing.with_facts([act.fact("moved", to=act.day)], act.at, act.command)
        ran = self.run(act, "fmt", "--record", "--why", "later", "--by", act.by)
        assert ran.code == (0 if after else 2), (act, ran)
        if after is None:
            path.write_text(before)
            return
        self.made.git("commit", "--quiet", "--message=by hand", "--", str(path))
        self.recorded(act, {**self.things, act.name: after})

    def take_over(self, after: Things) -> None:
        """Go on with another ledger of the model; what is new in it gets the id of its file."""
        new = {name: thing for name, thing in after.items() if name not in self.things}
        there = self.ledger().commitments
        ids = {there[id_].what: id_ for id_ in set(there) - set(self.ids.values())}
        assert len(ids) == len(new), (ids, new)
        self.ids |= {name: ids[thing.begun.what] for name, thing in new.items()}
        self.things = after

    def take_what_is_there(self, act: Act) -> None:
        """After a crash go on with what each file says, old or new, and commit what is left."""
        after = outcome(self.things, act) or self.things
        for left in self.made.path.glob("commitments/**/.nextstep-*"):
            left.unlink()
        there = self.ledger().commitments
        new = {there[id_].what: id_ for id_ in set(there) - set(self.ids.values())}
        things = {}
        for name, thing in after.items():
            if name in self.things:
                is_old = len(there[self.ids[name]].log) == len(self.things[name].log)
                things[name] = self.things[name] if is_old else thing
            elif thing.begun.what in new:
                self.ids[name] = new.pop(thing.begun.what)
                things[name] = thing
        assert not new, new
        self.things = things
        if self.made.git("status", "--porcelain", "--untracked-files=all", "--", "commitments"):
            self.made.git("add", "commitments")
            self.made.git("commit", "--quiet", "--message=left", "--", "commitments")
        self.commits = int(self.made.git("rev-list", "--count", "HEAD"))

    def agree_with_the_files(self) -> None:
        """See that the files say what the model says, each with all of its events."""
        ledger = self.ledger()
        assert not ledger.faulty
        assert set(ledger.commitments) == set(self.ids.values())
        states = standing(ledger, now_at(self.at + timedelta(seconds=1), "UTC"))
        for name, thing in self.things.items():
            self.agree_on(states, name, thing)
        head = self.made.git("rev-list", "--count", "HEAD")
        assert int(head) == self.commits
        left = self.made.git("status", "--porcelain", "--untracked-files=all").splitlines()
        assert left in ([], ["A  beside.txt"])

    def agree_on(self, states: Standing, name: str, thing: Thing) -> None:
        commitment = states.ledger.commitments[self.ids[name]]
        assert states.commitments[commitment.id].impossible == (), name
        found, wanted = seen(states, commitment), told(thing)
        assert found == wanted, (name, found, wanted)
        assert logged(commitment) == [said(fact) for fact in thing.log], name
        waits = tuple(self.ids[one] for one in unmet(self.things, name))
        assert states.waits_for(commitment) == waits, name
        assert commitment.follows == self.ids.get(thing.follows), name
        assert commitment.part_of == (thing.part_of or None), name
        assert states.partner(commitment) == (thing.now.follower or None), name

    def all_of_it(self) -> dict[str, bytes]:
        """Return the bytes of all commitments, and the branch."""
        files = {
            str(path.relative_to(self.made.path)): path.read_bytes()
            for path in self.made.path.glob("commitments/**/*")
            if path.is_file()
        }
        return {**files, "HEAD": (self.made.path / ".git/refs/heads/main").read_bytes()}

    def ledger(self) -> Ledger:
        return load_ledger(read_tree(str(self.made.path)), root="team", timezone="UTC")

    def remove(self) -> None:
        """See that the repository is sound, and remove it."""
        self.made.git("fsck", "--strict", "--no-dangling")
        shutil.rmtree(self.folder)


def seen(states: Standing, commitment: Commitment) -> Promise:
    """Return what the files say of a commitment, as the model says it."""
    state = states.commitments[commitment.id]
    return Promise(
        what=commitment.what,
        outcome=commitment.outcome or "",
        stage=state.stage.value,
        who=state.who or "",
        with_=state.with_,
        partner=commitment.partner or "",
        due=str(state.due or ""),
        repeat=commitment.repeat or "",
        blocked=state.blocked is not None,
        giver=state.offer.by if state.offer else "",
        offered_to=" ".join(state.offer.to) if state.offer else "",
        asked=state.asked,
        result=(state.closed.result or "") if state.closed else "",
        moved_from=tuple(str(move.before or "").replace("none", "") for move in state.moves),
    )


def told(thing: Thing) -> Promise:
    """Return the same of the model."""
    return replace(thing.now, proposers=())


def as_person(act: Act) -> dict[str, str]:
    """Return the environment of who types, at the time of an act."""
    mail = {"lena": "lena@globex.example"}.get(act.typist, f"{act.typist}@example.org")
    names = {"NAME": act.typist.title(), "EMAIL": mail}
    who = ("AUTHOR", "COMMITTER")
    env = {f"GIT_{one}_{what}": value for one in who for what, value in names.items()}
    return {**env, "NEXTSTEP_TODAY": instant_text(act.at)}


def logged(record_: Commitment | Process) -> list[tuple[str, str, str]]:
    """Return of each event what it is, who acted and who wrote it down."""
    return [(event.event, event.by, event.text("recorded_by") or event.by) for event in record_.log]


def said(fact: Fact) -> tuple[str, str, str]:
    """Return the same of an event of the model."""
    return fact.kind, fact.by, fact.typist


def text_of(thing: Thing) -> str:
    """Return the file of a thing of the model."""
    now = thing.now
    fields = {"what": now.what, "who": now.who, "with": f"[{', '.join(now.with_)}]"}
    fields |= {"outcome": now.outcome, "due": now.due, "repeat": now.repeat}
    lines = [f"{name}: {value}" for name, value in fields.items() if value not in ("", "[]")]
    return "\n".join([*lines, "log:", *map(line_of, thing.log), ""])


def line_of(fact: Fact) -> str:
    parts = {"at": instant_text(fact.at), "by": fact.by, "event": fact.kind}
    parts |= {"to": fact.to, "result": fact.result, "why": "x" if fact.kind == "blocked" else ""}
    ended = {"outcome": "y", "nothing_further": "z"} if fact.result not in ("", "dropped") else {}
    said_so = {**parts, **ended, "recorded_by": "" if fact.by == fact.typist else fact.typist}
    return f"  - {{{', '.join(f'{name}: {value}' for name, value in said_so.items() if value)}}}"
