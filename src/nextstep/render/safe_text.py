r"""Text from files made fit to be shown: what cannot be seen is spelled out.

Everything that comes out of a ledger passes here before it reaches a terminal, a page or a mail.
What is kept is what a reader sees: letters of every script, marks, symbols, spaces. Everything
that acts on a terminal, turns the reading direction or hides becomes a visible ``\u{...}``.
"""

from __future__ import annotations

# Invisible although Unicode does not file them under controls: fillers, joiners, vowel signs
# without a shape. The variation selectors among them are kept where they have something to vary.
_INVISIBLE = frozenset(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0]
)
_JOINER = "\u200d"
_EMOJI_LOOK = "\ufe0f"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ARROWS_IN_EMOJI = "\u2194\u2195"


def safe_text(text: str) -> str:
    r"""Return text as one line in which nothing is hidden and nothing acts on a terminal.

    Line breaks and tabs become a space. Control, format, surrogate, private, unassigned and
    line-separating characters, and other invisible ones, become ``\u{...}`` with the number in
    hexadecimal; so does the sign that begins a command to a build service. Kept are a joiner
    between two emoji, and a variation selector after a character that it can vary.
    """
    if "::" in text or "##[" in text:
        text = _without_commands(text)
    if text.isascii():
        if text.isprintable():
            return text
    elif text.isprintable() and not any(map(_may_hide, text)):
        return text
    flat = " ".join(text.replace("\r\n", "\n").replace("\t", " ").strip("\n").split("\n"))
    return "".join(
        char if _is_seen(flat, at) else escape_char(char) for at, char in enumerate(flat)
    )


def escape_char(char: str) -> str:
    r"""Return a character as ``\u{...}``."""
    return f"\\u{{{ord(char):x}}}"


def is_hidden(char: str) -> bool:
    """Return whether a character acts or hides, wherever it stands.

    Joiners count as hidden here; variation selectors do not.
    """
    return category(char) in _HIDDEN or ord(char) in _INVISIBLE


def _without_commands(text: str) -> str:
    """Return the text without what GitHub's and Azure's runners obey: ``::word`` and ``##[``.

    They look for it in everything that a job prints, wherever a line is broken.
    """
    text = text.replace("##[", f"#{escape_char('#')}[")
    parts = text.split("::")
    for at in range(1, len(parts)):
        begins_word = not parts[at - 1] or parts[at - 1][-1].isspace()
        if begins_word and parts[at][:1].isalpha():
            parts[at] = f"{escape_char(':')}:{parts[at]}"
        else:
            parts[at] = f"::{parts[at]}"
    return "".join(parts)


def category(char: str) -> str:
    """Return the general category of a character; its tables are loaded for the first odd one."""
    from unicodedata import category as category_of

    return category_of(char)


def _may_hide(char: str) -> bool:
    return char >= "\u0300" and (ord(char) in _INVISIBLE or _is_selector(char))


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_seen(text: str, at: int) -> bool:
    """Return whether the character at a place is seen, or is part of one that is."""
    char = text[at]
    if char < "\x7f":
        return char >= " "
    if _is_selector(char):
        return at > 0 and _can_vary(text[at - 1], char)
    if char == _JOINER:
        return _joins_emoji(text, at)
    return not is_hidden(char)


def _can_vary(before: str, selector: str) -> bool:
    """Return whether a selector has a character to vary: a letter or symbol, not a selector."""
    if selector >= "\U000e0100":
        return category(before) == "Lo" and before >= "\u2e80"
    return not _is_selector(before) and category(before)[0] in "LNPS"


def _joins_emoji(text: str, at: int) -> bool:
    before = at - 1
    if before > 0 and text[before] == _EMOJI_LOOK:
        before -= 1
    after = at + 1
    return before >= 0 and after < len(text) and _is_emoji(text[before]) and _is_emoji(text[after])


def _is_emoji(char: str) -> bool:
    """Return whether a character is a pictograph or a skin tone: near enough for a joiner."""
    is_tone = "\U0001f3fb" <= char <= "\U0001f3ff"
    return is_tone or char in _ARROWS_IN_EMOJI or (char >= "\u2100" and category(char) == "So")
