"""What the commands that list have in common: their format, their screen, their exit code."""

from __future__ import annotations

import typer
from msgspec import Struct

from nextstep.cli.options import chosen
from nextstep.cli.output import colored, is_terminal, speaks_unicode, width
from nextstep.diagnostics.exit_codes import FOUND, UNREAD
from nextstep.render.terminal import Screen


class Listed(Struct, frozen=True):
    """How a listing went: whether files could not be read, and whether what was asked for is there."""

    unread: bool
    found: bool = False


def shown_format(wish: str | None, formats: tuple[str, ...]) -> str:
    """Return the format asked for; else text for a person, tab-separated lines for a program."""
    return chosen(wish, formats, "text" if is_terminal() else "tsv")


def screen() -> Screen:
    """Return what standard output can show."""
    return Screen(width=width(), colored=colored(), unicode=speaks_unicode())


def end(listed: Listed) -> None:
    """End the command with 65 for files that could not be read, 1 for what was looked for."""
    if listed.unread:
        raise typer.Exit(UNREAD)
    if listed.found:
        raise typer.Exit(FOUND)
