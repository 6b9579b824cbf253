"""The duties of processes that were offered: whoever is to answer finds them."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.reports.due_entries import Entry, Section, View, Why


def duty_entries(view: View) -> Iterator[Entry]:
    """Yield the duties that the reader was offered and has neither accepted nor returned."""
    for name, state in view.standing.duties.items():
        for duty, offer in state.offers.items():
            if view.is_for(offer.receivers or offer.to):
                yield Entry(
                    section=Section.ACCEPT, why=Why.OFFERED, kind="process", name=name, duty=duty
                )
