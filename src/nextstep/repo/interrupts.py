"""Ctrl-C, an end that the system asks for, and a terminal that was closed: all of them one thing.

While something waits, they end it at once. While files are written they are kept until what was
begun is either done or taken back, which is a matter of moments; a git that runs meanwhile is told
of them, so that a hook which hangs does not hold anybody.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from nextstep.diagnostics.exit_codes import of_signal

_ENDING = (signal.SIGTERM, signal.SIGHUP)


class Interrupted(KeyboardInterrupt):
    """Somebody or something ended the command with a signal."""

    def __init__(self, signum: int) -> None:
        """Keep which one."""
        super().__init__()
        self.signum = signum

    @property
    def exit_code(self) -> int:
        """The exit code that tells of the signal."""
        return of_signal(self.signum)


class Held:
    """Signals that came while they were held back. ``signum`` is the first, None before it."""

    def __init__(self) -> None:
        """Begin without one."""
        self.signum: int | None = None
        self.tell: Callable[[int], None] | None = None

    def keep(self, signum: int, frame: FrameType | None) -> None:
        """Keep a signal, and pass it on to the git that runs."""
        del frame
        self.signum = self.signum or signum
        if self.tell is not None:
            self.tell(signum)


@contextmanager
def interruptible() -> Iterator[None]:
    """Have the end that the system asks for, or a closed terminal, raise Interrupted meanwhile."""

    def end(signum: int, frame: FrameType | None) -> None:
        del frame
        raise Interrupted(signum)

    with _handled(_ENDING, end):
        yield


@contextmanager
def held_back() -> Iterator[Held]:
    """Keep signals meanwhile. What to do about them is for the caller, when it can be done."""
    held = Held()
    with _handled((signal.SIGINT, *_ENDING), held.keep):
        yield held


@contextmanager
def _handled(
    signals: Sequence[signal.Signals], handler: Callable[[int, FrameType | None], None]
) -> Iterator[None]:
    """Have signals go to a handler. Those that are ignored (`nohup`) stay so."""
    before = {}
    if threading.current_thread() is threading.main_thread():
        for one in signals:
            if signal.getsignal(one) not in (signal.SIG_IGN, None):
                before[one] = signal.signal(one, handler)
    try:
        yield
    finally:
        for one, previous in before.items():
            signal.signal(one, previous)
