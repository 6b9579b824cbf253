"""Which flags of `nextstep offer` each kind of offer has a place for, so that none is passed over."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.cli.offer_wish import Wish
from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError

WORK, DUTY, COMMITMENT = "the work of a step", "the promise to do a step", "a commitment"
PROCESS, ALL = "a process", "all that somebody has"

TAKEN: Mapping[str, tuple[str, ...]] = {
    WORK: ("--to", "--there", "--all-there", "--gap", "--watch-for", "--proof"),
    DUTY: ("--to", "--gap", "--watch-for", "--duty"),
    COMMITMENT: ("--to", "--gap", "--watch-for", "--duty"),
    PROCESS: ("--to", "--gap", "--deputy"),
    ALL: ("--to", "--all-of", "--yes"),
}
"""What each kind of offer uses of the flags that are its own."""


def kind_of_offer(kind: str, wish: Wish) -> str:
    """Return what is offered; ``kind`` is that of the record: run, commitment or process."""
    if kind == "run":
        return DUTY if wish.duty else WORK
    return PROCESS if kind == "process" else COMMITMENT


def see_places(wish: Wish, offered: str) -> None:
    """Raise NextstepError that names each flag which such an offer has no place for."""
    left = [flag for flag in wish.given() if flag not in TAKEN[offered]]
    if left:
        it = "it" if len(left) == 1 else "them"
        hint = f"leave {it} out; `nextstep note` keeps words with what is offered"
        raise NextstepError(f"{offered} is offered without {listed(left, 'and')}", hint)
