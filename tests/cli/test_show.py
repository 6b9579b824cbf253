"""`nextstep show`: which thing is meant, what it says, and what it never does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.repositories import make, write

SETTINGS = """\
timezone: Europe/Berlin
people:
  ana: {name: Ana Costa, emails: [ana@acme.example], away: [{from: 2026-11-20, to: 2026-11-30, cover: sam}]}
  sam: {name: Sam Okafor}
  dev: {}
  lena: {org: Globex}
"""
PROCESS = """\
title: Greet
owner: ana
deputy: sam
customer: {who: newcomers, kind: internal}
provides: A good start
roles: [greeter]
who: greeter
steps:
  - {id: wave, do: Wave, due: 1bd after start, done_when: They smile}
  - {id: talk, do: Talk, due: 2bd after wave, done_when: They talk}
"""
RUN = """\
process: greet
title: Greet
for: Tom
requested_by: lena
started: 2026-11-16
owner: ana
deputy: sam
strength: {level: enforce}
inputs: {place: berlin}
people: {greeter: dev}
steps:
  - {id: wave, do: Wave, who: dev, role: greeter, after: [], due: 2026-11-17, done_when: They smile}
  - id: pages/one
    do: Write it
    who: dev
    after: []
    due: 2026-11-18
    handoff: {to: sam, must_include: [{item: a page, check: {file: docs/$place/$part.md}}]}
  - {id: pages/two, do: Write it too, who: dev, after: [], due: 2026-11-18, done_when: It is there}
  - {id: vote, approve: docs/$place/all.md, who: [ana, sam, lena], need: all, blind: true, after: [wave], rule: 2bd after wave}
  - {id: talk, do: Talk, who: dev, after: [vote], rule: 2bd after vote, done_when: They talk}
