"""Where the ledger is found from any folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.place import Place, find_ledger, place_of
from tests.repositories import RECORD, make, nested, write


def _find(start: Path, **named: str) -> Place:
    environ = {"HOME": str(start), **{k: v for k, v in named.items() if k.isupper()}}
    return find_ledger(str(start), directory=named.get("directory"), environ=environ)


@pytest.mark.parametrize(
    "file",
    [
        "nextstep.yaml",
        "processes/a.yaml",
        "processes/deep/er/a.yml",
        "commitments/a.YAML",
        "commitments/2026/11/a.yaml",
    ],
)
def test_the_nearest_folder_with_a_file_of_a_ledger_is_it(tmp_path: Path, file: str) -> None:
    write(tmp_path / "ledger", {file: RECORD, "docs/more/a.md": ""})
    for start in (tmp_path / "ledger", tmp_path / "ledger/docs/more"):
        assert _find(start) == Place(root=str(tmp_path / "ledger"))


@pytest.mark.parametrize(
    "files",
    [
        {"processes/readme.md": ""},
        {"commitments/.hidden/a.yaml": ""},
        {"commitments/a.yaml~": "", "commitments/.#b.yaml": "", "commitments/c.yaml.orig": ""},
        {"other/a.yaml": ""},
    ],
)
def test_a_folder_without_one_is_not(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    with pytest.raises(NextstepError) as error:
        _find(tmp_path)
    assert error.value.message == "there is no ledger here"
    assert "nextstep init" in error.value.hint


def test_the_nearer_of_two_is_taken(tmp_path: Path) -> None:
    write(tmp_path, {"nextstep.yaml": "", "team/commitments/a.yaml": RECORD, "team/src/x": ""})
    assert _find(tmp_path / "team/src").root == str(tmp_path / "team")


def test_the_search_ends_at_the_top_of_the_work_tree(tmp_path: Path) -> None:
    write(tmp_path, {"nextstep.yaml": "", "code/src/x": ""})
    make(tmp_path / "code")
    with pytest.raises(NextstepError):
        _find(tmp_path / "code/src")


def test_a_ledger_may_be_a_part_of_a_repository(tmp_path: Path) -> None:
    make(tmp_path / "code")
    write(tmp_path / "code", {"team/ledger/nextstep.yaml": ""})
    assert _find(tmp_path / "code/team/ledger") == Place(
        root=str(tmp_path / "code/team/ledger"),
        toplevel=str(tmp_path / "code"),
        prefix="team/ledger/",
    )


def test_a_folder_of_git_without_a_repository_in_it_is_no_work_tree(tmp_path: Path) -> None:
    write(tmp_path, {"nextstep.yaml": ""})
    (tmp_path / "code/.git").mkdir(parents=True)
    (tmp_path / "file").mkdir()
    (tmp_path / "file/.git").write_text("nothing\n")
    (tmp_path / "pipe").mkdir()
    os.mkfifo(tmp_path / "pipe/.git")
    for start in ("code", "file", "pipe"):
        assert _find(tmp_path / start) == Place(root=str(tmp_path))


def test_the_folder_that_was_named_comes_first_then_the_variable(tmp_path: Path) -> None:
    for name in ("here", "named", "variable"):
        write(tmp_path / name, {"nextstep.yaml": ""})
    variable = str(tmp_path / "variable")
    start = tmp_path / "here"
    assert _find(start).root == str(start)
    assert _find(start, NEXTSTEP_DIR=variable).root == variable
    assert _find(start, NEXTSTEP_DIR="../variable").root == variable
    found = _find(start, directory="../named", NEXTSTEP_DIR=variable)
    assert found.root == str(tmp_path / "named")
    assert _find(start, NEXTSTEP_DIR="").root == str(start)


def test_a_folder_inside_the_ledger_may_be_named(tmp_path: Path) -> None:
    write(tmp_path, {"ledger/commitments/2026/a.yaml": RECORD})
    found = _find(tmp_path, directory="ledger/commitments/2026")
    assert found.root == str(tmp_path / "ledger")


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("gone", "`gone` does not exist"),
        ("file", "`file` is not a folder"),
        ("empty", "there is no ledger in `empty`"),
    ],
)
def test_a_named_folder_is_not_replaced_by_another(
    tmp_path: Path, named: str, message: str
) -> None:
    write(tmp_path, {"file": "", "empty/x": "", "default/nextstep.yaml": ""})
    make(tmp_path / "empty")
    write(tmp_path, {"settings/settings.toml": f'ledger = "{tmp_path}/default"\n'})
    with pytest.raises(NextstepError) as error:
        find_ledger(
            str(tmp_path),
            directory=named,
            settings_folder=lambda: str(tmp_path / "settings"),
            environ={},
        )
    assert error.value.message == message


def test_links_on_the_way_to_the_ledger_are_followed(tmp_path: Path) -> None:
    write(tmp_path, {"real/nextstep.yaml": ""})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert _find(tmp_path / "link").root == str(tmp_path / "real")


def test_a_folder_that_cannot_be_listed_does_not_end_the_search(tmp_path: Path) -> None:
    write(tmp_path, {"nextstep.yaml": "", "a/processes": "a file", "a/b/commitments/x": ""})
    assert _find(tmp_path / "a/b").root == str(tmp_path)


def test_folders_may_be_nested_as_deep_as_the_system_allows(tmp_path: Path) -> None:
    (tmp_path / "commitments").mkdir()
    with nested(tmp_path / "commitments", 1500) as folder:
        with pytest.raises(NextstepError):
            _find(tmp_path)
        (folder / "x.yaml").write_text(RECORD)
        assert _find(tmp_path).root == str(tmp_path)


def _by_settings(tmp_path: Path, settings: str) -> Place:
    write(tmp_path, {"config/settings.toml": settings, "nowhere/x": ""})
    return find_ledger(
        str(tmp_path / "nowhere"),
        settings_folder=lambda: str(tmp_path / "config"),
        environ={"HOME": str(tmp_path)},
    )


def test_the_ledger_of_the_users_settings_is_the_last_resort(tmp_path: Path) -> None:
    write(tmp_path, {"mine/readme.md": ""})
    mine = Place(root=str(tmp_path / "mine"))
    assert _by_settings(tmp_path, f'ledger = "{tmp_path}/mine"\n') == mine
    assert _by_settings(tmp_path, 'ledger = "~/mine"\n') == mine


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("", "there is no ledger here"),
        ('ledger = "mine"', "`mine` is not a whole path"),
        ('ledger = "/no/such/folder"', "`/no/such/folder` of your default ledger is not there"),
        ("ledger = 3", "is not text"),
        ("ledger =", "cannot be read"),
        (b"ledger = '\xff'".decode("latin-1"), "is not a whole path"),
    ],
)
def test_settings_that_name_no_ledger_say_so(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(NextstepError) as error:
        _by_settings(tmp_path, settings)
    assert words in error.value.message


def test_a_bare_repository_is_a_place(tmp_path: Path) -> None:
    make(tmp_path / "ledger.git", "--bare")
    bare = Place(root=str(tmp_path / "ledger.git"), bare=True)
    assert _find(tmp_path / "ledger.git") == bare
    assert _find(tmp_path / "ledger.git/objects") == bare


def test_a_place_can_be_told_before_there_is_a_ledger(tmp_path: Path) -> None:
    make(tmp_path / "code")
    (tmp_path / "code/team").mkdir()
    assert place_of(str(tmp_path / "code/team")).prefix == "team/"
    assert place_of(str(tmp_path)) == Place(root=str(tmp_path))
