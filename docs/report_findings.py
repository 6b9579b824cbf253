"""What a finding and a rule hold as JSON; report_documents.py says where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict


class Place(TypedDict):
    """A place in a file, 1-based; all four are null where the whole file is meant."""

    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


class Related(Place):
    """A second place that a finding speaks of."""

    message: str
    path: str


class Replacement(Place):
    """A piece of the file and the text that takes its place, exactly as given."""

    text: str


class Mend(TypedDict):
    """The one right way to mend a finding: what it does in a few words, and its edits in order."""

    what: str
    edits: tuple[Replacement, ...]


class Finding(Place):
    """Something that is wrong. ``mend`` is there where exactly one change of the file is right."""

    code: str
    name: str
    severity: Literal["error", "warning"]
    message: str
    hint: str
    path: str
    related: tuple[Related, ...]
    mend: Mend | None


class Explained(TypedDict):
    """A rule, with example files by path: before a change (null where none is needed), bad, good."""

    code: str
    name: str
    severity: Literal["error", "warning"]
    what: str
    why: str
    fix: str
    before: Mapping[str, str] | None
    bad: Mapping[str, str]
    good: Mapping[str, str]
