"""Every report, in every format, about a ledger and a history that try to act on their reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from nextstep.cli.app import COMMANDS, application
from nextstep.reports.export import TABLES
from tests.commands import run, run_on_terminal
from tests.faults.every_output import acting_in
from tests.faults.hostile_ledger import TEXTS, hostile_history
from tests.faults.what_acts import acting

ASKED: dict[str, list[tuple[str, ...]]] = {
    "due": [("--who", "all", "--all")],
    "checklist": [("run-3", "write"), ("run-6", "--for-customer"), ("process-6",)],
    "show": [("run-9",), ("closed-3",), ("run-9", "write"), ("process-3",), (TEXTS[6],)],
    "list": [("--state", "all"), ("--processes",)],
    "trail": [(), ("open-1",)],
    "slips": [
        (
            "--since",
            "2026-01-01",
        )
    ],
    "who": [(), (TEXTS[14],)],
    "check": [("--against", "HEAD~1")],
    "review": [("HEAD~1..HEAD",)],
    "digest": [("--for", "all"), ("--process", "process-6"), ("--learned",)],
    "audit": [("--anchor", "1234567")],
    "export": [(table,) for table in TABLES],
    "doctor": [()],
}
"""What every command that has formats is asked: the first in each, the others in its strictest."""

OTHERS = [
    ("calendar --who all --closed", "ical"),
    ("calendar --who all --as todos --closed", "ical"),
    ("ask open-3 --by @team --dry-run", "text"),
    ("move open-3 2026-12-01 --why x --by dev --dry-run", "text"),
    ("show open-1 --as-of HEAD", "text"),
    ("explain NS401", "text"),
]
"""Commands that have one format only, and a few more."""

SAYS_NOTHING = {"explain"}
"""Commands that have formats, and that say nothing of a ledger."""

_STRICT = ("html", "markdown", "csv")
_WORDS = re.compile(r"alert|evil|stop-commands|command|VALARM|1\+1|bold|bomb")
_POST = ("--from", "cron@acme.example", "--to", "ana@acme.example")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PROGRESS = re.compile(r"(?:\rreading history: [0-9,]+(?: of [0-9,]+)? commits *)+\r *\r")
"""What a slow machine shows for a while, and takes away again."""


def _formats() -> dict[str, tuple[str, ...]]:
    """Return the formats of every command that has some, as its help names them."""
    whole: Any = typer.main.get_command(application())
    found = {}
    for name, command in whole.commands.items():
        for said in (one.help for one in command.params if "--format" in one.opts):
            named = said.partition(";")[0].replace(" or ", " ")
            found[name] = tuple(re.findall(r"\w+", named))
    return found


FORMATS = _formats()
CASES = [
    (name, words, form)
    for name, asked in ASKED.items()
    for number, words in enumerate(asked)
    for form in FORMATS[name]
    if number == 0 or form == next((one for one in _STRICT if one in FORMATS[name]), "")
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_history(tmp_path_factory.mktemp("hostile") / "acme").path


def test_every_command_with_formats_is_asked() -> None:
    assert set(ASKED) == set(FORMATS) - SAYS_NOTHING
    assert {line.split()[0] for line, _ in OTHERS} <= set(COMMANDS)
    assert sum(map(len, FORMATS.values())) >= 45


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("text", "x\n  ::error::y\n"),
        ("text", "see ##[command]y\n"),
        ("text", "\x1b[31mx\n"),
        ("text", "a\u202eb\n"),
        ("github", "::set-output name=x::y\n"),
        ("tsv", "a\tb\nc\n"),
        ("csv", "a,b\r\nc,=1+1\r\n"),
        ("csv", "a,b\r\nc\r\n"),
        ("jsonl", '{"a": 1}\n{"b": 1}\n'),
        ("markdown", "- <img src=x>\n"),
        ("markdown", "<!-- x\n"),
        ("markdown", "[x](https://x.example)\n"),
        ("markdown", "| a |\n|---|\n| b |\n"),
        ("markdown", "for @team\n"),
        ("markdown", "x\n\n/close\n"),
        ("markdown", "fixes &#35;123\n"),
        ("markdown", "```sh\nx\n```\n"),
        ("markdown", "```mermaid\nclick n0 href\n```\n"),
        ("html", "<style></style><main></main><img src=x>"),
        ("html", '<style></style><main></main><a href="https://x.example">x</a>'),
        ("html", "<style></style><main></main></main>"),
        ("codeowners", "/processes/x.yaml @team\n"),
    ],
)
def test_what_acts_is_found(form: str, shown: str) -> None:
    assert acting(form, shown)


@pytest.mark.parametrize(
    ("name", "words", "form"), CASES, ids=lambda part: ascii(part) if part else "-"
)
def test_nothing_acts_in_a_report(
    name: str, words: tuple[str, ...], form: str, hostile: Path
) -> None:
    """As a job of a forge would print it."""
    more = _POST if form == "mail" else ()
    ran = run(name, *words, *more, "--format", form, cwd=hostile, env={"GITHUB_ACTIONS": "true"})
    assert ran.code in {0, 1, 65}, ran.err
    assert acting(form, ran.out) == []
    assert acting("text", ran.err) == []
    assert _WORDS.search(ran.out) or name == "doctor" or form == "ids"


@pytest.mark.parametrize(("line", "form"), OTHERS)
def test_nothing_acts_in_what_else_is_printed(line: str, form: str, hostile: Path) -> None:
    ran = run(*line.split(), cwd=hostile, env={"GITHUB_ACTIONS": "true"})
    assert ran.code in {0, 1, 2, 65}, ran.err
    assert acting(form, ran.out) == []
    assert acting("text", ran.err) == []


@pytest.mark.parametrize("line", ["digest --for all", "trail", "review HEAD~1..HEAD", "audit"])
def test_a_terminal_is_only_told_to_use_colours(line: str, hostile: Path) -> None:
    ran = run_on_terminal("-C", str(hostile), *line.split(), columns=80)
    assert ran.code in {0, 65}
    assert acting_in("text", _COLOUR.sub("", _PROGRESS.sub("", ran.out))) == set()
    assert _WORDS.search(ran.out)


def test_each_person_has_a_mail_of_their_own_with_one_receiver(
    hostile: Path, tmp_path: Path
) -> None:
    """A hostile address is told of, and reaches no header; the others have their mail."""
    words = ("digest", "--each", "--format", "mail", "--from", "cron@acme.example")
    ran = run(*words, "--output", str(tmp_path / "box"), cwd=hostile)
    assert (ran.code, ran.out) == (2, "")
    assert acting("text", ran.err) == []
    assert ran.err.count("is not an address") >= 5
    (mail,) = (tmp_path / "box").iterdir()
    assert mail.name == "dev.eml"
    assert acting("mail", mail.read_text("utf-8")) == []
