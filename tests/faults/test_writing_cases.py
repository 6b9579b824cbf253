"""Recording, where something about the repository is not as usual."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nextstep.repo import steps
from tests.faults.writing import (
    ADD,
    FILES,
    MOVE,
    OFFER,
    ROOM,
    WHY,
    hook,
    impatient,
    kept,
    ledger,
    lingering,
    owned_by_nobody,
    paths,
    record,
    refused_untouched,
    start,
    status,
    temporary,
    text,
)
from tests.forked import Fork
from tests.recording import PEOPLE, commits, team
from tests.repositories import Made, make


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return ledger(tmp_path / "team")


# What is in progress


def merging(made: Made) -> None:
    branch_and_conflict(made)
    fails(made, "merge", "other")


def rebasing(made: Made) -> None:
    branch_and_conflict(made)
    fails(made, "rebase", "other")


def picking(made: Made) -> None:
    branch_and_conflict(made)
    fails(made, "cherry-pick", "other")


def picking_several(made: Made) -> None:
    """Between two of them, when the first conflict has been committed."""
    branch_and_conflict(made)
    fails(made, "cherry-pick", "other~1", "other")
    made.commit({"notes.txt": "both\n"})


def reverting(made: Made) -> None:
    made.commit({"notes.txt": "second\n"})
    made.commit({"notes.txt": "third\n"})
    fails(made, "revert", "HEAD~1")


def bisecting(made: Made) -> None:
    made.git("bisect", "start")


def branch_and_conflict(made: Made) -> None:
    made.git("switch", "--quiet", "--create", "other")
    made.commit({"notes.txt": "theirs\n"})
    made.commit({"notes.txt": "theirs again\n"})
    made.git("switch", "--quiet", "main")
    made.commit({"notes.txt": "ours\n"})


def fails(made: Made, *words: str) -> None:
    with pytest.raises(AssertionError):
        made.git(*words)


@pytest.mark.parametrize(
    ("begin", "named"),
    [
        (merging, "a merge"),
        (rebasing, "a rebase"),
        (picking, "a cherry-pick"),
        (picking_several, "a cherry-pick or revert"),
        (reverting, "a revert"),
        (bisecting, "a bisect"),
    ],
)
def test_what_is_in_progress_is_named_and_nothing_written(
    made: Made, begin: Callable[[Made], None], named: str
) -> None:
    begin(made)
    before = made.git("rev-parse", "HEAD")
    ran = record(made, *MOVE)
    refused_untouched(made, ran)
    assert f"{named} is in progress here; nothing was changed" in ran.err
    assert made.git("rev-parse", "HEAD") == before


def test_without_a_commit_it_can_be_written_during_a_merge(made: Made) -> None:
    merging(made)
    ran = record(made, *MOVE, "--no-commit")
    assert ran.code == 0
    assert "due: 2026-12-01" in text(made)


# Kinds of repositories


def test_without_a_repository_it_is_saved_and_said(tmp_path: Path) -> None:
    made = ledger(tmp_path / "team")
    made.path.joinpath(".git").rename(tmp_path / "gone")
    for words, path in ((MOVE, OFFER), (ADD, "commitments/2026/11/order-paper-*.yaml")):
        ran = record(made, *words, "--by", "dev", XDG_STATE_HOME=str(tmp_path / "state"))
        assert ran.code == 0
        assert "Saved without history: not in a git repository." in ran.out
        assert list(made.path.glob(path))
    assert "due: 2026-12-01" in text(made)
    assert not list((tmp_path / "state").rglob("*.txt"))
    assert sorted(one.name for one in made.path.iterdir()) == [
        "commitments",
        "nextstep.yaml",
        "notes.txt",
    ]


def test_the_first_commit_holds_one_new_file(tmp_path: Path) -> None:
    made = make(tmp_path / "team")
    made.git("config", "user.name", "Devika Rao")
    made.git("config", "user.email", "dev@example.org")
    made.write({"nextstep.yaml": PEOPLE, **FILES})
    ran = record(made, *ADD)
    assert ran.code == 0, ran.err
    (path,) = paths(made)
    assert path.startswith("commitments/2026/11/order-paper-")
    assert commits(made) == 1


@pytest.mark.parametrize("staged", [False, True])
def test_a_file_that_was_never_committed_goes_along_and_is_named(
    tmp_path: Path, *, staged: bool
) -> None:
    made = make(tmp_path / "team")
    made.git("config", "user.name", "Devika Rao")
    made.git("config", "user.email", "dev@example.org")
    made.write({"nextstep.yaml": PEOPLE, **FILES})
    if staged:
        made.git("add", "nextstep.yaml", OFFER)
    ran = record(made, *MOVE)
    assert ran.code == 0, ran.err
    assert f"! Git knows {OFFER} from now on, with all that it says." in " ".join(ran.out.split())
    assert paths(made) == [OFFER]
    assert ("A  nextstep.yaml" in status(made)) is staged


def test_a_file_that_was_moved_by_hand_is_not_committed_unasked(made: Made) -> None:
    """Its old place would stay in the history, as a second file of that name."""
    made.git("rm", "--quiet", "--cached", OFFER)
    moved = f"commitments/2026/{os.path.basename(OFFER)}"
    (made.path / OFFER).rename(made.path / moved)
    ran = record(made, *MOVE)
    assert ran.code == 2
    assert "due: 2026-11-27" in (made.path / moved).read_text()
    assert f"{moved} was moved here by hand, or taken out of git" in ran.err
    assert record(made, *MOVE, "--with-edits").code == 0


def test_a_detached_head_is_said(made: Made) -> None:
    made.git("switch", "--quiet", "--detach")
    ran = record(made, *MOVE)
    assert ran.code == 0
    assert re.search(r"! HEAD is detached: [0-9a-f]{7} is on no branch yet", ran.out)
    assert paths(made) == [OFFER]


def test_two_work_trees_of_one_repository_do_not_write_at_once(made: Made, tmp_path: Path) -> None:
    linked = Made(tmp_path / "linked")
    linked.environ = made.environ
    made.git("worktree", "add", "--quiet", "-b", "linked", str(linked.path))
    told = tmp_path / "told"
    hook(made, "pre-commit", f'echo begun >> "{told}"; sleep 0.3; echo ended >> "{told}"')
    running = [start(one, *MOVE) for one in (made, linked)]
    assert [one.end().code for one in running] == [0, 0]
    assert told.read_text().split() == ["begun", "ended"] * 2
    assert paths(made) == paths(linked) == [OFFER]
    assert not (made.path / ".git/worktrees/linked/nextstep").exists()


def test_what_is_typed_in_a_linked_work_tree_outlives_it(made: Made, tmp_path: Path) -> None:
    linked = Made(tmp_path / "linked")
    linked.environ = made.environ
    made.git("worktree", "add", "--quiet", "-b", "linked", str(linked.path))
    hook(made, "pre-commit", "exit 1")
    assert record(linked, *MOVE).code == 73
    made.git("worktree", "remove", "--force", str(linked.path))
    (words,) = kept(made)
    assert WHY in words


def test_in_a_submodule_the_submodule_gets_the_commit(made: Made, tmp_path: Path) -> None:
    above = make(tmp_path / "above")
    above.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(made.path))
    inside = Made(above.path / "team")
    inside.environ = made.environ
    for name, value in (("user.name", "Dev"), ("user.email", "dev@example.org")):
        inside.git("config", name, value)
    ran = record(inside, *MOVE)
    assert ran.code == 0, ran.err
    assert paths(inside) == [OFFER]
    assert above.git("diff", "--name-only") == "team"


def test_a_repository_with_long_ids(tmp_path: Path) -> None:
    made = make(tmp_path / "team", "--object-format=sha256")
    made.git("config", "user.name", "Dev")
    made.git("config", "user.email", "dev@example.org")
    made.commit({"nextstep.yaml": PEOPLE, **FILES})
    assert record(made, *MOVE).code == 0
    assert record(made, *ADD).code == 0
    assert status(made) == ""
    assert commits(made) == 3


def test_a_bare_repository_has_no_files_to_change(made: Made, tmp_path: Path) -> None:
    bare = made.clone(tmp_path / "bare.git", "--bare")
    ran = record(bare, *MOVE)
    assert ran.code == 2
    assert "this repository is bare: it has no files that could be changed" in ran.err


def test_a_ledger_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    made = make(tmp_path / "team")
    made.git("config", "user.name", "Dev")
    made.git("config", "user.email", "dev@example.org")
    folder = "odd *[a] 'name'/:(top) ünïcode"
    files = {"nextstep.yaml": PEOPLE, **FILES}
    made.commit({f"{folder}/{path}": content for path, content in files.items()})
    made.write({"beside.txt": "not ours"})
    for words in (MOVE, ADD):
        ran = record(made, *words, folder=folder)
        assert ran.code == 0, ran.err
    assert "due: 2026-12-01" in text(made, f"{folder}/{OFFER}")
    assert commits(made) == 3
    assert status(made) == "?? beside.txt"
    hook(made, "pre-commit", "exit 1")
    ran = record(made, *MOVE[:2], "2026-12-03", *MOVE[3:], folder=folder)
    assert f"git commit -- {OFFER}" in ran.err  # as it is typed in that folder


def test_git_that_cannot_be_used_is_no_reason_to_write_without_a_commit(made: Made) -> None:
    made.git("config", "core.repositoryFormatVersion", "7")
    ran = record(made, *MOVE)
    assert ran.code == 2
    assert "git cannot be used here, so nothing was changed: " in ran.err
    assert "repo version" in ran.err
    assert "due: 2026-11-27" in text(made)


# Who may write


def nobody() -> None:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as somebody else")
@pytest.mark.parametrize("what", [".git", "commitments/2026/11", ".git/objects"])
def test_what_may_not_be_written_is_named(made: Made, what: str) -> None:
    made.path.parent.parent.chmod(0o755)
    for above in list(made.path.parents)[:-1]:
        above.chmod(above.stat().st_mode | 0o055)
    owned_by_nobody(made.path.parent)
    for path in (made.path / what, *(made.path / what).rglob("*")):
        if path.is_dir():
            path.chmod(0o555)
    ran = record(made, *MOVE, first=nobody)
    owned_by_nobody_else(made)
    assert "Permission denied" in ran.err or "insufficient permission" in ran.err
    assert temporary(made) == []
    if what == ".git/objects":
        assert ran.code == 73
        assert "due: 2026-12-01" in text(made)
        assert len(kept(made)) == 1
    else:
        assert ran.code == 2
        assert "nothing was changed" in ran.err
        assert "due: 2026-11-27" in text(made)


def owned_by_nobody_else(made: Made) -> None:
    for path in (made.path.parent, *made.path.parent.rglob("*")):
        os.lchown(path, os.geteuid(), os.getegid())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as somebody else")
def test_a_repository_that_several_people_write_in(made: Made) -> None:
    hook(made, "pre-commit", "exit 1")
    assert record(made, *MOVE).code == 73
    rescue = made.path / ".git/nextstep/rescue"
    assert rescue.stat().st_mode & 0o777 == (made.path / ".git").stat().st_mode & 0o777
    (file,) = rescue.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


# What is there already


def test_a_lock_of_git_is_waited_for_and_never_removed(made: Made) -> None:
    for name in ("index.lock", "HEAD.lock", "refs/heads/main.lock"):
        lock = made.path / ".git" / name
        lock.touch()
        first = start(made, *MOVE)
        time.sleep(0.5)
        assert os.waitpid(first.pid, os.WNOHANG) == (0, 0)
        lock.unlink()
        assert first.end().code == 0
        record(made, "move", "k3f9", "2026-11-27", "--why", "no", "--agreed-by", "lena")


def test_a_lock_of_git_that_stays_is_named_with_its_age(made: Made) -> None:
    lock = made.path / ".git/index.lock"
    lock.touch()
    os.utime(lock, (1_700_000_000, 1_700_000_000))
    ran = record(made, *MOVE, first=impatient, TZ="UTC")
    refused_untouched(made, ran, 75)
    assert f"git is busy: {lock} is there since 2023-11-14 22:13:20; nothing was" in ran.err
    assert lock.exists()


def test_what_is_staged_stays_staged_and_is_not_committed(made: Made) -> None:
    made.write({"notes.txt": "staged\n", "more.txt": "new\n"})
    made.git("add", "notes.txt", "more.txt")
    made.write({"notes.txt": "staged, and more\n"})
    assert record(made, *MOVE).code == 0
    assert paths(made) == [OFFER]
    assert record(made, *ADD).code == 0
    assert len(paths(made)) == 1
    assert status(made) == "A  more.txt\nMM notes.txt"


@pytest.mark.parametrize("staged", [False, True])
def test_edits_by_hand_in_the_same_file_are_shown(made: Made, *, staged: bool) -> None:
    made.write({OFFER: FILES[OFFER] + "\nsource: a call\n"})
    if staged:
        made.git("add", OFFER)
    ran = record(made, *MOVE)
    refused_untouched(made, ran)
    assert (
        f"{OFFER} was changed by hand and not committed; nothing was recorded\n  diff --git"
        in ran.err
    )
    assert "+source: a call" in ran.err
    assert "commit that first, or take it along with --with-edits" in ran.err
    assert record(made, *MOVE, "--with-edits").code == 0
    assert status(made) == ""
    assert "source: a call" in made.git("show", f"HEAD:{OFFER}")


def test_edits_by_hand_stay_where_nothing_is_committed(made: Made) -> None:
    made.write({OFFER: FILES[OFFER] + "\nsource: a call\n"})
    ran = record(made, *MOVE, "--no-commit")
    assert ran.code == 0
    assert "source: a call" in text(made)
    assert "due: 2026-12-01" in text(made)
    assert commits(made) == 1


def test_edits_by_hand_in_another_file_are_nobodys_matter(made: Made) -> None:
    made.write({ROOM: FILES[ROOM] + "\nsource: a call\n"})
    assert record(made, *MOVE).code == 0
    assert status(made) == f"M {ROOM}"


def test_a_file_that_git_ignores_is_not_written(made: Made) -> None:
    made.commit({".gitignore": "commitments/\n"})
    ran = record(made, *ADD)
    assert ran.code == 2
    assert re.search(
        r"git ignores commitments/2026/11/order-paper-\S+; nothing was changed", ran.err
    )
    assert not list(made.path.glob("commitments/2026/11/order-*"))
    assert "Order the paper" in kept(made)[0]
    assert status(made) == ""
    assert record(made, *ADD, "--no-commit").code == 0
    assert record(made, *MOVE).code == 0  # git knows it from before
    made.git("rm", "--quiet", "--cached", OFFER)
    made.git("commit", "--quiet", "--message=x")
    ran = record(made, "move", "k3f9", "2026-12-04", *MOVE[3:])
    assert f"git ignores {OFFER}; nothing was changed" in ran.err
    assert "due: 2026-12-01" in text(made)


def test_nor_is_one_of_a_folder_of_which_git_knows_nothing(made: Made) -> None:
    made.git("rm", "--quiet", "-r", "--cached", "commitments")
    made.commit({".gitignore": "commitments/\n"})
    before = text(made)
    ran = record(made, *MOVE)
    assert f"git ignores {OFFER}; nothing was changed" in ran.err
    assert text(made) == before


def test_a_link_is_not_followed(made: Made) -> None:
    outside = made.path.parent / "outside.yaml"
    (made.path / OFFER).rename(outside)
    (made.path / OFFER).symlink_to(outside)
    made.git("commit", "--quiet", "--all", "--message=x")
    ran = record(made, *MOVE)
    assert ran.code != 0
    assert outside.read_text() == FILES[OFFER]
    assert (made.path / OFFER).is_symlink()


def test_the_mode_of_a_file_and_its_line_ends_stay(made: Made) -> None:
    made.git("config", "core.autocrlf", "true")
    made.commit({OFFER: FILES[OFFER].replace("\n", "\r\n"), "notes.txt": "x"})
    (made.path / OFFER).chmod(0o755)
    made.commit({})
    (made.path / OFFER).chmod(0o700)  # git knows of x alone
    ran = record(made, *MOVE)
    assert ran.code == 0, ran.err
    data = (made.path / OFFER).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 8
    assert (made.path / OFFER).stat().st_mode & 0o7777 == 0o700
    assert status(made) == ""


# Hooks, signing, identity


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_hook_that_refuses_leaves_the_file_saved(made: Made, name: str) -> None:
    hook(made, name, "echo count >> .git/hook-ran; echo 'poetry.lock is stale' >&2; exit 1")
    ran = record(made, *MOVE)
    assert ran.code == 73
    assert "saved but not committed: poetry.lock is stale" in ran.err
    assert f"git commit -- {OFFER}" in ran.err
    assert "due: 2026-12-01" in text(made)
    assert (made.path / ".git/hook-ran").read_text() == "count\n"
    assert WHY in kept(made)[0]


def test_a_new_file_that_is_not_committed_is_as_new_to_git_as_before(made: Made) -> None:
    hook(made, "pre-commit", "exit 1")
    made.write({"more.txt": "staged"})
    made.git("add", "more.txt")
    ran = record(made, *ADD)
    assert ran.code == 73
    staged, untracked = status(made).splitlines()
    assert staged == "A  more.txt"
    assert untracked.startswith("?? commitments/2026/11/order-paper-")
    command = re.search(r"then: (git add .*)\n", ran.err)
    assert command is not None
    (made.path / ".git/hooks/pre-commit").unlink()
    typed = command[1].replace("commit -- ", "commit -qmx -- ")
    assert os.system(f"cd {made.path} && {typed}") == 0  # noqa: S605
    assert status(made) == "A  more.txt"


def test_what_was_drafted_anew_and_is_not_committed_is_named(made: Made) -> None:
    """Its id is another one than that of the first draft, which was never written."""
    hook(made, "pre-commit", "exit 1")

    def overtake(step: str, what: str) -> None:
        if step == "create" and "/rescue/" in what:
            steps.listener = lambda _step, _what: None
            os.system(f"cd {made.path} && echo '# seen' >> {OFFER} && git commit -qnam theirs")  # noqa: S605

    def first() -> None:
        steps.listener = overtake

    further = ("--kept", "--outcome", "She agrees", "--next", "Order the paper")
    ran = record(made, "done", "k3f9", *further, first=first)
    assert ran.code == 73, ran.err
    assert "# seen" in text(made)
    command = re.search(r"then: (git add .*)\n", ran.err)
    assert command is not None
    (made.path / ".git/hooks/pre-commit").unlink()
    typed = command[1].replace("commit -- ", "commit -qmx -- ")
    assert os.system(f"cd {made.path} && {typed}") == 0  # noqa: S605
    assert status(made) == ""


@pytest.mark.parametrize("adds", [False, True])
def test_a_hook_that_rewrites_the_file_is_told_of(made: Made, *, adds: bool) -> None:
    script = f"echo '# seen' >> {OFFER}" + (f"; git add {OFFER}" if adds else "")
    hook(made, "pre-commit", script)
    ran = record(made, *MOVE)
    assert ran.code == 0
    assert f"! A hook of git has changed {OFFER}" in ran.out
    assert WHY in made.git("show", f"HEAD:{OFFER}")
    assert ("# seen" in made.git("show", f"HEAD:{OFFER}")) is adds
    assert text(made).endswith("# seen\n")


def test_hooks_are_run_where_they_are_configured_with_what_they_need(made: Made) -> None:
    made.write({"hooks/pre-commit": "#!/bin/sh\nenv > .git/seen\ngit add -- '*.txt'\n"})
    (made.path / "hooks/pre-commit").chmod(0o755)
    made.git("config", "core.hooksPath", "hooks")
    made.write({"notes.txt": "changed\n"})
    ran = record(made, *MOVE, LANG="de_DE.UTF-8", MY_OWN="1", GIT_LITERAL_PATHSPECS="1")
    assert ran.code == 0, ran.err
    lines = (made.path / ".git/seen").read_text().splitlines()
    seen = dict(line.split("=", 1) for line in lines if "=" in line)
    assert seen["MY_OWN"] == "1"
    assert seen["LANG"] == "de_DE.UTF-8"
    assert seen["HOME"] == made.environ["HOME"]
    assert not {name for name in seen if "PATHSPEC" in name or name == "GIT_WORK_TREE"}
    assert "notes.txt" in paths(made)  # the pattern of the hook was one


def test_inside_a_hook_the_ledger_is_that_of_the_folder(made: Made, tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    ran = record(
        made,
        *MOVE,
        GIT_DIR=str(other.path / ".git"),
        GIT_INDEX_FILE=str(other.path / "index"),
        GIT_WORK_TREE=str(other.path),
    )
    assert ran.code == 0, ran.err
    assert paths(made) == [OFFER]
    assert not (other.path / "index").exists()


def test_a_signature_that_cannot_be_made_is_said_in_the_words_of_git(made: Made) -> None:
    made.git("config", "commit.gpgSign", "true")
    made.git("config", "gpg.program", "/bin/false")
    ran = record(made, *MOVE)
    assert ran.code == 73
    assert "gpg failed to sign" in ran.err
    assert "due: 2026-12-01" in text(made)


def test_a_commit_is_signed_as_the_user_wants_it(made: Made) -> None:
    signer = made.path.parent / "signer"
    signer.write_text(
        '#!/bin/sh\ncat > /dev/null\necho "[GNUPG:] SIG_CREATED x" >&2\necho SIGNED\n'
    )
    signer.chmod(0o755)
    made.git("config", "commit.gpgSign", "true")
    made.git("config", "gpg.program", str(signer))
    ran = record(made, *MOVE)
    assert ran.code == 0, ran.err
    assert "gpgsig SIGNED" in made.git("cat-file", "commit", "HEAD")


def test_without_an_address_git_says_what_to_do(made: Made) -> None:
    made.git("config", "--unset", "user.email")
    made.git("config", "user.useConfigOnly", "true")
    ran = record(made, *MOVE, "--by", "dev")
    assert ran.code == 73
    assert "user.email" in ran.err
    assert "due: 2026-12-01" in text(made)


def test_the_message_is_utf_8_whatever_git_is_told(made: Made) -> None:
    made.git("config", "i18n.commitEncoding", "ISO-8859-1")
    words = ("move", "k3f9", "2026-12-01", "--why", "Größe geändert", "--agreed-by", "lena")
    assert record(made, *words).code == 0
    assert "encoding" not in made.git("cat-file", "commit", "HEAD")
    assert "Größe geändert" in made.git("cat-file", "commit", "HEAD")


def test_words_that_are_no_text_are_refused(made: Made) -> None:
    words = ("move", "k3f9", "2026-12-01", "--why", os.fsdecode(b"\xff"), "--agreed-by", "lena")
    ran = record(made, *words)
    assert ran.code == 2
    assert "is not text in UTF-8; nothing was changed" in ran.err
    assert "due: 2026-11-27" in text(made)


# Other writers


def test_two_writers_of_one_file_are_both_there(made: Made) -> None:
    hook(made, "pre-commit", "sleep 0.2")
    dates = [f"2026-12-0{day}" for day in range(1, 6)]
    running = [start(made, "move", "k3f9", date, *MOVE[3:]) for date in dates]
    assert [one.end().code for one in running] == [0] * 5
    assert all(f"to: {date}" in text(made) for date in dates)
    assert commits(made) == 6
    assert status(made) == ""
    assert kept(made) == []


def test_a_message_that_is_not_ours_is_said(made: Made) -> None:
    """A hook does it; so does another `git commit`, which writes to the same file just then."""
    hook(made, "commit-msg", "echo foreign > $1")
    ran = record(made, *MOVE)
    assert ran.code == 0, ran.err
    assert made.git("log", "-1", "--format=%B") == "foreign"
    said = " ".join(ran.out.split())
    head = made.git("rev-parse", "--short=7", "HEAD")
    assert f"! The message of {head} is another one than was given, by a hook or by" in said
    hook(made, "commit-msg", "echo 'Ticket: 7' >> $1")
    assert "another one" not in record(made, "note", "k3f9", "She called").out


def test_a_commit_that_somebody_else_made_of_it_counts(made: Made) -> None:
    """A `git commit --all` in the moment between the write and the commit takes it along."""
    hook(
        made,
        "pre-commit",
        "test -e .git/once && exit 0; touch .git/once; rm -f .git/index.lock; "
        "git -c core.hooksPath=/dev/null commit --quiet --all --message=theirs; exit 1",
    )
    ran = record(made, *MOVE)
    assert ran.code == 0, ran.err
    assert made.git("log", "-1", "--format=%s") == "theirs"
    assert made.git("rev-parse", "--short=7", "HEAD") in ran.out
    assert "due: 2026-12-01" in made.git("show", f"HEAD:{OFFER}")


def test_the_second_who_closes_is_told_and_keeps_the_words(made: Made) -> None:
    hook(made, "pre-commit", "sleep 0.3")
    running = [
        start(made, "done", "k3f9", "--kept", "--outcome", said, "--nothing-further", "all said")
        for said in ("She agrees", "She takes it")
    ]
    ends = [one.end() for one in running]
    first, second = sorted(ends, key=lambda ran: ran.code)
    assert first.code == 0
    assert second.code != 0
    assert "closed" in second.err
    late = "She takes it" if "She agrees" in text(made) else "She agrees"
    if "what you typed is kept in " in second.err:
        assert late in kept(made)[0]
    else:  # it came so late that it read the first one's word already
        assert f"nextstep note k3f9 '{late} / all said'" in second.err
    assert text(made).count("event: closed") == 1
    assert commits(made) == 2


@pytest.mark.parametrize("words", [MOVE, ADD])
def test_what_a_plain_commit_of_old_files_takes_out_is_committed_again(
    made: Made, words: tuple[str, ...]
) -> None:
    """It had read the branch just after our commit, and the index just before."""
    hook(
        made,
        "post-commit",
        "test -e .git/once && exit 0; touch .git/once; "
        "git read-tree HEAD~1; git -c core.hooksPath=/dev/null commit --quiet --message=stale",
    )
    ran = record(made, *words)
    assert ran.code == 0, ran.err
    assert commits(made) == 4
    assert made.git("log", "-1", "--format=%s", "HEAD~1") == "stale"
    assert made.git("rev-parse", "--short=7", "HEAD") in ran.out
    assert status(made) == ""


def test_what_was_taken_out_later_goes_in_with_the_next_word(made: Made) -> None:
    """Nobody changed the file by hand: it holds what was committed before."""
    assert record(made, *MOVE).code == 0
    made.git("read-tree", "HEAD~1")
    made.git("commit", "--quiet", "--message=stale")
    ran = record(made, "note", "k3f9", "She called")
    assert ran.code == 0, ran.err
    shown = made.git("show", f"HEAD:{OFFER}")
    assert WHY in shown
    assert "She called" in shown
    assert status(made) == ""


@pytest.mark.parametrize("words", [MOVE, ADD])
def test_in_a_crowd_a_moment_is_waited_for_what_takes_it_out(
    made: Made, words: tuple[str, ...]
) -> None:
    hook(
        made,
        "pre-commit",
        "test -e .git/before && exit 0; touch .git/before; "
        "git update-ref HEAD $(git commit-tree -p HEAD -m theirs HEAD^{tree})",
    )
    hook(
        made,
        "post-commit",
        "test -e .git/once && exit 0; touch .git/once; "
        "(sleep 0.1; git read-tree HEAD~1; "
        "git -c core.hooksPath=/dev/null commit --quiet --message=stale) > /dev/null 2>&1 &",
    )
    ran = record(made, *words, first=lingering)
    assert ran.code == 0, ran.err
    assert commits(made) == 5
    assert made.git("log", "-1", "--format=%s", "HEAD~1") == "stale"
    assert made.git("rev-parse", "--short=7", "HEAD") in ran.out
    assert status(made) == ""


def test_a_new_file_that_git_was_made_to_forget_is_told_of_again(made: Made) -> None:
    """A plain commit that had read the index before writes it anew, without the new file."""
    hook(
        made,
        "pre-commit",
        "test -e .git/once && exit 0; touch .git/once; unset GIT_INDEX_FILE; "
        "cp .git/index .git/without; GIT_INDEX_FILE=.git/without git read-tree HEAD; "
        "mv .git/without .git/index; exit 1",
    )
    ran = record(made, *ADD)
    assert ran.code == 0, ran.err
    assert commits(made) == 2
    assert status(made) == ""


def test_a_branch_that_moved_on_meanwhile_is_committed_to(made: Made) -> None:
    hook(
        made,
        "pre-commit",
        "test -e .git/once && exit 0; touch .git/once; "
        "git update-ref HEAD $(git commit-tree -p HEAD -m theirs HEAD^{tree})",
    )
    ran = record(made, *MOVE)
    assert ran.code == 0, ran.err
    assert commits(made) == 3
    assert paths(made) == [OFFER]


# Signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_during_the_commit_takes_it_back(made: Made, number: signal.Signals) -> None:
    """The hook would take a minute: git is told to end, and the file is as before."""
    hook(made, "pre-commit", "echo $$ > .git/hook-pid; exec sleep 60")
    running = start(made, *MOVE)
    until(made, ".git/hook-pid")
    began = time.monotonic()
    os.kill(running.pid, number)
    ran = running.end()
    assert time.monotonic() - began < 20
    os.kill(int((made.path / ".git/hook-pid").read_text()), signal.SIGKILL)
    refused_untouched(made, ran, 128 + number)
    assert "nextstep: interrupted; nothing was changed" in ran.err
    assert status(made) == ""
    assert not (made.path / ".git/index.lock").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_comes_too_late_says_that_it_is_recorded(
    made: Made, number: signal.Signals
) -> None:
    wait = "while test ! -e .git/signalled; do sleep 0.05; done"
    hook(made, "post-commit", f"trap '' INT TERM HUP; echo x > .git/hook-ran; {wait}")
    running = start(made, *ADD)
    until(made, ".git/hook-ran")
    os.kill(running.pid, number)
    (made.path / ".git/signalled").touch()
    ran = running.end()
    assert ran.code == 128 + number
    head = made.git("rev-parse", "--short=7", "HEAD")
    assert f"nextstep: interrupted, when it was already recorded in {head}" in ran.err
    assert commits(made) == 2
    assert status(made) == ""
    assert kept(made) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_it_waits_for_its_turn_changes_nothing(
    made: Made, number: signal.Signals
) -> None:
    (made.path / ".git/index.lock").touch()
    running = start(made, *MOVE)
    until(made, ".git/nextstep/rescue/*.txt")
    time.sleep(0.2)
    os.kill(running.pid, number)
    refused_untouched(made, running.end(), 128 + number)


def until(made: Made, pattern: str) -> None:
    """Wait until a file is there and holds something."""
    end = time.monotonic() + 60
    while not any(path.stat().st_size for path in made.path.glob(pattern)):
        assert time.monotonic() < end
        time.sleep(0.01)


# What a crash leaves


def test_a_git_that_is_killed_leaves_the_file_saved_and_its_lock(made: Made) -> None:
    hook(made, "pre-commit", "kill -9 $PPID")
    ran = record(made, *MOVE)
    assert ran.code == 73
    assert "saved but not committed: git ended with status -9" in ran.err
    lock = made.path / ".git/index.lock"
    assert f"it left {lock}, which nobody removes but you, when no git is running" in ran.err
    assert lock.exists()
    assert "due: 2026-12-01" in text(made)
    assert len(kept(made)) == 1


def test_a_ledger_of_another_team_is_not_touched(tmp_path: Path) -> None:
    """Two ledgers in one repository take turns, and each commit is of one of them."""
    made = team(tmp_path / "team")
    files = {"nextstep.yaml": PEOPLE, **FILES}
    for name in ("a", "b"):
        made.commit({f"{name}/{path}": content for path, content in files.items()})
    running = [Fork(made.path / name, *MOVE, env=made.environ) for name in ("a", "b")]
    assert [one.end().code for one in running] == [0, 0]
    assert commits(made) == 5
    assert made.git("log", "-2", "--format=", "--name-only").split() in (
        [f"a/{OFFER}", f"b/{OFFER}"],
        [f"b/{OFFER}", f"a/{OFFER}"],
    )
