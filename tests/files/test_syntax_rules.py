"""Each rule about the text of a file shows itself: its bad example has it, its good one nothing."""

from __future__ import annotations

import re

import pytest

from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.syntax import parse
from nextstep.files.syntax_rules import RULES
from nextstep.model.source import Source


def codes(example: Example) -> list[str]:
    [(path, text)] = example.files.items()
    data = text if isinstance(text, bytes) else text.encode()
    return [found.code for found in parse(Source(path, data)).findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.name))
def test_the_bad_example_has_the_finding_and_the_good_one_none(rule: Rule) -> None:
    assert codes(rule.bad) == [rule.code]
    assert codes(rule.good) == []


def test_codes_and_names_are_used_once_and_codes_stay_in_their_family() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert all("NS001" <= rule.code <= "NS049" for rule in RULES)
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.name))
def test_texts_are_sentences(rule: Rule) -> None:
    for text in (rule.what, rule.why, rule.fix):
        assert text.endswith(".")
        assert not re.search(r"\b(please|invalid|illegal|error)\b", text, re.IGNORECASE)
