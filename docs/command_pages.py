"""The pages about commands: what each one is for, its arguments and its options."""

from __future__ import annotations

from typing import Any

import typer

from markdown_text import code, fenced, page, table
from nextstep.cli.app import COMMANDS, application


def pages() -> dict[str, str]:
    """Return the pages by file name: one for each command, and the index."""
    whole: Any = typer.main.get_command(application())
    written = {f"{name}.md": _command_page(name, whole.commands[name]) for name in COMMANDS}
    rows = ((f"[`nextstep {name}`]({name}.md)", summary(whole.commands[name])) for name in COMMANDS)
    index = page(
        "Commands",
        f"{whole.help}",
        f"{whole.epilog}",
        table(("command", "what it does"), rows),
        "These stand before the name of a command:",
        _options(whole),
        "Every command also knows `--help`. What the exit codes mean: [exit codes](../exit-codes.md).",
    )
    return written | {"index.md": index}


def _command_page(name: str, command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    words = " ".join([f"nextstep {name}", "[OPTIONS]", *(shape(one) for one in arguments)])
    given = table(
        ("argument", "what it is"), ((code(shape(one)), one.help or "") for one in arguments)
    )
    about, examples = _help(command.help)
    return page(
        f"nextstep {name}",
        fenced(words),
        about,
        given if arguments else "",
        _options(command),
        examples,
    )


def _help(text: str) -> tuple[str, str]:
    """Return the words of a help text, and its examples as a block."""
    words, _, examples = text.partition("\b\nEXAMPLES\n")
    lines = [line.removeprefix("  ") for line in examples.rstrip().splitlines()]
    return words.strip(), f"For example:\n\n{fenced(chr(10).join(lines))}" if lines else ""


def _options(command: Any) -> str:
    shown = [one for one in command.params if one.param_type_name == "option" and not one.hidden]
    rows = ((", ".join(map(code, spelling(one))), one.help or "") for one in shown)
    return table(("option", "what it does"), rows) if shown else ""


def spelling(option: Any) -> list[str]:
    """Return the ways to write an option, each with its value."""
    value = "" if option.is_flag else f" {option.metavar or option.name.upper()}"
    return [f"{word}{value}" for word in [*option.opts, *option.secondary_opts]]


def shape(argument: Any) -> str:
    """Return an argument as it stands in a synopsis."""
    word = argument.metavar or argument.name.upper()
    if word.startswith("["):
        return str(word)
    many = "..." if argument.nargs != 1 and not word.endswith("...") else ""
    return f"{word}{many}" if argument.required else f"[{word}]{many}"


def summary(command: Any) -> str:
    """Return what a command does, in a sentence."""
    return " ".join(str(command.help).partition("\n\n")[0].split())
