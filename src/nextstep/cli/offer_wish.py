"""What the command line says of an offer."""

from __future__ import annotations

from msgspec import Struct

from nextstep.cli.judging import Flags


class Wish(Struct, frozen=True, kw_only=True):
    """What the command line said."""

    id: str | None = None
    step: str | None = None
    to: str | None = None
    listed: Flags = Flags()
    watch_for: str | None = None
    proof: str | None = None
    duty: bool = False
    deputy: bool = False
    all_of: str | None = None
    yes: bool = False

    def given(self) -> tuple[str, ...]:
        """Return the names of all flags that were given, without those that all verbs have."""
        listed = self.listed
        flags = {
            "--to": self.to,
            "--there": listed.there,
            "--all-there": listed.all_there,
            "--gap": listed.gaps,
            "--watch-for": self.watch_for,
            "--proof": self.proof,
            "--duty": self.duty,
            "--deputy": self.deputy,
            "--all-of": self.all_of,
            "--yes": self.yes,
        }
        return tuple(flag for flag, value in flags.items() if value not in (None, False, ()))

    def switches(self) -> tuple[str, ...]:
        """Return the flags without a value that were given, of those that the offer of one takes."""
        listed = self.listed
        given = {"--duty": self.duty, "--deputy": self.deputy, "--all-there": listed.all_there}
        return tuple(flag for flag, is_given in given.items() if is_given)

    def said(self) -> list[tuple[str, str]]:
        """Return the flags that were given with one value."""
        single = {"--to": self.to, "--watch-for": self.watch_for, "--proof": self.proof}
        return [(flag, value) for flag, value in single.items() if value is not None]

    def repeated(self) -> list[tuple[str, str]]:
        """Return the flags that can be given several times."""
        gaps, there = self.listed.gaps, self.listed.there
        return [*(("--there", one) for one in there), *(("--gap", one) for one in gaps)]
