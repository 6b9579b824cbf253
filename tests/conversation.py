"""A command that asks, and somebody who answers: both ends of a terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.commands import PROGRAM, forked, speaks_to_python

_PATIENCE = 60.0
_PRESSED_AGAIN = 3.0
_CTRL_C = "\x03"


class Conversation:
    """A program on a terminal of its own. What it shows is kept in ``seen``."""

    def __init__(
        self,
        *words: str,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        piped: bool = False,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        """Start it; with ``piped`` its standard output is no terminal and comes with ``end``."""
        self._ours, theirs = pty.openpty()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(cwd),
            "TERM": "xterm",
            "NO_COLOR": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "NEXTSTEP_TODAY": "2026-11-23",
            **(env or {}),
        }
        self._process: subprocess.Popen[bytes] | Program
        if program == PROGRAM and not speaks_to_python(environment):
            self._process = Program(words, cwd, environment, theirs, piped=piped)
        else:
            self._process = subprocess.Popen(
                [*program, *words],
                cwd=cwd,
                env=environment,
                stdin=theirs,
                stdout=subprocess.PIPE if piped else theirs,
                stderr=theirs,
                start_new_session=True,
                preexec_fn=lambda: _own(theirs),  # noqa: PLW1509 - no thread of ours runs here
            )
        os.close(theirs)
        self.seen = ""
        self._read = 0
        self._control = ""

    def __enter__(self) -> Self:
        """Return the conversation."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave no process and no stream behind."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        os.close(self._ours)

    def until(self, words: str) -> str:
        """Wait for words that were not waited for yet; return what was shown up to them."""
        end = time.monotonic() + _PATIENCE
        while words not in self.seen[self._read :]:
            if not self._listen(end - time.monotonic()):
                shown = self.seen[self._read :]
                message = f"{words!r} was not shown, but {shown!r}"
                raise AssertionError(message)
        place = self.seen.index(words, self._read) + len(words)
        shown, self._read = self.seen[self._read : place], place
        return shown

    def type(self, text: str, *, enter: bool = True) -> None:
        """Type a text; control characters do what they do on a terminal.

        Ctrl-C comes a moment after the prompt: before it, the line editor may not listen yet.
        """
        self._control = text if text == _CTRL_C else ""
        if self._control:
            time.sleep(0.2)
        self.send(text.encode() + (b"\r" if enter else b""))

    def send(self, data: bytes) -> None:
        """Type bytes as they are."""
        os.write(self._ours, data)

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and its prompt, and answer it."""
        self.until(question)
        self.until("> ")
        self.type(text)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.type(_CTRL_C, enter=False)

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal from outside."""
        self._process.send_signal(number)

    def hang_up(self) -> int:
        """Close the terminal, as somebody closes a window; return the exit code."""
        os.close(self._ours)
        return self._process.wait(_PATIENCE)

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and what went to a piped output.

        Who pressed Ctrl-C and sees nothing happen presses it again.
        """
        again = time.monotonic() + _PRESSED_AGAIN
        while self._control and self._process.poll() is None:
            self._listen(0.1)
            if time.monotonic() > again:
                self.send(self._control.encode())
                break
        piped = self._process.stdout.read().decode() if self._process.stdout else ""
        until = time.monotonic() + _PATIENCE
        while self._listen(until - time.monotonic()):
            pass
        return self._process.wait(_PATIENCE), piped

    def _listen(self, patience: float) -> bool:
        """Take in what is shown next; False at the end or when nothing came."""
        ready, _, _ = select.select([self._ours], [], [], max(patience, 0))
        if not ready:
            return False
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            return False
        self.seen += piece.decode(errors="replace").replace("\r\n", "\n")
        return bool(piece)


class Program:
    """The program in a fork of the test, and what a `Popen` offers of it that is needed here."""

    def __init__(
        self,
        words: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        terminal: int,
        *,
        piped: bool = False,
    ) -> None:
        out, into = os.pipe() if piped else (-1, terminal)
        self.pid = forked(
            words, cwd, environment, (terminal, into, terminal), lambda: _lead(terminal)
        )
        self._code: int | None = None
        self.stdout = open(out, "rb") if piped else None  # noqa: SIM115 - closed at the end
        if piped:
            os.close(into)

    def poll(self) -> int | None:
        """Return the exit code, negative where a signal ended it; None while it runs."""
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def wait(self, timeout: float = _PATIENCE) -> int:
        """Wait for its end, at most so many seconds; return the exit code."""
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            assert time.monotonic() < end, "it does not end"
            time.sleep(0.002)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def _lead(terminal: int) -> None:
    """Begin a session of its own on a terminal."""
    os.setsid()
    _own(terminal)


def _own(terminal: int) -> None:
    """Make a terminal that of the new session, so that Ctrl-C reaches it."""
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.default_int_handler)
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
