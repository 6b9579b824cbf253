"""The first files of a ledger: settings that say what they are, and one commitment to change."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from nextstep.files.load import load
from nextstep.model.process import RESERVED
from nextstep.model.source import Source
from nextstep.repo.paths import SETTINGS

if TYPE_CHECKING:
    from nextstep.files.closed_days import Closing

_PLAIN_WORDS = re.compile(r"[A-Za-z][A-Za-z .'-]*[A-Za-z.]")


class Newcomer(Struct, frozen=True):
    """Who begins the ledger: the name to use in files, and what git knows of them."""

    id: str
    email: str
    name: str | None


def newcomer(email: str | None, name: str | None) -> Newcomer | None:
    """Return who begins a ledger, where git knows an address that can stand in a file."""
    if not email:
        return None
    local = re.sub(r"^\d+\+", "", email.partition("@")[0].casefold())
    id_ = re.split(r"[^a-z0-9]", local, maxsplit=1)[0]
    if not id_ or id_ in RESERVED or not id_[0].isalpha():
        id_ = "me"
    for shown in (name, None):
        found = Newcomer(id_, email, shown)
        if not load(Source(SETTINGS, settings_text("UTC", found, None).encode())).findings:
            return found
    return None


def settings_text(timezone: str, person: Newcomer | None, closing: Closing | None) -> str:
    """Return the text of `nextstep.yaml`."""
    closed = ""
    if closing:
        from nextstep.files.closed_days import calendar_lines

        closed = calendar_lines(closing)
    return (
        "# How this ledger is read. Everything here has a default: what you do not need can go.\n"
        f"\ntimezone: {timezone}\n"
        "\ncalendar:\n"
        "  workweek: [mon, tue, wed, thu, fri]\n"
        f"{closed}"
        f"{_people(person)}"
    )


def commitment_text(person: Newcomer | None, due: date) -> str:
    """Return the text of the first commitment."""
    who = f"\nwho: {person.id}\n" if person else ""
    return (
        "# A commitment: what was agreed, for what outcome, by when. Change the words: it is yours.\n"
        "\nwhat: Write down the next thing that I promised to somebody\n"
        f"{who}"
        "outcome: We both know what comes next, and when\n"
        f"\ndue: {due}\n"
    )


def _people(person: Newcomer | None) -> str:
    if person is None:
        return (
            "\n# With people, each commitment says who answers for it:\n"
            "# people:\n"
            "#   dev: {name: Dev Rao, emails: [dev@acme.example]}\n"
        )
    name = f"    name: {_scalar(person.name)}\n" if person.name else ""
    return (
        "\n# Who can be named in a file. Whoever is not here cannot be mistyped for somebody else.\n"
        f"people:\n  {person.id}:\n{name}    emails: [{_scalar(person.email)}]\n"
    )


def _scalar(text: str) -> str:
    """Return a text as YAML: bare where it is plain words, else in double quotes."""
    if _PLAIN_WORDS.fullmatch(text) or re.fullmatch(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+", text):
        return text
    import json

    return json.dumps(text, ensure_ascii=False)
