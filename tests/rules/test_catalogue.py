"""Every rule has a code and a name of its own, and examples that do what they say."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.rule import Rule
from nextstep.rules.catalogue import ALL_RULES, FAMILIES, RETIRED, by_code_or_name
from tests.rules.ledgers import findings, findings_of

RULE = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


def test_no_code_and_no_name_is_used_twice() -> None:
    codes = [rule.code for rule in ALL_RULES]
    names = [rule.name for rule in ALL_RULES]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))
    assert by_code_or_name().keys() == set(codes) | set(names)


def test_a_retired_code_is_never_used_again() -> None:
    assert {rule.code for rule in ALL_RULES}.isdisjoint(RETIRED)
    assert len(RETIRED) == len(set(RETIRED))


@RULE
def test_a_rule_is_named_for_the_bad_pattern_and_says_what_why_and_what_to_do(rule: Rule) -> None:
    assert re.fullmatch(r"NS[0-9]{3}", rule.code)
    assert rule.code[:3] in FAMILIES
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.severity in (Severity.ERROR, Severity.WARNING)
    for text in (rule.what, rule.why, rule.fix):
        assert text[0].isupper() or text.startswith(("`", "git "))
        assert text.endswith((".", "?"))


@RULE
def test_only_a_rule_about_changes_needs_to_know_what_was_before(rule: Rule) -> None:
    assert (rule.bad.before is not None) is rule.code.startswith("NS5")
    assert rule.bad.before == rule.good.before


@RULE
def test_the_bad_example_shows_the_finding_at_a_place(rule: Rule, tmp_path: Path) -> None:
    if rule.bad.locked and os.geteuid() == 0:
        pytest.skip("root may read a file that is locked")
    found = [one for one in findings_of(tmp_path, rule.bad) if one.code == rule.code]
    assert found
    for one in found:
        assert one.name == rule.name
        assert one.severity is rule.severity
        assert one.message
        assert one.hint
        if not rule.code.startswith("NS05"):  # these speak of a file's name, not of its lines
            assert one.span is not None
            assert one.span.line >= 1
            assert one.span.column >= 1


@RULE
def test_the_good_example_is_clean_under_every_rule(rule: Rule, tmp_path: Path) -> None:
    assert findings_of(tmp_path, rule.good) == ()


def test_the_smallest_ledger_of_one_person_is_clean(tmp_path: Path) -> None:
    text = "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"
    assert findings(tmp_path, {"commitments/offer.yaml": text}) == ()


def test_an_empty_ledger_is_clean(tmp_path: Path) -> None:
    assert findings(tmp_path, {"nextstep.yaml": "timezone: Europe/Berlin\n"}) == ()
