"""`nextstep start`: a process becomes the plan of one run, after a look at it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from nextstep.files.load import load
from nextstep.model.commitment import Run
from nextstep.model.source import Source
from tests import goldens
from tests.commands import Ran, run, run_on_terminal
from tests.conversation import Conversation
from tests.recording import commits, last, team
from tests.repositories import Made, write

REVIEW = """\
title: Yearly review
state: active
owner: mia
deputy: dev
customer: {who: key accounts, kind: external}
provides: A page that the customer recognises as their year
promise: {text: In your hands two working days before we meet, due: 2bd before meeting}
inputs: [account, meeting, tier, sponsor]
roles: [writer, systems, support, legal]
steps:
  - id: collect
    do: Write your pages
    who: writer
    each: [usage, money]
    due: 3bd after start
    handoff:
      to: support
      accept_within: 1bd
      must_include:
        - {item: the figures, check: {file: papers/$account/$part.md}}
        - {item: source of every figure, critical: true}
        - what was hard this year
      readback: true

  - id: compile
    do: Make one page of it
    how: |
      Begin with what was promised.
      End with what we will change.
    who: systems
    due: 2bd after collect
    done_when: Nothing is open
    items: [{item: the sponsor is known, check: {input: sponsor}}]

  - id: approve
    approve: papers/$account/review.md
    who: [support]
    need: any
    due: 1bd after compile

  - id: legal
    do: Read every claim
    who: legal
    when: tier == 'gold'
    due: 1bd after approve
    done_when: It is agreed in writing

  - id: deliver
    do: Put it in their hands
    who: owner
    due: 2bd before meeting
    done_when: They have it
    proof: their answer
    keeps_promise: true

  - {id: meet, mark: The meeting, due: meeting}

log:
  - {at: 2026-10-01T09:00Z, by: mia, event: trained, person: raj}
