"""The tab key in bash, zsh and fish as people use them, on a terminal.

Run with `nox -s outside`. zsh and fish come from Debian; a shell that is not installed is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversation import Conversation
from tests.repositories import write

pytestmark = pytest.mark.outside

EVIL = "$(touch pwned) `touch pwned` ; touch pwned \x1b]0;title\x07 %F{red} ' \" \\ \u202e end"
HERE = str(Path(sys.executable).parent)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    process = "title: Review\nowner: ana\nsteps:\n  - {id: collect, do: Ask}\n  - {id: compile, do: Put}\n"
    write(
        folder,
        {
            "nextstep.yaml": "people:\n  ana: {name: Ana Costa}\n  ben: {name: Ben}\n",
            "commitments/globex-report-k3f9.yaml": "what: Send Globex the report\ndue: 2026-11-20\n",
            "commitments/globex-list-k3aa.yaml": f"what: {EVIL}\nwho: {EVIL}\ndue: 2026-11-21\n",
            "commitments/$(touch pwned).yaml": f"what: {EVIL}\n",
            "commitments/umbrella-call-8rdn.yaml": "what: Call Oscar about 8:30\n",
            "processes/review.yaml": process,
            "a folder/x.txt": "",
        },
    )
    return folder


def begun(shell: str, ledger: Path) -> Conversation:
    """Start a shell with our completion and a plain prompt; wait until it is ready."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    rc = {
        "bash": ["--norc", "--noprofile", "-i"],
        "zsh": ["-f", "-i"],
        "fish": ["--no-config", "-i"],
    }
    env = {
        "PATH": f"{HERE}:{os.environ['PATH']}",
        "PS1": "@ ",
        "HOME": str(ledger),
        "COLUMNS": "90",
    }
    talk = Conversation(*rc[shell], cwd=ledger, env=env, program=[shell])
    ready = {
        "bash": 'bind "set enable-bracketed-paste off"; eval "$(nextstep --show-completion bash)"',
        "zsh": 'autoload -U compinit; compinit -D -u; eval "$(nextstep --show-completion zsh)"',
        "fish": "nextstep --show-completion fish | source",
    }
    talk.type(f"{ready[shell]}; echo rea''dy")
    talk.until("ready")
    return talk


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, ledger: Path) -> Iterator[tuple[str, Conversation]]:
    with begun(request.param, ledger) as talk:
        yield request.param, talk


def completed(shell: tuple[str, Conversation], line: str) -> str:
    """Type a line and the tab key, and have the shell print what stands there then."""
    _, talk = shell
    talk.type(f"{line}\t", enter=False)
    talk.type("\x01echo '[' \x05 ']' en''d")
    shown = talk.until("] end")
    return shown[shown.rindex("[ ") + 2 : -len(" ] end")].strip()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nextstep sho", "nextstep show"),
        ("nextstep show k3f", "nextstep show k3f9"),
        ("nextstep show glob", "nextstep show globex-"),
        ("nextstep show umb", "nextstep show umbrella-call-8rdn"),
        ("nextstep show review comp", "nextstep show review compile"),
        ("nextstep due --who an", "nextstep due --who ana"),
        ("nextstep due --form", "nextstep due --format"),
        ("nextstep due --format=mark", "nextstep due --format=markdown"),
        ("nextstep explain handoff-without-l", "nextstep explain handoff-without-list"),
        ("git-nextstep show k3f", "git-nextstep show k3f9"),
        ("nextstep check a", "nextstep check a folder"),
    ],
)
def test_the_tab_key_completes(
    shell: tuple[str, Conversation], line: str, expected: str, ledger: Path
) -> None:
    assert completed(shell, line).rstrip("/") == expected
    assert not (ledger / "pwned").exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"], indirect=True)
def test_what_a_word_means_is_shown_beside_it(shell: tuple[str, Conversation]) -> None:
    _, talk = shell
    talk.type("nextstep show k3\t", enter=False)
    shown = talk.until("Send Globex the report") + talk.until("touch pwned")
    assert "k3f9" in talk.seen
    assert "\x1b]0;title" not in shown
    assert "\u202e" not in shown


def test_no_title_is_ever_run(shell: tuple[str, Conversation], ledger: Path) -> None:
    _, talk = shell
    for keys in ("nextstep show \t\t", "k3\t\t\t\t", "\x15nextstep show $(\t\t"):
        talk.type(keys, enter=False)
    talk.type("\x15echo do''ne")
    talk.until("done")
    assert not (ledger / "pwned").exists()
    assert "\x1b]0;title" not in talk.seen


def test_where_there_is_no_ledger_the_line_stays_as_it_is(
    shell: tuple[str, Conversation], tmp_path: Path
) -> None:
    name, talk = shell
    talk.type(f"cd {tmp_path}; echo th''ere")
    talk.until("there")
    assert completed((name, talk), "nextstep show k3").rstrip() == "nextstep show k3"
    assert "no ledger" not in talk.seen


def test_git_completes_it_too_where_its_own_completion_is_loaded(ledger: Path) -> None:
    place = Path("/usr/share/bash-completion/completions/git")
    if not place.exists():
        pytest.skip("the completion of git for bash is not installed")
    with begun("bash", ledger) as talk:
        talk.type(f"source {place}; echo load''ed")
        talk.until("loaded")
        assert completed(("bash", talk), "git nextstep show k3f") == "git nextstep show k3f9"


def test_fish_lists_what_is_open_first_with_its_words(ledger: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    script = "nextstep --show-completion fish | source; complete -C 'nextstep show '"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        cwd=ledger,
        env={"PATH": f"{HERE}:{os.environ['PATH']}", "HOME": str(ledger)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "k3f9\tSend Globex the report \u00b7 2026-11-20"
    assert lines[-1] == "review\tprocess \u00b7 Review"
