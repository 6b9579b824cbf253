"""`nextstep new process`: answers from options or a terminal become a file that passes the check."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from nextstep.files.load import load
from nextstep.model.process import Process
from nextstep.model.source import Source
from tests.commands import run
from tests.conversation import Conversation
from tests.repositories import RECORD, make, state_of, write

SETTINGS = """\
people:
  ana: {name: Ana Costa}
  sam: {name: Sam Okafor}
roles:
  desk: {result: Somebody answers, people: [sam]}
  legal: {result: No claim that we cannot keep, people: [ana, sam]}
"""
FEW = ("--provides", "An offer", "--customer", "buyers", "--kind", "internal", "--owner", "ana")
ALL = (
    *("--provides", "An offer: ready to sign", "--customer", "key accounts, old ones"),
    *("--kind", "external", "--due", "5bd before meeting_date", "--promise", "You have it in time"),
    *("--strength", "enforce", "--benefit", "Offers that are right the first time"),
    *("--expects", "the price holds, for thirty days", "--expects", "no question twice"),
    *("--owner", "ana", "--deputy", "Sam Okafor", "--proof", "their answer"),
    *("--step", "Write the offer | sales | 2bd after start | The price is in it"),
    *("--step", "Read the offer · desk · 1bd after write-the-offer · It was read aloud"),
    *("--step", "Send it | sales | none | They have it"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    write(folder, {"nextstep.yaml": SETTINGS, "commitments/a.yaml": RECORD})
    return folder


def process(folder: Path, id_: str) -> Process:
    data = (folder / "processes" / f"{id_}.yaml").read_bytes()
    record = load(Source(f"processes/{id_}.yaml", data)).record
    assert isinstance(record, Process)
    return record


def test_what_the_options_say_is_in_the_file_and_nothing_is_found(ledger: Path) -> None:
    ran = run("new", "process", "Customer offers", *ALL, cwd=ledger)
    assert (ran.code, ran.err) == (0, "")
    made = process(ledger, "customer-offers")
    assert (made.title, made.state, made.owner, made.deputy) == (
        "Customer offers",
        "draft",
        "ana",
        "sam",
    )
    assert made.customer is not None
    assert (made.customer.who, made.customer.kind) == ("key accounts, old ones", "external")
    assert made.provides == "An offer: ready to sign"
    assert made.expects == ("the price holds, for thirty days", "no question twice")
    assert made.promise is not None
    assert made.promise.text == "You have it in time"
    assert made.inputs == ("meeting_date",)
    assert made.roles == ("sales", "desk")
    assert [step.id for step in made.steps] == ["write-the-offer", "read-the-offer", "send-it"]
    assert [step.keeps_promise for step in made.steps] == [False, False, True]
    assert made.steps[-1].proof == "their answer"
    check = run("check", "--fail-on", "warning", "processes", cwd=ledger)
    assert check.code == 0, check.out


@pytest.mark.parametrize("kind", ["internal", "external"])
def test_what_is_left_open_is_a_comment_and_one_step_is_an_example(ledger: Path, kind: str) -> None:
    ran = run("new", "process", "offers", *FEW, "--kind", kind, cwd=ledger)
    assert ran.code == 0
    assert "one example, to be replaced" in ran.out
    text = (ledger / "processes/offers.yaml").read_text()
    for line in ("# deputy: ", "# expects: ", "# promise: ", "# benefit: ", "  # EXAMPLE: "):
        assert line in text
    assert process(ledger, "offers").steps[0].id == "example"
    assert run("check", "processes", cwd=ledger).code == 0


def test_a_comment_without_its_sign_is_a_line_that_is_read(ledger: Path) -> None:
    """Nobody learns a field from a comment that could not stand in the file."""
    run("new", "process", "offers", *FEW, cwd=ledger)
    text = (ledger / "processes/offers.yaml").read_text()
    opened = re.sub(r"(?m)^# ([a-z_]+: )", r"\1", text)
    opened = opened.replace("\n# roadblocks:\n#   -", "\nroadblocks:\n  -")
    found = load(Source("processes/offers.yaml", opened.encode()))
    assert found.findings == (), opened
    assert isinstance(found.record, Process)
    assert found.record.expects
    assert found.record.roadblocks


def test_a_dry_run_prints_the_file_and_writes_nothing(ledger: Path) -> None:
    before = state_of(ledger)
    ran = run("new", "process", "offers", *ALL, "--dry-run", cwd=ledger)
    assert state_of(ledger) == before
    run("new", "process", "offers", *ALL, cwd=ledger)
    assert ran.out == (ledger / "processes/offers.yaml").read_text()


def test_where_nobody_can_be_asked_every_option_that_is_missing_is_named(ledger: Path) -> None:
    ran = run("new", "process", "offers", "--kind", "internal", cwd=ledger)
    assert (ran.code, ran.out) == (2, "")
    assert "add --provides TEXT, --customer WHO, --owner PERSON" in ran.err
    assert "add NAME" in run("new", "process", cwd=ledger).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["offers", *FEW, "--owner", "anna"], "write ana, or add"),
        (["offers", *FEW, "--owner", "xyz"], "write ana or sam"),
        (["offers", *FEW, "--owner", "legal"], "write ana or sam"),
        (["offers", *FEW, "--deputy", "ana"], "ana is the owner"),
        (["offers", *FEW, "--due", "friday"], "--due: `friday` means another day"),
        (["offers", *FEW, "--due", "soon"], "--due: `soon` does not say by when"),
        (["offers", *FEW, "--due", "2bd after Shortly"], "`Shortly` does not say by when"),
        (["offers", *FEW, "--step", "a | b | promptly | d"], "`promptly` does not say by when"),
        (["offers", *FEW, "--kind", "public"], "--kind takes external or internal"),
        (["offers", *FEW, "--provides", ""], "--provides is empty"),
        (["offers", *FEW, "--provides", "x" * 501], "501 characters"),
        (["offers", *FEW, "--benefit", "a\x1b[31mb"], "--benefit: "),
        (["offers", *FEW, "--step", "Write it | sales"], "does not say by when and done when"),
        (["offers", *FEW, "--step", "a | b | c | d | e"], "more than four parts"),
        (["offers", *FEW, "--step", "a | b, c | none | d"], "several names stand here"),
        (["a", *FEW], "`a` is there already"),
        (["!?", *FEW], "use some letters of a-z"),
        (["x" * 61, *FEW], "begin with a shorter word"),
    ],
)
def test_what_does_not_fit_is_said_with_its_option_and_nothing_is_written(
    ledger: Path, words: list[str], said: str
) -> None:
    before = state_of(ledger)
    ran = run("new", "process", *words, cwd=ledger)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert state_of(ledger) == before


def test_only_a_process_can_begin_here(ledger: Path) -> None:
    ran = run("new", "offers", cwd=ledger)
    assert ran.code == 2
    assert "nextstep new process offers" in ran.err


def test_a_role_of_one_person_may_own_it(ledger: Path) -> None:
    assert run("new", "process", "offers", *FEW, "--owner", "desk", cwd=ledger).code == 0
    assert process(ledger, "offers").owner == "desk"


def test_the_file_names_the_schema_where_the_ledger_has_one(ledger: Path) -> None:
    run("new", "process", "plain", *FEW, cwd=ledger)
    run("schema", "--write", cwd=ledger)
    run("new", "process", "helped", *FEW, cwd=ledger)
    assert (ledger / "processes/plain.yaml").read_text().startswith("# A process: ")
    first = (ledger / "processes/helped.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../.nextstep/schemas/process.json"


def test_in_a_repository_nothing_is_committed_and_it_says_so(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    head = made.commit({"nextstep.yaml": SETTINGS})
    ran = run("new", "process", "offers", *FEW, cwd=made.path)
    assert "Nothing is committed yet:" in ran.out
    assert "git add processes/offers.yaml" in ran.out
    assert made.git("rev-parse", "HEAD") == head


def test_on_a_terminal_each_question_is_asked_until_it_is_answered(ledger: Path) -> None:
    with Conversation("new", "process", "Customer offers", cwd=ledger) as talk:
        talk.answer("What does it provide?", "")
        talk.until("an answer is needed")
        talk.until("> ")
        talk.type("An offer")
        talk.answer("To whom?", "buyers")
        talk.answer("outside or inside?", "q")
        talk.until("type one of external, internal")
        talk.until("> ")
        talk.type("in")
        talk.answer("By when", "3 days after start")
        talk.answer("write `3d after start`", "3d after start")
        talk.answer("(Enter: You have it 3 days after the start)", "")
        talk.answer("How firmly", "e")
        talk.answer("Why do we do it?", "")
        talk.answer("What will they check", "the price")
        talk.until("> ")
        talk.type("the date")
        talk.until("> ")
        talk.type("")
        talk.answer("Who owns it", "anna")
        talk.until("write ana, or add")
        talk.until("> ")
        talk.type("an\t")
        talk.answer("Who stands in", "sam")
        talk.answer("Name the steps now?", "")
        talk.answer("One a line", "Write the offer | desk | 1bd after start | it is written")
        talk.answer("step 1 is write-the-offer", "Send it")
        talk.answer("Who does it?", "sales")
        talk.answer("By when?", "1bd after write-the-offer")
        talk.answer("see that it is done?", "they have it")
        talk.answer("step 2 is send-it", "")
        code, _ = talk.end()
    assert code == 0, talk.seen
    made = process(ledger, "customer-offers")
    assert (made.owner, made.deputy, made.benefit) == ("ana", "sam", None)
    assert made.expects == ("the price", "the date")
    assert [(step.id, step.who) for step in made.steps] == [
        ("write-the-offer", ("desk",)),
        ("send-it", ("sales",)),
    ]
    assert run("check", "processes", cwd=ledger).code == 0


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
@pytest.mark.parametrize("piped", [False, True])
def test_what_is_no_text_is_asked_again(ledger: Path, errors: str, *, piped: bool) -> None:
    env = {"PYTHONIOENCODING": f"utf-8:{errors}"}
    words = ("new", "process", "offers", *FEW[2:], "--dry-run")
    with Conversation(*words, cwd=ledger, env=env, piped=piped) as talk:
        talk.until("What does it provide?")
        talk.until("> ")
        talk.send(b"a\xffb\r")
        talk.until("again")
        talk.answer("", "Ünïcode")
        talk.until("By when")
        talk.interrupt()
        assert talk.end()[0] == 130
    assert "--provides 'Ünïcode'" in talk.seen


def test_it_is_laid_out_as_fmt_lays_out(ledger: Path) -> None:
    run("schema", "--write", cwd=ledger)
    run("new", "process", "offers", *FEW, cwd=ledger)
    run("new", "process", "others", *ALL, cwd=ledger)
    ran = run("fmt", "--check", "processes", cwd=ledger)
    assert ran.code == 0, ran.out


def test_an_option_is_a_question_less_and_an_empty_one_leaves_it_open(ledger: Path) -> None:
    with Conversation("new", "process", "offers", *ALL, cwd=ledger) as talk:
        assert talk.end()[0] == 0
        assert "?" not in talk.seen
    words = [*FEW, "--due", "", "--strength", "advise", "--benefit", "", "--deputy", ""]
    with Conversation("new", "process", "others", *words, cwd=ledger) as talk:
        talk.answer("What will they check", "")
        talk.answer("Name the steps now?", "n")
        assert talk.end()[0] == 0
    assert process(ledger, "others").deputy is None


def test_questions_are_asked_although_the_answer_is_piped(ledger: Path) -> None:
    with Conversation(
        "new", "process", "offers", *FEW, "--dry-run", cwd=ledger, piped=True
    ) as talk:
        for question in ("By when", "How firmly", "Why", "check", "stands in"):
            talk.answer(question, "")
        talk.answer("Name the steps now?", "no")
        code, printed = talk.end()
    assert code == 0
    assert printed.startswith("# A process: ")
    assert "# A process" not in talk.seen


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 2)])
def test_what_was_typed_is_never_lost(ledger: Path, key: str, code: int) -> None:
    """After Ctrl-C or Ctrl-D the command line to go on with is there, and it does go on."""
    before = state_of(ledger)
    with Conversation("new", "process", "It's $HOME", "--owner", "ana", cwd=ledger) as talk:
        talk.answer("provide?", "An 'offer' for $(touch x)")
        talk.answer("To whom?", "buyers")
        talk.answer("inside?", "i")
        talk.answer("By when", "3bd after start")
        talk.until("> ")
        talk.type(key, enter=False)
        assert talk.end()[0] == code
    assert state_of(ledger) == before
    line = next(line for line in talk.seen.splitlines() if line.startswith("  nextstep new"))
    words = shlex.split(line)
    assert words[:4] == ["nextstep", "new", "process", "It's $HOME"]
    assert words[4:] == [
        *("--provides", "An 'offer' for $(touch x)", "--customer", "buyers"),
        *("--kind", "internal", "--due", "3bd after start", "--owner", "ana"),
    ]
    if code == 2:
        assert "say it with --promise TEXT" in talk.seen
    assert run(*words[1:], cwd=ledger).code == 0


def test_a_step_that_was_half_told_is_given_back_and_asked_on(ledger: Path) -> None:
    words = ("--due", "", "--strength", "advise", "--benefit", "", "--deputy", "")
    folder = str(ledger)
    with Conversation(
        "-C", folder, "new", "process", "offers", *FEW, *words, cwd=ledger.parent
    ) as talk:
        talk.answer("What will they check", "")
        talk.answer("Name the steps now?", "")
        talk.answer("One a line", "Write it | | none")
        talk.until("Who does it?")
        talk.until("> ")
        talk.interrupt()
        assert talk.end()[0] == 130
    line = next(line for line in talk.seen.splitlines() if line.startswith("  nextstep -C"))
    again = shlex.split(line)[1:]
    assert again[:2] == ["-C", folder]
    assert again[-2:] == ["--step", "Write it |  | none | "]
    with Conversation(*again, cwd=ledger.parent) as talk:
        talk.answer("What will they check", "")
        talk.answer("Who does it?", "desk")
        talk.answer("is done?", "it is there")
        assert talk.end()[0] == 0
    assert [step.done_when for step in process(ledger, "offers").steps] == ["it is there"]


def test_a_disk_that_cannot_be_written_costs_no_words(ledger: Path) -> None:
    if os.geteuid() == 0:
        (ledger / "processes").symlink_to("commitments")
    else:
        ledger.chmod(0o555)
    with Conversation("new", "process", "offers", *FEW, "--benefit", "why not", cwd=ledger) as talk:
        for question in ("By when", "How firmly", "check", "stands in"):
            talk.answer(question, "")
        talk.answer("Name the steps now?", "n")
        code, _ = talk.end()
    ledger.chmod(0o755)
    assert code == 2
    assert "--benefit 'why not'" in talk.seen


@pytest.mark.parametrize(
    "words",
    [
        ("offers", *FEW[2:], "--provides", "An offer\nthat is signed"),
        ("Offers\nand more", *FEW),
        ("offers", *FEW, "--step", "Write\nit | sales | asap | It is there"),
    ],
)
def test_a_flag_of_several_lines_is_refused_in_words_for_a_terminal(
    words: tuple[str, ...], ledger: Path
) -> None:
    ran = run("new", "process", *words, cwd=ledger)
    assert ran.code == 2
    assert ran.err.endswith(": it has several lines\n  write it in one\n")


def test_questions_are_broken_between_words_on_a_narrow_terminal(ledger: Path) -> None:
    with Conversation("new", "process", "offers", cwd=ledger, env={"COLUMNS": "40"}) as talk:
        talk.until("> ")
        shown = talk.seen.replace("\r", "").splitlines()
        assert max(map(len, shown)) <= 40
        assert shown[-4:] == [
            "What does it provide?",
            "  (such as: an offer that the customer",
            "  can sign)",
            "> ",
        ]
        talk.type("An offer")
        talk.until("> ")
        talk.type("buyers")
        talk.until("> ")
        talk.type("both")
        talk.until("  `both` is none of them: type one of\n  external, internal\n")
