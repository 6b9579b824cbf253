"""How fast nextstep starts, writes and reads, as ratios measured in turn on this machine.

    python bench/run.py              start, writing, and reading 1,000 and 10,000 files (minutes)
    python bench/run.py --large      also 100,000 files: time and peak memory
    python bench/run.py --history    the trail of 50,000 commits alone: time and peak memory
    python bench/run.py --runs 5     fewer rounds

Run it with the Python of the environment in which nextstep is installed. Absolute times mean nothing
on another machine, so every bar is a ratio: to `python -c pass` of the same environment, or to
`bean-check --no-cache` on as many records. In every round each command runs once, and the ratio is
taken inside the round. Exit code 1 when the median of a ratio is above its bar.
"""

from __future__ import annotations

import argparse
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from histories import COMMITS, write_history
from records import TODAY, write_all, write_ledger

PYTHON = "python -c pass"
BEANCOUNT = "bean-check --no-cache"
GIT_LOG = "git log --raw"
GIT_LOG_FILE = "git log --raw -- FILE"
GIT_COMMIT = "git commit --only of one file"
START_BAR = 10
TABLE_ROWS = 50
MEMORY_BAR_MB = 400


class Bar(NamedTuple):
    """A ratio that must not be above ``most``: how long one command takes against another.

    ``starts`` is how often `python -c pass` is added to the other one.
    """

    command: str
    against: str
    most: float
    stretch: float | None = None
    starts: int = 0


class Command(NamedTuple):
    """A command to measure; ``seen`` runs it on a terminal.

    A file that is to be ``changed`` gets one more line each time, before the clock starts.
    """

    words: Sequence[str]
    folder: Path
    seen: bool = False
    changed: Path | None = None


