"""`nextstep who`: whom to ask, and nothing that ranks anybody."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from nextstep.render.cells import cells
from tests.commands import Ran, run
from tests.goldens import compare, unused
from tests.repositories import RECORD, make, write

CARDS = {
    "person": ("dev",),
    "person-outside": ("lena",),
    "role": ("call-desk",),
    "process": ("release",),
    "all": (),
}
CASES = {
    f"who/{name}-{columns}.txt": (words, columns)
    for name, words in CARDS.items()
    for columns in (60, 80, 120)
}
FORMATS = {
    "who/all.tsv": ("--header",),
    "who/process.tsv": ("release",),
    "who/person.json": ("dev", "--format", "json"),
    "who/role.json": ("call-desk", "--format", "json"),
    "who/process.json": ("release", "--format", "json"),
    "who/all.json": ("--format", "json"),
    "who/role.md": ("call-desk", "--format", "markdown"),
}


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """The example ledger, outside of any repository."""
    folder = tmp_path_factory.mktemp("example") / "acme"
    folder.mkdir()
    shutil.copy(project_root / "nextstep.yaml", folder)
    for name in ("processes", "commitments"):
        shutil.copytree(project_root / name, folder / name)
    return folder


def who(folder: Path, *words: str, today: str = "2026-11-23", columns: int = 120) -> Ran:
    return run("-C", str(folder), "who", *words, env={"COLUMNS": str(columns)}, today=today)


@pytest.mark.parametrize("name", CASES)
def test_who_prints_what_the_golden_file_says(name: str, acme: Path) -> None:
    words, columns = CASES[name]
    ran = who(acme, *words, "--format", "text", columns=columns)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(cells, ran.out.splitlines())) <= columns
    compare(name, ran.out)


@pytest.mark.parametrize("name", FORMATS)
def test_who_has_other_formats(name: str, acme: Path) -> None:
    ran = who(acme, *FORMATS[name])
    assert (ran.code, ran.err) == (0, "")
    compare(name, ran.out)


def test_every_golden_file_of_who_is_compared() -> None:
    assert unused("who", [*CASES, *FORMATS]) == set()


def test_a_process_has_one_contact_and_a_deputy(acme: Path) -> None:
    """Found with one command, by a person or by a script."""
    kind, name, _, contact, mail, deputy, *_ = who(acme, "release").out.split("\t")
    assert (kind, name, contact, mail, deputy) == (
        "process",
        "release",
        "dev",
        "dev@acme.example",
        "raj",
    )


def test_who_is_away_has_somebody_who_covers(acme: Path) -> None:
    out = who(acme, "annual-customer-review", "--format", "text", today="2026-12-28").out
    assert "ana (Ana Costa), away until Fri 1 Jan 2027, sam covers" in out
    line = who(acme, "annual-customer-review", today="2026-12-28").out.rstrip("\n").split("\t")
    assert line[-2:] == ["2027-01-01", "sam"]


def test_a_role_is_asked_of_somebody_who_is_here(acme: Path) -> None:
    write(
        acme.parent / "away",
        {
            "nextstep.yaml": "people:\n  ana: {away: [{from: 2026-11-20, to: 2026-11-30}]}\n  sam: {}\n"
            "roles:\n  desk: {people: [ana, sam]}\n"
        },
    )
    assert who(acme.parent / "away", "desk").out.split("\t")[3:6] == ["sam", "", "ana"]
    later = who(acme.parent / "away", "desk", today="2026-12-01")
    assert later.out.split("\t")[3:6] == ["ana", "", "sam"]


def test_a_role_that_nobody_holds_is_asked_of_the_owner_of_its_process(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "nextstep.yaml": "people: {ana: {}}\n",
            "processes/greet.yaml": "title: Greet\nowner: ana\ncustomer: {who: all, kind: internal}\n"
            "provides: A start\nroles: [greeter]\nsteps:\n"
            "  - {id: wave, do: Wave, who: greeter, due: 1bd after start, done_when: They smile}\n",
        },
    )
    out = who(tmp_path, "greeter", "--format", "text").out
    assert "ask       ana; nobody holds this role" in out


def test_what_somebody_has_next_is_told_without_counts_or_rates(acme: Path) -> None:
    """Facts and no totals: of others as of oneself."""
    out = who(acme, "dev", "--format", "text").out
    rows = out.partition("NEXT STEPS\n")[2]
    assert "k3f9" in rows
    assert "7qhd compile" in rows
    assert "7qhd deliver" not in rows  # waits for others: no next step
    card = json.loads(who(acme, "dev", "--format", "json").out)["person"]
    assert not [name for name in card if "count" in name or "total" in name or "rate" in name]


def test_people_of_a_ledger_without_settings_are_known_from_its_files(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": "what: Call\nwho: bo\nwith: [lena]\ndue: asap\n"})
    assert [line.split("\t")[1] for line in who(tmp_path).out.splitlines()] == ["bo", "lena"]
    assert "Call" in who(tmp_path, "bo", "--format", "text").out


def test_a_ledger_of_one_person_needs_no_names(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": "what: Call\ndue: asap\n"})
    ran = who(tmp_path, "--format", "text")
    assert (ran.code, ran.err) == (0, "")
    assert "No name occurs in this ledger" in ran.out
    assert who(tmp_path).out == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("realease", "did you mean `release`?"),
        ("zzz", "`nextstep who` shows all names"),
        ("sales", "type one of sales-leader, sales-rep, sales-to-success"),
        ("", "`nextstep who` shows all names"),
    ],
)
def test_a_name_that_is_not_there_is_said_with_what_may_be_meant(
    acme: Path, typed: str, said: str
) -> None:
    ran = who(acme, typed)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err.replace(f" -C {acme}", "")


def test_the_beginning_of_a_name_will_do(acme: Path) -> None:
    assert who(acme, "annual").out.startswith("process\tannual-customer-review\t")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("who", "costa"), '"name": "ana"'),
        (("list", "--who", "Costa"), '"who": "ana"'),
        (("due", "--who", "costa"), '"for": "ana"'),
        (("who", "me"), '"name": "ana"'),
        (("list", "--who", "me"), '"who": "ana"'),
        (("due", "--who", "me"), '"for": "ana"'),
        (("list", "--with", "me", "--who", "dev"), '"pair": [\n      "dev",\n      "ana"'),
        (("digest", "--for", "me"), '"name": "ana"'),
    ],
)
def test_a_reader_finds_people_by_their_name_and_themselves_by_me(
    words: tuple[str, ...], found: str, tmp_path: Path
) -> None:
    made = make(tmp_path / "acme")
    people = "people:\n  ana: {name: Ana Costa, emails: [me@acme.example]}\n  dev: {}\n  cost: {}\n"
    made.commit({"nextstep.yaml": people, "commitments/offer-k3f9.yaml": f"{RECORD}who: ana\n"})
    made.git("config", "user.email", "me@acme.example")
    ran = run(*words, "--format", "json", cwd=made.path, env=made.environ)
    assert found in ran.out
    assert ran.code == 0


def test_a_name_that_several_have_is_asked_back(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit({"nextstep.yaml": "people:\n  a: {name: Ana Costa}\n  b: {name: Bo Costa}\n"})
    for words in (("who", "costa"), ("list", "--who", "costa")):
        ran = run(*words, cwd=made.path, env=made.environ)
        assert (ran.code, ran.out) == (2, "")
        assert "`costa` may be 2 people\n  write a or b" in ran.err


def test_somebody_whom_the_ledger_does_not_know_is_nobody_by_me(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit({"nextstep.yaml": "people: {ana: {emails: [ana@acme.example]}}\n"})
    ran = run("list", "--who", "me", cwd=made.path, env=made.environ)
    assert ran.code == 2
    assert "--who: git's user.email belongs to nobody in `people`" in ran.err


def test_a_file_that_cannot_be_read_is_a_line_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": "what: Call\n", "commitments/b.yaml": "what: @x\n"})
    ran = who(tmp_path)
    assert ran.code == 65
    assert ran.out.startswith("unread\tcommitments/b.yaml\t")
