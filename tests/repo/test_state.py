"""What kind of repository it is, and who asks, in every kind of repository."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.git import find_git, git_version, read, start
from nextstep.repo.identity import NOBODY, Identity, who
from nextstep.repo.place import Place, find_ledger
from nextstep.repo.state import Facts, Repository, ask
from nextstep.repo.writing_git import run_write
from tests.repositories import RECORD, Made, environment, make, write

NOTHING: Mapping[str, str] = {}
Maker = Callable[[Path], Made]


def _facts(made: Made, start_at: Path | None = None, more: Mapping[str, str] = NOTHING) -> Facts:
    environ = {**made.environ, **more}
    return ask(find_ledger(str(start_at or made.path), environ=environ), environ).facts()


def _repository(
    made: Made, start_at: Path | None = None, more: Mapping[str, str] = NOTHING
) -> Repository:
    facts = _facts(made, start_at, more)
    assert facts.repository is not None, facts.reason
    assert facts.reason == ""
    return facts.repository


def test_a_repository_with_a_branch(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    found = _repository(made)
    assert found == Repository(
        git_dir=str(made.path / ".git"),
        head=made.git("rev-parse", "HEAD"),
        branch="refs/heads/main",
    )
    assert not found.detached
    assert not found.unborn


def test_no_commit_yet(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.write({"nextstep.yaml": ""})
    found = _repository(made)
    assert found == Repository(git_dir=str(made.path / ".git"))
    assert found.unborn
    assert not found.detached


def test_a_commit_without_a_branch(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.git("checkout", "--quiet", "--detach")
    assert _repository(made).detached


def test_a_bare_repository(tmp_path: Path, ledger: Maker) -> None:
    bare = ledger(tmp_path / "a").clone(tmp_path / "b.git", "--bare")
    found = _repository(bare)
    assert found.bare
    assert found.head == bare.git("rev-parse", "HEAD")


def test_a_shallow_clone(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.commit({"commitments/b.yaml": RECORD})
    assert not _repository(made).shallow
    assert _repository(made.clone(tmp_path / "b", "--depth=1")).shallow


def test_a_planted_shallow_file_is_seen(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    head = made.commit({"commitments/b.yaml": RECORD})
    write(made.path, {".git/shallow": f"{head}\n"})
    assert _repository(made).shallow


def test_another_work_tree(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    found = _repository(made, tmp_path / "side")
    assert found.worktree
    assert found.branch == "refs/heads/side"
    assert not _repository(made).worktree


def test_a_submodule(tmp_path: Path, ledger: Maker) -> None:
    part = ledger(tmp_path / "part")
    whole = make(tmp_path / "whole")
    source = str(part.path)
    whole.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", source, "part")
    found = _repository(whole, tmp_path / "whole/part")
    assert found.git_dir == str(tmp_path / "whole/.git/modules/part")
    assert found.head == part.git("rev-parse", "HEAD")


def test_a_repository_that_names_objects_by_sha256(tmp_path: Path) -> None:
    made = make(tmp_path / "a", "--object-format=sha256")
    head = made.commit({"nextstep.yaml": ""})
    assert len(head) == 64
    assert _repository(made).head == head
    assert _repository(made).object_format == "sha256"


def test_a_folder_whose_name_holds_line_ends(tmp_path: Path) -> None:
    made = make(tmp_path / "a\nb\n")
    made.write({"nextstep.yaml": ""})
    assert _repository(made).git_dir == str(made.path / ".git")
    head = made.commit({})
    assert _repository(made).head == head
    assert _repository(made).git_dir == str(made.path / ".git")


def test_variables_of_a_hook_lead_nowhere_else(tmp_path: Path, ledger: Maker) -> None:
    made, other = ledger(tmp_path / "a"), ledger(tmp_path / "b")
    other.commit({"commitments/b.yaml": RECORD})
    variables = {
        "GIT_DIR": str(other.path / ".git"),
        "GIT_WORK_TREE": str(other.path),
        "GIT_INDEX_FILE": str(other.path / ".git/index"),
        "GIT_OBJECT_DIRECTORY": "/nowhere",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.email",
        "GIT_CONFIG_VALUE_0": "planted@example.org",
    }
    found = _repository(made, more=variables)
    assert found.git_dir == str(made.path / ".git")
    assert found.head == made.git("rev-parse", "HEAD")
    assert _facts(made, more=variables).identity == NOBODY


def test_variables_of_our_own_process_reach_no_git(
    tmp_path: Path, ledger: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The executor adds to the environment of the process; nothing of that may arrive."""
    made, other = ledger(tmp_path / "a"), ledger(tmp_path / "b")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    place = find_ledger(str(made.path), environ=made.environ)
    answer = read(place, ["rev-parse", "--absolute-git-dir"], made.environ)
    assert answer.out.decode().strip() == str(made.path / ".git")


