"""Whom somebody means by a name: people say a first name or a role where a file has an id."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator

from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import nearest
from nextstep.model.people import Person, Settings
from nextstep.model.process import RESERVED

_LISTED = 8


class UnknownPersonError(NextstepError):
    """A name that nobody has. ``likely`` are those who may be meant, nobody where it is unlike.

    ``option_hint`` is for the commands that take somebody new by an option; ``instead`` names who
    can be named, for where neither an option nor a command can be typed.
    """

    def __init__(self, name: str, *, likely: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Keep the name, and put into words what to write instead."""
        self.instead = f"write {listed(likely or known, 'or')}" if likely or known else ""
        instead = f"{self.instead}, or " if self.instead else ""
        super().__init__(
            f"`{name}` is nobody that `people` in nextstep.yaml knows",
            f"{instead}add `{name}: {{}}` under `people`: nextstep edit settings",
        )
        self.name = name
        self.likely = likely
        self.option_hint = f"{instead}add --new-person {shlex.quote(name)}"


def person_named(text: str, settings: Settings) -> str:
    """Return the name in files of whom a text means.

    That is somebody's id, with or without `@`, their name, address or first name where only one
    has it, or a role that one person holds. In a ledger without people it is the text itself.
    Raises NextstepError, with what to write instead, where it is nobody or may be several.
    """
    name = text.strip().removeprefix("@").strip()
    if not settings.people:
        if name in RESERVED or not name:
            raise NextstepError(f"`{text}` is not the name of a person", "write a name")
        return name
    if name in settings.people:
        return name
    found = meant(name, settings)
    if found:
        return one_of(name, found)
    raise _unknown(name, settings)


def one_of(name: str, found: tuple[str, ...]) -> str:
    """Return the one person whom a name may mean; NextstepError where it may be several."""
    if len(found) > 1:
        message = f"`{name}` may be {len(found)} people"
        raise NextstepError(message, f"write {listed(found, 'or')}")
    return found[0]


def people_named(texts: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """Return the people that texts mean, each once; a text may name several, between commas."""
    names = (name for text in texts for name in text.split(",") if name.strip())
    return tuple(dict.fromkeys(person_named(name, settings) for name in names))


def meant(name: str, settings: Settings) -> tuple[str, ...]:
    """Return the ids of everybody that a name may stand for, none where nobody is known by it."""
    wanted = " ".join(name.split()).casefold()
    if not wanted:
        return ()
    found = _known_as(wanted, settings, (_ids, _names, _first_names))
    if found:
        return found
    role = next((one for one in settings.roles.values() if one.id.casefold() == wanted), None)
    return role.people if role else ()


def by_name(name: str, settings: Settings) -> tuple[str, ...]:
    """Return the ids of everybody who has such a name, or it as a part of theirs; no role."""
    wanted = " ".join(name.split()).casefold()
    return _known_as(wanted, settings, (_ids, _names, _first_names, _parts)) if wanted else ()


def _known_as(
    wanted: str, settings: Settings, ways: Iterable[Callable[[Person], Iterable[str]]]
) -> tuple[str, ...]:
    """Return who is known so in the first of some ways in which anybody is."""
    people = settings.people.values()
    for known_as in ways:
        found = tuple(one.id for one in people if wanted in map(str.casefold, known_as(one)))
        if found:
            return found
    return ()


def _ids(person: Person) -> Iterator[str]:
    yield person.id
    yield from person.emails


def _names(person: Person) -> Iterator[str]:
    if person.name:
        yield " ".join(person.name.split())


def _first_names(person: Person) -> Iterator[str]:
    if person.name:
        yield person.name.split()[0]


def _parts(person: Person) -> Iterator[str]:
    if person.name:
        yield from person.name.split()


def _unknown(name: str, settings: Settings) -> NextstepError:
    people, roles = settings.people, settings.roles
    role = roles.get(name)
    if role is not None:
        return NextstepError(f"nobody holds the role `{name}`", "name the person")
    near = nearest(name, [*people, *(id_ for id_, one in roles.items() if len(one.people) == 1)])
    return UnknownPersonError(
        name,
        likely=by_name(name, settings) or ((near,) if near else ()),
        known=tuple(sorted(people)) if 1 < len(people) <= _LISTED else (),
    )
