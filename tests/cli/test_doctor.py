"""`nextstep doctor`: what is well, what to know, what to mend, wherever it is asked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import run
from tests.repositories import RECORD, make, write

SETTINGS = "timezone: Europe/Berlin\npeople: {dev: {emails: [dev@example.org]}}\n"


def doctor(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> dict[str, object]:
    """The document of `doctor`; its exit code is 2 exactly when nothing works."""
    ran = run("doctor", "--format", "json", *words, cwd=folder, env=env)
    assert ran.err == ""
    found: dict[str, object] = json.loads(ran.out)
    assert ran.code == (0 if found["works"] else 2)
    return found


def lines(folder: Path, name: str, env: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    items = doctor(folder, env=env)["items"]
    assert isinstance(items, list)
    return [(one["level"], one["text"]) for one in items if one["name"] == name]


def text(folder: Path, name: str, env: Mapping[str, str] | None = None) -> str:
    return " | ".join(f"{level}: {words}" for level, words in lines(folder, name, env))


def test_a_ledger_in_order_needs_nothing(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    made.git("config", "user.email", "dev@example.org")
    made.commit(
        {
            "nextstep.yaml": SETTINGS
            + "calendar:\n  closed: [2026-12-25]\n  holidays: {country: DE, from: 2026-01-01, to: 2028-12-31}\n",
            "commitments/a.yaml": RECORD,
        },
        at="2026-01-02T03:04:05Z",
    )
    items = doctor(made.path, "--today", "2026-11-23")["items"]
    assert isinstance(items, list)
    assert {one["level"] for one in items if one["name"] != "today"} == {"ok"}
    out = run("doctor", cwd=made.path, env={"COLUMNS": "80"}).out
    assert "ok    identity     you are dev (dev@example.org)" in out
    assert "known until Sun 31 Dec 2028" in out


def test_without_a_ledger_nothing_works_and_it_says_how_to_begin(tmp_path: Path) -> None:
    ran = run("doctor", cwd=tmp_path, env={"COLUMNS": "120"})
    assert ran.code == 2
    assert "Nothing works here yet." in ran.out
    assert "-> start one with `nextstep init`" in ran.out
    assert text(tmp_path, "git").startswith("ok: ")


def test_cron_can_ask_it(tmp_path: Path) -> None:
    """No HOME, no LANG, no terminal."""
    write(tmp_path, {"commitments/a.yaml": RECORD})
    ran = run("doctor", cwd=tmp_path, env={"PATH": "/usr/bin:/bin"})
    assert (ran.code, ran.err) == (0, "")


def test_without_git_the_rest_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    assert text(tmp_path, "git", {"PATH": str(tmp_path)}).startswith("note: not found")
    assert text(tmp_path, "files", {"PATH": str(tmp_path)}) == "ok: 1 file read"


def test_a_git_that_is_too_old_is_to_be_replaced(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    made.commit({"commitments/a.yaml": RECORD})
    write(tmp_path, {"bin/git": "#!/bin/sh\necho git version 2.20.1\n"})
    (tmp_path / "bin/git").chmod(0o755)
    assert "mend: 2.20.1" in text(made.path, "git", {"PATH": f"{tmp_path}/bin:/usr/bin:/bin"})


def test_outside_of_a_repository_there_is_no_history(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    assert text(tmp_path, "repository") == "note: none: the ledger has no history"


def test_every_kind_of_repository_has_its_line(tmp_path: Path) -> None:
    made = make(tmp_path / "one")
    write(made.path, {"commitments/a.yaml": RECORD})
    assert text(made.path, "repository") == "note: no commit yet, so no history"
    head = made.commit({})
    made.commit({"b.txt": "b"})
    assert re.fullmatch(r"ok: main at [0-9a-f]{7}", text(made.path, "repository"))

    made.git("worktree", "add", "--quiet", str(tmp_path / "tree"))
    assert "ok: a linked work tree" in text(tmp_path / "tree", "repository")
    shallow = made.clone(tmp_path / "shallow", "--depth=1")
    assert "note: shallow" in text(shallow.path, "repository")
    partial = made.clone(tmp_path / "partial", "--filter=blob:none")
    assert "note: a partial clone" in text(partial.path, "repository")
    bare = made.clone(tmp_path / "bare", "--bare")
    assert text(bare.path, "repository").startswith("ok: bare: the files of main at ")
    assert text(bare.path, "files") == "ok: 1 file read"
    outer = make(tmp_path / "outer")
    outer.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", made.path.as_uri(), "sub"
    )
    assert "ok: a submodule" in text(outer.path / "sub", "repository")
    made.git("switch", "--quiet", "--detach", head)
    assert text(made.path, "repository") == f"note: HEAD is detached at {head[:7]}"

    sha256 = make(tmp_path / "sha256", "--object-format=sha256")
    sha256.commit({"commitments/a.yaml": RECORD})
    assert "ok: object format sha256" in text(sha256.path, "repository")


def test_what_bends_history_is_told(tmp_path: Path) -> None:
    made = make(tmp_path / "one")
    first = made.commit({"commitments/a.yaml": RECORD})
    second = made.commit({"b.txt": "b"})
    made.git("replace", second, first)
    write(made.path, {".git/info/grafts": f"{second}\n"})
    assert "refs/replace shows other commits" in text(made.path, "history")
    assert "info/grafts gives commits other parents" in text(made.path, "history")


def test_a_file_that_cannot_be_read_is_to_be_mended(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": "what: @x\n"})
    assert text(tmp_path, "files").startswith("mend: commitments/a.yaml could not be read: ")


def test_an_address_that_nobody_has_is_to_be_mended(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    made.git("config", "user.email", "else@example.org")
    made.commit({"nextstep.yaml": SETTINGS})
    assert text(made.path, "identity").startswith("mend: else@example.org belongs to nobody")
    made.git("config", "user.email", "DEV@example.org")
    assert text(made.path, "identity") == "ok: you are dev (DEV@example.org)"


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        ("", "note: none from today on"),
        ("closed: [2026-12-25]", "ok: written by hand, the last on Fri 25 Dec"),
        ("closed: [2026-01-01]", "note: none from today on"),
        (
            "holidays: {country: DE, from: 2026-01-01, to: 2026-12-31}",
            "note: DE, known until Thu 31 Dec 2026, which is soon",
        ),
        (
            "holidays: {country: DE, from: 2025-01-01, to: 2025-12-31}",
            "mend: DE, known until Wed 31 Dec 2025",
        ),
        (
            "holidays: {country: DE, from: 2026-01-01, to: 2027-12-31}",
            "ok: DE, known until Fri 31 Dec 2027",
        ),
    ],
)
def test_holidays_that_run_out_are_told_in_time(tmp_path: Path, calendar: str, said: str) -> None:
    body = f"calendar:\n  {calendar}\n" if calendar else ""
    write(tmp_path, {"nextstep.yaml": f"timezone: UTC\n{body}"})
    assert text(tmp_path, "closed days").startswith(said)


def test_the_command_that_renews_holidays_names_their_place(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "nextstep.yaml": "calendar:\n  holidays: {country: DE, subdivision: BY, to: 2025-12-31, from: 2025-01-01}\n"
        },
    )
    out = run("doctor", cwd=tmp_path, env={"COLUMNS": "120"}).out
    assert "-> nextstep init --holidays DE-BY" in out


def test_a_zone_that_is_none_stops_everything(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    found = doctor(tmp_path, env={"TZ": "Foo/Bar"})
    assert found["works"] is False
    assert text(tmp_path, "zone", {"TZ": "Foo/Bar"}).startswith("mend: TZ is `Foo/Bar`")
    assert run("due", cwd=tmp_path, env={"TZ": "Foo/Bar"}).code == 2
    assert text(tmp_path, "zone", {"TZ": "Asia/Tokyo"}).startswith("note: Asia/Tokyo, from TZ")


def test_a_last_commit_that_lies_ahead_of_the_clock_is_to_be_mended(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    made.commit({"commitments/a.yaml": RECORD}, at="2089-01-01T00:00:00Z")
    said = "and the last commit by Dev is dated 2089-01-01 00:00 UTC, which lies ahead"
    assert said in text(made.path, "clock")


@pytest.mark.parametrize("seconds", ["99999999999999999", "-1", "0", "x"])
def test_a_commit_with_an_impossible_date_is_no_reason_to_fail(
    tmp_path: Path, seconds: str
) -> None:
    made = make(tmp_path / "ledger")
    made.commit({"commitments/a.yaml": RECORD})
    tree = made.git("rev-parse", "HEAD^{tree}")
    body = f"tree {tree}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> {seconds} +9999\n\nx\n"
    odd = made.git(
        "hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=body.encode()
    )
    write(made.path, {".git/refs/heads/main": f"{odd}\n"})
    ran = run("doctor", cwd=made.path)
    assert (ran.code, ran.err) == (0, "")


def test_a_day_that_was_told_is_not_taken_for_the_clock(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    assert text(tmp_path, "today") == "note: Mon 23 Nov 2026, as NEXTSTEP_TODAY says, not the clock"
    assert run("doctor", "--today", "2026-02-30", cwd=tmp_path).code == 2


def test_letters_that_the_output_lacks_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    assert text(tmp_path, "output", {"PYTHONIOENCODING": "ascii"}).startswith(
        "note: not a terminal, ascii"
    )


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({".gitattributes": "*.yaml merge=union\n"}, ".gitattributes:1"),
        ({".gitattributes": "# all\n* text\ncommitments/** merge=union\n"}, ".gitattributes:3"),
        (
            {"commitments/.gitattributes": "/2026/*/*.yaml merge=union eol=lf\n"},
            "commitments/.gitattributes:1",
        ),
        (
            {
                ".gitattributes": "*.yaml merge=union\n",
                "commitments/.gitattributes": "*.yaml -merge\n",
            },
            ".gitattributes:1",
        ),
        ({".git/info/attributes": "nextstep.y?ml merge=union\n"}, "info/attributes:1"),
        ({".gitattributes": "[cn]extstep.[!j]aml merge=union\n"}, ".gitattributes:1"),
    ],
)
def test_a_merge_that_joins_both_sides_is_refused(
    tmp_path: Path, files: dict[str, str], where: str
) -> None:
    made = make(tmp_path / "ledger")
    made.commit({"nextstep.yaml": SETTINGS, "commitments/2026/11/a.yaml": RECORD})
    write(made.path, files)
    assert f"mend: {where} has git join both sides of " in text(made.path, "merge")


@pytest.mark.parametrize(
    "attributes",
    [
        "*.md merge=union\n",
        "docs/** merge=union\n",
        "*.yaml merge=union\n*.yaml merge=nextstep\n",
        "*.yaml merge=union\n*.yaml !merge\n",
        "/a.yaml merge=union\n",
        "# *.yaml merge=union\n",
    ],
)
def test_a_merge_that_leaves_the_ledger_alone_is_nobody_s_business(
    tmp_path: Path, attributes: str
) -> None:
    made = make(tmp_path / "ledger")
    made.commit({"commitments/a.yaml": RECORD, ".gitattributes": attributes})
    assert lines(made.path, "merge") == []


def test_what_lies_about_is_told(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    made.commit({"commitments/a.yaml": RECORD})
    write(made.path, {"commitments/a.yaml.orig": "x", ".#a.yaml": "", "docs/x.tmp": ""})
    make(made.path / "docs" / "inner", "--bare")
    assert "2 files that an editor, a merge or a crash left behind" in text(made.path, "left over")
    assert "docs/inner is a bare repository" in text(made.path, "repository inside")


def test_schemas_of_another_version_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    assert lines(tmp_path, "schemas") == []
    run("schema", "--write", cwd=tmp_path)
    assert text(tmp_path, "schemas") == "ok: those of this version, for editors"
    (tmp_path / ".nextstep/schemas/run.json").write_text("{}")
    assert "another version: .nextstep/schemas/run.json" in text(tmp_path, "schemas")


def test_variables_that_git_obeys_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    env = {"GIT_DIR": "/elsewhere/.git", "NEXTSTEP_DIR": str(tmp_path)}
    words = text(tmp_path, "environment", env)
    assert "GIT_DIR=/elsewhere/.git: git obeys it, nextstep does not" in words
    assert f"NEXTSTEP_DIR={tmp_path}: that ledger is read wherever you are" in words


def test_another_owner_of_the_repository_is_told_in_git_s_words(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to somebody else")
    made = make(tmp_path / "ledger")
    made.commit({"commitments/a.yaml": RECORD})
    for path in (made.path, made.path / ".git"):
        os.chown(path, 12345, 12345)
    words = text(made.path, "repository")
    assert words.startswith("mend: ")
    assert "dubious ownership" in words
    assert text(made.path, "files") == "ok: 1 file read"