"""
GIVEN = (
    *("--for", "Globex", "--input", "account=globex", "--input", "meeting=2026-12-18"),
    *(
        "--input",
        "tier=silver",
        "--assign",
        "writer/usage=raj",
        "--assign",
        "writer/money=Mia Lund",
    ),
    *("--assign", "legal=vacant"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", {"processes/review.yaml": REVIEW})


def start(ledger: Made, *words: str, today: str = "2026-11-23") -> Ran:
    return run("start", *words, cwd=ledger.path, today=today)


def the_run(ledger: Made) -> Run:
    """Return the run that the last commit brought: its only file."""
    (path,) = last(ledger).paths
    loaded = load(Source(path, (ledger.path / path).read_bytes()))
    assert loaded.findings == ()
    assert isinstance(loaded.record, Run)
    return loaded.record


def test_the_plan_is_copied_with_people_order_and_the_dates_that_are_known(ledger: Made) -> None:
    ran = start(ledger, "review", *GIVEN, "--requested-by", "lena", "--yes")
    assert (ran.code, ran.err) == (0, "")
    made = the_run(ledger)
    blob = ledger.git("rev-parse", "HEAD:processes/review.yaml")
    text = (ledger.path / made.source.path).read_text()
    assert text == (Path(__file__).parents[1] / "golden/start/review.yaml").read_text().replace(
        "VERSION", blob[:12]
    )
    handle = made.id[-4:]
    commit = last(ledger)
    assert commit.subject == "Start: Yearly review for Globex"
    assert commit.trailers == (f"Nextstep: started {made.id}",)
    assert made.id.startswith("globex-yearly-review-")
    assert ran.out.splitlines()[:3] == [
        f"Started {handle}: Yearly review for Globex.",
        "Next: collect/usage (raj), due Fri 27 Nov 2026, in 4 days (3 working days).",
        "Next: collect/money (mia), due Fri 27 Nov 2026, in 4 days (3 working days).",
    ]


def test_what_was_started_passes_the_check_and_shows_its_steps(ledger: Made) -> None:
    ledger.commit({"nextstep.yaml": (ledger.path / "nextstep.yaml").read_text()})
    start(ledger, "review", *GIVEN, "--yes")
    made = the_run(ledger)
    check = run("check", made.source.path, "--fail-on", "warning", cwd=ledger.path)
    assert check.code == 0, check.out
    shown = run("show", made.id, "collect/usage", cwd=ledger.path)
    assert "source of every figure" in shown.out


def test_later_changes_of_the_process_do_not_touch_a_run(ledger: Made) -> None:
    start(ledger, "review", *GIVEN, "--yes")
    made = the_run(ledger)
    before = run("show", made.id, cwd=ledger.path).out.splitlines()[1:]
    ledger.commit({"processes/review.yaml": REVIEW.replace("3bd after start", "9bd after start")})
    assert run("show", made.id, cwd=ledger.path).out.splitlines()[1:] == before


def test_nothing_is_asked_that_follows_from_the_ledger(ledger: Made) -> None:
    """Who holds a role alone has it; who may all decide or sign are not asked for; `owner` is known."""
    start(ledger, "review", *GIVEN, "--yes")
    made = the_run(ledger)
    people = {step.id: step.who for step in made.steps}
    assert people["compile"] == ("raj",)
    assert people["approve"] == ("mia", "raj")
    assert people["deliver"] == ("mia",)
    assert people["legal"] == ("vacant",)
    assert "support" not in made.people


def test_where_nobody_can_be_asked_every_flag_that_is_missing_is_named(ledger: Made) -> None:
    ran = start(ledger, "review", "--for", "Globex")
    assert (ran.code, ran.out) == (2, "")
    for flag in ("account=VALUE", "meeting=DATE", "tier=VALUE"):
        assert f"--input {flag}" in ran.err
    for part in ("writer/usage", "writer/money", "legal"):
        assert f"--assign {part}=PERSON" in ran.err
    assert "sponsor" not in ran.err, "a step finds it out"
    assert "add --yes" in start(ledger, "review", *GIVEN).err
    assert commits(ledger) == 1


def test_what_becomes_known_later_may_be_left_open(ledger: Made) -> None:
    ran = start(ledger, "review", *GIVEN, "--input", "meeting=", "--yes")
    assert ran.code == 0, ran.err
    made = the_run(ledger)
    assert "meeting" not in made.inputs
    assert made.promise_due is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reviev"], "did you mean `review`?"),
        ([], "there is review"),
        (["review", "--input", "tier"], "--input: `tier` has no name and value"),
        (["review", "--input", "teir=gold"], "write `tier`"),
        (["review", "--input", "meeting=maybe"], "--input: `maybe`"),
        (["review", "--input", "meeting=asap"], "dates count from it"),
        (["review", "--assign", "writter/usage=raj"], "write `writer/usage`"),
        (["review", "--assign", "legal=rag"], "--assign: `rag` is nobody"),
        (["review", *GIVEN, "--requested-by", "leena", "--yes"], "--requested-by: `leena`"),
        (["review", *GIVEN, "--from-request", "nowhere.yaml"], "nowhere.yaml cannot be read"),
        (["--ad-hoc", "Move", "--step", "Pack it"], "write do | who | by when"),
        (["--ad-hoc", "Move", "--step", "Pack it | raj | soonish"], "--step: `soonish`"),
        (["--ad-hoc", "Move"], "add --step STEP"),
        (["review", "--ad-hoc", "Move"], "no process is started without `review`"),
        (["--ad-hoc", "Move", "--from-request", "r.yaml"], "started without --from-request"),
        (
            ["--ad-hoc", "Move", "--input", "tier=gold", "--assign", "legal=raj"],
            "work that has no process is started without --input and --assign",
        ),
        (
            ["review", *GIVEN, "--owner", "mia", "--step", "x | raj | fri", "--yes"],
            "without --owner and --step\n  leave them out; --ad-hoc TITLE starts work",
        ),
        (["review", "--ready", "--owner", "mia"], "a process is started without --owner"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_write(
    ledger: Made, words: list[str], said: str
) -> None:
    ran = start(ledger, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert commits(ledger) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("state: active", "state: draft", "review is a draft"),
        ("state: active", "state: retired", "review is retired"),
        ("who: systems", "who: sytems", "review has errors, the first: `sytems`"),
        ("due: 3bd after start", "due: 3bd after stat", "review has errors, the first: "),
    ],
)
def test_only_a_process_that_people_work_by_can_be_started(
    ledger: Made, before: str, after: str, said: str
) -> None:
    ledger.commit({"processes/review.yaml": REVIEW.replace(before, after)})
    ran = start(ledger, "review", *GIVEN, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_process_that_is_not_committed_cannot_be_started(ledger: Made) -> None:
    write(ledger.path, {"processes/review.yaml": f"{REVIEW}# a thought\n"})
    ran = start(ledger, "review", *GIVEN, "--yes")
    assert ran.code == 2
    assert "processes/review.yaml has changes not committed" in ran.err
    assert "commit it: git commit -- processes/review.yaml" in ran.err
    write(ledger.path, {"processes/second.yaml": REVIEW})
    ran = start(ledger, "second", *GIVEN, "--yes")
    assert "second.yaml is not committed" in ran.err
    named = "-- processes/second.yaml"
    assert f"commit it: git add {named} && git commit {named}" in ran.err


def test_a_variant_needs_what_it_is_based_on_to_be_committed(ledger: Made) -> None:
    ledger.commit(
        {"processes/small.yaml": "title: Small review\nbased_on: review\nowner: mia\nreason: few\n"}
    )
    write(ledger.path, {"processes/review.yaml": f"{REVIEW}# a thought\n"})
    ran = start(ledger, "small", *GIVEN, "--yes")
    assert "processes/review.yaml has changes" in ran.err
    assert "commit it: git commit -- processes/review.yaml" in ran.err


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        ("2026-11-24", "the promise is due Fri 20 Nov, which is over"),
        ("2026-12-03", "deliver is due Tue 1 Dec, and comes after approve, which is due Wed 2 Dec"),
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused_unless_somebody_says_why(
    ledger: Made, meeting: str, said: str
) -> None:
    words = ["review", *GIVEN, "--input", f"meeting={meeting}", "--yes"]
    ran = start(ledger, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "--because WHY" in ran.err
    assert commits(ledger) == 1
    assert start(ledger, *words, "--because", "they meet us then, and we bring half").code == 0
    (noted,) = the_run(ledger).log
    assert (noted.event, noted.by) == ("noted", "dev")
    assert noted.text("text") == "they meet us then, and we bring half"


def test_nothing_more_is_asked_about_a_plan_that_cannot_be_kept(ledger: Made) -> None:
    with Conversation("start", "review", "--for", "Globex", cwd=ledger.path) as talk:
        talk.answer("What is the account?", "globex")
        talk.answer("Which day is meeting?", "2026-12-03")
        talk.until("deliver is due Tue 1 Dec, and comes after")
        code, _ = talk.end()
    assert code == 2
    assert "tier" not in talk.seen
    assert "--input meeting=2026-12-03" in talk.seen


def test_of_a_step_that_may_not_be_needed_nothing_is_said_before_that_is_known(
    tmp_path: Path,
) -> None:
    claims = REVIEW.replace("due: 1bd after approve\n", "due: 2026-11-20\n")
    words = ("start", "review", *GIVEN[:4], "--input", "meeting=2026-12-18")
    for tier, code in (("silver", 130), ("gold", 2)):
        ledger = team(tmp_path / tier, {"processes/review.yaml": claims})
        with Conversation(*words, cwd=ledger.path) as talk:
            talk.answer("What is the tier?", tier)
            talk.answer("What is the sponsor?", "")
            if code == 2:
                talk.until("legal is due Fri 20 Nov, which is over")
            else:
                talk.until("Who is the writer/usage?")
                talk.interrupt()
            assert talk.end()[0] == code


def test_what_is_worth_knowing_is_said(ledger: Made) -> None:
    first = start(ledger, "review", *GIVEN, "--yes").out
    assert "legal" not in first, "it is not needed for this tier"
    assert "mia has not learned it: nextstep trained mia review" in " ".join(first.split())
    assert "compile: raj is away on Tue 1 Dec; mia covers." in " ".join(first.split())
    assert "collect/usage: raj is away" not in first
    ran = start(ledger, "review", *GIVEN, "--input", "tier=gold", "--yes", today="2026-11-26")
    said = " ".join(ran.out.split())
    assert "Nobody has legal yet: mia acts until somebody does." in said
    assert "collect/usage: raj is away on Tue 1 Dec; mia covers." in said
    assert "One is open already for Globex: " in said
    ran = start(ledger, "review", *GIVEN[2:], "--yes")
    assert "for which customer it is: --for" in " ".join(ran.out.split())


def test_the_turn_goes_on_from_the_run_that_somebody_had_it_in_last(ledger: Made) -> None:
    settings = (ledger.path / "nextstep.yaml").read_text()
    rota = "  writer: {people: [dev, mia, raj], turn: weekly on monday}\n"
    ledger.commit({"nextstep.yaml": settings + rota})
    plain = REVIEW.replace("    each: [usage, money]\n", "").replace("/$part", "")
    ledger.commit({"processes/review.yaml": plain})
    known = (*GIVEN[:8], "--assign", "legal=vacant", "--yes")
    assert "--assign writer=PERSON" in start(ledger, "review", *known).err, "nobody had it yet"
    start(ledger, "review", *known, "--assign", "writer=mia", today="2026-11-19")
    start(ledger, "review", *known, today="2026-11-20")
    assert the_run(ledger).people["writer"] == "mia"
    start(ledger, "review", *known, today="2026-11-23")
    assert the_run(ledger).people["writer"] == "raj"


def test_ready_tells_what_is_there_and_what_lacks(ledger: Made) -> None:
    ran = start(ledger, "review", "--ready")
    assert ran.code == 1
    lines = [line.strip() for line in ran.out.splitlines()]
    assert "[x]  processes/review.yaml is active, committed and without errors" in lines
    assert "[x]  systems: raj" in lines
    assert "[x]  support: mia, raj" in lines
    assert "[ ]  legal: nobody holds it" in lines
    assert "[ ]  writer/usage: nobody holds it" in lines
    assert "[ ]  mia: has not learned it" in lines
    assert commits(ledger) == 1
    away = start(ledger, "review", "--ready", today="2026-12-02")
    assert "raj: away until Fri 4 Dec; mia covers" in away.out
    settings = (ledger.path / "nextstep.yaml").read_text()
    ledger.commit(
        {
            "nextstep.yaml": f"{settings}  writer: {{people: [raj]}}\n  legal: {{people: [raj]}}\n",
            "processes/review.yaml": f"{REVIEW}"
            "  - {at: 2026-10-01T09:01Z, by: mia, event: trained, person: mia}\n",
        }
    )
    ran = start(ledger, "review", "--ready")
    assert ran.code == 0, ran.out
    assert ran.out.splitlines()[-1].startswith("It is ready.")


def test_ready_says_nothing_of_commits_where_there_is_no_repository(ledger: Made) -> None:
    shutil.rmtree(ledger.path / ".git")
    out = start(ledger, "review", "--ready").out
    assert "[x]  processes/review.yaml is active and without errors" in out


def test_ready_looks_at_papers_and_the_review(ledger: Made) -> None:
    old = "review: {every: 6mo, last: 2026-01-10}\n"
    text = f"{old}{REVIEW}".replace(
        "    who: systems\n", "    who: systems\n    template: t/page.md\n"
    )
    ledger.commit({"processes/review.yaml": text})
    out = start(ledger, "review", "--ready").out
    assert "[ ]  t/page.md: not there, or empty" in out
    assert "[ ]  the review was due on 2026-07-10: 6mo after 2026-01-10" in out
    ledger.commit({"t/page.md": "A page\n"})
    assert "[x]  t/page.md: there" in start(ledger, "review", "--ready").out


def test_ready_as_json(ledger: Made) -> None:
    said = json.loads(start(ledger, "review", "--ready", "--json").out)
    assert said["schema"] == "nextstep.readiness/1"
    assert said["ready"] is False
    (legal,) = [one for one in said["needs"] if one["name"] == "legal"]
    assert legal == {
        "kind": "role",
        "name": "legal",
        "ready": False,
        "said": "nobody holds it",
        "to_do": "ask somebody, or add `people` to `legal`",
    }


def test_what_was_recorded_as_json(ledger: Made) -> None:
    said = json.loads(start(ledger, "review", *GIVEN, "--yes", "--json").out)
    made = the_run(ledger)
    assert said["schema"] == "nextstep.recorded/1"
    assert said["new"] == [{"id": made.id, "path": made.source.path}]
    assert said["commit"] == ledger.git("rev-parse", "HEAD")


def test_a_request_is_taken_from_a_file_with_who_asked(ledger: Made) -> None:
    write(
        ledger.path,
        {
            "request.txt": "for: Globex: the Berlin site\nrequested_by: lena\n"
            "account: globex\nmeeting: 18 dec\ntier: silver\n",
            "request.yaml": "process: review\nfor: Globex\ninputs: {account: globex, tier: gold}\n"
            "requested_by: lena\n",
        },
    )
    people = GIVEN[8:]
    ran = start(ledger, "review", "--from-request", "request.txt", *people, "--yes")
    assert ran.code == 0, ran.err
    made = the_run(ledger)
    assert (made.for_, made.requested_by) == ("Globex: the Berlin site", "lena")
    assert made.inputs == {"account": "globex", "meeting": "2026-12-18", "tier": "silver"}
    ran = start(ledger, "--from-request", "request.yaml", "--input", "meeting=", *people, "--yes")
    assert ran.code == 0, ran.err
    assert the_run(ledger).inputs == {"account": "globex", "tier": "gold"}


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ("for: Globex: Berlin\ntier: gold\ntier: silver\n", "`tier` is said twice"),
        ('for: Globex: Berlin\naccount: "globex"\n', "request.txt:1: "),
        ("for: Globex: Berlin\ninputs: {account: globex}\n", "request.txt:1: "),
    ],
)
def test_a_request_is_not_half_read(ledger: Made, request_: str, said: str) -> None:
    write(ledger.path, {"request.txt": request_})
    ran = start(ledger, "review", "--from-request", "request.txt", "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert commits(ledger) == 1


def test_work_without_a_process_is_a_run_too(ledger: Made) -> None:
    ran = start(
        ledger,
        *("--ad-hoc", "Move the archive", "--for", "Globex", "--owner", "mia"),
        *("--step", "Pack it | raj | fri", "--step", "Carry it | mia | 2bd after pack-it"),
        *("--step", "Sign for it | dev | none | The list is signed", "--yes"),
    )
    assert ran.code == 0, ran.err
    made = the_run(ledger)
    assert (ledger.path / made.source.path).read_text() == (
        "title: Move the archive\n"
        "for: Globex\n"
        "started: 2026-11-23\n"
        "\n"
        "owner: mia\n"
        "\n"
        "steps:\n"
        "  - id: pack-it\n"
        "    do: Pack it\n"
        "    who: raj\n"
        "    after: []\n"
        "    due: 2026-11-27\n"
        "\n"
        "  - id: carry-it\n"
        "    do: Carry it\n"
        "    who: mia\n"
        "    after: [pack-it]\n"
        "    rule: 2bd after pack-it\n"
        "\n"
        "  - id: sign-for-it\n"
        "    do: Sign for it\n"
        "    who: dev\n"
        "    after: [carry-it]\n"
        "    due: none\n"
        "    done_when: The list is signed\n"
    )
    assert last(ledger).subject == "Start: Move the archive for Globex"


def test_a_dry_run_prints_the_file_and_writes_nothing(ledger: Made) -> None:
    ran = start(ledger, "review", *GIVEN, "--dry-run")
    assert ran.code == 0
    assert "+process: review" in ran.out
    assert commits(ledger) == 1
    assert not (ledger.path / "commitments").exists()


def test_on_a_terminal_only_inputs_and_open_roles_are_asked_then_the_plan_is_shown(
    ledger: Made,
) -> None:
    with Conversation("start", "review", "--for", "Globex", cwd=ledger.path) as talk:
        talk.answer("What is the account?", "globex")
        talk.answer("Which day is meeting?", "soonish")
        talk.until("`soonish`")
        talk.until("> ")
        talk.type("18 dec")
        talk.answer("What is the tier?  (such as: gold", "silver")
        talk.answer("What is the sponsor?", "")
        talk.answer("Who is the writer/usage?", "raj")
        talk.answer("Who is the writer/money?", "ra")
        talk.until("write raj, or press Enter")
        talk.until("alone: it can be assigned later")
        talk.until("> ")
        talk.type("mia")
        talk.answer("Who is the legal?", "")
        shown = talk.until("Start it?")
        talk.until("> ")
        talk.type("y")
        code, _ = talk.end()
    assert code == 0, talk.seen
    assert "a plan, not written yet" in shown
    assert "Fri 27 Nov · raj" in shown
    assert "about Tue 1 Dec · raj · 2 working days after collect" in shown
    assert "not needed: tier == 'gold'" in shown
    made = the_run(ledger)
    assert made.people == {
        "writer/usage": "raj",
        "writer/money": "mia",
        "systems": "raj",
        "legal": "vacant",
        "owner": "mia",
    }


def test_a_no_writes_nothing_and_gives_back_what_was_typed(ledger: Made) -> None:
    with Conversation("start", "review", *GIVEN[:-2], cwd=ledger.path) as talk:
        talk.answer("What is the sponsor?", "Lena")
        talk.answer("Who is the legal?", "raj")
        talk.answer("Start it?", "n")
        code, _ = talk.end()
    assert code == 3
    assert commits(ledger) == 1
    again = talk.seen.partition("To go on with what you typed:")[2]
    assert "--input sponsor=Lena" in again
    assert "--assign legal=raj" in again
    assert "--input account=globex" in again


def test_ctrl_c_loses_nothing(ledger: Made) -> None:
    with Conversation("start", "review", "--for", "Globex", cwd=ledger.path) as talk:
        talk.answer("What is the account?", "globex & sons")
        talk.until("Which day is meeting?")
        talk.until("> ")
        talk.interrupt()
        code, _ = talk.end()
    assert code == 130
    assert "nextstep start review --for Globex --input 'account=globex & sons'" in " ".join(
        talk.seen.split()
    )
    assert commits(ledger) == 1


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_plan_and_what_lacks_at_three_widths(ledger: Made, columns: int) -> None:
    env = {"COLUMNS": str(columns)}
    words = [*GIVEN[:-2], "--assign", "legal=vacant", "--input", "tier=gold", "--input", "sponsor="]
    late = ["--input", "meeting=2026-12-03", "--because", "they meet us then"]
    with Conversation("start", "review", *words, *late, cwd=ledger.path, env=env) as talk:
        shown = talk.until("Start it?")
        talk.interrupt()
        assert talk.end()[0] == 130
    goldens.compare(f"start/plan-{columns}.txt", without_commit(shown))
    ready = run_on_terminal(
        "-C", str(ledger.path), "start", "review", "--ready", columns=columns, today="2026-12-02"
    )
    goldens.compare(f"start/ready-{columns}.txt", without_commit(ready.out))


def without_commit(text: str) -> str:
    return re.sub(r"@ [0-9a-f]{7}", "@ 1a2b3c4", text)


def test_for_whom_it_is_done_is_asked_where_nobody_said_it(ledger: Made) -> None:
    days = ("--input", "account=globex", "--input", "meeting=2026-12-18")
    with Conversation("start", "review", *days, cwd=ledger.path) as talk:
        talk.answer("For which customer?  (Enter: later)", "Globex & Sons")
        talk.until("What is the tier?")
        talk.until("> ")
        talk.interrupt()
        assert talk.end()[0] == 130
    assert "--for 'Globex & Sons'" in talk.seen
