"""What to type for a record: the shortest words that no other record answers to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nextstep.diagnostics.errors import NextstepError

if TYPE_CHECKING:
    from nextstep.files.ledger import Ledger
    from nextstep.model.commitment import Commitment, Run

_RANDOM_SIZE = 4
_SHORTEST_PREFIX = 4
_SHOWN_CANDIDATES = 5


class Names:
    """Names of a ledger, each found by less than all of it."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names of commitments, runs, processes and plans."""
        self._names = sorted(set(names))
        self._endings = Counter(_ending(name) for name in self._names)

    def shortest(self, name: str) -> str:
        """Return the four characters of a name, else a prefix of whole words, else the name."""
        ending = _ending(name)
        if ending and self._endings[ending] == 1 and len(self._starting_with(ending)) == 0:
            return ending
        for size in range(_SHORTEST_PREFIX, len(name)):
            prefix = name[:size]
            at_word = name[size] == "-" and not self._endings[prefix]
            if at_word and self._starting_with(prefix) == [name]:
                return prefix
        return name

    def find(self, typed: str) -> str:
        """Return the name that is meant; raise NextstepError for none and for several."""
        found = self.matching(typed)
        if len(found) == 1:
            return found[0]
        if found:
            raise NextstepError(
                f"`{typed}` may be {len(found)} things", f"type more of it: {_several(found)}"
            )
        from nextstep.diagnostics.nearness import did_you_mean

        hint = did_you_mean(typed, self._names) or "`nextstep list` shows what there is"
        raise NextstepError(f"there is no `{typed}` in this ledger", hint)

    def matching(self, typed: str) -> list[str]:
        """Return the names that a text may mean: the name itself, else by ending or beginning."""
        at = bisect_left(self._names, typed)
        if at < len(self._names) and self._names[at] == typed:
            return [typed]
        if not typed:
            return []
        by_ending = [name for name in self._names if _ending(name) == typed]
        return by_ending or self._starting_with(typed)

    def _starting_with(self, prefix: str) -> list[str]:
        first = bisect_left(self._names, prefix)
        last = bisect_left(self._names, prefix + "\U0010ffff")
        return self._names[first:last]


class Handles(Names):
    """The names of a ledger: commitments, runs, processes and plans.

    Files that could not be read keep their names, so that no other record is taken for them.
    """

    def __init__(self, ledger: Ledger, *, of_processes: bool = False) -> None:
        """Collect the names, or those of processes alone; nothing is read again later."""
        self._ledger = ledger
        self._unread: dict[str, str] = {}
        if of_processes:
            names = [*ledger.processes]
        else:
            plans = (record.part_of for record in _members(ledger) if record.part_of)
            records = [*ledger.commitments, *ledger.runs, *ledger.processes]
            names = [*records, *map(plan_of, plans)]
        if ledger.faulty:
            from nextstep.reports.unread import unread_names

            self._unread = unread_names(ledger, of_processes=of_processes)
        super().__init__([*names, *self._unread, *ledger.beside])

    def find(self, typed: str) -> str:
        """Return the name that is meant, as any names do; one that could not be read is said."""
        name = super().find(typed)
        if name in self._unread:
            from nextstep.reports.unread import refuse_unread

            refuse_unread(self._ledger, self._unread[name])
        return name


def plan_of(part_of: str) -> str:
    """Return the plan or process that a `part_of` names, without the step."""
    return part_of.partition(".")[0]


def _members(ledger: Ledger) -> Iterator[Commitment | Run]:
    yield from ledger.commitments.values()
    yield from ledger.runs.values()


def _ending(name: str) -> str:
    """Return the four characters after the last dash, or nothing."""
    return name[-_RANDOM_SIZE:] if name[-_RANDOM_SIZE - 1 : -_RANDOM_SIZE] == "-" else ""


def _several(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN_CANDIDATES])
    return shown if len(names) <= _SHOWN_CANDIDATES else f"{shown} ..."
