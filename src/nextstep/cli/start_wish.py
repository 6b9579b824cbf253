"""What somebody wants to start, as the command line says it."""

from __future__ import annotations

from msgspec import Struct

from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError


class Wish(Struct, frozen=True, kw_only=True):
    """What the command line said."""

    process: str | None = None
    for_: str | None = None
    inputs: tuple[str, ...] = ()
    assign: tuple[str, ...] = ()
    requested_by: str | None = None
    from_request: str | None = None
    because: str | None = None
    ad_hoc: str | None = None
    owner: str | None = None
    steps: tuple[str, ...] = ()
    yes: bool = False

    def said(self) -> list[tuple[str, str]]:
        """Return the flags with one value that were given, as they can be typed again."""
        single = {
            "--for": self.for_,
            "--requested-by": self.requested_by,
            "--from-request": self.from_request,
            "--because": self.because,
            "--ad-hoc": self.ad_hoc,
            "--owner": self.owner,
        }
        return [(flag, value) for flag, value in single.items() if value is not None]

    def repeated(self) -> list[tuple[str, str]]:
        """Return the flags that can be given several times, each with its value."""
        many = {"--input": self.inputs, "--assign": self.assign, "--step": self.steps}
        return [(flag, value) for flag, values in many.items() for value in values]


def see_places(wish: Wish) -> None:
    """Raise NextstepError that names what was given and has no place in what is started."""
    if wish.ad_hoc is None:
        left = [
            *(["--owner"] if wish.owner is not None else []),
            *(["--step"] if wish.steps else []),
        ]
        started, but = "a process", "; --ad-hoc TITLE starts work that has no process"
    else:
        left = [
            *([f"`{wish.process}`"] if wish.process is not None else []),
            *(["--input"] if wish.inputs else []),
            *(["--assign"] if wish.assign else []),
            *(["--from-request"] if wish.from_request is not None else []),
        ]
        started, but = "work that has no process", ""
    if left:
        it = "it" if len(left) == 1 else "them"
        raise NextstepError(
            f"{started} is started without {listed(left, 'and')}", f"leave {it} out{but}"
        )
