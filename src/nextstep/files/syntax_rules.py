"""Every rule about the text of a file, in the order of their codes."""

from __future__ import annotations

from nextstep.diagnostics.rule import Rule
from nextstep.files import syntax_mistake_rules, syntax_subset_rules, syntax_text_rules

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*syntax_mistake_rules.RULES, *syntax_subset_rules.RULES, *syntax_text_rules.RULES),
        key=lambda rule: rule.code,
    )
)
