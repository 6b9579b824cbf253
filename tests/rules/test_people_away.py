"""People who have left or are away: what counts on them is found, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.rules.ledgers import codes, findings

OFFER = "what: Send Lena the offer\nwho: {}\noutcome: She can decide\ndue: {}\n"
RUN = """\
title: Move the office
owner: {owner}
{deputy}started: 2026-11-20
people: {{mover: {mover}, receiver: {receiver}}}
steps:
  - id: pack
    do: Pack the boxes
    who: {mover}
    role: mover
    rule: 3bd after start
    due: 2026-11-25
    handoff: {{to: receiver, must_include: [a list of the boxes, the keys, the floor plan]}}
"""


def judged(
    root: Path, people: str, *, today: date = date(2026, 11, 23), **files: str
) -> list[tuple[str, str]]:
    """Return the code and file of each finding in a ledger with these people."""
    paths = {"nextstep.yaml": f"people:\n{people}", **files}
    places = {
        "offer": "commitments/2026/11/offer.yaml",
        "run": "commitments/2026/11/move.yaml",
        "process": "processes/offers.yaml",
        "variant": "processes/other.yaml",
    }
    written = {places.get(name, name): text for name, text in paths.items()}
    names = {path: name for name, path in places.items()}
    return [(one.code, names.get(one.path, one.path)) for one in findings(root, written, today)]


PAT = "  pat: {left: 2026-09-30}\n  eva: {}\n  max: {name: Max}\n".replace("{}", "{name: Eva}")


def of_run(owner: str = "eva", deputy: str = "", mover: str = "max", receiver: str = "eva") -> str:
    return RUN.format(owner=owner, deputy=deputy, mover=mover, receiver=receiver)


class TestLeft:
    def test_the_last_day_is_a_day_on_which_somebody_is_there(self, tmp_path: Path) -> None:
        run = of_run(owner="pat")
        assert judged(tmp_path, PAT, today=date(2026, 9, 30), run=run) == []
        assert ("NS230", "run") in judged(tmp_path, PAT, today=date(2026, 10, 1), run=run)

    @pytest.mark.parametrize("field", ["owner: pat\ndeputy: eva", "owner: eva\ndeputy: pat"])
    def test_the_owner_and_the_deputy_of_a_process_are_judged(
        self, field: str, tmp_path: Path
    ) -> None:
        found = judged(tmp_path, PAT, process=PROCESS.replace("owner: eva\ndeputy: max", field))
        assert found == [("NS230", "process")]

    def test_a_retired_process_needs_no_owner(self, tmp_path: Path) -> None:
        text = PROCESS.replace("owner: eva", "owner: pat") + "state: retired\n"
        assert judged(tmp_path, PAT, process=text) == []

    def test_a_variant_that_names_no_owner_is_not_judged_again(self, tmp_path: Path) -> None:
        variant = "title: B\nowner: eva\nbased_on: offers\nreason: they differ\n"
        text = PROCESS.replace("deputy: max", "deputy: pat")
        assert judged(tmp_path, PAT, process=text, variant=variant) == [("NS230", "process")]

    def test_who_does_a_step_is_found_once_and_not_again_as_bound(self, tmp_path: Path) -> None:
        run = of_run(mover="pat", receiver="pat")
        assert judged(tmp_path, PAT, run=run) == [("NS220", "run")]

    def test_who_is_to_receive_work_is_found(self, tmp_path: Path) -> None:
        assert judged(tmp_path, PAT, run=of_run(receiver="pat")) == [("NS233", "run")]

    def test_what_is_closed_counts_on_nobody(self, tmp_path: Path) -> None:
        closed = (
            "log:\n  - {at: 2026-11-22T09:00Z, by: pat, event: closed, result: dropped, why: no}\n"
        )
        run = of_run(owner="pat", receiver="pat") + closed
        assert judged(tmp_path, PAT, run=run) == []

    def test_a_partner_of_a_commitment_and_of_the_ledger_are_judged(self, tmp_path: Path) -> None:
        offer = OFFER.format("eva", "2026-11-27") + "partner: pat\n"
        assert judged(tmp_path, PAT + "partner: pat\n", offer=offer) == [
            ("NS232", "offer"),
            ("NS232", "nextstep.yaml"),
        ]

    def test_the_partner_of_somebody_who_left_too_is_of_no_interest(self, tmp_path: Path) -> None:
        people = "  pat: {left: 2026-09-30, partner: sam}\n  sam: {left: 2026-09-30}\n"
        assert judged(tmp_path, people) == []

    @pytest.mark.parametrize(
        ("members", "found"), [("pat", ["NS231"]), ("pat, eva", []), ("eva", [])]
    )
    def test_a_role_is_held_by_somebody_who_is_there(
        self, members: str, found: list[str], tmp_path: Path
    ) -> None:
        roles = f"roles:\n  seller: {{people: [{members}]}}\n"
        assert [code for code, _ in judged(tmp_path, PAT + roles)] == found

    @pytest.mark.parametrize(("to", "found"), [("pat", ["NS234"]), ("eva", [])])
    def test_an_offer_can_be_answered(self, to: str, found: list[str], tmp_path: Path) -> None:
        offer = OFFER.format("max", "2026-11-27") + (
            f"log:\n  - {{at: 2026-11-20T09:00Z, by: max, event: offered, to: {to}}}\n"
        )
        assert [code for code, _ in judged(tmp_path, PAT, offer=offer)] == found

    @pytest.mark.parametrize(("members", "found"), [("pat, eva", []), ("pat", ["NS231", "NS234"])])
    def test_an_offer_to_a_role_can_be_answered_by_one_of_it(
        self, members: str, found: list[str], tmp_path: Path
    ) -> None:
        roles = f"roles:\n  receiver: {{people: [{members}]}}\n"
        run = of_run().replace(", receiver: eva", "") + (
            "log:\n  - {at: 2026-11-22T09:00Z, by: max, event: offered, step: pack, to: receiver}\n"
        )
        judgement = judged(tmp_path, PAT + roles, run=run)
        assert sorted(code for code, _ in judgement) == found


PROCESS = """\
title: Offers
owner: eva
deputy: max
customer: {who: the sales team, kind: internal}
provides: An offer that a buyer can decide on
roles: [seller]
steps:
  - {id: write, do: Write the offer, who: seller, due: 2bd after start, done_when: It is there, proof: the offer}