class Machine:
    """Runs commands in a plain environment and measures them."""

    def __init__(self, home: Path) -> None:
        self.program = _beside_python("nextstep")
        self.environment = _environment(home)

    def nextstep(self, folder: Path, *words: str, seen: bool = False) -> Command:
        """Return the command `nextstep WORDS` in a ledger's folder, on the records' day."""
        today = ["--today", str(TODAY)] if words[0] in {"due", "check", "list"} else []
        return Command([self.program, *words, *today], folder, seen)

    def seconds(self, command: Command) -> float:
        """Return how long the command takes; an unexpected exit code ends everything."""
        if command.changed is not None:
            with command.changed.open("a", encoding="utf-8") as file:
                file.write("one more line\n")
        return _on_terminal(command, self.environment) if command.seen else self._quiet(command)

    def _quiet(self, command: Command) -> float:
        began = time.perf_counter()
        done = subprocess.run(
            command.words,
            cwd=command.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        elapsed = time.perf_counter() - began
        if done.returncode != 0:
            _give_up(command.words, done.returncode, done.stderr)
        return elapsed

    def peak_megabytes(self, command: Command) -> float:
        """Return the most memory that the command, or a process it waited for, held at once."""
        child = subprocess.Popen(
            command.words, cwd=command.folder, env=self.environment, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            _give_up(command.words, child.returncode, b"")
        unit = 1 if sys.platform == "darwin" else 1024
        return usage.ru_maxrss * unit / 1_000_000


def main() -> int:
    """Measure, print, and say by the exit code whether every bar holds."""
    wishes = _wishes()
    with tempfile.TemporaryDirectory(prefix="nextstep-bench-") as name:
        folder = Path(name)
        machine = Machine(folder)
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, medians (least to most)")
        if wishes.history:
            return 0 if _history(machine, folder, max(3, wishes.runs // 3)) else 1
        held = [
            _start(machine, folder, wishes.runs),
            _writing(machine, folder, wishes.runs),
            _thousand(machine, folder, wishes.runs),
            _ten_thousand(machine, folder, max(3, wishes.runs // 3)),
        ]
        if wishes.large:
            held.append(_hundred_thousand(machine, folder))
    return 0 if all(held) else 1


def _start(machine: Machine, folder: Path, runs: int) -> bool:
    one, table = folder / "one", folder / "table"
    write_ledger(one, 1)
    write_ledger(table, TABLE_ROWS)
    commands = {
        PYTHON: Command([sys.executable, "-c", "pass"], one),
        "--version": machine.nextstep(one, "--version"),
        "--help": machine.nextstep(one, "--help"),
        "due, one file": machine.nextstep(one, "due"),
        "table of 50 rows on a terminal": machine.nextstep(
            table, "list", "--state", "all", seen=True
        ),
    }
    bars = [
        Bar("--version", PYTHON, 7, 2),
        Bar("--help", PYTHON, 8),
        Bar("due, one file", PYTHON, 10),
        Bar("table of 50 rows on a terminal", PYTHON, 15),
    ]
    return _report("Start", machine, commands, bars, runs)


def _writing(machine: Machine, folder: Path, runs: int) -> bool:
    """Recording in a ledger of one file and of 1,000, against the same commit by git alone."""
    held = True
    for count in (1, 1_000):
        place = folder / f"writing{count}"
        write_ledger(place, count)
        noted = next(place.glob("commitments/**/*.yaml")).stem
        by_hand = place / "by-hand.txt"
        by_hand.write_text("", "utf-8")
        for words in (["add", by_hand.name], ["commit", "-q", "-m", "by hand"]):
            subprocess.run(["git", *words], cwd=place, env=machine.environment, check=True)
        plain = ["git", "commit", "-q", "--only", "-m", "by hand", "--", by_hand.name]
        commands = {
            PYTHON: Command([sys.executable, "-c", "pass"], place),
            GIT_COMMIT: Command(plain, place, changed=by_hand),
            "note": machine.nextstep(place, "note", noted, "Called, and nobody was there"),
        }
        title = f"Writing, {count:,} file{'s' if count > 1 else ''}"
        bars = [Bar("note", GIT_COMMIT, 2, starts=START_BAR)] if count == 1 else []
        held = _report(title, machine, commands, bars, runs) and held
    return held


def _thousand(machine: Machine, folder: Path, runs: int) -> bool:
    place = folder / "1000"
    write_all(place, 1_000)
    commands = {
        PYTHON: Command([sys.executable, "-c", "pass"], place),
        "due": machine.nextstep(place / "ledger", "due"),
        "check": machine.nextstep(place / "ledger", "check"),
    } | _peers(place)
    bars = [Bar("due", PYTHON, 25), Bar("check", PYTHON, 25)]
    return _report("Reading 1,000 files, no cache", machine, commands, bars, runs)


def _ten_thousand(machine: Machine, folder: Path, runs: int) -> bool:
    place = folder / "10000"
    write_all(place, 10_000)
    peers = _peers(place)
    commands = {
        PYTHON: Command([sys.executable, "-c", "pass"], place),
        "due": machine.nextstep(place / "ledger", "due"),
        "check": machine.nextstep(place / "ledger", "check"),
    } | peers
    bars = []
    if BEANCOUNT in peers:
        bars = [Bar("due", BEANCOUNT, 3, 1), Bar("check", BEANCOUNT, 3, 1)]
    else:
        print("\nbean-check is not here, so its bars are not measured: pip install beancount")
    held = _report("Reading 10,000 files, no cache", machine, commands, bars, runs)
    for name in ("due", "check"):
        print(f"  {name:32} peak {machine.peak_megabytes(commands[name]):.0f} MB")
    return held


def _hundred_thousand(machine: Machine, folder: Path) -> bool:
    print("\nReading 100,000 files, no cache")
    place = folder / "100000"
    write_ledger(place, 100_000)
    held = True
    for name in ("due", "check"):
        command = machine.nextstep(place, name)
        seconds, peak = machine.seconds(command), machine.peak_megabytes(command)
        good = peak <= MEMORY_BAR_MB
        held = held and good
        word = "holds" if good else "MISSED"
        print(f"  {name:32} {seconds:.1f} s, peak {peak:.0f} MB, bar {MEMORY_BAR_MB} MB: {word}")
    return held


def _history(machine: Machine, folder: Path, runs: int) -> bool:
    """The trail of everything, and of the one file with the most versions, without a cache."""
    place = folder / "history"
    often = write_history(place)
    log = ["git", "log", "--raw", "-z", "--no-renames"]
    commands = {
        PYTHON: Command([sys.executable, "-c", "pass"], place),
        GIT_LOG: Command(log, place),
        GIT_LOG_FILE: Command([*log, "--", often], place),
        "trail": machine.nextstep(place, "trail", "--format", "tsv"),
        "trail of one": machine.nextstep(place, "trail", Path(often).stem, "--format", "tsv"),
    }
    bars = [
        Bar("trail", GIT_LOG, 4, 2.5),
        Bar("trail of one", GIT_LOG_FILE, 3, starts=START_BAR),
    ]
    held = _report(f"History, {COMMITS:,} commits, no cache", machine, commands, bars, runs)
    peak = machine.peak_megabytes(commands["trail"])
    good = peak <= MEMORY_BAR_MB
    print(f"  trail: peak {peak:.0f} MB, bar {MEMORY_BAR_MB} MB: {'holds' if good else 'MISSED'}")
    return held and good


def _peers(place: Path) -> dict[str, Command]:
    """Return the commands of those peers that are installed, on as many records."""
    found = {}
    if beancount := _found("bean-check"):
        words = [beancount, "--no-cache", "peers.beancount"]
        found[BEANCOUNT] = Command(words, place)
    if hledger := _found("hledger"):
        found["hledger check"] = Command([hledger, "-f", "peers.journal", "check"], place)
    if task := _found("task"):
        (place / "taskrc").write_text(f"data.location={place / 'tasks'}\n", "utf-8")
        (place / "tasks").mkdir()
        options = ["rc:taskrc", "rc.verbose=nothing", "rc.confirmation=no"]
        subprocess.run([task, *options, "import", "peers.json"], cwd=place, check=True)
        found["task overdue"] = Command([task, *options, "+OVERDUE", "list"], place)
    return found


def _report(
    title: str, machine: Machine, commands: Mapping[str, Command], bars: Sequence[Bar], runs: int
) -> bool:
    """Run all commands in turn, print each one's time, then each bar; return whether all hold."""
    times = _in_turn(commands, machine.seconds, runs)
    print(f"\n{title}, {runs} rounds")
    for name, spent in times.items():
        ratio = _spread([a / b for a, b in zip(spent, times[PYTHON], strict=True)])
        print(f"  {name:32} {statistics.median(spent) * 1000:7.1f} ms  {ratio} x {PYTHON}")
    held = True
    for bar in bars:
        rounds = zip(times[bar.command], times[bar.against], times[PYTHON], strict=True)
        ratios = [(mine - bar.starts * start) / theirs for mine, theirs, start in rounds]
        good = statistics.median(ratios) <= bar.most
        held = held and good
        stretch = f", stretch {bar.stretch:g}" if bar.stretch else ""
        starts = f" + {bar.starts} x {PYTHON}" if bar.starts else ""
        word = "holds" if good else "MISSED"
        print(
            f"  {bar.command} <= {bar.most:g} x {bar.against}{starts}{stretch}: "
            f"{_spread(ratios)}, {word}"
        )
    return held


def _in_turn(
    commands: Mapping[str, Command], seconds: Callable[[Command], float], runs: int
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        seconds(command)  # warms the page cache and the byte code
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command))
    return times


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def _on_terminal(command: Command, environment: Mapping[str, str]) -> float:
    """Run a command whose output is a terminal, and read it to the end."""
    ours, theirs = pty.openpty()
    began = time.perf_counter()
    child = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env={**environment, "TERM": "xterm-256color", "COLUMNS": "100"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while part := _read(ours):
        said += part
    code = child.wait()
    elapsed = time.perf_counter() - began
    os.close(ours)
    if code != 0:
        _give_up(command.words, code, said)
    if said.count(b"\n") < TABLE_ROWS:
        _give_up(command.words, code, b"fewer lines than rows:\n" + said)
    return elapsed


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed; macOS gives an empty answer
        return b""


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Dev\n\temail = dev@example.org\n[safe]\n\tdirectory = *\n", "utf-8"
    )
    return kept | {"HOME": str(home)}


def _beside_python(name: str) -> str:
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        sys.exit(f"{path} is not there: install nextstep in the environment of this Python")
    return str(path)


def _found(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def _give_up(words: Sequence[str], code: int, said: bytes) -> None:
    sys.exit(f"{' '.join(words)} ended with {code}:\n{said.decode(errors='replace')}")


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how fast nextstep starts and reads.")
    parser.add_argument("--runs", type=int, default=15, help="rounds (a third for 10,000 files)")
    parser.add_argument("--large", action="store_true", help="also 100,000 files")
    parser.add_argument("--history", action="store_true", help="the trail of 50,000 commits alone")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
