"""`nextstep audit` on repositories in which one thing, or nothing, does not agree."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nextstep.repo.invented import Invented, Signed, plant
from tests.commands import run
from tests.goldens import compare
from tests.repositories import Made, environment, make, write

_PATH = "commitments/2026/11/offer-k3f9.yaml"
_RUN = "commitments/2026/11/review-7qhd.yaml"
_PEOPLE = """\
timezone: UTC
people:
  dev: {name: Dev, emails: [dev@example.org]}
  lena: {name: Lena, emails: [lena@example.org]}
  sam: {emails: [sam@example.org]}
"""
_OFFER = """\
what: Send Lena the offer

who: dev
with: [lena]
outcome: She can decide on Friday

due: {due}

log:
  - {{at: 2026-11-12T09:00Z, by: dev, event: agreed}}
"""
_MOVED = (
    "  - {at: 2026-11-16T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, why: x}\n"
)
_CLOSED = (
    "  - {at: 2026-11-17T09:00Z, by: dev, event: closed, result: kept, outcome: sent, "
    "nothing_further: signed}\n"
)


def _offer(*lines: str, due: str = "2026-11-18", path: str = _PATH) -> dict[str, str]:
    return {path: _OFFER.format(due=due) + "".join(lines)}


class Story:
    """A history that is made up commit by commit; each begins with the tree of the one before."""

    def __init__(self) -> None:
        self.commits: list[Invented] = []
        self.commit({"nextstep.yaml": _PEOPLE, **_offer()}, day=12)

    def commit(
        self,
        files: Mapping[str, str | None],
        *,
        day: float,
        by: str = "dev",
        committer: str | None = None,
        put: float | None = None,
        parents: tuple[int, ...] | None = None,
    ) -> int:
        """Add a commit of a day of November; None takes a file out. Return its place."""
        parents = (len(self.commits) - 1,) if parents is None else parents
        if not self.commits:
            parents = ()
        tree = dict(self.commits[parents[0]].files) if parents else {}
        for path, text in files.items():
            if text is None:
                del tree[path]
            else:
                tree[path] = text.encode()
        self.commits.append(
            Invented(
                parents=parents,
                author=_signed(by, day),
                committer=_signed(committer or by, day if put is None else put),
                message="x",
                files=tree,
            )
        )
        return len(self.commits) - 1

    @property
    def tip(self) -> int:
        """The place of the newest commit."""
        return len(self.commits) - 1

    def plant(self, folder: Path) -> Path:
        """Make the repository."""
        folder.mkdir()
        environ = {**environment(folder.parent / "home"), "PATH": os.environ["PATH"]}
        plant(str(folder), self.commits, ("Dev", "dev@example.org"), environ)
        return folder


def _signed(who: str, day: float) -> Signed:
    at = datetime(2026, 11, 1, 9, 5, tzinfo=UTC) + (day - 1) * timedelta(days=1)
    return Signed(who.capitalize(), f"{who}@example.org", at)


Happens = Callable[[Story, str], None]


def _audit(folder: Path, *words: str) -> dict[str, Any]:
    ran = run("audit", *words, "--format", "json", cwd=folder)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def _kinds(found: Mapping[str, Any]) -> list[str]:
    return [one["kind"] for one in found["items"]]


def _plain(story: Story, path: str) -> None:
    story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=16)
    story.commit(_offer(_MOVED, _CLOSED, due="2026-11-20", path=path), day=17)
    story.commit({path: None}, day=18)


def _folder_moved(story: Story, path: str) -> None:
    offer = _offer(_MOVED, due="2026-11-20", path=path)[path]
    story.commit({path: None, path.replace("/11/", "/10/"): offer}, day=16)


def _squashed(story: Story, path: str) -> None:
    noted = "  - {at: 2026-11-16T10:00Z, by: dev, event: noted, text: called}\n"
    closed = _CLOSED.replace("2026-11-17", "2026-11-16")
    offer = _offer(_MOVED, noted, closed, due="2026-11-20", path=path)
    story.commit(offer, day=16.5, committer="lena")


def _merged(story: Story, path: str) -> None:
    base = story.tip
    noted = "  - {at: 2026-11-15T10:00Z, by: lena, event: noted, text: called}\n"
    side = story.commit(_offer(noted, path=path), day=15, by="lena")
    main = story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=16, parents=(base,))
    both = _offer(noted, _MOVED, due="2026-11-20", path=path)
    story.commit(both, day=17, by="lena", parents=(main, side))


def _recorded_by(story: Story, path: str) -> None:
    line = "  - {at: 2026-11-16T09:00Z, by: lena, event: noted, text: ok, recorded_by: dev}\n"
    story.commit(_offer(line, path=path), day=16)


def _recorded_later(story: Story, path: str) -> None:
    story.commit(_offer(due="2026-11-20", path=path), day=16)
    story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=20)


def _approved(story: Story, path: str, seats: str = "40", paper: str = "40") -> None:
    docs = f"docs/{Path(path).stem}.md"
    story.commit({docs: f"{paper} seats\n"}, day=13)
    story.commit(
        {path.replace(".yaml", "-run.yaml"): _run(f"{seats} seats\n", docs)}, day=16, by="sam"
    )


def _run(content: str, docs: str = "docs/globex.md") -> str:
    data = f"blob {len(content)}\0{content}".encode()
    blob = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    return f"""\
