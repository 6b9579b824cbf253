"""`nextstep check`: what is reported, in which words, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nextstep import __version__
from tests.commands import Ran, run
from tests.goldens import compare, unused
from tests.repositories import make, write

DATE = "commitments/2026/11/globex-outage-x7wd.yaml"
OFFER = "commitments/2026/11/offer-k3f9.yaml"
PROCESS = "processes/onboarding.yaml"
GOOD = "what: Book the room\noutcome: We can meet\ndue: 2026-11-27\n"
LEDGER = {
    DATE: "what: Write down the outage\n\nwho: dev\noutcome: Lena has the facts\n\ndue: 2026-02-30\n",
    OFFER: "what: Send 日本語 🎉 the offer\noutcome: They decide\ndue: 2026-11-27\nlog:\n"
    "  - {at: 2026-11-12T15:10Z, by: 日本, event: ofered, to: mia}\n",
    PROCESS: """\
title: Onboarding
owner: ana
customer: {who: new customers, kind: external}
provides: Logins that work
roles: [sales, success]
steps:
  - id: sell
    do: Write down what was promised
    who: sales
    due: 3bd after start
    done_when: Nothing is missing
    handoff: {to: success}
  - id: call
    do: Call the customer
    who: success
    due: 2bd after sell
    done_when: They know whom to call
