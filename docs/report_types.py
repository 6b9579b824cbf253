"""Types of documents: what they hold, how that is called on a page, and whether a value fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from msgspec import Struct

from markdown_text import code
from nextstep.dates.words import counted
from nextstep.model.time import DueWord

WITHOUT_KIND = "without `kind`"
"""Marks a record whose `kind` stands in the document around it instead."""

_UNIONS = (Union, UnionType)
_MAPS = (Mapping, dict)
_DUE = (date, datetime, DueWord)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_SIMPLE: Mapping[object, tuple[str, Callable[[Any], bool]]] = {
    str: ("text", lambda value: isinstance(value, str)),
    bool: ("true or false", lambda value: isinstance(value, bool)),
    int: ("number", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    date: ("day", lambda value: isinstance(value, str) and bool(_DAY.fullmatch(value))),
    datetime: ("instant", lambda value: isinstance(value, str) and bool(_INSTANT.fullmatch(value))),
    NoneType: ("null", lambda value: value is None),
    object: ("any value", lambda _: True),
}


def fields_of(record: Any) -> dict[str, tuple[object, bool]]:
    """Return the fields of a record by name: each with its type, and whether it may be left out."""
    fields = {}
    for name, said in get_type_hints(record, include_extras=True).items():
        optional = get_origin(said) is NotRequired
        fields[name.rstrip("_")] = (get_args(said)[0] if optional else said, optional)
    return fields


def is_record(said: object) -> bool:
    """Tell whether a type has named fields."""
    return is_typeddict(said) or (isinstance(said, type) and issubclass(said, Struct))


def records_in(said: object) -> Iterator[type]:
    """Yield the records that a type names; what stands beside an `Annotated` is none of them."""
    if isinstance(said, type) and is_record(said):
        yield said
    parts = get_args(said)[:1] if get_origin(said) is Annotated else get_args(said)
    for part in parts:
        yield from records_in(part)


def words_of(said: Any) -> str:
    """Return in words what a type says, with a link to each record."""
    if said in _SIMPLE:
        return _SIMPLE[said][0]
    if is_record(said):
        return f"[{said.__name__}](#{said.__name__.lower()})"
    words = _made_of(get_origin(said), get_args(said)) or ", ".join(map(code, _values(said)))
    if not words:
        message = f"no words for the type {said}"
        raise RuntimeError(message)
    return words


def _made_of(origin: object, parts: tuple[Any, ...]) -> str:
    """Return in words a type that is made of others; nothing where it is not."""
    if origin is Annotated:
        return _annotated(*parts)
    if origin in _UNIONS:
        return ", or ".join(_either(parts))
    if origin in _MAPS:
        return f"map of {words_of(parts[1])}"
    if origin is tuple and Ellipsis in parts:
        return f"list of {words_of(parts[0])}"
    return f"pair ({'; '.join(map(words_of, parts))})" if origin is tuple else ""


def misfits(value: Any, said: Any, at: str = "") -> Iterator[str]:
    """Yield where a value from JSON is not of its type, and how."""
    origin, parts = get_origin(said), get_args(said)
    if is_record(said):
        yield from _of_record(value, fields_of(said), at)
    elif origin is Annotated:
        yield from _of_annotated(value, parts, at)
    elif origin in _UNIONS:
        tried = [[*misfits(value, one, at)] for one in parts]
        if all(tried):
            yield from min(tried, key=len)
    elif origin is tuple and isinstance(value, list):
        yield from _of_list(value, parts, at)
    elif origin in _MAPS and isinstance(value, dict):
        for name, one in value.items():
            yield from misfits(one, parts[1], f"{at}.{name}")
    elif not _is_one(value, said):
        yield f"{at}: {value!r} is no {words_of(said)}"


def _of_list(value: list[Any], parts: tuple[Any, ...], at: str) -> Iterator[str]:
    types = parts[:1] * len(value) if Ellipsis in parts else parts
    if len(types) != len(value):
        yield f"{at}: {counted(len(value), 'value')}, not {len(types)}"
        return
    for number, (one, said) in enumerate(zip(value, types, strict=True)):
        yield from misfits(one, said, f"{at}[{number}]")


def _annotated(said: Any, *beside: Any) -> str:
    words = words_of(said)
    for one in beside:
        if is_record(one):
            fields = fields_of(one)
            at_times = "at times " if any(optional for _, optional in fields.values()) else ""
            words += f", {at_times}with {', '.join(map(code, fields))}"
        elif one != WITHOUT_KIND:
            words = one
    return words


def _either(parts: tuple[Any, ...]) -> Iterator[str]:
    """Yield the ways that a value may be; a due, and a day or an instant, are one each."""
    rest = list(parts)
    if set(_DUE) <= set(rest):
        yield "day, instant, `asap` or `none`"
        rest = [one for one in rest if one not in _DUE]
    elif {date, datetime} <= set(rest):
        yield "day or instant"
        rest = [one for one in rest if one not in (date, datetime)]
    yield from (words_of(one) for one in rest)


def _values(said: Any) -> tuple[str, ...]:
    """Return the words of a closed list; none where the type is no such list."""
    if get_origin(said) is Literal:
        return get_args(said)
    is_enum = isinstance(said, type) and issubclass(said, Enum)
    return tuple(str(one.value) for one in said) if is_enum else ()


def _is_one(value: Any, said: Any) -> bool:
    return bool(_SIMPLE[said][1](value)) if said in _SIMPLE else value in _values(said)


def _of_annotated(value: Any, parts: tuple[Any, ...], at: str) -> Iterator[str]:
    said, *beside = parts
    if not is_record(said):
        yield from misfits(value, said, at)
        return
    fields = fields_of(said)
    for one in beside:
        if one == WITHOUT_KIND:
            del fields["kind"]
        else:
            fields |= fields_of(one)
    yield from _of_record(value, fields, at)


def _of_record(value: Any, fields: Mapping[str, tuple[object, bool]], at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at}: {value!r} is no map"
        return
    needed = {name for name, (_, optional) in fields.items() if not optional}
    yield from (f"{at}: no `{name}`" for name in sorted(needed - value.keys()))
    yield from (f"{at}.{name} is not told of" for name in sorted(value.keys() - fields.keys()))
    for name in value.keys() & fields.keys():
        yield from misfits(value[name], fields[name][0], f"{at}.{name}")
