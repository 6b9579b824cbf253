"""`nextstep due` on the command line: whose it is, what it refuses, how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nextstep.render.cells import cells
from tests.commands import run, run_on_terminal
from tests.repositories import RECORD, make, write

OFFER = "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"
PEOPLE = "people:\n  ana: {emails: [Ana@desk.example]}\n  bo: {emails: [bo@desk.example]}\n"
LATE = "what: Mend it\nwho: bo\nwith: [ana]\noutcome: It runs\ndue: 2026-11-20\n"

MENDING = """title: Mending
owner: ana
customer: everybody here
provides: things that run
roles: [mender]
steps:
  - {id: mend, do: Mend it, who: mender, due: asap, done_when: It runs}
log:
  - {at: 2026-11-19T10:00Z, by: ana, event: offered, to: bo, duty: owner}
"""


def ledger(folder: Path, files: dict[str, str]) -> Path:
    write(folder, files)
    return folder


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """The smallest ledger: one file."""
    return ledger(tmp_path / "alone", {"commitments/offer.yaml": OFFER})


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """Two people, and something that one of them owes the other."""
    files = {"nextstep.yaml": PEOPLE, "commitments/mend-it-k3f9.yaml": LATE}
    return ledger(tmp_path / "pair", files)


def test_the_smallest_ledger_says_what_its_one_person_has_to_do(alone: Path) -> None:
    ran = run("-C", str(alone), "due", "--format", "text")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("Mon 23 Nov 2026 · 1 needs you")
    assert lines[2:5] == [
        "NEEDS YOU",
        "  offer  Send Lena the offer",
        "         due Fri 27 Nov, in 4 days · so that she can decide on Friday",
    ]


def test_every_report_addresses_the_one_person_of_a_ledger_without_names(alone: Path) -> None:
    """Nobody is told that nobody has what is theirs."""
    for words, said in (
        (("digest", "--week", "this"), "Week 48 · 1 needs you"),
        (("digest", "--learned"), "What was learned "),
        (("show", "offer"), "  who     you\n"),
        (("checklist", "offer"), "  from     you\n"),
    ):
        ran = run("-C", str(alone), *words)
        assert ran.code == 0, ran.err
        assert said in ran.out
        assert "everybody" not in ran.out
        assert "nobody:" not in ran.out


def test_nextstep_alone_is_due(alone: Path) -> None:
    assert run("-C", str(alone)) == run("-C", str(alone), "due")


def test_an_empty_day_is_said_with_what_comes_next(alone: Path) -> None:
    ran = run("-C", str(alone), "due", "--format", "text", today="2026-11-02")
    assert ran.code == 0
    assert "Nothing needs you today. Next: Fri 27 Nov, Send Lena the offer." in ran.out


def test_a_ledger_without_an_agreement_says_so(tmp_path: Path) -> None:
    place = ledger(tmp_path / "empty", {"nextstep.yaml": "timezone: UTC\n"})
    ran = run("-C", str(place), "due", "--format", "text")
    assert ran.code == 0
    first = 'Nothing is written down here yet. The first of it: nextstep add "Send Lena the offer"'
    assert first in " ".join(ran.out.split())
    assert first in " ".join(run("-C", str(place), "list", "--format", "text").out.split())
    assert run("-C", str(place), "due").out == ""


@pytest.mark.parametrize(
    ("email", "reader", "handles"),
    [
        ("ANA@desk.EXAMPLE", "ana", []),
        ("bo@desk.example", "bo", ["k3f9"]),
        ("x@y.example", None, ["k3f9"]),
    ],
)
def test_it_is_mine_when_git_knows_me_and_everybodys_otherwise(
    tmp_path: Path, pair: Path, email: str, reader: str | None, handles: list[str]
) -> None:
    """The address is looked for among people in any case; the first line says whose it is."""
    made = make(tmp_path / "repo")
    made.commit(
        {path.relative_to(pair).as_posix(): path.read_text() for path in pair.rglob("*.yaml")}
    )
    made.git("config", "user.email", email)
    ran = run("-C", str(made.path), "due", "--format", "json")
    answer = json.loads(ran.out)
    needs = [item["handle"] for item in answer["items"] if item["section"] == "needs"]
    assert (answer["for"], needs) == (reader, handles)
    text = run("-C", str(made.path), "due", "--format", "text").out
    assert text.startswith(f"Mon 23 Nov 2026 · {reader or 'everybody'}")


@pytest.mark.parametrize(
    ("settings", "email", "how"),
    [
        (PEOPLE, None, "tell git your address: git config --global user.email"),
        (PEOPLE, "zoe@desk.example", "write zoe@desk.example below your name: nextstep edit"),
        (
            "timezone: UTC\n",
            None,
            "name yourself in `people`, and as `who` of what is yours: nextstep edit settings",
        ),
    ],
)
def test_a_stranger_is_told_how_to_be_somebody(
    settings: str, email: str | None, how: str, tmp_path: Path
) -> None:
    """And not those who ask for everybody, or about a process."""
    made = make(tmp_path / "made")
    made.write({"nextstep.yaml": settings, "commitments/mend-it-k3f9.yaml": LATE})
    if email is not None:
        made.git("config", "user.email", email)
    ran = run("-C", str(made.path), "due", "--format", "text", env=made.environ)
    first = "Mon 23 Nov 2026 · everybody, you are not known here · 1 needs doing"
    assert ran.out.startswith(first)
    assert how in " ".join(ran.out.split())
    asked = ("--who", "all")
    ran = run("-C", str(made.path), "due", *asked, "--format", "text", env=made.environ)
    assert "not known" not in ran.out


def test_who_began_before_git_knew_them_stays_the_one_person(tmp_path: Path) -> None:
    """What is added before and after is theirs; nothing in a file says who."""
    made = make(tmp_path / "made")
    made.write({"nextstep.yaml": "timezone: UTC\n", "commitments/old.yaml": "what: Old\nwho: me\n"})
    said = ("--so", "She decides", "--due", "2026-11-27", "--with", "nora")
    for what, email in (("Before", None), ("After", "zoe@desk.example")):
        if email is not None:
            made.git("config", "user.email", email)
        ran = run("add", what, *said, cwd=made.path, env=made.environ)
        assert ran.code == 0, ran.err
    ran = run("-C", str(made.path), "due", "--all", "--format", "text", env=made.environ)
    assert ran.out.startswith("Mon 23 Nov 2026 · 2 need you")
    assert "who:" not in "".join(path.read_text() for path in made.path.rglob("2026/**/*.yaml"))
    ran = run("-C", str(made.path), "doctor", env=made.environ)
    assert "names nobody, so everything is yours" in " ".join(ran.out.split())


def test_who_asks_for_somebody_else_and_all_for_everybody(pair: Path) -> None:
    assert "NEEDS BO" in run("-C", str(pair), "due", "--who", "bo", "--format", "text").out
    assert "NEEDS DOING" in run("-C", str(pair), "due", "--who", "all", "--format", "text").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--who", "bob"), "--who: this ledger has no person `bob`"),
        (("--role", "x"), "--role: this ledger has no role `x`"),
        (("--process", "x"), "--process: this ledger has no process `x`"),
        (("--part-of", "x"), "--part-of: this ledger has no plan `x`"),
        (("--within", "soon"), "--within: "),
        (("--within", "24h"), "--within counts whole days"),
        (("--within", "9999y"), "--within: "),
        (("--format", "xml"), "--format takes text, tsv, json or markdown, not `xml`"),
        (("--today", "2026-02-30"), "2026-02-30"),
        (("--as-of", "--output=x"), ""),
    ],
)
def test_what_cannot_be_understood_is_refused_in_words(
    pair: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("-C", str(pair), "due", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_slip_in_a_name_is_answered_with_what_was_meant(pair: Path) -> None:
    assert "did you mean `bo`?" in run("-C", str(pair), "due", "--who", "bob").err


def test_exit_code_tells_whether_something_is_overdue(pair: Path, alone: Path) -> None:
    assert run("-C", str(pair), "due").code == 0
    assert run("-C", str(pair), "due", "--exit-code").code == 1
    assert run("-C", str(alone), "due", "--exit-code").code == 0


def test_a_file_that_cannot_be_read_is_a_row_in_every_format(pair: Path) -> None:
    write(pair, {"commitments/broken-aa2b.yaml": "what: x\nwho: @bo\n"})
    for shown in ("text", "tsv", "json", "markdown"):
        ran = run("-C", str(pair), "due", "--format", shown, "--exit-code")
        assert ran.code == 65
        assert "broken" in ran.out
        assert "Mend it" in ran.out


def test_within_looks_as_far_ahead_as_it_says(alone: Path) -> None:
    def listed(*arguments: str) -> int:
        return len(run("-C", str(alone), "due", *arguments, today="2026-11-09").out.splitlines())

    assert (listed(), listed("--within", "2w"), listed("--within", "3w")) == (0, 0, 1)


def test_a_duty_that_was_offered_is_a_row_in_every_format(pair: Path) -> None:
    write(pair, {"processes/mending.yaml": MENDING})
    ran = run("-C", str(pair), "due", "--who", "bo", "--format", "text")
    assert ran.code == 0
    assert "1 to accept" in ran.out.splitlines()[0]
    assert (
        "ACCEPT OR RETURN\n"
        "  mending  Be the owner of: Mending\n"
        "           offered Thu 19 Nov · from ana to bo · provides things that run\n"
    ) in ran.out
    assert run("-C", str(pair), "show", "mending").code == 0
    marked = run("-C", str(pair), "due", "--who", "bo", "--format", "markdown").out
    assert "Be the owner of: Mending" in marked
    (line,) = (
        line.split("\t")
        for line in run("-C", str(pair), "due", "--format", "tsv").out.splitlines()
        if line.startswith("accept\t")
    )
    assert line[1:7] == ["mending", "", "no", "ana", "bo", "Be the owner of: Mending"]
    assert line[-4:] == ["process", "mending", "", "processes/mending.yaml"]
    items = json.loads(run("-C", str(pair), "due", "--format", "json").out)["items"]
    (item,) = (item for item in items if item["kind"] == "process")
    assert (item["section"], item["role"], item["offered_on"]) == ("accept", "owner", "2026-11-19")
    assert (item["offered_to"], item["reached_by"]) == (["bo"], "ana")


def test_an_older_commit_is_read_as_it_was(tmp_path: Path) -> None:
    made = make(tmp_path / "repo")
    first = made.commit({"commitments/offer.yaml": OFFER})
    made.commit({"commitments/offer.yaml": OFFER.replace("2026-11-27", "2026-12-24")})
    assert "2026-11-27" in run("-C", str(made.path), "due", "--as-of", first).out
    assert "2026-11-27" not in run("-C", str(made.path), "due").out


def test_columns_are_those_that_the_header_names(pair: Path) -> None:
    head, row = run("-C", str(pair), "due", "--header").out.splitlines()
    cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    expected = {
        "section": "needs",
        "handle": "k3f9",
        "due": "2026-11-20",
        "overdue": "yes",
        "who": "bo",
    }
    assert {name: cells[name] for name in expected} == expected


def test_a_terminal_gets_words_and_colour_and_its_own_width(pair: Path) -> None:
    ran = run_on_terminal("-C", str(pair), "due", columns=64)
    assert ran.code == 0
    assert "\x1b[1;31mwas due Fri 20 Nov, 1 working day ago\x1b[0m" in ran.out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", ran.out)
    assert max(map(len, plain.splitlines())) <= 64
    assert plain == run("-C", str(pair), "due", "--format", "text", env={"COLUMNS": "64"}).out


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour_gets_the_same_words(pair: Path, env: dict[str, str]) -> None:
    ran = run_on_terminal("-C", str(pair), "due", columns=64, env=env)
    assert "\x1b" not in ran.out
    assert "was due Fri 20 Nov" in ran.out


def test_reading_neither_needs_nor_imports_the_heavy_libraries(pair: Path) -> None:
    """What `due` may import of what is installed; everything else would slow every morning."""
    ran = run("-C", str(pair), "due", "--format", "text", env={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.err.splitlines()}
    heavy = {
        "rich",
        "git",
        "ruamel",
        "dateutil",
        "holidays",
        "jinja2",
        "pydantic",
        "json",
        "dataclasses",
    }
    assert imported & heavy == set()


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("person", ["dev", "ana", "all"])
def test_the_example_ledger_fits_every_width(project_root: Path, columns: int, person: str) -> None:
    arguments = ("-C", str(project_root), "due", "--who", person, "--all", "--format", "text")
    ran = run(*arguments, env={"COLUMNS": str(columns)})
    assert ran.code == 0
    assert max(map(cells, ran.out.splitlines())) <= columns


def test_what_is_not_shown_is_found_with_what_was_asked(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit({"commitments/2026/11/late-k3f9.yaml": f"{RECORD}who: dev\n"})
    asked = ("--who", "all", "--overdue", "--within", "3d", "--as-of", "HEAD")
    ran = run("due", *asked, "--format", "text", cwd=made.path, env=made.environ)
    assert ran.out.endswith("nextstep due --who all --within 3d --as-of HEAD\n")


def test_hints_stay_in_the_state_that_was_asked_for(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit({"commitments/2026/11/late-k3f9.yaml": f"{RECORD}who: dev\n"})
    made.write({"commitments/2026/11/late-k3f9.yaml": "what: [\n"})
    shown = [
        run(name, *rest, "--as-of", "HEAD", "--format", "text", cwd=made.path, env=made.environ)
        for name, *rest in (["due"], ["list"], ["who"], ["trail"])
    ]
    for ran in shown:
        assert ran.code == 0
        assert "could not be read" not in ran.out
        hints = [one for one in ran.out.splitlines() if re.search("nextstep (?!edit)", one)]
        assert all(one.endswith("--as-of HEAD") for one in hints)
    assert "nextstep show k3f9 --as-of HEAD" in shown[1].out
