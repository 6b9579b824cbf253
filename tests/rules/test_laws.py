"""Whatever the files say: judging never fails, and the same files give the same findings."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nextstep.dates.now import now_on
from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.rules.catalogue import ALL_RULES, Verdict, by_code_or_name, judge
from tests.rules.ledgers import TODAY

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = tuple(
    Source(path, data if isinstance(data, bytes) else data.encode())
    for rule in ALL_RULES
    for path, data in rule.bad.files.items()
    if path.endswith(".yaml")
)
OWN = read_tree(str(ROOT)).sources
ORDERS = 100 if "NEXTSTEP_FUZZ_EXAMPLES" in os.environ else 6


def loaded(sources: tuple[Source, ...]) -> Ledger:
    return load_ledger(Listing(sources, ()), root="acme", timezone="UTC")


def mutated(source: Source, chance: random.Random) -> Source:
    """Return a file with a line lost, doubled or moved, or one word for another."""
    lines = source.data.split(b"\n")
    at = chance.randrange(len(lines))
    what = chance.randrange(4)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif what == 2:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        words = source.data.split()
        if words:
            old, new = chance.choice(words), chance.choice(words)
            lines = source.data.replace(old, new, 1).split(b"\n")
    return Source(source.path, b"\n".join(lines))


@given(st.integers(0, 2**32), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_judging_never_fails_and_every_finding_has_its_rule(seed: int, today: date) -> None:
    chance = random.Random(seed)
    sources = tuple(
        mutated(source, chance) if chance.random() < 0.5 else source
        for source in chance.sample(OWN, k=8) + chance.sample(EXAMPLES, k=8)
    )
    before = loaded(tuple(mutated(source, chance) for source in sources))
    verdict = judge(loaded(sources), now_on(today, "UTC"), before)
    rules = by_code_or_name()
    for found in verdict.findings:
        assert rules[found.code].name == found.name
        assert found.message
        assert found.hint


@pytest.fixture(scope="module")
def own() -> Verdict:
    """What is found in the project's own ledger."""
    return judge(loaded(OWN), now_on(TODAY, "UTC"))


@settings(max_examples=ORDERS)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_read_changes_nothing(
    own: Verdict, chance: random.Random
) -> None:
    shuffled = list(OWN)
    chance.shuffle(shuffled)
    assert judge(loaded(tuple(shuffled)), now_on(TODAY, "UTC")) == own


def test_findings_come_in_the_order_of_files_and_places() -> None:
    found = judge(loaded(EXAMPLES), now_on(TODAY, "UTC")).findings
    assert len(found) > 50
    assert list(found) == sorted(found, key=lambda one: one.sort_key)
