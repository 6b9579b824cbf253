"""`nextstep export`: everything in one or many ledgers, as tables for another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Today, chosen
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import UNREAD

if TYPE_CHECKING:
    from nextstep.reports.export_columns import Table


def command(  # noqa: PLR0917 - typer passes options by name
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TABLE... [DIR]...",
            help="commitments, runs, steps, events, processes, trail or all; then the folders of "
            "the ledgers, else the one that is found from here.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Write a file for each table into this folder."),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of the tables instead.")
    ] = False,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="csv or jsonl.")
    ] = "csv",
) -> None:
    """Print tables of one ledger or many, for a warehouse or a spreadsheet.

    Every row names its ledger by its folder. In CSV a cell that a spreadsheet would calculate
    begins with an apostrophe; JSON lines hold the text as it is. Columns are added over time, and
    none is renamed or removed.

    A ledger or file that cannot be read is said on standard error, the rest is written, and the
    exit code is 65.

    \b
    EXAMPLES
      nextstep export commitments > commitments.csv
      nextstep export all --output tables                    a file for each table
      nextstep export events ../* --format jsonl             of many, in one
      nextstep export steps --schema                         what its columns are
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.export_files import Answer, files_in
    from nextstep.cli.exporting import Export, Moment
    from nextstep.render.export_rows import FORMATS

    form = chosen(format_, tuple(FORMATS), "csv")
    tables, folders = _parted(words or [])
    if schema:
        _print_schema(tables)
        return
    moment = Moment(today, as_of)
    if output is None:
        if len(tables) != 1:
            names = ", ".join(table.name for table in tables)
            raise NextstepError(
                f"{names}: standard output takes one table", "name one, or add --output DIR"
            )
        whole = Export(tables, form, Answer()).write(folders, moment)
    else:
        with files_in(output, [table.name for table in tables], form) as files:
            whole = Export(tables, form, files).write(folders, moment)
    if not whole:
        raise typer.Exit(UNREAD)


def _parted(words: list[str]) -> tuple[list[Table], list[str]]:
    """Return the tables that are named first, and the folders after them."""
    import os

    from nextstep.diagnostics.nearness import did_you_mean
    from nextstep.reports.export import TABLES

    known = [*TABLES, "all"]
    count = next((at for at, word in enumerate(words) if word not in known), len(words))
    names, folders = words[:count], words[count:]
    if not names or (folders and not os.path.isdir(folders[0]) and "/" not in folders[0]):
        word = folders[0] if folders else ""
        said = f"there is no table `{word}`" if word else "no table is named"
        hint = did_you_mean(word, known) if word else None
        raise NextstepError(said, hint or f"the tables are {', '.join(TABLES)}, or all")
    if "all" in names:
        names = list(TABLES)
    return [TABLES[name] for name in dict.fromkeys(names)], folders


def _print_schema(tables: list[Table]) -> None:
    from nextstep.cli.output import emit
    from nextstep.render.export_schema import export_schema

    emit(export_schema(tables))
