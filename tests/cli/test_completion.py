"""The tab key offers what can be typed: commands, options, and what the ledger holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from nextstep.cli.app import COMMANDS
from nextstep.cli.complete.bash_line import split_line
from nextstep.cli.complete.words import COMMANDS as KNOWN
from nextstep.rules.catalogue import ALL_RULES
from tests.commands import PROGRAM, run
from tests.repositories import write

SETTINGS = """\
people:
  pat: {name: Pat Novak, left: 2026-09-30}
  ana: {name: Ana Costa, team: success}
  lena: {name: Lena Fischer, org: Globex}
roles:
  legal: {result: No claim that we cannot keep, people: [ana]}
"""
PROCESS = """\
title: Annual customer review
owner: ana
customer: {who: key accounts, kind: external}
provides: A review
roles: [sales-rep, legal]
steps:
  - {id: collect, do: Ask for the figures, who: sales-rep, due: 5bd after start, done_when: in}
  - id: approve
    approve: The review
    who: legal
  - id: meeting
    # a date
    mark: The meeting
    due: 10bd after start
log:
  - {at: 2026-11-12T15:10Z, by: ana, event: noted, text: "- {id: nothing}"}
"""
RUN = """\
process: annual-review
title: Annual customer review
for: Globex
steps:
  - {id: collect/finance, do: Write your pages, who: ana, due: 2026-11-16}
