"""The page about a plan."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.render.listing import Remark
from nextstep.render.page import Page, Part, Reading, block, line
from nextstep.render.row_words import item_of
from nextstep.reports.show_plan import PlanView


def plan_page(view: PlanView, reading: Reading) -> Page:
    """Return the page about a plan."""
    counts = (
        (len(view.kept), "kept"),
        (len(view.open) + len(view.late), "open"),
        (len(view.late), "of them late"),
        (len(view.not_kept), "ended otherwise"),
    )
    first = next(
        (rows[0] for rows in (view.late, view.open, view.kept, view.not_kept) if rows), None
    )
    return Page(
        head=reading.head(f"plan {view.handle}"),
        origin=reading.origin_words,
        title=view.id,
        lead=(line(", ".join(f"{count} {words}" for count, words in counts if count)),),
        blocks=tuple(_blocks(view, reading)),
        alarms=reading.alarms,
        foot=Remark("All about the first of them:", f"nextstep show {first.handle}")
        if first
        else None,
    )


def _blocks(view: PlanView, reading: Reading) -> Iterator[Part]:
    parts = (
        ("LATE", view.late),
        ("OPEN", view.open),
        ("KEPT", view.kept),
        ("ENDED OTHERWISE", view.not_kept),
    )
    for heading, rows in parts:
        yield from block(heading, (item_of(row, reading.speech) for row in rows))
