"""Records that live through commits, and the truth about them: written down as it is made.

Nothing here asks the program what happened. Whoever changes a record through these functions says
at the same time which fact that is.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

COMMITMENT, RUN, PROCESS = "commitment", "run", "process"
MADE, DROPPED = "made in a merge", "dropped by a merge"
_SPELLINGS = ("tool", "hand", "windows")


class Truth(Struct, frozen=True, kw_only=True):
    """One fact as it was meant. ``line`` is the instant of the line of the log, if there is one."""

    commit: int
    event: str
    id: str
    by: str
    at: str
    step: str | None = None
    recorded_by: str | None = None
    line: str | None = None
    seen: bool = True
    how: str = "commit"
    detail: str = ""
    after_due: bool | None = None


class Author(Struct, frozen=True):
    """Somebody who commits; ``person`` is their name in the ledger, None for a stranger."""

    name: str
    email: str
    person: str | None

    @property
    def called(self) -> str:
        """What the trail calls them."""
        return self.person or self.name


AUTHORS = (
    Author("Dev", "dev@example.org", "dev"),
    Author("Lena", "Lena@Example.org", "lena"),
    Author("Sam Stone", "sam@example.net", None),
)


class Line(Struct, frozen=True):
    """One line of a log: its instant as it is written, and the other fields in order."""

    at: str
    by: str
    event: str
    rest: tuple[tuple[str, str], ...] = ()

    @property
    def instant(self) -> datetime:
        """When it happened."""
        return datetime.fromisoformat(self.at).astimezone(UTC)

    @property
    def step(self) -> str | None:
        """The step it is about."""
        return dict(self.rest).get("step")


class Record:
    """A file: its fields by name, its log, how it is spelled and where it lies."""

    def __init__(self, number: int, kind: str, folder: str, chance: random.Random) -> None:
        self.number, self.kind, self.folder = number, kind, folder
        self.stem = f"thing-{number:03}"
        self.spelling = chance.choice(_SPELLINGS) if kind == COMMITMENT else "tool"
        self.fields: dict[str, str] = {}
        self.log: list[Line] = []
        self.taken_out: list[Line] = []
        self.written_anew: dict[str, str] = {}
        self.broken = ""

    def copy(self) -> Record:
        """The same record for another branch."""
        other = Record.__new__(Record)
        other.__dict__ = {
            **self.__dict__,
            "fields": dict(self.fields),
            "log": list(self.log),
            "taken_out": list(self.taken_out),
            "written_anew": dict(self.written_anew),
        }
        return other

    @property
    def path(self) -> str:
        """Where the file lies."""
        top = "processes" if self.kind == PROCESS else "commitments"
        return f"{top}/{self.folder}{self.stem}.yaml"

    def content(self) -> bytes:
        """What the file says."""
        write = {COMMITMENT: _commitment, RUN: _run, PROCESS: _process}[self.kind]
        text = (self.broken or "") + write(self)
        return text.replace("\n", "\r\n" if self.spelling == "windows" else "\n").encode()


def _commitment(record: Record) -> str:
    names = ["what", "who", "with", "outcome", "due", "partner", "part_of"]
    given = [name for name in names if name in record.fields]
    if record.spelling == "tool":
        text = "".join(
            f"{name}: {_listed(name, record.fields[name])}\n"
            + ("\n" if name in {"what", "due"} else "")
            for name in given
        )
        return text + _log(record.log)
    text = "".join(
        f"{name}: '{record.fields[name]}'  # said so\n"
        for name in reversed(given)
        if name != "with"
    )
    if "with" in given:
        text += "with:\n" + "".join(f"- {one}\n" for one in record.fields["with"].split(", "))
    if record.log:
        text += "log:\n" + "".join(
            "  - " + "\n    ".join(f'{name}: "{value}"' for name, value in _pairs(one)) + "\n"
            for one in record.log
        )
    return text


def _listed(name: str, value: str) -> str:
    return f"[{value}]" if name == "with" else value


def _run(record: Record) -> str:
    said = record.fields
    text = f"title: {said['title']}\nowner: ana\nstarted: 2026-01-05\ninputs: {{tier: {said['inputs.tier']}}}\n"
    text += f"people: {{mover: {said['people.mover']}}}\nsteps:\n"
    for step in ("pack", "carry"):
        due = said.get(f"steps.{step}.due")
        text += f"  - id: {step}\n    do: {said[f'steps.{step}.do']}\n    who: {said[f'steps.{step}.who']}\n"
        text += (
            "    role: mover\n"
            if step == "pack"
            else "    after: [pack]\n    rule: 2d after pack\n"
        )
        text += f"\n    due: {due}\n" if due else ""
    return text + _log(record.log)


def _process(record: Record) -> str:
    said = record.fields
    return (
        f"title: {said['title']}\nowner: {said['owner']}\ncustomer: {{who: buyers, kind: external}}\n"
        f"provides: {said['provides']}\nsteps:\n"
        "  - {id: write, do: Write it, who: seller, due: 2bd after start, done_when: It is there}\n"
        f"  - {{id: send, do: Send it, who: seller, due: {said['steps.send.due']}, done_when: Sent}}\n"
    ) + _log(record.log)


def _log(lines: list[Line]) -> str:
    if not lines:
        return ""
    written = (
        ", ".join(f"{name}: {_quoted(name, value)}" for name, value in _pairs(one)) for one in lines
    )
    return "log:\n" + "".join(f"  - {{{one}}}\n" for one in written)


def _quoted(name: str, value: str) -> str:
    return f'"{value}"' if name in {"why", "text", "outcome"} else value


def _pairs(line: Line) -> list[tuple[str, str]]:
    return [("at", line.at), ("by", line.by), ("event", line.event), *line.rest]


class Scene:
    """One commit in the making: who commits it, when, and the truth about it."""

    def __init__(self, commit: int, author: Author, at: datetime, how: str = "commit") -> None:
        self.commit, self.author, self.at, self.how = commit, author, at, how
        self.truths: list[Truth] = []
        self.touched: set[tuple[int, str]] = set()
        self.edited: dict[int, tuple[Record, set[str]]] = {}

    def tell(self, record: Record, event: str, **more: Any) -> None:
        """Note a fact that no line tells."""
        at = _text(self.at)
        said: dict[str, Any] = {"how": self.how, "by": self.author.called, "at": at, **more}
        self.truths.append(Truth(commit=self.commit, event=event, id=str(record.number), **said))

    def tell_line(self, record: Record, line: Line, **more: Any) -> None:
        """Note the fact that a line tells."""
        recorded_by = dict(line.rest).get("recorded_by")
        if recorded_by is None and self.author.person not in {None, line.by}:
            recorded_by = self.author.person
        said: dict[str, Any] = {
            "how": self.how,
            "step": line.step,
            "recorded_by": recorded_by,
            **more,
        }
        at = _text(line.instant)
        self.truths.append(
            Truth(
                commit=self.commit,
                event=line.event,
                id=str(record.number),
                by=line.by,
                at=at,
                line=line.at,
                **said,
            )
        )

    def put(self, record: Record, field: str, value: str | None) -> str | None:
        """Give a field another value and return the old one."""
        self.touched.add((record.number, field))
        old = record.fields.pop(field, None)
        if value is not None:
            record.fields[field] = value
        return old

    def is_free(self, record: Record, *fields: str) -> bool:
        """Whether nothing was said of these fields in this commit."""
        return not any((record.number, field) in self.touched for field in fields)

    def edit(self, record: Record, field: str, value: str | None) -> None:
        """Change by hand what no event is about."""
        if self.put(record, field, value) != value:
            self.edited.setdefault(record.number, (record, set()))[1].add(field)

    def end(self) -> None:
        """Tell of everything that was edited in one fact for each record."""
        for record, fields in self.edited.values():
            self.tell(record, "edited", detail=",".join(sorted(fields)))
        self.edited = {}


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def moved(old: str | None, new: str | None) -> str:
    """How the truth says from when to when a date was moved."""
    return f"{old or ''}>{new or 'none'}"


def over(due: str | None, at: datetime) -> bool | None:
    """Whether a date was over at a moment, in UTC."""
    if due is None or due in {"asap", "none"}:
        return None
    if "T" in due:
        return at > datetime.fromisoformat(due).replace(tzinfo=UTC)
    return at.astimezone(UTC) >= datetime.fromisoformat(due).replace(tzinfo=UTC) + timedelta(days=1)
