"""How long something takes and how much memory: in a fork, so that no other test has a part in it."""

from __future__ import annotations

import gc
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable

from msgspec import Struct

_TRIES = 3
_UNIT = 1 if sys.platform == "darwin" else 1024


class Cost(Struct, frozen=True):
    """The seconds of one core, and the bytes of memory beyond those that were there before."""

    seconds: float
    memory: int


def cost_of(work: Callable[[], object], *, enough: float = 0.0) -> Cost:
    """Return the least that a piece of work costs in three tries; the last is below ``enough``.

    Each try is a fork that collects no garbage among what the test holds. A core that others use as
    well can make one try slow, and hardly all of them.
    """
    least = _tried(work)
    for _ in range(_TRIES - 1):
        if least.seconds < enough:
            break
        again = _tried(work)
        least = Cost(min(least.seconds, again.seconds), min(least.memory, again.memory))
    return least


def _tried(work: Callable[[], object]) -> Cost:
    ours, theirs = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _measure(work, theirs)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        words = answer.read().split()
    _, status = os.waitpid(pid, 0)
    assert status == 0, "the work that is measured failed: see what it wrote"
    return Cost(float(words[0]), int(words[1]))


def _measure(work: Callable[[], object], answer: int) -> None:
    """Do the work and write what it cost: never come back into the test."""
    code = 1
    try:
        gc.freeze()
        before = _memory()
        start = time.process_time()
        work()
        took = time.process_time() - start
        os.write(answer, f"{took} {_memory() - before}".encode())
        code = 0
    except BaseException:  # noqa: BLE001 - the fork must not go on as the test
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
