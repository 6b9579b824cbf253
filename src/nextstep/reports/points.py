"""The points of a list that is handed over, by number, and which of them a text means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.reports.checklist_items import plain_words
from nextstep.reports.checklist_records import Card, ChecklistItem

_LISTED = 9


class Point(Struct, frozen=True):
    """One thing of a list under the number that people may type for it."""

    number: int
    thing: ChecklistItem

    @property
    def words(self) -> str:
        """The thing as the list words it."""
        return self.thing.item

    @property
    def is_missing(self) -> bool:
        """Whether a machine looked and did not find it."""
        return self.thing.state == "missing"

    @property
    def is_there(self) -> bool:
        """Whether a machine found it."""
        return self.thing.state == "there"


def points_of(card: Card) -> tuple[Point, ...]:
    """Return what a step hands over, then what it ticks off itself."""
    things = (*card.must_include, *card.items)
    return tuple(Point(number, thing) for number, thing in enumerate(things, 1))


def meant(points: Sequence[Point], texts: Iterable[str]) -> Iterator[Point]:
    """Yield the points that texts mean: by number, by their words or a part of them.

    Raises NextstepError for a text that is none of them.
    """
    for text in texts:
        found = _found(points, text)
        if found is None:
            listed = [f"{point.number} {point.words}" for point in points[:_LISTED]]
            hint = did_you_mean(text, [point.words for point in points])
            raise NextstepError(
                f"`{text}` is not on the list",
                hint or (f"type a number: {'; '.join(listed)}" if listed else "there is no list"),
            )
        yield found


def as_listed(points: Sequence[Point], texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts in the words of the list where they mean a point of it, else as they are."""
    found = [(text, _found(points, text)) for text in texts]
    return tuple(dict.fromkeys(point.words if point else text for text, point in found))


def covered(point: Point, texts: Iterable[str]) -> bool:
    """Return whether one of these texts speaks of a point, perhaps with more words behind it."""
    (words,) = plain_words([point.words])
    return any(text.startswith(words) for text in plain_words(texts))


def _found(points: Sequence[Point], text: str) -> Point | None:
    """Return the one point that a text means, None where it is none or may be several."""
    if text.strip().isdecimal():
        return next((point for point in points if point.number == int(text)), None)
    (wanted,) = plain_words([text])
    words = [(point, next(iter(plain_words([point.words])))) for point in points]
    for found in (
        [point for point, known in words if known == wanted],
        [point for point, known in words if known.startswith(wanted)],
        [point for point, known in words if wanted in known],
    ):
        if len(found) == 1 and wanted:
            return found[0]
    return None
