"""A repository in which whatever a person can write acts on its reader, if it is let to."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from tests.repositories import Made, make

TEXTS = (
    "::error::x ##[command]y",
    "%0A::stop-commands::x",
    "=1+1",
    "+1",
    "\uff1d1",
    "@team fixes #123, GH-5 &#64;team \\@team",
    "<img src=x onerror=alert(1)> <!-- x",
    "--> </style></main><script>alert(1)</script>",
    "](javascript:alert(1)) ![x](https://evil.example/x.png) www.evil.example",
    "``` ~~~ | a | b | **bold** $x$",
    "/close /assign @me",
    "# heading :bomb: [red]x[/red] [/foo]",
    'END:VEVENT BEGIN:VALARM \\n;X=1:"y"',
    "Subject: x%0D%0ABcc: evil@evil.example =?utf-8?q?=0ABcc:?=",
    "https://evil.example/?a=1&b=2 mailto:evil@evil.example",
    'n0["<b>x</b>"] click n0 "javascript:alert(1)"',
)
"""What can be loaded. Every field of some record is each of these."""

LINES = 'x"\n::error::x\n##[command]y\n\n# heading\n=1+1\n'
"""Several lines, where a file may say several."""

REFUSED = (
    "\x1b[2J\x1b]52;c;aGk=\x07\x1b]0;x\x07\x9b31m",
    "good\rbad\x08\x00\x7f",
    "\u202egpj.exe\u202c\u2066a\u2069a\u200bb\U000e0041",
    "a\u2028::error::b\u2029c",
)
"""What makes a file unreadable, so that it is told of in another way."""

SIGNED = ("::error::x \x1b[2J\u202e @team #1 =1+1", "\u202e]x(javascript:alert(1))@evil.example")
"""Name and address of whoever commits: git takes nearly everything."""

_SETTINGS = (
    "timezone: UTC\npartner: {0}\npeople:\n  dev: {{name: {0}, emails: [dev@acme.example]}}\n"
)
_PERSON = "  {0}: {{name: {0}, emails: [{0}], team: {0}, partner: {0}}}\n"
_ROLE = "  {0}: {{result: {0}, standard: {0}, controls: [{0}], people: [dev, {0}]}}\n"
_COMMITMENT = """\
what: ANY
who: WHO
with: [ANY, dev]
outcome: ANY
due: 2026-11-20
source: ANY
part_of: ANY
after: [ANY]
log:
  - {at: 2026-11-10T09:00Z, by: WHO, event: agreed, how: ANY}
  - {at: 2026-11-17T09:00Z, by: WHO, event: moved, from: 2026-11-18, to: 2026-11-20, agreed_by: ANY, why: ANY}
  - {at: 2026-11-17T10:00Z, by: ANY, event: noted, text: LINES}
  - {at: 2026-11-18T09:00Z, by: ANY, event: blocked, why: LINES, on: ANY}
  - {at: 2026-11-19T09:00Z, by: WHO, event: offered, to: WHOM, gaps: [ANY], watch_for: ANY}
"""
_CLOSED = """\
what: ANY
who: WHO
with: [ANY]
outcome: ANY
due: 2026-11-18
log:
  - {at: 2026-11-10T09:00Z, by: WHO, event: agreed, how: ANY}
  - {at: 2026-11-18T09:00Z, by: WHO, event: closed, result: partly, outcome: LINES, why: LINES, learned: LINES, change: ANY, feedback: ANY, nothing_further: ANY}
"""
_RUN = """\
title: ANY
process: ANY
for: ANY
owner: ANY
requested_by: ANY
provides: ANY
expects: [ANY]
promise: {text: ANY, due: 2026-11-20}
started: 2026-11-09
inputs: {account: ANY}
people: {writer: ANY}
steps:
  - id: write
    do: ANY
    who: WHO
    done_when: ANY
    items: [ANY]
    due: 2026-11-18
    rule: 5bd after start
    handoff: {to: WHOM, must_include: [{item: ANY, critical: true}, ANY], watch_for: ANY}
  - {id: read, do: ANY, who: ANY, done_when: ANY, after: [write], due: 2026-11-24, rule: 5bd after start}
log:
  - {at: 2026-11-16T09:00Z, by: WHO, event: offered, step: write, to: WHOM}
  - {at: 2026-11-17T09:00Z, by: WHOM, event: returned, step: write, missing: [ANY], why: LINES}
  - {at: 2026-11-18T09:00Z, by: WHO, event: offered, step: write, to: WHOM, gaps: [ANY]}