log:
"""
LEDGER = {
    "nextstep.yaml": SETTINGS,
    "processes/greet.yaml": PROCESS,
    "commitments/2026/11/offer-k3f9.yaml": "what: Send the offer\nwho: dev\nwith: [lena]\noutcome: She decides\ndue: 2026-11-20\npart_of: spring\n",
    "commitments/2026/11/prices-7qhd.yaml": "what: Look up prices\nwho: sam\noutcome: They are right\ndue: 2026-11-27\npart_of: spring\n",
    "commitments/2026/11/greet-tom-p2mx.yaml": RUN
    + "  - {at: 2026-11-17T09:00Z, by: dev, event: done, step: wave}\n",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    write(tmp_path, LEDGER)
    return tmp_path


def show(folder: Path, *words: str, today: str = "2026-11-23") -> Ran:
    return run("-C", str(folder), "show", *words, env={"COLUMNS": "120"}, today=today)


def with_log(folder: Path, *events: str) -> None:
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    write(folder, {"commitments/2026/11/greet-tom-p2mx.yaml": RUN + lines})


@pytest.mark.parametrize("typed", ["k3f9", "offer", "offer-k3f9", "off"])
def test_four_characters_or_the_beginning_of_a_name_will_do(ledger: Path, typed: str) -> None:
    ran = show(ledger, typed)
    assert ran.code == 0
    assert "Send the offer\n" in ran.out


@pytest.mark.parametrize("typed", ["", "../../x", "/etc/passwd", "./offer", "a\\b", "-"])
def test_a_path_is_no_name(ledger: Path, typed: str) -> None:
    ran = show(ledger, typed)
    assert (ran.code, ran.out) == (2, "")
    assert "is not the name of anything in a ledger" in ran.err


def test_an_option_that_is_none_is_no_name(ledger: Path) -> None:
    assert show(ledger, "-x").code == 2
    assert show(ledger, "--", "-x").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("k3f8",), "did you mean `k3f9`?"),
        (("ofer-k3f9",), "did you mean `offer-k3f9`?"),
        (("zzzzzzzz",), "`nextstep list` shows what there is"),
        (("gre",), "type more of it: greet, greet-tom-p2mx"),
        (("p2mx", "wav"), None),
        (("p2mx", "pages"), "type one of pages/one, pages/two"),
        (("p2mx", "wvae"), "did you mean `wave`?"),
        (("p2mx", "zzzz"), "`nextstep show p2mx` lists the steps"),
        (("p2mx/wave",), "nextstep show p2mx wave"),
        (("commitments/2026/11/offer-k3f9.yaml",), "type its name: nextstep show k3f9"),
        (("k3f9", "x"), "only the steps of a run are shown one by one"),
    ],
)
def test_what_is_not_there_is_said_with_what_may_be_meant(
    ledger: Path, words: tuple[str, ...], said: str | None
) -> None:
    ran = show(ledger, *words)
    assert ran.code == (0 if said is None else 2)
    assert said is None or said in ran.err.replace(f" -C {ledger}", "")


def test_the_part_alone_names_a_step(ledger: Path) -> None:
    assert "Write it too" in show(ledger, "p2mx", "two").out


def test_what_could_not_be_read_is_said_and_not_that_it_is_missing(ledger: Path) -> None:
    write(ledger, {"commitments/2026/11/venue-aa2b.yaml": "what: Pick the venue\nwho: @sam\n"})
    ran = show(ledger, "aa2b")
    assert ran.code == 65
    assert "commitments/2026/11/venue-aa2b.yaml:2 could not be read" in ran.err
    other = show(ledger, "k3f9")
    assert other.code == 65
    assert "Send the offer" in other.out
    assert "! commitments/2026/11/venue-aa2b.yaml could not be read" in other.out


def test_who_is_away_is_shown_with_who_covers(ledger: Path) -> None:
    assert "ana (Ana Costa), away until Mon 30 Nov, sam covers" in show(ledger, "p2mx").out
    later = show(ledger, "p2mx", today="2026-12-01").out
    assert "away until" not in later


def test_a_step_says_where_its_papers_are(ledger: Path) -> None:
    assert "docs/berlin/one.md" in show(ledger, "p2mx", "one").out


def test_the_order_of_a_run_is_told_by_what_was_done(ledger: Path) -> None:
    with_log(
        ledger,
        "at: 2026-11-20T09:00Z, by: dev, event: done, step: talk, out_of_order: they had no time",
    )
    out = show(ledger, "p2mx").out
    assert "out of order  talk" in out
    assert "overridden    talk" in out
    assert "done out of order: they had no time" in out


def test_an_impossible_event_is_a_row_of_its_own(ledger: Path) -> None:
    with_log(ledger, "at: 2026-11-20T09:00Z, by: sam, event: accepted, step: wave")
    ran = show(ledger, "p2mx")
    assert ran.code == 0
    assert "! event 1 of the log, accepted, does not count: " in ran.out
    shown = json.loads(show(ledger, "p2mx", "--format", "json").out)
    assert [one["number"] for one in shown["run"]["impossible"]] == [1]


def test_an_event_that_was_undone_is_told_as_undone(ledger: Path) -> None:
    with_log(
        ledger,
        "at: 2026-11-17T09:00Z, by: dev, event: done, step: wave",
        "at: 2026-11-17T09:05Z, by: dev, event: undone, of: 2026-11-17T09:00Z",
    )
    out = show(ledger, "p2mx", "wave").out
    assert "done by dev" in out
    assert "undone since" in out
    assert "ready" in out.partition("\n")[0]


def test_votes_of_a_blind_gate_stay_hidden_until_it_is_decided(ledger: Path) -> None:
    done = "at: 2026-11-17T09:00Z, by: dev, event: done, step: wave"
    votes = [
        f"at: 2026-11-18T0{hour}:00Z, by: {who}, event: approved, step: vote, content: 3f9c2e1b7a64"
        for hour, who in ((1, "ana"), (2, "sam"), (3, "lena"))
    ]
    with_log(ledger, done, *votes[:2])
    for words in (("p2mx",), ("p2mx", "vote")):
        open_ = show(ledger, *words).out
        assert "2 of 3 votes, hidden until the gate is decided" in open_
        assert "approved by" not in open_
        assert '"approved"' not in show(ledger, *words, "--format", "json").out
    no = "at: 2026-11-18T02:00Z, by: sam, event: returned, step: vote, why: too long"
    with_log(ledger, done, votes[0], no)
    for words in (("p2mx",), ("p2mx", "vote")):
        assert "too long" not in show(ledger, *words).out
    with_log(ledger, done, votes[0], no, votes[2])
    assert "returned by sam: too long" in show(ledger, "p2mx", "vote").out
    with_log(ledger, done, *votes)
    decided = show(ledger, "p2mx", "vote").out
    assert "approved by ana" in decided
    assert "ana, sam and lena" in decided


def test_a_hand_off_is_told_with_every_round(ledger: Path) -> None:
    with_log(
        ledger,
        "at: 2026-11-17T09:00Z, by: dev, event: offered, step: pages/one, to: sam",
        'at: 2026-11-18T09:00Z, by: sam, event: returned, step: pages/one, missing: [a page], why: "it is empty"',
        "at: 2026-11-19T09:00Z, by: dev, event: offered, step: pages/one, to: sam",
    )
    out = show(ledger, "p2mx").out
    assert "Tue 17 Nov, offered to sam by dev" in out
    assert "Wed 18 Nov, returned by sam, missing: a page: it is empty" in out
    assert "sam to answer, since Thu 19 Nov · returned once" in out


def test_a_plan_says_what_is_kept_open_and_late(ledger: Path) -> None:
    write(
        ledger,
        {
            "commitments/2026/11/room-aa2b.yaml": "what: Book the room\nwho: dev\noutcome: We sit\ndue: 2026-11-12\npart_of: spring\n"
            "log:\n  - {at: 2026-11-12T09:00Z, by: dev, event: closed, result: kept, outcome: booked, nothing_further: done}\n"
        },
    )
    out = show(ledger, "spring").out
    assert "1 kept, 2 open, 1 of them late" in out
    plan = json.loads(show(ledger, "spring", "--format", "json").out)["plan"]
    rows = {
        name: [row["id"] for row in plan[name]] for name in ("kept", "open", "late", "not_kept")
    }
    assert rows == {
        "kept": ["room-aa2b"],
        "open": ["prices-7qhd"],
        "late": ["offer-k3f9"],
        "not_kept": [],
    }


def test_an_earlier_revision_can_be_shown(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    first = made.commit(LEDGER)
    made.commit({"commitments/2026/11/offer-k3f9.yaml": "what: Send the better offer\n"})
    assert "Send the better offer" in show(made.path, "k3f9").out
    assert "Send the offer" in show(made.path, "k3f9", "--as-of", first).out


def test_a_bare_repository_and_cron_read_as_well(tmp_path: Path) -> None:
    """No work tree, no HOME, no LANG."""
    made = make(tmp_path / "ledger")
    made.commit(LEDGER)
    bare = made.clone(tmp_path / "bare", "--bare")
    for words in (("show", "p2mx", "wave"), ("who", "ana", "--format", "text"), ("doctor",)):
        ran = run(*words, cwd=bare.path, env={"PATH": "/usr/bin:/bin"})
        assert (ran.code, ran.err) == (0, "")
    assert "Send the offer" in show(bare.path, "k3f9").out


def test_nothing_of_a_file_acts_on_a_terminal(ledger: Path) -> None:
    write(
        ledger,
        {
            "commitments/2026/11/evil-aa2b.yaml": 'what: "a [red]b :bomb: |c| `d`"\nwho: dev\ndue: asap\n'
        },
    )
    assert "a [red]b :bomb: |c| `d`" in show(ledger, "aa2b").out
    markdown = show(ledger, "aa2b", "--format", "markdown").out
    assert "\\[red\\]" in markdown
    assert "\\|c\\|" in markdown


def test_what_a_case_does_not_need_is_signed_as_spared(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "commitments/fair.yaml": "title: The fair\nowner: ana\nstarted: 2026-11-02\n"
            "when: stands > 1\ninputs: {stands: 3, abroad: 'no'}\nsteps:\n"
            "  - {id: pack, do: Pack, who: ana, due: 2026-12-01, items: [banner, "
            "{item: passports, when: abroad == 'yes'}]}\n"
        },
    )
    whole = run("-C", str(tmp_path), "show", "fair")
    assert "only when  stands > 1" in whole.out
    step = run("-C", str(tmp_path), "show", "fair", "pack").out
    assert "[ ]  banner" in step
    assert "[-]  passports\n       only when abroad == 'yes'" in step
    text = (tmp_path / "commitments/fair.yaml").read_text().replace("stands: 3", "stands: 1")
    write(tmp_path, {"commitments/fair.yaml": text})
    assert "only when stands > 1" in run("-C", str(tmp_path), "show", "fair").out


@pytest.mark.parametrize(
    ("event", "next_"),
    [
        ("event: agreed", "nextstep done venue"),
        ("event: proposed", "nextstep agree venue"),
        ("event: offered, to: mia", "nextstep accept venue"),
        ("event: done", "nextstep done venue"),
        ("event: closed, result: dropped, why: late", "nextstep trail venue"),
    ],
)
def test_the_last_line_about_a_commitment_is_what_to_type_next(
    tmp_path: Path, event: str, next_: str
) -> None:
    log = f"log:\n  - {{at: 2026-11-12T15:10Z, by: dev, {event}}}\n"
    write(tmp_path, {"commitments/venue.yaml": f"what: Pick the venue\nwho: dev\n{log}".encode()})
    ran = run("show", "venue", cwd=tmp_path)
    assert ran.out.splitlines()[-1].split(":", 1)[1].strip() == next_
