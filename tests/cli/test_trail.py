"""`nextstep trail` and `nextstep slips` on real repositories: what they print, find and refuse."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct

from nextstep.dates.now import now_on
from nextstep.files.disk import read_tree
from nextstep.files.ledger import load_ledger
from nextstep.render.cells import cells
from nextstep.render.listing import Origin
from nextstep.render.page import Page, Reading
from nextstep.render.page_markdown import page_markdown
from nextstep.render.page_text import page_text
from nextstep.render.row_words import Speech
from nextstep.render.slips_formats import slips_json
from nextstep.render.slips_words import slips_page
from nextstep.render.terminal import Screen
from nextstep.render.trail_formats import trail_json, trail_tsv
from nextstep.render.trail_list_words import trail_page
from nextstep.render.trail_story_words import story_page
from nextstep.repo.place import find_ledger
from nextstep.reports.filters import Scope
from nextstep.reports.slips import SlipsReport, SlipsWanted, slips_report
from nextstep.reports.standing import Standing, standing
from nextstep.reports.trail import Asked, TrailReport, trail_report
from nextstep.reports.trail_story import trail_story
from nextstep.reports.trail_topic import topic_now
from nextstep.trail.facts import Trail
from nextstep.trail.reading import read_trail
from tests.commands import Ran, run
from tests.goldens import compare, unused
from tests.repositories import Made, make

TEXT = ("--format", "text")
CASES: dict[str, tuple[str, ...]] = {
    "trail/moved-80.txt": ("trail", "k3f9"),
    "trail/moved.json": ("trail", "k3f9", "--format", "json"),
    "trail/moved.md": ("trail", "k3f9", "--format", "markdown"),
    "trail/returned-80.txt": ("trail", "7qhd", "collect/product"),
    "trail/process-80.txt": ("trail", "annual-customer-review"),
    "trail/days-80.txt": ("trail", "--since", "2026-11-19"),
    "trail/slips.tsv": ("slips", "--header"),
}
"""What the program prints, from options to text."""
STORIES: dict[str, tuple[str, str | None]] = {
    "moved": ("k3f9", None),
    "undone": ("8rdn", None),
    "run": ("7qhd", None),
    "returned": ("7qhd", "collect/product"),
    "process": ("annual-customer-review", None),
}
LISTS = ("days", "slips", "slips-of-another")
WIDTHS = {
    f"trail/{name}-{columns}.txt": (name, columns)
    for name in (*STORIES, *LISTS)
    for columns in (60, 80, 120)
}
FORMATS = (
    "trail/moves.tsv",
    "trail/days.md",
    "trail/days.json",
    "trail/slips.md",
    "trail/slips.json",
)
PEOPLE = "people:\n  ana: {emails: [ana@x.example]}\n  dev: {emails: [dev@example.org]}\n"
OFFER = (
    "what: Send Lena the offer\nwho: ana\nwith: [dev]\noutcome: She decides\n\ndue: 2026-11-10\n"
)
SQUASHED = """log:
  - {at: 2026-11-12T10:00Z, by: ana, event: moved, from: 2026-11-10, to: 2026-11-20, why: "a week late"}
  - {at: 2026-11-13T10:00Z, by: ana, event: noted, text: "Lena has called"}
  - {at: 2026-11-16T10:00Z, by: ana, event: blocked, why: "no figures"}
  - {at: 2026-11-17T10:00Z, by: ana, event: unblocked}
"""
RUN = """\
title: Offer
started: 2026-11-02
steps:
  - {id: write, do: Write it, who: ana, due: 2026-11-20}
