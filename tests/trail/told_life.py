"""One record's versions, made by hand and told as they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from nextstep.model.people import Person
from nextstep.trail.events import Teller
from nextstep.trail.facts import Fact, How, Signature, Witness
from nextstep.trail.versions import Passage

PEOPLE = {
    "dev": Person(id="dev", emails=("dev@example.org",)),
    "lena": Person(id="lena", emails=("lena@globex.example", "Lena@Home.example")),
}
DEV = ("Devika Rao", "DEV@example.org")
LENA = ("Lena", "lena@home.example")
SAM = ("Sam Stone", "sam@example.net")
BUTTON = ("Forge", "noreply@forge.example")
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
HEAD = "what: Send Lena the offer\nwho: dev\nwith: [lena]\ndue: {due}\n"
AGREED = "  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}\n"


class Life:
    """One record's versions, told as they come."""

    def __init__(
        self, path: str = "commitments/2026/11/offer-k3f9.yaml", zone: str = "UTC"
    ) -> None:
        self.path = path
        self.number = 0
        self.last: bytes | None = None
        self.teller = Teller(PEOPLE, zone)

    def next(self, text: str | None, by: tuple[str, str] = DEV, **more: Any) -> list[Fact]:
        """Commit another version, or with None take the file out, and return what is told."""
        before, after = self.last, None if text is None else text.encode()
        was_path, self.last = more.pop("was_path", self.path if before is not None else None), after
        at = more.pop("at", START + timedelta(days=self.number))
        passage = Passage(
            id="offer-k3f9",
            kind=self.path.partition("/")[0],
            path=None if text is None else self.path,
            was_path=was_path,
            before=before,
            after=after,
            witness=self.witness(by, at, more.pop("how", "commit")),
            **more,
        )
        return list(self.teller.facts_of(passage, "offer"))

    def witness(self, by: tuple[str, str], at: datetime | None, how: How = "commit") -> Witness:
        """Return the next commit, which a forge's button put in."""
        self.number += 1
        author = Signature(*by, at, f"{by[0]} (mailmap)" if by == SAM else "")
        committer = Signature(*BUTTON, START)
        commit = f"{self.number:040x}"
        return Witness(
            commit=commit, order=self.number, author=author, committer=committer, how=how
        )


def offer(due: str, *lines: str) -> str:
    return HEAD.format(due=due) + ("log:\n" + "".join(lines) if lines else "")


def moved(to: str, minute: int = 0, more: str = "", by: str = "dev") -> str:
    return f"  - {{at: 2026-11-17T09:{minute:02}Z, by: {by}, event: moved, to: {to}{more}}}\n"


def told(facts: list[Fact]) -> list[tuple[object, ...]]:
    """What matters most of some facts: event, who, whether it was logged and seen."""
    return [(one.event, one.by, one.logged is not None, one.seen) for one in facts]
