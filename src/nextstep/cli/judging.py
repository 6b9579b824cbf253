"""A list that somebody judges point by point: by flags, or by a question for each open point."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, choose
from nextstep.cli.handed import Scene
from nextstep.cli.output import note
from nextstep.diagnostics.errors import NextstepError
from nextstep.reports.checklist_records import Card
from nextstep.reports.points import Point, as_listed, covered, meant

ALL_THERE = Question(words="Is all of it there?", flag="--all-there")
_YES, _NO = "yes", "no"


class Flags(Struct, frozen=True, kw_only=True):
    """What the command line said of a list."""

    there: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    all_there: bool = False


class Judged(Struct, frozen=True, kw_only=True):
    """A list as it was judged, in its own words: ``there``, and not there yet (``gaps``).

    ``found_missing`` are the gaps that somebody was asked about and nobody had named.
    """

    there: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    found_missing: tuple[str, ...] = ()


def judged(
    points: Sequence[Point],
    flags: Flags,
    answers: Answers,
    *,
    known: Sequence[str] = (),
    asks: str = "is it there?",
    takes_there: bool = False,
) -> Judged:
    """Return what is there and what is not, asked where no flag and no machine says it.

    What a machine did not find has to be named as a gap. ``known`` are gaps that somebody named
    before, ``asks`` is what is asked of each point, ``takes_there`` tells that the command can say
    with `--there` what is. Raises NextstepError where something is not said
    and nobody can be asked.
    """
    gaps = list(dict.fromkeys((*known, *as_listed(points, flags.gaps))))
    there = [point.words for point in meant(points, flags.there)]
    missing = [one for one in points if one.is_missing and not covered(one, gaps)]
    if missing:
        raise _not_there(missing)
    open_ = [
        one
        for one in points
        if not (one.is_there or one.is_missing or one.words in there or covered(one, gaps))
    ]
    if flags.all_there:
        return Judged(there=(*there, *(one.words for one in open_)), gaps=tuple(gaps))
    answers.demand([(ALL_THERE, None if open_ else True)])
    named = len(gaps)
    for one in open_:
        question = Question(words=f"{one.number} {one.words}: {asks}", flag=ALL_THERE.flag)
        is_there = choose(question, (_YES, _NO)) == _YES
        (there if is_there else gaps).append(one.words)
        if takes_there or not is_there:
            answers.typed.append(("--there" if is_there else "--gap", one.words))
    return Judged(there=tuple(there), gaps=tuple(gaps), found_missing=tuple(gaps[named:]))


def show_list(
    scene: Scene,
    points: Sequence[Point],
    answers: Answers,
    *,
    card: Card | None = None,
    lead: str = "",
) -> None:
    """Show what is handed over to who is asked about it: on standard error, as a question is.

    ``card`` is that of a step; without it the ``lead`` says what it is about.
    """
    if not answers.asks:
        return
    from nextstep.changes.wording import quoted
    from nextstep.cli.listings import screen
    from nextstep.cli.pages import reading_of
    from nextstep.render.handing_words import card_lead, handing_page, watch_part
    from nextstep.render.page_text import page_text

    ledger, reading = scene.session.ledger, reading_of(scene.session)
    if card is None:
        title = quoted(ledger.processes[scene.target.id])
        page = handing_page(title, [lead], points, reading)
    else:
        title = scene.target.quoted(ledger)
        said = [*card_lead(card, reading, scene.step.rounds)]
        page = handing_page(title, said, points, reading, more=[*watch_part(card)])
    note(page_text(page, screen()))


def _not_there(missing: Sequence[Point]) -> NextstepError:
    told = "; ".join(
        f"{one.words} ({one.thing.looks_at})" if one.thing.looks_at else one.words
        for one in missing
    )
    flags = " ".join(f"--gap {one.number}" for one in missing)
    return NextstepError(
        f"missing on the list: {told}", f"add it, or let it go along openly without: {flags}"
    )
