"""The pages about rules: what each finding means, why it matters, what to write instead."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from markdown_text import code, fenced, page, table
from nextstep.dates.now import now_on
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.render.safe_text import safe_text
from nextstep.rules.catalogue import ALL_RULES, FAMILIES, judge


def pages() -> dict[str, str]:
    """Return the pages by file name: one for each rule, and the index."""
    rules = sorted(ALL_RULES, key=lambda rule: rule.code)
    return {f"{rule.code.lower()}.md": _rule_page(rule) for rule in rules} | {
        "index.md": _index(rules)
    }


def _index(rules: list[Rule]) -> str:
    families = (
        f"## {family}: {title[0].upper()}{title[1:]}\n\n{_family(rule for rule in rules if rule.code.startswith(family))}"
        for family, title in FAMILIES.items()
        if any(rule.code.startswith(family) for rule in rules)
    )
    intro = (
        'What `nextstep check` can find. A name states the bad pattern and reads as "allow '
        '<name>". How much a rule weighs in your ledger is said under `rules` in '
        "[nextstep.yaml](../files/nextstep-yaml.md); one line is left out of it by "
        "`# nextstep: ignore[CODE]`."
    )
    return page("Rules", intro, *families)


def _family(rules: Iterable[Rule]) -> str:
    rows = (
        (f"[{rule.code}]({rule.code.lower()}.md)", rule.name, rule.severity.value, rule.what)
        for rule in rules
    )
    return table(("code", "name", "severity", "what is wrong"), rows)


def _rule_page(rule: Rule) -> str:
    return page(
        f"{rule.code} {rule.name}",
        f"Severity: {rule.severity.value}, unless `nextstep.yaml` says otherwise.",
        rule.what,
        f"**Why it matters.** {rule.why}",
        f"**What to do.** {rule.fix}",
        *([f"## Before\n\n{_files(rule.bad.before)}"] if rule.bad.before else ()),
        f"## Found here\n\n{_example(rule.bad)}",
        _said(rule),
        f"## Not here\n\n{_example(rule.good)}",
    )


def _example(example: Example) -> str:
    parts = [_files(example.fresh)] if example.fresh else []
    parts += [f"{code(path)} is gone." for path in example.gone]
    parts += [f"{code(path)} is a link to {code(to)}." for path, to in example.links.items()]
    parts += [f"{code(path)} cannot be read by you." for path in example.locked]
    if not parts:
        parts = ["An empty ledger."]
    return "\n\n".join([*parts, f"Read on {example.today}."])


def _files(files: Mapping[str, str | bytes]) -> str:
    return "\n\n".join(
        f"{code(path)}:\n\n{fenced(_text(data), 'yaml')}" for path, data in files.items()
    )


def _said(rule: Rule) -> str:
    """Return what `check` says of the bad example."""
    if rule.bad.locked:
        return ""  # whether a file is locked depends on who writes this page
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "commitments").mkdir()
        for path, data in rule.bad.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())
        for path, target in rule.bad.links.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).symlink_to(target)
        ledger = load_ledger(read_tree(name), root="example")
        now = now_on(date.fromisoformat(rule.bad.today), "UTC")
        before = None if rule.bad.before is None else _loaded(rule.bad.before)
        found = judge(ledger, now, before, content=lambda path: _blob(root / path)).findings
    lines = [_line(one) for one in found if one.code == rule.code]
    asked = "nextstep check" if rule.bad.before is None else "nextstep check --against REV"
    return f"`{asked}` says:\n\n{fenced(chr(10).join(lines[:3]))}"


def _loaded(files: Mapping[str, str | bytes]) -> Ledger:
    sources = (
        Source(path, text.encode() if isinstance(text, str) else text)
        for path, text in files.items()
    )
    return load_ledger(Listing(tuple(sources), ()), root="example", timezone="UTC")


def _blob(path: Path) -> str | None:
    if not path.is_file():
        return None
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _line(found: Diagnostic) -> str:
    place = f"{found.path}:{found.span.line}:{found.span.column}" if found.span else found.path
    return "\n".join(
        [
            f"{safe_text(place)}: {found.severity.value} {found.code} {safe_text(found.message)}",
            f"  = {safe_text(found.hint)}",
        ]
    )


def _text(data: str | bytes) -> str:
    """Return a file's text with everything that cannot be seen as an escape."""
    text = data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")
    shown = "".join(one if one.isprintable() or one == "\n" else _escaped(one) for one in text)
    lines = shown.split("\n")
    if len(lines) > 40:
        lines = [*lines[:20], f"... {len(lines) - 40} lines like these ...", *lines[-20:]]
    return "\n".join(line if len(line) <= 200 else f"{line[:180]} ..." for line in lines)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
