"""Whatever the files of a ledger hold, no command prints anything that acts on its reader."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nextstep.files.ledger import Ledger
from nextstep.render.cells import cells
from nextstep.render.terminal import Screen
from tests.commands import PROGRAM, Ran, run, run_each, run_on_terminal
from tests.faults.every_output import acting_in, ledger_of, outputs
from tests.repositories import write

NASTY = (
    "\x00\x07\x08\x1b\x7f\x85\x9b\t\n\r\u00ad\u034f\u061c\u115f\u200b\u200d\u200e\u202e\u2028\u2029"
    "\u2066\u2069\u3164\ufe0f\ufeff\ufff9\U000e0061\ud800\ue000🔬👩"
)
TEXT = st.text(st.one_of(st.characters(codec=None), st.sampled_from(NASTY)), min_size=1)

SETTINGS = """\
timezone: UTC
people:
  {0}: {{name: {0}, emails: [{0}], team: {0}, partner: {0}}}
  dev: {{name: Dev}}
roles:
  desk: {{result: {0}, standard: {0}, controls: [{0}], people: [dev, {0}]}}
"""
COMMITMENT = """\
what: {0}
who: {0}
with: [{0}, dev]
outcome: {0}
due: 2026-11-20
source: {0}
part_of: {0}
after: [{0}]
log:
  - {{at: 2026-11-10T09:00Z, by: {0}, event: agreed, how: {0}}}
  - {{at: 2026-11-11T09:00Z, by: {0}, event: moved, from: 2026-11-18, to: 2026-11-20, why: {0}}}
  - {{at: 2026-11-12T09:00Z, by: {0}, event: blocked, why: {0}, on: {0}}}
  - {{at: 2026-11-13T09:00Z, by: {0}, event: offered, to: {0}, watch_for: {0}}}
  - {{at: 2026-11-14T09:00Z, by: {0}, event: {0}, text: {0}}}
"""
RUN = """\
title: {0}
process: {0}
for: {0}
owner: {0}
requested_by: {0}
provides: {0}
promise: {{text: {0}, due: 2026-11-20}}
started: 2026-11-09
inputs: {{account: {0}, {0}: x}}
people: {{writer: {0}}}
steps:
  - id: write
    do: {0}
    who: {0}
    done_when: {0}
    items: [{0}]
    due: 2026-11-16
    rule: 5bd after start
    handoff: {{to: {0}, must_include: [{{item: {0}, critical: true}}, {0}]}}
  - {{id: {0}, approve: {0}, who: [{0}], need: all, after: [write], rule: none, due: none}}
log:
  - {{at: 2026-11-10T09:00Z, by: {0}, event: offered, step: write, to: {0}}}
  - {{at: 2026-11-11T09:00Z, by: {0}, event: returned, step: write, missing: [{0}], why: {0}}}
  - {{at: 2026-11-12T09:00Z, by: {0}, event: noted, text: {0}, step: {0}}}
"""
PROCESS = """\
title: {0}
owner: {0}
deputy: {0}
customer: {{who: {0}, kind: external}}
provides: {0}
expects: [{0}]
benefit: {0}
roles: [{0}]
steps:
  - {{id: write, do: {0}, who: {0}, due: 1bd after {0}, done_when: {0}, how: {0}}}
  - {{id: read, do: {0}, who: {0}, due: {0}, when: {0}, done_when: {0}}}
roadblocks:
  - {{what: {0}, try: {0}}}
"""


def escaped(text: str) -> str:
    """Return a text between double quotes, every character as an escape."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


def raw(text: str) -> str:
    """Return a text between single quotes, every character as it is."""
    return "'" + text.replace("'", "''") + "'"


def hostile_ledger(value: str, name: str = "offer") -> Ledger:
    """Return a ledger that says this value wherever a file can say something."""
    return ledger_of(
        {
            "nextstep.yaml": SETTINGS.format(value),
            f"commitments/{name}.yaml": COMMITMENT.format(value),
            f"commitments/{name}-run.yaml": RUN.format(value),
            f"processes/{name}-process.yaml": PROCESS.format(value),
        }
    )


