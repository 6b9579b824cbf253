"""`nextstep confirm` and `nextstep trained`: a process is still right, and somebody has learned it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.review_run import at_desk
from tests.conversation import Conversation
from tests.recording import last, team
from tests.repositories import Made

PATH = "processes/review.yaml"
PROCESS = """\
title: Review
owner: dev
deputy: mia
customer: everybody
provides: A review
review: {every: 6mo, last: 2026-05-20}

steps:
  - {id: write, do: Write it, who: raj, due: 3bd after start, done_when: It is written}
"""
TWO = "review: [{kind: page, every: 6mo}, {kind: template, every: 1y, last: 2026-01-10}]"


def desk(folder: Path, text: str = PROCESS) -> Made:
    """A ledger with one process."""
    return team(folder, {PATH: text})


def test_the_owner_confirms_a_process_and_its_review_counts_from_today(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    blob = made.git("rev-parse", f"HEAD:{PATH}")
    ran = at_desk(made, "confirm", "review", "--text", "Gone through it")
    assert ran.code == 0, ran.err
    assert "The next look is due Sun 23 May 2027." in ran.out
    assert last(made).lines == (
        "-review: {every: 6mo, last: 2026-05-20}",
        "+review: {every: 6mo, last: 2026-11-23}",
        "+",
        "+log:",
        (
            "+  - {at: 2026-11-23T09:00:00.000Z, by: dev, event: confirmed, "
            f'version: {blob[:12]}, text: "Gone through it"}}'
        ),
    )
    assert last(made).trailers == ("Nextstep: confirmed review",)


def test_others_do_not_confirm_it(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    ran = at_desk(made, "confirm", "review", "--by", "raj")
    assert ran.code == 2
    assert "dev or mia may confirm review, and raj may not" in ran.err
    assert at_desk(made, "confirm", "review", "--by", "mia").code == 0


def test_of_several_reviews_the_kind_is_said_or_asked_for(tmp_path: Path) -> None:
    text = PROCESS.replace("review: {every: 6mo, last: 2026-05-20}", TWO)
    made = desk(tmp_path / "acme", text)
    ran = at_desk(made, "confirm", "review")
    assert (ran.code, "add --kind KIND" in ran.err) == (2, True)
    assert at_desk(made, "confirm", "review", "--kind", "template").code == 0
    assert "{kind: page, every: 6mo}" in (made.path / PATH).read_text()
    assert "last: 2026-11-23" in (made.path / PATH).read_text()
    with Conversation("confirm", "review", cwd=made.path) as talk:
        talk.answer("Which review?", "page")
        assert talk.end()[0] == 0
    assert (made.path / PATH).read_text().count("last: 2026-11-23") == 2


def test_a_kind_is_refused_where_there_are_none(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    ran = at_desk(made, "confirm", "review", "--kind", "page")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "nextstep: review has no kinds of review",
        "  leave --kind out",
    ]
    assert at_desk(made, "confirm", "review", "--kind", "all").code == 0


FIRST = ("undo", "review", "--at", "2026-11-20T09:00Z")


@pytest.mark.parametrize(
    ("review", "kind"),
    [
        ("review: {every: 6mo, last: 2026-05-20}", ()),
        ("review: {every: 6mo}", ()),
        (TWO, ("--kind", "page")),
        ("review: [{kind: page, every: 6mo}]", ()),
    ],
)
def test_a_confirmation_that_is_taken_back_leaves_the_review_as_it_was_before(
    tmp_path: Path, review: str, kind: tuple[str, ...]
) -> None:
    made = desk(
        tmp_path / "acme", PROCESS.replace("review: {every: 6mo, last: 2026-05-20}", review)
    )

    def said() -> str:
        return next(
            x for x in (made.path / PATH).read_text().splitlines() if x.startswith("review:")
        )

    at_desk(made, "confirm", "review", *kind, today="2026-11-20T09:00Z")
    first = said()
    at_desk(made, "confirm", "review", *kind)
    assert "2026-11-23" in said()
    assert at_desk(made, "undo", "review", today="2026-11-24T09:00Z").code == 0
    assert said() == first
    ran = at_desk(made, *FIRST, today="2026-11-25T09:00Z")
    assert (ran.code, said()) == (0, review), ran.err
    assert f"review.last{' of page' if 'page' in review else ''}: " in ran.out
    at_desk(made, "undo", "review", today="2026-11-26T09:00Z")
    assert said() == first, "it was taken back, and counts again"


def test_a_review_that_says_something_else_since_its_confirmation_stays(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", PROCESS.replace(", last: 2026-05-20", ""))
    at_desk(made, "confirm", "review", today="2026-11-20T09:00Z")
    text = (made.path / PATH).read_text()
    made.commit({PATH: text.replace("last: 2026-11-20", "last: 2026-11-22")})
    ran = at_desk(made, *FIRST)
    assert "`last` of its review stays as it is" in ran.out
    assert "last: 2026-11-22" in (made.path / PATH).read_text()


def test_where_no_commit_shows_what_was_before_the_confirmation_its_day_stays(
    tmp_path: Path,
) -> None:
    line = "log:\n  - {at: 2026-11-20T09:00Z, by: dev, event: confirmed}\n"
    text = PROCESS.replace("2026-05-20", "2026-11-20") + line
    made = desk(tmp_path / "acme", text)
    ran = at_desk(made, *FIRST)
    assert "`last` of its review stays as it is" in ran.out
    assert "last: 2026-11-20" in (made.path / PATH).read_text()


def test_who_has_learned_a_process_is_kept_with_its_version(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    blob = made.git("rev-parse", f"HEAD:{PATH}")
    ran = at_desk(made, "trained", "Raj", "review")
    assert 'raj has learned "Review".' in ran.out
    assert last(made).lines[-1].endswith(f"event: trained, person: raj, version: {blob[:12]}}}")
    ran = at_desk(made, "trained", "nobody", "review")
    assert (ran.code, "`nobody` is nobody" in ran.err) == (2, True)
    ran = at_desk(made, "trained", "raj", "revue")
    assert ran.code == 2
