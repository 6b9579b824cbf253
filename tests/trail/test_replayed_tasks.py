"""Tasks of a real project, replayed with an author for each change: the trail gives all back."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from msgspec import Struct

from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.repo.place import place_of
from nextstep.trail.facts import Fact, Trail
from nextstep.trail.reading import read_trail
from tests.trail.made_history import Story

AUTHORS = ("dev", "lena", "mia")
SETTINGS = "people:\n" + "".join(f"  {one}: {{emails: [{one}@example.org]}}\n" for one in AUTHORS)
EVENTS = {"Draft": "proposed", "Done": "done", "Won't Do": "closed, result: dropped"}


class Change(Struct, frozen=True, order=True):
    """A task had another status from this day on; the replay chose who changed it."""

    day: date
    task: str
    place: int
    status: str
    by: str

    @property
    def told(self) -> tuple[str, date, str]:
        """What has to come back."""
        return (self.status, self.day, self.by)


def _changes(facts: Path) -> list[Change]:
    """Every change of a status, day after day; two tasks of one id are two records."""
    changes = []
    with (facts / "real" / "tasks_with_history.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            for place, part in enumerate(filter(None, row["status_history"].split(" > "))):
                status, _, day = part.rpartition("@")
                by = AUTHORS[(number + place) % len(AUTHORS)]
                task = f"task-{number:03}"
                changes.append(Change(date.fromisoformat(day), task, place, status, by))
    return sorted(changes, key=lambda one: (one.day, one.place, one.task))


def _by_hand(task: str) -> bool:
    """Whether the status of a task is a field that people change by hand, or a log tells it."""
    return int(task[-3:]) % 2 == 1


def _content(task: str, so_far: list[Change]) -> str:
    """The file of a task after some changes."""
    if _by_hand(task):
        return f"what: Work on {task}\nwho: dev\noutcome: {so_far[-1].status}\n"
    lines = "".join(
        f"  - {{at: {one.day}T12:00:{one.place:02}Z, by: {one.by}, event: {_event(one)}}}\n"
        for one in so_far
    )
    return f"what: Work on {task}\nwho: dev\nlog:\n{lines}"


def _event(change: Change) -> str:
    usual = "agreed" if change.place == 0 else f"noted, text: {change.status}"
    return EVENTS.get(change.status, usual)


def _status(fact: Fact, first: str) -> str:
    """The status that a fact tells; what a record began with is in the fact's commit alone."""
    if fact.event == "changed":
        return fact.text("to") or ""
    known = {"proposed": "Draft", "done": "Done", "closed": "Won't Do", "noted": fact.text("text")}
    return known.get(fact.event) or first


@pytest.fixture(scope="module")
def replayed(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Change], Trail]:
    """The changes as they were made, and the trail of the repository that they made."""
    changes, story = _changes(facts), Story()
    so_far: dict[str, list[Change]] = defaultdict(list)
    last = story.commit({"nextstep.yaml": None})
    for one in changes:
        so_far[one.task].append(one)
        moment = datetime.combine(one.day, time(12, tzinfo=UTC))
        last = story.commit(
            {one.task: _content(one.task, so_far[one.task])},
            last,
            by=f"{one.by.title()} <{one.by}@example.org>",
            put_in_by="Forge <noreply@forge.example>",
            when=f"{int(moment.timestamp())} +0000",
        )
    made = story.write(tmp_path_factory.mktemp("replay") / "tasks")
    place = place_of(str(made.path))
    return changes, read_trail(place, made.environ, ledger=_ledger(str(made.path)))


def _ledger(root: str) -> Ledger:
    source = Source("nextstep.yaml", SETTINGS.encode())
    return load_ledger(Listing((source,), ()), root=root)


def test_every_change_comes_back_with_its_author_and_its_day(
    replayed: tuple[list[Change], Trail],
) -> None:
    changes, trail = replayed
    meant, told = defaultdict(list), defaultdict(list)
    for change in changes:
        meant[change.task].append(change.told)
    for fact in trail.facts:
        if fact.logged is None and not _by_hand(fact.id):
            continue  # a log that does not begin with an agreement: that the record began
        assert fact.at is not None
        first = meant[fact.id][0][0]
        told[fact.id].append((_status(fact, first), fact.at.date(), fact.by))
    assert len(changes) > 1000
    assert told == meant


def test_every_change_is_witnessed_by_a_commit_of_its_own(
    replayed: tuple[list[Change], Trail],
) -> None:
    changes, trail = replayed
    assert len({fact.witness.commit for fact in trail.facts}) == len(changes)
    assert {fact.witness.author.name for fact in trail.facts} == {"Dev", "Lena", "Mia"}
    assert {fact.witness.committer.name for fact in trail.facts} == {"Forge"}
    assert all(fact.logged is None for fact in trail.facts if _by_hand(fact.id))
