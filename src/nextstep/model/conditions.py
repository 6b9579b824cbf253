"""Conditions over the inputs of a run, as a small tree."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Name(Struct, frozen=True):
    """The value of an input."""

    name: str


class Literal(Struct, frozen=True):
    """A value written out, as its text. One in quotes is equal to the same text alone."""

    text: str
    quoted: bool = False


class Listed(Struct, frozen=True):
    """Several values, to the right of ``in``."""

    items: tuple[Name | Literal, ...]


class Compare(Struct, frozen=True):
    """``left op right`` with op one of ``== != < <= > >= in``, or ``not in``."""

    op: str
    left: Name | Literal
    right: Name | Literal | Listed


class Not(Struct, frozen=True):
    """The opposite of a condition."""

    part: Condition


class And(Struct, frozen=True):
    """Holds when all parts hold."""

    parts: tuple[Condition, ...]


class Or(Struct, frozen=True):
    """Holds when any part holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Compare | Not | And | Or
