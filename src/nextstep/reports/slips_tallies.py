"""Moved dates counted up: by process, by step and by reason, and never by person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from nextstep.files.ledger import Ledger
from nextstep.reports.handles import plan_of
from nextstep.reports.slips_entries import MovedDate, Slip


class Tally(Struct, frozen=True, kw_only=True):
    """Moves that have something in common. ``step`` is one of a process, without its part.

    ``why`` is a reason as it was first written; None where none was given. ``dates`` is how many
    dates were moved; ``days`` how far in all, as far as that can be counted in days.
    """

    process: str | None = None
    step: str | None = None
    why: str | None = None
    moves: int
    late: int
    dates: int
    days: int


class Tallies(Struct, frozen=True, kw_only=True):
    """All moves together, then by what they have in common, the most moves first.

    By process ``process`` is None for what belongs to none. ``by_step`` are steps of processes.
    """

    all: Tally
    by_process: tuple[Tally, ...]
    by_step: tuple[Tally, ...]
    by_reason: tuple[Tally, ...]


def tallies_of(slips: Iterable[Slip], ledger: Ledger) -> Tallies:
    """Count up the moves in the days asked for."""
    moves = [(slip, move) for slip in slips for move in slip.inside]

    def grouped(key: Callable[[Slip, MovedDate], tuple[str, ...] | None]) -> Iterator[_Group]:
        groups: dict[tuple[str, ...], _Group] = {}
        for slip, move in moves:
            name = key(slip, move)
            if name is not None:
                groups.setdefault(name, _Group(name, [])).moves.append((slip, move))
        yield from sorted(groups.values(), key=lambda group: (-len(group.moves), group.name))

    return Tallies(
        all=_tally(moves),
        by_process=tuple(
            _tally(group.moves, process=group.name[0] or None)
            for group in grouped(lambda slip, _: (_process(slip, ledger),))
        ),
        by_step=tuple(
            _tally(group.moves, process=group.name[0] or None, step=group.name[1])
            for group in grouped(lambda slip, _: _step(slip, ledger))
        ),
        by_reason=tuple(
            _tally(group.moves, why=group.moves[0][1].why)
            for group in grouped(lambda _, move: (" ".join((move.why or "").casefold().split()),))
        ),
    )


class _Group(Struct):
    name: tuple[str, ...]
    moves: list[tuple[Slip, MovedDate]]


def _tally(
    moves: Iterable[tuple[Slip, MovedDate]],
    *,
    process: str | None = None,
    step: str | None = None,
    why: str | None = None,
) -> Tally:
    moves = list(moves)
    return Tally(
        process=process,
        step=step,
        why=why,
        moves=len(moves),
        late=sum(move.late is True for _, move in moves),
        dates=len({(slip.id, slip.step) for slip, _ in moves}),
        days=sum(move.days or 0 for _, move in moves),
    )


def _process(slip: Slip, ledger: Ledger) -> str:
    """Return the process that a date belongs to, or nothing."""
    if slip.process:
        return slip.process
    plan = plan_of(slip.part_of) if slip.part_of else ""
    return plan if plan in ledger.processes else ""


def _step(slip: Slip, ledger: Ledger) -> tuple[str, ...] | None:
    if slip.step is None:
        return None
    return (_process(slip, ledger), slip.step.partition("/")[0])
