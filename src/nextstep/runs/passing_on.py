"""Who may answer an offer, whom work goes to, and who has a step whose promise is passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from nextstep.runs.states import How, RunState


def receivers_of(to: Iterable[str], members: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the people to whom something is offered; a role stands for all who hold it."""
    return tuple(one for name in to for one in members.get(name) or (name,))


def who_is_next(
    step: str, followers: Callable[[str], Iterable[str]], is_passed: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the steps that the work of one goes on to; past what is passed, to what follows that.

    ``followers`` gives the steps that come straight after one. A mark is passed, and what is not
    needed: nobody works on these.
    """
    found: dict[str, None] = {}
    pending, visited = [step], {step}
    while pending:
        for later in followers(pending.pop(0)):
            if later in visited:
                continue
            visited.add(later)
            if is_passed(later):
                pending.append(later)
            else:
                found[later] = None
    return tuple(found)


def steps_behind(state: RunState, step: str) -> tuple[str, ...]:
    """Return the steps to which the work of one goes on, as the run stands now."""
    steps = state.steps

    def is_passed(id_: str) -> bool:
        return steps[id_].how is How.NOT_NEEDED or steps[id_].step.mark is not None

    return who_is_next(
        step, lambda one: [id_ for id_, later in steps.items() if one in later.after], is_passed
    )


def gives_way(who: tuple[str, ...], giver: str) -> str:
    """Return whose place the receiver takes: the giver's, or of those who have it the first one's.

    ``who`` are the people who have the step; who leads the run passes on what is somebody else's.
    """
    return giver if giver in who or not who else who[0]


def taken_over(who: tuple[str, ...], giver: str, receiver: str) -> tuple[str, ...]:
    """Return who has a step once somebody accepted it: everybody else who had it still does."""
    gone = gives_way(who, giver)
    return tuple(dict.fromkeys(receiver if one == gone else one for one in who)) or (receiver,)
