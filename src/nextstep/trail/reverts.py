"""Which changes of a field take back what lines said that leave the log with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from nextstep.model.events import UNDONE, Event
from nextstep.trail.claims import as_text, claims_of, plain, value_of
from nextstep.trail.comparing import Difference, text_of
from nextstep.trail.contents import Delta


class _Turn(Struct, frozen=True, gc=False):
    """A line that says that a field, one of ``was`` before, was one of ``became`` from then on."""

    line: str
    was: tuple[str | None, ...]
    became: tuple[str | None, ...]


def reverted(delta: Delta, left: Iterable[Difference], zone: str) -> Mapping[str, tuple[str, ...]]:
    """Return by field the lines that left the log while it became again what it was before them.

    That is what ``git revert`` makes of a commit that moved a date. The lines are given by their
    canonical texts. A line that does not say what was there before takes nothing back.
    """
    before, after = delta.before, delta.after
    if not delta.removed or before is None or after is None:
        return {}
    turns: dict[str, list[_Turn]] = {}
    for event in sorted(delta.removed, key=lambda one: one.at):
        for field, turn in _turns(event, delta, zone):
            turns.setdefault(field, []).append(turn)
    found = {}
    for field in (one.field for one in left):
        old, new = value_of(before, field, zone), value_of(after, field, zone)
        lines = _lines(turns.get(field, ()), old, new)
        if lines:
            found[field] = lines
    return found


def _lines(turns: Iterable[_Turn], old: str | None, new: str | None) -> tuple[str, ...]:
    """Return the last of some lines of one field, by which it went from ``new`` to ``old``."""
    last_first = [*turns][::-1]
    if not last_first or old not in last_first[0].became:
        return ()
    for place, turn in enumerate(last_first):
        if new in turn.was:
            return tuple(one.line for one in reversed(last_first[: place + 1]))
    return ()


def _turns(event: Event, delta: Delta, zone: str) -> Iterator[tuple[str, _Turn]]:
    """Yield the fields that a line says have changed, with what they were and became."""
    for claim in claims_of(event, Delta(delta.after, delta.before, (), ())):
        was = claim.to if event.event == UNDONE else _before(event, delta)  # it goes either way
        if claim.to is not None and was is not None:
            before, after = (
                tuple(plain(claim.field, one, zone) for one in some) for some in (was, claim.to)
            )
            yield claim.field, _Turn(event.canonical, before, after)


def _before(event: Event, delta: Delta) -> tuple[str | None, ...] | None:
    """Return what a line says that its field may have been before; None where it does not say it.

    Who gave a commitment away is with it from then on.
    """
    if "from" in event.values or event.event == "changed":
        return (as_text(event.values.get("from")),)
    if event.event != "accepted" or delta.before is None:
        return None
    others = delta.before.said.get("with")
    return others if isinstance(others, tuple) else (text_of(others),)
