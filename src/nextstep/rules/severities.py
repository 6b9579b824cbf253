"""How much each rule weighs in a ledger: `rules` of nextstep.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import write_instead
from nextstep.diagnostics.rule import Example, Rule
from nextstep.diagnostics.slips import word_meant
from nextstep.model.people import Settings
from nextstep.rules.ignores import UNKNOWN_RULE, is_lasting
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

RULES = (LASTING_RULE,)


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


def weighed(
    findings: Iterable[Diagnostic], settings: Settings, rules: Mapping[str, Rule]
) -> tuple[Diagnostic, ...]:
    """Return the findings with the severity that the ledger gives them, without those turned off."""
    wishes: dict[str, Severity] = {}
    for word, wish in settings.rules.items():
        rule = rules.get(word) or rules.get(word.upper())
        if rule is not None and not is_lasting(rule.code, rule.severity):
            wishes[rule.code] = Severity(wish)
    if not wishes:
        return tuple(findings)
    heavier = (
        replace(finding, severity=wishes[finding.code]) if finding.code in wishes else finding
        for finding in findings
    )
    return tuple(finding for finding in heavier if finding.severity is not Severity.OFF)