@settings(max_examples=int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "150")) // 10)
@given(TEXT, st.booleans())
@example("\x1b[2J\x1b]52;c;aGk=\x07", True)
@example("\u202egnp.exe\u2066", False)
@example("a\ud800b", False)
@example("👩\u200d🔬 ❤\ufe0f", False)
def test_no_text_of_a_file_acts_in_any_output(text: str, as_escapes: bool) -> None:  # noqa: FBT001
    ledger = hostile_ledger(escaped(text) if as_escapes else raw(text))
    for name, shown in outputs(ledger).items():
        assert acting_in(name, shown) == set(), name
        if name.endswith("json"):
            json.loads(shown)


@settings(max_examples=int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "100")) // 10)
@given(st.text(st.characters(codec=None, exclude_characters="/\0"), min_size=1, max_size=40))
def test_no_name_of_a_file_acts_in_any_output(name: str) -> None:
    for kind, shown in outputs(hostile_ledger("x", name)).items():
        assert acting_in(kind, shown) == set(), kind


VISIBLE = st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"]), min_size=1)


@settings(max_examples=int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "12")))
@given(VISIBLE)
def test_who_reads_the_json_gets_the_very_text(text: str) -> None:
    ledger = ledger_of({"commitments/a.yaml": f"what: {escaped(text)}\nsource: x\n"})
    told = outputs(ledger)
    for name in ("due json", "list json"):
        report = json.loads(told[name])
        if not ledger.faulty:
            assert [item["what"] for item in report["items"]] == [text]
        assert len(report["items"]) + len(report["unread"]) == 1


@pytest.mark.parametrize("columns", [1, 24, 60, 80, 120, 10_000])
@pytest.mark.parametrize("text", ["y" * 480, "日本" * 200, "a\u0301" * 200, "👩\u200d🔬" * 100])
def test_no_row_is_wider_than_the_screen(columns: int, text: str) -> None:
    said = f"what: {text}\nwho: dev\noutcome: {text}\ndue: 2026-11-20\npart_of: a-plan\nsource: {text}\n"
    steps = (
        f"title: {text}\nowner: dev\nsteps: [{{id: a, do: {text}, who: dev, done_when: {text}}}]\n"
    )
    screen = Screen(width=columns)
    ledger = ledger_of({"commitments/a.yaml": said, "commitments/b.yaml": steps})
    shown = outputs(ledger, screen=screen)
    for name in ("due text", "list text", "processes text", "commitment 0 text", "run 0 text"):
        assert max(cells(line) for line in shown[name].split("\n")) <= screen.columns, name


def test_text_without_unicode_signs_of_our_own_stays_ascii() -> None:
    for name, shown in outputs(hostile_ledger("x"), screen=Screen(unicode=False)).items():
        if name.endswith("text"):
            assert shown.isascii(), name


