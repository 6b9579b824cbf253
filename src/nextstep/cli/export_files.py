"""Where the tables of an export go: one to standard output, or each to a file of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from nextstep.diagnostics.errors import NextstepError


class Sink(Protocol):
    """What takes the text of tables, piece by piece."""

    def write(self, table: str, text: str) -> None:
        """Take some lines of a table."""


class Answer:
    """Standard output, for one table alone."""

    def write(self, table: str, text: str) -> None:  # noqa: ARG002 - one of two sinks
        """Print some lines."""
        from nextstep.cli.output import emit_bytes

        emit_bytes(text.encode())


class Folder:
    """Files in a folder, which are there when all is written: half an export is none."""

    def __init__(self, files: dict[str, BinaryIO]) -> None:
        """Take the files that are open, by table."""
        self._files = files

    def write(self, table: str, text: str) -> None:
        """Append some lines to the file of a table."""
        self._files[table].write(text.encode())


@contextmanager
def files_in(folder: str, tables: Sequence[str], ending: str) -> Iterator[Folder]:
    """Give a file for each table; at the end they replace those of before.

    Raises NextstepError where the folder cannot be made or written.
    """
    names = {table: os.path.join(folder, f"{table}.{ending}") for table in tables}
    unfinished = {table: f"{name}.{os.getpid()}.new" for table, name in names.items()}
    files: dict[str, BinaryIO] = {}
    try:
        os.makedirs(folder, exist_ok=True)
        for table, name in unfinished.items():
            files[table] = open(name, "xb")  # noqa: SIM115 - closed below, all of them
        yield Folder(files)
        for table, file in files.items():
            file.close()
            os.replace(unfinished[table], names[table])
    except OSError as error:
        message = f"`{folder}` cannot be written: {error.strerror}"
        raise NextstepError(message, "name another folder with --output") from None
    finally:
        for table, file in files.items():
            file.close()
            if os.path.lexists(unfinished[table]):
                os.unlink(unfinished[table])
