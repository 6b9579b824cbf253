"""The pictures of a terminal show what the program says, ask nobody for anything, and run nothing."""

from __future__ import annotations

import re
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """The pictures as they would be drawn now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        pictures: Any = import_module("pictures")
        return dict(pictures.pictures())


def words(picture: str) -> str:
    """Return what a picture says, however it is drawn."""
    return unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture)))


def test_each_picture_shows_what_the_program_says_now(drawn: dict[str, str]) -> None:
    there = {path.name: path.read_text("utf-8") for path in (FOLDER / "pictures").iterdir()}
    assert there.keys() == drawn.keys()
    for name, picture in there.items():
        assert words(picture) == words(drawn[name]), f"{name}: run python docs/pictures.py"


def test_a_picture_needs_nothing_but_itself_and_says_what_it_shows(drawn: dict[str, str]) -> None:
    for picture in drawn.values():
        assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
        assert "<script" not in picture
        assert re.search(r"<title[^>]*>A terminal shows the answer of nextstep", picture)
