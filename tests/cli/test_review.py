"""What a pull request means, in words: `nextstep review`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from nextstep.render.cells import cells
from tests.cli.reviewed import AFTER, BEFORE, CREDIT, REPORT, VENUE
from tests.commands import Ran, run
from tests.goldens import compare, unused
from tests.repositories import RECORD, Made, make

TEXTS = {f"review/pull-request-{columns}.txt": columns for columns in (60, 80, 120)}
FORMATS = {"review/pull-request.md": "markdown", "review/pull-request.json": "json"}


def _put(made: Made, files: Mapping[str, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            (made.path / path).unlink()
        else:
            made.write({path: text})


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A branch `topic` with the changes, one commit ahead of `main`, which went on as well."""
    made = make(tmp_path_factory.mktemp("review") / "acme")
    made.commit(BEFORE)
    made.git("checkout", "--quiet", "-b", "topic")
    _put(made, AFTER)
    made.commit({}, message="Change much")
    made.git("checkout", "--quiet", "main")
    made.commit({"commitments/2026/11/other.yaml": RECORD}, message="Add another")
    made.git("checkout", "--quiet", "topic")
    return made


@pytest.fixture
def copy(repository: Made, tmp_path: Path) -> Made:
    shutil.copytree(repository.path, tmp_path / "acme")
    return Made(tmp_path / "acme")


def _review(made: Made, *words: str, **env: str) -> Ran:
    return run(
        "-C", str(made.path), "review", *words, env={"GIT_CONFIG_GLOBAL": "/dev/null", **env}
    )


def _unwrapped(ran: Ran) -> str:
    return " ".join(ran.out.split())


def _kinds(ran: Ran) -> list[tuple[str, str]]:
    return [(one["kind"], one["id"]) for one in json.loads(ran.out)["changes"]]


def _json(made: Made, *words: str) -> list[tuple[str, str]]:
    return _kinds(_review(made, *words, "--format", "json"))


@pytest.mark.parametrize("name", TEXTS)
def test_review_prints_what_the_golden_file_says(name: str, repository: Made) -> None:
    ran = _review(repository, "main..", COLUMNS=str(TEXTS[name]))
    assert (ran.code, ran.err) == (0, "")
    assert max(map(cells, ran.out.splitlines())) <= TEXTS[name]
    compare(name, ran.out)


@pytest.mark.parametrize("name", FORMATS)
def test_review_has_other_formats(name: str, repository: Made) -> None:
    ran = _review(repository, "main..", "--format", FORMATS[name])
    assert (ran.code, ran.err) == (0, "")
    compare(name, ran.out)


def test_every_golden_file_of_review_is_compared() -> None:
    assert unused("review", [*TEXTS, *FORMATS]) == set()


def test_every_finding_about_a_change_stands_beside_it(repository: Made) -> None:
    report = json.loads(_review(repository, "main..", "--format", "json").out)
    about = {code for one in report["changes"] for code in one["codes"]}
    found = {one["code"] for one in report["findings"] if one["code"].startswith("NS5")}
    assert about == found != set()


def test_what_came_to_the_other_branch_meanwhile_is_not_seen_as_taken_back(
    repository: Made,
) -> None:
    assert ("deleted", "other") not in _json(repository, "main..")


def test_without_a_range_the_work_tree_is_compared_with_the_default_branch(copy: Made) -> None:
    assert _json(copy) == _json(copy, "main..") == _json(copy, "main...HEAD")
    copy.write({"commitments/2026/11/more.yaml": RECORD})
    assert set(_json(copy)) - set(_json(copy, "main..")) == {("new", "more")}
    assert _json(copy, "HEAD") == [("new", "more")]


def test_a_clone_of_two_commits_is_enough(repository: Made, tmp_path: Path) -> None:
    """As a forge checks out a pull request: the merge of both, and one commit before it."""
    full = repository.clone(tmp_path / "full")
    full.git("checkout", "--quiet", "-b", "merged", "origin/main")
    full.git("merge", "--quiet", "--no-edit", "origin/topic")
    clone = full.clone(tmp_path / "clone", "--depth=2", "--branch=merged")
    assert _json(clone, "HEAD^1..") == _json(repository, "main..")


def test_it_is_said_when_history_does_not_reach_the_base(repository: Made, tmp_path: Path) -> None:
    clone = repository.clone(tmp_path / "clone", "--depth=1", "--no-single-branch")
    ran = _review(clone, "origin/main..")
    assert "History does not reach back to where the two went apart" in ran.out
    assert ran.code == 0


def test_a_day_can_be_the_base(copy: Made) -> None:
    copy.git("commit", "--quiet", "--allow-empty", "--message=x", at="2026-11-21T10:00:00+00:00")
    copy.write({"commitments/2026/11/more.yaml": RECORD})
    assert _json(copy, "2026-11-21") == [("new", "more")]


def test_a_move_that_was_taken_back_is_not_counted(copy: Made) -> None:
    undone = "  - {at: 2026-11-23T10:00Z, by: dev, event: undone, of: 2026-11-16T09:00Z}\n"
    copy.write({REPORT: (copy.path / REPORT).read_text() + undone})
    report = json.loads(_review(copy, "main", "--format", "json").out)
    (moved,) = [
        one for one in report["changes"] if one["path"] == REPORT and one["kind"] == "moved"
    ]
    assert (moved["times"], moved["was_due"], moved["due"]) == (2, "2026-11-20", "2026-12-02")


