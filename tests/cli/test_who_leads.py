"""Who may decide about a run: its owner and who stands in, by name or by role; else everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.review_run import PATH, at_desk
from tests.recording import team
from tests.repositories import Made

RUN = """\
title: Move the office
started: 2026-11-09
{leading}
people: {{head: vacant, second: raj}}

steps:
  - id: pack
    do: Pack the boxes
    who: lena
    due: 2026-11-27
  - id: agree
    approve: plans/office.md
    who: [lena]
    need: all
    after: [pack]
"""


def office(folder: Path, leading: str) -> Made:
    """Make a ledger with one run that is led so."""
    return team(folder / "acme", {PATH: RUN.format(leading=leading)})


@pytest.mark.parametrize("leading", ["", "owner: vacant\n", "owner: head\n", "deputy: mia\n"])
def test_where_nobody_owns_a_run_everybody_leads_it(tmp_path: Path, leading: str) -> None:
    made = office(tmp_path, leading)
    ran = at_desk(made, "skip", "7qhd", "agree", "--why", "Nobody to ask", "--by", "raj")
    assert ran.code == 0, ran.err
    assert at_desk(made, "drop", "7qhd", "--why", "Too dear", "--by", "raj").code == 0


@pytest.mark.parametrize(
    ("leading", "who"),
    [
        ("owner: support\n", ("mia", "raj")),
        ("owner: dev\ndeputy: support\n", ("dev", "mia", "raj")),
        ("owner: head\ndeputy: second\n", ("dev", "lena", "mia", "raj")),
        ("owner: second\n", ("raj",)),
    ],
)
def test_everybody_who_holds_the_role_leads(
    tmp_path: Path, leading: str, who: tuple[str, ...]
) -> None:
    made = office(tmp_path, leading)
    for person in ("dev", "lena", "mia", "raj"):
        ran = at_desk(made, "drop", "7qhd", "--why", "Too dear", "--by", person, "--dry-run")
        assert (ran.code == 0) == (person in who), (person, ran)
        if person not in who:
            assert f"{' or '.join(who)} may drop" in " ".join(ran.err.split())
            assert f"--by {who[0]} writes down" in ran.err
