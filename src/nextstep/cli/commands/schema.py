"""`nextstep schema`: what an editor has to know of the files."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.diagnostics.errors import NextstepError


def command(
    word: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="commitment, run, process or settings; with --write, the folder to write to.",
        ),
    ] = None,
    write: Annotated[
        bool,
        typer.Option(
            "--write", help="Write all of them into .nextstep/schemas of the ledger, or into DIR."
        ),
    ] = False,
) -> None:
    """Print the JSON Schema of a kind of file, for an editor.

    With it an editor that has the YAML language server completes fields, shows what each is for,
    and underlines what is wrong, while you write. `check` knows more: names, days, dates that
    collide. Without KIND, the kinds are listed, and how to tell an editor.

    \b
    EXAMPLES
      nextstep schema                        the kinds, and how an editor reads
      nextstep schema process                the schema of a process file
      nextstep schema --write                all, into .nextstep/schemas
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import screen
    from nextstep.cli.output import emit
    from nextstep.render.page_text import page_text
    from nextstep.render.schema_words import schemas_page

    if write:
        _write(word)
    elif word is None:
        emit(page_text(schemas_page(), screen()))
    else:
        emit(_text(word))


def _text(kind: str) -> str:
    from nextstep.diagnostics.nearness import nearest
    from nextstep.files.json_schema import KINDS_OF_FILE, schema_text

    if kind in KINDS_OF_FILE:
        return schema_text(kind)
    near = nearest(kind, KINDS_OF_FILE)
    listed = f"the kinds are {', '.join(KINDS_OF_FILE)}"
    hint = f"did you mean {near}?" if near else listed
    raise NextstepError(f"`{kind[:80]}` is no kind of file", hint)


def _write(directory: str | None) -> None:
    """Write the schemas into a folder, or into that of the ledger, and say so."""
    import os

    from nextstep.cli import invocation
    from nextstep.cli.listings import screen
    from nextstep.cli.output import emit
    from nextstep.cli.session import find_place, working_folder
    from nextstep.files.editor_schemas import write_schemas
    from nextstep.render.page_text import page_text
    from nextstep.render.schema_words import written_page

    if directory is not None:
        root = os.path.join(working_folder(), invocation.current().directory or "", directory)
        root = os.path.realpath(root)
        try:
            os.makedirs(root, exist_ok=True)
        except OSError as error:
            message = f"the folder {directory} cannot be made: {error.strerror}"
            raise NextstepError(message, "name a folder that you may write to") from None
        page = written_page(write_schemas(root, ""), root, committed=False)
    else:
        place = find_place()
        if place.bare:
            message = "a bare repository has no files to write to"
            raise NextstepError(message, "name a folder: nextstep schema --write DIR")
        done = write_schemas(place.root)
        page = written_page(done, place.root, committed=place.toplevel is not None)
    emit(page_text(page, screen()))
