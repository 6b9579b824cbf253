"""The page about JSON: what each report holds, from reports on the example ledger and their types."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

import nextstep.reports
from console_blocks import make_folder
from markdown_text import code, page, table
from running import in_a_fork

COMMANDS = (
    ["due", "--who", "dev", "--all"],
    ["list", "--state", "all"],
    ["list", "--processes"],
    ["show", "k3f9"],
    ["show", "p2mx"],
    ["show", "p2mx", "handover"],
    ["show", "release"],
    ["show", "globex-growth"],
    ["checklist", "p2mx"],
    ["checklist", "annual-customer-review", "approve"],
    ["checklist", "k3f9"],
    ["checklist", "7qhd", "--for-customer"],
    ["who", "dev"],
    ["who", "call-desk"],
    ["who", "release"],
    ["check"],
    ["check", "--against", "HEAD"],
    ["digest", "--for", "ana"],
    ["digest", "--for", "all", "--since", "2026-10-01"],
    ["audit", "--anchor", "1234567"],
    ["trail", "k3f9"],
    ["trail", "--event", "moved"],
    ["slips"],
    ["explain", "NS301"],
    ["explain", "NS501"],
)
"""Command lines whose reports have every shape; each with `--format json`."""
RECORDINGS = (
    ["note", "k3f9", "Lena has called", "--by", "mia"],
    ["block", "7qhd", "compile", "--why", "One page is not there"],
    [
        "add",
        "Send Lena it",
        "--so",
        "She can decide",
        "--with",
        "lena",
        "--due",
        "fri",
        "--dry-run",
    ],
    ["ask", "9wte", "--by", "sam"],
)
"""Command lines that record something; each with `--json`."""
_REVIEW = ["review", "HEAD", "--format", "json"]
_READY = ["start", "release", "--ready", "--input", "version=0.2.0", "--json"]
_EDITS = (
    ("commitments/2026/11/acr-globex-7qhd.yaml", "due: 2026-11-25", "due: 2026-12-10"),
    ("commitments/2026/11/globex-usage-report-k3f9.yaml", "how: call", "how: mail"),
    ("commitments/2026/11/globex-outage-facts-t5bn.yaml", "what: List", "what: Write down"),
    ("processes/annual-customer-review.yaml", "- id: notice", "- id: notify"),
    (
        "commitments/2026/11/globex-credit-note-h6ra.yaml",
        "log:\n",
        "log:\n  - {at: 2026-11-23T09:00Z, by: fin, event: closed, result: kept, next: [k3f9]}\n",
    ),
)
"""What is changed in the files before the last document, a review."""
_BROKEN = "what: Pick the venue\noutcom: We know how many chairs to order\ndue: 2026-02-30\n"
_INTRODUCTION = """\
`--format json` prints one object, and so does `--json` where something is recorded. `schema` names its
shape and version, such as `nextstep.due/1`.
Within a version fields are added, and none is renamed, removed or given another meaning. The same
commit and the same `--today` give the same bytes.

Days are written `2026-11-27`, instants with their offset. What is not known is `null`, not left out.
Text is what the file says; characters that act or hide are written as JSON escapes.

