"""The pages about files: every field of every kind of file, from its declaration."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_text import code, fenced, page, table
from nextstep.files import event_fields, fields
from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.settings_fields import SETTINGS

PAGES = {
    "commitment": (COMMITMENT, "A commitment", "`commitments/<yyyy>/<mm>/<id>.yaml` with `what`"),
    "process": (PROCESS, "A process", "`processes/<id>.yaml`"),
    "run": (RUN, "A run", "`commitments/<yyyy>/<mm>/<id>.yaml` with `steps`"),
    "nextstep-yaml": (SETTINGS, "nextstep.yaml", "`nextstep.yaml` at the top of the ledger"),
}
_HEAD = ("field", "value", "what it says", "example")
_MORE = {
    fields.TimeRule: ("time expression", "../time.md#time-frames-in-a-process"),
    fields.LengthOfTime: ("length", "../time.md#time-frames-in-a-process"),
    fields.When: ("condition", "../time.md#conditions"),
    fields.Repeat: ("recurrence", "../time.md#what-comes-again"),
}
"""The words for a kind of value that lead to where it is explained."""


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    written = {f"{name}.md": _file_page(*given) for name, given in PAGES.items()}
    return written | {"events.md": _events_page(), "index.md": _index()}


def _index() -> str:
    rows = (
        (f"[{title}]({name}.md)", place, record.about)
        for name, (record, title, place) in PAGES.items()
    )
    return page(
        "Files",
        "A file's name, without its ending, is the id of what it holds. Below the two folders any "
        "depth is read. How values are written: [YAML](../yaml.md), [time](../time.md).",
        table(("what", "where", "what it is"), rows),
        "What happened to a commitment, a run or a process stands in its `log`: "
        "[events](events.md).",
        "For editors that complete and check YAML there are JSON Schemas of all four kinds, in "
        "[schemas](../schemas/commitments.json): `nextstep schema --write` puts them beside your files. "
        "How an editor finds them: [complete in your editor](../../how-to/complete-in-your-editor.md). "
        "A schema is looser than `nextstep check`, which decides.",
    )


def value_words(kind: fields.Kind) -> str:
    """Return in a few words what a value may be."""
    match kind:
        case fields.ListOf():
            return f"a list; each: {value_words(kind.of)}"
        case fields.MapOf():
            return f"a map by {kind.keys}; each: {value_words(kind.of)}"
        case fields.Nested():
            return f"a map: [{kind.record.name}](#{_slug(kind.record.name)})"
        case fields.NamedRecords():
            return f"a map by {kind.keys}; each: [{kind.record.name}](#{_slug(kind.record.name)})"
        case fields.Log():
            return "a list of [events](events.md)"
    return _plain_value_words(kind)


def _plain_value_words(kind: fields.Kind) -> str:
    match kind:
        case fields.Name():
            return f"{'an' if kind.of[0] in 'aeiou' else 'a'} {kind.of}"
        case fields.Names():
            return f"{kind.of}, or a list of them"
        case fields.Choice():
            return " or ".join(code(word) for word in kind.words)
        case fields.Count():
            return f"a whole number, {kind.least} or more"
        case fields.DueDate():
            return f"{_description(kind)}, or `none`" if kind.undated else _description(kind)
    word, place = _MORE.get(type(kind), ("", ""))
    words = _description(kind)
    return words.replace(word, f"[{word}]({place})", 1) if word else words


def _description(kind: fields.Kind) -> str:
    """Return the beginning of a kind's own words: `a calendar day`, with its examples."""
    about = " ".join((kind.__doc__ or "").replace("``", "`").split())
    first = about.split(";")[0].split(". ")[0].split(", at most")[0].rstrip(".")
    return first[:1].lower() + first[1:]


def _file_page(record: fields.Record, title: str, place: str) -> str:
    parts = [_section(inner) for inner in _inner(record)]
    intro = f"{record.about}\n\nWhere: {place}."
    return page(title, intro, _table(record.fields), _all_examples(record), *parts)


def _section(record: fields.Record) -> str:
    short = f"A bare text is its `{record.short}`." if record.short else ""
    about = (
        record.about
        if short in record.about or "bare text" in record.about
        else (f"{record.about} {short}".strip())
    )
    return f"## {record.name}\n\n{about}\n\n{_table(record.fields)}"


def _table(declared: tuple[fields.Field, ...]) -> str:
    return table(
        _HEAD,
        (
            (
                code(field.name) + (" (required)" if field.required else ""),
                value_words(field.kind),
                field.about,
                code(" ".join(field.example.split())),
            )
            for field in declared
        ),
    )


def _all_examples(record: fields.Record) -> str:
    """Return one text that shows the fields together, in the order of the declaration."""
    lines = [f"{field.name}: {field.example}".replace(": \n", ":\n") for field in record.fields]
    return f"Each field, once:\n\n{fenced(chr(10).join(lines), 'yaml')}"


def _inner(record: fields.Record) -> Iterator[fields.Record]:
    """Yield the records inside a record, each once, in the order in which they are met."""
    seen: dict[str, fields.Record] = {}
    _collect(record, seen)
    yield from seen.values()


def _collect(record: fields.Record, seen: dict[str, fields.Record]) -> None:
    for field in record.fields:
        kind: fields.Kind = field.kind
        while isinstance(kind, fields.ListOf | fields.MapOf):
            kind = kind.of
        if isinstance(kind, fields.Nested | fields.NamedRecords):
            inner = kind.record
            if inner.name not in seen:
                seen[inner.name] = inner
                _collect(inner, seen)


def _events_page() -> str:
    intro = (
        "What happened stands in `log:`, one event a line. Which event is possible when, and what "
        "it changes, is said in [states](../states.md)."
    )
    kinds = [
        f"## {kind.word}\n\n{kind.about}" + (f"\n\n{_table(kind.fields)}" if kind.fields else "")
        for kind in event_fields.KINDS
    ]
    example = (
        "{at: 2026-11-17T09:02Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, "
        'agreed_by: lena, why: "finance closes on Thursday"}'
    )
    common = f"Every event has these:\n\n{_table(event_fields.COMMON)}"
    return page("Events", intro, fenced(f"log:\n  - {example}", "yaml"), common, *kinds)


def _slug(name: str) -> str:
    return name.replace(" ", "-").lower()
