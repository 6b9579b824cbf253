"""A made-up history, always the same: what the speed of the trail is measured on.

    python bench/histories.py FOLDER

writes a repository of 10,000 commitments in 50,000 commits, some thousand of them merges; one
commitment has 5,000 versions.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from records import PEOPLE, SEED, commitments

FILES = 10_000
COMMITS = 50_000
VERSIONS = 5_000
BRANCH_SHARE = 0.08
OFTEN_TOLD = 0.04
_START = datetime(2023, 1, 2, 8, tzinfo=UTC)
_BETWEEN = timedelta(minutes=40)


class _Writer:
    """Writes commits as `git fast-import` reads them, and knows what every file says."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.commits = 0

    def commit(self, branch: str, parents: list[int], files: dict[str, str]) -> Iterator[bytes]:
        """Yield one commit with the files that differ from its first parent."""
        self.commits += 1
        person = self._chance.choice(PEOPLE)
        at = int((_START + self.commits * _BETWEEN).timestamp())
        signed = f"{person.title()} <{person}@example.org> {at} +0000\n"
        yield f"commit refs/heads/{branch}\nmark :{self.commits}\n".encode()
        yield f"author {signed}committer {signed}data 5\nwork\n".encode()
        for rank, parent in enumerate(parents):
            yield f"{'merge' if rank else 'from'} :{parent}\n".encode()
        for path, text in files.items():
            data = text.encode()
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)

    def moved(self, text: str, *, told: bool = True) -> str:
        """Return a file with its date moved by some days, and ``told`` in its log."""
        head, _, rest = text.partition("\ndue: ")
        old, _, tail = rest.partition("\n")
        day = datetime.fromisoformat(old).date() + timedelta(days=self._chance.randint(1, 9))
        if not told:
            return f"{head}\ndue: {day}\n{tail}"
        at = _START + self.commits * _BETWEEN
        line = (
            f"  - {{at: {at:%Y-%m-%dT%H:%M:%S}.000Z, by: {self._chance.choice(PEOPLE)}, "
            f'event: moved, from: {old}, to: {day}, why: "the figures come later"}}\n'
        )
        return f"{head}\ndue: {day}\n{tail}{line}"


def _history() -> Iterator[bytes]:
    """Yield the whole history: every file is added on its way, one is changed again and again."""
    chance = random.Random(SEED)
    writer = _Writer(chance)
    new = iter(commitments(FILES))
    often, text = next(new)
    now = {often: text}
    yield from writer.commit("main", [], dict(now))
    main, paths = 1, [often]
    while writer.commits < COMMITS:
        if chance.random() < BRANCH_SHARE and len(paths) > 100 and writer.commits < COMMITS - 9:
            side: dict[str, str] = {}
            tip = main
            for _ in range(chance.randint(1, 4)):
                path = chance.choice(paths[1:])
                side[path] = writer.moved(side.get(path, now[path]))
                yield from writer.commit("side", [tip], {path: side[path]})
                tip = writer.commits
            for _ in range(chance.randint(0, 2)):
                path = chance.choice(paths[1:])
                if path not in side:
                    now[path] = writer.moved(now[path])
                    yield from writer.commit("main", [main], {path: now[path]})
                    main = writer.commits
            now |= side
            yield from writer.commit("main", [main, tip], side)
            main = writer.commits
            continue
        added = None if chance.random() < 0.7 else next(new, None)
        if added is not None:
            path, text = added
            paths.append(path)
            now[path] = text
        else:
            path = often if chance.random() < VERSIONS / COMMITS * 1.85 else chance.choice(paths)
            # A file of 5,000 lines of log would be larger than what is read.
            told = path != often or chance.random() < OFTEN_TOLD
            now[path] = writer.moved(now[path], told=told)
        yield from writer.commit("main", [main], {path: now[path]})
        main = writer.commits
    yield b"done\n"


def write_history(root: Path) -> str:
    """Write the history as a git repository; return the path of the file with 5,000 versions."""
    root.mkdir(parents=True)
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    run = ["git", "-C", str(root)]
    subprocess.run([*run, "init", "-q", "-b", "main"], env=environ, check=True)
    given = b"".join(_history())
    subprocess.run([*run, "fast-import", "--quiet"], env=environ, input=given, check=True)
    subprocess.run([*run, "reset", "-q", "--hard", "main"], env=environ, check=True)
    subprocess.run([*run, "repack", "-adq"], env=environ, check=True)
    return commitments(1)[0][0]


if __name__ == "__main__":
    print(write_history(Path(sys.argv[1])))
