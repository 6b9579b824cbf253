"""Commands that a reader can copy: options in the order given, words quoted where needed."""

from __future__ import annotations

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./@:+=")


def command(name: str, *options: tuple[str, str | bool | None]) -> str:
    """Return ``nextstep NAME`` with the options that have a value; True is a flag."""
    words = ["nextstep", name]
    for option, value in options:
        if value is True:
            words.append(option)
        elif isinstance(value, str):
            words += [option, quoted(value)]
    return " ".join(words)


def quoted(word: str) -> str:
    """Return a word as a POSIX shell takes it."""
    if word and _PLAIN.issuperset(word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def aside(text: str, folder: str | None) -> str:
    """Return a command that begins a text with the ``folder`` of its ledger, as -C named it."""
    if folder is None or not text.startswith("nextstep "):
        return text
    return f"nextstep -C {quoted(folder)}{text.removeprefix('nextstep')}"
