"""Whether a version is among those that a ledger asks for."""

from __future__ import annotations

import operator

_COMPARE = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_LONGEST = 9


def fits(version: str, asked: str) -> bool:
    """Return whether ``version`` meets every clause of ``asked``, such as ``>=0.3,<2``.

    A clause that is not an operator and dotted numbers is met by no version.
    """
    return all(_meets(version, clause.strip()) for clause in asked.split(","))


def _meets(version: str, clause: str) -> bool:
    sign = next((sign for sign in _COMPARE if clause.startswith(sign)), None)
    if sign is None:
        return False
    wanted = _numbers(clause[len(sign) :].strip())
    have = _numbers(version)
    if not wanted:
        return False
    length = max(len(wanted), len(have))
    return bool(_COMPARE[sign](_padded(have, length), _padded(wanted, length)))


def _numbers(text: str) -> tuple[int, ...]:
    parts = text.split(".")
    if not all(part.isascii() and part.isdigit() and len(part) <= _LONGEST for part in parts):
        return ()
    return tuple(int(part) for part in parts)


def _padded(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return numbers + (0,) * (length - len(numbers))