"""
PATH = "commitments/2026/11/offer-k3f9.yaml"


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its history."""
    folder = tmp_path_factory.mktemp("told")
    assert run("init", "--example", "acme", cwd=folder).code == 0
    return folder / "acme"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Four events squashed into one commit, which a merge dropped; a file renamed, one deleted."""
    made = make(tmp_path_factory.mktemp("odd") / "odd")
    run_path = "commitments/2026/11/run-9wte.yaml"
    made.commit({"nextstep.yaml": PEOPLE, PATH: OFFER, run_path: RUN}, at="2026-11-02T10:00:00Z")
    made.git("checkout", "-q", "-b", "side")
    moved = OFFER.replace("2026-11-10", "2026-11-20") + SQUASHED
    made.commit({PATH: moved}, at="2026-11-18T10:00:00Z")
    made.git("checkout", "-q", "main")
    other = "commitments/2026/11/other-7qhd.yaml"
    made.commit({other: "what: Other\nwho: dev\ndue: 2026-11-30\n"}, at="2026-11-18T11:00:00Z")
    made.git("merge", "-q", "-s", "ours", "side", "-m", "x", at="2026-11-19T10:00:00Z")
    made.git("mv", other, "commitments/2026/11/renamed-2mmx.yaml")
    made.git("rm", "-q", PATH)
    made.git("commit", "-q", "-m", "x", at="2026-11-20T10:00:00Z")
    return made


def kept(name: str, text: str) -> None:
    """Compare with a golden file in which no commit has an id: these change with the example."""
    text = re.sub(r"\b[0-9a-f]{40}\b", "0" * 40, text)
    compare(name, re.sub(r"@(&#8203;)? [0-9a-f]{7}\b", r"@\1 0000000", text))


def told(made: Made, *words: str, **more: str) -> Ran:
    return run("-C", str(made.path), *words, env={**made.environ, "COLUMNS": "100", **more})


@pytest.mark.parametrize("name", CASES)
def test_it_prints_what_the_golden_file_says(name: str, acme: Path) -> None:
    ran = run("-C", str(acme), *CASES[name], env={"COLUMNS": "80"})
    assert (ran.code, ran.err) == (0, "")
    kept(name, ran.out)


class Read(Struct, frozen=True):
    """The example with its history, read once."""

    standing: Standing
    trail: Trail
    reading: Reading

    def days(self, since: date, until: date | None = None) -> TrailReport:
        asked = Asked(since=since, until=until, chosen=True)
        return trail_report(self.trail, self.standing, asked)

    def slips(self, **wanted: object) -> SlipsReport:
        given = {"since": date(2026, 8, 25), **wanted}
        return slips_report(self.trail, self.standing, SlipsWanted(**given))  # type: ignore[arg-type]

    def page(self, name: str) -> Page:
        if name == "days":
            return trail_page(self.days(date(2026, 11, 19)), self.reading)
        if name in LISTS:
            who = "ana" if name == "slips-of-another" else None
            return slips_page(self.slips(who=who), self.reading)
        topic = topic_now(self.standing.ledger, *STORIES[name])
        assert topic is not None
        return story_page(trail_story(self.trail, self.standing, topic), self.reading)


@pytest.fixture(scope="module")
def read(acme: Path) -> Read:
    """The example as it is read for every report."""
    ledger = load_ledger(read_tree(str(acme)), root="acme", timezone="UTC")
    place = find_ledger(str(acme), environ={})
    trail = read_trail(place, {"PATH": os.environ["PATH"]}, ledger=ledger)
    now = now_on(date(2026, 11, 23), ledger.timezone)
    speech = Speech(today=now.today, calendar=ledger.calendar, reader=None, you=False, states=True)
    reading = Reading(speech=speech, origin=Origin("acme", trail.tip))
    return Read(standing(ledger, now), trail, reading)


@pytest.mark.parametrize("name", WIDTHS)
def test_it_fits_narrow_and_wide_terminals(name: str, read: Read) -> None:
    page, columns = WIDTHS[name]
    text = page_text(read.page(page), Screen(width=columns))
    assert max(map(cells, text.splitlines())) <= columns
    kept(name, text)


def test_no_page_is_wider_than_the_narrowest_terminal(read: Read) -> None:
    for name in (*STORIES, *LISTS):
        text = page_text(read.page(name), Screen(width=24))
        assert max(map(cells, text.splitlines())) <= 24


def test_there_are_other_formats(read: Read) -> None:
    days, slips = read.days(date(2026, 11, 20)), read.slips(scope=Scope(process="complaint"))
    moves = trail_report(read.trail, read.standing, Asked(events=("moved",))).entries
    kept("trail/moves.tsv", trail_tsv(moves, (), header=True))
    kept("trail/days.md", page_markdown(trail_page(days, read.reading)))
    kept("trail/days.json", trail_json(days))
    kept("trail/slips.md", page_markdown(slips_page(slips, read.reading)))
    kept("trail/slips.json", slips_json(slips))


def test_every_golden_file_of_trail_is_compared() -> None:
    assert unused("trail", [*CASES, *WIDTHS, *FORMATS]) == set()


def test_a_squash_shows_each_event_from_the_log_with_the_one_commit(odd: Made) -> None:
    squash = odd.git("rev-parse", "side")
    lines = told(odd, "trail", "offer-k3f9", "--format", "tsv").out.splitlines()
    found = [line.split("\t") for line in lines]
    assert [row[3] for row in found if row[16] == squash] == [
        "moved",
        "noted",
        "blocked",
        "unblocked",
    ]
    text = told(odd, "trail", "offer-k3f9").out
    assert text.count(f"4 events in one commit, {squash[:7]}") == 4


def test_what_a_merge_dropped_is_told(odd: Made) -> None:
    merge = odd.git("rev-parse", "HEAD^")[:7]
    text = " ".join(told(odd, "trail", "offer-k3f9").out.split())
    assert f"merge {merge} dropped a line of the log: Thu 12 Nov, moved from" in text
    assert f"merge {merge} put the date back from Fri 20 Nov to Tue 10 Nov" in text


@pytest.mark.parametrize("typed", ["k3f9", "offer-k3f9", "offer"])
def test_what_was_deleted_is_found_by_its_name(odd: Made, typed: str) -> None:
    ran = told(odd, "trail", typed)
    assert ran.code == 0
    assert "trail of offer-k3f9 · deleted" in ran.out
    assert "Fri 20 Nov  dev deleted the file" in ran.out


def test_what_was_renamed_is_found_by_its_old_name(odd: Made) -> None:
    ran = told(odd, "trail", "7qhd")
    assert "trail of 2mmx · open" in ran.out
    assert "dev renamed the file from other-7qhd.yaml to renamed-2mmx.yaml" in ran.out


def test_a_range_of_commits_tells_what_they_hold_alone(odd: Made) -> None:
    rows = told(odd, "trail", "--between", "main~2..side", "--format", "tsv").out.splitlines()
    assert [row.split("\t")[3] for row in rows] == ["unblocked", "blocked", "noted", "moved"]
    assert told(odd, "trail", "--between", "HEAD..", "--format", "tsv").out == ""


def test_a_shallow_clone_says_once_that_history_is_not_here(acme: Path, tmp_path: Path) -> None:
    clone = Made(acme).clone(tmp_path / "clone", "--depth=3")
    ran = told(clone, "trail", "k3f9")
    assert ran.out.count("clone is shallow") == 1
    assert "is not here: this clone is shallow" in " ".join(ran.out.split())
    assert "all from before what is here" in " ".join(ran.out.split())


def test_the_ledger_and_its_history_are_read_as_of_a_day(acme: Path) -> None:
    words = ("-C", str(acme), "trail", "k3f9", "--as-of", "2026-11-16")
    ran = run(*words, today="2026-11-16")
    assert "1 event in 1 commit" in ran.out
    assert "Due Wed 18 Nov, never moved." in ran.out


def test_what_is_not_committed_is_said(acme: Path, tmp_path: Path) -> None:
    clone = Made(acme).clone(tmp_path / "clone")
    path = clone.path / "commitments/2026/11/globex-usage-report-k3f9.yaml"
    with path.open("a") as file:
        file.write('  - {at: 2026-11-23T10:00Z, by: dev, event: noted, text: "Lena has called"}\n')
    assert "! 1 line of the log is not committed yet" in told(clone, "trail", "k3f9").out


def test_one_sees_ones_own_moves_counted_up(acme: Path) -> None:
    mine = json.loads(run("-C", str(acme), "slips", "--who", "me", "--format", "json").out)
    assert mine["filters"]["who"] == "dev"
    assert mine["tallies"]["all"]["moves"] == len(mine["items"]) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("trail", "nope"), "there is no `nope` in this ledger, nor in its history"),
        (("trail", "2mmx", "write"), "only the steps of a run have a trail of their own"),
        (("trail", "offer", "write"), "only the steps of a run have a trail of their own"),
        (("trail", "9wte", "rea"), "has no step `rea`"),
        (("trail", "--event", "move"), "--event: there is no `move`"),
        (
            ("trail", "--since", "tomorrow"),
            "--since: `tomorrow` is 2026-11-24, which is still to come",
        ),
        (("trail", "--since", "mon", "--until", "2026-01-01"), "is before --since"),
        (("trail", "--between", "main"), "--between: `main` is no range of commits"),
        (("trail", "--between", "HEAD~1..", "--as-of", "HEAD"), "leave --as-of out"),
        (("trail", "k3f9", "--process", "release"), "leave them out, or `k3f9`"),
        (("trail", "--between", "nope..HEAD"), "there is no commit `nope` in this repository"),
        (("trail", "--who", "nobody"), "--who: this ledger has no person `nobody`"),
        (("trail", "--format", "html"), "--format takes text, tsv, json or markdown, not `html`"),
        (("slips", "--step", "nope"), "--step: no process or run here has a step `nope`"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_write(
    odd: Made, words: tuple[str, ...], message: str
) -> None:
    ran = told(odd, *words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


@pytest.mark.parametrize("command", ["trail", "slips"])
def test_without_history_they_say_what_there_is_instead(tmp_path: Path, command: str) -> None:
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_text(OFFER)
    ran = run(command, cwd=tmp_path)
    assert ran.code == 2
    assert "there is no history to read" in ran.err
    assert "`nextstep show` shows the log that the file itself holds" in ran.err


def test_before_the_first_commit_nothing_is_told(tmp_path: Path) -> None:
    made = make(tmp_path / "new")
    made.write({PATH: OFFER})
    assert "No commit tells of anything in this ledger yet." in told(made, "trail").out
    assert "No commit tells of it yet." in told(made, "trail", "k3f9").out
    assert told(made, "slips", *TEXT).code == 0
