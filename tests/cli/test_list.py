"""`nextstep list` on the command line: its filters, what it refuses, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run
from tests.repositories import make


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--text", "ink"), ["ink-price-fq2v"]),
        (("--overdue", "--who", "bo"), ["usage-report-k3f9"]),
        (("--part-of", "globex-growth", "--state", "all"), ["autumn-fair-z2hm", "usage-report-k3f9"]),
        (("--state", "done", "--state", "closed"), ["autumn-fair-z2hm", "ink-price-fq2v"]),
        (("--process", "print-run", "--kind", "run"), ["reprint-8rdn", "spring-list-7qhd"]),
        (("--for", "River Books"), ["reprint-8rdn"]),
        (("--within", "1d", "--kind", "commitment", "--due-after", "2026-11-22"),
         ["call-tom-w8tj", "nobody-yet-q7md", "ink-price-fq2v", "permit-6gkp"]),
        (("--due-before", "2026-11-20"), ["slides-asked-4hpz"]),
        (("--with", "lena", "--who", "bo"), ["usage-report-k3f9", "ship-samples-t5bn"]),
        (("--role", "printer"), ["reprint-8rdn proof", "reprint-8rdn print",
                                 "spring-list-7qhd print", "spring-list-7qhd proof"]),
        (("--processes",), ["old-way", "print-run"]),
        (("--processes", "--state", "active"), ["print-run"]),
    ],
)  # fmt: skip
def test_filters_find_what_they_say(desk: Path, arguments: tuple[str, ...], ids: list[str]) -> None:
    ran = run("-C", str(desk), "list", *arguments, "--format", "ids")
    assert ran.out.splitlines() == ids


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--state", "opened"), "--state: there is no `opened`"),
        (("--state", "active"), "--state: there is no `active`"),
        (("--processes", "--state", "open"), "--state: there is no `open`"),
        (("--kind", "task"), "--kind: there is no `task`"),
        (("--who", "zoe"), "--who: this ledger has no person `zoe`"),
        (("--who", "zoe"), "look for the name with `nextstep who`"),
        (("--with", "zoe"), "--with: this ledger has no person `zoe`"),
        (("--due-before", "1.12.2026"), "--due-before: "),
        (("--due-after", "9999-12-31"), "--due-after: there is no day beyond"),
        (("--within", "soon"), "--within: "),
        (("--format", "csv"), "--format takes text, tsv, json, markdown or ids, not `csv`"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_words(
    desk: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("-C", str(desk), "list", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err.replace(f" -C {desk}", "")


def test_with_somebody_means_with_me_when_git_knows_me(desk: Path, tmp_path: Path) -> None:
    made = make(tmp_path / "repo")
    made.commit(
        {path.relative_to(desk).as_posix(): path.read_bytes() for path in desk.rglob("*.yaml")}
    )
    made.git("config", "user.email", "bo@desk.example")
    ran = run("-C", str(made.path), "list", "--with", "lena", "--format", "json")
    pairs = {(item["owed_by"], item["owed_to"]) for item in json.loads(ran.out)["items"]}
    assert pairs == {("bo", "lena")}


def test_with_somebody_can_mean_with_everybody(desk: Path) -> None:
    """`--who all` says so where git knows who asks, as it does for `due`."""
    ran = run("-C", str(desk), "list", "--who", "all", "--with", "ana", "--format", "json")
    owed = {(item["owed_by"], item.get("owed_to", "?")) for item in json.loads(ran.out)["items"]}
    assert owed == {(None, "ana"), (None, "?")}
    every = run("-C", str(desk), "list", "--who", "all", "--format", "ids")
    assert every.out == run("-C", str(desk), "list", "--format", "ids").out


def test_an_empty_list_is_an_answer(tmp_path: Path) -> None:
    made = make(tmp_path / "repo")
    made.write({"commitments/offer.yaml": "what: Send the offer\ndue: 2026-11-27\n"})
    ran = run("-C", str(made.path), "list", "--text", "nothing of that kind", "--format", "text")
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing that is listed here fits." in ran.out
    assert run("-C", str(made.path), "list", "--text", "nothing of that kind").out == ""


def test_what_is_left_out_is_shown_by_the_same_filters(desk: Path) -> None:
    filters = ("--part-of", "globex-growth", "--due-before", "2027-01-01")
    ran = run("-C", str(desk), "list", *filters, "--format", "text", env={"COLUMNS": "120"})
    said, _, typed = ran.out.splitlines()[-1].partition("nextstep ")
    assert said.startswith("Not shown: 1 that is over.")
    assert typed.split() == ["list", "--state", "all", *filters]
    assert "Not shown" not in run("-C", str(desk), *typed.split(), "--format", "text").out


def test_in_a_ledger_of_one_person_nobody_is_named(tmp_path: Path) -> None:
    made = make(tmp_path / "repo")
    made.write({"commitments/room-7qhd.yaml": "what: Book the room\n"})
    ran = run("-C", str(made.path), "list", "--format", "text")
    assert "7qhd  Book the room" in ran.out
