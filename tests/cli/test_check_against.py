"""`nextstep check --against`: what a branch, a commit or an uncommitted edit changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.goldens import compare, unused
from tests.repositories import Made, make

OFFER = "commitments/2026/11/offer-k3f9.yaml"
REPORT = "commitments/2026/11/usage-report-7qhd.yaml"
ROOM = "commitments/2026/11/room-c4vn.yaml"
PROCESS = "processes/offers.yaml"
TEXT = {
    "nextstep.yaml": """\
timezone: UTC
people:
  ana: {name: Ana, emails: [ana@example.org]}
  eva: {name: Eva}
  max: {name: Max}
roles:
  seller: {people: [max]}
""",
    OFFER: "what: Send Lena the offer\nwho: max\noutcome: She can decide\ndue: 2026-11-27\n",
    REPORT: "what: Send Globex the usage report\nwho: max\noutcome: They agree the credit\n"
    "due: 2026-11-20\nlog:\n"
    "  - {at: 2026-11-12T15:10Z, by: max, event: agreed, how: call}\n",
    PROCESS: """\
title: Sending offers
owner: ana
deputy: eva
customer: {who: buyers, kind: external}
provides: An offer that a buyer can decide on
steps:
  - id: send
    do: Send the offer
    who: seller
    due: 2bd after start
    done_when: They have it
    proof: the buyer's answer
""",
}
MOVED = "  - {at: 2026-11-23T09:00Z, by: max, event: moved, from: 2026-11-20, to: 2026-12-02}\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A branch with two commits that went away from `main`, which went on."""
    made = make(tmp_path_factory.mktemp("original") / "acme")
    made.commit(TEXT)
    made.git("checkout", "--quiet", "-b", "topic")
    made.commit({REPORT: TEXT[REPORT].replace("due: 2026-11-20", "due: 2026-12-02") + MOVED})
    (made.path / OFFER).unlink()
    made.commit({PROCESS: TEXT[PROCESS].replace("due: 2bd", "due: 4bd")})
    made.git("checkout", "--quiet", "main")
    made.commit({ROOM: "what: Book the room\nwho: eva\noutcome: We can meet\ndue: 2026-11-30\n"})
    made.git("checkout", "--quiet", "topic")
    return made


@pytest.fixture
def made(original: Made, tmp_path: Path) -> Made:
    shutil.copytree(original.path, tmp_path / "acme")
    return Made(tmp_path / "acme")


def against(made: Made, revision: str, *arguments: str, **env: str) -> Ran:
    return run("check", "--against", revision, *arguments, cwd=made.path, env=env)


def codes(ran: Ran) -> list[str]:
    return [one["code"] for one in json.loads(ran.out)["findings"]]


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_a_branch_is_told_what_it_moves_deletes_and_changes(columns: str, original: Made) -> None:
    ran = against(original, "main", COLUMNS=columns)
    assert (ran.code, ran.err) == (1, "")
    compare(f"against/{columns}.txt", ran.out)


def test_every_golden_file_of_a_comparison_is_compared() -> None:
    names = ("60.txt", "80.txt", "120.txt", "check.json")
    assert unused("against", [f"against/{name}" for name in names]) == set()


def test_json_names_the_commit_that_it_was_compared_with(original: Made) -> None:
    ran = against(original, "main", "--format", "json")
    compare("against/check.json", ran.out)
    said = json.loads(ran.out)["against"]
    base = original.git("merge-base", "main", "topic")
    assert said == {"revision": "main", "commit": base, "is_shared": True, "not_compared": []}


def test_a_branch_is_compared_with_where_it_went_away(original: Made) -> None:
    """What came to `main` since then is no deletion of this branch."""
    told = against(original, "main", "--format", "concise").out
    assert ROOM not in told
    assert f"{OFFER}:1:7: error NS503 deleted-while-open" in told


def test_with_a_commit_before_it_only_the_last_one_is_judged(original: Made) -> None:
    assert codes(against(original, "HEAD~1", "--format", "json")) == ["NS503", "NS512"]
    assert codes(against(original, "HEAD", "--format", "json")) == []


def test_a_clone_of_two_commits_is_enough(original: Made, tmp_path: Path) -> None:
    clone = original.clone(tmp_path / "clone", "--depth=2", "--branch=topic")
    assert "get more of its history with `git fetch --deepen" in against(clone, "HEAD~2").err
    ran = against(clone, "HEAD~1")
    assert ran.code == 1
    assert "NS503" in ran.out
    assert "NS512" in ran.out
    last = ran.out.rstrip().rpartition("\n")[2]
    assert last == (
        f"Compared with {clone.git('rev-parse', '--short=7', 'HEAD~1')}, the last commit that this "
        "and HEAD~1 share."
    )


def test_a_pull_request_merged_for_a_check_is_compared_with_its_base(
    made: Made, tmp_path: Path
) -> None:
    """A forge checks out the merge of the branch: its first parent is what it would change."""
    made.git("checkout", "--quiet", "-b", "merged", "main")
    made.git("merge", "--quiet", "--no-ff", "--no-edit", "topic")
    clone = made.clone(tmp_path / "clone", "--depth=2", "--branch=merged")
    assert codes(against(clone, "HEAD^1", "--format", "json")) == [
        "NS503",
        "NS502",
        "NS501",
        "NS512",
    ]


def test_a_clone_that_ends_too_early_is_compared_with_what_was_named(
    original: Made, tmp_path: Path
) -> None:
    clone = original.clone(tmp_path / "clone", "--depth=1", "--no-single-branch", "--branch=topic")
    ran = against(clone, "origin/main")
    last = ran.out.rstrip().rpartition("\n")[2]
    assert last == (
        f"Compared with {clone.git('rev-parse', '--short=7', 'origin/main')}, which is origin/main "
        "itself: no commit that both share is known here."
    )
    said = json.loads(against(clone, "origin/main", "--format", "json").out)
    assert said["against"]["is_shared"] is False
    assert ("NS503", ROOM) in [(one["code"], one["path"]) for one in said["findings"]]


