"""The commitments of the model in a real repository: what is typed, and what must be true then."""

from __future__ import annotations

import shlex
import shutil
import subprocess
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
from tests.faults.promise_files import seen, text_of, told
from tests.faults.promise_hand import BY_HAND, is_edit, script
from tests.faults.promise_model import Fact, Promise, Thing, Things, unmet
from tests.faults.promise_rows import Act
from tests.faults.promise_verbs import (
    OF_ALL,
    WORDS,
    new_thing,
    other,
    outcome,
    place_meant,
    recorded_by,
)
from tests.faults.promise_walk import SKIPPED, Terminal, answers, in_order, see_asked, typed
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
        for name, one in things.items():
            text = text_of(one, self.ids.get(one.follows, ""))
            self.made.write({path.format(self.ids[name]): text})
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
        self.take_over(after)

    def act(self, row: str, name: str, by: str, *, typist: str = "", **more: str | int) -> Act:
        """Return an act of the next second; who acts types it, unless somebody else is named."""
        self.turn += 1
        self.at += timedelta(seconds=7)
        act = Act(
            row=row,
            name=name,
            by=by,
            typist=typist or by,
            at=self.at,
            command=self.turn,
            **more,  # type: ignore[arg-type]
        )
        if row != "done, all":
            return act
        return replace(act, order=tuple(in_order(self.things, self.ids, act)))

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
        says_who = act.by != act.typist and not is_edit(act)
        return [*shlex.split(line), *(["--by", act.by] if says_who else [])]

    def run(
        self, act: Act, *words: str, first: Callable[[], object] = lambda: None, **env: str
    ) -> Ran:
        """Run the program at the time of an act, as who types."""
        return record(self.made, *words, first=first, **as_person(act), **env)

    def run_row(self, act: Act, *more: str, first: Callable[[], object] = lambda: None) -> Ran:
        """Run what is typed for a row: at a terminal, or with an editor, where it needs one."""
        words = [*self.words(act), *more]
        if act.row == "done, all":
            return self.walk(act, words, first)
        if act.row not in BY_HAND:
            return self.run(act, *words, first=first)
        editor = script(self.things[act.name], act)
        if is_edit(act):
            return self.run(act, *words, first=first, VISUAL=shlex.join(editor))
        subprocess.run([*editor, self.file(act)], check=True)
        return self.run(act, *words, first=first)

    def walk(self, act: Act, words: list[str], first: Callable[[], object]) -> Ran:
        """Walk through all that is due, at a terminal; see that it is asked about in its order."""
        names, rows = in_order(self.things, self.ids, act), answers(self.things, act)
        lines = [typed(self.things[name].now, rows[name], act) for name in names]
        terminal = Terminal([line for one in lines for line in one])

        def begin() -> None:
            terminal.sit_down()
            first()

        ran = self.run(act, *words, first=begin, COLUMNS="100", NO_COLOR="1")
        shown = terminal.leave()
        if ran.code == 0:
            recorded = sum(rows[name] != SKIPPED for name in names)
            see_asked(shown, [self.ids[name] for name in names], recorded)
        return Ran(ran.code, ran.out, ran.err + shown)

    def file(self, act: Act) -> Path:
        """Return the file that an act is about."""
        (path,) = self.made.path.glob(f"commitments/**/{self.ids[act.name]}.yaml")
        return path

    def try_it(self, act: Act) -> None:
        """Run a verb: it makes what the model makes of it in one commit, or leaves all as it was."""
        after = outcome(self.things, act)
        label = "" if act.row in OF_ALL else self.things[act.name].now.label
        self.visited[act.row, label, after is not None] += 1
        before = self.all_of_it()
        ran = self.run_row(act)
        if after is None:
            # The editor saves a date that others have to agree to, and says how it gets its event.
            is_saved = is_edit(act) and "No event was written" in ran.err
            assert ran.code in ({0} if is_saved else {2, 3}), (act, label, ran)
            assert ran.err, act
            self.put_back(act, before)
        else:
            assert ran.code == 0, (act, label, ran)
        if after is None or after is self.things:
            assert self.all_of_it() == before, act
            return
        if act.row in BY_HAND:
            path = str(self.file(act))
            self.made.git("commit", "--quiet", "--message=by hand", "--", path)
        self.take_over(after, commits=recorded_by(self.things, act))

    def put_back(self, act: Act, before: dict[str, bytes]) -> None:
        """Put a file back that was changed by hand, where its event was refused."""
        if act.row in BY_HAND:
            path = self.file(act)
            path.write_bytes(before[str(path.relative_to(self.made.path))])

    def take_over(self, after: Things, *, commits: int = 1) -> None:
        """Go on with another ledger of the model; what is new in it gets the id of its file."""
        new, found = set(after) - set(self.things), self.newly_there()
        assert len(found) == len(new), (found, new)
        self.ids |= {name: found[self.mark(after[name])] for name in new}
        self.things = after
        self.commits += commits

    def newly_there(self) -> dict[tuple[str, str], str]:
        """Return the ids that are new in the files: by their words, and what they came out of."""
        there = self.ledger().commitments
        new = [there[id_] for id_ in set(there) - set(self.ids.values())]
        return {(one.what, one.follows or ""): one.id for one in new}

    def mark(self, thing: Thing) -> tuple[str, str]:
        """Return by what a new thing of the model is known in the files."""
        return thing.begun.what, self.ids.get(thing.follows, "")

    def take_what_is_there(self, act: Act, before: dict[str, bytes]) -> None:
        """After a crash go on with what each file says, old or new, and commit what is left."""
        after = outcome(self.things, act) or self.things
        for left in self.made.path.glob("commitments/**/.nextstep-*"):
            left.unlink()
        there, new = self.ledger().commitments, self.newly_there()
        is_kept = is_edit(act) and outcome(self.things, act) is not None
        log = there[self.ids[act.name]].log if act.row in BY_HAND else ()
        if act.row in BY_HAND and not is_kept and len(log) == len(self.things[act.name].log):
            self.put_back(act, before)
        files = self.all_of_it()
        things = {}
        for name, thing in after.items():
            if name in self.things:
                path = there[self.ids[name]].source.path
                is_old = files[path] == before[path]
                things[name] = self.things[name] if is_old else thing
            elif self.mark(thing) in new:
                self.ids[name] = new.pop(self.mark(thing))
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