def test_a_date_that_goes_back_because_a_move_was_undone_says_so(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit({REPORT: BEFORE[REPORT]})
    undone = "  - {at: 2026-11-19T10:00Z, by: dev, event: undone, of: 2026-11-16T09:00Z}\n"
    made.write({REPORT: BEFORE[REPORT].replace("due: 2026-11-20", "due: 2026-11-18") + undone})
    ran = _review(made, "HEAD")
    assert "from Fri 20 Nov to Wed 18 Nov: a move was taken back." in " ".join(ran.out.split())


def test_a_file_with_another_name_is_the_same_promise(copy: Made) -> None:
    copy.git("mv", CREDIT, CREDIT.replace("h6ra", "h6rb"))
    text = copy.path / CREDIT.replace("h6ra", "h6rb")
    text.write_text(text.read_text().replace("needs no letter", "explains itself"))
    (change,) = json.loads(_review(copy, "HEAD", "--format", "json").out)["changes"]
    assert (change["kind"], change["was"]) == ("changed", "credit-note-h6ra")


def test_nothing_is_printed_where_nothing_changes(copy: Made) -> None:
    assert _review(copy, "HEAD", "--if-any") == Ran(0, "", "")
    nothing = _review(copy, "HEAD").out
    assert "changes no promise and no process." in nothing
    assert "nextstep review HEAD~1.." in nothing


def test_errors_decide_the_exit_code_on_request(copy: Made) -> None:
    assert _review(copy, "main..", "--exit-code").code == 1
    assert _review(copy, "HEAD", "--exit-code").code == 0


def test_a_file_that_cannot_be_read_is_told_and_is_no_deletion(copy: Made) -> None:
    copy.write({REPORT: "what: [\n"})
    ran = _review(copy, "HEAD")
    assert ran.code == 65
    assert f"{REPORT} could not be read" in ran.out
    assert "deleted" not in ran.out
    headline = "changes no promise and no process that could be read; 1 file could not."
    assert headline in _unwrapped(ran)
    assert headline in _review(copy, "HEAD", "--format", "markdown").out


def test_the_headline_counts_the_changed_files_that_could_not_be_read(copy: Made) -> None:
    wrong = f"{RECORD}agreed_by: dev\n"
    copy.write({f"commitments/2026/11/new-{one}.yaml": wrong for one in ("b", "c")})
    copy.write({"processes/annual-review.yaml": "title: [\n", "commitments/odd.yaml": RECORD})
    words = "changes 1 promise that could be read; 3 files could not."
    assert words in _unwrapped(_review(copy, "HEAD"))
    copy.commit({})
    assert "changes no promise and no process." in _review(copy, "HEAD").out


def test_what_could_not_be_read_is_not_newly_late(copy: Made) -> None:
    copy.write({"commitments/2026/11/new-b.yaml": f"{RECORD}agreed_by: dev\n"})
    assert "NEWLY LATE" not in _review(copy, "HEAD", "--today", "2027-11-23").out


def test_what_could_not_be_read_before_is_not_called_new(copy: Made) -> None:
    copy.commit({REPORT: "what: [\n"})
    copy.write({REPORT: BEFORE[REPORT]})
    ran = _review(copy, "HEAD")
    assert ran.code == 0
    assert "could not be read before: what changed in it is not known" in _unwrapped(ran)
    assert "that could be read; 1 file could not." in _unwrapped(ran)
    assert _review(copy, "HEAD", "--if-any").out == ran.out
    assert "  new  " not in ran.out


def test_in_the_place_of_a_role_stand_the_people_who_hold_it(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit({"nextstep.yaml": "people: {ana: {}, leo: {}}\nroles: {desk: {people: [leo]}}\n"})
    process = BEFORE["processes/annual-review.yaml"].replace(
        "owner: ana\ndeputy: sam", "owner: desk"
    )
    made.write({"processes/help.yaml": process})
    assert json.loads(_review(made, "HEAD", "--format", "json").out)["people"] == ["leo"]


def test_without_a_usual_branch_one_has_to_be_named(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.commit({VENUE: RECORD})
    made.git("branch", "--move", "trunk")
    ran = _review(made)
    assert ran.code == 2
    assert f"name one: `nextstep -C {made.path} review BRANCH`" in ran.err
    assert _review(made, "trunk").code == 0


@pytest.mark.parametrize("words", ["nowhere..", "main..nowhere", "--format=tsv"])
def test_what_is_no_commit_or_format_is_refused_with_what_to_write(
    words: str, repository: Made
) -> None:
    ran = _review(repository, words)
    assert (ran.code, ran.out) == (2, "")


def test_outside_of_git_there_is_nothing_to_compare(tmp_path: Path) -> None:
    (tmp_path / "commitments").mkdir()
    (tmp_path / "commitments" / "offer.yaml").write_text(RECORD)
    ran = run("-C", str(tmp_path), "review")
    assert ran.code == 2
    assert "there is nothing to compare with: not in a git repository" in ran.err
    assert "leave the revision away" not in ran.err


def test_before_the_first_commit_there_is_nothing_to_compare(tmp_path: Path) -> None:
    made = make(tmp_path / "acme")
    made.write({VENUE: RECORD})
    ran = _review(made)
    assert ran.code == 2
    assert "the repository has no commit yet" in ran.err


def test_a_ledger_in_a_folder_can_be_begun_by_a_pull_request(tmp_path: Path) -> None:
    """Paths are those of the repository in a comment, and lead there from here on a terminal."""
    made = make(tmp_path / "acme")
    made.commit({"README": ""})
    made.write({"team/nextstep.yaml": "", "team/commitments/offer.yaml": "what: Call Lena\n"})
    for format_ in ("text", "markdown"):
        ran = run("-C", "team", "review", "--format", format_, cwd=made.path, env=made.environ)
        assert "team/commitments/offer.yaml:1" in ran.out
    ran = run("review", cwd=made.path / "team", env=made.environ)
    assert " commitments/offer.yaml:1" in ran.out
