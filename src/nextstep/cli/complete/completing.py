"""What the tab key offers: reads a command line that is being typed, and never says what is wrong.

A shell waits for the answer at each press of the key. So nothing here parses options with the
library that commands use, or loads a ledger: the words stand in a generated module, and of the
files only a few lines are looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from nextstep.cli.complete.words import COMMANDS, RULES

if TYPE_CHECKING:
    from nextstep.cli.complete.words import Option

Offer: TypeAlias = tuple[str, str]
"""A word that can stand on the command line, and what it means."""

FILES, FOLDERS = ":files", ":folders"
"""Said instead of words where the shell itself knows best."""

_DIRECTORY = frozenset({"-C", "--directory"})
_ONLY_ARGUMENTS = "--"


class Typed(NamedTuple):
    """A command line that is being typed.

    ``kind`` is what the word at the cursor is (see `completion_words`), ``begin`` what of it is
    there already, ``glued`` what stands before it in the same word: ``--format=``. ``words`` are the
    arguments before it, ``directory`` is that of ``-C``.
    """

    command: str
    kind: str
    begin: str
    glued: str
    words: tuple[str, ...]
    directory: str | None


def completions(shell: str, words: Sequence[str]) -> str:
    """Return what a shell asks for, a line for each offer: a word, and behind a tab its meaning.

    ``words`` begin with the program and end with the word at the cursor; for bash they are one
    text, the line up to the cursor.
    """
    if shell == "bash":
        from nextstep.cli.complete.bash_line import split_line

        words = split_line(words[0])
    typed = _typed(_own(words))
    if typed.kind in {"file", "folder"}:
        return f"{FILES if typed.kind == 'file' else FOLDERS}\n"
    may_begin_with_dash = typed.kind == "option"
    glued = "" if shell == "bash" else typed.glued
    lines: Iterable[str] = (
        f"{glued}{word}\t{about}"
        for word, about in _offers(typed)
        if word.startswith(typed.begin)
        and is_inert(word)
        and (may_begin_with_dash or not word.startswith("-"))
    )
    if shell == "bash":
        lines = (line.partition("\t")[0] for line in lines)
    return "".join(f"{line}\n" for line in lines)


def is_inert(word: str) -> bool:
    """Whether a shell takes a word as it stands, in each of its ways to quote."""
    return bool(word) and all(sign.isalnum() or sign in "-_./@+%," for sign in word)


def _own(words: Sequence[str]) -> Sequence[str]:
    """Return the words after the program's name, also for `git nextstep`."""
    if os.path.basename(words[0]) == "git":
        words = words[words.index("nextstep") :]
    return words[1:]


def _typed(words: Sequence[str]) -> Typed:
    *before, begin = words
    command, kind, directory = "", None, None
    arguments: list[str] = []
    waiting: str | None = None
    literal = False
    for word in before:
        if waiting is not None:
            directory = word if waiting in _DIRECTORY else directory
            waiting = None
        elif word == _ONLY_ARGUMENTS:
            literal = True
        elif word.startswith("-") and len(word) > 1 and not literal:
            name, equals, value = word.partition("=")
            if name in _DIRECTORY and equals:
                directory = value
            elif not equals and _takes(command, name) is not None:
                waiting = name
        elif not command:
            command = word
        else:
            arguments.append(word)
    glued = ""
    if waiting is not None:
        kind = _takes(command, waiting)
    elif begin.startswith("-") and not literal:
        name, equals, value = begin.partition("=")
        kind = _takes(command, name) or "" if equals else "option"
        glued, begin = (f"{name}=", value) if equals else ("", begin)
    else:
        kind = _argument(command, len(arguments)) if command else "command"
    return Typed(command, kind or "", begin, glued, tuple(arguments), directory)


def _options(command: str) -> Sequence[Option]:
    return COMMANDS[command][2] if command in COMMANDS else ()


def _takes(command: str, name: str) -> str | None:
    """Return the kind of what an option takes, None for a flag and for one that is not known."""
    return next((kind for words, kind, _ in _options(command) if name in words), None)


def _argument(command: str, place: int) -> str:
    """Return the kind of the argument at a place; the last one may go on."""
    kinds = COMMANDS[command][1] if command in COMMANDS else ()
    if place < len(kinds):
        return kinds[place].rstrip("*")
    return kinds[-1].rstrip("*") if kinds and kinds[-1].endswith("*") else ""


def _offers(typed: Typed) -> Iterable[Offer]:
    if typed.kind == "command":
        return ((name, said[0]) for name, said in COMMANDS.items() if name)
    if typed.kind == "option":
        return _option_words(typed)
    if typed.kind.startswith("="):
        return ((word, "") for word in typed.kind[1:].split("|"))
    if typed.kind == "rule":
        codes = ((code, name) for code, name in RULES.items())
        return [*codes, *((name, code) for code, name in RULES.items())] if typed.begin else codes
    if not typed.kind:
        return ()
    from nextstep.cli.complete.ledger import offers

    return offers(typed.kind, typed.begin, typed.words, typed.directory)


def _option_words(typed: Typed) -> Iterator[Offer]:
    """Yield the options of a command; short ones only where a short one is typed."""
    for words, _, about in _options(typed.command):
        for word in words:
            if word.startswith("--") or typed.begin in {word, "-"}:
                yield word, about
