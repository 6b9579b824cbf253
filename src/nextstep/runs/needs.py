"""Which steps of a run are needed at all, and which were really carried out."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nextstep.dates.comparing import holds
from nextstep.dates.conditions import names_of, parse_condition
from nextstep.dates.problem import DateProblem
from nextstep.model.conditions import Condition
from nextstep.model.process import HOLDS, INPUT, Check, Item
from nextstep.runs.states import How
from nextstep.runs.tracks import Replay, Track

_CARRIED_OUT = frozenset({How.DONE, How.ACCEPTED, How.TOLD, How.APPROVED, How.MARK})


def was_carried_out(how: How | None) -> bool:
    """Whether a step was really done, and not passed over."""
    return how in _CARRIED_OUT


class Need(Struct, frozen=True):
    """Whether something is ``needed``: None while ``unknown`` inputs decide.

    ``problem`` says why its ``when`` cannot be weighed: then all its inputs count as unknown.
    """

    needed: bool | None
    unknown: tuple[str, ...] = ()
    problem: str | None = None

    def within(self, whole: Need) -> Need:
        """Return the need of a part: of what is not needed, no part is."""
        if whole.needed is False:
            return whole
        if whole.needed or self.needed is False:
            return self
        return Need(None, tuple(dict.fromkeys((*whole.unknown, *self.unknown))), self.problem)


def need_of(when: Condition | None, inputs: Mapping[str, str]) -> Need:
    """Return what the ``when`` of a run, a step or an item says with the inputs that are known."""
    if when is None:
        return Need(needed=True)
    names = names_of(when)
    try:
        answer = holds(when, inputs)
    except DateProblem as problem:
        return Need(None, names, problem.message)
    unknown = tuple(name for name in names if name not in inputs)
    return Need(answer, () if answer is not None else unknown)


def weigh(replay: Replay) -> Mapping[str, Need]:
    """Say of each step whether it is needed, as far as the inputs that are known decide it."""
    whole = need_of(replay.run.when, replay.inputs)
    needs = {
        id_: need_of(track.step.when, replay.inputs).within(whole)
        for id_, track in replay.tracks.items()
    }
    for id_, need in needs.items():
        track = replay.tracks[id_]
        track.needed, track.unknown = need.needed, need.unknown
    return needs


def is_asked_for(item: Item, inputs: Mapping[str, str]) -> bool:
    """Return whether an item of a list belongs to it in this case, or may do so yet."""
    return need_of(item.when, inputs).needed is not False


def check_holds(check: Check, inputs: Mapping[str, str]) -> bool | None:
    """Return whether the inputs give what a check asks; None for a file, or while one is lacking."""
    if check.kind == INPUT:
        return check.target in inputs
    if check.kind == HOLDS:
        return need_of(parse_condition(check.target), inputs).needed
    return None


def finished_without_event(replay: Replay, track: Track) -> How | None:
    """Return how a step is finished by itself: not needed, or what it undoes never happens."""
    if track.needed is False:
        return How.NOT_NEEDED
    if track.step.undoes is None:
        return None
    targets = _targets(replay, track)
    if not targets or any(_has_happened(target) for target in targets):
        return None
    passed = all(target.how is not None or target.needed is False for target in targets)
    return How.NOT_NEEDED if passed else None


def _targets(replay: Replay, track: Track) -> list[Track]:
    named = replay.ids_of(track.step.undoes or "")
    return [replay.tracks[id_] for id_ in named if id_ != track.step.id]


def _has_happened(track: Track) -> bool:
    return track.done is not None or was_carried_out(track.how)


def is_triggered(replay: Replay, track: Track) -> bool:
    """Whether what a step undoes is done, so that it is owed itself."""
    return any(_has_happened(target) for target in _targets(replay, track))
