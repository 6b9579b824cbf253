"""How far a plan is: what the commitments and runs that are part of it come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from nextstep.runs.states import CommitmentStage, CommitmentState, RunState


class Plan(Struct, frozen=True, kw_only=True):
    """The commitments and runs with the same ``part_of``, by id, in the order of the ledger.

    ``kept`` were closed as kept or are done; ``late`` are open and overdue (and in ``open`` too);
    ``not_kept`` were closed as anything else.
    """

    kept: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    not_kept: tuple[str, ...] = ()


def plans(
    parts: Iterable[tuple[str, str | None]],
    states: Mapping[str, CommitmentState],
    runs: Mapping[str, RunState],
) -> Mapping[str, Plan]:
    """Return the plans of a ledger from pairs of an id and its ``part_of``."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for id_, plan in parts:
        if plan is None:
            continue
        sorted_out = found.setdefault(plan, {})
        for place in _places(states.get(id_) or runs.get(id_)):
            sorted_out[place] = (*sorted_out.get(place, ()), id_)
    return {
        plan: Plan(
            kept=places.get("kept", ()),
            open=places.get("open", ()),
            late=places.get("late", ()),
            not_kept=places.get("not_kept", ()),
        )
        for plan, places in found.items()
    }


def _places(state: CommitmentState | RunState | None) -> tuple[str, ...]:
    if state is None:
        return ()
    if state.closed is not None:
        return ("kept",) if state.closed.result == "kept" else ("not_kept",)
    if isinstance(state, CommitmentState) and state.stage is CommitmentStage.DONE:
        return ("kept",)
    return ("open", "late") if state.overdue else ("open",)
