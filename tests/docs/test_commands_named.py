"""Every command line that a page names could be typed: its command and its options are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from nextstep.cli.app import COMMANDS, application
from tests.docs.reading_pages import PAGES, ROOT, name_of

GENERATED = ROOT / "docs" / "reference" / "commands"
BY_HAND = [page for page in PAGES if GENERATED not in page.parents]
_CODE = re.compile(r"^(`{3,})(\w*)[^\n]*\n(.*?)^ *\1$|(`+)(.+?)\4", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"(?:^|[`\s/])nextstep((?: +(?:-C|--directory|--color) +\S+)*) +([^|>&\n;`]+)")
_SPELT = re.compile(r"(?<!\S)--?[a-zA-Z][\w-]*")
OF_ALL = {"-h", "--help", "-C", "--directory", "--color", "--version", "--show-completion"}


@pytest.fixture(scope="module")
def options() -> dict[str, set[str]]:
    """The options of each command, as they are typed."""
    whole: Any = typer.main.get_command(application())
    return {
        name: {word for one in command.params for word in [*one.opts, *one.secondary_opts]}
        for name, command in whole.commands.items()
    }


def command_lines(page: Path) -> Iterator[str]:
    """Yield what stands after `nextstep` in the code of a page, what it prints left out."""
    for found in _CODE.finditer(page.read_text("utf-8")):
        language, block, span = found[2], found[3], found[5]
        text = span or block
        if language == "console":
            text = "\n".join(line for line in block.splitlines() if line.startswith("$ "))
        yield from (one[2].strip() for one in _LINE.finditer(text))


@pytest.mark.parametrize("page", BY_HAND, ids=name_of)
def test_commands_and_options_of_a_page_are_there(page: Path, options: dict[str, set[str]]) -> None:
    wrong = []
    for line in command_lines(page):
        word = line.split()[0]
        known = OF_ALL if word.startswith("-") else OF_ALL | options.get(word, set())
        if word not in COMMANDS and not word.startswith("-"):
            wrong.append(line)
        wrong += [f"{line}: {one}" for one in _SPELT.findall(line) if one not in known]
    assert not wrong


def test_many_command_lines_are_found() -> None:
    assert sum(len(list(command_lines(page))) for page in BY_HAND) > 60