"""
_PROCESS = """\
title: ANY
owner: ANY
deputy: ANY
customer: {who: ANY, kind: external}
provides: ANY
expects: [ANY]
benefit: ANY
promise: {text: ANY, due: 5bd after start}
roles: [ANY]
targets: {on_time: 95%}
review: {every: 6mo, last: 2026-01-20}
because: {ANY: ANY}
steps:
  - {id: write, do: ANY, who: ANY, due: 1bd after start, done_when: ANY, how: ANY}
  - {id: read, do: ANY, who: ANY, due: 2bd after start, done_when: ANY, handoff: {to: WHOM, must_include: [ANY]}}
roadblocks:
  - {what: ANY, try: ANY}
"""


def hostile_history(path: Path) -> Made:
    """Make the repository: two commits, between which much has changed, and a change by hand."""
    made = make(path)
    first = {"nextstep.yaml": _settings()}
    for number in range(len(TEXTS)):
        first[f"commitments/open-{number}.yaml"] = _filled(_COMMITMENT, number)
        if number % 3 == 0:
            first |= _records(number)
    for number, text in enumerate(REFUSED):
        first[f"commitments/refused-{number}.yaml"] = f"what: {_quoted(text)}\n"
        name = text.replace("\0", "").replace("/", "")
        first[f"commitments/{name}{number}.yaml"] = "what: Call Tom\ndue: 2026-11-20\n"
    first["commitments/::error::x =1+1 @team <img>.yaml"] = "what: [\n"
    _commit(made, first)
    changes = {
        "due: 2026-11-20": "due: 2026-11-25",
        ", done_when: ": ", optional: true, done_when: ",
    }
    second = first
    for old, new in changes.items():
        second = {name: text.replace(old, new) for name, text in second.items()}
    _commit(made, second)
    (made.path / "commitments" / "open-0.yaml").unlink()
    return made


def _commit(made: Made, files: dict[str, str]) -> None:
    """Commit as somebody with a hostile name: git itself would take out some of it."""
    made.write(files)
    made.git("add", "--all")
    tree = made.git("write-tree")
    parents = "".join(
        f"parent {one}\n" for one in made.git("rev-list", "--max-count=1", "--all").split()
    )
    name, address = SIGNED
    signed = f"{name} <{address}> 1763900000 +0000"
    text = f"tree {tree}\n{parents}author {signed}\ncommitter {signed}\n\n{SIGNED[0]}\n"
    made_id = made.git("hash-object", "-t", "commit", "-w", "--stdin", given=text.encode())
    made.git("update-ref", "HEAD", made_id)


def _settings() -> str:
    people = "".join(_PERSON.format(_quoted(text)) for text in TEXTS)
    roles = "".join(_ROLE.format(_quoted(text)) for text in TEXTS)
    return f"{_SETTINGS.format(_quoted(TEXTS[0]))}{people}roles:\n{roles}"


def _records(number: int) -> dict[str, str]:
    """Return a record of each other kind: its title is the text of this number, the others follow."""
    return {
        f"commitments/closed-{number}.yaml": _filled(_CLOSED, number),
        f"commitments/run-{number}.yaml": _filled(_RUN, number),
        f"processes/process-{number}.yaml": _filled(_PROCESS, number),
    }


def _filled(form: str, number: int) -> str:
    """Return a record: ANY is the next text each time, WHO and WHOM are one person each."""
    who = '"dev"' if number % 2 else _quoted(TEXTS[number])
    whom = _quoted(TEXTS[(number + 3) % len(TEXTS)])
    texts = (TEXTS[at % len(TEXTS)] for at in count(number))

    def fill(found: re.Match[str]) -> str:
        if found[0] == "LINES":
            return _quoted(next(texts) + LINES)
        return {"WHO": who, "WHOM": whom}.get(found[0]) or _quoted(next(texts))

    return re.sub("ANY|LINES|WHOM?", fill, form)


def _quoted(text: str) -> str:
    """Return a text in double quotes; whatever is not plain ASCII as an escape."""
    plain = {'"': '\\"', "\\": "\\\\"}
    return (
        '"'
        + "".join(
            plain.get(char, char) if " " <= char < "\x7f" else f"\\U{ord(char):08x}"
            for char in text
        )
        + '"'
    )
