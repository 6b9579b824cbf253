"""The manual pages, from the program and from the pages about exit codes and the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from command_pages import shape, spelling, summary
from nextstep.cli.app import COMMANDS, application

REFERENCE = Path(__file__).resolve().parent / "reference"
_NOTICE = '.\\" Written by docs/generate.py from the program. Change the program, not this page.'
_SEE = "nextstep explain CODE tells about a finding. Everything else: nextstep COMMAND \\-\\-help."


def pages() -> dict[str, str]:
    """Return the manual pages by file name: the whole, and one for each command."""
    whole: Any = typer.main.get_command(application())
    written = {f"nextstep-{name}.1": _command(name, whole.commands[name]) for name in COMMANDS}
    return written | {"nextstep.1": _whole(whole), "git-nextstep.1": ".so man1/nextstep.1\n"}


def _whole(whole: Any) -> str:
    lines = [
        *_head("nextstep", _first_sentence(whole.help)),
        ".SH SYNOPSIS",
        ".B nextstep",
        "[OPTIONS] COMMAND [ARGS]...",
        ".br",
        ".B git nextstep",
        "[OPTIONS] COMMAND [ARGS]...",
        ".SH DESCRIPTION",
        *_paragraphs(f"{whole.help}\n\n{whole.epilog}"),
        ".SH OPTIONS",
        *_options(whole),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        lines += _tagged(f"\\fB{_roff(name)}\\fR", summary(whole.commands[name]))
    lines += [".SH EXIT STATUS", *_table("exit-codes.md"), ".SH ENVIRONMENT"]
    lines += [*_table("environment.md"), ".SH SEE ALSO"]
    pages_ = ", ".join(f"\\fBnextstep\\-{_roff(name)}\\fR(1)" for name in COMMANDS)
    return "\n".join([*lines, f"{pages_}, \\fBgit\\fR(1)", ".PP", _SEE]) + "\n"


def _command(name: str, command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    words, _, examples = command.help.partition("\b\nEXAMPLES\n")
    shapes = "".join(f" {_roff(shape(one))}" for one in arguments)
    lines = [
        *_head(f"nextstep-{name}", summary(command)),
        ".SH SYNOPSIS",
        f".B nextstep {_roff(name)}",
        f"[OPTIONS]{shapes}",
        ".SH DESCRIPTION",
        *_paragraphs(words),
    ]
    if arguments:
        lines.append(".SH ARGUMENTS")
        for one in arguments:
            lines += _tagged(f"\\fI{_roff(shape(one))}\\fR", one.help or "")
    lines += [".SH OPTIONS", *_options(command)]
    if examples.strip():
        told = [_line(line.removeprefix("  ")) for line in examples.rstrip().splitlines()]
        lines += [".SH EXAMPLES", ".nf", *told, ".fi"]
    return "\n".join([*lines, ".SH SEE ALSO", "\\fBnextstep\\fR(1)"]) + "\n"


def _head(name: str, about: str) -> list[str]:
    """Return the beginning of a page. It has no date: the same program writes the same page."""
    title = f'.TH "{_roff(name.upper())}" 1 "" "nextstep" "nextstep manual"'
    return [
        _NOTICE,
        title,
        ".ad l",
        ".nh",
        ".SH NAME",
        f"{_roff(name)} \\- {_roff(about.rstrip('.'))}",
    ]


def _first_sentence(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def _paragraphs(text: str) -> Iterator[str]:
    parts = filter(None, re.split(r"\n\s*\n", text.replace("\b", "").strip()))
    for number, part in enumerate(parts):
        yield from [".PP"] * bool(number)
        yield _line(" ".join(part.split()))


def _options(command: Any) -> Iterator[str]:
    for one in command.params:
        if one.param_type_name == "option" and not one.hidden:
            yield from _tagged(f"\\fB{_roff(', '.join(spelling(one)))}\\fR", one.help or "")


def _tagged(tag: str, text: str) -> list[str]:
    return [".TP", tag, _line(" ".join(text.split()))]


def _table(name: str) -> Iterator[str]:
    """Yield the rows of the first table of a page; its words for the web lose their marks."""
    for line in (REFERENCE / name).read_text("utf-8").splitlines():
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        if len(cells) == 2 and not set(line) <= set("|- ") and cells[0].strip() not in _HEADS:
            first, second = (_plain(cell) for cell in cells)
            yield from _tagged(f"\\fB{_roff(first)}\\fR", second)


_HEADS = frozenset({"code", "variable"})


def _plain(cell: str) -> str:
    words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell.strip())
    return words.replace("`", "").replace("\\|", "|")


def _line(text: str) -> str:
    """Return text as a line that is no request."""
    said = _roff(text)
    return f"\\&{said}" if said.startswith((".", "'")) else said


def _roff(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")