def test_edits_that_are_not_committed_are_compared_too(made: Made) -> None:
    made.write({PROCESS: TEXT[PROCESS]})
    assert codes(against(made, "HEAD", "--format", "json")) == ["NS512"]
    assert codes(against(made, "HEAD~1", "--format", "json")) == ["NS503"]
    made.write({REPORT: TEXT[REPORT].replace("due: 2026-11-20", "due: 2026-12-09")})
    assert codes(against(made, "HEAD", "--format", "json"))[:2] == ["NS509", "NS507"]


def test_two_commits_are_compared_with_each_other(original: Made) -> None:
    ran = against(original, "HEAD~2", "--as-of", "HEAD~1", "--format", "json")
    assert codes(ran) == ["NS502", "NS501"]


def test_a_day_stands_for_the_last_commit_of_it(original: Made) -> None:
    assert codes(against(original, "2026-11-20", "--format", "json")) == []


def test_a_ledger_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    top = make(tmp_path / "top")
    top.commit({f"team/{path}": text for path, text in TEXT.items()})
    (top.path / "team" / OFFER).unlink()
    ran = run("check", "--against", "HEAD", "--format", "github", cwd=top.path / "team")
    assert f"::error file=team/{OFFER},line=1,col=7," in ran.out
    commit = top.git("rev-parse", "--short=7", "HEAD")
    assert ran.out.endswith(f"1 error and 0 warnings in 3 files, compared with {commit}.\n")


def test_a_bare_repository_is_compared_by_its_head(made: Made, tmp_path: Path) -> None:
    bare = made.clone(tmp_path / "bare.git", "--bare", "--branch=topic")
    assert codes(against(bare, "HEAD~1", "--format", "json")) == ["NS503", "NS512"]


def test_files_that_could_not_be_read_then_are_counted(made: Made) -> None:
    made.commit({OFFER: "what: Send Lena the offer\nwho: max\noutcome: x\noutcome: y\n"})
    made.write({OFFER: TEXT[OFFER]})
    ran = against(made, "HEAD")
    assert "1 file could not be read there and is not compared.\nCompared with" in ran.out
    said = json.loads(against(made, "HEAD", "--format", "json").out)
    assert (said["against"]["not_compared"], said["findings"]) == ([OFFER], [])


def test_paths_choose_what_is_reported_of_changes(original: Made) -> None:
    assert codes(against(original, "main", "processes", "--format", "json")) == ["NS512"]


def test_a_rule_about_changes_is_weighed_and_silenced_like_any_other(made: Made) -> None:
    """By the settings that stood before: those of the change itself lower nothing."""
    process = TEXT[PROCESS].replace(
        "due: 2bd after start", "due: 4bd after start # nextstep: ignore[NS512]"
    )
    rules = "rules: {NS501: off, deleted-while-open: warning}\n"
    settings = {"nextstep.yaml": TEXT["nextstep.yaml"] + rules}
    made.write({PROCESS: process, **settings})
    ran = against(made, "main")
    assert ran.code == 1
    assert "error NS503" in ran.out
    assert ran.out.count("NS519") == 2
    assert run("check", cwd=made.path).out == "No findings in 3 files.\n"
    made.git("checkout", "--quiet", "--force", "-b", "settled", "main~1")
    made.commit(settings)
    made.git("rm", "--quiet", OFFER)
    made.commit(
        {PROCESS: process, REPORT: TEXT[REPORT].replace("2026-11-20", "2026-12-02") + MOVED}
    )
    ran = against(made, "HEAD~1")
    assert ran.code == 0
    assert "warning NS503" in ran.out
    assert "2 findings (2 warnings) in 2 of 3 files, 1 ignored" in ran.out


@pytest.mark.parametrize("more", [["--fix"], ["--diff"], ["--write-baseline", "known.json"]])
def test_to_compare_mends_and_writes_nothing(more: list[str], original: Made) -> None:
    ran = against(original, "main", *more)
    assert (ran.code, ran.out) == (2, "")
    assert "leave --fix, --diff and --write-baseline out" in ran.err


def test_what_is_no_commit_is_said(original: Made, tmp_path: Path) -> None:
    ran = against(original, "mian")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no commit `mian`" in ran.err
    unborn = make(tmp_path / "unborn")
    unborn.write({OFFER: "what: Send Lena the offer\n"})
    ran = against(unborn, "HEAD~1")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no history yet" in ran.err


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    """So that the hooks that look at each commit let the first one through, or say why not."""
    unborn = make(tmp_path / "unborn")
    unborn.write({OFFER: TEXT[OFFER]})
    ran = against(unborn, "HEAD")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "No findings in 1 file.\nCompared with nothing: there is no commit yet.\n"
    told = run("review", "HEAD", "--if-any", "--exit-code", cwd=unborn.path)
    assert (told.code, told.out.partition(" · ")[2][:18]) == (0, "nothing..work tree")
    unborn.write({OFFER: "what: Send Lena the offer\n"})
    assert codes(against(unborn, "HEAD", "--format", "json")) == ["NS402", "NS516"]


def test_a_ledger_that_was_in_another_folder_is_said_to_be_new(made: Made) -> None:
    (made.path / "team").mkdir()
    made.git("mv", "nextstep.yaml", "commitments", "processes", "team")
    made.commit({})
    ran = run("check", "--against", "HEAD~1", cwd=made.path / "team")
    assert "There was no ledger in this folder then: all of it counts as new." in ran.out
