"""Which driver `.gitattributes` would have git merge a file of the ledger with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from nextstep.repo.place import Place

_LARGEST = 262_144


class MergeRule(Struct, frozen=True):
    """A line of an attributes file that sets ``merge`` for a file; paths are from the top."""

    attributes: str
    line: int
    driver: str
    path: str


class _Line(Struct, frozen=True):
    """One pattern with its driver; ``base`` is the folder that the pattern starts from."""

    attributes: str
    number: int
    base: str
    pattern: re.Pattern[str]
    whole_path: bool
    driver: str


def merge_rules(place: Place, paths: Iterable[str], git_dir: str | None) -> tuple[MergeRule, ...]:
    """Return, for each path from the ledger's root, the line that decides how it is merged.

    Git's own order holds: the file nearest to the path before those above it, `info/attributes`
    before all of them, in a file the last line that fits. Paths that no line names are left out.
    """
    if place.toplevel is None:
        return ()
    files: dict[str, tuple[_Line, ...]] = {}
    common = (
        tuple(_lines(os.path.join(git_dir, "info", "attributes"), "", "info/attributes"))
        if git_dir
        else ()
    )
    found = []
    for path in paths:
        whole = f"{place.prefix}{path}"
        rule = _last_fitting(common, whole)
        for folder in _folders(whole) if rule is None else ():
            if folder not in files:
                name = f"{folder}.gitattributes"
                files[folder] = tuple(_lines(os.path.join(place.toplevel, name), folder, name))
            rule = _last_fitting(files[folder], whole)
            if rule is not None:
                break
        if rule is not None:
            found.append(MergeRule(rule.attributes, rule.number, rule.driver, path))
    return tuple(found)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path is in, the nearest first, each ending with a slash."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield f"{path}/"
    yield ""


def _last_fitting(lines: tuple[_Line, ...], path: str) -> _Line | None:
    for line in reversed(lines):
        below = path.removeprefix(line.base)
        if line.pattern.fullmatch(below if line.whole_path else below.rpartition("/")[2]):
            return line
    return None


def _lines(file: str, base: str, name: str) -> Iterator[_Line]:
    try:
        if not os.path.isfile(file) or os.path.islink(file):
            return
        with open(file, "rb") as opened:
            text = opened.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        driver = next((one for word in reversed(words[1:]) if (one := _driver(word))), None)
        if driver is None or words[0].startswith(("#", "[attr]", "!")):
            continue
        pattern = words[0].strip('"')
        whole = "/" in pattern.rstrip("/")
        yield _Line(name, number, base, _compiled(pattern.removeprefix("/")), whole, driver)


def _driver(word: str) -> str | None:
    """Return the driver that one word of a line sets; ``unset`` and the like for the others."""
    if word.startswith("merge="):
        return word.removeprefix("merge=")
    return {"merge": "text", "-merge": "binary", "!merge": "text", "binary": "binary"}.get(word)


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of git as a regular expression."""
    parts = re.split(r"(\*\*/|/\*\*$|\*\*|\*|\?|\[[^\]/]+\])", pattern)
    return re.compile("".join(_piece(part) for part in parts), re.DOTALL)


def _piece(part: str) -> str:
    known = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if part in known:
        return known[part]
    if part.startswith("[") and part.endswith("]") and len(part) > len("[]"):
        inside = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[{'^' + inside[1:] if inside[0] == '!' else inside}]"
    return re.escape(part)
