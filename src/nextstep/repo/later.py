"""Something that is worked out beside what its asker waits for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

ResultT = TypeVar("ResultT")


class Later(Generic[ResultT]):
    """A result that another thread works out; worth it while this one mostly waits for git."""

    def __init__(self, work: Callable[[], ResultT]) -> None:
        """Begin with it."""
        self._work = work
        self._found: list[ResultT] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> ResultT:
        """Wait for the result. Raises what the work raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._found[0]

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
            self._error = error
