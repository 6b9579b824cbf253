"""What somebody changes in a file by hand, and what event that is to become."""

from __future__ import annotations

from msgspec.structs import replace

from tests.faults.promise_model import Fact, Thing, field_of
from tests.faults.promise_rows import Act

BY_HAND = {
    "edit, the date": "edit {id} --why later --if-wrong discard",
    "edit, the words": "edit {id} --why clearer --if-wrong discard",
    "edit, who": "edit {id} --why 'Knows it better' --if-wrong discard",
    "fmt, the date": "fmt --record --why later",
}
"""What is typed so that a change by hand gets its event; who edits commits it as well."""

_FIELDS = {
    "edit, the date": "due",
    "edit, the words": "what",
    "edit, who": "who",
    "fmt, the date": "due",
}


def is_edit(act: Act) -> bool:
    """Return whether it goes through the editor of who types, who then is the one who acted."""
    return act.row.startswith("edit, ")


def is_changed(thing: Thing, act: Act) -> bool:
    """Return whether the row changes anything here.

    Nobody writes by hand what was only ever written by what is taken back, nor gives something to
    somebody that is nobody's.
    """
    field = _FIELDS[act.row]
    before = getattr(thing.now, field)
    if before == _value(act) or (field == "who" and not before):
        return False
    return _is_told(thing, act) or not any(field_of(fact) == field for fact in thing.log)


def by_hand(thing: Thing, act: Act) -> Thing | None:
    """Return what comes of a change by hand; None where its event is refused.

    Other words have an event only where the log tells of some already, and a date only where there
    was one: else they are as they were written first.
    """
    if not is_changed(thing, act):
        return thing
    field, value = _FIELDS[act.row], _value(act)
    if not _is_told(thing, act):
        return replace(thing, begun=replace(thing.begun, **{field: value}))
    by = act.typist if is_edit(act) else act.by
    if field == "due":
        fact = Fact(kind="moved", by=by, typist=act.typist, to=value)
    else:
        fact = Fact(kind="changed", by=by, typist=act.typist, field=field, to=value)
    return thing.with_facts([fact], act.at, act.command)


def script(thing: Thing, act: Act) -> list[str]:
    """Return the editor that makes the change; the file comes behind it."""
    if not is_changed(thing, act):
        return ["true"]
    field, value = _FIELDS[act.row], _value(act)
    if not getattr(thing.now, field):
        return ["sed", "-i", "-e", f"1a {field}: {value}"]
    return ["sed", "-i", "-e", f"s/^{field}: .*/{field}: {value}/"]


def _is_told(thing: Thing, act: Act) -> bool:
    """Return whether a change of the field is an event: there was something, or the log says so."""
    field = _FIELDS[act.row]
    was_there = field != "what" and getattr(thing.now, field) != ""
    return was_there or any(field_of(fact) == field for fact in thing.facts)


def _value(act: Act) -> str:
    return {"due": act.day, "what": f"other {act.person}", "who": act.person}[_FIELDS[act.row]]
