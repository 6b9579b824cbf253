"""The page about JSON: what each report holds, from the types of the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from markdown_text import code, page, table
from report_documents import DOCUMENTS
from report_types import WITHOUT_KIND, fields_of, is_record, records_in, words_of

_INTRODUCTION = """\
`--format json` prints one object, and so does `--json` where something is recorded. `schema` names its
shape and version, such as `nextstep.due/1`.
Within a version fields are added, and none is renamed, removed or given another meaning. The same
commit and the same `--today` give the same bytes.

Days are written `2026-11-27`, instants `2026-11-27T17:00-05:00`; without an offset they are in `timezone`.
What is not known is `null`. A field is left out only where this page says "not always there".
Text is what the file says; characters that act or hide are written as JSON escapes.

What was recorded is `nextstep.recorded/1`, with the fields of each [event](../files/events.md); the notes of
`ask` are `nextstep.ask/1`, and whether a run can be started is `nextstep.readiness/1`."""


def pages() -> dict[str, str]:
    """Return the page by file name."""
    records = _reached(DOCUMENTS.values())
    sections = [_section(schema, said) for schema, said in sorted(DOCUMENTS.items())]
    sections += [_section(name, records[name]) for name in sorted(records)]
    return {"index.md": page("Reports as JSON", _INTRODUCTION, *sections)}


def _reached(documents: Iterable[object]) -> dict[str, type]:
    """Return every record that the documents hold, by name; no two may have one name."""
    found: dict[str, type] = {}
    ahead = [record for said in documents for record in _inside(said)]
    while ahead:
        record = ahead.pop()
        known = found.setdefault(record.__name__, record)
        if known is not record:
            message = f"{known.__module__} and {record.__module__} both have a `{record.__name__}`"
            raise RuntimeError(message)
        ahead += [one for one in _inside(record) if found.get(one.__name__) is not one]
    return found


def _inside(said: Any) -> Iterator[type]:
    for field, _ in _fields(said).values():
        yield from records_in(field)


def _fields(said: Any) -> dict[str, tuple[object, bool]]:
    """Return the fields of a document: those of a record, and what stands beside it."""
    fields: dict[str, tuple[object, bool]] = {}
    for one in (said,) if is_record(said) else get_args(said):
        fields |= fields_of(one)
    return fields


def _section(title: str, said: Any) -> str:
    about = said if is_record(said) else get_args(said)[0]
    words = " ".join((about.__doc__ or "").replace("``", "`").split())
    fields = _fields(said)
    if title in _KIND_ELSEWHERE:
        del fields["kind"]
    rows = (
        (code(name), words_of(field) + (", not always there" if optional else ""))
        for name, (field, optional) in fields.items()
    )
    return f"## {title}\n\n{words}\n\n{table(('field', 'value'), rows)}"


def _kind_elsewhere(said: Any) -> Iterator[str]:
    parts = get_args(said)
    if WITHOUT_KIND in parts:
        yield parts[0].__name__
    for part in () if WITHOUT_KIND in parts else parts:
        yield from _kind_elsewhere(part)


_KIND_ELSEWHERE = {
    name
    for said in DOCUMENTS.values()
    for field, _ in _fields(said).values()
    for name in _kind_elsewhere(field)
}
"""Records that are only shown where their `kind` stands in the document around them."""
