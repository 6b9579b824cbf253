"""A git that is running, and what it leaves: the one place that starts a process for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from typing import IO

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError

_WIDE = 1 << 20


class Answer(Struct, frozen=True):
    """What a git that has ended left: its exit status, its output and its words."""

    status: int
    out: bytes
    err: str


class Child:
    """A git that is running. Nobody waits for it before `finish`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def finish(self, timeout: float, given: bytes | None = None) -> Answer:
        """Wait for the end, at most ``timeout`` seconds; ``given`` is what git reads.

        Raises NextstepError when git takes longer; it is ended then.
        """
        try:
            out, err = self._process.communicate(given, timeout=timeout)
        except subprocess.TimeoutExpired:
            self.end()
            raise NextstepError(
                f"git did not answer within {timeout:g} seconds",
                "look at what `.git/config` includes, and at the disk that holds the repository",
            ) from None
        return Answer(self._process.returncode, out, _words(err))

    def ended(self, timeout: float, given: bytes, said: int) -> Answer:
        """Wait until git itself ends, whatever it has started; it speaks to the file ``said``.

        A hook may leave a program behind that keeps the output open for as long as it likes.
        Raises NextstepError when git takes longer than ``timeout`` seconds; it is ended then.
        """
        try:
            with suppress(BrokenPipeError), self._process.stdin or nullcontext() as stream:
                if stream is not None:
                    stream.write(given)
            _wait_without_looking(self._process, timeout)
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.end()
            raise NextstepError(
                f"git did not answer within {timeout:g} seconds", "see what its hooks wait for"
            ) from None
        with open(said, "rb", closefd=False) as file:
            file.seek(0)
            return Answer(status, b"", _words(file.read()))

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield the output as it comes, at most ``size`` bytes at once."""
        out = self._process.stdout
        _widen(out)
        while out is not None and (chunk := out.read(size)):
            yield chunk

    def pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Return what git reads from us and what it writes to us."""
        to_git, from_git = self._process.stdin, self._process.stdout
        if to_git is None or from_git is None:
            raise ValueError("this git was not started to be talked to")
        _widen(from_git)
        return to_git, open(from_git.fileno(), "rb", _WIDE, closefd=False)

    def ended_early(self) -> Answer:
        """Return what was left by a git that ended while we talked to it, its output aside."""
        err = self._process.stderr
        words = _words(err.read()) if err is not None else ""
        return Answer(self._process.wait(), b"", words)

    def first_bytes(self, count: int, timeout: float) -> bytes:
        """Return the first bytes of the output and end git, however much more there would be."""
        from threading import Timer

        watch = Timer(timeout, self._process.kill)
        watch.start()
        try:
            out = self._process.stdout
            return out.read(count) if out is not None else b""
        finally:
            watch.cancel()
            self.end()

    def tell(self, signum: int) -> None:
        """Send git a signal, if it still runs."""
        self._process.send_signal(signum)

    def end(self) -> None:
        """End git if it still runs. Its children, if it has any, may keep its output open."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()


def begin(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    reads: bool = False,
    said: int = subprocess.PIPE,
) -> Child:
    """Start a git; ``reads``: it gets input from us. ``said`` is the file that takes all it says.

    Without one we read it. Raises OSError when the program cannot be run.
    """
    return Child(
        subprocess.Popen(  # noqa: S603 - a list without a shell; the program is an absolute path
            command,
            env=environment,
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
    )


def _widen(pipe: IO[bytes] | None) -> None:
    """Let git write more before it waits for us, where the system can: both work on meanwhile."""
    if pipe is None or sys.platform != "linux":
        return
    from fcntl import F_SETPIPE_SZ, fcntl

    with suppress(OSError):  # there is a limit to what all pipes of a user hold
        fcntl(pipe, F_SETPIPE_SZ, _WIDE)


def _wait_without_looking(process: subprocess.Popen[bytes], timeout: float) -> None:
    """Wait for the end of a process where the system tells it.

    Python looks again and again, up to 50 ms apart: as long as the commit itself takes.
    """
    if not hasattr(os, "pidfd_open"):
        return
    try:
        descriptor = os.pidfd_open(process.pid)
    except OSError:  # an old kernel, or one that does not allow it
        return
    import select

    try:
        select.select([descriptor], [], [], timeout)
    finally:
        os.close(descriptor)


def _words(err: bytes) -> str:
    return err.decode("utf-8", "backslashreplace").strip()
