"""What only several records together can tell: who waits for whom, plans, who has what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from nextstep.model.commitment import Commitment
from nextstep.runs.states import CommitmentStage, CommitmentState, RunState, StepStage

_MET = (CommitmentStage.DONE, CommitmentStage.CLOSED)


class Plan(Struct, frozen=True, kw_only=True):
    """The commitments and runs with the same ``part_of``, by id, in the order of the ledger.

    ``kept`` were closed as kept or are done; ``late`` are open and overdue (and in ``open`` too);
    ``not_kept`` were closed as anything else.
    """

    kept: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    not_kept: tuple[str, ...] = ()


class Held(Struct, frozen=True, kw_only=True):
    """What one person has now: ids of commitments, and pairs of run and step.

    ``commitments`` are proposed or open; ``steps`` can be acted on or wait for others; ``offers``
    and ``step_offers`` wait for this person's answer.
    """

    commitments: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    offers: tuple[str, ...] = ()
    step_offers: tuple[tuple[str, str], ...] = ()


def waiting_on(
    states: Mapping[str, CommitmentState],
    commitment: Commitment,
    runs: Mapping[str, RunState] | None = None,
) -> tuple[str, ...]:
    """Return the ids in a commitment's ``after`` that are not done or closed yet.

    An id may be that of a run, which has to be closed, or ``run/step``, which has to be finished.
    An id that names nothing holds nothing back: otherwise it would do so for ever.
    """
    return tuple(id_ for id_ in commitment.after if _is_unmet(id_, states, runs or {}))


def _is_unmet(
    id_: str, states: Mapping[str, CommitmentState], runs: Mapping[str, RunState]
) -> bool:
    state = states.get(id_)
    if state is not None:
        return state.stage not in _MET
    run_id, _, step_id = id_.partition("/")
    run = runs.get(run_id)
    if run is None:
        return False
    if not step_id:
        return run.is_live
    named = (step_id,) if step_id in run.steps else run.groups.get(step_id, ())
    return any(not run.steps[one].is_finished for one in named)


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


def held_by(
    states: Mapping[str, CommitmentState], runs: Mapping[str, RunState]
) -> Mapping[str, Held]:
    """Return what each person has now. What nobody has is under the empty name."""
    commitments: dict[str, list[str]] = {}
    offers: dict[str, list[str]] = {}
    steps: dict[str, list[tuple[str, str]]] = {}
    step_offers: dict[str, list[tuple[str, str]]] = {}
    for id_, state in states.items():
        if state.is_live:
            commitments.setdefault(state.who or "", []).append(id_)
        for person in state.offer.receivers if state.offer else ():
            offers.setdefault(person, []).append(id_)
    for run_id, run in runs.items():
        if run.is_live:
            _hold_steps(run_id, run, steps, step_offers)
    people = (*commitments, *offers, *steps, *step_offers)
    return {
        person: Held(
            commitments=tuple(commitments.get(person, ())),
            steps=tuple(steps.get(person, ())),
            offers=tuple(offers.get(person, ())),
            step_offers=tuple(step_offers.get(person, ())),
        )
        for person in dict.fromkeys(people)
    }


def _hold_steps(
    run_id: str,
    run: RunState,
    steps: dict[str, list[tuple[str, str]]],
    offers: dict[str, list[tuple[str, str]]],
) -> None:
    for id_, state in run.steps.items():
        if state.stage is StepStage.FINISHED or state.step.mark is not None:
            continue
        holders = state.voters or (state.owner or "",)
        for person in holders:
            steps.setdefault(person, []).append((run_id, id_))
        for offer in (state.offer, state.duty_offer):
            for person in offer.receivers if offer is not None else ():
                offers.setdefault(person, []).append((run_id, id_))
