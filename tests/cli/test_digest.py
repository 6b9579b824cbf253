"""`nextstep digest`: what needs you, what came of what was agreed, and nothing when there is nothing."""

from __future__ import annotations

import email
import json
import shutil
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from nextstep.render.cells import cells
from tests.commands import Ran, run
from tests.goldens import compare, unused
from tests.repositories import Made, make, write

FROM = ("--from", "cron@example.com")
CASES = {
    f"digest/{name}-{columns}.txt": (words, columns)
    for name, words in {
        "ana": ("--for", "ana"),
        "everybody": ("--for", "all"),
        "process": ("--process", "annual-customer-review"),
        "learned": ("--learned", "--since", "2026-10-01"),
    }.items()
    for columns in (60, 80, 120)
}
FORMATS = {
    "digest/ana.md": ("--for", "ana", "--format", "markdown"),
    "digest/ana.html": ("--for", "ana", "--format", "html"),
    "digest/ana.json": ("--for", "ana", "--format", "json"),
    "digest/ana.eml": ("--for", "ana", "--format", "mail", *FROM),
}
SETTINGS = """\
timezone: UTC
people:
  ana: {emails: [ana@example.com], team: success}
  dev: {team: success}
  lena: {org: Globex, emails: [lena@globex.example]}
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """The example ledger, outside of any repository."""
    folder = tmp_path_factory.mktemp("example") / "acme"
    folder.mkdir()
    shutil.copy(project_root / "nextstep.yaml", folder)
    for name in ("processes", "commitments"):
        shutil.copytree(project_root / name, folder / name)
    return folder


def digest(folder: Path, *words: str, today: str = "2026-11-23", columns: int = 80) -> Ran:
    return run("-C", str(folder), "digest", *words, env={"COLUMNS": str(columns)}, today=today)


def ledger(folder: Path, *, settings: str = SETTINGS, **files: str) -> Path:
    """Write a ledger with these commitments, by id with ``_`` for ``-``."""
    write(folder, {"nextstep.yaml": settings})
    for name, text in files.items():
        write(folder, {f"commitments/2026/11/{name.replace('_', '-')}.yaml": text})
    return folder


@pytest.mark.parametrize("name", CASES)
def test_a_digest_is_as_the_golden_file_says(name: str, acme: Path) -> None:
    words, columns = CASES[name]
    ran = digest(acme, *words, columns=columns)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(cells, ran.out.splitlines())) <= columns
    compare(name, ran.out)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_as_the_golden_file_says(name: str, acme: Path) -> None:
    ran = digest(acme, *FORMATS[name])
    assert (ran.code, ran.err) == (0, "")
    compare(name, ran.out)


def test_every_golden_file_is_compared() -> None:
    assert not unused("digest", [*CASES, *FORMATS])


LATE = "what: Call Tom\nwho: ana\noutcome: Tom knows\ndue: {due}\nlog:\n{log}"
AGREED = "  - {at: 2026-10-05T09:00Z, by: ana, event: agreed}\n"


def test_a_team_is_told_what_is_late_with_others_where_it_concerns_the_team(
    tmp_path: Path,
) -> None:
    teams = SETTINGS.replace("{org: Globex", "{team: sales") + "  kim: {team: sales}\n"
    files = {
        "call": "what: Call Tom\nwho: dev\n{}due: 2026-11-18\nafter: [offer]\n",
        "offer": "what: Print it\nwho: ana\ndue: 2026-12-30\n",
    }
    for agreed, told in (("", False), ("with: [kim]\n", True)):
        texts = {name: text.format(agreed) for name, text in files.items()}
        folder = ledger(tmp_path, settings=teams, **texts)
        assert "Call Tom" in digest(folder, "--team", "success", "--if-any").out
        assert ("Call Tom" in digest(folder, "--team", "sales", "--if-any").out) is told


def test_nothing_to_say_is_said_and_not_sent(tmp_path: Path) -> None:
    folder = ledger(tmp_path)
    assert "Nothing needs you." in digest(folder, "--for", "ana").out
    assert digest(folder, "--for", "ana", "--if-any") == Ran(0, "", "")


def test_a_week_without_anything_names_the_command_for_the_one_that_goes_on(tmp_path: Path) -> None:
    """Whoever began this week finds it, and not an empty one before it."""
    write(tmp_path, {"commitments/offer.yaml": "what: Offer\nwho: dev\ndue: 2026-12-01\n"})
    said = "This week: nextstep digest --week this"
    assert said in run("-C", str(tmp_path), "digest", "--for", "all").out
    assert said not in run("-C", str(tmp_path), "digest", "--for", "all", "--week", "this").out


def test_what_stands_late_for_a_third_week_becomes_a_question(tmp_path: Path) -> None:
    folder = ledger(tmp_path, call=LATE.format(due="2026-11-04", log=AGREED))
    question = "move it, drop it, or ask for help?"
    for today, asked in (("2026-11-09", False), ("2026-11-16", False), ("2026-11-23", True)):
        ran = digest(folder, "--for", "ana", today=today)
        assert "was due Wed 4 Nov" in ran.out
        assert (question in ran.out.replace("\n", " ").replace("          ", " ")) is asked, today
    assert "here for the 3rd week as it is" in " ".join(
        digest(folder, "--for", "ana", today="2026-11-23").out.split()
    )


def test_whatever_is_written_down_about_it_starts_the_weeks_anew(tmp_path: Path) -> None:
    noted = AGREED + '  - {at: 2026-11-12T09:00Z, by: ana, event: noted, text: "Tom is away"}\n'
    folder = ledger(tmp_path, call=LATE.format(due="2026-11-04", log=noted))
    ran = digest(folder, "--for", "ana")
    assert "was due Wed 4 Nov" in ran.out
    assert "ask for help" not in ran.out


def test_five_things_are_asked_of_somebody_and_the_others_counted(tmp_path: Path) -> None:
    calls = {f"call_{n}": LATE.format(due="2026-11-24", log=AGREED) for n in range(8)}
    ran = digest(ledger(tmp_path, **calls), "--for", "ana")
    assert ran.out.count("Call Tom") == 5
    assert "and 3 more: nextstep due" in ran.out
    assert ran.out.startswith("Week 47 · ana · 8 need you")


PROCESS = """\
title: Process {n}
owner: ana
customer: {{who: sales, kind: internal}}
provides: An answer
who: ana
review: {{every: 6mo, last: {last}}}
steps:
  - {{id: answer, do: Answer, due: 1bd after start, done_when: Sales has it}}
