"""Conditions over the inputs of a run, as a small tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Name:
    """The value of an input."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out, as its text; ``items`` for a list to the right of ``in``."""

    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values, to the right of ``in``."""

    items: tuple[Name | Literal, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right`` with op one of ``== != < <= > >= in``, or ``not in``."""

    op: str
    left: Name | Literal
    right: Name | Literal | Listed


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    """Holds when all parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Holds when any part holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Compare | Not | And | Or
