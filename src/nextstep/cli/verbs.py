"""The options that all recording verbs share, declared once and given to each of them."""

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from nextstep.cli.options import Today

By = Annotated[
    str | None,
    typer.Option("--by", metavar="PERSON", help="Who acted, when you write it down for them."),
]
Message = Annotated[
    str | None,
    typer.Option("-m", "--message", metavar="TEXT", help="The first line of the commit."),
]
NoCommit = Annotated[
    bool, typer.Option("--no-commit", help="Save the file, and leave the commit to you.")
]
WithEdits = Annotated[
    bool,
    typer.Option("--with-edits", help="Take along what was changed by hand in the same file."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print what would change, and change nothing.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was recorded as JSON.")]

_SHARED: dict[str, tuple[Any, object]] = {
    "by": (By, None),
    "message": (Message, None),
    "no_commit": (NoCommit, False),
    "with_edits": (WithEdits, False),
    "dry_run": (DryRun, False),
    "json": (AsJson, False),
    "today": (Today, None),
}


def verb(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the shared options; it gets them in one parameter, ``manner``."""

    @functools.wraps(command)
    def with_manner(**given: Any) -> None:
        from nextstep.cli.recording import Manner
        from nextstep.repo.interrupts import Interrupted, interruptible

        _refuse_what_is_no_text(given)
        manner = Manner(**{name: given.pop(name) for name in _SHARED})
        try:
            with interruptible():
                command(**given, manner=manner)
        except Interrupted as end:
            raise SystemExit(end.exit_code) from None

    own = inspect.signature(command)
    # They are text where the module says so, which only its own names can resolve.
    kinds = inspect.get_annotations(command, eval_str=True, locals={"Manner": object})
    parameters = [
        one.replace(annotation=kinds[name])
        for name, one in own.parameters.items()
        if name != "manner"
    ]
    for name, (kind, default) in _SHARED.items():
        parameters.append(
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind
            )
        )
    with_manner.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    with_manner.__annotations__ = {one.name: one.annotation for one in parameters}
    return with_manner


def _refuse_what_is_no_text(given: dict[str, Any]) -> None:
    """Raise NextstepError for words that a ledger cannot hold: bytes that are not UTF-8."""
    from nextstep.diagnostics.errors import NextstepError

    for value in given.values():
        for word in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(word, str) and not _is_text(word):
                raise NextstepError(
                    f"`{word}` is not text in UTF-8; nothing was changed", "type it again"
                )


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True