""",
    "commitments/2026/11/room-7qhd.yaml": GOOD,
    "commitments/2026/11/esc-9wte.yaml": "what: bad \x1b[2J\ndue: 2026-11-27\n",
    "commitments/2026/11/long-c4vn.yaml": "what: Book the room\noutcome: We can meet\n"
    f"due: 27/11/2026  # {'a very long remark about the day ' * 20}\n",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    root = tmp_path / "acme"
    write(root, {path: text.encode() for path, text in LEDGER.items()})
    return root


def check(ledger: Path, *arguments: str, **env: str) -> Ran:
    return run("check", *arguments, cwd=ledger, env=env)


GOLDEN = {
    "check/60.txt": ((), {"COLUMNS": "60"}),
    "check/80.txt": ((), {"COLUMNS": "80"}),
    "check/120.txt": ((), {"COLUMNS": "120"}),
    "check/ascii-80.txt": ((), {"COLUMNS": "80", "PYTHONIOENCODING": "ascii"}),
    "check/c-locale-80.txt": (
        (),
        {"COLUMNS": "80", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ),
    "check/colour-80.txt": ((), {"COLUMNS": "80", "FORCE_COLOR": "1"}),
    "check/concise.txt": (("--format", "concise"), {}),
    "check/check.json": (("--format", "json"), {"TZ": "UTC"}),
    "check/github.txt": ((), {"GITHUB_ACTIONS": "true"}),
    "check/gitlab.json": (("--format", "gitlab"), {}),
    "check/check.sarif": (("--format", "sarif"), {}),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_check_prints_what_the_golden_file_says(name: str, ledger: Path) -> None:
    arguments, env = GOLDEN[name]
    ran = check(ledger, *arguments, **env)
    assert ran.err == ""
    assert ran.code == 1
    compare(name, ran.out.replace(__version__, "VERSION"))


def test_every_golden_file_of_check_is_compared() -> None:
    others = {"check/fix-80.txt", "check/fix.diff"}  # compared where --fix is tested
    assert unused("check", {*GOLDEN, *others}) == set()


def test_a_clean_ledger_is_said_to_be_clean(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/room.yaml": GOOD.encode()})
    ran = check(tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "No findings in 1 file.\n", "")


def test_an_empty_ledger_is_clean(tmp_path: Path) -> None:
    write(tmp_path, {"nextstep.yaml": b"timezone: UTC\n"})
    assert check(tmp_path).out == "No findings in 1 file.\n"


def test_the_first_line_and_the_carets_are_as_editors_and_people_read_them(ledger: Path) -> None:
    out = check(ledger, DATE).out
    assert out.startswith(f"{DATE}:6:6: error NS301 date-that-is-no-day: ")
    assert "\n  |\n6 | due: 2026-02-30\n  |      ^^^^^^^^^^\n  = " in out
    assert "1 finding (1 error) in 1 of 6 files" in out
    assert out.rstrip().endswith("nextstep explain NS301")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (OFFER, {OFFER}),
        ("processes", {PROCESS}),
        ("processes/", {PROCESS}),
        ("./commitments/../processes", {PROCESS}),
        ("commitments/2026/11/room-7qhd.yaml", set()),
        (".", set(LEDGER) - {"commitments/2026/11/room-7qhd.yaml"}),
    ],
)
def test_paths_choose_what_is_reported(path: str, expected: set[str], ledger: Path) -> None:
    said = json.loads(check(ledger, path, "--format", "json").out)
    assert {one["path"] for one in said["findings"]} == expected
    assert said["files"] == 6


def test_paths_do_not_choose_what_is_read(tmp_path: Path) -> None:
    """A reference into a file that is not asked for is still known."""
    write(
        tmp_path,
        {
            "commitments/room.yaml": GOOD.encode(),
            "commitments/offer.yaml": f"{GOOD}after: [room]\n".encode(),
        },
    )
    ran = check(tmp_path, "commitments/offer.yaml")
    assert (ran.code, ran.out) == (0, "No findings in 1 of 2 files.\n")


@pytest.mark.parametrize("path", ["..", "/etc/passwd", "nothing.yaml", "commitments/../../x"])
def test_a_path_outside_or_not_there_is_a_usage_error(path: str, ledger: Path) -> None:
    ran = check(ledger, path)
    assert ran.code == 2
    assert ran.out == ""
    assert path in ran.err


def test_places_are_told_from_where_the_reader_is(ledger: Path) -> None:
    out = run("check", "--format", "concise", cwd=ledger / "commitments" / "2026").out
    assert "../../processes/onboarding.yaml:" in out
    assert f"../../{DATE}:6:6: error NS301" in out
    out = run("-C", "acme", "check", "acme/processes", "--format", "concise", cwd=ledger.parent).out
    assert out.startswith("acme/processes/onboarding.yaml:12:14: warning NS412")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("processes",), 0),
        (("processes", "--fail-on", "error"), 0),
        (("processes", "--fail-on", "warning"), 1),
        (("--exit-zero",), 0),
        (("--fail-on", "warning", "--exit-zero"), 0),
        ((), 1),
        (("--fail-on", "never"), 2),
        (("--format", "html"), 2),
        (("--today", "2026-02-30"), 2),
    ],
)
def test_the_exit_code_says_whether_it_counts(
    arguments: tuple[str, ...], code: int, ledger: Path
) -> None:
    assert check(ledger, *arguments).code == code


def test_the_same_files_give_the_same_bytes(ledger: Path) -> None:
    assert check(ledger, "--format", "json").out == check(ledger, "--format", "json").out


class TestBaseline:
    """What an old ledger already has does not count; everything new does."""

    @pytest.fixture
    def old(self, tmp_path: Path) -> Path:
        write(
            tmp_path,
            {
                "commitments/a.yaml": b"what: Send the offer\ndue: 2026-11-27\n",
                "commitments/b.yaml": b"what: Book the room\noutcome: We meet\ndue: 2026-02-30\n",
            },
        )
        ran = check(tmp_path, "--write-baseline", "known.json")
        assert (ran.code, ran.out) == (0, "")
        assert "2 findings written to known.json" in ran.err
        return tmp_path

    def test_what_it_knows_is_left_out_and_counted(self, old: Path) -> None:
        ran = check(old, "--baseline", "known.json")
        assert (ran.code, ran.out) == (0, "No findings in 2 files, 2 in the baseline.\n")

    def test_it_survives_lines_that_come_and_go(self, old: Path) -> None:
        write(
            old,
            {"commitments/b.yaml": b"# new\n\nwhat: Book it\noutcome: We meet\ndue: 2026-02-30\n"},
        )
        assert check(old, "--baseline", "known.json").code == 0

    def test_a_new_finding_counts(self, old: Path) -> None:
        write(old, {"commitments/c.yaml": b"what: Call\noutcome: x\ndue: 2026-02-30\n"})
        ran = check(old, "--baseline", "known.json")
        assert ran.code == 1
        assert "1 finding (1 error) in 1 of 3 files, 2 in the baseline" in ran.out

    def test_a_second_one_of_the_same_kind_counts(self, old: Path) -> None:
        moved = b"  - {at: 2026-11-1%dT09:00Z, by: dev, event: moved, to: 2026-02-30}\n"
        text = b"what: x\noutcome: y\ndue: asap\nlog:\n" + moved % 1
        write(old, {"commitments/c.yaml": text})
        check(old, "--write-baseline", "known.json")
        write(old, {"commitments/c.yaml": text + moved % 2})
        assert check(old, "--baseline", "known.json").code == 1

    def test_an_entry_that_no_longer_occurs_is_counted_and_said(self, old: Path) -> None:
        write(old, {"commitments/b.yaml": GOOD.encode()})
        ran = check(old, "--baseline", "known.json")
        assert ran.code == 0
        assert "1 entry of the baseline is no longer found" in ran.out
        said = json.loads(check(old, "--baseline", "known.json", "--format", "json").out)
        assert said["baseline"] == {"known": 1, "gone": 1}

    def test_a_file_that_cannot_be_read_is_never_known(self, old: Path) -> None:
        write(old, {"commitments/c.yaml": b"what: [\n"})
        ran = check(old, "--write-baseline", "known.json")
        assert "1 error of files that cannot be read must be mended" in ran.err
        assert check(old, "--baseline", "known.json").code == 1

    @pytest.mark.parametrize(
        "text", [None, b"", b"[]", b'{"schema": "nextstep.baseline/9"}', b"\xff"]
    )
    def test_what_is_no_baseline_is_refused(self, text: bytes | None, old: Path) -> None:
        if text is not None:
            write(old, {"other.json": text})
        ran = check(old, "--baseline", "other.json")
        assert ran.code == 2
        assert "--write-baseline other.json" in ran.err

    def test_where_none_can_be_written_nothing_is_left(self, old: Path) -> None:
        (old / "folder").mkdir()
        before = sorted(old.iterdir())
        ran = check(old, "--write-baseline", "folder")
        assert ran.code == 2
        assert "the baseline `folder` cannot be written: it is not a regular file" in ran.err
        assert sorted(old.iterdir()) == before

    def test_it_is_sorted_and_has_one_line_a_finding(self, old: Path) -> None:
        lines = (old / "known.json").read_text().splitlines()
        assert len(lines) == 4
        assert lines[1:3] == sorted(lines[1:3])
        assert json.loads((old / "known.json").read_text())["schema"] == "nextstep.baseline/1"


def test_a_note_of_github_names_the_file_from_the_root_of_the_repository(tmp_path: Path) -> None:
    made = make(tmp_path / "work")
    made.write({f"team/{path}": text for path, text in LEDGER.items()})
    ran = run("check", "--format", "github", cwd=made.path / "team" / "processes")
    assert f"file=team/{DATE},line=6," in ran.out


def test_an_earlier_commit_is_checked_as_it_was(tmp_path: Path) -> None:
    made = make(tmp_path / "work")
    made.commit({DATE: LEDGER[DATE].replace("2026-02-30", "2026-02-29")})
    made.commit({DATE: LEDGER[DATE].replace("2026-02-30", "2026-02-27")})
    assert check(made.path).code == 0
    ran = check(made.path, "--as-of", "HEAD~1", "--format", "concise")
    assert ran.code == 1
    assert ran.out.startswith(f"{DATE}:6:6: error NS301")
    assert check(made.path, DATE, "--as-of", "HEAD~1").code == 1


def test_what_was_approved_is_compared_with_the_work_tree(tmp_path: Path) -> None:
    gate = (
        "title: Offer\nowner: ana\nstarted: 2026-11-16\nsteps:\n"
        "  - {id: agree, approve: docs/offer.md, who: sue, rule: asap, due: asap}\nlog:\n"
        "  - {at: 2026-11-17T09:00Z, by: sue, event: approved, step: agree, content: 824d7d7a6e77}\n"
    )
    write(
        tmp_path,
        {
            "commitments/2026/11/offer-globex.yaml": gate.encode(),
            "docs/offer.md": b"The offer for Globex: 40 seats.\n",
        },
    )
    assert check(tmp_path).code == 0
    (tmp_path / "docs/offer.md").write_text("The offer for Globex: 30 seats.\n")
    assert "error NS416 approved-then-changed" in check(tmp_path).out
    (tmp_path / "docs/offer.md").unlink()
    (tmp_path / "docs/offer.md").symlink_to("/etc/hostname")
    assert "error NS416 approved-then-changed" in check(tmp_path).out