HOSTILE = {
    "clears the screen": "\x1b[2J",
    "writes the clipboard": "\x1b]52;c;aGk=\x07",
    "makes a link": "\x1b]8;;http://x.example\x1b\\x",
    "names the window": "\x1b]0;x\x07",
    "one byte of control": "\x9b31m",
    "overwrites the line": "good\rbad",
    "erases": "bad\x08\x08\x08",
    "rings": "\x07",
    "ends the text": "a\x00b",
    "deletes": "a\x7fb",
    "turns the direction": "\u202egpj.exe\u202c",
    "isolates": "\u2066a\u2069",
    "has no width": "a\u200bb",
    "tags": "a\U000e0041\U000e0042",
    "separates lines": "a\u2028::error::b\u2029c",
    "breaks the line": "a\n::error::b",
}
MARKUP = {
    "a colour": "[red]x[/red]",
    "an end of nothing": "[/foo]",
    "a link": "[link=http://x.example]y[/link]",
    "an emoji by name": ":bomb:",
    "a command": "::error::x",
    "a command after a space": "see ::error::x",
    "a stop": "::stop-commands::x",
    "a command of old": "##[command]x",
    "an encoded line": "%0A::error::x",
    "a picture": "<img src=x onerror=alert(1)>",
    "a script": "](javascript:alert(1))",
    "a table": "| a | b |",
    "a fence": "```",
    "a comment": "<!-- x",
    "an issue": "#123",
    "a mention": "@team",
    "a mention in HTML": "&#64;team",
    "a mention after a backslash": "\\@team",
    "a formula": "=1+1",
    "a percent": "100 %s %(x)s {x} {0} $x",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with all of these texts as titles: escaped, raw and as names of files."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder, {"nextstep.yaml": "timezone: UTC\npeople:\n  dev: {}\n"})
    for number, text in enumerate([*HOSTILE.values(), *MARKUP.values()]):
        body = "what: {0}\noutcome: {0}\nwho: dev\npart_of: {0}\ndue: 2026-11-20\n"
        place = folder / "commitments" / f"c{number}"
        write(
            place, {"escaped.yaml": body.format(escaped(text)), "raw.yaml": body.format(raw(text))}
        )
        name = text.replace("/", "").replace("\0", "")
        write(place, {f"{name}.yaml": body.format(f"named-{number}")})
    return folder


COMMANDS = [
    *(("due", "--all", "--format", form) for form in ("text", "tsv", "json", "markdown")),
    *(("list", "--format", form) for form in ("text", "tsv", "json", "markdown", "ids")),
    *(("list", "--kind", "plan", "--format", form) for form in ("text", "tsv")),
    *(
        ("check", "--format", form)
        for form in ("text", "concise", "json", "github", "gitlab", "sarif")
    ),
    *(("who", "--format", form) for form in ("text", "tsv", "json", "markdown")),
    *(("who", "dev", "--format", form) for form in ("text", "json", "markdown")),
    *(("show", "::error::x", "--format", form) for form in ("text", "json", "markdown")),
    ("show", "\x1b[2J"),
    ("doctor",),
    ("doctor", "--format", "json"),
    ("show", "nothing-\x1b[2J\u202e"),
    ("who", "nobody-\x1b[2J\u202e"),
    ("explain", "NS\x1b[2J\u202e"),
    ("due", "--who", "\x1b[2J\u202e"),
    ("due", "--today", "\x1b[2J\u202e"),
    ("due", "--as-of", "\x1b[2J\u202e"),
    ("list", "--state", "\x1b[2J\u202e"),
    ("check", "\x1b[2J\u202e"),
    ("\x1b[2J\u202e",),
    ("due", "--\x1b[2J\u202e"),
]


@pytest.fixture(scope="module")
def printed(hostile: Path) -> Mapping[tuple[str, ...], Ran]:
    """What each command says of the hostile ledger to a stream that takes every character."""
    ran = run_each(COMMANDS, cwd=hostile, env={"PYTHONUTF8": "1"})
    return dict(zip(COMMANDS, ran, strict=True))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: ascii(" ".join(words)))
def test_nothing_acts_that_a_process_prints(
    command: tuple[str, ...], printed: Mapping[tuple[str, ...], Ran]
) -> None:
    ended = printed[command]
    assert ended.code in {0, 1, 2, 65}
    assert acting_in(command[-1], ended.out) == set()
    assert acting_in(command[-1], ended.err) == set()
    assert "Traceback" not in ended.err
    for line in f"{ended.out}\n{ended.err}".split("\n"):
        begins = re.match(r"\s*::(?!(?:error|warning) file=commitments/)\w", line)
        assert begins is None, line
        if command[-1] != "json":
            assert "##[" not in line
    if command[-1] == "json" and command[0] != "explain":
        json.loads(ended.out)


