"""The lines of a log that were told: which are news, which come again, which have other words."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from nextstep.model.events import Event, head_of
from nextstep.trail.contents import Delta

NEW, KNOWN, BACK = "new", "known", "relogged"


_SIGNED = frozenset({"accepted", "approved", "confirmed"})


class Told:
    """The lines of one record's log that were told: the same line may come by several branches.

    A line that was written anew is still the same one.
    """

    __slots__ = ("_gone", "_root", "_there")

    def __init__(self) -> None:
        """Nothing was told."""
        self._there: set[object] = set()
        self._gone: set[object] = set()
        self._root: dict[int, object] = {}

    def line(self, event: Event) -> str:
        """Return whether a line that is there is new, was told before, or was taken out since."""
        root = self.root(event)
        if root in self._there:
            return KNOWN
        self._there.add(root)
        if root not in self._gone:
            return NEW
        self._gone.remove(root)
        return BACK

    def taken_out(self, event: Event) -> bool:
        """Return whether it is news that this line is gone; keep that it is."""
        root = self.root(event)
        if root in self._gone:
            return False
        self._gone.add(root)
        self._there.discard(root)
        return True

    def rewritten(self, was: Event, now: Event) -> None:
        """Keep that a line was told to say something else from now on."""
        self._root[_name(now)] = self.root(was)

    def root(self, event: Event) -> object:
        """Return what is the same for all wordings that a line was told to have."""
        name = _name(event)
        return self._root.get(name, name)


def _name(event: Event) -> int:
    return hash((event.at, event.by, event.event, event.step, tuple(event.values.items())))


def apart(
    delta: Delta, told: Told, dropped: Container[str]
) -> tuple[list[tuple[Event, Event]], Delta]:
    """Return the lines that were written anew, and what else came and went.

    A line is another one's wording if it has its moment and person, or was told to be, or says the
    same of another moment. The last is no reason where a merge ``dropped`` it: what was taken out
    and what was written on that side may have nothing to do with each other.
    """
    if not (delta.added and delta.removed):
        return [], delta
    old, new = delta.removed, delta.added
    pairs: list[tuple[Event, Event]] = []
    for mark in (head_of, told.root, what_it_says):
        if mark is what_it_says:
            old, new = (
                tuple(one for one in some if one.canonical not in dropped) for some in (old, new)
            )
        pairs += _paired(old, new, mark)
        old, new = _left(old, pairs, 0), _left(new, pairs, 1)
    return pairs, Delta(
        delta.before, delta.after, _left(delta.added, pairs, 1), _left(delta.removed, pairs, 0)
    )


def _paired(
    old: Iterable[Event], new: Iterable[Event], mark: Callable[[Event], object]
) -> Iterator[tuple[Event, Event]]:
    """Yield lines that are alike, each once."""
    alike: dict[object, list[Event]] = {}
    for event in sorted(new, key=lambda one: one.at, reverse=True):
        alike.setdefault(mark(event), []).append(event)
    alike.pop(None, None)
    for event in sorted(old, key=lambda one: one.at):
        others = alike.get(mark(event))
        if others:
            yield event, others.pop()


def _left(
    events: Iterable[Event], pairs: Iterable[tuple[Event, Event]], side: int
) -> tuple[Event, ...]:
    taken = {id(two[side]) for two in pairs}
    return tuple(one for one in events if id(one) not in taken)


def what_it_says(event: Event) -> object:
    """Return what a line says beside its moment; of a moved date not the reason either.

    None where that tells nothing: a line without words is like any other of its kind, and who
    signs at another moment has signed again.
    """
    values = event.values
    if not values or event.event in _SIGNED:
        return None
    said: object = (values.get("from"), values.get("to"))
    if event.event != "moved":
        said = tuple(sorted(values.items()))
    return event.by, event.event, event.step, said
