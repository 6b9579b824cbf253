"""Somebody who is named for the first time: what files call them, and the line that says they came."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from msgspec.structs import replace

from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.people import Person
from nextstep.model.process import RESERVED
from nextstep.repo.paths import SETTINGS

_BY_HAND = "add them under `people` by hand: nextstep edit settings"


def newcomer(text: str, ledger: Ledger) -> Person:
    """Return the person that a name is to stand for: `Lena Fischer` becomes `lena`.

    The name is kept where it says more than the id. Raises NextstepError where it can be nobody's:
    no id can be made of it, or it means something else in this ledger.
    """
    name = " ".join(text.split()).removeprefix("@").strip()
    settings = ledger.settings
    if not settings.people and SETTINGS in ledger.faulty:
        raise NextstepError(
            f"{SETTINGS} cannot be read, and so nobody can be added to it",
            f"`nextstep check {SETTINGS}` says what is wrong",
        )
    if not settings.people:
        message = f"{SETTINGS} names nobody yet, and then every name will do"
        raise NextstepError(message, "leave --new-person out")
    words = _plain_words(name)
    ids = [words[0], "-".join(words)] if words else []
    id_ = next((one for one in ids if one not in settings.people), None)
    if id_ is None:
        taken = f"`{ids[0]}` is there already" if ids else f"no id can be made of `{text}`"
        raise NextstepError(taken, "leave --new-person out" if ids else _BY_HAND)
    if id_ in _spoken_for(ledger):
        raise NextstepError(
            f"`{id_}` has a meaning of its own in this ledger, and cannot be a person",
            "name one person, such as `lena`",
        )
    return Person(id=id_, name=None if name.casefold() == id_ else name)


def joined(ledger: Ledger, people: Iterable[Person]) -> Ledger:
    """Return a ledger that knows these people too."""
    known = {**{one.id: one for one in people}, **ledger.settings.people}
    return replace(ledger, settings=replace(ledger.settings, people=known))


def not_in(ledger: Ledger, people: Iterable[Person]) -> tuple[Person, ...]:
    """Return the people that a ledger does not know."""
    return tuple(one for one in people if one.id not in ledger.settings.people)


def with_newcomers(
    draft: Draft, people: Iterable[Person], actor: Actor, *, said: Container[str] = ()
) -> Draft:
    """Return a draft that makes those of these people known as well whom it names, or who act.

    Raises NextstepError where it does not name somebody of whom an option has ``said`` the id.
    """
    named: list[Person] = []
    for person in people:
        if _is_named(person.id, draft, actor):
            named.append(person)
        elif person.id in said:
            raise NextstepError(
                f"--new-person: nothing that is written names {called(person)}",
                f"leave it out, or name {person.id} where they are meant",
            )
    if not named:
        return draft
    return replace(draft, people=tuple(named), told=(*draft.told, _told(named)))


def _is_named(id_: str, draft: Draft, actor: Actor) -> bool:
    word = re.compile(rf"(?<![\w-]){re.escape(id_)}(?![\w-])")
    fields = (value for one in draft.edits for value in one.fields.values())
    entries = (entry for one in draft.edits for entry in one.entries)
    told = (value for entry in entries for value in entry.values.values())
    texts = [*map(str, (*fields, *told)), *(one.text for one in draft.new)]
    return id_ in (actor.by, actor.recorded_by) or any(map(word.search, texts))


def _told(people: Sequence[Person]) -> str:
    return f"New in {SETTINGS}: {', '.join(map(called, people))}."


def named_only_in(ledger: Ledger, path: str) -> tuple[Person, ...]:
    """Return the people of whom a ledger knows no more than a name, which one file alone uses."""
    return tuple(
        person
        for person in ledger.settings.people.values()
        if person == Person(id=person.id, name=person.name)
        and _files_with(person.id, ledger) == {SETTINGS: 1, path: 1}
    )


def _files_with(id_: str, ledger: Ledger) -> dict[str, int]:
    """Return in which files a word stands: 1 for once, or for any number but in the settings."""
    word = re.compile(rb"(?<![\w-])%b(?![\w-])" % re.escape(id_.encode()))
    found = {path: len(word.findall(one.data)) for path, one in ledger.sources.items()}
    return {path: n if path == SETTINGS else 1 for path, n in found.items() if n}


def called(person: Person) -> str:
    """Return somebody's id, with the name where there is one."""
    return f"{person.id} ({person.name})" if person.name else person.id


def _plain_words(name: str) -> list[str]:
    """Return the words of a name in the letters of an id; none where one has other letters."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.split(r"[ ._]+", re.sub("['\u2019]", "", bare).strip(" ._-"))
    return words if all(re.fullmatch(r"[a-z][a-z0-9-]*", word) for word in words) else []


def _spoken_for(ledger: Ledger) -> set[str]:
    """Return the names that mean something else: words of the format, roles, teams."""
    settings = ledger.settings
    teams = {person.team for person in settings.people.values() if person.team}
    in_processes = {role for process in ledger.processes.values() for role in process.roles}
    in_runs = {role.partition("/")[0] for run in ledger.runs.values() for role in run.people}
    return {*RESERVED, *settings.roles, *teams, *in_processes, *in_runs}
