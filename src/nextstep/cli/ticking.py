"""Which things of a list are ticked off: named by number or words, all, or asked for."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Unfit
from nextstep.cli.output import note
from nextstep.diagnostics.errors import NextstepError
from nextstep.render.safe_text import safe_text
from nextstep.reports.points import Point, meant

_ITEMS = Question(words="What is there? (an empty line ends it)", flag="ITEM or --all")


def chosen(
    points: Sequence[Point], texts: Sequence[str], answers: Answers, *, all_: bool
) -> tuple[Point, ...]:
    """Return the things that are there. Raises NextstepError for what is not on the list.

    What a machine looks at is refused: it is there when the machine finds it.
    """
    open_ = tuple(point for point in points if point.thing.state == "open")
    if not points:
        raise NextstepError("this step has no list to tick off", "nextstep done says it is done")
    if all_:
        if texts:
            items = f"`{texts[0]}`" if len(texts) == 1 else "the items"
            raise NextstepError(f"{items} and --all say two things", "leave one of them out")
        if not open_:
            raise NextstepError("nothing on the list is open", "nextstep checklist shows it")
        return open_
    if not texts:
        answers.demand([(_ITEMS, None)])
        lines = [f"{point.number}  {point.words}" for point in open_]
        note("\n".join(map(safe_text, lines)))
        texts = answers.lines(_ITEMS, (), lambda text: _read(points, text))
    there = tuple(dict.fromkeys(meant(points, texts)))
    looked_at = [point for point in there if point.is_there or point.is_missing]
    if looked_at:
        what = looked_at[0]
        raise NextstepError(
            f"{what.words} is looked at by the program: it is {what.thing.state}",
            f"see {what.thing.looks_at}",
        )
    if not there:
        raise NextstepError("nothing was named", "type a number of the list, or --all")
    return there


def _read(points: Sequence[Point], text: str) -> str:
    try:
        (point,) = meant(points, [text])
    except NextstepError as problem:
        raise Unfit(problem.message, problem.hint) from None
    return point.words
