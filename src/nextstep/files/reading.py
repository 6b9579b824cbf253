"""The notebook of one file's loading: its path, and what was found wrong on the way."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from yaml.nodes import Node

from nextstep.diagnostics.diagnostic import Diagnostic, Severity, Span
from nextstep.files import field_rules as rules
from nextstep.files.syntax import span_of

if TYPE_CHECKING:
    from nextstep.diagnostics.rule import Rule


class Reading:
    """Collects the findings of one file while its nodes become a record."""

    __slots__ = ("findings", "path")

    def __init__(self, path: str, findings: Iterable[Diagnostic] = ()) -> None:
        """Begin with what the syntax already found."""
        self.path = path
        self.findings = list(findings)

    def found(self, rule: Rule, node: Node, message: str, hint: str) -> None:
        """Note a finding at a node. Returns None, so that a reader can return it as no value."""
        self.findings.append(rule.found(self.path, span_of(node), message, hint=hint))

    def found_within(self, rule: Rule, node: Node, span: Span, message: str, hint: str) -> None:
        """Note a finding at a part of a node."""
        del node
        self.findings.append(rule.found(self.path, span, message, hint=hint))

    def unknown_field(self, key: Node, where: str, names: Iterable[str]) -> None:
        """Note a key that is no field here, with the field that was probably meant."""
        names = list(names)
        self.found(
            rules.UNKNOWN_FIELD,
            key,
            f"`{key.value}` is no field of {where}",
            did_you_mean(key.value, names) or f"use one of: {', '.join(names)}",
        )

    def missing(self, node: Node, field: str, where: str, example: str) -> None:
        """Note a required field that is not there, at the beginning of the map."""
        start = span_of(node)
        first = node.value[0][0] if node.value else node
        self.findings.append(
            rules.MISSING_FIELD.found(
                self.path,
                span_of(first) if node.value else start,
                f"{where} has no `{field}`",
                hint=f"add {field}: {example.strip() if example[0] != chr(10) else '...'}",
            )
        )

    def empty(self, key: Node, example: str) -> None:
        """Note a field without a value."""
        self.found(
            rules.EMPTY_VALUE,
            key,
            f"`{key.value}` has no value",
            f"write one, such as {example.strip()}, or remove the line",
        )

    @property
    def has_error(self) -> bool:
        """Whether something of the file was lost."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest of the words, or nothing."""
    near = get_close_matches(word.casefold()[:80], list(words), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""
