"""Options that several commands share, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError

Today = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Answer as if today were this day (2026-11-23) or instant; else NEXTSTEP_TODAY, else the clock.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="REV",
        help="Read the ledger as it was in this commit, or at the end of this day.",
    ),
]
Header = Annotated[
    bool, typer.Option("--header", help="Begin tab-separated output with the names of its columns.")
]
Duty = Annotated[
    bool | None,
    typer.Option(
        "--deputy/--owner",
        help="Of a process where both are offered: to stand in for its owner, or to own it.",
    ),
]
Role = Annotated[
    str | None, typer.Option(metavar="ROLE", help="Only steps that are done in this role.")
]
Process = Annotated[
    str | None, typer.Option(metavar="ID", help="Only what belongs to this process.")
]
PartOf = Annotated[
    str | None, typer.Option("--part-of", metavar="PLAN", help="Only what is part of this plan.")
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")]


def chosen(wish: str | None, formats: tuple[str, ...], default: str) -> str:
    """Return the format that was asked for, or the default; NextstepError for any other word."""
    if wish is None:
        return default
    if wish not in formats:
        message = f"--format takes {listed(formats, 'or')}, not `{wish}`"
        raise NextstepError(message)
    return wish
