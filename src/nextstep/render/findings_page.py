"""The page of a rule, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.render.cells import wrap
from nextstep.render.json import document
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen

_MARGIN = 7
_MOST_LINES = 24
_LONGEST_LINE = 160


def rule_text(rule: Rule, family: str, screen: Screen, *, lasting: bool) -> str:
    """Return all there is to say about a rule; ``lasting`` ones can be neither lowered nor ignored."""
    dot = screen.dot
    lines = [
        screen.paint(f"{rule.code} {rule.name}", "strong")
        + f"{dot}{rule.severity.value}{dot}{family}"
    ]
    for label, text in (("WHAT", rule.what), ("WHY", rule.why), ("DO", rule.fix)):
        lines += ["", *_labelled(label, text, screen)]
    if rule.bad.before:
        lines += ["", screen.paint("BEFORE", "strong"), *_shown(rule.bad.before, screen)]
    for label, example in (("WRONG", rule.bad), ("RIGHT", rule.good)):
        lines += ["", screen.paint(label, "strong") + f"  (read on {example.today})"]
        lines += _example(example, screen)
    lines += ["", *_weight(rule, screen, lasting=lasting)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def rules_text(rules: Sequence[Rule], families: Mapping[str, str], screen: Screen) -> str:
    """Return all rules by family, one a line: code, severity, name."""
    lines: list[str] = []
    for family, about in families.items():
        lines += ["", screen.paint(f"{family}  {about.upper()}", "strong")]
        lines += [
            f"  {rule.code}  {rule.severity.value:<7}  {rule.name}"
            for rule in rules
            if rule.code.startswith(family)
        ]
    lines += ["", f"{len(rules)} rules. More about one: nextstep explain CODE"]
    return "\n".join(lines[1:]) + "\n"


def rule_json(rules: Sequence[Rule]) -> str:
    """Return rules as JSON: `nextstep.explain/1`."""
    return document("nextstep.explain/1", {"rules": [_plain(rule) for rule in rules]})


def _plain(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "what": rule.what,
        "why": rule.why,
        "fix": rule.fix,
        "before": None if rule.bad.before is None else _files(rule.bad.before),
        "bad": _files(rule.bad.files),
        "good": _files(rule.good.files),
    }


def _files(files: Mapping[str, str | bytes]) -> dict[str, str]:
    return {path: _text(data) for path, data in files.items()}


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")


def _labelled(label: str, text: str, screen: Screen) -> Iterator[str]:
    for at, line in enumerate(wrap(text, screen.columns - _MARGIN)):
        head = screen.paint(label, "strong") + " " * (_MARGIN - len(label)) if at == 0 else " " * 7
        yield head + line


def _example(example: Example, screen: Screen) -> Iterator[str]:
    yield from _shown(example.fresh, screen)
    for path in example.gone:
        yield f"  {safe_text(path)} is gone"
    for path, target in example.links.items():
        yield f"  {safe_text(path)} is a link to {safe_text(target)}"
    for path in example.locked:
        yield f"  {safe_text(path)} may not be read"
    if not (example.files or example.links or example.gone):
        yield "  (an empty ledger)"


def _shown(files: Mapping[str, str | bytes], screen: Screen) -> Iterator[str]:
    for path, data in files.items():
        yield f"  {screen.paint(safe_text(path), 'handle')}"
        lines = _text(data).removesuffix("\n").split("\n")
        for line in lines[:_MOST_LINES]:
            shown = wrap(safe_text(line), _LONGEST_LINE, most=1, ellipsis=screen.ellipsis)
            yield f"    {shown[0]}"
        if len(lines) > _MOST_LINES:
            yield f"    ({len(lines) - _MOST_LINES} more lines)"


def _weight(rule: Rule, screen: Screen, *, lasting: bool) -> Iterator[str]:
    if lasting:
        yield from wrap(
            "This is always an error: no setting lowers it and no comment ignores it.",
            screen.columns,
        )
        return
    other = "warning" if rule.severity is Severity.ERROR else "error"
    yield f"Weigh it in nextstep.yaml:  rules: {{{rule.code}: {other}}}   (error, warning or off)"
    yield f"Leave out one line:         # nextstep: ignore[{rule.code}]"
