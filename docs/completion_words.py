"""The words that the tab key offers: commands, options and what each takes, from the program itself.

They are kept in a module of their own, so that completion need not load what parses a command line.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typer

import nextstep.cli
from nextstep.cli.app import COMMANDS, application
from nextstep.cli.editing import ANSWERS
from nextstep.render.calendar_ical import KINDS
from nextstep.reports.export import TABLES
from nextstep.reports.list import STATES
from nextstep.rules.catalogue import ALL_RULES

PLACE = Path(nextstep.cli.__file__).with_name("complete") / "words.py"
_HEAD = '''"""What the tab key offers on a command line. Written by docs/generate.py from the program itself.

A command has a summary, the kinds of its arguments, and its options: their words, the kind of what
they take (None for a flag) and a summary. A kind is the name of what a ledger holds, or words to
choose from after `=`, with `|` between them.
"""

from __future__ import annotations

from typing import TypeAlias

Option: TypeAlias = "tuple[tuple[str, ...], str | None, str]"
Command: TypeAlias = "tuple[str, tuple[str, ...], tuple[Option, ...]]"
'''
_HELP = (("--help", "-h"), None, "Say what can be typed")
_BY_METAVAR = {
    "ID": "record",
    "NAME": "party",
    "STEP": "step",
    "CODE|NAME": "rule",
    "PERSON": "person",
    "ROLE": "role",
    "PLAN": "plan",
    "DIR": "folder",
    "FILE": "file",
    "PATHS": "file",
}
_BY_OPTION = {"--process": "process", "--state": f"={'|'.join(STATES)}", "--for": "", "--step": ""}
_BY_OPTION |= {"--if-wrong": f"={'|'.join(ANSWERS)}", "--as": f"={'|'.join(KINDS)}"}
_BY_ARGUMENT = {("new", "kind"): "=process", ("new", "name"): "", ("note", "words"): "record"}
_BY_ARGUMENT |= {("export", "words"): f"={'|'.join([*TABLES, 'all'])}"}
_CHOICE = re.compile(r"(?:^|: |is )((?:[a-z]+, )*[a-z]+(?:,? or |, )[a-z]+)(?=[.;( ]|$)")
_LONGEST_SUMMARY = 75
_WORDS = {"SHELL", "FORMAT", "KIND", "WHEN", "LEVEL", "SEVERITY"}


def text() -> str:
    """Return the module."""
    whole: Any = typer.main.get_command(application())
    commands = {"": whole, **{name: whole.commands[name] for name in COMMANDS}}
    lines = [_HEAD, "# fmt: off", "COMMANDS: dict[str, Command] = {"]
    for name, command in commands.items():
        options = (one for one in command.params if one.param_type_name == "option")
        told = [*(_option(one) for one in options if not one.hidden), _HELP]
        lines += [f"    {_said(name)}: (", f"        {_said(_summary(command.help))},"]
        lines += [f"        {_said(_arguments(name, command))},", "        ("]
        lines += [*(f"            {_said(one)}," for one in told), "        ),", "    ),"]
    lines += ["}", "RULES: dict[str, str] = {"]
    lines += (f"    {_said(rule.code)}: {_said(rule.name)}," for rule in ALL_RULES)
    return "\n".join([*lines, "}", "# fmt: on", ""])


def _said(value: Any) -> str:
    """Return texts, tuples and None as Python, in double quotes."""
    if isinstance(value, tuple):
        inside = ", ".join(map(_said, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return "None" if value is None else json.dumps(value, ensure_ascii=False)


def _arguments(name: str, command: Any) -> tuple[str, ...]:
    """Return the kind of each argument; the last may end with `*` because it can be repeated."""
    kinds = []
    for one in command.params:
        if one.param_type_name != "argument":
            continue
        word = (one.metavar or one.name.upper()).strip("[].")
        kind = _BY_ARGUMENT.get((name, one.name))
        if kind is None:
            kind = _kind(word, one.help or "")
        kinds.append(f"{kind}*" if one.nargs != 1 else kind)
    return tuple(kinds)


def _option(option: Any) -> tuple[tuple[str, ...], str | None, str]:
    kind = None
    if not option.is_flag:
        kind = next((_BY_OPTION[word] for word in option.opts if word in _BY_OPTION), None)
        if kind is None:
            kind = _kind(option.metavar or "", option.help or "")
    return ((*option.opts, *option.secondary_opts), kind, _summary(option.help))


def _kind(metavar: str, about: str) -> str:
    """Return the kind of a value, by the word that stands for it and, for a few words, the help."""
    if metavar in _WORDS and (found := _CHOICE.search(about)):
        return f"={'|'.join(re.split(r',? or |, ', found[1]))}"
    kind = _BY_METAVAR.get(metavar, "")
    return "reader" if kind == "person" and "`me`" in about else kind


def _summary(about: str | None) -> str:
    """Return the first sentence of a help text; of a long one, what stands before its colon."""
    first = " ".join((about or "").partition("\n\n")[0].split())
    first = re.split(r"(?<=[a-z)`])\. ", first)[0]
    if len(first) > _LONGEST_SUMMARY:
        first = re.split(r"[;:] ", first)[0]
    return first.rstrip(".")
