"""A command line of bash while it is being typed, cut into words as bash would cut it.

bash itself hands over words that are cut at `=` and `:`, too.
"""

from __future__ import annotations

_BLANKS = frozenset(" \t\n")
_QUOTES = frozenset("'\"")


def split_line(line: str) -> list[str]:
    """Return the words of a line up to the cursor, without their quotes; the last may be empty.

    Nothing is expanded. A quote that is still open lasts to the end.
    """
    words: list[str] = []
    word: list[str] | None = None
    quote = ""
    signs = iter(line)
    for sign in signs:
        if quote:
            if sign == quote:
                quote = ""
            elif sign == "\\" and quote == '"':
                word = [*(word or []), next(signs, "")]
            else:
                word = [*(word or []), sign]
        elif sign in _QUOTES:
            quote, word = sign, word or []
        elif sign in _BLANKS:
            if word is not None:
                words.append("".join(word))
            word = None
        elif sign == "\\":
            word = [*(word or []), next(signs, "")]
        else:
            word = [*(word or []), sign]
    return [*words, "".join(word or [])]