title: Review for Globex
owner: dev
started: 2026-11-12
steps:
  - id: agree
    approve: {docs}
    who: sam
    rule: 5bd after start
    due: 2026-11-19
log:
  - {{at: 2026-11-16T09:00Z, by: sam, event: approved, step: agree, content: {blob[:12]}}}
"""


def _line_removed(story: Story, path: str) -> None:
    story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=16)
    story.commit(_offer(due="2026-11-20", path=path), day=17)


def _line_rewritten(story: Story, path: str) -> None:
    story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=16)
    other = _MOVED.replace("why: x", "why: y")
    story.commit(_offer(other, due="2026-11-20", path=path), day=17)


def _dropped(story: Story, path: str) -> None:
    base = story.tip
    side = story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=16)
    main = story.commit({"README.md": "x"}, day=16, parents=(base,))
    story.commit({}, day=17, parents=(main, side))


def _deleted(story: Story, path: str) -> None:
    story.commit({path: None}, day=16)


def _approved_elsewhere(story: Story, path: str) -> None:
    _approved(story, path, seats="50")


def _another_version(story: Story, path: str) -> None:
    story.commit({f"docs/{Path(path).stem}.md": "50 seats\n"}, day=13)
    _approved(story, path, seats="50")


def _unrecorded(story: Story, path: str) -> None:
    story.commit(_offer(due="2026-11-20", path=path), day=16)


def _claimed(story: Story, path: str) -> None:
    story.commit(_offer(_MOVED, path=path), day=16)


def _not_theirs(story: Story, path: str) -> None:
    closed = _CLOSED.replace("by: dev", "by: sam")
    story.commit(_offer(closed, path=path), day=17, by="sam")


def _by_another(story: Story, path: str) -> None:
    story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=16, by="lena")


def _from_home(story: Story, path: str) -> None:
    story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=16, by="home")


def _evil_merge(story: Story, path: str) -> None:
    base = story.tip
    side = story.commit({"docs/a.md": "x"}, day=15, by="lena")
    main = story.commit({"README.md": "y"}, day=16, parents=(base,))
    moved = _offer(_MOVED, due="2026-11-20", path=path)
    story.commit({"docs/a.md": "x", **moved}, day=16, parents=(main, side))


def _back_dated(story: Story, path: str) -> None:
    story.commit(_offer(_MOVED, due="2026-11-20", path=path), day=19)


def _future(story: Story, path: str) -> None:
    line = "  - {at: 2026-11-20T09:00Z, by: dev, event: noted, text: ok}\n"
    story.commit(_offer(line, path=path), day=16)


_AGREE = (
    _plain,
    _folder_moved,
    _squashed,
    _merged,
    _recorded_by,
    _recorded_later,
    _approved,
)
_DISAGREE = {
    _line_removed: "line removed",
    _line_rewritten: "line rewritten",
    _dropped: "dropped by a merge",
    _deleted: "deleted while open",
    _approved_elsewhere: "other content approved",
    _unrecorded: "changed without an event",
    _claimed: "event without its change",
    _not_theirs: "ended by somebody else",
    _by_another: "committed by somebody else",
    _from_home: "unknown address",
    _evil_merge: "made in a merge",
    _back_dated: "dated before its commit",
    _future: "dated after its commit",
    _another_version: "another version approved",
}


@pytest.fixture(scope="module")
def by_record(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What disagrees about each record of a history, in which each has a story of its own."""
    story = Story()
    for happens in (*_AGREE, *_DISAGREE):
        name = happens.__name__.strip("_").replace("_", "-")
        path = f"commitments/2026/11/{name}.yaml"
        story.commit(_offer(path=path), day=12)
        happens(story, path)
    found = _audit(story.plant(tmp_path_factory.mktemp("stories") / "acme"))
    assert found["commits"] == len(story.commits)
    kinds: dict[str, list[str]] = {}
    for one in found["items"]:
        kinds.setdefault(one["id"].removesuffix("-run"), []).append(one["kind"])
    return kinds


