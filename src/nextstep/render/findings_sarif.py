"""Findings in SARIF 2.1.0, the form in which analysers hand their results to other programs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from nextstep import __version__
from nextstep.dates.words import sentence
from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Related, Severity, Span
from nextstep.diagnostics.rule import Example, Rule
from nextstep.render.json import json_text
from nextstep.render.safe_text import safe_text
from nextstep.reports.check import CheckReport

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_FENCE = "````"


def check_sarif(
    report: CheckReport,
    rules: Mapping[str, Rule],
    families: Mapping[str, str],
    fingerprints: Sequence[str],
    *,
    base: str = "",
) -> str:
    """Return the report as one run of SARIF; columns count characters, not UTF-16 units.

    ``rules`` gives each rule by its code, ``families`` what rules are about by the beginning of
    their codes; ``fingerprints`` has one text for each finding shown. ``base`` leads from the root
    of the repository to that of the ledger: all paths begin at the former.
    """
    found = sorted({one.finding.code for one in report.shown})
    places = {code: at for at, code in enumerate(found)}
    run = {
        "tool": {
            "driver": {
                "name": "nextstep",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rules[code], families[code[:3]]) for code in found],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True}],
        "results": [
            _result(one.finding, places[one.finding.code], fingerprint, base)
            for one, fingerprint in zip(report.shown, fingerprints, strict=True)
        ],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, family: str) -> dict[str, object]:
    what = safe_text(rule.what)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": what},
        "fullDescription": {"text": f"{what} {safe_text(rule.why)}"},
        "help": {"text": safe_text(f"{rule.why} {rule.fix}"), "markdown": _markdown(rule)},
        "defaultConfiguration": {"level": _level(rule.severity)},
        "properties": {"tags": [family], "problem.severity": _level(rule.severity)},
    }


def _markdown(rule: Rule) -> str:
    parts = [rule.what, f"**Why.** {rule.why}", f"**What to do.** {rule.fix}"]
    if rule.bad.before:
        parts += ["**Before**", *_blocks(rule.bad.before)]
    for label, example in (("Wrong", rule.bad), ("Right", rule.good)):
        shown = _examples(example)
        if shown:
            parts += [f"**{label}** (read on {example.today})", *shown]
    return "\n\n".join(parts) + "\n"


def _examples(example: Example) -> list[str]:
    gone = [f"`{safe_text(path)}` is gone." for path in example.gone]
    return [*_blocks(example.fresh), *gone]


def _blocks(files: Mapping[str, str | bytes]) -> list[str]:
    """Return files as blocks of code, each below its path."""
    return [
        f"`{safe_text(path)}`\n\n{_FENCE}yaml\n{_shown(data)}\n{_FENCE}"
        for path, data in files.items()
    ]


def _shown(data: str | bytes) -> str:
    text = data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")
    return "\n".join(map(safe_text, text.rstrip("\n").split("\n")))


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


def _result(finding: Diagnostic, rule: int, fingerprint: str, base: str) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _level(finding.severity),
        "message": {"text": _plain(f"{finding.message}; {finding.hint}")},
        "locations": [_location(finding.path, finding.span, base)],
        "partialFingerprints": {"nextstepFinding/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(one.path, one.span, base), "id": number, "message": _message(one)}
            for number, one in enumerate(finding.related, 1)
        ]
    if finding.mend is not None:
        result["fixes"] = [_fix(finding.path, finding.mend, base)]
    return result


def _message(related: Related) -> dict[str, str]:
    return {"text": _plain(related.message)}


def _plain(text: str) -> str:
    """Return a message in which nothing is taken for a link, with a stop at its end."""
    return sentence(safe_text(text).replace("](", "] ("))


def _location(path: str, span: Span | None, base: str) -> dict[str, object]:
    """Return a place; a file as a whole is its beginning, for programs that show lines alone."""
    region = _region(span or Span(1, 1, 1, 1))
    return {"physicalLocation": {"artifactLocation": _file(path, base), "region": region}}


def _file(path: str, base: str) -> dict[str, str]:
    return {"uri": quote(os.fsencode(base + path)), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(path: str, mend: Mend, base: str) -> dict[str, object]:
    return {
        "description": {"text": _plain(mend.what)},
        "artifactChanges": [
            {
                "artifactLocation": _file(path, base),
                "replacements": [
                    {"deletedRegion": _region(one.span), "insertedContent": {"text": one.text}}
                    for one in mend.edits
                ],
            }
        ],
    }
