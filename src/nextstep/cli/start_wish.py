"""What somebody wants to start, as the command line says it."""

from __future__ import annotations

from msgspec import Struct


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
