"""The program as people start it: a process with an environment, piped or on a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

LEDGERS = Path(__file__).parent / "ledgers"
PROGRAM = [sys.executable, "-m", "nextstep"]


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
    """Run the program with nothing but PATH and ``env`` in its environment, its output piped."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env=_environment(today, env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_on_terminal(
    *arguments: str, columns: int, env: Mapping[str, str] | None = None, today: str = "2026-11-23"
) -> Ran:
    """Run the program on a terminal so many columns wide; both streams come back as one."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    attributes = termios.tcgetattr(theirs)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        env=_environment(today, {"TERM": "xterm", **(env or {})}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    pieces = []
    while piece := _read(ours):
        pieces.append(piece)
    os.close(ours)
    return Ran(process.wait(), b"".join(pieces).decode(), "")


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
