"""Commitments as they are written over time: mostly as the tool writes them, with slips."""

from __future__ import annotations

import random
from collections.abc import Iterator

FIELDS = {
    "what": [
        "Send Lena the offer",
        '"Send: the offer"',
        "Grüße, und zwar bald",
        "call (twice)",
        "no",
    ],
    "who": ["dev", "lena", "'dev'", "[dev]"],
    "with": ["[lena]", "lena", "[lena, mia]", '["lena", mia]', "[]"],
    "outcome": ["She decides", '"She: decides"', "|\n  two\n  lines", "null", "~"],
    "due": ["2026-11-20", "2026-11-20T17:00", "asap", "none", "2026-02-30", "20 November"],
    "partner": ["mia"],
    "part_of": ["globex-growth"],
    "after": ["[one-k3f9, two-7qhd]"],
    "repeat": ["every friday", "sometimes"],
    "log": ["[]", "{at: 2026-11-12T15:10Z, by: dev, event: agreed}"],
    "colour": ["red"],
}
EVENTS = [
    "{at: @, by: dev, event: agreed, how: call}",
    '{at: @, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, why: "finance closes"}',
    '{at: @, by: dev, event: moved, from: 2026-11-18, to: none, agreed_by: [lena, "m x"]}',
    "{at: @, by: dev, event: moved, to: 2026-11-31}",
    '{at: @, by: lena, event: changed, field: what, from: "a, b", to: "c: d"}',
    '{at: @, by: dev, event: closed, result: kept, outcome: "Grüße", next: [a-k3f9, b-7qhd]}',
    "{at: @, by: dev, event: closed, result: well}",
    '{at: @, by: dev, event: noted, text: "a # b"}',
    '{at: @, by: dev, event: noted, text: "a \\"b\\""}',
    "{by: dev, at: @, event: asked}",
    "{at: @, by: dev, event: asked, by: mia}",
    "{at: @, by: dev, event: undone, of: 2026-11-12T15:10Z}",
    "{at: @, by: dev, event: offered, to: mia, duty: true, gaps: [one, two]}",
    "{at: @, by: dev, event: offered, to: mia, duty: false}",
    "{at: @, by: dev, event: ticked, item: it's (all) there}",
    "{at: @, by: dev, event: jumped}",
    "{at: @, event: agreed}",
    "{at: @ , by: dev,event: agreed }",
    "at: @\n    by: dev\n    event: noted\n    text: one, two\n",
    "at: @\n    by: dev\n    event: moved\n    to: 2026-11-20\n    agreed_by:\n      - lena\n",
    '{at: @, by: dev, event: noted,\n     text: "one, two"}',
    '{at: @, by: dev, event: noted, text: "one,\n     two"}',
    "{at: @, by: dev, event: noted, text: one,\n       how: call}",
]
INSTANTS = [
    "2026-11-12T15:10Z",
    "2026-11-12T15:10:00Z",
    "2026-11-12T15:10:00.001Z",
    "2026-11-12T16:10+01:00",
    "2026-11-13T09:00:30.123456Z",
    "2026-11-13T09:00:30.123Z",
    "2026-11-12",
]
PIECES = [
    *"[]{},:-?&*!|>'\"%@`#~\\ \t\n\r\0éü",
    "\n\n",
    ",\n     ",
    ": ",
    " #x",
    "log:\n",
    "\nlog:\n",
    "  - ",
    "\u200b",
]


def contents(chance: random.Random) -> str:
    """Return a file, mostly as the tool writes it."""
    usual = chance.random() < 0.85
    names = [
        name for name in FIELDS if chance.random() < (0.1 if name in {"colour", "log"} else 0.5)
    ]
    if usual:
        names = ["what", *(name for name in names if name not in {"what", "log", "colour"})]
    lines = []
    for name in names:
        values = FIELDS[name][: 2 if usual else None]
        lines.append(f"{name}: {chance.choice(values)}\n")
        lines += ["\n"] * chance.choice([0, 0, 1])
    if chance.random() < 0.8:
        lines.append("log:\n")
        lines += [_line(chance, usual=usual) for _ in range(chance.choice([0, 1, 2, 3, 30]))]
    return "".join(lines)


def _line(chance: random.Random, *, usual: bool) -> str:
    event = chance.choice([*EVENTS[:3], EVENTS[-3], EVENTS[-5]] if usual else EVENTS)
    told = event.replace("@", chance.choice(INSTANTS[:3] if usual else INSTANTS))
    return f"  - {told}\n".replace("\n\n", "\n")


def later(chance: random.Random, text: str) -> str:
    """Return a later version: another value, a line more or less, another order, or any slip at all."""
    lines = text.splitlines(keepends=True)
    kind = chance.randrange(8)
    place = chance.randrange(len(lines) + 1)
    if kind == 0 and lines:
        del lines[place - 1]
    elif kind == 1 and lines:
        lines.insert(place, chance.choice(lines))
    elif kind == 2:
        chance.shuffle(lines)
    elif kind == 3:
        at = chance.randrange(len(text) + 1)
        piece = chance.choice(PIECES)
        return f"{text[:at]}{piece}{text[at + chance.choice([0, 0, 1]) :]}"
    elif kind == 4:
        name = chance.choice(list(FIELDS))
        return text.replace(f"{name}: ", f"{name}: {chance.choice(FIELDS[name])}", 1)
    elif kind == 5 and text:
        return contents(chance)
    else:
        lines.append(_line(chance, usual=kind == 6))
    return "".join(lines)


def chains(number: int) -> Iterator[tuple[str | None, str]]:
    """Yield pairs of versions that follow each other, from files that live for a while."""
    chance = random.Random(20261123)
    text: str | None = None
    for _ in range(number):
        if text is None or chance.random() < 0.4:
            before, text = None, contents(chance)
        else:
            before, text = text, later(chance, text)
        yield before, text