@pytest.mark.parametrize("happens", _AGREE)
def test_what_agrees(happens: Happens, by_record: Mapping[str, list[str]]) -> None:
    assert by_record.get(happens.__name__.strip("_").replace("_", "-"), []) == []


@pytest.mark.parametrize(("happens", "kind"), _DISAGREE.items())
def test_what_disagrees(happens: Happens, kind: str, by_record: Mapping[str, list[str]]) -> None:
    assert by_record[happens.__name__.strip("_").replace("_", "-")] == [kind]


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history in which several things do not agree."""
    story = Story()
    story.commit(_offer(_MOVED, due="2026-11-20"), day=16, by="lena")
    story.commit(_offer(due="2026-11-25"), day=17, by="home", committer="dev", put=18)
    story.commit({"docs/globex.md": "40 seats\n"}, day=13)
    story.commit({_RUN: _run("50 seats\n")}, day=16, by="sam")
    story.commit({_PATH: None}, day=14)
    story.commit(_offer(due="2026-11-25") | {_RUN: "what: [\n"}, day=19)
    story.commit({_RUN: _run("60 seats\n")}, day=20, by="\x1b[31msam")
    return story.plant(tmp_path_factory.mktemp("much") / "acme")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_it_is_told_in_words(much: Path, columns: int) -> None:
    """At every width; nothing of a file or a commit acts on the terminal."""
    ran = run("audit", cwd=much, env={"COLUMNS": str(columns)})
    assert ran.code == 0
    compare(f"audit/much-{columns}.txt", ran.out)
    assert all(len(line) <= columns for line in ran.out.splitlines())


@pytest.mark.parametrize(("form", "ending"), [("markdown", "md"), ("tsv", "tsv"), ("json", "json")])
def test_every_format_tells_it(much: Path, form: str, ending: str) -> None:
    ran = run("audit", "--format", form, cwd=much)
    compare(f"audit/much.{ending}", ran.out)
    assert ran.out == run("audit", "--format", form, cwd=much).out


def test_exit_code_asks_for_one(much: Path, tmp_path: Path) -> None:
    assert run("audit", cwd=much).code == 0
    assert run("audit", "--exit-code", cwd=much).code == 1
    quiet = Story().plant(tmp_path / "quiet")
    ran = run("audit", "--exit-code", cwd=quiet)
    assert (ran.code, "The logs and git agree: 1 event in 1 commit." in ran.out) == (0, True)
    gone = run("audit", "--exit-code", "--anchor", "head 1234567, 9 commits", cwd=quiet)
    assert gone.code == 1
    assert "1234567" in gone.out


def test_the_anchor_of_a_digest_holds_until_history_is_made_anew(tmp_path: Path) -> None:
    story = Story()
    _plain(story, _PATH)
    folder = story.plant(tmp_path / "acme")
    anchor = run("digest", cwd=folder).out.splitlines()[-1]
    assert anchor.startswith("head ")
    assert "holds" in run("audit", "--anchor", anchor, cwd=folder).out
    Made(folder).git("commit", "--quiet", "--amend", "--message=other")
    assert _audit(folder, "--anchor", anchor)["anchors"][0]["found"] == "left"


def test_one_record_alone_and_some_days_alone(much: Path) -> None:
    assert {one["id"] for one in _audit(much, "7qhd")["items"]} == {"review-7qhd"}
    assert _audit(much, "--since", "2026-11-21")["items"] == []
    assert len(_audit(much, "--until", "2026-11-16")["items"]) < len(_audit(much)["items"])


def test_what_was_deleted_can_be_named(tmp_path: Path) -> None:
    story = Story()
    _deleted(story, _PATH)
    folder = story.plant(tmp_path / "acme")
    assert _kinds(_audit(folder, "k3f9")) == ["deleted while open"]
    ran = run("audit", "no-such-thing", cwd=folder)
    assert (ran.code, "there is no `no-such-thing`" in ran.err) == (2, True)


def test_as_of_an_earlier_commit_later_ones_are_not_known(much: Path) -> None:
    assert _audit(much, "--as-of", "HEAD~6")["commits"] == 2


def test_without_history_it_says_so(tmp_path: Path) -> None:
    write(tmp_path / "plain", {_PATH: _offer()[_PATH]})
    ran = run("audit", cwd=tmp_path / "plain")
    assert ran.code == 2
    assert "there is no history to read: not in a git repository" in ran.err
    unborn = make(tmp_path / "unborn")
    unborn.write({_PATH: _offer()[_PATH]})
    ran = run("audit", cwd=unborn.path)
    assert (ran.code, "there is no history yet" in ran.err) == (2, True)


def test_nothing_is_concluded_from_what_a_shallow_clone_lacks(tmp_path: Path) -> None:
    """What stands in its oldest commit may be of any time and of anybody."""
    story = Story()
    story.commit(_offer(_MOVED, due="2026-11-20"), day=16)
    story.commit({"README.md": "x"}, day=25, by="lena")
    story.commit({"README.md": "y"}, day=26, by="lena")
    clone = Made(story.plant(tmp_path / "acme")).clone(tmp_path / "clone", "--depth=2")
    found = _audit(clone.path, "--anchor", "1234567")
    assert (found["items"], found["anchors"][0]["found"]) == ([], "unknown")
    assert found["first"] is not None
    assert "this clone is shallow" in run("audit", cwd=clone.path).out


def test_nothing_is_concluded_from_what_a_partial_clone_lacks(tmp_path: Path) -> None:
    """Who wrote a line is in contents that it does not have; the newest ones are somebody else's."""
    story = Story()
    story.commit(_offer(_MOVED, due="2026-11-20"), day=16)
    story.commit(_offer(_MOVED, "  # seen\n", due="2026-11-20"), day=25, by="lena")
    origin = Made(story.plant(tmp_path / "acme"))
    assert _audit(origin.path)["items"] == []
    clone = origin.clone(tmp_path / "clone", "--filter=blob:none")
    found = _audit(clone.path)
    assert (found["items"], found["events"]) == ([], 0)
    assert "partial" in found["doubts"][0]
    story_of = run("trail", "k3f9", cwd=clone.path, env={"COLUMNS": "200"}).out
    assert story_of.count("from before what is here") == 3  # each of two events, and both
    assert "could not be read" not in story_of