def test_who_asks_is_what_the_settings_say(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    assert _facts(made).identity == Identity()
    made.git("config", "user.email", "Dev@Example.org")
    made.git("config", "user.name", "Dev Äö")
    place = find_ledger(str(made.path), environ=made.environ)
    assert who(place, made.environ) == Identity("Dev@Example.org", "Dev Äö")
    assert _facts(made).identity == Identity("Dev@Example.org", "Dev Äö")
    made.git("config", "author.email", "desk@example.org")
    assert _facts(made).identity == Identity("desk@example.org", "Dev Äö")
    signs = {**made.environ, "GIT_AUTHOR_EMAIL": "lena@example.org", "GIT_AUTHOR_NAME": "L\udcff"}
    assert who(place, signs) == Identity("lena@example.org", "L\\xff")


@pytest.mark.parametrize("value", [b"\xc4 <x", b"a\x1b[31mb", b"  "])
def test_an_odd_name_or_address_is_data(tmp_path: Path, ledger: Maker, value: bytes) -> None:
    made = ledger(tmp_path / "a")
    with (made.path / ".git/config").open("ab") as file:
        file.write(b'[user]\n\tname = "' + value + b'"\n\temail\n')
    identity = _facts(made).identity
    assert identity.email is None
    assert identity.name == (value.decode("utf-8", "backslashreplace").strip() or None)
    assert identity.name is None or identity.name.encode()


def test_the_mail_map_does_not_change_who_asks(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.write({".mailmap": "Boss <boss@example.org> <dev@example.org>\n"})
    made.git("config", "user.email", "dev@example.org")
    assert _facts(made).identity.email == "dev@example.org"


def test_outside_a_repository_the_users_own_settings_count(tmp_path: Path) -> None:
    write(tmp_path, {"ledger/nextstep.yaml": "", "home/.gitconfig": "[user]\n email = me@x.org\n"})
    environ = environment(tmp_path / "home")
    del environ["GIT_CONFIG_GLOBAL"]
    facts = ask(find_ledger(str(tmp_path / "ledger"), environ=environ), environ).facts()
    assert facts == Facts(None, Identity("me@x.org"), "not in a git repository")


def test_without_git_everything_else_still_works(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    reason = "git is not installed, or not on the PATH"
    assert _facts(made, more={"PATH": str(tmp_path)}) == Facts(None, NOBODY, reason)
    place = find_ledger(str(made.path), environ=made.environ)
    assert who(place, {"PATH": ""}) == NOBODY
    with pytest.raises(NextstepError, match="not installed"):
        read(place, ["rev-parse", "HEAD"], {"PATH": str(tmp_path)})


def test_a_git_that_is_too_old_is_named(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    old = tmp_path / "bin/git"
    write(
        tmp_path,
        {
            "bin/git": '#!/bin/sh\n[ "$1" = version ] && echo "git version 1.8.3.1" && exit 0\n'
            'echo "Unknown option: --no-optional-locks" >&2\nexit 129\n'
        },
    )
    old.chmod(0o755)
    facts = _facts(made, more={"PATH": str(old.parent)})
    assert facts.repository is None
    assert facts.reason == "git 1.8.3.1 is too old; 2.31 or later is needed"


def test_the_version_of_git_is_told(tmp_path: Path) -> None:
    environ = environment(tmp_path / "home")
    assert git_version(environ) >= (2, 31)
    assert os.path.isabs(find_git(environ))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_repository_of_somebody_else_is_refused_in_gits_words(
    tmp_path: Path, ledger: Maker
) -> None:
    made = ledger(tmp_path / "a")
    for path in (made.path, made.path / ".git"):
        os.chown(path, 12345, 12345)
    facts = _facts(made)
    assert facts.repository is None
    assert facts.reason.startswith("fatal: detected dubious ownership in repository at")
    assert "safe.directory" in facts.reason


@pytest.mark.parametrize("broken", ["config", "HEAD"])
def test_a_broken_repository_is_told_in_gits_words(
    tmp_path: Path, ledger: Maker, broken: str
) -> None:
    made = ledger(tmp_path / "a")
    write(made.path, {f".git/{broken}": "[\n"})
    facts = _facts(made)
    assert facts.repository is None
    assert facts.reason.startswith("fatal: ")


def test_a_repository_further_up_does_not_stand_in_for_a_broken_one(
    tmp_path: Path, ledger: Maker
) -> None:
    outer = ledger(tmp_path / "outer")
    inner = ledger(tmp_path / "outer/inner")
    write(inner.path, {".git/HEAD": "nonsense\n"})
    assert _facts(outer, inner.path).repository is None


def test_a_git_that_waits_for_ever_is_ended(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    os.mkfifo(made.path / "pipe")
    with (made.path / ".git/config").open("a") as file:
        file.write(f"[include]\n\tpath = {made.path}/pipe\n")
    place = find_ledger(str(made.path), environ=made.environ)
    begun = time.monotonic()
    facts = ask(place, made.environ).facts(timeout=0.3)
    assert time.monotonic() - begun < 30
    assert facts.repository is None
    assert "git did not answer within 0.3 seconds" in facts.reason


def test_only_verbs_that_read_can_be_started(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    place = find_ledger(str(made.path), environ=made.environ)
    for verb in ("status", "diff", "show", "commit", "fetch"):
        with pytest.raises(ValueError, match="not a verb that only reads"):
            start(place, [verb], made.environ)


def test_asking_who_and_where_needs_no_gitpython(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    program = (
        "import os, sys; from nextstep.repo.place import find_ledger;"
        "from nextstep.repo.state import ask; from nextstep.files.disk import read_tree;"
        "asked = ask(find_ledger(os.getcwd(), environ=os.environ), os.environ);"
        "assert asked.facts().repository is not None; read_tree('.');"
        "print(*{'git', 'platformdirs', 'tomllib', 'datetime'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=made.path,
        env={**made.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() in (["datetime"], [])


def test_making_a_repository_is_the_users_own_act(tmp_path: Path) -> None:
    environ = environment(tmp_path / "home")
    (tmp_path / "new").mkdir()
    run_write(str(tmp_path / "new"), ["init", "--quiet"], {**environ, "GIT_DIR": "/nowhere"})
    assert (tmp_path / "new/.git/HEAD").exists()
    with pytest.raises(NextstepError, match="`git commit` failed: "):
        run_write(str(tmp_path / "new"), ["commit", "-m", "x"], environ)


def test_a_place_without_a_repository_starts_git_in_the_ledger() -> None:
    assert Place(root="/a").folder == "/a"
    assert Place(root="/a/b", toplevel="/a", prefix="b/").folder == "/a"


def test_a_start_asks_git_twice_and_at_the_same_time(tmp_path: Path, ledger: Maker) -> None:
    """Each of the two children waits until the other runs: one after the other would fail."""
    made = ledger(tmp_path / "a")
    made.git("config", "user.email", "dev@example.org")
    runs = tmp_path / "runs"
    runs.mkdir()
    meet = (
        f'#!/bin/sh\n: > "{runs}/$$"\nn=0\n'
        f'while [ "$(ls "{runs}" | wc -l)" -lt 2 ]; do\n'
        "  n=$((n + 1)); [ $n -gt 1500 ] && exit 1; sleep 0.02\ndone\n"
        f'exec "{find_git(made.environ)}" "$@"\n'
    )
    write(tmp_path, {"bin/git": meet})
    (tmp_path / "bin/git").chmod(0o755)
    facts = _facts(made, more={"PATH": f"{tmp_path}/bin:{made.environ['PATH']}"})
    assert facts.repository is not None
    assert facts.identity.email == "dev@example.org"
    assert len(list(runs.iterdir())) == 2
