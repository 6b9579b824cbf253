"""Each step by which the disk changes fails once, and the program is killed before each.

Whatever happens: every file is whole, old or new; the words are in a file, in a commit or kept
aside; what was said is true; git finds its repository sound, and the next command works.
"""

from __future__ import annotations

import ast
import errno
import os
import resource
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.disk import read_tree
from nextstep.files.ledger import load_ledger
from nextstep.files.load import load
from nextstep.model.source import Source
from nextstep.repo import steps
from tests.commands import Ran
from tests.faults.writing import (
    ADD,
    FILES,
    MOVE,
    OFFER,
    ROOM,
    hook,
    kept,
    ledger,
    record,
    status,
    temporary,
    text,
)
from tests.forked import listen
from tests.recording import commits
from tests.repositories import Made

WHOLE = "NEXTSTEP_FUZZ_EXAMPLES" in os.environ
DONE = (
    *("done", "k3f9", "--kept", "--outcome", "She has decided"),
    *("--next", "Send the bill", "--next-due", "2026-12-04"),
)
BOTH = ("drop", "k3f9", "7qhd", "--why", "We found a better way")
VERBS = {"done": DONE, "move": MOVE, "add": ADD, "drop": BOTH}
WORDS = {
    "done": "She has decided",
    "move": "Finance closes",
    "add": "Order the paper",
    "drop": "We found a better way",
}
PROBLEMS = (errno.ENOSPC, errno.EIO, errno.EACCES)
NEXT = ("move", "7qhd", "2026-12-07", "--why", "later", "--agreed-by", "lena")

Step = tuple[str, str]


class Failing:
    """Has steps fail from the ``at``-th on: that one, or with ``lasting`` all that follow."""

    def __init__(self, at: int, problem: int | None, *, lasting: bool = False) -> None:
        """Keep what is to happen: an error of the system, or None to be killed."""
        self.at, self.problem, self.lasting = at, problem, lasting
        self.count = 0

    def __call__(self, step: str, what: str) -> None:
        """Count a step, and let it fail if it is its turn."""
        del step
        here, self.count = self.count, self.count + 1
        if here < self.at or (here > self.at and not self.lasting):
            return
        if self.problem is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            raise OSError(self.problem, os.strerror(self.problem), what)


@cache
def template() -> Made:
    """A ledger that every trial has a copy of."""
    import tempfile

    return ledger(Path(tempfile.mkdtemp(prefix="nextstep-faults-")) / "team")


@pytest.fixture(scope="module", autouse=True)
def _away() -> object:
    yield
    shutil.rmtree(template().path.parent)
    template.cache_clear()


def fresh(folder: Path) -> Made:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template().path, folder)
    made = Made(folder)
    made.environ = template().environ
    return made


def steps_of(folder: Path, verb: str) -> list[Step]:
    """Return the steps of a verb in a new ledger, in order; nothing fails."""
    made = fresh(folder)
    listed = folder.parent / "steps"

    def writing_down() -> None:
        listen(lambda step, what: print(f"{step}\t{what}", file=listed.open("a")))

    listed.unlink(missing_ok=True)
    assert record(made, *VERBS[verb], first=writing_down).code == 0
    found = []
    for line in listed.read_text().splitlines():
        step, what = line.split("\t")
        found.append((step, what))
    return found


def trial(folder: Path, verb: str, failing: Failing) -> tuple[Made, Ran]:
    made = fresh(folder)
    return made, record(made, *VERBS[verb], first=lambda: listen(failing))


def judge(made: Made, ran: Ran, verb: str, *, begun: bool) -> None:
    """See that all that must be true is true; ``begun``: the words were safe before it failed."""
    assert "bug in nextstep" not in ran.err
    assert "Traceback" not in ran.err
    new = [path for path in (OFFER, ROOM) if text(made, path) != FILES[path]]
    added = [path for path in records(made) if path not in FILES]
    for path in (*new, *added):
        loaded = load(Source(path, (made.path / path).read_bytes()))
        assert loaded.record is not None
        assert not [one for one in loaded.findings if one.severity is Severity.ERROR]
    for path in ("nextstep.yaml", "notes.txt"):
        assert (made.path / path).read_bytes() == (template().path / path).read_bytes()
    if begun:
        places = [*kept(made), *(text(made, path) for path in (*new, *added))]
        assert any(WORDS[verb] in place for place in places)
    every_name_means_something(made)
    told_the_truth(made, ran, [*new, *added], verb)
    made.git("fsck", "--strict", "--no-dangling")


def every_name_means_something(made: Made) -> None:
    """See that what is said to be next is there."""
    commitments = load_ledger(read_tree(str(made.path)), root="team", timezone="UTC").commitments
    events = [event for one in commitments.values() for event in one.log]
    nexts = {name for event in events for name in event.texts("next")}
    assert nexts <= commitments.keys()
    assert bool(nexts) == any(event.text("result") == "kept" for event in events)


def told_the_truth(made: Made, ran: Ran, changed: list[str], verb: str) -> None:
    expected = {"done": 2, "drop": 2}.get(verb, 1)
    is_committed = commits(made) == 2
    if ran.code == 0:
        assert is_committed
        assert len(changed) == expected
        assert nothing_but_temporary_files(made)
    elif ran.code == 73 and "saved but not committed" in ran.err:
        assert not is_committed
        assert len(changed) == expected
    elif ran.code == 73:  # some files are new and could not be put back: they are named
        assert changed
        assert all(path in ran.err for path in changed)
        assert not is_committed
    elif ran.code > 0:
        assert "nothing was changed" in ran.err, ran.err
        assert changed == []
        assert not is_committed
        assert nothing_but_temporary_files(made)
    else:
        assert ran.code == -signal.SIGKILL
        assert len(changed) in {0, 1, expected}


