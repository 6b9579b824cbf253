"""`nextstep tick`: things of a list are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.changes.draft import Draft
    from nextstep.cli.recording import Manner
    from nextstep.files.ledger import Ledger
    from nextstep.runs.states import StepState


def _has_an_open_list(state: StepState) -> bool:
    handoff = state.step.handoff
    has_list = bool(state.step.items or (handoff and handoff.must_include))
    return has_list and not state.is_finished


@verb
def command(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run.")],
    step: Annotated[
        str | None,
        typer.Argument(metavar="[STEP]", help="The step with the list; else the only open one."),
    ] = None,
    items: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ITEM]...", help="What is there: its number, or words of it."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Everything that is open.")] = False,
    *,
    manner: Manner,
) -> None:
    """Tick off what is there of the list of a step.

    The list is that of `nextstep checklist`, numbered from the top. What the program looks at
    itself, such as a file, needs no tick.

    \b
    EXAMPLES
      nextstep tick 7qhd compile 1
      nextstep tick 7qhd compile "names spelled"
      nextstep tick 3vkd notice --all
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.tick import Tick, see_tickable, tick
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.handed import listed, scene_of
    from nextstep.cli.recording import actor_of, by_option, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.ticking import chosen

    session = open_session(today=manner.today)
    scene = scene_of(session, run, step, "tick", _has_an_open_list)
    see_tickable(session.ledger, scene.target, session.now)
    actor = actor_of(session, manner.by)
    if not items and not all_:
        see_beforehand(session, manner, scene.target.id)
    _, points = listed(scene)
    answers = Answers()
    with answers.given_back("tick", *scene.target.words.split(" "), others=by_option(manner)):
        there = chosen(points, items or (), answers, all_=all_)
    words = tuple(point.words for point in there)
    left = (one.words for one in points if one.thing.state == "open" and one not in there)
    asked = Tick(target=scene.target, items=words, left=tuple(left))

    def draft(ledger: Ledger) -> Draft:
        return tick(ledger, asked, session.now)

    tell(record(session, manner, actor, draft), manner)