"""
FILES = {
    "nextstep.yaml": SETTINGS,
    "processes/annual-review.yaml": PROCESS,
    "commitments/2026/11/globex-review-7qhd.yaml": RUN,
    "commitments/2026/11/globex-report-k3f9.yaml": (
        "what: Send Globex the report   # again\nwho: dev\ndue: 2026-11-20\npart_of: growth\n"
    ),
    "commitments/2026/11/globex-call-2mmx.yaml": (
        "what: 'Call Lena'\nwho: dev\ndue: 2026-11-12\nlog:\n"
        "  - {at: 2026-11-12T15:10Z, by: dev, event: closed, result: kept}\n"
    ),
    "commitments/2026/11/globex-list-8rdn.yaml": (
        "what: >-\n  List it\nlog:\n  - {at: 2026-11-12T15:10Z, by: dev, event: closed, result: kept}\n"
        "  - {at: 2026-11-13T15:10Z, by: dev, event: reopened, why: x}\n"
    ),
}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    write(folder, FILES)
    return folder


def offered(
    *words: str, cwd: Path, env: Mapping[str, str] | None = None, where: str = "zsh"
) -> list[tuple[str, str]]:
    """What is offered for the last of the words, each with its meaning."""
    ran = run("--complete", where, *words, cwd=cwd, env=env)
    assert (ran.code, ran.err) == (0, "")
    found = [line.partition("\t") for line in ran.out.splitlines()]
    return [(word, about) for word, _, about in found]


def words(*typed: str, cwd: Path, env: Mapping[str, str] | None = None) -> list[str]:
    return [word for word, _ in offered("nextstep", *typed, cwd=cwd, env=env)]


def test_commands_come_with_what_they_are_for(ledger: Path) -> None:
    found = dict(offered("nextstep", "", cwd=ledger))
    assert list(found) == list(COMMANDS)
    assert found["due"] == "Show what needs you: what is due, what to accept, whom to ask"
    assert words("sh", cwd=ledger) == ["show"]


def test_options_are_those_of_the_command(ledger: Path) -> None:
    assert words("-", cwd=ledger)[:3] == ["-C", "--directory", "--color"]
    assert "--part-of" in words("list", "--", cwd=ledger)
    assert words("list", "--fo", cwd=ledger) == ["--for", "--format"]
    assert words("show", "--nothing", cwd=ledger) == []


@pytest.mark.parametrize(
    "command", [name for name in KNOWN if any("--format" in one[0] for one in KNOWN[name][2])]
)
def test_a_format_that_is_offered_is_taken(command: str, ledger: Path) -> None:
    formats = words(command, "--format", "", cwd=ledger)
    assert len(formats) > 1
    for name in formats:
        ran = run(command, "--format", name, cwd=ledger)
        assert "--format takes" not in ran.err


def test_a_value_can_be_glued_to_its_option(ledger: Path) -> None:
    assert words("due", "--format=j", cwd=ledger) == ["--format=json"]
    line = "nextstep due --format=j"
    assert [one for one, _ in offered(line, cwd=ledger, where="bash")] == ["json"]


def test_what_is_open_is_offered_by_what_to_type_and_says_what_it_is(ledger: Path) -> None:
    assert offered("nextstep", "show", "", cwd=ledger) == [
        ("k3f9", "Send Globex the report \u00b7 dev \u00b7 2026-11-20"),
        ("8rdn", "List it"),
        ("7qhd", "Annual customer review for Globex"),
        ("annual", "process \u00b7 Annual customer review"),
        ("growth", "a plan of 1"),
    ]


def test_what_is_closed_is_offered_last_and_once_something_is_typed(ledger: Path) -> None:
    assert words("show", "2", cwd=ledger) == ["2mmx"]
    assert words("show", "globex-", cwd=ledger) == [
        "globex-report-k3f9",
        "globex-list-8rdn",
        "globex-review-7qhd",
        "globex-call-2mmx",
    ]


def test_every_handle_that_is_offered_is_one_that_show_knows(ledger: Path) -> None:
    for handle in words("show", "", cwd=ledger):
        assert run("show", handle, cwd=ledger).code == 0, handle


def test_the_second_word_is_a_step_of_the_first(ledger: Path) -> None:
    assert offered("nextstep", "show", "7qhd", "", cwd=ledger) == [
        ("collect/finance", "Write your pages")
    ]
    assert offered("nextstep", "checklist", "annual", "", cwd=ledger) == [
        ("collect", "Ask for the figures"),
        ("approve", "The review"),
        ("meeting", ""),
    ]
    assert words("show", "globex", "", cwd=ledger) == []
    assert words("show", "7qhd", "collect", "", cwd=ledger) == []


def test_people_who_are_there_come_before_those_who_left(ledger: Path) -> None:
    assert offered("nextstep", "due", "--who", "", cwd=ledger) == [
        ("ana", "Ana Costa \u00b7 success"),
        ("lena", "Lena Fischer \u00b7 Globex"),
        ("pat", "Pat Novak \u00b7 left"),
        ("me", "you"),
    ]
    assert words("list", "--role", "", cwd=ledger) == ["legal", "sales-rep"]
    assert words("list", "--process", "", cwd=ledger) == ["annual-review"]
    assert words("list", "--part-of", "g", cwd=ledger) == ["growth"]
    assert words("who", "l", cwd=ledger) == ["lena", "legal"]


def test_rules_are_offered_by_code_and_by_name(ledger: Path) -> None:
    assert words("explain", "", cwd=ledger) == [rule.code for rule in ALL_RULES]
    assert words("explain", "handoff-without-l", cwd=ledger) == ["handoff-without-list"]


def test_for_files_and_folders_the_shell_is_asked(ledger: Path) -> None:
    assert words("check", "pro", cwd=ledger) == [":files"]
    assert words("-C", "", cwd=ledger) == [":folders"]
    assert words("init", "", cwd=ledger) == [":folders"]


def test_the_ledger_is_the_one_that_the_command_would_read(ledger: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert words("show", "k", cwd=elsewhere) == []
    for named in (["-C", "../ledger"], ["--directory=../ledger"], ["-C", "~/ledger"]):
        env = {"HOME": str(tmp_path)}
        assert words(*named, "show", "k", cwd=elsewhere, env=env) == ["k3f9"], named
    assert words("show", "k", cwd=elsewhere, env={"NEXTSTEP_DIR": str(ledger)}) == ["k3f9"]
    git = offered("git", "-C", "x", "nextstep", "show", "k", cwd=ledger)
    assert [word for word, _ in git] == ["k3f9"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["zsh"],
        ["zsh", "git", "status", ""],
        ["bash", ""],
        ["zsh", "nextstep", "-C", "/nowhere", "show", ""],
        ["zsh", "nextstep", "nothing", ""],
        ["zsh", "nextstep", "show", "a", "b", "c", ""],
        ["zsh", "nextstep", "show", "a\udcff", ""],
    ],
)
def test_whatever_goes_wrong_nothing_is_said(arguments: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "--complete", *arguments], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_broken_file_hides_no_other(ledger: Path) -> None:
    (ledger / "commitments/broken-x7wd.yaml").write_bytes(b"what: @\xff\x00\nwho: [\n")
    (ledger / "nextstep.yaml").write_text("people: {ana: {nam: x}, @}\n")
    assert words("show", "k", cwd=ledger) == ["k3f9"]
    assert words("due", "--who", "", cwd=ledger) == []


def test_nothing_acts_on_a_terminal_or_in_a_shell(ledger: Path) -> None:
    """Names that a shell would act on are not offered; what else is said is made safe."""
    evil = "$(touch x) `touch y` \x1b]0;z\x07 \u202e ' \" ; \\ \u2028 a"
    folder = ledger / "commitments"
    for name in ("$(touch x)", "a b-aaaa", "`id`", "-rf", "a;b", "a'b", "*", "a\tb", "~root"):
        (folder / f"{name}.yaml").write_text(f"what: {evil}\nwho: {evil}\ndue: {evil}\n")
    (folder / "evil-ev1l.yaml").write_text(f'what: "{evil}"\nwho: {evil}\npart_of: "; touch z"\n')
    found = offered("nextstep", "show", "", cwd=ledger)
    known = {"k3f9", "7qhd", "8rdn", "annual", "growth"}
    assert {word for word, _ in found} == known | {"ev1l", "aaaa"}
    about = dict(found)["ev1l"]
    assert about.isprintable()
    assert "\u202e" not in about
    assert "\\u{1b}]0;z" in about


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nextstep ", ["nextstep", ""]),
        ("nextstep show k3", ["nextstep", "show", "k3"]),
        ("nextstep -C 'a b' show ", ["nextstep", "-C", "a b", "show", ""]),
        (r"nextstep -C a\ b ", ["nextstep", "-C", "a b", ""]),
        ('nextstep --text "x \\" y', ["nextstep", "--text", 'x " y']),
        ("nextstep 'a", ["nextstep", "a"]),
        ("nextstep ''", ["nextstep", ""]),
        ("nextstep --x=y:z", ["nextstep", "--x=y:z"]),
    ],
)
def test_a_line_of_bash_is_cut_where_bash_would_cut_it(line: str, expected: list[str]) -> None:
    assert split_line(line) == expected


def test_a_script_is_printed_for_each_shell(tmp_path: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "--complete" in run("--show-completion", shell, cwd=tmp_path).out
    wrong = run("--show-completion", "tcsh", cwd=tmp_path)
    assert (wrong.code, wrong.out) == (2, "")
    assert "bash, zsh or fish" in wrong.err


def bash(ledger: Path, line: str) -> list[str]:
    """What bash would offer at the end of a line, by the script as it is printed."""
    home = str(Path(sys.executable).parent)
    script = (
        'eval "$(nextstep --show-completion bash)"\n'
        'COMP_LINE=$1 COMP_POINT=${#1}\nread -ra COMP_WORDS <<< "$1."\n'
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\nCOMP_WORDS[COMP_CWORD]=${COMP_WORDS[COMP_CWORD]%.}\n"
        '_nextstep\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", script, "bash", line],
        cwd=ledger,
        env={"PATH": f"{home}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


def test_bash_offers_words_files_and_folders(ledger: Path) -> None:
    assert bash(ledger, "nextstep show k") == ["k3f9"]
    assert bash(ledger, "nextstep due --who ") == ["ana", "lena", "pat", "me"]
    (ledger / "a $(touch x) b").mkdir()
    (ledger / "a file").touch()
    assert sorted(bash(ledger, "nextstep check a")) == ["a $(touch x) b", "a file"]
    assert bash(ledger, "nextstep -C a") == ["a $(touch x) b"]
    assert not (ledger / "x").exists()


@pytest.mark.parametrize(
    ("words", "needless"),
    [
        (["nextstep", "show", "--"], {"typer", "msgspec", "yaml"}),
        (["nextstep", "show", ""], {"typer", "yaml", "rich", "git"}),
        (["nextstep", "due", "--who", ""], {"typer", "rich", "git"}),
    ],
)
def test_the_tab_key_waits_for_nothing_that_it_does_not_need(
    words: list[str], needless: set[str], ledger: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nextstep", "--complete", "zsh", *words],
        cwd=ledger,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.split("\n")}
    assert "nextstep" in loaded
    assert not loaded & needless
