"""A ledger as it was in a commit, in every kind of repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.committed import listing_of
from nextstep.files.disk import read_tree
from nextstep.repo.paths import LARGEST_FILE
from nextstep.repo.place import find_ledger
from nextstep.repo.revisions import Commit, find_commit
from nextstep.repo.trees import Snapshot, read_revision
from tests.repositories import RECORD, Made, make

Maker = Callable[[Path], Made]


def _read(made: Made, revision: str, start: Path | None = None, zone: tzinfo = UTC) -> Snapshot:
    place = find_ledger(str(start or made.path), environ=made.environ)
    return read_revision(place, revision, zone=zone, environ=made.environ)


def _find(made: Made, revision: str, zone: tzinfo = UTC) -> str:
    place = find_ledger(str(made.path), environ=made.environ)
    return find_commit(place, revision, zone=zone, environ=made.environ).id


def _refused(made: Made, revision: str, zone: tzinfo = UTC) -> NextstepError:
    with pytest.raises(NextstepError) as error:
        _read(made, revision, zone=zone)
    assert error.value.hint
    return error.value


def _paths(snapshot: Snapshot) -> list[str]:
    return [source.path for source in snapshot.sources]


def test_a_commit_holds_what_its_files_said(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    old = made.git("rev-parse", "HEAD")
    made.git("tag", "-a", "-m", "x", "first")
    made.git("branch", "side")
    made.commit({"commitments/2026/11/offer-k3f9.yaml": "what: Changed\n"})
    for revision in (old, old[:8], "first", "refs/tags/first", "side", "HEAD~1", "HEAD^"):
        snapshot = _read(made, revision)
        assert snapshot.commit == Commit(old, 1795168800)
        assert {s.path: s.data.decode() for s in snapshot.sources} == {
            "nextstep.yaml": "",
            "commitments/2026/11/offer-k3f9.yaml": RECORD,
        }
    assert _read(made, "HEAD").sources[0].data == b"what: Changed\n"


def test_a_commit_reads_as_the_same_files_on_disk_do(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    odd = os.fsdecode(b"commitments/b\xff\n\t\"'.yaml")
    made.commit(
        {
            "nextstep.yaml": "timezone: UTC\n",
            "nextstep.yml": "",
            "processes/CON.yml": RECORD,
            "processes/-o.yaml": RECORD,
            "processes/--help.yaml": RECORD,
            "commitments/notes.md": "",
            "commitments/a.yaml~": "",
            "commitments/.hidden/a.yaml": "",
            "commitments/d.yaml/a.YAML": RECORD,
            "commitments/x/a.yaml": RECORD,
            "commitments/umlaut-ä.yaml": RECORD,
            "commitments/large.yaml": "x" * (LARGEST_FILE + 1000),
            "commitments/limit.yaml": "x" * LARGEST_FILE,
            "commitments/empty.yaml": "",
            "docs/commitments/a.yaml": RECORD,
            odd: RECORD,
        }
    )
    (made.path / "commitments/link.yaml").symlink_to("/etc/passwd")
    (made.path / "commitments/folder").symlink_to("/etc")
    made.commit({})
    from_disk = read_tree(str(made.path))
    from_git = listing_of(_read(made, "HEAD"))
    assert from_git.sources == from_disk.sources
    assert from_git.findings == from_disk.findings
    assert len(from_git.sources) == 11
    assert {finding.code for finding in from_git.findings} >= {"NS050", "NS053", "NS057", "NS058"}


def test_a_part_of_a_repository_holds_its_own_ledger_alone(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.commit({"-t/l/nextstep.yaml": "", "-t/l/commitments/x.yaml": RECORD, "commitments/y": ""})
    assert _paths(_read(made, "HEAD", made.path / "-t/l")) == [
        "commitments/x.yaml",
        "nextstep.yaml",
    ]


def test_a_commit_from_before_the_ledger_is_empty(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.commit({"readme.md": ""})
    made.commit({"nextstep.yaml": ""})
    assert _read(made, "HEAD^").sources == ()


def test_a_submodule_where_the_ledger_is_read_is_refused(tmp_path: Path, ledger: Maker) -> None:
    part, made = ledger(tmp_path / "part"), ledger(tmp_path / "a")
    made.git(
        *("-c", "protocol.file.allow=always", "submodule", "--quiet", "add"),
        *(str(part.path), "commitments/part"),
    )
    made.commit({})
    (finding,) = listing_of(_read(made, "HEAD")).findings
    assert (finding.code, finding.path) == ("NS052", "commitments/part")
    assert "a submodule" in finding.message
    (finding,) = read_tree(str(made.path)).findings
    assert (finding.code, finding.path) == ("NS052", "commitments/part")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("processes", "this is a symbolic link, not a folder; it was not opened"),
        ("nextstep.yaml", "this is a symbolic link, not a file; it was not opened"),
    ],
)
def test_links_at_the_top_are_refused_too(tmp_path: Path, path: str, words: str) -> None:
    made = make(tmp_path / "a")
    made.commit({"commitments/a.yaml": RECORD})
    (made.path / path).symlink_to("/etc")
    made.commit({})
    for listing in (listing_of(_read(made, "HEAD")), read_tree(str(made.path))):
        (finding,) = listing.findings
        assert (finding.path, finding.message) == (path, words)


def test_a_file_where_a_folder_belongs_is_refused(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.commit({"commitments/a.yaml": RECORD, "processes": "x"})
    for listing in (listing_of(_read(made, "HEAD")), read_tree(str(made.path))):
        (finding,) = listing.findings
        assert finding.path == "processes"
        assert finding.message == "this is a file, not a folder; it was not opened"


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("gone", "there is no commit `gone` in this repository"),
        ("HEAD~9", "there is no commit `HEAD~9` in this repository"),
        ("HEAD:nextstep.yaml", "there is no commit `HEAD:nextstep.yaml` in this repository"),
        ("HEAD..main", "there is no commit `HEAD..main` in this repository"),
        ("f" * 40, f"there is no commit `{'f' * 40}` in this repository"),
        ("--output=/tmp/x", "`--output=/tmp/x` is not a revision"),
        ("-x", "`-x` is not a revision"),
        ("", "`` is not a revision"),
        ("a\nb", "`a\nb` is not a revision"),
        ("a\0b", "`a\0b` is not a revision"),
        ("\udcff", "`\\udcff` is not a revision"),
        ("2026-02-30", "`2026-02-30` is not a day of the calendar"),
        ("9999-12-31", "9999-12-31 is too late to count from"),
        ("2001-01-01", "there was no commit yet on 2001-01-01"),
    ],
)
def test_what_is_no_revision_is_said_in_words(
    tmp_path: Path, ledger: Maker, revision: str, message: str
) -> None:
    assert _refused(ledger(tmp_path / "a"), revision).message == message


def test_no_history_yet(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.write({"nextstep.yaml": ""})
    for revision in ("HEAD", "2026-11-20", "gone"):
        assert _refused(made, revision).message.startswith("there is no history yet")


def test_no_repository(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    (made.path / ".git").rename(tmp_path / "away")
    assert "not in a git repository" in _refused(made, "HEAD").message


def test_no_git(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.environ["PATH"] = str(tmp_path)
    assert "git is not installed" in _refused(made, "HEAD").message


def test_a_day_means_the_last_commit_until_its_end_in_the_zone(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    first = made.commit({"nextstep.yaml": "1"}, at="2026-11-18T12:00:00+00:00")
    second = made.commit({"nextstep.yaml": "2"}, at="2026-11-20T23:30:00+00:00")
    third = made.commit({"nextstep.yaml": "3"}, at="2026-11-22T00:00:00+00:00")
    assert _find(made, "2026-11-18") == first
    assert _find(made, "2026-11-19") == first
    assert _find(made, "2026-11-20") == second
    assert _find(made, "2026-11-20", ZoneInfo("Europe/Berlin")) == first
    assert _find(made, "2026-11-21", ZoneInfo("Europe/Berlin")) == second
    assert _find(made, "2026-11-21") == second
    assert _find(made, "2026-11-21", timezone(timedelta(hours=-1))) == third
    assert _find(made, "2099-01-01") == third


def test_a_day_follows_the_first_parents_of_head_alone(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    base = made.commit({"nextstep.yaml": "1"}, at="2026-11-02T12:00:00+00:00")
    made.git("checkout", "--quiet", "-b", "side")
    made.commit({"commitments/a.yaml": RECORD}, at="2026-11-04T12:00:00+00:00")
    made.git("checkout", "--quiet", "main")
    made.git("merge", "--quiet", "--no-ff", "-m", "x", "side", at="2026-11-06T12:00:00+00:00")
    assert _find(made, "2026-11-05") == base
    assert _find(made, "2026-11-06") == made.git("rev-parse", "HEAD")


def test_a_branch_named_like_a_day_is_meant_by_its_full_name(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    first = made.commit({"nextstep.yaml": "1"}, at="2026-11-02T12:00:00+00:00")
    made.git("tag", "2026-11-09")
    second = made.commit({"nextstep.yaml": "2"}, at="2026-11-04T12:00:00+00:00")
    assert _find(made, "2026-11-09") == second
    assert _find(made, "refs/tags/2026-11-09") == first


def test_commits_of_odd_clocks_can_be_read(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    tree = made.git("rev-parse", "HEAD^{tree}")
    for people in (
        b"author D\xe4v <> 978307200 +9999\ncommitter \x1b[31m <a@b> 4102444800 -9999\n",
        b"author D <d@x> 9223372036854775808 +0000\ncommitter D <d@x> 9223372036854775807 +0000\n",
        b"author D <d@x> 1 +0000\ncommitter D <d@x> 99999999999999999999 +0000\n",
        b"author nobody\ncommitter nobody\n",
    ):
        raw = b"tree " + tree.encode() + b"\n" + people + b"\nx\n"
        name = made.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=raw)
        snapshot = _read(made, name)
        assert snapshot.commit.id == name
        assert len(snapshot.sources) == 2
        made.git("update-ref", "refs/heads/main", name)
        if snapshot.commit.seconds < 32_503_680_000:
            assert _find(made, "2999-12-31") == name
        else:
            assert "no commit yet" in _refused(made, "2999-12-31").message


@pytest.mark.parametrize("options", [["--bare"], ["--mirror"], ["--depth=1"], ["--no-checkout"]])
def test_clones_of_every_kind_are_read(tmp_path: Path, ledger: Maker, options: list[str]) -> None:
    made = ledger(tmp_path / "a")
    made.commit({"commitments/b.yaml": RECORD})
    clone = made.clone(tmp_path / "b", *options)
    if "--no-checkout" in options:
        clone.write({"nextstep.yaml": ""})
    assert _read(clone, "HEAD").sources == _read(made, "HEAD").sources


def test_a_shallow_clone_says_that_its_history_begins_later(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.commit({"commitments/b.yaml": RECORD}, at="2026-11-22T00:00:00+00:00")
    clone = made.clone(tmp_path / "b", "--depth=1")
    error = _refused(clone, "2026-11-20")
    assert error.message == "this clone is shallow and holds no commit of 2026-11-20 or before"
    assert "--unshallow" in error.hint
    assert "there is no commit `HEAD^`" in _refused(clone, "HEAD^").message


def test_a_partial_clone_is_not_completed_behind_ones_back(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.commit({"nextstep.yaml": "timezone: UTC\n"})
    clone = made.clone(tmp_path / "b", "--filter=blob:none")
    assert len(_read(clone, "HEAD").sources) == 2
    error = _refused(clone, "HEAD^")
    assert error.message.startswith("this clone is partial")
    assert "git fetch --refetch" in error.hint


def test_worktrees_submodules_and_sha256_are_read(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    whole = make(tmp_path / "whole")
    source = str(made.path)
    whole.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", source, "part")
    for start in (tmp_path / "side", tmp_path / "whole/part"):
        assert _read(made, "HEAD", start) == _read(made, "HEAD")
    other = make(tmp_path / "sha256", "--object-format=sha256")
    head = other.commit({"commitments/b.yaml": RECORD})
    assert _read(other, head[:9]).commit.id == head
    assert _paths(_read(other, "2026-11-20")) == ["commitments/b.yaml"]


def test_a_commit_without_a_branch_is_read(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.git("checkout", "--quiet", "--detach")
    head = made.commit({"commitments/b.yaml": RECORD})
    assert _read(made, "HEAD").commit.id == head


def test_replaced_commits_and_grafts_are_not_believed(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    first = made.git("rev-parse", "HEAD")
    second = made.commit({"commitments/b.yaml": RECORD})
    made.git("replace", second, first)
    assert len(_read(made, "HEAD").sources) == 3
    made.write({".git/info/grafts": f"{second}\n"})
    assert _find(made, "HEAD^") == first


def test_no_variable_of_a_hook_leads_to_another_repository(tmp_path: Path, ledger: Maker) -> None:
    made, other = ledger(tmp_path / "a"), ledger(tmp_path / "b")
    other.commit({"commitments/b.yaml": RECORD})
    made.environ["GIT_DIR"] = str(other.path / ".git")
    made.environ["GIT_INDEX_FILE"] = str(other.path / ".git/index")
    assert len(_read(made, "HEAD").sources) == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
@pytest.mark.parametrize("options", [[], ["--bare"]])
def test_a_repository_of_somebody_else_is_refused_in_gits_words(
    tmp_path: Path, ledger: Maker, options: list[str]
) -> None:
    made = ledger(tmp_path / "a").clone(tmp_path / "b", *options)
    for path in (made.path, made.path / ".git"):
        if path.exists():
            os.chown(path, 12345, 12345)
    assert "detected dubious ownership" in _refused(made, "HEAD").message


def test_a_damaged_repository_is_told(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    blob = made.git("rev-parse", "HEAD:commitments/2026/11/offer-k3f9.yaml")
    stored = made.path / ".git/objects" / blob[:2] / blob[2:]
    stored.unlink()
    assert blob in _refused(made, "HEAD").message
    stored.write_bytes(b"nonsense")
    assert blob in _refused(made, "HEAD").message
    tree = made.git("rev-parse", "HEAD^{tree}")
    (made.path / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert _refused(made, "HEAD").message == "git cannot read this: fatal: not a tree object"


def test_the_index_and_the_work_tree_do_not_matter(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    made.write({"nextstep.yaml": "changed", "commitments/new.yaml": RECORD})
    made.git("add", "--all")
    made.write({".git/index.lock": "", ".git/HEAD.lock": ""})
    assert len(_read(made, "HEAD").sources) == 2


def test_a_huge_file_is_read_no_further_than_needed(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.commit({"commitments/a.yaml": b"\0" * 60_000_000, "commitments/b.yaml": RECORD})
    large, small = _read(made, "HEAD").sources
    assert len(large.data) == LARGEST_FILE + 1
    assert small.data == RECORD.encode()


def test_a_repository_with_tables_of_refs_is_read(tmp_path: Path) -> None:
    version = subprocess.run(["git", "init", "-h"], capture_output=True, text=True, check=False)
    if "--ref-format" not in version.stdout:
        pytest.skip("this git knows no reftable: that needs 2.45")
    made = make(tmp_path / "a", "--ref-format=reftable")
    head = made.commit({"nextstep.yaml": ""})
    assert _read(made, "HEAD").commit.id == head


@pytest.mark.parametrize("name", [b"a\xffb", b"a\n b", b"-a", "ä".encode()])
def test_the_folder_of_the_ledger_may_have_any_name(tmp_path: Path, name: bytes) -> None:
    made = make(tmp_path / "a")
    made.commit({f"{os.fsdecode(name)}/commitments/x.yaml": RECORD, "nextstep.yaml": ""})
    start = made.path / os.fsdecode(name)
    assert _paths(_read(made, "HEAD", start)) == ["commitments/x.yaml"]


def test_a_revision_that_looks_like_an_address_is_only_a_name(
    tmp_path: Path, ledger: Maker
) -> None:
    for revision in ("http://[x", "https://dev:secret@example.org/x", "ext::sh -c x"):
        assert _refused(ledger(tmp_path / "a"), revision).message.startswith("there is no commit")


def test_work_trees_around_a_hidden_bare_repository_are_read(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "a")
    bare = made.clone(tmp_path / "project/.bare", "--bare")
    (tmp_path / "project/.git").write_text("gitdir: ./.bare\n")
    bare.git("worktree", "add", "--quiet", str(tmp_path / "project/main"), "main")
    assert _read(made, "HEAD", tmp_path / "project/main") == _read(made, "HEAD")
