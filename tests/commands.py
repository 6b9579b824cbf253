"""The program as people start it: a process with an environment, piped or on a terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import time
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryFile
from typing import IO

from msgspec import Struct

LEDGERS = Path(__file__).parent / "ledgers"
PROGRAM = [sys.executable, "-m", "nextstep"]

_TO_PYTHON = ("PYTHON", "LC_", "LANG")
_EXIT_LOST = 99
_MOST_FILES = 256
_ON_THE_WAY = (
    "dateutil.rrule",
    "git.cmd",
    "holidays",
    "icalendar",
    "ruamel.yaml",
    "typer._click.decorators",
)


class Ran(Struct, frozen=True):
    """How a command ended: its exit code, its answer and what it said beside it."""

    code: int
    out: str
    err: str


def run(
    *arguments: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    today: str = "2026-11-23",
) -> Ran:
    """Run the program with nothing but PATH and ``env`` in its environment, its output piped.

    It runs in a fork of the test, which has imported all of it once: to start Python for each of a
    thousand commands would take most of the time of all tests. Where the environment speaks to
    Python itself, Python is started.
    """
    environment = _environment(today, env)
    if speaks_to_python(environment):
        return _started(arguments, cwd, environment)
    return in_a_fork(arguments, cwd, environment)


def speaks_to_python(environment: Mapping[str, str]) -> bool:
    """Whether an environment holds what Python itself takes from it when it is started."""
    return any(name.startswith(_TO_PYTHON) for name in environment)


def run_each(
    lines: Sequence[Sequence[str]], *, cwd: Path, env: Mapping[str, str], today: str = "2026-11-23"
) -> list[Ran]:
    """Run commands one by one, each in a fork of one Python that was started with ``env``.

    So they may differ in what Python takes from its environment once: hash seed, locale, encoding.
    """
    environment = _environment(today, env)
    done = subprocess.run(
        [sys.executable, "-m", "tests.commands"],
        cwd=Path(__file__).parents[1],
        env=environment,
        input=json.dumps([[*map(list, lines)], str(cwd), environment]),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [Ran(*one) for one in json.loads(done.stdout)]


def _answer() -> None:
    """Be the Python that `run_each` started."""
    lines, cwd, environment = json.load(sys.stdin)
    ran = [in_a_fork(line, Path(cwd), environment) for line in lines]
    print(json.dumps([[one.code, one.out, one.err] for one in ran]))


def in_a_fork(arguments: Sequence[str], cwd: Path | None, environment: Mapping[str, str]) -> Ran:
    """Run the program in a fork with this environment and no other, its output piped."""
    with open(os.devnull, "rb") as nothing, TemporaryFile() as out, TemporaryFile() as err:
        pid = forked(arguments, cwd, environment, (nothing, out, err))
        _, status = os.waitpid(pid, 0)
        return Ran(os.waitstatus_to_exitcode(status), _whole(out), _whole(err))


def forked(
    arguments: Sequence[str],
    cwd: Path | None,
    environment: Mapping[str, str],
    streams: tuple[IO[bytes] | int, IO[bytes] | int, IO[bytes] | int],
    first: Callable[[], None] = lambda: None,
) -> int:
    """Return the process id of a fork that is the program, with these three streams.

    ``first`` is called in it before all.
    """
    warm()
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the test wait
        pid = os.fork()
    if pid == 0:
        numbers = [one if isinstance(one, int) else one.fileno() for one in streams]
        first()
        _be_the_program(arguments, cwd, environment, numbers)
    return pid


def _started(arguments: Sequence[str], cwd: Path | None, environment: Mapping[str, str]) -> Ran:
    done = subprocess.run(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@cache
def warm() -> None:
    """Import what the program imports, once for all forks, also what it imports only on its way.

    A module that cannot be imported is left to the command that needs it: it says so there.
    """
    from nextstep.cli import app

    with suppress(Exception):
        app.application()
    for name in _ON_THE_WAY:
        with suppress(Exception):
            import_module(name)
    for room in ("cli", "changes", "render", "reports", "rules", "files", "trail", "runs", "repo"):
        with suppress(Exception):
            package = import_module(f"nextstep.{room}")
            for found in walk_packages(package.__path__, f"{package.__name__}.", onerror=str):
                with suppress(Exception):
                    import_module(found.name)


def _be_the_program(
    arguments: Sequence[str],
    cwd: Path | None,
    environment: Mapping[str, str],
    streams: Sequence[int],
) -> None:
    """Become the program: never come back into the test."""
    code = _EXIT_LOST
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(len(streams), _MOST_FILES)
        sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
        sys.stderr = os.fdopen(2, "w", 1, errors="backslashreplace")
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        os.chdir(cwd or os.getcwd())
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        tempfile.tempdir = None  # asked again: TMPDIR may be another one
        sys.argv = ["nextstep", *arguments]
        import_module("nextstep.__main__").main()
        sys.stdout.flush()
        code = 0
    except BaseException:  # noqa: BLE001 - the fork must not go on as the test
        traceback.print_exc()
    finally:
        os._exit(code)


def _whole(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def run_on_terminal(
    *arguments: str, columns: int, env: Mapping[str, str] | None = None, today: str = "2026-11-23"
) -> Ran:
    """Run the program on a terminal so many columns wide; both streams come back as one."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    attributes = termios.tcgetattr(theirs)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    environment = _environment(today, {"TERM": "xterm", **(env or {})})
    pid = forked(arguments, None, environment, (theirs, theirs, theirs))
    os.close(theirs)
    pieces = []
    while piece := _read(ours):
        pieces.append(piece)
    os.close(ours)
    _, status = os.waitpid(pid, 0)
    return Ran(os.waitstatus_to_exitcode(status), b"".join(pieces).decode(), "")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def _environment(today: str, env: Mapping[str, str] | None) -> dict[str, str]:
    clean = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return {**clean, "NEXTSTEP_TODAY": today, **(env or {})}


if __name__ == "__main__":
    _answer()
