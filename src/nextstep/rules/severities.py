"""How much each rule weighs in a ledger: `rules` of nextstep.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import write_instead
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.diagnostics.slips import word_meant
from nextstep.model.people import Settings
from nextstep.repo.paths import SETTINGS
from nextstep.rules.ignores import OF_CHANGES, UNKNOWN_RULE, is_lasting
from nextstep.rules.place import found_at, name_mend

LASTING_RULE = Rule(
    code="NS218",
    name="rule-that-cannot-be-lowered",
    severity=Severity.WARNING,
    what="`rules` in nextstep.yaml lowers an error of the family NS0.",
    why="A file that was not read as it was meant is missing from every list; that is always an "
    "error.",
    fix="Remove the line, and mend the file.",
    bad=Example({"nextstep.yaml": "rules: {NS051: warning}\n"}),
    good=Example({"nextstep.yaml": "rules: {NS401: error}\n"}),
)
_OFFER = {
    "commitments/2026/11/offer.yaml": "what: Send it\noutcome: They decide\ndue: 2026-11-27\n"
}
LOWERED_RULE = Rule(
    code="NS519",
    name="rule-lowered",
    severity=Severity.WARNING,
    what="`rules` in nextstep.yaml gives a rule about changes less weight than before, or turns it "
    "off. In this comparison the rule still weighs what it did.",
    why="Otherwise a change could turn off the rule that would find it.",
    fix="Change what rules weigh by itself, and let those who agreed on it look. From the next "
    "comparison on it holds.",
    bad=changed_example(_OFFER, {**_OFFER, "nextstep.yaml": "rules: {NS503: off}\n"}),
    good=changed_example(_OFFER, {**_OFFER, "nextstep.yaml": "rules: {NS502: error}\n"}),
)

RULES = (LASTING_RULE, LOWERED_RULE)
_WEIGHTS = (Severity.OFF, Severity.WARNING, Severity.ERROR)


def misused(settings: Settings, rules: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    """Yield a finding for each rule named in the settings that is unknown, or stays an error."""
    if settings.source is None:
        return
    names = {rule.name for rule in rules.values()}
    for word, wish in settings.rules.items():
        rule = rules.get(word) or rules.get(word.upper())
        if rule is None:
            meant = word_meant(word, names - settings.rules.keys())
            yield found_at(
                UNKNOWN_RULE,
                settings.source,
                ("rules", word),
                f"`{word}` is no rule",
                hint=write_instead(word, rules, "write a code such as NS401"),
                key=True,
                mend=name_mend(settings.source, ("rules", word), word, meant, key=True),
            )
        elif is_lasting(rule.code, rule.severity) and wish != Severity.ERROR:
            yield found_at(
                LASTING_RULE,
                settings.source,
                ("rules", word),
                f"`{word}` stays an error",
                hint="remove the line, and mend the files that it finds",
                key=True,
            )


def lowered(
    settings: Settings, before: Settings, rules: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    """Yield a finding for each rule about changes that weighs less than it did."""
    old, new = _wishes(before, rules), _wishes(settings, rules)
    words = {_meant(word, rules): word for word in settings.rules}
    for code in sorted(old.keys() | new.keys()):
        if not code.startswith(OF_CHANGES):
            continue
        was, now = (some.get(code, rules[code].severity) for some in (old, new))
        if _stricter(was, now) is now:
            continue
        message = f"`{code}` is {now} now, and was {was}: here it still counts as {was}"
        hint = "change what rules weigh by itself, or write back what it was"
        if settings.source is None:
            yield LOWERED_RULE.found(SETTINGS, None, message, hint=hint)
        else:
            keys = ("rules", words[code]) if code in words else ("rules",)
            yield found_at(LOWERED_RULE, settings.source, keys, message, hint=hint, key=True)


def weighed(
    findings: Iterable[Diagnostic],
    settings: Settings,
    rules: Mapping[str, Rule],
    before: Settings | None = None,
) -> tuple[Diagnostic, ...]:
    """Return the findings with the severity that the ledger gives them, without those turned off.

    What is found about changes weighs as ``before`` where that was stricter: a change does not
    turn off the rule that finds it.
    """
    wishes = _wishes(settings, rules)
    if before is not None:
        old = _wishes(before, rules)
        for code in {code for code in old.keys() | wishes if code.startswith(OF_CHANGES)}:
            was, now = (some.get(code, rules[code].severity) for some in (old, wishes))
            wishes[code] = _stricter(was, now)
    if not wishes:
        return tuple(findings)
    heavier = (
        replace(finding, severity=wishes[finding.code]) if finding.code in wishes else finding
        for finding in findings
    )
    return tuple(finding for finding in heavier if finding.severity is not Severity.OFF)


def _wishes(settings: Settings, rules: Mapping[str, Rule]) -> dict[str, Severity]:
    """Return what the settings say that rules weigh, by code."""
    wishes: dict[str, Severity] = {}
    for word, wish in settings.rules.items():
        rule = rules.get(word) or rules.get(word.upper())
        if rule is not None and not is_lasting(rule.code, rule.severity):
            wishes[rule.code] = Severity(wish)
    return wishes


def _meant(word: str, rules: Mapping[str, Rule]) -> str | None:
    rule = rules.get(word) or rules.get(word.upper())
    return None if rule is None else rule.code


def _stricter(one: Severity, other: Severity) -> Severity:
    """Return the weightier of two, the second where they are the same."""
    return one if _WEIGHTS.index(one) > _WEIGHTS.index(other) else other