"""


def away(eva: str = "", max_: str = "", cover: str = "") -> str:
    cover = f", cover: {cover}" if cover else ""
    return (
        f"  eva: {{away: [{{from: 2026-12-21, to: 2026-12-27{cover}}}]{eva}}}\n"
        f"  max: {{name: Max{max_}}}\n  ina: {{name: Ina}}\n"
    )


class TestAway:
    @pytest.mark.parametrize(
        ("due", "found"),
        [
            ("2026-12-20", []),
            ("2026-12-21", ["NS330"]),
            ("2026-12-27T17:00", ["NS330"]),
            ("2026-12-28", []),
        ],
    )
    def test_a_day_on_which_somebody_is_away_is_found(
        self, due: str, found: list[str], tmp_path: Path
    ) -> None:
        offer = OFFER.format("eva", due)
        assert [code for code, _ in judged(tmp_path, away(), offer=offer)] == found

    def test_with_cover_it_can_be_kept(self, tmp_path: Path) -> None:
        offer = OFFER.format("eva", "2026-12-22")
        assert judged(tmp_path, away(cover="ina"), offer=offer) == []

    def test_a_day_after_somebody_leaves_is_found(self, tmp_path: Path) -> None:
        people = "  eva: {left: 2026-12-11}\n"
        offer = OFFER.format("eva", "2026-12-12")
        assert judged(tmp_path, people, offer=offer) == [("NS330", "offer")]
        offer = OFFER.format("eva", "2026-12-11")
        assert judged(tmp_path, people, offer=offer) == []

    def test_a_step_of_a_run_is_judged_until_it_is_finished(self, tmp_path: Path) -> None:
        run = of_run(mover="eva", owner="max", receiver="max").replace("2026-11-25", "2026-12-22")
        assert judged(tmp_path, away(), run=run) == [("NS330", "run")]
        done = run.replace("    handoff", "    # handoff") + (
            "log:\n  - {at: 2026-11-22T09:00Z, by: eva, event: done, step: pack}\n"
        )
        assert judged(tmp_path, away(), run=done) == []

    def test_days_that_are_over_are_not_spoken_of(self, tmp_path: Path) -> None:
        offer = OFFER.format("eva", "2026-12-22")
        found = judged(tmp_path, away(cover="eva"), today=date(2026, 12, 28), offer=offer)
        assert "NS330" not in [code for code, _ in found]
        assert "NS332" not in [code for code, _ in found]

    @pytest.mark.parametrize(
        ("deputy", "people", "found"),
        [
            ("", away(), ["NS331"]),
            ("deputy: vacant\n", away(), ["NS331"]),
            ("deputy: ina\n", away(), []),
            ("", away(cover="ina"), []),
            ("deputy: max\n", away(max_=", away: [{from: 2026-12-24, to: 2026-12-24}]"), ["NS331"]),
            ("deputy: max\n", away(max_=", away: [{from: 2026-12-28, to: 2026-12-30}]"), []),
        ],
    )
    def test_somebody_decides_in_an_open_run(
        self, deputy: str, people: str, found: list[str], tmp_path: Path
    ) -> None:
        run = of_run(deputy=deputy, receiver="ina")
        assert [code for code, _ in judged(tmp_path, people, run=run)] == found

    def test_the_owner_may_be_a_role_of_one(self, tmp_path: Path) -> None:
        roles = "roles:\n  head: {people: [eva]}\n"
        run = of_run(owner="head", receiver="ina")
        assert judged(tmp_path, away() + roles, run=run) == [("NS331", "run")]

    def test_owner_and_deputy_of_a_process_are_not_away_together(self, tmp_path: Path) -> None:
        people = away(max_=", away: [{from: 2026-12-24, to: 2026-12-24}]")
        assert ("NS331", "process") in judged(tmp_path, people, process=PROCESS)
        assert judged(tmp_path, away(), process=PROCESS) == []

    @pytest.mark.parametrize(
        ("cover", "max_", "found"),
        [
            ("eva", "", ["NS332"]),
            ("max", "", []),
            ("max", ", away: [{from: 2026-12-27, to: 2027-01-03}]", ["NS332"]),
            ("max", ", away: [{from: 2026-12-28, to: 2027-01-03}]", []),
            ("max", ", left: 2026-12-24", ["NS332"]),
            ("max", ", left: 2026-12-27", []),
        ],
    )
    def test_who_covers_is_there(
        self, cover: str, max_: str, found: list[str], tmp_path: Path
    ) -> None:
        people = away(cover=cover, max_=max_)
        assert codes_only(judged(tmp_path, people)) == found


def codes_only(found: list[tuple[str, str]]) -> list[str]:
    return [code for code, _ in found]


def test_the_absences_of_a_person_nobody_counts_on_are_no_finding(tmp_path: Path) -> None:
    assert codes(findings(tmp_path, {"nextstep.yaml": f"people:\n{away()}"})) == []
