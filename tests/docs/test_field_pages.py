"""Every field stands on the page of its file, with an example that a file may hold."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from nextstep.files import event_fields, fields
from nextstep.files.reading import Reading
from nextstep.files.records import reader_of
from nextstep.files.syntax import parse
from nextstep.model.source import Source
from tests.docs.reading_pages import ROOT, code_in, rows

sys.path.insert(0, str(ROOT / "docs"))
import file_pages

FILES = ROOT / "docs" / "reference" / "files"


def records(record: fields.Record) -> Iterator[fields.Record]:
    """Yield a record and all that can stand inside it, as the declarations say."""
    seen: dict[str, fields.Record] = {}
    waiting: list[Any] = [record]
    while waiting:
        one = waiting.pop()
        if one.name in seen:
            continue
        seen[one.name] = one
        for field in one.fields:
            kind: Any = field.kind
            while hasattr(kind, "of") and not isinstance(kind.of, str):
                kind = kind.of
            if hasattr(kind, "record"):
                waiting.append(kind.record)
    yield from seen.values()


DECLARED = [
    pytest.param(page, field, id=f"{page}-{record.name}-{field.name}".replace(" ", "_"))
    for page, (top, _, _) in file_pages.PAGES.items()
    for record in records(top)
    for field in record.fields
]


def test_the_pages_speak_of_many_fields() -> None:
    assert len(DECLARED) > 150


@pytest.mark.parametrize(("page", "field"), DECLARED)
def test_a_field_stands_on_its_page_with_words_and_an_example(
    page: str, field: fields.Field
) -> None:
    shown = [row for row in rows(FILES / f"{page}.md", "field") if code_in(row[0]) == [field.name]]
    assert any(row[1] and row[2] == field.about and code_in(row[3]) for row in shown)


@pytest.mark.parametrize(("page", "field"), DECLARED)
def test_an_example_is_read_without_a_finding(page: str, field: fields.Field) -> None:
    del page
    document = parse(Source("processes/x.yaml", f"{field.name}: {field.example}\n".encode()))
    reading = Reading("processes/x.yaml", document.findings)
    assert document.root is not None
    reader_of(field.kind)(document.root.value[0][1], reading)
    assert not [found.message for found in reading.told()]


EVENT_FIELDS = [
    pytest.param(kind.word, field, id=f"{kind.word}-{field.name}")
    for kind in event_fields.KINDS
    for field in kind.fields
]


@pytest.mark.parametrize(("word", "field"), EVENT_FIELDS)
def test_a_field_of_an_event_stands_below_its_event(word: str, field: fields.Field) -> None:
    text = (FILES / "events.md").read_text("utf-8")
    section = text.partition(f"\n## {word}\n")[2].partition("\n## ")[0]
    assert f"| `{field.name}`" in section
    assert field.about in section
