"""Histories written commit by commit for tests, whatever their shape, by one `git fast-import`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from nextstep.repo.place import place_of
from nextstep.trail.versions import History, Passage, passages
from tests.repositories import Made, make

FOLDER = "commitments/2026/11"
START = 1_795_000_000


class Story:
    """Commits to be written; each is known by the number that `commit` returns, from 1.

    Files are named by their id, or by a path from the top if it has a slash; None removes one.
    """

    def __init__(self) -> None:
        self.count = 0
        self._lines: list[bytes] = []

    def commit(
        self,
        files: Mapping[str, str | None],
        *parents: int,
        by: str = "Dev <dev@example.org>",
        put_in_by: str | None = None,
        when: str = "",
    ) -> int:
        """Add a commit that changes files against its first parent; without parents a root."""
        self.count += 1
        when = when or f"{START + self.count * 60} +0000"
        self._lines += [
            b"reset refs/heads/main\n" if not parents else b"",
            b"commit refs/heads/main\nmark :%d\n" % self.count,
            f"author {by} {when}\ncommitter {put_in_by or by} {when}\ndata 0\n".encode(),
            *(
                b"%s :%d\n" % (b"merge" if rank else b"from", one)
                for rank, one in enumerate(parents)
            ),
            *_changes(files),
        ]
        return self.count

    def write(self, folder: Path, *options: str) -> Made:
        """Write all of it as a repository whose branch is the last commit."""
        made = make(folder, *options)
        made.git("fast-import", "--quiet", "--force", given=b"".join(self._lines))
        return made

    def read(self, folder: Path, only: str | None = None) -> History:
        """Write the history and read it."""
        return read(self.write(folder), only=only)


def read(made: Made, **wishes: str | None) -> History:
    """Read the history of a repository."""
    return passages(place_of(str(made.path)), made.environ, **wishes)  # type: ignore[arg-type]


def ways(history: History) -> list[tuple[object, ...]]:
    """Return each passage as (commit from 1, id, what the file said, what it says then)."""
    return [
        (one.witness.order + 1, one.id, text(one.before), text(one.after)) for one in told(history)
    ]


def told(history: History) -> list[Passage]:
    """Return the passages that are no merge's."""
    return [one for one in history.passages() if one.witness.how == "commit"]


def merged(history: History) -> list[Passage]:
    """Return the passages that are a merge's own."""
    return [one for one in history.passages() if one.witness.how != "commit"]


def sides(history: History) -> list[tuple[object, ...]]:
    """Return each passage of a merge as (id, texts of the parents, of their base, of the merge)."""
    return [
        (one.id, [text(side) for side in one.parents], text(one.base), text(one.after))
        for one in merged(history)
    ]


def text(content: bytes | None) -> str | None:
    """Return a content as text."""
    return None if content is None else content.decode()


def path(id_: str) -> str:
    """Return where `Story` puts the file of an id."""
    return id_.removeprefix("/") if "/" in id_ else f"{FOLDER}/{id_}.yaml"


def _changes(files: Mapping[str, str | None]) -> Iterator[bytes]:
    for name, content in files.items():
        if content is None:
            yield b"D %s\n" % path(name).encode()
        else:
            data = content.encode()
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path(name).encode(), len(data), data)
