"""The front door: finds the command that was named, runs it, and turns every end into an exit code.

Only the module of the named command is imported; all of them only for `--help` and a wrong name.
"""

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, redirect_stdout
from importlib import import_module
from io import StringIO
from typing import Annotated, Any

import typer

from nextstep import __version__
from nextstep.cli import invocation
from nextstep.cli.output import complain, emit, finish, note
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import BUG, CANNOT, INTERRUPTED

COMMANDS = {
    "due": "nextstep.cli.commands.due",
    "add": "nextstep.cli.commands.add",
    "agree": "nextstep.cli.commands.agree",
    "done": "nextstep.cli.commands.done",
    "move": "nextstep.cli.commands.move",
    "drop": "nextstep.cli.commands.drop",
    "note": "nextstep.cli.commands.note",
    "block": "nextstep.cli.commands.block",
    "unblock": "nextstep.cli.commands.unblock",
    "reopen": "nextstep.cli.commands.reopen",
    "edit": "nextstep.cli.commands.edit",
    "undo": "nextstep.cli.commands.undo",
    "offer": "nextstep.cli.commands.offer",
    "accept": "nextstep.cli.commands.accept",
    "return": "nextstep.cli.commands.return_",
    "checklist": "nextstep.cli.commands.checklist",
    "tick": "nextstep.cli.commands.tick",
    "show": "nextstep.cli.commands.show",
    "list": "nextstep.cli.commands.list",
    "trail": "nextstep.cli.commands.trail",
    "slips": "nextstep.cli.commands.slips",
    "who": "nextstep.cli.commands.who",
    "calendar": "nextstep.cli.commands.calendar",
    "start": "nextstep.cli.commands.start",
    "approve": "nextstep.cli.commands.approve",
    "skip": "nextstep.cli.commands.skip",
    "assign": "nextstep.cli.commands.assign",
    "change": "nextstep.cli.commands.change",
    "confirm": "nextstep.cli.commands.confirm",
    "trained": "nextstep.cli.commands.trained",
    "new": "nextstep.cli.commands.new",
    "check": "nextstep.cli.commands.check",
    "review": "nextstep.cli.commands.review",
    "ask": "nextstep.cli.commands.ask",
    "digest": "nextstep.cli.commands.digest",
    "audit": "nextstep.cli.commands.audit",
    "explain": "nextstep.cli.commands.explain",
    "init": "nextstep.cli.commands.init",
    "fmt": "nextstep.cli.commands.fmt",
    "schema": "nextstep.cli.commands.schema",
    "export": "nextstep.cli.commands.export",
    "doctor": "nextstep.cli.commands.doctor",
}
"""Every command and the module whose function `command` it is, in the order of the help page."""

_GLOBAL_OPTIONS_WITH_VALUE = {"-C", "--directory", "--color", "--show-completion"}

