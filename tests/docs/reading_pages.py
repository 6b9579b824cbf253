"""Reads the documentation as its readers do: links, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / ".github").glob("*.md"),
        *(ROOT / "changelog.d").glob("README.md"),
    ]
)
_FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)


def name_of(page: Path) -> str:
    """Return a page's path from the project's folder."""
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> Iterator[str]:
    """Yield the targets of the links of a page, but for those in code."""
    text = _CODE.sub("", _FENCE.sub("", page.read_text("utf-8")))
    yield from (found[1] for found in _LINK.finditer(text))


def anchors(page: Path) -> set[str]:
    """Return the anchors that the headings of a page make."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one).strip().lower().replace(" ", "-") for one in headings}


def rows(page: Path, head: str) -> list[list[str]]:
    """Return the cells of every table row under heads that begin with a word."""
    found, inside = [], False
    for line in page.read_text("utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
        elif line.startswith(f"| {head} |".replace("|  |", "| |")):
            inside = True
        elif inside and not line.startswith("|---"):
            found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def code_in(cell: str) -> list[str]:
    """Return the code spans of a table cell."""
    return [found[2].strip().replace("\\|", "|") for found in _CODE.finditer(cell)]
