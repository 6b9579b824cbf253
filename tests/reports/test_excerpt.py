"""A story of one record reads a part of the ledger, and says what it says with all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.dates.now import now_on
from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.reports.excerpt import excerpt
from nextstep.reports.handles import Handles
from nextstep.reports.standing import Standing, standing
from nextstep.reports.trail_story import Story, trail_story
from nextstep.reports.trail_topic import topic_now
from nextstep.trail.facts import Trail
from tests.reports.ledgers import TODAY

EXAMPLE = Path(__file__).parents[2]
ODD = {
    "offer-k3f9.yaml": "what: Send the offer\nafter: [figures-7qhd]\npart_of: growth\n",
    "figures-7qhd.yaml": "what: Get the figures\npart_of: 'growth'\n",
    "call-2mmx.yaml": "what: Call her\nfollows: offer-k3f9\npart_of: k3f9\n",
    "spelled-4bbb.yaml": 'what: Ask again\nfollows: "offer-\\x6b3f9"\n',
    "quoted-5ccc.yaml": "what: Ask Tom\n'part_of': 5ddd\n",
    "folded-6ddd.yaml": "what: Ask Sue\npart_of: a\n  plan\n",
    "broken-8fff.yaml": "what: [\n",
    "größe-9ggg.yaml": "what: Measure it\nafter: [offer-k3f9]\n",
    "other-k3f8.yaml": "what: Something else\n",
}


def odd() -> Listing:
    """Return a ledger of files that name each other in unusual ways."""
    sources = (Source(f"commitments/{name}", text.encode()) for name, text in ODD.items())
    return Listing(tuple(sources), ())


def stands(ledger: Ledger) -> Standing:
    """Return how everything in a ledger stands."""
    return standing(ledger, now_on(TODAY, "UTC"))


def story_of(known: Standing, typed: str) -> Story | None:
    """Return the story of what is meant, of no commits."""
    topic = topic_now(known.ledger, typed, None)
    if topic is None or topic.kind in {"plan", "file"}:
        return None
    return trail_story(Trail(facts=(), tip="", commits=0), known, topic)


def part_of(listing: Listing, typed: str) -> Ledger:
    """Return the part of a ledger that is read for one record."""
    part = excerpt(listing, typed)
    return load_ledger(part.listing, root="x", beside=part.beside)


@pytest.mark.parametrize("listing", [read_tree(str(EXAMPLE)), odd()], ids=["example", "odd"])
def test_every_story_is_the_same(listing: Listing) -> None:
    left_out = 0
    whole = stands(load_ledger(listing, root="x"))
    for name in sorted({source.id for source in listing.sources} - {"nextstep"}):
        part = stands(part_of(listing, name))
        left_out += len(part.ledger.beside)
        told, shown = story_of(part, name), story_of(whole, name)
        assert (told is None) is (shown is None)
        if told is not None and shown is not None:
            assert told.topic == shown.topic
            assert told.handle == shown.handle
            assert (told.what, told.agreed_with) == (shown.what, shown.agreed_with)
            assert (told.stands, told.next, told.dates) == (shown.stands, shown.next, shown.dates)
    assert left_out


@pytest.mark.parametrize("name", ["offer-k3f9", "figures-7qhd", "call-2mmx", "größe-9ggg"])
def test_every_name_is_still_as_long_as_it_has_to_be(name: str) -> None:
    whole, part = Handles(load_ledger(odd(), root="x")), Handles(part_of(odd(), name))
    for other in [*(file.removesuffix(".yaml") for file in ODD), "growth", "5ddd", "k3f9"]:
        assert part.shortest(other) == whole.shortest(other)
        assert part.matching(other) == whole.matching(other)


@pytest.mark.parametrize(
    "data",
    [
        b"what: Ask\n<<<<<<< HEAD\nafter: [offer-k3f9]\n=======\n",
        b"what: [\nafter: [offer-k3f9]\n",
        b"what: Ask Zo\xeb\nafter: [offer-k3f9]\n",
        "what: Ask\nafter: [offer-k3f9]\n".encode("utf-16"),
        "what: Ask\nafter: [offer-k3f9]\n".encode("utf-32-be"),
    ],
    ids=["a conflict", "a bracket", "another character set", "utf-16", "utf-32"],
)
def test_a_file_that_cannot_be_read_and_may_speak_of_it_is_told(data: bytes) -> None:
    path = "commitments/ask-3eee.yaml"
    listing = Listing((*odd().sources, Source(path, data)), ())
    faulty = part_of(listing, "offer-k3f9").faulty
    assert path in faulty
    assert path not in part_of(listing, "other-k3f8").faulty or b"\0" in data
    assert "commitments/broken-8fff.yaml" not in faulty, "it could not change the story"


@pytest.mark.parametrize("typed", ["growth", "k3f", "gone-1aaa", ""])
def test_what_is_no_file_or_several_is_looked_for_everywhere(typed: str) -> None:
    assert excerpt(odd(), typed).listing == odd()