_UsageError: Any = typer.BadParameter.__mro__[1]
"""Words of a command line that mean nothing; typer exports only this child of it."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. The boundary for every error."""
    named = named_command(arguments)
    if named is None and not _asks_for_help(arguments):
        arguments, named = [*arguments, "due"], "due"
    try:
        app = application([named]) if named in COMMANDS else _contents()
        code = _started(app, arguments)
    except NextstepError as error:
        complain(error.message, _from_here(error))
        _give_back(error, arguments)
        return error.exit_code
    except SystemExit as end:
        return finish(end.code if isinstance(end.code, int) else 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except _UsageError as error:
        _say_how(error, named or "", arguments)
        return CANNOT
    except Exception as error:  # noqa: BLE001 - the one place that meets a bug
        _report_bug(error)
        return BUG
    return finish(code)


def _from_here(error: NextstepError) -> str:
    """Return the hint of an error, its commands with the folder that -C named."""
    from nextstep.repo.place import NoLedger

    folder = invocation.current().directory
    if folder is None or isinstance(error, NoLedger):
        return error.hint
    from nextstep.render.commands import aside

    names = "|".join(COMMANDS)
    command = re.compile(rf"(?<![\w-])nextstep (?=(?:{names})(?![\w-]))")
    return command.sub(lambda found: aside(found[0], folder), error.hint)


def _give_back(error: NextstepError, arguments: Sequence[str]) -> None:
    """Print the command again where it holds sentences and there was no ledger to take them."""
    from nextstep.repo.place import NoLedger

    if isinstance(error, NoLedger) and any(" " in word for word in arguments):
        from nextstep.render.commands import quoted
        from nextstep.render.safe_text import safe_text

        typed = " ".join(map(quoted, ["nextstep", *arguments]))
        note(f"Nothing was written. To go on with what you typed:\n  {safe_text(typed)}")


def _started(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run the command that is named; a page of help is printed as every answer is."""
    page = StringIO()
    with redirect_stdout(page) if _asks_for_help(arguments) else nullcontext():
        code = app(args=list(arguments), prog_name="nextstep", standalone_mode=False)
    if page.getvalue():
        emit(page.getvalue())
    return code if isinstance(code, int) else 0


def application(names: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """Return the typer application with these commands registered."""
    app = _front()
    for name in names:
        app.command(name)(import_module(COMMANDS[name]).command)
    return app


def _contents() -> typer.Typer:
    """Return the application as the help page and a misspelt name need it: names and first lines.

    The options of every command would cost as much again to look at.
    """
    from nextstep.cli.contents import Contents

    app = _front(Contents)
    for name, module in COMMANDS.items():

        def listed() -> None:
            """Stand in the list of commands."""

        listed.__doc__ = import_module(module).command.__doc__
        app.command(name)(listed)
    return app


def _front(group: Any = None) -> typer.Typer:
    app = typer.Typer(
        name="nextstep",
        cls=group,
        help="Keep agreements: who does what next, for whom, by when, and what came of it.",
        epilog="Without a command, nextstep is `nextstep due`.",
        add_completion=False,
        no_args_is_help=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_globals)
    return app


def named_command(arguments: Sequence[str]) -> str | None:
    """Return the first word that is neither a global option nor its value."""
    words = iter(arguments)
    for word in words:
        if word in _GLOBAL_OPTIONS_WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def _asks_for_help(arguments: Sequence[str]) -> bool:
    asked = {"-h", "--help", "--version", "--show-completion"}
    return any(word.partition("=")[0] in asked for word in arguments)


def _print_version(wanted: bool) -> None:
    if wanted:
        emit(f"nextstep {__version__}\n")
        raise typer.Exit


def _print_completion(shell: str | None) -> None:
    if shell is None:
        return
    from nextstep.cli.complete.scripts import SCRIPTS

    if shell not in SCRIPTS:
        message = f"--show-completion takes bash, zsh or fish, not `{shell}`"
        raise NextstepError(message)
    emit(SCRIPTS[shell])
    raise typer.Exit


def _globals(
    directory: Annotated[
        str | None,
        typer.Option("-C", "--directory", metavar="DIR", help="Read the ledger in this folder."),
    ] = None,
    color: Annotated[
        str, typer.Option(metavar="WHEN", help="Use colour: auto, always or never.")
    ] = "auto",
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
    show_completion: Annotated[  # noqa: ARG001 - handled by its callback
        str | None,
        typer.Option(
            metavar="SHELL",
            help="Print what makes the tab key complete, for: bash, zsh or fish.",
            callback=_print_completion,
            is_eager=True,
        ),
    ] = None,
) -> None:
    if color not in {"auto", "always", "never"}:
        message = f"--color takes auto, always or never, not `{color}`"
        raise NextstepError(message)
    invocation.begin(directory=directory, color=color)


def _say_how(error: Any, command: str, arguments: Sequence[str]) -> None:
    """Say what is wrong with the command line, and where its words are explained."""
    message: str = error.format_message().rstrip(".")
    path = "nextstep"
    if command in COMMANDS:
        from nextstep.cli.misplaced import in_its_place

        path = f"nextstep {command}"
        option = getattr(error, "option_name", None) or ""
        instead = in_its_place(option, command, arguments)
        if instead:
            complain(
                f"{option} is no option of `{path}`", f"write it before the command: {instead}"
            )
            return
    format_ = _format_meant(error)
    if format_:
        complain(f"no such option: {error.option_name}", f"write --format {format_}")
        return
    complain(message[:1].lower() + message[1:], f"`{path} --help` says what can be typed")


def _format_meant(error: Any) -> str:
    """Return the format that somebody asked for as if it were an option, such as --html."""
    name = str(getattr(error, "option_name", "")).lstrip("-")
    options = error.ctx.command.params if name and error.ctx is not None else ()
    offered = (one.help or "" for one in options if "--format" in one.opts)
    return next((name for words in offered if name in re.findall(r"\w+", words)), "")


def _report_bug(error: Exception) -> None:
    import platform
    import traceback

    if os.environ.get("NEXTSTEP_DEBUG"):
        traceback.print_exception(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    complain(
        f"this is a bug in nextstep {__version__}: {type(error).__name__}: {error}",
        f"please report it with the command you typed, Python {platform.python_version()}, and "
        f"{os.path.basename(place.filename)}:{place.lineno}; NEXTSTEP_DEBUG=1 prints all of it",
    )
