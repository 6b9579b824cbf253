"""The contents of versions, each read once and kept only as long as somebody will ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from nextstep.repo.history_changes import kind_of
from nextstep.repo.history_contents import contents
from nextstep.repo.history_view import View
from nextstep.repo.paths import LARGEST_FILE

ELSEWHERE, MISSING = "elsewhere", "missing"
_NOT_HERE = frozenset({ELSEWHERE, MISSING})


class Supply:
    """Hands out contents in the order in which they were announced.

    Only what is asked for again later is kept, so that no more is in memory than about what the
    ledger holds at one time.
    """

    def __init__(
        self,
        view: View,
        announced: Iterable[bytes | None],
    ) -> None:
        """Announce what will be taken, as often as it will be."""
        held = view.held
        self._left = Counter([one for one in announced if one is not None and _is_file(one)])
        self._missing = set() if held is None else {one for one in self._left if one not in held}
        wanted = [entry for entry in self._left if entry not in self._missing]
        self._coming = contents(view, wanted)
        self._kept: dict[bytes, bytes | None] = {}
        self._unread: dict[bytes, str] = {}

    def take(self, entry: bytes | None) -> bytes | None:
        """Return a content; None for what is no file to read. Once for each announcement."""
        left = 0 if entry is None else self._left[entry]
        if entry is None or not left or entry in self._missing:
            return None
        kept = self._kept
        while entry not in kept:
            content = next(self._coming)
            data = content.data
            if data is None or len(data) > LARGEST_FILE:
                self._unread[content.id] = MISSING if data is None else "large"
                data = None
            kept[content.id] = data
        self._left[entry] = left - 1
        return kept[entry] if left > 1 else kept.pop(entry)

    def is_here(self, entries: Iterable[bytes | None]) -> bool:
        """Return whether all contents that were taken are in this clone."""
        if not self._missing and not self._unread:
            return True
        return not any(self.why_not(entry) in _NOT_HERE for entry in entries)

    def why_not(self, entry: bytes | None) -> str | None:
        """Return why an entry that was taken is not read; None where it is.

        That is `link`, `submodule`, `large`, `elsewhere` (on a remote) or `missing` (lost).
        """
        if entry is None:
            return None
        if entry in self._missing:
            return ELSEWHERE
        return self._unread.get(entry) or kind_of(entry)

    def close(self) -> None:
        """End the reading."""
        self._coming.close()


def _is_file(entry: bytes) -> bool:
    return b" " not in entry
