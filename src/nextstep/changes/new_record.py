"""The file of a record that is not there yet: its id, its path and its text."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from nextstep.changes.draft import Value
from nextstep.files.splice import Append, Change, Put, changed
from nextstep.files.splice_scalars import plain_value, written
from nextstep.model.source import Source

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM = 4
_LONGEST_SLUG = 32
_PASSED_BY = frozenset(
    "a an and at be by for from in into is it its of on or so that the their them then they this "
    "to up we with you your our my".split()
)


def new_id(words: str, taken: Collection[str]) -> str:
    """Return an id made of words and four random characters, so that branches never collide.

    ``taken`` are the ids of the ledger; neither an id nor its ending is used twice.
    """
    slug = _slug(words)
    endings = {name[-_RANDOM:] for name in taken}
    while True:
        ending = "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM))
        if ending not in endings and not ending.isdigit():
            return f"{slug}-{ending}" if slug else f"step-{ending}"


def ending_of(id_: str) -> str:
    """Return the four characters of a new id: enough to type, since no other id has them."""
    return id_[-_RANDOM:]


def path_of(id_: str, today: date) -> str:
    """Return where a new record lies: by year and month, since a flat folder makes git slow."""
    return f"commitments/{today.year:04}/{today.month:02}/{id_}.yaml"


def text_of(
    path: str, fields: Mapping[str, Value | None], *, log: Sequence[Mapping[str, Value]] = ()
) -> str:
    """Return the text of a file with these fields and events, laid out as `fmt` lays it out.

    The first field has to be there; of the others those without a value are left out.
    """
    given = [(name, value) for name, value in fields.items() if value]
    first, value = given[0]
    source = Source(path, f"{first}: {written(plain_value(value), flow=False)}\n".encode())
    changes: list[Change] = [Put((name,), value) for name, value in given[1:]]
    changes += [Append(("log",), line) for line in log]
    return changed(source, changes).decode()


def _slug(words: str) -> str:
    """Return the words that carry the meaning, as a file's name may hold them."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    parts = "".join(char if char.isalnum() else " " for char in plain).split()
    telling = [part for part in parts if part not in _PASSED_BY] or parts
    slug = ""
    for part in telling:
        longer = f"{slug}-{part}" if slug else part[:_LONGEST_SLUG]
        if len(longer) > _LONGEST_SLUG:
            break
        slug = longer
    return slug
