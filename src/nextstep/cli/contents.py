"""The page of `nextstep --help`: every command, under what somebody is about to do."""

from __future__ import annotations

from typing import Any

import typer.core

_BEGINNINGS = {
    "due": "Every day",
    "offer": "Hand-offs",
    "show": "Looking",
    "start": "Processes and their runs",
    "check": "Teams",
    "init": "Files and this machine",
}
"""The command with which each part of the page begins, and what the part is about."""

_LONGEST_SENTENCE = 200

_Group: Any = typer.core.TyperGroup  # what it is made of has no types


class Contents(_Group):  # type: ignore[misc]
    """The program, with its commands in parts; what each is for is said whole."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the page calls it so
        """Write each part of the commands under a heading of its own."""
        rows: list[tuple[str, str]] = []
        parts = {"Commands": rows}
        for name, command in self.commands.items():
            if name in _BEGINNINGS:
                rows = parts.setdefault(_BEGINNINGS[name], [])
            rows.append((name, command.get_short_help_str(_LONGEST_SENTENCE)))
        for heading, listed in parts.items():
            if listed:
                with formatter.section(heading):
                    formatter.write_dl(listed)
