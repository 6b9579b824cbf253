"""A hand-off as it is shown to whoever is asked about it: who gives what to whom, and the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from nextstep.dates.words import day_words
from nextstep.render.checklist_part_words import listed_item
from nextstep.render.listing import Item
from nextstep.render.page import Page, Part, Reading, block, line
from nextstep.reports.checklist_records import Card
from nextstep.reports.points import Point

_TIMES = ("", "", ", for the second time", ", for the third time")


def handing_page(
    title: str,
    lead: Sequence[str],
    points: Sequence[Point],
    reading: Reading,
    *,
    more: Sequence[Part] = (),
) -> Page:
    """Return the page of what is handed over."""
    return Page(
        head=reading.head("hand-off"),
        origin=reading.origin_words,
        title=title,
        lead=tuple(map(line, lead)),
        blocks=(*block("THE LIST", map(_numbered, points)), *more),
    )


def card_lead(card: Card, reading: Reading, rounds: int) -> Iterator[str]:
    """Yield who gives it to whom, and what was said to it before."""
    today = reading.speech.today
    giver = " and ".join(one.id or "" for one in card.from_.who) or "nobody yet"
    takers = " or ".join(one.id or "" for one in card.to.who) or card.to.role or "who is next"
    offered = card.offered
    if offered is not None:
        again = _TIMES[min(rounds + 1, len(_TIMES) - 1)]
        by = (
            f"; an answer is due {day_words(offered.answer_by, today)}" if offered.answer_by else ""
        )
        yield f"From {offered.by} to {takers}, offered {day_words(offered.on, today)}{again}{by}."
    else:
        within = f", who answers within {card.answer_within}" if card.answer_within else ""
        yield f"From {giver} to {takers}{within}."
    back = card.answer
    if back is not None and back.event == "returned":
        missing = f": missing {'; '.join(back.missing)}" if back.missing else ""
        why = f" ({back.why})" if back.why else ""
        yield f"It came back on {day_words(back.on, today)} from {back.by}{missing}{why}."


def watch_part(card: Card) -> Iterator[Part]:
    """Yield what to watch for, and what goes along without."""
    yield from block("WATCH FOR", map(line, card.watch_for))
    gaps = card.offered.gaps if card.offered else ()
    yield from block("OPENLY WITHOUT", map(line, gaps))


def _numbered(point: Point) -> Item:
    item = listed_item(point.thing)
    return replace(item, handle=f"{point.number:>2} {item.handle}")