def nothing_but_temporary_files(made: Made) -> bool:
    """Whether all is committed, but for files whose removal has failed."""
    lines = status(made).splitlines()
    return all(line.startswith("?? ") and "/.nextstep-" in line for line in lines)


def records(made: Made) -> list[str]:
    return [str(one.relative_to(made.path)) for one in made.path.glob("commitments/**/*.yaml")]


def goes_on(made: Made, ran: Ran, verb: str) -> None:
    """See that the next command works, and that the same one can be given again."""
    if ran.code != 0:
        again = record(made, *VERBS[verb], "--with-edits")
        assert again.code == 0 or "already" in again.err or "closed" in again.err, again.err
    if verb != "drop":
        assert record(made, *NEXT).code == 0


def chosen(count: int) -> list[Callable[[int], Failing]]:
    """Return the makers of faults for each step; of the three errors one in turn, or all."""
    makers: list[Callable[[int], Failing]] = [lambda at: Failing(at, None)]
    makers += [
        partial(Failing, problem=problem, lasting=lasting)
        for number, problem in enumerate(PROBLEMS)
        for lasting in (False, True)
        if WHOLE or (count % len(PROBLEMS) == number and lasting is bool(count & 1))
    ]
    return makers


@pytest.mark.parametrize("verb", list(VERBS) if WHOLE else ["done"])
def test_whichever_step_fails_nothing_is_lost_and_what_is_said_is_true(
    tmp_path: Path, verb: str
) -> None:
    folder = tmp_path / "team"
    all_steps = steps_of(folder, verb)
    safe = next(at for at, (step, _) in enumerate(all_steps) if step == "git")
    failed: Counter[str] = Counter()
    ends: Counter[int] = Counter()
    for at, (step, _) in enumerate(all_steps):
        for make in chosen(at):
            failing = make(at)
            made, ran = trial(folder, verb, failing)
            try:
                judge(made, ran, verb, begun=at >= safe)
                goes_on(made, ran, verb)
            except AssertionError as wrong:
                how = "killed" if failing.problem is None else os.strerror(failing.problem)
                wrong.add_note(f"step {at} ({step}) {how}, lasting {failing.lasting}: {ran}")
                raise
            failed[step] += 1
            ends[ran.code] += 1
    print(f"\n{verb}: {len(all_steps)} steps, {failed.total()} faults, ends {dict(ends)}")
    assert set(failed) == {step for step, _ in all_steps}


def test_the_steps_are_all_that_there_are(tmp_path: Path) -> None:
    """Whatever changes the disk while something is recorded is announced, and was made to fail."""
    named = announced_in(Path(steps.__file__)) | {"chmod", "git"}
    seen = {step for verb in VERBS for step, _ in steps_of(tmp_path / "team", verb)}
    assert seen == named
    for path in files_of_the_way():
        assert not changing_calls(path), path


def announced_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "announce":
            first = node.args[0]
            assert isinstance(first, ast.Constant)
            found.add(str(first.value))
    return found


def files_of_the_way() -> list[Path]:
    root = Path(steps.__file__).parents[1]
    names = (
        "files/writing.py repo/rescue.py repo/committing.py repo/commit_git.py repo/locking.py "
        "repo/shared.py"
    )
    rooms = [*root.glob("changes/*.py"), root / "cli/recording.py", root / "cli/verbs.py"]
    return [*(root / name for name in names.split()), *rooms]


def changing_calls(path: Path) -> set[str]:
    """Return the calls that change a disk; `os.chmod` and `os.makedirs` are announced by hand."""
    changing = {"replace", "rename", "link", "unlink", "remove", "fsync", "mkdir", "write", "rmdir"}
    return {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "os"
        and node.func.attr in changing
    }


def test_a_disk_that_is_full_for_git_leaves_the_file_saved(tmp_path: Path) -> None:
    """The system itself refuses to let git write: its index is larger than files may be."""
    made = ledger(tmp_path / "team")
    made.commit({f"many/{'x' * 60}{number}": "" for number in range(100)})

    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ntrap "" XFSZ\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    path = f"{program.parent}:{os.environ['PATH']}"
    ran = record(made, *MOVE, first=small_files, PATH=path)
    assert ran.code == 73, ran.err
    assert "saved but not committed: " in ran.err
    assert "due: 2026-12-01" in text(made)
    assert temporary(made) == []
    assert "File too large" in ran.err
    made.git("fsck", "--strict")
    assert record(made, *NEXT).code == 0


def test_a_commit_whose_index_could_not_be_written_is_a_commit(tmp_path: Path) -> None:
    """Git ends with an error after the commit was made: it counts, and is not made twice."""
    made = ledger(tmp_path / "team")
    hook(made, "reference-transaction", 'test "$1" = committed && rm -f .git/index.lock; true')
    ran = record(made, *MOVE)
    assert ran.code == 0, ran.err
    assert commits(made) == 2
    assert made.git("rev-parse", "--short=7", "HEAD") in ran.out
