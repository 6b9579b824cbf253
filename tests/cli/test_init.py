"""`nextstep init`: a ledger begins anywhere, and nothing that was there is touched."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.repositories import RECORD, make, state_of, write

DEV = "[user]\n\temail = dev.rao@acme.example\n\tname = Dev Rao\n"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody whom git knows."""
    settings = tmp_path / "gitconfig"
    settings.write_text(DEV)
    return {"GIT_CONFIG_GLOBAL": str(settings), "TZ": "Europe/Berlin", "COLUMNS": "120"}


def init(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> Ran:
    return run("init", *words, cwd=folder, env=env)


def there(folder: Path) -> set[str]:
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    return {path for path in files if not path.startswith((".git", ".nextstep"))}


def test_an_empty_folder_becomes_a_ledger_in_a_repository(
    tmp_path: Path, home: dict[str, str]
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    ran = init(folder, env=home)
    assert (ran.code, ran.err) == (0, "")
    assert (folder / ".git").is_dir()
    first = next(folder.glob("commitments/2026/11/first-promise-????.yaml"))
    assert there(folder) == {
        "nextstep.yaml",
        "processes",
        "commitments",
        "commitments/2026",
        "commitments/2026/11",
        first.relative_to(folder).as_posix(),
    }
    settings = (folder / "nextstep.yaml").read_text()
    assert settings.startswith(
        "# yaml-language-server: $schema=.nextstep/schemas/settings.json\n# How this ledger is read."
    )
    assert "timezone: Europe/Berlin\n" in settings
    assert "  dev:\n    name: Dev Rao\n    emails: [dev.rao@acme.example]\n" in settings
    said = " ".join(ran.out.split())
    commit = "git add nextstep.yaml commitments .nextstep && git commit -m Begin"
    assert f"\n  {commit}\n  nextstep due\n" in ran.out
    assert "git config" not in said
    assert "nextstep due" in ran.out


def test_a_newcomer_sees_something_at_once_and_nothing_is_wrong(
    tmp_path: Path, home: dict[str, str]
) -> None:
    """Due shows the first commitment as theirs, and no rule fires."""
    assert f"nextstep -C {tmp_path}/new due" in init(tmp_path, "new", env=home).out
    due = run("-C", "new", "due", "--format", "text", cwd=tmp_path, env=home)
    assert "1 needs you" in due.out
    assert "Write down the next thing that I promised to somebody" in due.out
    assert "due Tue 24 Nov, tomorrow" in due.out
    check = run("-C", "new", "check", "--fail-on", "warning", cwd=tmp_path, env=home)
    assert (check.code, check.err) == (0, "")
    assert "No findings in 2 files" in check.out


def test_without_an_address_nobody_is_named_and_nothing_is_wrong(tmp_path: Path) -> None:
    ran = init(tmp_path, env={"PATH": "/usr/bin:/bin"})
    assert ran.code == 0
    assert "nobody is named" in ran.out
    assert "git config --global user.email" in ran.out
    assert "\npeople:" not in (tmp_path / "nextstep.yaml").read_text()
    check = run("check", "--fail-on", "warning", cwd=tmp_path)
    assert check.code == 0
    assert "1 needs you" in run("due", "--format", "text", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("12345+mia@users.noreply.github.com", 'Mia: the #1 "one"'),
        ("none@acme.example", "NULL"),
        ("ünal@acme.example", "Ünal Öz"),
        ("9@acme.example", "@nine"),
        ("a b@acme.example", "'"),
        ("x", "y\u202ez"),
        ("start@acme.example", "\\"),
    ],
)
def test_whatever_git_says_of_somebody_the_ledger_is_clean(
    tmp_path: Path, email: str, name: str
) -> None:
    settings = tmp_path / "gitconfig"
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"') for text in (email, name)]
    settings.write_text(f'[user]\n\temail = "{quoted[0]}"\n\tname = "{quoted[1]}"\n')
    env = {"GIT_CONFIG_GLOBAL": str(settings)}
    assert init(tmp_path, "new", "--no-git", env=env).code == 0
    check = run("-C", "new", "check", "--fail-on", "warning", cwd=tmp_path, env=env)
    assert check.code == 0, check.out
    assert "1 needs you" in run("-C", "new", "due", "--format", "text", cwd=tmp_path, env=env).out


def test_new_files_name_the_schema_by_which_an_editor_completes_them(
    tmp_path: Path, home: dict[str, str]
) -> None:
    init(tmp_path, "new", env=home)
    written = list((tmp_path / "new").rglob("*.yaml"))
    assert written
    for path in written:
        first = path.read_text().partition("\n")[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).read_text().startswith("{")
    assert run("doctor", cwd=tmp_path / "new", env=home).out.count("schemas") == 1
    assert run("fmt", "--check", cwd=tmp_path / "new", env=home).code == 0


def test_nothing_for_editors_is_written_where_none_is_wanted(
    tmp_path: Path, home: dict[str, str]
) -> None:
    ran = init(tmp_path, "new", "--no-schema", env=home)
    assert "schema" not in ran.out
    assert not (tmp_path / "new/.nextstep").exists()
    written = list((tmp_path / "new").rglob("*.yaml"))
    assert written
    for path in written:
        assert "$schema" not in path.read_text()


def test_a_ledger_that_is_there_gets_no_schemas_unasked(
    tmp_path: Path, home: dict[str, str]
) -> None:
    write(tmp_path, {"nextstep.yaml": "timezone: UTC\n", "commitments/a.yaml": RECORD})
    init(tmp_path, "--no-git", "--holidays", "US", env=home)
    assert not (tmp_path / ".nextstep").exists()


def test_a_repository_stays_as_it_is(tmp_path: Path, home: dict[str, str]) -> None:
    """Nothing is committed, nothing is staged, no file of it is written."""
    made = make(tmp_path / "project")
    head = made.commit({"README.md": "Hello\n"})
    before = state_of(made.path / ".git")
    ran = init(made.path, env=home)
    assert ran.code == 0
    assert state_of(made.path / ".git") == before
    assert made.git("rev-parse", "HEAD") == head
    assert (made.path / "README.md").read_text() == "Hello\n"
    assert (made.path / "nextstep.yaml").exists()


def test_a_part_of_a_repository_can_be_a_ledger(tmp_path: Path, home: dict[str, str]) -> None:
    made = make(tmp_path / "project")
    ran = init(made.path, "team/ledger", env=home)
    assert ran.code == 0
    assert (made.path / "team/ledger/nextstep.yaml").exists()
    assert not (made.path / "team/ledger/.git").exists()
    assert (
        "1 needs you" in run("due", "--format", "text", cwd=made.path / "team/ledger", env=home).out
    )


def test_no_repository_is_made_where_none_is_wanted(tmp_path: Path, home: dict[str, str]) -> None:
    init(tmp_path, "new", "--no-git", env=home)
    assert not (tmp_path / "new/.git").exists()
    assert run("-C", "new", "due", cwd=tmp_path, env=home).code == 0


def test_without_git_the_ledger_is_there_all_the_same(tmp_path: Path) -> None:
    ran = init(tmp_path, "new", env={"PATH": str(tmp_path)})
    assert ran.code == 0
    assert "There is no git repository: git is not installed" in ran.out
    assert (tmp_path / "new/nextstep.yaml").exists()


def test_nothing_is_ever_overwritten(tmp_path: Path, home: dict[str, str]) -> None:
    write(tmp_path, {"nextstep.yaml": "timezone: UTC\n", "commitments/a.yaml": RECORD})
    before = state_of(tmp_path)
    ran = init(tmp_path, "--no-git", env=home)
    assert ran.code == 0
    assert "The ledger is there already" in ran.out
    assert state_of(tmp_path) == before
    assert init(tmp_path, "--no-git", env=home).out == ran.out


def test_settings_are_added_to_a_ledger_that_has_none(tmp_path: Path, home: dict[str, str]) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    assert init(tmp_path, "--no-git", env=home).code == 0
    assert (tmp_path / "nextstep.yaml").exists()
    assert there(tmp_path / "commitments") == {"a.yaml"}


def test_a_broken_file_counts_as_there(tmp_path: Path, home: dict[str, str]) -> None:
    write(tmp_path, {"commitments/a.yaml": "what: @x\n"})
    assert init(tmp_path, "--no-git", env=home).code == 0
    assert there(tmp_path / "commitments") == {"a.yaml"}


@pytest.mark.parametrize("name", ["nextstep.yaml", "commitments", ".nextstep"])
def test_no_link_is_followed(tmp_path: Path, home: dict[str, str], name: str) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "ledger"
    outside.mkdir()
    folder.mkdir()
    (folder / name).symlink_to(outside / "x" if "." in name else outside)
    init(folder, "--no-git", env=home)
    assert list(outside.iterdir()) == []


def test_a_folder_inside_a_ledger_is_not_made_one_by_mistake(
    tmp_path: Path, home: dict[str, str]
) -> None:
    write(tmp_path, {"nextstep.yaml": "timezone: UTC\n", "commitments/2026/a.yaml": RECORD})
    ran = init(tmp_path / "commitments/2026", env=home)
    assert ran.code == 2
    assert f"belongs to the ledger in {tmp_path}" in ran.err
    assert there(tmp_path / "commitments") == {"2026", "2026/a.yaml"}


def test_a_ledger_within_another_is_made_when_it_is_named(
    tmp_path: Path, home: dict[str, str]
) -> None:
    made = make(tmp_path / "project")
    made.commit({"nextstep.yaml": "timezone: UTC\n"})
    ran = init(made.path, "team", env=home)
    assert ran.code == 0
    assert f"read this ledger now, and not {made.path}" in " ".join(ran.out.split())


@pytest.mark.parametrize("place", [".git", ".git/hooks", "file.txt", "bare"])
def test_a_folder_that_cannot_hold_a_ledger_is_refused(
    tmp_path: Path, home: dict[str, str], place: str
) -> None:
    made = make(tmp_path / "project")
    make(made.path / "bare", "--bare")
    write(made.path, {"file.txt": "text"})
    before = state_of(made.path)
    ran = init(made.path, place, env=home)
    assert ran.code == 2
    assert ran.err.startswith("nextstep: ")
    assert state_of(made.path) == before


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, home: dict[str, str]) -> None:
    if os.geteuid() == 0:
        pytest.skip("everything can be written by root")
    tmp_path.chmod(0o555)
    ran = init(tmp_path, "new", env=home)
    tmp_path.chmod(0o755)
    assert ran.code == 2
    assert "cannot be made" in ran.err


