"""Public holidays of a country or a part of it, from the `holidays` library, as plain days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError

_MOST_LISTED = 60
_LONGEST_CODE = 3


class PublicHolidays(Struct, frozen=True, kw_only=True):
    """The holidays of ``country`` (and ``subdivision``) from ``first`` to ``last``, with names."""

    country: str
    subdivision: str | None
    first: date
    last: date
    days: Mapping[date, str]

    @property
    def code(self) -> str:
        """The place as it is typed: ``DE-BY``."""
        return f"{self.country}-{self.subdivision}" if self.subdivision else self.country


def public_holidays(code: str, first: date, last: date) -> PublicHolidays:
    """Return the holidays of a place such as ``DE`` or ``DE-BY`` from one day to another.

    Raises NextstepError for a place that the library does not know; the hint names a near one.
    """
    import holidays

    known = holidays.list_supported_countries(include_aliases=True)
    typed, _, part = code.partition("-")
    country = _found(typed, list(known))
    if country is None:
        raise NextstepError(
            f"there are no public holidays for the country `{typed}`", _near_country(typed, known)
        )
    subdivision = _found(part, known[country]) if part else None
    if "-" in code and subdivision is None:
        raise NextstepError(
            f"there is no part `{part}` of `{country}` with its own public holidays",
            _near_part(country, part, known[country]),
        )
    language = holidays.country_holidays(country).default_language
    found = holidays.country_holidays(
        country,
        subdiv=subdivision,
        years=range(first.year, last.year + 1),
        language=language,
    )
    days = {day: _one_line(name) for day, name in sorted(found.items()) if first <= day <= last}
    if not days:
        raise NextstepError(
            f"no public holidays are known for `{code}` from {first} to {last}",
            "write the closed days by hand, below `calendar: closed:` in nextstep.yaml",
        )
    return PublicHolidays(
        country=country, subdivision=subdivision, first=first, last=last, days=days
    )


def _found(typed: str, names: Sequence[str]) -> str | None:
    return next((name for name in names if name.casefold() == typed.casefold()), None)


def _near_country(typed: str, known: Mapping[str, Sequence[str]]) -> str:
    """Return a hint with the code that was probably meant: by the country's name, or by letters."""
    from difflib import get_close_matches

    from holidays.registry import COUNTRIES

    codes = {names[0].casefold(): names[1] for names in COUNTRIES.values()}
    flat = "".join(typed.split()).casefold()
    named = get_close_matches(flat, codes, n=1, cutoff=0.8)
    if named:
        return f"did you mean `{codes[named[0]]}`?"
    short = len(typed) <= _LONGEST_CODE
    near = get_close_matches(typed.upper(), known, n=1, cutoff=0.5) if short else []
    hint = f"did you mean `{near[0]}`? " if near else ""
    return f"{hint}a country is written in two letters of ISO 3166, such as DE or US"


def _near_part(country: str, part: str, parts: Sequence[str]) -> str:
    from difflib import get_close_matches

    if not parts:
        return f"write `{country}` alone: all of it has the same public holidays"
    near = get_close_matches(part.casefold(), [one.casefold() for one in parts], n=1)
    if near:
        return f"did you mean `{country}-{_found(near[0], parts)}`?"
    shown = ", ".join(parts[:_MOST_LISTED])
    return f"write one of {shown}{' ...' if len(parts) > _MOST_LISTED else ''}"


def _one_line(name: str) -> str:
    """Return a holiday's name as it can stand in a comment."""
    return "".join(char if char.isprintable() else " " for char in name)
