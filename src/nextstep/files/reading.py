"""The notebook of one file's loading: its path, and what was found wrong on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from yaml.nodes import Node

from nextstep.diagnostics.diagnostic import Diagnostic, Severity, Span
from nextstep.files import field_rules as rules
from nextstep.files.nodes import span_of

if TYPE_CHECKING:
    from nextstep.dates.problem import DateProblem
    from nextstep.diagnostics.rule import Rule


MOST = 500
"""How many findings of one file are told; more of them help nobody."""


class Reading:
    """Collects the findings of one file while its nodes become a record."""

    __slots__ = ("findings", "path", "untold")

    def __init__(self, path: str, findings: Iterable[Diagnostic] = ()) -> None:
        """Begin with what the syntax already found."""
        self.path = path
        self.findings = list(findings)
        self.untold: list[Severity] = []

    def found(
        self, rule: Rule, node: Node, message: str, hint: str, *, instead: str | None = None
    ) -> None:
        """Note a finding at a node; ``instead`` is the text that alone can be meant there."""
        if self._is_full:
            self.untold.append(rule.severity)
            return
        mend = None
        if instead is not None:
            from nextstep.files.value_mends import value_mend

            mend = value_mend(node, instead)
        self.findings.append(rule.found(self.path, span_of(node), message, hint=hint, mend=mend))

    def no_date(self, node: Node, problem: DateProblem, *, in_part: bool = False) -> None:
        """Note what is wrong with a text about time; ``in_part``: only with a part of it."""
        from nextstep.files.date_rules import BY_PROBLEM

        rule, instead = BY_PROBLEM[problem.kind], None if in_part else problem.instead
        self.found(rule, node, problem.message, problem.hint, instead=instead)

    def unknown_field(
        self, key: Node, where: str, names: Iterable[str], given: Collection[str]
    ) -> None:
        """Note a key that is no field here, with the field that was probably meant.

        ``given`` are the fields that are there: none of them is written a second time.
        """
        if self._is_full:
            self.untold.append(rules.UNKNOWN_FIELD.severity)
            return
        from nextstep.diagnostics.nearness import did_you_mean
        from nextstep.diagnostics.slips import word_meant
        from nextstep.files.everyday_words import field_meant

        names = list(names)
        meant = word_meant(key.value, names)
        self.found(
            rules.UNKNOWN_FIELD,
            key,
            f"`{key.value[:80]}` is no field of {where}",
            field_meant(key.value, names)
            or did_you_mean(key.value, names)
            or f"use one of: {', '.join(names)}",
            instead=None if meant in given else meant,
        )

    def unknown_word(
        self,
        rule: Rule,
        node: Node,
        message: str,
        words: Iterable[str],
        meant: str | None = None,
    ) -> None:
        """Note a word that is none of those known, with the one that was probably meant.

        ``meant`` is the one that alone can be, where that is known.
        """
        from nextstep.diagnostics.nearness import did_you_mean
        from nextstep.diagnostics.slips import word_meant

        known = list(words)
        meant = meant or word_meant(node.value, known)
        hint = did_you_mean(meant or node.value, known) or f"use one of: {', '.join(known)}"
        self.found(rule, node, message, hint, instead=meant)

    def missing(self, node: Node, field: str, where: str, example: str) -> None:
        """Note a required field that is not there, or has no value, in a map."""
        keys = [key for key, _ in node.value]
        named = next((key for key in keys if key.value == field), None)
        if named is not None and not self._is_full:
            self._forget(rules.EMPTY_VALUE, span_of(named))
        place = named or (keys[0] if keys else node)
        said = f"{field}: {example.strip() if example[0] != chr(10) else '...'}"
        self.found(
            rules.MISSING_FIELD,
            place,
            f"{where} has no `{field}`" if named is None else f"`{field}` of {where} has no value",
            f"add {said}" if named is None else f"write {said}",
        )

    def empty(self, key: Node, example: str) -> None:
        """Note a field without a value."""
        self.found(
            rules.EMPTY_VALUE,
            key,
            f"`{key.value}` has no value",
            f"write one, such as `{key.value}: {example.strip()}`, or remove the line",
        )

    @property
    def has_error(self) -> bool:
        """Whether something of the file was lost."""
        told = (finding.severity for finding in self.findings)
        return any(severity is Severity.ERROR for severity in (*told, *self.untold))

    def told(self) -> tuple[Diagnostic, ...]:
        """Return the findings; the last one says how many more there are."""
        if not self.untold:
            return tuple(self.findings)
        *others, last = self.findings
        message = f"{last.message}; {len(self.untold):,} more findings in this file are not shown"
        return (*others, replace(last, message=message))

    @property
    def _is_full(self) -> bool:
        return len(self.findings) >= MOST

    def _forget(self, rule: Rule, span: Span) -> None:
        self.findings = [
            finding
            for finding in self.findings
            if not (finding.code == rule.code and finding.span == span)
        ]
