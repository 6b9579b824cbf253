"""Who is named in a line of minutes: `@who` at its end or beginning, or `Who to ...`."""

from __future__ import annotations

import re

from msgspec import Struct

from nextstep.changes.people_named import meant, person_named
from nextstep.model.people import Settings

_HANDLE = r"@\w(?:[\w.-]*\w)?"
_BETWEEN = r"(?:\s+|\s*,\s*(?:and\s+)?|\s+and\s+|\s*[+&]\s*)"
_LAST = rf"(?P<before>.*\S)\s+(?P<last>{_HANDLE})(?P<following>(?:[ ,:-].*)?)"
_BEFORE_IT = rf"(?P<before>.*\S)\s+(?P<last>{_HANDLE})\s*(?:,?\s*and|[,+&])?"
_FIRST = rf"(?P<group>{_HANDLE}(?:{_BETWEEN}{_HANDLE})*)\s*[:,-]?\s+(?:(?:to|will|shall)\s+)?(?P<rest>\S.*)"
_BETWEEN_NAMES = r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*"
_TO_DO = r"(?P<names>\S.{0,60}?)\s+(?:to|will|shall)\s+(?P<rest>[a-z].*)"
_TO_WHOM = r"(?P<names>[^:]{1,60}):\s+(?P<rest>\S.*)"
_ONE_NAME = r"[^\W\d_a-z][\w.'-]*(?:\s+[^\W\d_a-z][\w.'-]*){0,3}"
_SEVERAL = frozenset(
    "all both each everybody everyone everything nobody somebody we you they".split()
)
_MENTIONED_AFTER = frozenset("about and ask at for from of or tell to via with".split())


class Ending(Struct, frozen=True):
    """A line that ends with people: the words before, the handles, and what follows them."""

    before: str
    handles: tuple[str, ...]
    following: str

    def names(self, people: People) -> tuple[str, ...]:
        """Return who is meant. Raises NextstepError for somebody whom nobody knows."""
        return tuple(dict.fromkeys(people.handle(one) for one in self.handles))


class People:
    """Who can be named in the lines of a ledger."""

    def __init__(self, settings: Settings) -> None:
        """Keep the people."""
        self._settings = settings

    def handle(self, text: str) -> str:
        """Return whom `@name` means. Raises NextstepError where it is nobody or may be several."""
        return person_named(text, self._settings)

    def bare(self, text: str) -> str | None:
        """Return whom a name without a sign means; None where it may be no name at all."""
        name = text.strip().removeprefix("@").strip()
        if self._settings.people:
            found = meant(name, self._settings)
            return found[0] if len(found) == 1 else None
        return name if self._is_name(name) or re.fullmatch(r"[a-z]\w*", name) else None

    def capital(self, text: str) -> str | None:
        """Return whom a name means that is written as names are, where it can be told."""
        if self._settings.people:
            return self.bare(text)
        return text if self._is_name(text) else None

    @property
    def known(self) -> bool:
        """Whether the ledger says who there is."""
        return bool(self._settings.people)

    @staticmethod
    def _is_name(text: str) -> bool:
        return bool(re.fullmatch(_ONE_NAME, text)) and text.casefold() not in _SEVERAL


def after_words(text: str) -> Ending | None:
    """Return the people that the words end with; who is only spoken to stays in the words."""
    found = re.fullmatch(_LAST, text.rstrip(". "))
    if found is None:
        return None
    following = found["following"].strip(" ,:-")
    before, handles = found["before"], [found["last"]]
    while found := re.fullmatch(_BEFORE_IT, before):
        before, handles = found["before"], [found["last"], *handles]
    word = before.split()[-1].casefold()
    if word in _MENTIONED_AFTER:
        before, handles = f"{before} {handles[0]}", handles[1:]
    if not handles:
        return None
    return Ending(before.removesuffix(" by"), tuple(handles), following)


def not_read(text: str, people: People) -> str:
    """Return the `@name` of somebody known that is left in the words, and what follows it.

    Empty where there is none, or they are only spoken to.
    """
    if not people.known:
        return ""
    for found in re.finditer(rf"(\S+)\s+(?=({_HANDLE})(.*))", text):
        if found[1].casefold() not in _MENTIONED_AFTER and people.bare(found[2]):
            return found[2] + found[3]
    return ""


def before_words(text: str, people: People, *, is_action: bool) -> tuple[str, tuple[str, ...]]:
    """Take out the people that a line begins with: `@dev to send`, `Dev to send`, `Dev: send`.

    Where nobody is known, a name without a sign counts in a line that is an action alone.
    """
    found = re.fullmatch(_FIRST, text)
    if found is not None:
        handles = re.findall(_HANDLE, found["group"])
        return found["rest"], tuple(dict.fromkeys(people.handle(one) for one in handles))
    for pattern in (_TO_DO, _TO_WHOM) if people.known or is_action else ():
        found = re.fullmatch(pattern, text)
        if found is None:
            continue
        names = [people.capital(one) for one in re.split(_BETWEEN_NAMES, found["names"])]
        if all(names):
            return found["rest"], tuple(dict.fromkeys(one for one in names if one))
    return text, ()
