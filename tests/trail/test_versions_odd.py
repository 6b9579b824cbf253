"""Repositories that are not as usual are read as they are, and what cannot be known is said."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.place import find_ledger, place_of
from nextstep.trail.versions import passages
from tests.repositories import Made, make, state_of
from tests.trail.made_history import FOLDER, Story, merged, path, read, told, ways

TWO = [(1, "offer", None, "one"), (2, "offer", "one", "two")]


def _two() -> Story:
    story = Story()
    story.commit({"offer": "two"}, story.commit({"offer": "one"}))
    return story


def _raw(made: Made, author: bytes, committer: bytes | None = None) -> str:
    """Put a commit with these very words on the branch; git itself would refuse some of them."""
    tree, parent = made.git("rev-parse", "HEAD^{tree}"), made.git("rev-parse", "HEAD~1")
    words = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nwork\n" % (
        tree.encode(),
        parent.encode(),
        author,
        committer or author,
    )
    commit = made.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=words)
    made.git("update-ref", "refs/heads/main", commit)
    return commit


def test_outside_a_repository_there_is_no_history(tmp_path: Path) -> None:
    (tmp_path / "commitments").mkdir()
    with pytest.raises(NextstepError, match="not in a git repository") as caught:
        passages(place_of(str(tmp_path)), {"PATH": os.environ["PATH"]})
    assert "git init" in caught.value.hint


def test_an_unborn_repository_has_no_history_yet(tmp_path: Path) -> None:
    with pytest.raises(NextstepError, match="no history yet"):
        read(make(tmp_path / "a"))


def test_a_bare_repository_is_read(tmp_path: Path) -> None:
    made = _two().write(tmp_path / "a", "--bare")
    place = find_ledger(str(made.path), environ=made.environ)
    assert place.bare
    assert ways(passages(place, made.environ)) == TWO


def test_a_second_work_tree_and_one_without_a_branch_are_read(tmp_path: Path) -> None:
    made = _two().write(tmp_path / "a")
    made.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "b"), "main")
    assert ways(read(Made(tmp_path / "b"))) == TWO


def test_a_repository_with_sha256_is_read(tmp_path: Path) -> None:
    made = _two().write(tmp_path / "a", "--object-format=sha256")
    history = read(made)
    assert ways(history) == TWO
    assert len(history.tip) == 64


def test_a_ledger_in_a_sub_folder_is_read_alone(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({"team/commitments/offer.yaml": "one", "commitments/other.yaml": "x"})
    story.commit({"team/commitments/offer.yaml": "two", "team/readme.yaml": "x"}, first)
    made = story.write(tmp_path / "a")
    made.git("reset", "--quiet", "--hard")
    place = place_of(str(made.path / "team"))
    assert place.prefix == "team/"
    history = passages(place, made.environ)
    assert ways(history) == TWO
    assert told(history)[0].path == "commitments/offer.yaml"
    assert ways(passages(place, made.environ, only="offer")) == TWO


def test_a_ledger_that_was_moved_begins_there_and_says_so(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({path("offer"): "one"})
    inside = f"team/{path('offer')}"
    second = story.commit({path("offer"): None, inside: "one"}, first)
    story.commit({inside: "two"}, second)
    made = story.write(tmp_path / "a")
    made.git("reset", "--quiet", "--hard")
    history = passages(place_of(str(made.path / "team")), made.environ)
    assert ways(history) == [(2, "offer", None, "one"), (3, "offer", "one", "two")]
    assert [one.border for one in told(history)] == [True, False]
    assert [doubt for doubt in history.doubts if "folder" in doubt]


def test_a_ledger_merged_in_from_another_repository_begins_there_and_says_so(
    tmp_path: Path,
) -> None:
    """As a subtree merge: what the other history told lies under another folder."""
    story = Story()
    first = story.commit({"readme": "r"})
    other = story.commit({path("offer"): "one"})
    inside = f"team/{path('offer')}"
    merge = story.commit({inside: "one"}, first, other)
    story.commit({inside: "two"}, merge)
    made = story.write(tmp_path / "a")
    made.git("reset", "--quiet", "--hard")
    history = passages(place_of(str(made.path / "team")), made.environ)
    assert [one.witness.order + 1 for one in history.passages()] == [3, 4]
    assert [(one.border, one.parents, one.before, one.after) for one in history.passages()] == [
        (True, (), None, b"one"),
        (False, (), b"one", b"two"),
    ]
    assert [doubt for doubt in history.doubts if "folder" in doubt]


def test_a_ledger_that_begins_in_its_place_raises_no_doubt(tmp_path: Path) -> None:
    assert _two().read(tmp_path / "a").doubts == ()


def test_a_shallow_clone_begins_at_its_border(tmp_path: Path) -> None:
    story = _two()
    story.commit({"offer": "three", "room": "r"}, 2)
    made = story.write(tmp_path / "a").clone(tmp_path / "b", "--depth=2")
    history = read(made)
    assert ways(history) == [
        (1, "offer", None, "two"),
        (2, "offer", "two", "three"),
        (2, "room", None, "r"),
    ]
    assert [one.border for one in told(history)] == [True, False, False]
    assert history.first == told(history)[0].witness.commit
    assert history.commits == 2
    assert "shallow" in history.doubts[0]


def test_where_a_shallow_clone_ends_nothing_is_called_dropped_for_sure(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0"})
    side = story.commit({"offer": "1"}, base)
    main = story.commit({"room": "r"}, base)
    story.commit({}, main, side)
    made = story.write(tmp_path / "a").clone(tmp_path / "b", "--depth=2")
    assert [(one.base, one.base_known) for one in merged(read(made))] == [(None, False)]


def test_a_planted_shallow_file_hides_nothing(tmp_path: Path) -> None:
    made = _two().write(tmp_path / "a")
    tip = made.git("rev-parse", "HEAD")
    (made.path / ".git" / "shallow").write_text(f"{tip}\n")
    assert made.git("rev-list", "--count", "HEAD") == "1"
    history = read(made)
    assert ways(history) == TWO
    assert history.first is None
    assert "`shallow`" in history.doubts[0]
    assert ways(read(made, only="offer")) == TWO


def test_replaced_commits_and_grafts_hide_nothing(tmp_path: Path) -> None:
    story = _two()
    story.commit({"offer": "three"}, 2)
    made = story.write(tmp_path / "a")
    commits = made.git("rev-list", "HEAD").split()
    made.git("replace", "--graft", commits[0], commits[2])
    (made.path / ".git" / "info" / "grafts").write_text(f"{commits[1]}\n")
    history = read(made)
    assert [way[3] for way in ways(history)] == ["one", "two", "three"]
    assert ["refs/replace" in history.doubts[0], "grafts" in history.doubts[1]] == [True, True]


def test_a_partial_clone_says_what_is_only_on_its_remote(tmp_path: Path) -> None:
    origin = _two().write(tmp_path / "a")
    made = origin.clone(tmp_path / "b", "--filter=blob:none")
    before = state_of(made.path)
    history = read(made)
    (tmp_path / "a").rename(tmp_path / "gone")
    assert [(one.path is not None, one.after, one.unread) for one in told(history)] == [
        (True, None, "elsewhere"),
        (True, b"two", None),
    ]
    assert "partial" in history.doubts[0]
    assert state_of(made.path) == before


def test_a_clone_without_its_trees_is_refused_and_contacts_nobody(tmp_path: Path) -> None:
    made = _two().write(tmp_path / "a").clone(tmp_path / "b", "--filter=tree:0")
    before = state_of(made.path)
    with pytest.raises(NextstepError, match="partial"):
        read(made)
    assert state_of(made.path) == before


def test_a_lost_content_is_unread(tmp_path: Path) -> None:
    story = _two()
    made = make(tmp_path / "a")
    made.commit({path("offer"): "one"})
    made.commit({path("offer"): "two"})
    assert story.count == 2
    lost = made.git("rev-parse", f"HEAD~1:{path('offer')}")
    (made.path / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    assert [one.unread for one in told(read(made))] == ["missing", None]


@pytest.mark.parametrize(
    ("seconds", "at"),
    [
        (b"0", datetime(1970, 1, 1, tzinfo=UTC)),
        (b"4070908800", datetime(2099, 1, 1, tzinfo=UTC)),
        (b"9223372036854775808", None),
        (b"99999999999999999999999", None),
        (b"-1", None),
        (b"soon", None),
        (b"", None),
        (b"1795000000 east", None),
    ],
)
def test_a_moment_that_no_calendar_knows_is_none(
    tmp_path: Path, seconds: bytes, at: datetime | None
) -> None:
    made = _two().write(tmp_path / "a")
    commit = _raw(made, b"Dev <dev@example.org> %s +0000" % seconds)
    signed = told(read(made))[-1].witness
    assert (signed.commit, signed.author.at) == (commit, at)


@pytest.mark.parametrize("offset", [b"+9999", b"-9999", b"+0000"])
def test_the_offset_does_not_change_the_moment(tmp_path: Path, offset: bytes) -> None:
    made = _two().write(tmp_path / "a")
    _raw(made, b"Dev <dev@example.org> 1795000000 %s" % offset)
    assert told(read(made))[-1].witness.author.at == datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signed", "name", "email"),
    [
        (b"Dev <> 1795000000 +0000", "Dev", ""),
        (b" <dev@example.org> 1795000000 +0000", "", "dev@example.org"),
        (b"Ren\xe9 <r@example.org> 1795000000 +0000", "Ren\\xe9", "r@example.org"),
        (
            b"\x1b[31mDev\x07 <dev@example.org> 1795000000 +0000",
            "\x1b[31mDev\x07",
            "dev@example.org",
        ),
        (b"Dev 1795000000 +0000", "", ""),
    ],
)
def test_names_are_as_they_are_written(
    tmp_path: Path, signed: bytes, name: str, email: str
) -> None:
    made = _two().write(tmp_path / "a")
    _raw(made, signed)
    last = told(read(made))[-1]
    assert (last.witness.author.name, last.witness.author.email) == (name, email)
    assert last.after == b"two"


def test_who_made_it_and_who_put_it_in_are_both_known(tmp_path: Path) -> None:
    story = Story()
    story.commit(
        {
            "offer": "one",
            "/.mailmap": "# people\nDevi Rao <devi@example.org> <DEV@example.org>\nnobody\n",
        },
        by="Dev <dev@example.org>",
        put_in_by="Forge <noreply@example.org>",
    )
    made = story.write(tmp_path / "a")
    os.mkfifo(made.path / ".mailmap")
    witness = told(read(made))[0].witness
    assert (witness.author.name, witness.author.email) == ("Dev", "dev@example.org")
    assert (witness.author.label, witness.committer.name) == ("Devi Rao", "Forge")


def test_what_is_no_file_to_read_is_unread(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.commit({path("offer"): "one", path("room"): "one", path("hall"): "x" * 262_145})
    (made.path / path("offer")).unlink()
    (made.path / path("offer")).symlink_to("/etc/passwd")
    made.commit({path("hall"): "one"})
    tip = made.git("rev-parse", "HEAD")
    made.git("rm", "--cached", "--quiet", path("room"))
    made.git("update-index", "--add", "--cacheinfo", f"160000,{tip},{path('room')}")
    made.git("commit", "--quiet", "--message=x")
    versions = [(one.id, one.before, one.after, one.unread) for one in told(read(made))]
    assert versions == [
        ("hall", None, None, "large"),
        ("offer", None, b"one", None),
        ("room", None, b"one", None),
        ("hall", None, b"one", None),
        ("offer", b"one", None, "link"),
        ("room", b"one", None, "submodule"),
    ]
    assert all(one.path for one in told(read(made)))


def test_a_folder_that_became_a_link_raises_a_doubt(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    made.commit({path("offer"): "one"})
    made.git("mv", "commitments", "elsewhere")
    (made.path / "commitments").symlink_to("elsewhere")
    made.commit({"nextstep.yaml": ""})
    history = read(made)
    assert ways(history)[-1] == (2, "offer", "one", None)
    assert [doubt for doubt in history.doubts if "link" in doubt]


def test_odd_paths_are_told(tmp_path: Path) -> None:
    made = make(tmp_path / "a")
    folder = os.fsencode(made.path / FOLDER)
    os.makedirs(folder)
    names = [b"-o.yaml", b"a\nb.yaml", b"a\tb.YML", b"\xff.yaml", "ü.yaml".encode(), b'a"b.yaml']
    for name in names:
        Path(os.fsdecode(os.path.join(folder, name))).write_bytes(b"x")
    made.commit({})
    found = {one.id for one in told(read(made))}
    assert found == {"-o", "a\nb", "a\tb", "\\udcff", "ü", 'a"b'}
    for id_ in found:
        assert [one.id for one in told(read(made, only=id_))] == [id_]


def test_what_a_ledger_does_not_read_is_not_told(tmp_path: Path) -> None:
    story = Story()
    story.commit(
        {
            "offer": "one",
            "processes/offer.yaml": "title: x",
            "docs/nextstep.yaml": "people: {}",
            f"{FOLDER}/notes.txt": "x",
            f"{FOLDER}/.hidden.yaml": "x",
            "commitments/.trash/old.yaml": "x",
            f"{FOLDER}/offer.yaml.orig": "x",
        }
    )
    history = story.read(tmp_path / "a")
    assert [(one.kind, one.id) for one in told(history)] == [
        ("commitments", "offer"),
        ("processes", "offer"),
    ]


def test_only_what_is_new_since_a_commit_is_told(tmp_path: Path) -> None:
    story = _two()
    side = story.commit({"room": "r"}, 1)
    story.commit({"room": "r"}, 2, side)
    story.commit({"offer": "three"}, 4)
    made = story.write(tmp_path / "a")
    history = read(made, since="HEAD~2")
    assert ways(history) == [(3, "room", None, "r"), (5, "offer", "two", "three")]
    assert read(made, since="HEAD").commits == 5
    assert list(read(made, since="HEAD").passages()) == []
    with pytest.raises(NextstepError, match="git cannot read"):
        read(made, since="nowhere")


def test_a_deleted_record_is_found_and_one_made_again_has_both_lives(tmp_path: Path) -> None:
    story = _two()
    third = story.commit({"offer": None}, 2)
    made = story.write(tmp_path / "a")
    assert ways(read(made, only="offer")) == [*TWO, (3, "offer", "two", None)]
    story.commit({"commitments/2026/12/offer.yaml": "again"}, third)
    made = story.write(tmp_path / "b")
    expected = [*TWO, (3, "offer", "two", None), (4, "offer", None, "again")]
    assert ways(read(made, only="offer")) == expected
    assert ways(read(made)) == expected
    assert list(read(made, only="nobody").passages()) == []


def test_a_part_of_the_records_can_be_told_alone(tmp_path: Path) -> None:
    story = _two()
    story.commit({"room": "r"}, 2)
    history = read(story.write(tmp_path / "a"))
    every = list(history.passages())
    parts = [list(history.passages(id_.__eq__)) for id_ in ("offer", "room")]
    assert parts == [every[:2], every[2:]]


def test_how_many_commits_were_read_is_told_on_the_way(tmp_path: Path) -> None:
    story = Story()
    for number in range(4_100):
        story.commit({}, *([number] if number else []))
    made = story.write(tmp_path / "a")
    seen: list[tuple[int, int | None]] = []

    def progress(done: int, total: int | None) -> None:
        seen.append((done, total))

    passages(place_of(str(made.path)), made.environ, progress=progress)
    assert seen == [(1000, None), (2000, None), (3000, None), (4000, None)]


@pytest.mark.parametrize("tip", ["--output=evil", "-p", "--all", "nowhere", "HEAD:commitments"])
def test_a_tip_that_is_no_commit_is_refused_and_does_nothing(tmp_path: Path, tip: str) -> None:
    made = _two().write(tmp_path / "a")
    before = state_of(made.path)
    with pytest.raises(NextstepError, match="git cannot read the history"):
        read(made, tip=tip)
    assert state_of(made.path) == before
