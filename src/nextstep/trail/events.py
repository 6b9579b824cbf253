"""From passages to facts: what a record was, is from then on, and what its log tells of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from nextstep.model.events import EventValue
from nextstep.model.people import Person
from nextstep.trail.beginnings import last_values
from nextstep.trail.contents import Delta, Version, delta_between, patched, version_of
from nextstep.trail.facts import Fact
from nextstep.trail.people import Signers
from nextstep.trail.short_way import ShortWay
from nextstep.trail.telling import Scene, fact, logged_fact, news
from nextstep.trail.three_ways import Merged, joined, merged
from nextstep.trail.told_lines import NEW, Told
from nextstep.trail.versions import Passage
from nextstep.trail.versions_supply import ELSEWHERE

UNREAD = "unread"


class _Record:
    """What later passages of one record hang on.

    ``instead`` is what stands for contents that cannot be read, or not in full, and ``broken``
    those of them that hold nothing. ``gone`` is where it lay and what it said when it was deleted.
    """

    __slots__ = ("born", "broken", "gone", "instead", "told")

    def __init__(self) -> None:
        self.born = False
        self.told = Told()
        self.gone: tuple[str, bytes | None] | None = None
        self.instead: dict[bytes | None, Version | None] = {}
        self.broken: set[bytes | None] = set()


class Teller:
    """Tells the facts of passages, which come in the order of the graph."""

    def __init__(self, people: Mapping[str, Person], zone: str) -> None:
        """Tell facts of a ledger with these people, whose days begin in ``zone``."""
        self._signers = Signers(people)
        self._zone = zone
        self._way = ShortWay()
        self._records: dict[str, _Record] = {}

    def facts_of(self, passage: Passage, key: str) -> Iterator[Fact]:
        """Yield what a passage tells. ``key`` stands for the record, whatever its id is."""
        record = self._records.get(key)
        if record is None:
            record = self._records[key] = _Record()
        scene = self._scene(passage)
        if passage.parents:
            yield from self._of_merge(passage, scene, record)
        elif passage.path is None:
            yield from self._deleted(passage, scene, record)
        elif passage.unread == ELSEWHERE:
            yield from self._elsewhere(passage, scene, record)
        elif passage.border or (record.gone is not None and record.gone[1] is None):
            yield from self._at_border(passage, scene, record)
        else:
            yield from self._ordinary(passage, scene, record)

    def _scene(self, passage: Passage) -> Scene:
        author = passage.witness.author
        return Scene(
            id=passage.id,
            kind="process" if passage.kind == "processes" else "commitment",
            path=passage.path or passage.was_path or "",
            witness=passage.witness,
            author=self._signers.person(author),
            name=self._signers.name(author),
            zone=self._zone,
        )

    def _ordinary(self, passage: Passage, scene: Scene, record: _Record) -> Iterator[Fact]:
        was_path, before = passage.was_path, passage.before
        is_new = was_path is None
        if was_path is None and record.gone is not None:
            was_path, before = record.gone
            record.gone = None
            delta = self._delta(was_path, before, scene.path, passage.after, record)
            yield fact(scene, "recreated", delta.after, {})
            is_new = False
        else:
            delta = self._delta(was_path, before, scene.path, passage.after, record)
        yield from _renamed(passage, scene, delta.after)
        if passage.after in record.broken:
            if is_new or before not in record.broken:
                yield fact(scene, UNREAD, delta.after, {})
            return
        born = not record.born and delta.before is None and (is_new or before in record.broken)
        record.born = True
        yield from news(scene, delta, record.told, born=born)

    def _delta(
        self,
        was_path: str | None,
        before: bytes | None,
        path: str,
        after: bytes | None,
        record: _Record,
    ) -> Delta:
        """Return what changed; what cannot be read is as it was, until it can be read again."""
        if not record.instead and after is not None and (was_path is None or before is not None):
            short = self._way.delta(path, before, after)
            if short is not None:
                return short
        old = None if was_path is None else self._version(was_path, before, record)
        new = None if after is None else version_of(path, after)
        if new is None:
            record.instead[after] = new = old
            record.broken.add(after)
        elif after is not None and old is not None and not new.whole:
            record.instead[after] = new = patched(new, old, after)
        return delta_between(old, new)

    def _version(self, path: str, data: bytes | None, record: _Record) -> Version | None:
        if data in record.instead:
            return record.instead[data]
        return None if data is None else version_of(path, data)

    def _deleted(self, passage: Passage, scene: Scene, record: _Record) -> Iterator[Fact]:
        if record.gone is not None:
            return
        record.gone = scene.path, passage.before
        delta = self._delta(None, None, scene.path, passage.before, record)
        yield fact(scene, "deleted", delta.after, last_values(delta.after))

    def _elsewhere(self, passage: Passage, scene: Scene, record: _Record) -> Iterator[Fact]:
        """Yield what is known of a version whose content is only on a remote: where it lies."""
        record.born = True
        if passage.was_path is None and record.gone is not None:
            record.gone = None
            yield fact(scene, "recreated", None, {})
        yield from _renamed(passage, scene, None)

    def _at_border(self, passage: Passage, scene: Scene, record: _Record) -> Iterator[Fact]:
        """Yield what the log tells where history begins in the middle: nobody has seen it happen."""
        record.born = True
        delta = self._delta(None, None, scene.path, passage.after, record)
        if passage.was_path is None and record.gone is not None:
            record.gone = None
            yield fact(scene, "recreated", delta.after, {})
        yield from _renamed(passage, scene, delta.after)
        scene = replace(scene, author=None, border=True)
        if passage.after in record.broken or delta.after is None:
            yield fact(scene, UNREAD, delta.after, {})
            return
        for event in sorted(delta.added, key=lambda one: one.at):
            if record.told.line(event) == NEW:
                yield logged_fact(scene, event, delta.after, seen=False, values=event.values)

    def _of_merge(self, passage: Passage, scene: Scene, record: _Record) -> Iterator[Fact]:
        sides = [self._version(scene.path, data, record) for data in passage.parents]
        base = self._version(scene.path, passage.base, record)
        after = None
        if passage.path is not None:
            after = self._version(scene.path, passage.after, record)
            if after is None:
                yield from _unread_merge(passage, base, sides, scene, record)
                return
        unread = [
            side is None and data is not None
            for side, data in zip((base, *sides), (passage.base, *passage.parents), strict=True)
        ]
        kept = [side for side, is_lost in zip(sides, unread[1:], strict=True) if not is_lost]
        known = passage.base_known and not any(unread)
        found = merged(base, kept, after, zone=self._zone, base_known=known)
        if found is not None:
            yield from self._merged(found, passage, scene, record)

    def _merged(
        self, found: Merged, passage: Passage, scene: Scene, record: _Record
    ) -> Iterator[Fact]:
        dropping = replace(scene.witness, how="dropped by a merge")
        scene = replace(scene, dropped=found.dropped, dropping=dropping)
        delta = found.delta
        if delta.after is None:
            data = next((one for one in passage.parents if one is not None), None)
            record.gone = scene.path, data
            last = last_values(delta.before)
            yield fact(scene, "deleted", delta.before, last, dropped=found.lost)
            return
        if found.back:
            record.gone = None
            yield fact(scene, "recreated", delta.after, {}, dropped=True)
        yield from _renamed(passage, scene, delta.after)
        born = not record.born and delta.before is None
        record.born = True
        yield from news(scene, delta, record.told, born=born)


def _unread_merge(
    passage: Passage,
    base: Version | None,
    sides: Sequence[Version | None],
    scene: Scene,
    record: _Record,
) -> Iterator[Fact]:
    """Keep what stands for a file that a merge left in a state that cannot be read."""
    there = [side for side in sides if side is not None]
    version = joined(base, there) if there else None
    record.instead.setdefault(passage.after, version)
    if record.broken.isdisjoint(passage.parents):
        yield fact(scene, UNREAD, version, {})
    record.broken.add(passage.after)


def _renamed(passage: Passage, scene: Scene, version: Version | None) -> Iterator[Fact]:
    """Yield that a record lies elsewhere, in another folder or under another id."""
    if passage.was_path not in {None, passage.path}:
        values: dict[str, EventValue] = {"from": passage.was_path or "", "to": scene.path}
        yield fact(scene, "renamed", version, values)
