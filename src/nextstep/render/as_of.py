"""Commands on a page about an earlier state of the ledger: they lead to that state again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from nextstep.render.commands import quoted
from nextstep.render.listing import Listing, Remark

if TYPE_CHECKING:
    from nextstep.render.page import Page

_READING = frozenset(
    "audit calendar check checklist digest due export list show slips trail who".split()
)
"""The commands that take --as-of."""

Shown = TypeVar("Shown", Listing, "Page")


def still_as_of(shown: Shown, as_of: str | None) -> Shown:
    """Return what is shown with --as-of in its commands; ``as_of`` is what was typed, or None."""
    if as_of is None:
        return shown
    then = {"alarms": tuple(_then(one, as_of) for one in shown.alarms)}
    foot = None if shown.foot is None else _then(shown.foot, as_of)
    if isinstance(shown, Listing):
        message = None if shown.message is None else _then(shown.message, as_of)
        return replace(shown, foot=foot, message=message, **then)
    return replace(shown, foot=foot, **then)


def _then(remark: Remark, as_of: str) -> Remark:
    words = remark.command.split(" ")
    if words[:1] != ["nextstep"] or words[1:2] == [] or words[1] not in _READING:
        return remark
    return replace(remark, command=f"{remark.command} --as-of {quoted(as_of)}")
