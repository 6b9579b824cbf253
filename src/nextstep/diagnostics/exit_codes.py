"""How the program ends, as the numbers that `docs/reference/exit-codes.md` explains."""

DONE = 0
FOUND = 1
CANNOT = 2
DECLINED = 3
CONFLICT = 4
UNREAD = 65
BUG = 70
NOT_COMMITTED = 73
BUSY = 75
HUNG_UP = 129
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143


def of_signal(number: int) -> int:
    """Return the exit code that tells of a signal, as shells have it."""
    return 128 + number
