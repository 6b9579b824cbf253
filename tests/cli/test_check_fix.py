"""`nextstep check --fix`: files are mended on disk, and what is left is reported."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from nextstep.cli.fixing import mends_of
from nextstep.cli.fixing import write as write_mends
from nextstep.cli.session import open_session
from nextstep.diagnostics.errors import NextstepError
from nextstep.rules.catalogue import judge
from tests.commands import Ran, run
from tests.goldens import compare
from tests.repositories import make, write

OFFER = "commitments/offer-k3f9.yaml"
ROOM = "commitments/room-7qhd.yaml"
FILES = {
    OFFER: b"what: Send Lena the offer\noutcom: She can decide  # by phone\ndue: 27/11/2026\n",
    ROOM: b"what: Book the room\noutcome: We can meet\ndue: 2026-02-30\n",
}
MENDED = b"what: Send Lena the offer\noutcome: She can decide  # by phone\ndue: 2026-11-27\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    root = tmp_path / "acme"
    write(root, FILES)
    return root


def check(ledger: Path, *arguments: str, **env: str) -> Ran:
    return run("check", *arguments, "--today", "2026-11-23", cwd=ledger, env=env)


def test_what_has_one_right_answer_is_written_and_the_rest_is_reported(ledger: Path) -> None:
    ran = check(ledger, "--fix", COLUMNS="80")
    assert (ran.code, ran.err) == (1, "")
    compare("check/fix-80.txt", ran.out)
    assert (ledger / OFFER).read_bytes() == MENDED
    assert (ledger / ROOM).read_bytes() == FILES[ROOM]
    assert sorted(os.listdir(ledger / "commitments")) == ["offer-k3f9.yaml", "room-7qhd.yaml"]


def test_the_exit_code_is_that_of_what_is_left(ledger: Path) -> None:
    (ledger / ROOM).unlink()
    ran = check(ledger, "--fix")
    assert ran.code == 0
    assert ran.out.endswith("Fixed 2 findings in 1 file.\nNo findings in 1 file.\n")
    ran = check(ledger, "--fix")
    assert (ran.code, ran.out) == (0, "No findings in 1 file.\n")


def test_without_an_answer_nothing_is_written_and_that_is_said(ledger: Path) -> None:
    (ledger / OFFER).unlink()
    before = (ledger / ROOM).stat().st_mtime_ns
    ran = check(ledger, "--fix")
    assert ran.code == 1
    assert "Nothing was fixed" in ran.out
    assert (ledger / ROOM).stat().st_mtime_ns == before


def test_the_diff_is_shown_and_nothing_is_written(ledger: Path) -> None:
    for arguments in (("--diff",), ("--fix", "--diff")):
        ran = check(ledger, *arguments)
        assert ran.code == 1
        compare("check/fix.diff", ran.out)
        assert (
            ran.err == "3 findings in 1 file would be fixed; nothing was written\n"[0:0] + ran.err
        )
        assert "would be fixed; nothing was written" in ran.err
        assert (ledger / OFFER).read_bytes() == FILES[OFFER]
    assert check(ledger, "--diff", "--exit-zero").code == 0


def test_without_a_difference_the_diff_is_empty(ledger: Path) -> None:
    (ledger / OFFER).unlink()
    ran = check(ledger, "--diff")
    assert (ran.code, ran.out) == (0, "")


def test_git_takes_the_diff(tmp_path: Path) -> None:
    made = make(tmp_path / "work")
    made.commit({f"team/{path}": data for path, data in FILES.items()})
    ran = run("check", "--diff", "--today", "2026-11-23", cwd=made.path / "team")
    made.git("apply", given=ran.out.encode())
    assert (made.path / "team" / OFFER).read_bytes() == MENDED


@pytest.mark.parametrize("form", ["concise", "json", "github", "gitlab", "sarif"])
def test_every_format_shows_what_is_left(form: str, ledger: Path) -> None:
    ran = check(ledger, "--fix", "--format", form)
    assert ran.code == 1
    assert (ledger / OFFER).read_bytes() == MENDED
    assert "NS301" in ran.out
    if form == "json":
        said = json.loads(ran.out)
        assert [one["code"] for one in said["findings"]] == ["NS301"]
        assert [one["code"] for one in said["fixed"]] == ["NS101", "NS302"]
        assert said["not_fixed"] == []
    else:
        assert ran.err == "2 findings in 1 file fixed\n"
        assert "NS302" not in ran.out


def test_json_tells_the_mend_of_a_finding(ledger: Path) -> None:
    said = json.loads(check(ledger, "--format", "json").out)
    mends = {one["code"]: one["mend"] for one in said["findings"]}
    assert mends["NS301"] is None
    assert mends["NS302"] == {
        "what": "write `2026-11-27`",
        "edits": [{"line": 3, "column": 6, "end_line": 3, "end_column": 16, "text": "2026-11-27"}],
    }
    assert (said["fixed"], said["not_fixed"]) == (None, None)


def test_paths_and_a_baseline_choose_what_is_mended(ledger: Path) -> None:
    other = "commitments/other.yaml"
    write(ledger, {other: FILES[OFFER]})
    check(ledger, "--fix", other)
    assert (ledger / other).read_bytes() == MENDED
    assert (ledger / OFFER).read_bytes() == FILES[OFFER]
    check(ledger, "--write-baseline", "known.json")
    ran = check(ledger, "--fix", "--baseline", "known.json")
    assert (ran.code, ran.out) == (0, "No findings in 3 files, 4 in the baseline.\n")
    assert (ledger / OFFER).read_bytes() == FILES[OFFER]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fix", "--as-of", "HEAD"),
        ("--diff", "--as-of", "HEAD"),
        ("--fix", "--write-baseline", "known.json"),
        ("--diff", "--format", "json"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    arguments: tuple[str, ...], ledger: Path
) -> None:
    ran = check(ledger, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "leave" in ran.err
    assert (ledger / OFFER).read_bytes() == FILES[OFFER]


def test_the_mode_the_line_ends_and_the_mark_of_a_file_stay(ledger: Path) -> None:
    place = ledger / OFFER
    place.write_bytes(b"\xef\xbb\xbf" + FILES[OFFER].replace(b"\n", b"\r\n"))
    place.chmod(0o640)
    check(ledger, "--fix")
    assert place.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace(b"\n", b"\r\n")
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves the file between the reading and the writing."""
    monkeypatch.chdir(ledger)
    session = open_session(today="2026-11-23")
    verdict = judge(session.ledger, session.now)
    mends = mends_of(session, verdict, paths=None, baseline=None)
    newer = b"what: Something newer\n"
    (ledger / OFFER).write_bytes(newer)
    with pytest.raises(NextstepError, match="was changed meanwhile"):
        write_mends(session, mends)
    assert (ledger / OFFER).read_bytes() == newer


