"""How far a plan is: what is kept, open, late, or ended otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from nextstep.model.commitment import Commitment, Run
from nextstep.reports.row_making import RowMaker
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing
from nextstep.runs.plans import plans


class PlanView(Struct, frozen=True, kw_only=True):
    """A plan: ``late`` is open and overdue, ``open`` is the rest of what is open.

    ``not_kept`` was closed as partly kept, missed or dropped.
    """

    kind: str = "plan"
    handle: str
    id: str
    late: tuple[Row, ...]
    open: tuple[Row, ...]
    kept: tuple[Row, ...]
    not_kept: tuple[Row, ...]


def plan_view(standing: Standing, name: str) -> PlanView:
    """Return how far a plan is."""
    maker = RowMaker(standing)
    late, live, kept, not_kept = members(maker, name)
    return PlanView(
        handle=maker.handles.shortest(name),
        id=name,
        late=late,
        open=live,
        kept=kept,
        not_kept=not_kept,
    )


def members(
    maker: RowMaker, name: str
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of what is part of something: late, open, kept, ended otherwise."""
    standing = maker.standing
    records: tuple[Commitment | Run, ...] = (
        *standing.ledger.commitments.values(),
        *standing.ledger.runs.values(),
    )
    parts = [
        (record.id, name)
        for record in records
        if record.part_of is not None and name in (record.part_of, _head(record.part_of))
    ]
    plan = plans(parts, standing.commitments, standing.runs).get(name)
    if plan is None:
        return (), (), (), ()
    on_time = [one for one in plan.open if one not in plan.late]
    return (
        _rows(maker, plan.late),
        _rows(maker, on_time),
        _rows(maker, plan.kept),
        _rows(maker, plan.not_kept),
    )


def _rows(maker: RowMaker, names: Iterable[str]) -> tuple[Row, ...]:
    return tuple(
        maker.commitment(name) if name in maker.standing.commitments else maker.run(name)
        for name in names
    )


def _head(part_of: str) -> str:
    return part_of.partition(".")[0]