What was recorded is `nextstep.recorded/1`, with the fields of each [event](../files/events.md); the notes of
`ask` are `nextstep.ask/1`, and whether a run can be started is `nextstep.readiness/1`."""
_WORDS = {
    "str": "text",
    "int": "number",
    "bool": "true or false",
    "date": "day",
    "datetime": "instant",
    "None": "null",
    "Due": "day, instant, `asap` or `none`",
    "Day": "day or instant",
    "object": "any value",
}


def pages() -> dict[str, str]:
    """Return the page by file name."""
    shapes = _Shapes()
    for document in _documents():
        shapes.take(document)
    return {"index.md": page("Reports as JSON", _INTRODUCTION, *shapes.sections())}


class _Shapes:
    """What the documents hold: maps that are records of the program are described once, by it."""

    def __init__(self) -> None:
        self.known = {_names(one): one for one in _records()}
        self.met: dict[str, type[Struct]] = {}
        self.kind_said_above: set[str] = set()
        self.tops: dict[str, dict[str, set[str]]] = {}

    def take(self, document: dict[str, Any]) -> None:
        fields = self.tops.setdefault(document.pop("schema"), {})
        for name, value in document.items():
            fields.setdefault(name, set()).add(self.words(value))

    def words(self, value: Any) -> str:
        """Return what a value is, and remember the records in it."""
        if isinstance(value, list):
            inner = sorted({self.words(one) for one in value})
            return f"list of {' or '.join(inner)}" if inner else "list"
        if not isinstance(value, dict):
            return _kind(value)
        for extra in (set(), {"section"}, {"kind"}):
            if record := self.known.get(frozenset(value.keys() ^ extra)):
                self.meet(record)
                if extra == {"kind"}:
                    self.kind_said_above.add(record.__name__)
                more = ", with `section`" if extra == {"section"} else ""
                return f"[{record.__name__}](#{record.__name__.lower()}){more}"
        if "event" in value:
            return "[event](../files/events.md), without `at` and `by`"
        if not value or any("/" in name for name in value):
            return "map"
        return "map: " + ", ".join(f"{code(name)} ({self.words(value[name])})" for name in value)

    def meet(self, record: type[Struct]) -> None:
        """Remember a record and all that its fields name."""
        if record.__name__ in self.met:
            return
        self.met[record.__name__] = record
        by_name = {one.__name__: one for one in self.known.values()}
        for annotation in _annotations(record).values():
            for name in re.findall(r"\w+", annotation):
                if name in by_name:
                    self.meet(by_name[name])

    def sections(self) -> Iterator[str]:
        for schema in sorted(self.tops):
            rows = ((code(name), _either(words)) for name, words in self.tops[schema].items())
            yield f"## {schema}\n\n{table(('field', 'value'), rows)}"
        for name in sorted(self.met):
            record = self.met[name]
            about = " ".join((record.__doc__ or "").replace("``", "`").split())
            rows = (
                (code(field.rstrip("_")), self.typed(annotation))
                for field, annotation in _annotations(record).items()
                if not (field == "kind" and name in self.kind_said_above)
            )
            yield f"## {name}\n\n{about}\n\n{table(('field', 'value'), rows)}"

    def typed(self, annotation: str) -> str:
        """Return in words what a type says."""
        if found := re.fullmatch(r"tuple\[(.+), \.\.\.\]", annotation):
            return f"list of {self.typed(found[1])}"
        if found := re.fullmatch(r"Mapping\[(\w+), (.+)\]", annotation):
            return f"map of {self.typed(found[2])}"
        if " | " in annotation and "[" not in annotation:
            return ", or ".join(self.typed(part) for part in annotation.split(" | "))
        if found := re.fullmatch(r"(.+) \| None", annotation):
            return f"{self.typed(found[1])}, or null"
        if annotation in self.met:
            return f"[{annotation}](#{annotation.lower()})"
        return _WORDS.get(annotation, "text")


def _records() -> Iterator[type[Struct]]:
    for found in pkgutil.iter_modules(nextstep.reports.__path__):
        module = import_module(f"nextstep.reports.{found.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Struct) and value is not Struct:
                yield value


def _annotations(record: type[Struct]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in reversed(record.__mro__):
        if one is not Struct and issubclass(one, Struct):
            found |= {name: str(said) for name, said in one.__annotations__.items()}
    return found


def _names(record: type[Struct]) -> frozenset[str]:
    return frozenset(name.rstrip("_") for name in record.__struct_fields__)


def _kind(value: object) -> str:
    if value is None or isinstance(value, bool | int):
        return {type(None): "null", bool: "true or false"}.get(type(value), "number")
    return "day" if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) else "text"


def _either(words: set[str]) -> str:
    rest = sorted(words - {"null", "list"}) or sorted(words)
    return ", or ".join([*rest, *(["null"] if "null" in words and rest != ["null"] else [])])


def _edit(folder: Path) -> None:
    for path, old, new in _EDITS:
        text = (folder / path).read_text("utf-8")
        if old not in text:
            message = f"{path} does not say `{old}`"
            raise RuntimeError(message)
        (folder / path).write_text(text.replace(old, new, 1), "utf-8")


def _documents() -> Iterator[dict[str, Any]]:
    path = os.environ.get("PATH", os.defpath)
    with tempfile.TemporaryDirectory() as name:
        env = {"PATH": path, "HOME": f"{name}/home", "NEXTSTEP_TODAY": "2026-11-23"}
        folder = Path(name).resolve() / "acme"
        make_folder("", folder)
        (folder / "commitments" / "broken.yaml").write_text(_BROKEN, "utf-8")
        reading = [[*words, "--format", "json"] for words in COMMANDS]
        recording = [[*words, "--json"] for words in RECORDINGS]
        for words in [*reading, *recording, _READY, _REVIEW]:
            if words is _REVIEW:
                _edit(folder)
            ran = in_a_fork(words, folder, env)
            if not ran.out:
                message = f"nextstep {' '.join(words)} ended with {ran.code}: {ran.err}"
                raise RuntimeError(message)
            yield json.loads(ran.out)