@pytest.mark.parametrize("name", MARKUP)
def test_what_looks_like_markup_is_shown_as_it_is(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": f"what: {raw(MARKUP[name])}\n"})
    out = run_on_terminal("-C", str(tmp_path), "due", columns=80).out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out).replace("\\u{3a}", ":").replace("\\u{23}", "#")
    assert MARKUP[name] in plain


def test_a_row_of_a_program_is_one_line_with_the_same_columns(hostile: Path) -> None:
    for command in (("due", "--all"), ("list",), ("who",)):
        lines = run(*command, "--header", cwd=hostile).out.split("\n")[:-1]
        assert len({line.count("\t") for line in lines}) == 1
        assert len(lines) > 1


def shell(command: str, ledger: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line in a shell, with the program as `$NS`."""
    given = {"PATH": os.environ["PATH"], "NS": f"{' '.join(PROGRAM)} -C {ledger}"}
    return subprocess.run(
        ["bash", "-c", command],
        env={**given, "NEXTSTEP_TODAY": "2026-11-23", "GIT_CONFIG_GLOBAL": os.devnull, **env},
        capture_output=True,
        check=False,
    )


EVERY = ["due", "list", "check", "show cafe", "who", "doctor", "explain", "--help", "--version"]


@pytest.fixture(scope="module")
def cafe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cafe")
    write(folder, {"nextstep.yaml": "timezone: UTC\npeople:\n  zoë: {name: Zoë 日本}\n"})
    write(folder, {"commitments/cafe.yaml": "what: Meet at the Café 日本 👩\u200d🔬\nwho: zoë\n"})
    return folder


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", EVERY)
def test_a_full_disk_is_said_in_one_line(command: str, cafe: Path) -> None:
    ended = shell(f"$NS {command} > /dev/full", cafe)
    assert ended.returncode == 2
    assert b"could not be written" in ended.stderr
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("command", EVERY)
def test_a_closed_stream_is_said(command: str, cafe: Path) -> None:
    ended = shell(f"$NS {command} >&-", cafe)
    assert ended.returncode == 2
    assert b"closed" in ended.stderr
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("command", EVERY)
def test_every_stream_closed_is_no_traceback(command: str, cafe: Path) -> None:
    assert shell(f"$NS {command} <&- >&- 2>&-", cafe).returncode == 2


@pytest.mark.parametrize("command", EVERY)
def test_a_reader_who_has_left_is_no_error(command: str, cafe: Path) -> None:
    ended = shell(f"$NS {command} | true; exit ${{PIPESTATUS[0]}}", cafe)
    assert ended.returncode in {0, 141}
    assert ended.stderr == b""


PLAIN_SETTINGS = [
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "cp1252:strict"},
]


@pytest.mark.parametrize("env", PLAIN_SETTINGS, ids=str)
@pytest.mark.parametrize("command", [*EVERY, "show nö", "due --format json", "list --text Café"])
def test_what_a_stream_cannot_say_is_escaped(command: str, env: dict[str, str], cafe: Path) -> None:
    ended = shell(f"$NS {command}", cafe, **env)
    assert ended.returncode == (2 if command == "show nö" else 0)
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("command", [["due"], ["list"], ["check"], ["show", "cafe"], ["who"]])
def test_a_dumb_or_tiny_terminal_gets_plain_text(command: list[str], cafe: Path) -> None:
    dumb = run_on_terminal("-C", str(cafe), *command, columns=80, env={"TERM": "dumb"})
    bare = run_on_terminal("-C", str(cafe), *command, columns=80, env={"NO_COLOR": "1"})
    tiny = run_on_terminal("-C", str(cafe), *command, columns=1, env={"NO_COLOR": "1"})
    assert dumb.out == bare.out
    assert "\x1b" not in f"{dumb.out}{tiny.out}"
    assert {dumb.code, tiny.code} == {0}
    for columns in ("1", "0", "-5", "x", "9" * 30):
        piped = run("-C", str(cafe), *command, env={"COLUMNS": columns})
        assert (piped.code, piped.err) == (0, "")
