"""Reading the history of a hostile repository runs nothing of it, changes nothing, believes nothing."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from nextstep.repo.place import place_of
from nextstep.trail.versions import History, passages
from tests.repositories import RECORD, Made, hostile_repository, make

OFFER = "commitments/2026/11/offer-k3f9.yaml"


def _read(made: Made) -> History:
    return passages(place_of(str(made.path)), made.environ)


def test_no_program_runs_and_no_file_changes(tmp_path: Path) -> None:
    hostile = hostile_repository(tmp_path)
    before = hostile.state()
    assert len(list(_read(hostile).passages())) == 3
    assert hostile.fired == []
    assert hostile.state() == before


def test_settings_do_not_change_what_is_read(tmp_path: Path) -> None:
    """Those that rename, leave out, reorder, cut or wait: a pipe that nobody writes into."""
    made = make(tmp_path / "a")
    made.commit({OFFER: RECORD, "commitments/room.yaml": "what: Room\n"})
    made.git("mv", "commitments/room.yaml", "commitments/hall.yaml")
    made.commit({OFFER: f"{RECORD}who: dev\n"})
    plain = [(one.id, one.path, one.after) for one in _read(made).passages()]
    waits = made.path / ".git" / "waits"
    os.mkfifo(waits)
    with (made.path / ".git" / "config").open("a") as file:
        file.write(
            f"[diff]\n\torderFile = {waits}\n\trenames = copies\n\trelative = true\n"
            "\tignoreSubmodules = all\n\tnoprefix = true\n\tinterHunkContext = 9\n"
            f"[mailmap]\n\tfile = {waits}\n"
            "[log]\n\tfollow = true\n\tshowRoot = false\n\tdate = relative\n\tshowSignature = true\n"
            "\tdiffMerges = off\n\tdecorate = full\n\tabbrevCommit = true\n\texcludeDecoration = x\n"
            "[core]\n\tabbrev = 4\n\tquotePath = true\n\tcommitGraph = true\n\tpager = false\n"
            "[i18n]\n\tlogOutputEncoding = UTF-16\n\tcommitEncoding = UTF-16\n"
            "[format]\n\tpretty = oneline\n[color]\n\tui = always\n[notes]\n\tdisplayRef = *\n"
        )
    assert [(one.id, one.path, one.after) for one in _read(made).passages()] == plain
    assert [id_ for id_, _, _ in plain] == ["offer-k3f9", "room", "offer-k3f9", "hall"]


def test_a_commit_graph_that_lies_is_not_believed(tmp_path: Path) -> None:
    """A file that git keeps beside the commits to be quick says that one of them never was."""
    made = make(tmp_path / "a")
    commits = [made.commit({OFFER: f"{RECORD}who: {name}\n"}) for name in ("dev", "mia", "sam")]
    made.git("commit-graph", "write", "--reachable")
    graph = made.path / ".git" / "objects" / "info" / "commit-graph"
    graph.chmod(0o644)
    graph.write_bytes(_without_parent(graph.read_bytes(), commits))
    assert made.git("rev-list", "--count", "HEAD") == "2"
    versions = [one.after or b"" for one in _read(made).passages()]
    assert [version[-4:-1] for version in versions] == [b"dev", b"mia", b"sam"]


def _without_parent(graph: bytes, commits: list[str]) -> bytes:
    """Return a commit-graph in which the parent of the third commit is the first one."""
    places = sorted(commits)
    facts = int.from_bytes(graph[graph.index(b"CDAT") + 4 :][:8], "big")
    at = facts + places.index(commits[2]) * 36 + 20
    changed = graph[:at] + places.index(commits[0]).to_bytes(4, "big") + graph[at + 4 : -20]
    return changed + hashlib.sha1(changed, usedforsecurity=False).digest()