"""


def test_what_is_to_be_looked_at_again_is_among_the_five(tmp_path: Path) -> None:
    """An overdue review comes before what is not due yet, and after what is overdue."""
    calls = {
        f"call_{n}": LATE.format(due=f"2026-11-{20 if n < 2 else 24}", log=AGREED) for n in range(5)
    }
    folder = ledger(tmp_path, **calls)
    for n, last in enumerate(("2026-05-20", "2026-05-21", "2026-05-24", "2026-05-25")):
        write(folder, {f"processes/process-{n}.yaml": PROCESS.format(n=n, last=last)})
    ran = digest(folder, "--for", "ana")
    needs = ran.out.partition("NEEDS YOU")[2].partition("HOW PROCESSES FARE")[0]
    assert needs.count("Call Tom") == 3
    assert needs.count("is it still right?") == 2
    assert "and 2 more: nextstep due\n" in needs
    assert "and 2 more processes to look at again: nextstep check\n" in needs
    assert ran.out.startswith("Week 47 · ana · 9 need you")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("--for", "all"), "nextstep due --who all"),
        (("--team", "success"), "nextstep due --who all"),
    ],
)
def test_the_others_are_listed_by_the_command_that_is_named(
    words: tuple[str, ...], command: str, tmp_path: Path
) -> None:
    calls = {f"call_{n}": LATE.format(due="2026-11-24", log=AGREED) for n in range(8)}
    folder = ledger(tmp_path, **calls)
    assert f"and 3 more: {command}\n" in digest(folder, *words).out
    listed = run("-C", str(folder), *command.split()[1:], today="2026-11-23")
    assert listed.out.count("Call Tom") == 8


def test_a_move_that_was_undone_is_not_told(tmp_path: Path) -> None:
    log = (
        AGREED
        + '  - {at: 2026-11-17T09:00Z, by: ana, event: moved, from: 2026-11-18, to: 2026-11-27, why: "Tom is away"}\n'
    )
    moved = digest(ledger(tmp_path, call=LATE.format(due="2026-11-27", log=log)), "--for", "ana")
    assert "MOVED, 1 IN TIME" in moved.out
    undone = log + (
        "  - {at: 2026-11-17T09:05Z, by: ana, event: undone, of: 2026-11-17T09:00Z,"
        ' why: "A slip"}\n'
    )
    ran = digest(ledger(tmp_path, call=LATE.format(due="2026-11-18", log=undone)), "--for", "ana")
    assert "MOVED" not in ran.out


def test_between_two_days_and_a_week_by_its_number(tmp_path: Path) -> None:
    closed = AGREED + (
        "  - {at: 2026-11-12T09:00Z, by: ana, event: closed, result: kept,"
        ' nothing_further: "it is done", outcome: "Tom signed"}\n'
    )
    folder = ledger(tmp_path, call=LATE.format(due="2026-11-12", log=closed))
    for words in (
        ("--week", "2026-W46"),
        ("--since", "2026-11-12", "--until", "2026-11-12"),
        ("--since", "2w"),
    ):
        assert "Tom signed" in digest(folder, "--for", "ana", *words).out
    assert "Tom signed" not in digest(folder, "--for", "ana", "--week", "last").out
    assert "Tom signed" in digest(folder, "--team", "success", "--week", "W46").out
    assert "Tom signed" not in digest(folder, "--for", "dev", "--week", "W46").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--week", "soon"), "--week: `soon` is not a week"),
        (("--until", "2026-11-20"), "--until alone has no beginning"),
        (("--week", "W46", "--since", "2026-11-20"), "--week is a period already"),
        (("--since", "2026-11-20", "--until", "2026-11-19"), "lies before --since 2026-11-20"),
        (("--for", "ana", "--team", "success"), "--for and --team cannot be together"),
        (("--for", "anna"), "--for: this ledger has no person `anna`"),
        (("--team", "succes"), "--team: nobody in this ledger is in `succes`"),
        (("--to", "a@example.com"), "--to and --from are about a mail"),
        (("--output", "x"), "--output is for --each"),
        (("--each", "--for", "ana"), "--each is one for every person"),
        (("--each", "--format", "mail"), "mail is one document"),
        (("--for", "dev", "--format", "mail", *FROM), "no address is known for dev"),
        (("--for", "ana", "--format", "mail"), "a mail needs a sender"),
        (
            ("--for", "ana", "--format", "mail", "--from", "a@example.com\nBcc: b@example.com"),
            "is not an address",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    ran = digest(ledger(tmp_path), *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_each_has_a_file_of_their_own_and_nobody_outside_gets_ours(tmp_path: Path) -> None:
    agreed = LATE.format(due="2026-11-24", log=AGREED).replace("who: ana", "who: ana\nwith: [lena]")
    folder = ledger(tmp_path / "ledger", call=agreed)
    box = tmp_path / "box"
    ran = digest(folder, "--each", "--format", "mail", *FROM, "--output", str(box))
    assert (ran.code, ran.out) == (0, "")
    assert [path.name for path in box.iterdir()] == ["ana.eml"]
    assert digest(folder, "--each").out.count("Week 47 · ana") == 1


def test_who_has_no_address_keeps_nobody_from_their_mail(tmp_path: Path) -> None:
    """What is missing is said, and nothing else: cron mails whatever is said."""
    agreed = {
        f"call_{who}": LATE.format(due="2026-11-24", log=AGREED).replace("ana", who)
        for who in ("ana", "dev")
    }
    folder, box = ledger(tmp_path / "ledger", **agreed), tmp_path / "box"
    words = ("--each", "--format", "mail", *FROM, "--output", str(box))
    ran = digest(folder, *words)
    assert [path.name for path in box.iterdir()] == ["ana.eml"]
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "nextstep: no address is known for dev\n"
        "  write `emails` for them in nextstep.yaml, or for this one mail add --to\n"
    )
    known = SETTINGS.replace("dev: {", "dev: {emails: [dev@example.com], ")
    assert digest(ledger(folder, settings=known), *words) == Ran(0, "", "")
    assert {path.name for path in box.iterdir()} == {"ana.eml", "dev.eml"}


def test_a_mail_without_a_sender_is_said_once(tmp_path: Path) -> None:
    ran = digest(ledger(tmp_path), "--each", "--format", "mail", "--output", str(tmp_path / "box"))
    assert (ran.code, ran.err.count("a mail needs a sender")) == (2, 1)


def parsed(text: str) -> EmailMessage:
    message = email.message_from_string(text, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_is_read_back_by_a_mail_parser_with_both_parts(acme: Path) -> None:
    ran = digest(acme, "--for", "ana", "--format", "mail", *FROM)
    message = parsed(ran.out)
    assert not message.defects
    assert message["To"] == "ana@acme.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"].startswith("Week 47 · ana · 3 need you")
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "NEEDS YOU" in plain.get_content()
    assert html.get_content().startswith("<!doctype html>")
    assert ran.out.isascii()
    assert max(map(len, ran.out.splitlines())) < 79


def test_the_same_day_and_commit_give_the_same_bytes(tmp_path: Path) -> None:
    made = make(tmp_path / "made")
    ledger(made.path, call=LATE.format(due="2026-11-20", log=AGREED))
    made.commit({})
    words = ("--for", "ana", "--format", "mail", *FROM)
    assert digest(made.path, *words).out == digest(made.path, *words).out
    assert _anchored(made, words)


def _anchored(made: Made, words: tuple[str, ...]) -> bool:
    head = made.git("rev-parse", "HEAD").strip()
    return f"head {head[:12]}, 1 commit" in digest(made.path, *words).out


def test_a_shallow_clone_counts_no_commits(tmp_path: Path) -> None:
    made = make(tmp_path / "made")
    ledger(made.path, call=LATE.format(due="2026-11-20", log=AGREED))
    made.commit({})
    made.commit({"commitments/note.txt": "more"})
    made.git("clone", "-q", "--depth=1", f"file://{made.path}", str(tmp_path / "clone"))
    assert "a shallow clone" in digest(tmp_path / "clone", "--for", "ana").out


def test_commits_that_a_planted_shallow_file_hides_are_counted(tmp_path: Path) -> None:
    made = make(tmp_path / "made")
    ledger(made.path, call=LATE.format(due="2026-11-20", log=AGREED))
    made.commit({})
    second = made.commit({"commitments/note.txt": "more"})
    (made.path / ".git" / "shallow").write_text(f"{second}\n")
    assert f"head {second[:12]}, 2 commits" in digest(made.path, "--for", "ana").out


def test_the_json_says_for_whom_and_which_days(acme: Path) -> None:
    found = json.loads(digest(acme, "--for", "ana", "--format", "json").out)
    assert found["schema"] == "nextstep.digest/1"
    assert found["for"] == {"kind": "person", "name": "ana"}
    assert found["period"] == {"name": "2026-W47", "first": "2026-11-16", "last": "2026-11-22"}
    assert [row["id"] for row in found["ended"]]


def test_nothing_of_a_digest_is_counted_by_person(acme: Path) -> None:
    """How a process fares names steps and lists, and no people."""
    found = json.loads(digest(acme, "--for", "all", "--format", "json").out)
    people = {"ana", "dev", "fin", "ines", "kim", "leo", "mia", "raj", "sam", "sue"}
    assert found["health"]
    assert not people & set(json.dumps(found["health"]).replace('"', " ").split())


def test_hostile_words_are_inert_in_every_format(tmp_path: Path) -> None:
    text = LATE.format(due="2026-11-20", log=AGREED).replace(
        "Call Tom", '"<img src=x onerror=alert(1)> @team ](javascript:alert(1)) ::error::x"'
    )
    folder = ledger(tmp_path, call=text)
    html = digest(folder, "--for", "ana", "--format", "html").out
    assert "<img" not in html
    markdown = digest(folder, "--for", "ana", "--format", "markdown").out
    assert "<img" not in markdown
    assert "](javascript" not in markdown
    assert "@team" not in markdown
    mail = parsed(digest(folder, "--for", "ana", "--format", "mail", *FROM).out)
    body = mail.get_body(("html",))
    assert body is not None
    assert "<img" not in body.get_content()


def test_a_file_that_cannot_be_read_is_told_with_65(tmp_path: Path) -> None:
    folder = ledger(tmp_path, broken="what: [\n")
    ran = digest(folder, "--for", "ana", "--if-any")
    assert ran.code == 65
    assert "could not be read" in ran.out


def test_a_date_changed_by_hand_is_told_though_no_event_says_why(tmp_path: Path) -> None:
    """History is the trail: who wrote no event is asked about all the same, by the commits."""
    made = make(tmp_path / "made")
    made.write({"nextstep.yaml": SETTINGS})
    call = "commitments/2026/11/call.yaml"
    move = (
        "  - {at: 2026-11-18T09:00Z, by: ana, event: moved, from: 2026-11-27, to: 2026-11-30,"
        ' why: "Tom is away"}\n'
    )
    text = LATE.format(due="2026-11-27", log=AGREED)
    made.commit({call: text, "commitments/mail.yaml": text}, at="2026-11-10T09:00:00Z")
    made.commit(
        {
            call: text.replace("due: 2026-11-27", "due: 2026-12-02").replace(
                "who: ana", "who: dev"
            ),
            "commitments/mail.yaml": text.replace("due: 2026-11-27", "due: 2026-11-30") + move,
        },
        at="2026-11-18T09:00:00Z",
    )
    ran = digest(made.path, "--for", "dev")
    told = ran.out.partition("CHANGED WITHOUT AN EVENT\n")[2].partition("\n\n")[0]
    assert " ".join(told.split()) == (
        "call Call Tom from Fri 27 Nov to Wed 2 Dec · by whom, and when: nextstep trail call "
        "call Call Tom who has it: dev, before it was ana · by whom, and when: nextstep trail call"
    )
    assert "MOVED, 1 IN TIME" in digest(made.path, "--for", "ana").out
    for words in (("--week", "this"), ("--week", "W46")):
        assert "WITHOUT AN EVENT" not in digest(made.path, "--for", "dev", *words).out
    found = json.loads(digest(made.path, "--for", "dev", "--format", "json").out)["by_hand"]
    assert [(one["field"], one["before"], one["to"]) for one in found] == [
        ("due", "2026-11-27", "2026-12-02"),
        ("who", "ana", "dev"),
    ]
    assert digest(made.path, "--for", "dev", "--if-any").out


def test_what_came_and_went_without_an_event_is_told(tmp_path: Path) -> None:
    """A file that nobody recorded, one that was deleted while open, one whose end was taken out."""
    made = make(tmp_path / "made")
    made.write({"nextstep.yaml": SETTINGS})
    text = LATE.format(due="2026-11-27", log=AGREED)
    closed = "  - {at: 2026-11-12T09:00Z, by: ana, event: closed, result: kept, outcome: told}\n"
    mail = "commitments/2026/11/mail.yaml"
    made.commit(
        {
            "commitments/gone.yaml": text.replace("Call Tom", "Ask Tom"),
            "commitments/over.yaml": text.replace("Call Tom", "Tell Tom") + closed,
            "commitments/back.yaml": text.replace("Call Tom", "Ring Tom") + closed,
            "commitments/mail.yaml": text,
        },
        at="2026-11-13T09:00:00Z",
    )
    made.git("rm", "-q", "commitments/gone.yaml", "commitments/over.yaml")
    (made.path / mail).parent.mkdir(parents=True)
    made.git("mv", "commitments/mail.yaml", mail.replace("mail", "letter"))
    new = "what: Write to Tom\noutcome: He knows\nwho: ana\ndue: 2026-11-30\n"
    back = text.replace("Call Tom", "Ring Tom")
    made.commit(
        {"commitments/new.yaml": new, "commitments/back.yaml": back}, at="2026-11-18T09:00:00Z"
    )
    out = digest(made.path, "--for", "ana").out
    told = out.partition("CHANGED WITHOUT AN EVENT\n")[2].partition("\n\n")[0]
    assert " ".join(told.split()) == (
        "back Ring Tom open again: the line that closed it as kept is gone · by whom, and when: "
        "nextstep trail back "
        "gone Ask Tom deleted while open · by whom, and when: nextstep trail gone"
    )
    fresh = out.partition("NEW\n")[2].partition("\n\n")[0]
    assert " ".join(fresh.split()).startswith("new Write to Tom")
    assert "letter" not in told + fresh
    found = json.loads(digest(made.path, "--for", "ana", "--format", "json").out)["by_hand"]
    assert [(one["id"], one["field"], one["before"], one["to"]) for one in found] == [
        ("back", "closed", "kept", None),
        ("gone", "file", "open", None),
    ]
    assert "gone" not in digest(made.path, "--for", "dev").out
    assert "DELETED" not in digest(made.path, "--for", "ana", "--week", "this").out.upper()
    made.commit({"commitments/gone.yaml": text}, at="2026-11-21T09:00:00Z")
    assert "Ask Tom" not in digest(made.path, "--for", "ana").out


def test_a_clone_that_does_not_hold_the_week_says_that_it_cannot_tell(tmp_path: Path) -> None:
    made = make(tmp_path / "made")
    made.write({"nextstep.yaml": SETTINGS})
    for due, at in (("2026-11-27", "2026-11-10"), ("2026-12-02", "2026-11-18")):
        text = LATE.format(due=due, log=AGREED)
        made.commit({"commitments/call.yaml": text}, at=f"{at}T09:00:00Z")
    assert "WITHOUT AN EVENT" in digest(made.path, "--for", "ana").out
    for n, option in enumerate(("--depth=1", "--filter=blob:none")):
        clone = made.clone(tmp_path / f"clone{n}", option)
        ran = digest(clone.path, "--for", "ana")
        assert "WITHOUT AN EVENT" not in ran.out
        assert ran.out.endswith("; what was changed by hand cannot be told here\n"), option
