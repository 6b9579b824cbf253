"""Several lines that came to a terminal at once: pasted, not typed one after the other."""

from __future__ import annotations

import os
import select
import sys

_MOMENT = 0.05
"""How long what is pasted may pause, in seconds; nobody answers the next question so quickly."""
_AT_ONCE = 65536


def waiting_lines() -> list[str]:
    """Return the lines that wait on the terminal already, the last also where it is not ended."""
    try:
        import termios

        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError, AttributeError, termios.error):
        return []
    at_once = [*before[:3], before[3] & ~(termios.ICANON | termios.ECHO), *before[4:]]
    pieces = []
    termios.tcsetattr(descriptor, termios.TCSANOW, at_once)
    try:
        while select.select([descriptor], [], [], _MOMENT)[0]:
            piece = os.read(descriptor, _AT_ONCE)
            if not piece:
                break
            pieces.append(piece)
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
    return b"".join(pieces).decode(errors="replace").splitlines()
