"""What a hand-off is about: which record and step somebody means, and the list that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from nextstep.changes.target import Target
from nextstep.cli.session import Session, contents_now
from nextstep.diagnostics.errors import NextstepError
from nextstep.reports.checklist_records import Card
from nextstep.reports.handles import Handles
from nextstep.reports.points import Point, points_of
from nextstep.reports.show import find, find_step
from nextstep.reports.standing import Standing, standing
from nextstep.runs.states import RunState, StepState


class Scene(Struct, frozen=True, kw_only=True):
    """A hand-off as it stands: what it is about, and where everything stands."""

    session: Session
    standing: Standing
    kind: str
    target: Target

    @property
    def run(self) -> RunState:
        """Where the run stands that it is a step of."""
        return self.standing.runs[self.target.id]

    @property
    def step(self) -> StepState:
        """Where the step stands."""
        return self.run.steps[self.target.step or ""]

    def card(self) -> Card:
        """Return the checklist of the step, its files looked at now."""
        from nextstep.files.contents import sizes_below
        from nextstep.reports.checklist_run import run_checklist

        sizes = sizes_below(self.session.place.root)
        step = self.target.step
        (card,) = run_checklist(self.standing, self.target.id, step, sizes=sizes).cards
        return card

    def duty_list(self, receiver: str | None) -> tuple[Point, ...]:
        """Return the list of a process that is offered to somebody."""
        from nextstep.reports.duty_points import duty_points

        process = self.standing.ledger.processes[self.target.id]
        return duty_points(self.standing, process, receiver)


def scene_of(
    session: Session,
    typed: str,
    step: str | None,
    command: str,
    fitting: Callable[[StepState], bool],
) -> Scene:
    """Return the record and the step that somebody means.

    Of a run without a step it is the one ``fitting`` step. Raises NextstepError for what cannot be
    handed over, and where several steps fit or none does.
    """
    ledger = session.ledger
    meant = find(ledger, typed, command)
    handle = Handles(ledger).shortest(meant.name)
    if meant.kind == "plan":
        raise NextstepError(
            f"`{typed}` is a plan, and what is part of it is handed over one by one",
            f"nextstep show {handle} lists it",
        )
    if step is not None and meant.kind != "run":
        raise NextstepError(
            f"`{typed}` is a {meant.kind}, and a step is one of a run", f"leave `{step}` out"
        )
    states = standing(ledger, session.now, content=contents_now(session))
    if meant.kind == "run":
        run = ledger.runs[meant.name]
        if step is not None:
            step = find_step(run.id, run.steps, step, handle)
        else:
            fit = [one.id for one in states.runs[run.id].steps.values() if fitting(one)]
            step = _only(fit, handle, command, list(states.runs[run.id].steps))
    target = Target(id=meant.name, handle=handle, step=step)
    return Scene(session=session, standing=states, kind=meant.kind, target=target)


def _only(fitting: Sequence[str], handle: str, command: str, steps: Sequence[str]) -> str:
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise NextstepError(
            f"{handle} has {len(fitting)} steps that this may mean",
            f"type one: {', '.join(f'nextstep {command} {handle} {one}' for one in fitting)}",
        )
    raise NextstepError(
        f"{handle} has no step for this just now", f"name one of {', '.join(steps)}"
    )


def listed(scene: Scene) -> tuple[Card, tuple[Point, ...]]:
    """Return the checklist of a step and its points by number."""
    card = scene.card()
    return card, points_of(card)
