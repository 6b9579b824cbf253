"""The front door: which ledger, which moment, which stream, and how each end is told."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from nextstep import __version__
from nextstep.cli.app import COMMANDS
from tests.commands import PROGRAM, run
from tests.repositories import write

OFFER = "what: Send Lena the offer\noutcome: She can decide\ndue: 2026-11-20\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "promises"
    write(folder, {"commitments/offer.yaml": OFFER.encode()})
    return folder


def shell(command: str, *, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program in a shell, as `$NS`."""
    environment = {
        "PATH": os.environ["PATH"],
        "NS": " ".join(PROGRAM),
        "NEXTSTEP_TODAY": "2026-11-23",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    return subprocess.run(
        ["bash", "-c", command],
        env={**environment, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--version"], ["--color", "never", "--version"]])
def test_the_version_is_told_wherever_it_is_asked(arguments: list[str]) -> None:
    assert run(*arguments).out == f"nextstep {__version__}\n"


def test_the_help_page_says_of_every_command_in_a_whole_sentence_what_it_is_for(
    tmp_path: Path,
) -> None:
    """Each stands once, below what somebody is about to do."""
    ran = run("--help", cwd=tmp_path, env={"COLUMNS": "80"})
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    page = ran.out.partition("Options:")[2]
    names = [line.split()[0] for line in page.splitlines() if re.match(r"  [a-z]+  +[A-Z]", line)]
    assert names == list(COMMANDS)
    headings = [line for line in page.splitlines() if re.match("[A-Z].*:$", line)]
    assert headings[0] == "Every day:"
    assert len(headings) == 6
    assert "..." not in page


def test_no_line_of_a_command_s_examples_that_says_what_it_does_is_broken(tmp_path: Path) -> None:
    for name in ("calendar", "check", "review", "export"):
        ran = run(name, "--help", cwd=tmp_path, env={"COLUMNS": "80"})
        examples = ran.out.partition("EXAMPLES")[2].partition("Options:")[0]
        assert max(map(len, examples.splitlines())) <= 80


def test_without_a_command_it_is_due(ledger: Path) -> None:
    assert run(cwd=ledger).out == run("due", cwd=ledger).out != ""
    assert run("-C", str(ledger)).out == run("-C", str(ledger), "due").out


def test_the_ledger_is_the_folder_named_or_the_nearest_above(ledger: Path, tmp_path: Path) -> None:
    below = ledger / "commitments"
    expected = run("due", cwd=ledger).out
    assert run("due", cwd=below).out == expected
    assert run("-C", "promises", "due", cwd=tmp_path).out == expected
    assert run("due", cwd=tmp_path, env={"NEXTSTEP_DIR": str(ledger)}).out == expected


def test_without_a_ledger_it_says_what_to_type(tmp_path: Path) -> None:
    ended = run("due", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "nextstep init" in ended.err


@pytest.mark.parametrize("where", [(), ("-C", "nowhere")])
def test_without_a_ledger_sentences_are_given_back_to_be_typed_again(
    tmp_path: Path, where: tuple[str, ...]
) -> None:
    ran = run(*where, "add", "Send Lena's numbers", "--due", "fri", cwd=tmp_path)
    assert ran.code == 2
    again = " ".join(("nextstep", *where, "add", "'Send Lena'\\''s numbers'", "--due", "fri"))
    assert ran.err.endswith(f"Nothing was written. To go on with what you typed:\n  {again}\n")


def test_a_folder_that_was_removed_is_said(tmp_path: Path) -> None:
    ended = shell(
        f"mkdir {tmp_path}/gone && cd {tmp_path}/gone && rmdir {tmp_path}/gone && $NS due"
    )
    assert ended.returncode == 2
    assert "has been removed" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["deu"], "due"),
        (["due", "--foramt", "tsv"], "--format"),
        (["due", "--format", "yaml"], "--format takes"),
        (["--color", "sometimes", "due"], "--color takes"),
        (["due", "--today", "2026-02-30"], "February 2026 has 28"),
        (["due", "--today", "tomorrow"], "2026-"),
        (["due", "--as-of", "HEAD~1"], "has no history"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_right_word(
    arguments: list[str], words: str, ledger: Path
) -> None:
    ended = run(*arguments, cwd=ledger)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_today_is_the_option_then_the_variable_then_the_clock(ledger: Path) -> None:
    overdue = ["due", "--exit-code"]
    assert run(*overdue, cwd=ledger, today="2026-11-20").code == 0
    assert run(*overdue, cwd=ledger, today="2026-11-21").code == 1
    assert run(*overdue, "--today", "2026-11-20", cwd=ledger, today="2026-11-21").code == 0
    assert run(*overdue, cwd=ledger, today="").code == 1


def test_the_day_is_that_of_the_ledger_s_zone(ledger: Path) -> None:
    """At 11:30 UTC it is tomorrow in Kiritimati and today in Los Angeles."""
    instant = "2026-11-20T11:30Z"
    for zone, overdue in [("Pacific/Kiritimati", 1), ("America/Los_Angeles", 0), ("UTC", 0)]:
        (ledger / "nextstep.yaml").write_text(f"timezone: {zone}\n")
        ended = run("due", "--exit-code", cwd=ledger, today=instant, env={"TZ": "Asia/Tokyo"})
        assert ended.code == overdue, zone
        assert zone in run("due", "--format", "text", cwd=ledger, today=instant).out


def test_without_a_zone_the_machine_s_is_used_and_a_wrong_one_is_said(ledger: Path) -> None:
    instant = "2026-11-20T11:30Z"
    kiritimati = run(
        "due", "--exit-code", cwd=ledger, today=instant, env={"TZ": "Pacific/Kiritimati"}
    )
    assert kiritimati.code == 1
    wrong = run("due", cwd=ledger, env={"TZ": "Foo/Bar"})
    assert wrong.code == 2
    assert "Foo/Bar" in wrong.err


def test_a_reader_who_leaves_early_is_no_error(ledger: Path) -> None:
    for number in range(3000):
        (ledger / "commitments" / f"more-{number}.yaml").write_text(OFFER)
    ended = shell(f"$NS -C {ledger} due | head -1; echo ${{PIPESTATUS[0]}}")
    assert ended.stdout.splitlines()[-1] == "141"
    assert ended.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk_is_said(ledger: Path) -> None:
    ended = shell(f"$NS -C {ledger} due > /dev/full")
    assert ended.returncode == 2
    assert "could not be written" in ended.stderr


def test_a_closed_standard_output_is_said(ledger: Path) -> None:
    ended = shell(f"$NS -C {ledger} due >&-")
    assert ended.returncode == 2
    assert "standard output is closed" in ended.stderr


@pytest.mark.parametrize("setting", [{"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "ascii"}])
def test_what_the_stream_cannot_say_is_escaped(ledger: Path, setting: dict[str, str]) -> None:
    (ledger / "commitments" / "cafe.yaml").write_text("what: Meet at the Café 日本\ndue: asap\n")
    for kind in ("text", "tsv", "markdown", "json"):
        ended = shell(f"$NS -C {ledger} due --format {kind}", env={**setting, "PYTHONUTF8": "0"})
        assert (ended.returncode, ended.stderr) == (0, ""), kind
        assert "Caf" in ended.stdout


def test_cron_s_empty_environment_is_enough(ledger: Path) -> None:
    full = run("due", cwd=ledger)
    ended = subprocess.run(
        [*PROGRAM, "-C", str(ledger), "due", "--today", "2026-11-23"],
        env={"PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == full.out


def test_a_file_that_cannot_be_read_is_a_row_and_65(ledger: Path) -> None:
    (ledger / "commitments" / "broken.yaml").write_text("who: @sam\n")
    ended = run("due", "--format", "text", cwd=ledger)
    assert ended.code == 65
    assert "! commitments/broken.yaml" in ended.out
    assert "Send Lena the offer" in ended.out


def test_a_bug_is_one_line_with_what_to_report(ledger: Path, tmp_path: Path) -> None:
    """A ledger's module that is broken stands for a bug: nothing but one report reaches people."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import nextstep.files.disk as disk\n\n\n"
        "def read_tree(root):\n    raise ZeroDivisionError('by nobody')\n\n\n"
        "disk.read_tree = read_tree\n"
    )
    ended = run("due", cwd=ledger, env={"PYTHONPATH": str(site)})
    assert ended.code == 70
    assert ended.out == ""
    assert "this is a bug in nextstep" in ended.err
    assert "Traceback" not in ended.err
    told = run("due", cwd=ledger, env={"PYTHONPATH": str(site), "NEXTSTEP_DEBUG": "1"})
    assert "Traceback" in told.err


@pytest.mark.parametrize(
    ("env", "colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_colour_follows_what_everybody_agreed(
    env: dict[str, str], ledger: Path, *, colored: bool
) -> None:
    out = run("due", "--format", "text", cwd=ledger, env=env).out
    assert ("\x1b[" in out) is colored


def test_the_option_decides_about_colour_before_the_variables(ledger: Path) -> None:
    arguments = ("due", "--format", "text")
    always = run("--color", "always", *arguments, cwd=ledger, env={"NO_COLOR": "1"}).out
    never = run("--color", "never", *arguments, cwd=ledger, env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" in always
    assert "\x1b[" not in never
