"""An option of the whole program that was written after the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nextstep.render.commands import quoted

_WITH_VALUE: Mapping[str, str] = {
    "-C": "DIR",
    "--directory": "DIR",
    "--color": "WHEN",
    "--show-completion": "SHELL",
}
_ALONE = ("--version",)


def in_its_place(option: str, command: str, arguments: Sequence[str]) -> str:
    """Return the command line with the option before the command; nothing for any other option.

    ``arguments`` are all that was typed after the name of the program. Where the value is missing,
    a word in capitals stands for it.
    """
    if option not in _WITH_VALUE and option not in _ALONE:
        return ""
    words = list(arguments)
    after = words.index(command)
    at = next((at for at in range(after, len(words)) if _is(option, words[at])), None)
    if at is None:
        return ""
    moved = [words.pop(at)]
    if moved[0] in _WITH_VALUE:
        moved.append(words.pop(at) if at < len(words) else _WITH_VALUE[option])
    words[after:after] = moved
    return " ".join(map(quoted, ["nextstep", *words]))


def _is(option: str, word: str) -> bool:
    glued = option if option == "-C" else f"{option}="
    return word == option or word.startswith(glued)