def test_replaced_and_grafted_commits_are_seen_through_and_told(tmp_path: Path) -> None:
    story = Story()
    _line_removed(story, _PATH)
    made = Made(story.plant(tmp_path / "acme"))
    clean = made.git("commit-tree", "HEAD^{tree}", "-p", "HEAD~2", "-m", "x")
    made.git("replace", "HEAD", clean)
    (made.path / ".git" / "info").mkdir(exist_ok=True)
    (made.path / ".git" / "info" / "grafts").write_text(made.git("rev-parse", "HEAD") + "\n")
    found = _audit(made.path)
    assert _kinds(found) == ["line removed"]
    assert len(found["doubts"]) == 2


def test_a_commit_dated_before_its_parent_is_told(tmp_path: Path) -> None:
    story = Story()
    noted = "  - {at: 2026-11-16T09:00Z, by: dev, event: noted, text: ok}\n"
    story.commit(_offer(noted), day=16, put=26)
    story.commit({"README.md": "x"}, day=20)
    found = _audit(story.plant(tmp_path / "acme"))
    assert (found["items"], len(found["clocks"])) == ([], 1)


def test_of_many_of_a_kind_the_first_ten_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    story = Story()
    for number in range(12):
        story.commit(_offer(due=f"2026-12-{number + 1:02}"), day=16)
    folder = story.plant(tmp_path / "acme")
    out = run("audit", cwd=folder).out
    assert out.count("its log says nothing of it") == 10
    assert "Not shown: 2 changed without an event." in out
    assert run("audit", "k3f9", cwd=folder).out.count("its log says nothing of it") == 12
    assert run("audit", "--format", "tsv", cwd=folder).out.count("\n") == 12


def test_nothing_is_concluded_from_contents_that_a_partial_clone_lacks(tmp_path: Path) -> None:
    story = Story()
    _line_removed(story, _PATH)
    _approved_elsewhere(story, _PATH)
    clone = Made(story.plant(tmp_path / "acme")).clone(tmp_path / "clone", "--filter=blob:none")
    clone.git("remote", "set-url", "origin", "file:///nowhere")
    assert _kinds(_audit(clone.path)) == []
    assert "this clone is partial" in run("audit", cwd=clone.path).out.lower()
