"""What the verbs record is told by its lines alone: each is seen, and no field is left over."""

from __future__ import annotations

import shlex

import pytest

from nextstep.files.disk import read_tree
from nextstep.files.ledger import load_ledger
from nextstep.repo.place import place_of
from nextstep.trail.facts import Trail
from nextstep.trail.reading import read_trail
from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW, at_desk
from tests.recording import team

OFFER = "processes/offer.yaml"
PROCESS = """\
title: Offer
owner: dev
customer: {who: buyers, kind: external}
provides: An offer
review: {every: 6mo, last: 2026-05-20}
roles: [seller]
steps:
  - {id: write, do: Write it, who: seller, due: 2bd after start, done_when: It is there}
  - {id: send, do: Send it, who: seller, due: 1bd after write, done_when: It is sent}
"""
STORY = """
change k3f9 outcome "Globex agrees it" --why clearer
move k3f9 2026-11-27 --why later
undo k3f9
undo k3f9
offer k3f9 --to mia
accept k3f9 --by mia
undo k3f9 --by mia
undo k3f9 --by mia
add "Pick the venue" --who raj --so "All can go" --due 2026-12-04
agree {venue} --by raj
change 7qhd meeting 2026-12-22 --why "they asked" --yes
undo 7qhd
assign 7qhd writer raj
undo 7qhd
offer 7qhd facts --all-there
accept 7qhd facts --all-there --by mia
undo 7qhd --by mia
offer 7qhd write --duty --to raj
accept 7qhd write --by raj
undo 7qhd --by raj
move 7qhd deliver 2026-12-10 --why sooner
confirm offer
offer offer --to mia
accept offer --all-there --by mia
undo offer --by mia
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """The trail of a team's ledger after one verb an hour."""
    files = {REPORT: COMMITMENT, PATH: REVIEW, OFFER: PROCESS}
    made = team(tmp_path_factory.mktemp("verbs") / "acme", files)
    venue = ""
    for hour, line in enumerate(STORY.strip().splitlines()):
        words = [word.format(venue=venue) for word in shlex.split(line)]
        today = f"2026-11-{23 + hour // 10}T{9 + hour % 10:02}:00Z"
        ran = at_desk(made, *words, today=today)
        assert ran.code == 0, (line, ran.err, ran.out)
        if words[0] == "add":
            (file,) = made.path.glob("commitments/*/*/pick-venue-*.yaml")
            venue = file.stem[-4:]
    ledger = load_ledger(read_tree(str(made.path)), root=str(made.path))
    return read_trail(place_of(str(made.path)), made.environ, ledger=ledger)


def test_every_line_of_a_verb_is_seen_and_explains_its_fields(recorded: Trail) -> None:
    told = [
        (one.event, one.id, one.step, dict(one.values), one.seen)
        for one in recorded.facts
        if one.logged is None or not one.seen
    ]
    assert [fact[0] for fact in told] == ["started", "written"], told
    assert len(recorded.facts) > len(STORY.splitlines())
