"""Whether a version is among those that a ledger asks for."""

from __future__ import annotations

_COMPARE = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def fits(version: str, asked: str) -> bool:
    """Return whether ``version`` meets every clause of ``asked``, such as ``>=0.3,<2``.

    A clause that is not an operator and dotted numbers is met by no version.
    """
    return all(_meets(version, clause.strip()) for clause in asked.split(","))


def _meets(version: str, clause: str) -> bool:
    operator = next((sign for sign in _COMPARE if clause.startswith(sign)), None)
    if operator is None:
        return False
    wanted = _numbers(clause[len(operator) :].strip())
    have = _numbers(version)
    if not wanted:
        return False
    length = max(len(wanted), len(have))
    return _COMPARE[operator](_padded(have, length), _padded(wanted, length))


def _numbers(text: str) -> tuple[int, ...]:
    parts = text.split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return ()
    return tuple(int(part) for part in parts)


def _padded(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return numbers + (0,) * (length - len(numbers))
