"""What every report says of its source: which ledger was read, and which files could not be."""

from __future__ import annotations

from nextstep.render.listing import Origin, Remark
from nextstep.reports.unread import Unread


def origin_words(origin: Origin, timezone: str) -> tuple[str, ...]:
    """Return ``acme @ 81c2f0e`` and the zone in which days begin and end."""
    at = f" @ {origin.commit[:7]}" if origin.commit else ""
    return (f"{origin.ledger}{at}", timezone)


def alarm(unread: Unread) -> Remark:
    """Return the row of a file that could not be read."""
    place = f"line {unread.line}, " if unread.line else ""
    return Remark(f"{unread.path} could not be read: {place}{unread.message}", "nextstep check")