def test_an_environment_that_names_another_ledger_is_told(
    tmp_path: Path, home: dict[str, str]
) -> None:
    ran = init(tmp_path, "new", env={**home, "NEXTSTEP_DIR": "/srv/ledger"})
    assert "NEXTSTEP_DIR is set: commands read the ledger in /srv/ledger" in ran.out


def test_the_folder_option_says_where(tmp_path: Path, home: dict[str, str]) -> None:
    (tmp_path / "here").mkdir()
    assert run("-C", "here", "init", cwd=tmp_path, env=home).code == 0
    assert (tmp_path / "here/nextstep.yaml").exists()


def test_only_commands_that_exist_are_named(tmp_path: Path, home: dict[str, str]) -> None:
    out = init(tmp_path, "new", "--holidays", "US", env=home).out
    assert set(re.findall(r"(?<![.\w])nextstep(?: -C \S+)? (\w+)", out)) <= {
        "due",
        "list",
        "show",
        "who",
        "check",
        "explain",
        "init",
        "doctor",
    }


def test_no_temporary_file_is_left(tmp_path: Path, home: dict[str, str]) -> None:
    init(tmp_path, "new", "--holidays", "US", env=home)
    init(tmp_path, "new", "--holidays", "DE-BY", env=home)
    assert not [path for path in there(tmp_path) if ".tmp" in path]
