"""The program in a fork of the test: it starts at once, and the test says what its disk does."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from nextstep.cli import app
from nextstep.repo import steps
from tests.commands import Ran, warm

TODAY = "2026-11-23"


class Fork:
    """A program that runs in a process of its own, in the folder of a ledger."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        env: Mapping[str, str],
        first: Callable[[], object] = lambda: None,
    ) -> None:
        """Start it with this environment; ``first`` is called in the new process before all."""
        self._out = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end
        self._err = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end
        warm()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            self._run(folder, words, env, first)

    def end(self) -> Ran:
        """Wait for its end. The code is negative where a signal ended it."""
        _, status = os.waitpid(self.pid, 0)
        self._out.seek(0)
        self._err.seek(0)
        out, err = self._out.read().decode(), self._err.read().decode()
        self._out.close()
        self._err.close()
        return Ran(os.waitstatus_to_exitcode(status), out, err)

    def _run(
        self,
        folder: Path,
        words: tuple[str, ...],
        env: Mapping[str, str],
        first: Callable[[], object],
    ) -> None:
        code = 70
        try:
            os.dup2(self._out.fileno(), 1)
            os.dup2(self._err.fileno(), 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
            os.chdir(folder)
            os.environ.clear()
            os.environ.update({"NEXTSTEP_TODAY": TODAY, **env})
            sys.argv = ["nextstep", *words]
            first()
            code = app.run(words)
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:  # noqa: BLE001 - the fork must not go on as the test
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)


def run(
    folder: Path,
    *words: str,
    env: Mapping[str, str],
    first: Callable[[], object] = lambda: None,
) -> Ran:
    """Run the program to its end."""
    return Fork(folder, *words, env=env, first=first).end()


def killed_before(number: int) -> Callable[[], None]:
    """Return what has a program end itself before a step of the disk: 0 is the first of them."""
    steps_left = number

    def stop(step: str, what: str) -> None:
        nonlocal steps_left
        del step, what
        steps_left -= 1
        if steps_left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: listen(stop)


def listen(listener: Callable[[str, str], None]) -> None:
    """Have every step by which the disk changes announced to somebody, in this process."""
    steps.listener = listener