def test_a_bare_repository_has_nothing_to_mend(tmp_path: Path) -> None:
    made = make(tmp_path / "work")
    made.commit(FILES)
    bare = made.clone(tmp_path / "bare.git", "--bare")
    ran = run("check", "--fix", cwd=bare.path)
    assert ran.code == 2
    assert "no files to mend" in ran.err


def test_of_one_rule_the_first_ten_in_a_file_are_shown_and_all_are_counted(ledger: Path) -> None:
    names = ", ".join(f"nothing-{number:04}" for number in range(2000))
    write(ledger, {ROOM: f"what: x\noutcome: y\ndue: asap\nafter: [{names}]\n".encode()})
    out = check(ledger, ROOM).out
    assert out.count("error NS206") == 10
    assert f"{ROOM}: 1,990 more of NS206 unknown-commitment; --format concise lists all" in out
    assert "2000 findings (2000 errors)" in out
    assert check(ledger, ROOM, "--format", "concise").out.count("NS206") == 2000


def test_nothing_in_a_diff_acts_on_a_terminal_or_in_the_log_of_a_job(ledger: Path) -> None:
    text = b"title: Move\nowner: dev\nstarted: 2026-11-20\nsteps:\n\t- {id: a, do: 'a ::error::x', who: b}\n"
    write(ledger, {"commitments/run.yaml": text.replace(b"\n", b"\r\n")})
    assert "\r\n-\t- {id: a, do: 'a ::error::x'" in check(ledger, "--diff").out
    logged = check(ledger, "--diff", GITHUB_ACTIONS="true").out
    assert "-\\t- {id: a, do: 'a" in logged
    assert "::error::" not in logged
    assert "\r" not in logged
