"""Verbs that record: a ledger in a fresh repository, and what the last commit did to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from tests.repositories import Made, make

PEOPLE = """\
timezone: UTC

calendar:
  closed: [2026-11-26]

people:
  dev: {name: Devika Rao, emails: [dev@example.org], partner: mia}
  lena: {name: Lena Ortiz, emails: [lena@globex.example], org: Globex}
  mia: {name: Mia Lund, emails: [mia@example.org]}
  raj:
    name: Raj Patel
    emails: [raj@example.org]
    away: [{from: 2026-12-01, to: 2026-12-04, cover: mia}]

roles:
  systems: {result: The cause is known, people: [raj]}
  support: {result: Somebody answers, people: [mia, raj]}
"""


class Last(Struct, frozen=True, kw_only=True):
    """The last commit: its message, its author's address, its paths and the lines it changed.

    ``lines`` begin with ``+`` or ``-``, in the order of the diff.
    """

    message: str
    author: str
    paths: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]

    @property
    def trailers(self) -> tuple[str, ...]:
        """The lines that are for programs."""
        return tuple(one for one in self.message.splitlines() if one.startswith("Nextstep: "))


def team(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Made:
    """Make a repository with a ledger of four people, to which dev commits."""
    made = make(folder)
    made.git("config", "user.name", "Devika Rao")
    made.git("config", "user.email", "dev@example.org")
    made.commit({"nextstep.yaml": PEOPLE, **(files or {})}, message="Begin")
    return made


def last(made: Made) -> Last:
    """Return what the last commit did."""
    message, author = made.git("log", "-1", "--format=%B%x00%ae").split("\0")
    paths = made.git("show", "--format=", "--name-only", "HEAD").splitlines()
    diff = made.git("show", "--format=", "--unified=0", "HEAD").splitlines()
    return Last(
        message=message.strip() + "\n",
        author=author.strip(),
        paths=tuple(paths),
        lines=tuple(
            line
            for line in diff
            if line.startswith(("+", "-")) and not line.startswith(("+++ ", "--- "))
        ),
    )


def commits(made: Made) -> int:
    """Return how many commits there are."""
    return int(made.git("rev-list", "--count", "HEAD"))
