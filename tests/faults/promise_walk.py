"""The walk through all that is due: how somebody answers about each thing, at which terminal."""

from __future__ import annotations

import os
import pty
import re
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

from msgspec.structs import replace

from tests.faults.promise_model import Promise, Things
from tests.faults.promise_rows import Act

Do: TypeAlias = Callable[[Things, Act], Things | None]

SKIPPED = ""
MANY, A_MOMENT = 1000, timedelta(milliseconds=20)
OPEN_WAYS = (
    "done, kept",
    SKIPPED,
    "done, not yet",
    "done, and next",
    "done, help needed",
    "done, partly",
    "done, missed",
    "done, dropped",
)
DONE_WAYS = ("done, missed", SKIPPED, "done, dropped", "done, kept", "done, and next")
"""What is done already is neither not yet done, nor in need of help."""


def due_of(things: Things, act: Act) -> list[str]:
    """Return what somebody has that is due by today, or done and not looked back on."""
    today = act.at.date().isoformat()

    def is_due(now: Promise) -> bool:
        if now.stage == "open":
            return not now.giver and "" < now.due <= today
        return now.stage == "done"

    return [name for name in things if things[name].now.who == act.by and is_due(things[name].now)]


def answers(things: Things, act: Act) -> dict[str, str]:
    """Return the row of the answer about each thing that is due; each place begins with another."""
    found = {}
    for number, name in enumerate(due_of(things, act), act.place):
        now = things[name].now
        ways = OPEN_WAYS if now.stage == "open" else DONE_WAYS
        row = ways[number % len(ways)]
        same_day = row == "done, not yet" and now.due == act.day
        found[name] = SKIPPED if same_day else row
    return found


def walked(things: Things, act: Act, do: Do) -> Things:
    """Return the ledger after a walk; the same where nothing is due, or all of it is skipped.

    Each answer is a command of its own, a moment later than the one before.
    """
    after, rows = things, answers(things, act)
    for number, name in enumerate(act.order):
        command = act.command * MANY + number
        at = act.at + number * A_MOMENT
        one = replace(act, row=rows[name], name=name, at=at, command=command)
        done = do(after, one) if rows[name] else after
        assert done is not None, one
        after = done
    return after


def asked_for(things: Things, act: Act) -> Things | None:
    """Return the same ledger where nothing is due; None where somebody has to be asked."""
    return None if due_of(things, act) else things


def in_order(things: Things, ids: Mapping[str, str], act: Act) -> list[str]:
    """Return what is due in the order in which it is asked about: by its date, then by its id."""
    today = act.at.date().isoformat()
    return sorted(due_of(things, act), key=lambda name: (things[name].now.due or today, ids[name]))


def typed(now: Promise, row: str, act: Act) -> list[str]:
    """Return the lines that answer what is asked about one thing."""
    further = "" if now.repeat else "nothing, because that was all"
    lines = {
        SKIPPED: ["s"],
        "done, kept": ["k", "Came", further],
        "done, and next": ["k", "Came", f"Compare the logs @{act.person}"],
        "done, partly": ["p", "Came", further],
        "done, missed": ["m", "Came", further],
        "done, not yet": ["n", act.day, "later"],
        "done, help needed": ["h", "The log is gone", "raj"],
        "done, dropped": ["d", "Another way was found"],
    }
    return lines[row]


class Terminal:
    """A terminal at which all is typed beforehand, and then the end of the input."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Type the lines; who is asked for more finds that nobody is there any more."""
        self._ours, self._theirs = pty.openpty()
        attributes = termios.tcgetattr(self._theirs)
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(self._theirs, termios.TCSANOW, attributes)
        os.write(self._ours, "".join(f"{line}\n" for line in lines).encode() + b"\x04")

    def sit_down(self) -> None:
        """Be the input and the errors of this process."""
        os.dup2(self._theirs, 0)
        os.dup2(self._theirs, 2)
        self._before = sys.stdin, sys.stderr  # they would close both where nothing holds them
        sys.stdin, sys.stderr = os.fdopen(0), os.fdopen(2, "w")

    def leave(self) -> str:
        """Close it; return what was shown."""
        os.close(self._theirs)
        pieces = []
        while piece := self._read():
            pieces.append(piece)
        os.close(self._ours)
        return b"".join(pieces).decode().replace("\r\n", "\n")

    def _read(self) -> bytes:
        try:
            return os.read(self._ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            return b""


def see_asked(shown: str, ids: Sequence[str], recorded: int) -> None:
    """See that these were asked about, one after the other, and that it is counted what came."""
    asked = re.findall(r"^(\d+) of (\d+)  (\S+)$", shown, re.MULTILINE)
    assert len(asked) == len(ids), (shown, ids)
    for number, (found, id_) in enumerate(zip(asked, ids, strict=True), 1):
        place, count, handle = found
        assert (place, count) == (str(number), str(len(ids))), shown
        assert id_.startswith(handle) or id_.endswith(handle), (shown, ids)
    if ids:
        assert f": {recorded} recorded" in shown.splitlines()[-1], shown
