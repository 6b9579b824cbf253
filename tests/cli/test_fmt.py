"""`nextstep fmt`: what it writes, what it only shows, and how it ends."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands import Ran, run, run_on_terminal
from tests.repositories import make, state_of, write

UNTIDY = "commitments/2026/11/offer-k3f9.yaml"
TIDY = "commitments/2026/11/room-7qhd.yaml"
BROKEN = "commitments/2026/11/site-5ezd.yaml"
FILES = {
    UNTIDY: "due: 2026-11-27   # firm\nwho: dev\n\n\nwhat: Send it  \n",
    TIDY: "what: Book the room\n\nwho: dev\n\ndue: 2026-11-27\n",
}
LAID_OUT = "what: Send it\n\nwho: dev\n\ndue: 2026-11-27   # firm\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    root = tmp_path / "acme"
    write(root, FILES)
    return root


def fmt(ledger: Path, *arguments: str, **env: str) -> Ran:
    return run("fmt", *arguments, cwd=ledger, env=env)


def test_files_are_laid_out_and_named(ledger: Path) -> None:
    (ledger / UNTIDY).chmod(0o640)
    ran = fmt(ledger)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{UNTIDY}: laid out\n1 file laid out, 1 already laid out.\n"
    assert (ledger / UNTIDY).read_text() == LAID_OUT
    assert (ledger / UNTIDY).stat().st_mode & 0o777 == 0o640
    assert fmt(ledger).out == "Nothing to do: 2 files laid out already.\n"


def test_what_is_said_of_a_change_by_hand_is_not_passed_over(ledger: Path) -> None:
    before = state_of(ledger)
    ran = fmt(ledger, "--why", "Agreed on Friday", "--by", "dev")
    assert (ran.code, ran.out) == (2, "")
    assert "--why and --by are about changes by hand" in ran.err
    assert "add --record to write their events" in ran.err
    assert state_of(ledger) == before


def test_check_and_diff_write_nothing(ledger: Path) -> None:
    before = state_of(ledger)
    checked = fmt(ledger, "--check")
    assert checked.code == 1
    assert f"{UNTIDY}: would be laid out\n" in checked.out
    assert fmt(ledger, "--diff").code == 0
    assert fmt(ledger, "--check", "--diff").code == 1
    assert state_of(ledger) == before
    fmt(ledger)
    assert fmt(ledger, "--check").code == 0


@pytest.mark.parametrize("where", ["", "team/ledger"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_git_applies_the_diff(tmp_path: Path, where: str, end: str) -> None:
    made = make(tmp_path / "acme")
    texts = {
        UNTIDY: FILES[UNTIDY].replace("\n", end).encode(),
        TIDY: b"who: dev" + end.encode() + "what: gr\u00fcn".encode(),
    }
    write(made.path / where, texts)
    ran = fmt(made.path / where, "--diff")
    subprocess.run(["git", "apply"], cwd=made.path, input=ran.out.encode(), check=True)
    assert (made.path / where / UNTIDY).read_bytes() == LAID_OUT.replace("\n", end).encode()
    assert (made.path / where / TIDY).read_text("utf-8").startswith("what: gr\u00fcn")
    assert fmt(made.path / where, "--check").code == 0


def test_a_file_that_cannot_be_read_is_left_and_said(ledger: Path) -> None:
    write(ledger, {BROKEN: "what: [\n"})
    (ledger / "commitments" / "elsewhere.yaml").symlink_to("/etc/hostname")
    ran = fmt(ledger)
    assert ran.code == 65
    assert f"{BROKEN}:2: left as it is: " in ran.out
    assert "commitments/elsewhere.yaml: left as it is: this is a symbolic link" in ran.out
    assert ran.out.endswith("1 file laid out, 1 already laid out, 2 left as they are.\n")
    assert (ledger / BROKEN).read_text() == "what: [\n"


def test_only_the_named_files_and_folders_are_laid_out(ledger: Path) -> None:
    assert fmt(ledger, TIDY).out == "Nothing to do: 1 file laid out already.\n"
    assert (ledger / UNTIDY).read_text() == FILES[UNTIDY]
    run("fmt", "offer-k3f9.yaml", cwd=ledger / "commitments/2026/11")
    assert (ledger / UNTIDY).read_text() == LAID_OUT


def test_a_path_outside_the_ledger_is_refused(ledger: Path) -> None:
    assert fmt(ledger, "/etc/passwd").code == 2


def test_nothing_acts_in_a_diff_on_a_terminal_or_in_the_log_of_a_job(ledger: Path) -> None:
    write(ledger, {BROKEN: "who: dev\nwhat: a  # ::error::x\ttab\r\n"})
    shown = run_on_terminal("-C", str(ledger), "fmt", "--diff", columns=80).out
    logged = fmt(ledger, "--diff", GITHUB_ACTIONS="true").out
    for out in (shown, logged):
        assert "::error::" not in out
        assert "\r" not in out
        assert "\t" not in out


def test_a_bare_repository_has_nothing_to_lay_out(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit(dict(FILES))
    made.clone(tmp_path / "bare.git", "--bare")
    ran = fmt(tmp_path / "bare.git")
    assert ran.code == 2
    assert "a bare repository has no files to lay out" in ran.err


def test_a_file_with_a_second_name_is_not_parted_from_it(ledger: Path) -> None:
    (ledger / "second").hardlink_to(ledger / UNTIDY)
    ran = fmt(ledger)
    assert ran.code == 2
    assert "has a second name (a hard link)" in ran.err
    assert (ledger / "second").read_text() == FILES[UNTIDY]


def test_what_was_written_before_it_failed_is_said(ledger: Path) -> None:
    write(ledger, {BROKEN: FILES[UNTIDY]})
    (ledger / "second").hardlink_to(ledger / BROKEN)
    ran = fmt(ledger)
    assert ran.code == 2
    assert f"{BROKEN} has a second name" in ran.err
    assert "1 file before it: written; " in ran.err
    assert (ledger / UNTIDY).read_text() == LAID_OUT
