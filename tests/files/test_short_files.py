"""The short way to a commitment gives what reading the whole file gives, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import load_ledger
from nextstep.files.load import Loaded, load
from nextstep.files.short_files import ShortFiles
from nextstep.files.syntax_limits import MAX_NODES
from nextstep.model.source import Source
from tests.commitment_texts import chains

TEXTS = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "600")) * 2
EXAMPLE = Path(__file__).parents[2]
PATH = "commitments/2026/11/offer-k3f9.yaml"


def test_the_short_way_gives_what_the_loader_gives() -> None:
    files, taken = ShortFiles(), 0
    for _, text in chains(TEXTS):
        source = Source(PATH, text.encode())
        short = files.commitment(source)
        if short is not None:
            taken += 1
            assert Loaded(short, (), whole=True) == load(source), repr(text)
    assert taken > TEXTS // 5, f"only {taken} of {TEXTS} went the short way"


def test_a_quoted_text_that_goes_on_deeper_in_the_next_line_is_left_to_the_loader() -> None:
    line = (
        "what: Send it\nlog:\n  - {{at: 2026-11-12T15:10Z, by: dev, event: noted,\n{} text: {}}}\n"
    )
    for space, text in (("    ", '"one,\n     two"'), ("    ", '"one,\n       two"')):
        source = Source(PATH, line.format(space, text).encode())
        short = ShortFiles().commitment(source)
        assert short is None or short == load(source).record
    assert short is None


def test_a_ledger_of_many_files_says_what_each_of_them_says() -> None:
    listing = read_tree(str(EXAMPLE))
    few = load_ledger(listing, root="x")
    more = tuple(
        Source(f"commitments/2026/12/copy-{number}-{source.id}.yaml", source.data)
        for number in range(20)
        for source in listing.sources
        if source.path.startswith("commitments/")
    )
    many = load_ledger(Listing((*listing.sources, *more), listing.findings), root="x")
    assert len(many.commitments) == 21 * len(few.commitments)
    assert {id_: many.commitments[id_] for id_ in few.commitments} == few.commitments
    assert {id_: many.runs[id_] for id_ in few.runs} == few.runs


def test_runs_and_other_folders_have_no_short_way() -> None:
    text = b"what: Send the offer\n"
    assert ShortFiles().commitment(Source(PATH, text)) is not None
    assert ShortFiles().commitment(Source("processes/offer.yaml", text)) is None
    assert ShortFiles().commitment(Source(PATH, b"title: Move\nsteps: []\n")) is None


def test_too_many_events_are_left_to_the_loader() -> None:
    line = b"  - {at: 2026-11-12T15:10Z, by: dev, event: asked}\n"
    for number in (2_000, MAX_NODES // 7 + 1):
        source = Source(PATH, b"what: Count\nlog:\n" + line * number)
        short = ShortFiles().commitment(source)
        assert (short is not None) is load(source).whole
