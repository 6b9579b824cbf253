"""Bytes to text: what is no UTF-8, and the characters that a file may not hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Span, rewritten
from nextstep.diagnostics.rule import Rule
from nextstep.files import syntax_text_rules as rules
from nextstep.files.syntax_places import START, position, span_between
from nextstep.model.source import Source

_BREAKS = "\x85\u2028\u2029"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
# A joiner is kept between two signs of a script or picture that needs it, a variation selector
# after a sign that it can vary: anywhere else they are there to hide something.
_LOOSE = (
    "(?<![\u0300-\u200a\u2030-\ufe0f\U00010000-\U0010ffff])[\u200c\u200d]"
    "|[\u200c\u200d](?![\u0300-\u200a\u2030-\ufefe\U00010000-\U0010ffff])"
    "|(?<![^\\s\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
FORBIDDEN = re.compile(f"[{_CONTROLS}{_BREAKS}{_DIRECTIONS}{_HIDDEN}]|{_LOOSE}")

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decoding_fault(source: Source) -> Diagnostic | None:
    """Return why the bytes of a file are no UTF-8 text, or None."""
    data = source.data
    if data.startswith(_UTF16_MARKS) or data[:4:2] == b"\0\0" or data[1:4:2] == b"\0\0":
        return rules.UTF16.found(
            source.path,
            START,
            "the file is written in UTF-16 or UTF-32, not in UTF-8",
            hint="save it again with the encoding UTF-8",
        )
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(source, error.start)
    return None


def _not_utf8(source: Source, offset: int) -> Diagnostic:
    byte = source.data[offset]
    before = source.data[:offset].decode().removeprefix("\ufeff")
    line, column = position(before, len(before))
    guess = bytes([byte]).decode("cp1252", errors="replace")
    hint = "save the file again with the encoding UTF-8"
    if byte >= 0xA0:  # noqa: PLR2004 - the letters of Latin-1 begin here
        hint += f"; if the character is meant to be `{guess}`, it is written in Latin-1 now"
    return rules.NOT_UTF8.found(
        source.path,
        Span(line, column, line, column + 1),
        f"byte {offset} of the file (0x{byte:02x}) is not UTF-8",
        hint=hint,
    )


def character_faults(source: Source, text: str) -> Iterator[Diagnostic]:
    """Yield a finding for each character of a text that may not be in a file."""
    for match in FORBIDDEN.finditer(text):
        char = match.group()
        rule, hint = _rule_of(char)
        span = span_between(text, match.start(), match.end())
        # What turns or hides a text is for a person to see; a mark that is left over is not.
        is_left_over = rule is rules.MISPLACED_BYTE_ORDER_MARK
        yield rule.found(
            source.path,
            span,
            f"{_described(char)} is in the text, where nobody sees it",
            hint=hint,
            mend=rewritten("remove it", span, "") if is_left_over else None,
        )


def decoded_fault(source: Source, value: str, span: Span) -> Diagnostic | None:
    """Return what a quoted value holds only by its escapes and may not hold, or None.

    A value may hold line feeds and tabs. ``span`` is the place of the value.
    """
    match = FORBIDDEN.search(value.replace("\r", "\0"))
    if match is None:
        return None
    char = value[match.start()]
    rule, _ = _rule_of(char)
    return rule.found(
        source.path,
        span,
        f"an escape in this text stands for {_described(char)}",
        hint="delete the escape: text is what can be seen, line breaks and tabs",
    )


def _rule_of(char: str) -> tuple[Rule, str]:
    if char == "\ufeff":
        return (
            rules.MISPLACED_BYTE_ORDER_MARK,
            "delete it: it may only stand at the very start of a file",
        )
    if char in _BREAKS:
        return rules.UNUSUAL_LINE_BREAK, "end the line with the Enter key instead"
    if unicodedata.bidirectional(char) in _TURNING or char in "\u061c\u200e\u200f":
        return (
            rules.DIRECTION_CHARACTER,
            "delete it: letters of every script show their direction by themselves",
        )
    if unicodedata.category(char) == "Cc":
        return rules.CONTROL_CHARACTER, "delete it, and type the text around it again"
    return rules.INVISIBLE_CHARACTER, "delete it, and type the text around it again"


_TURNING = frozenset(["LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])


def _described(char: str) -> str:
    name = unicodedata.name(char, "").lower() or _CONTROL_NAMES.get(char, "")
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"


_CONTROL_NAMES = {
    "\x00": "nul",
    "\x07": "bell",
    "\x08": "backspace",
    "\x0c": "form feed",
    "\r": "carriage return",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
}
