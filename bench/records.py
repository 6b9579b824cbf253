"""Made-up records, always the same for the same number: what the speed of reading is measured on.

    python bench/records.py 1000 FOLDER

writes a ledger of 1,000 commitments in a git repository, and the same number of entries for the
peers: `peers.beancount`, `peers.journal` (hledger) and `peers.json` (Taskwarrior).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

SEED = 20261123
TODAY = date(2026, 11, 23)
OPEN_SHARE = 0.3
PEOPLE = ["ana", "dev", "fin", "ines", "lena", "mia", "raj", "sam", "sue", "tom"]
ACCOUNTS = ["Acme", "Globex", "Hooli", "Initech", "Soylent", "Umbrella", "Vandelay", "Wonka"]
VERBS = ["Agree", "Book", "Check", "Collect", "Draft", "Order", "Review", "Send", "Test", "Write"]
THINGS = [
    "the usage report with the outage explained",
    "access for the four new people",
    "the renewal offer for two years",
    "the list of open questions from support",
    "the budget for the second quarter",
    "the plan for moving the archive",
    "a date for the training on site",
]
OUTCOMES = [
    "they can decide before the review",
    "nobody has to ask twice",
    "the team starts on Monday without waiting",
    "finance closes the quarter on Thursday",
]
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def commitments(count: int) -> list[tuple[str, str]]:
    """Return so many files: path from the ledger's root and text of about 20 lines each."""
    chance = random.Random(SEED)
    return [_commitment(chance, number) for number in range(count)]


def _commitment(chance: random.Random, number: int) -> tuple[str, str]:
    account = chance.choice(ACCOUNTS)
    who, other, partner = chance.sample(PEOPLE, 3)
    is_open = chance.random() < OPEN_SHARE
    due = TODAY + timedelta(days=chance.randint(-10, 60) if is_open else -chance.randint(5, 700))
    agreed = due - timedelta(days=chance.randint(5, 20))
    code = "".join(_DIGITS[number >> shift & 31] for shift in (15, 10, 5, 0))
    what = f"{chance.choice(VERBS)} {account} {chance.choice(THINGS)}"
    lines = [
        f"what: {what}",
        "",
        f"who: {who}",
        f"with: [{other}]",
        f"outcome: {account} agrees, and {chance.choice(OUTCOMES)}",
        "",
        f"due: {due}",
        "",
        f"partner: {partner}",
        f"source: {account} account review",
        f"part_of: {account.lower()}-growth",
        "",
        "log:",
        f"  - {{at: {agreed}T15:10:00.000Z, by: {who}, event: agreed, how: call}}",
    ]
    if chance.random() < 0.4:
        before = due - timedelta(days=chance.randint(1, 4))
        lines += [
            f"  - at: {before}T09:02:11.250Z",
            f"    by: {who}",
            "    event: moved",
            f"    from: {before}",
            f"    to: {due}",
            f"    agreed_by: {other}",
            '    why: "the figures come on Thursday"',
        ]
    else:
        lines += [
            f"  - {{at: {agreed}T16:00:00.000Z, by: {other}, event: noted,",
            '     text: "said again what the customer looks at first"}',
        ]
    if not is_open:
        lines += [
            f"  - {{at: {due}T14:30:00.000Z, by: {who}, event: closed, result: kept,",
            '     outcome: "they have it and agree", nothing_further: "handed to support"}',
        ]
    path = (
        f"commitments/{due:%Y}/{due:%m}/{account.lower()}-{VERBS[number % 10].lower()}-{code}.yaml"
    )
    return path, "\n".join(lines) + "\n"


def beancount(count: int) -> str:
    """Return as many transactions as one beancount file."""
    chance = random.Random(SEED)
    lines = [
        "2020-01-01 open Assets:Time",
        *(f"2020-01-01 open Expenses:{account}" for account in ACCOUNTS),
    ]
    for _ in range(count):
        account, what = chance.choice(ACCOUNTS), chance.choice(THINGS)
        day = TODAY - timedelta(days=chance.randint(0, 700))
        lines += [
            f'{day} {"!" if chance.random() < OPEN_SHARE else "*"} "{account}" "{what}"',
            f"  Expenses:{account}  {chance.randint(1, 90)}.00 USD",
            "  Assets:Time",
        ]
    return "\n".join(lines) + "\n"


def journal(count: int) -> str:
    """Return as many transactions as one hledger journal."""
    chance = random.Random(SEED)
    lines = []
    for _ in range(count):
        account, what = chance.choice(ACCOUNTS), chance.choice(THINGS)
        day = TODAY - timedelta(days=chance.randint(0, 700))
        lines += [
            f"{day} {'!' if chance.random() < OPEN_SHARE else '*'} {account} | {what}",
            f"    expenses:{account.lower()}  USD {chance.randint(1, 90)}.00",
            "    assets:time",
        ]
    return "\n".join(lines) + "\n"


def tasks(count: int) -> str:
    """Return as many tasks in the form that Taskwarrior imports."""
    chance = random.Random(SEED)
    rows = []
    for _ in range(count):
        is_open = chance.random() < OPEN_SHARE
        days = chance.randint(-10, 60) if is_open else -chance.randint(5, 700)
        due = f"{TODAY + timedelta(days=days):%Y%m%dT120000Z}"
        row = {"description": f"{chance.choice(VERBS)} {chance.choice(THINGS)}", "due": due}
        rows.append(
            row | ({"status": "pending"} if is_open else {"status": "completed", "end": due})
        )
    return json.dumps(rows)


def write_ledger(root: Path, count: int) -> None:
    """Write a ledger of so many commitments as a git repository with one commit."""
    made = set()
    for path, text in commitments(count):
        place = root / path
        if place.parent not in made:
            place.parent.mkdir(parents=True)
            made.add(place.parent)
        place.write_text(text, "utf-8")
    for words in (
        ["init", "-q"],
        ["add", "commitments"],
        ["-c", "gc.auto=0", "commit", "-q", "--no-verify", "-m", "Begin"],
    ):
        subprocess.run(["git", *words], cwd=root, env=_git_environment(), check=True)


def _git_environment() -> dict[str, str]:
    person = {"NAME": "bench", "EMAIL": "bench@example.org", "DATE": "2026-11-20T12:00:00Z"}
    named = {
        f"GIT_{part}_{name}": value
        for part in ("AUTHOR", "COMMITTER")
        for name, value in person.items()
    }
    return os.environ | named | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def write_all(folder: Path, count: int) -> None:
    """Write the ledger and the peers' files into a folder that does not exist yet."""
    folder.mkdir(parents=True)
    write_ledger(folder / "ledger", count)
    (folder / "peers.beancount").write_text(beancount(count), "utf-8")
    (folder / "peers.journal").write_text(journal(count), "utf-8")
    (folder / "peers.json").write_text(tasks(count), "utf-8")


if __name__ == "__main__":
    write_all(Path(sys.argv[2]), int(sys.argv[1]))
