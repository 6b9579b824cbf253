"""`# nextstep: ignore[NS401]` on a line: what it silences, and whether it silences anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Severity, Span, rewritten
from nextstep.diagnostics.nearness import write_instead
from nextstep.diagnostics.rule import Rule, commitment_example
from nextstep.diagnostics.slips import word_meant
from nextstep.files.comments import Comment, comments_of
from nextstep.files.syntax import line_text
from nextstep.model.source import Source

_SIGN = b"nextstep: ignore"
OF_CHANGES = "NS5"  # found or not by what a ledger is compared with: a comment may wait for that
_COMMENT = r"#[ \t]*nextstep: ignore(?:\[([^\]]*)\])?"
_DUE = "what: Send Lena the offer{}\noutcome: She can decide on Friday\ndue: 2026-11-27\n"
_NO_OUTCOME = "what: Send Lena the offer{}\ndue: 2026-11-27\n"

UNUSED_IGNORE = Rule(
    code="NS216",
    name="unused-ignore",
    severity=Severity.WARNING,
    what="A comment ignores a rule that finds nothing on that line.",
    why="What was wrong is mended, or the comment stands on another line than the finding; it "
    "would hide the next one.",
    fix="Remove the comment, or write it on the line that the finding names.",
    bad=commitment_example(_DUE.format("  # nextstep: ignore[NS401]")),
    good=commitment_example(_NO_OUTCOME.format("  # nextstep: ignore[NS401]")),
)
UNKNOWN_RULE = Rule(
    code="NS217",
    name="unknown-rule",
    severity=Severity.WARNING,
    what="A comment, or `rules` in nextstep.yaml, names a rule that does not exist.",
    why="It has no effect, and whoever wrote it believes that it has.",
    fix="Write the code or the name of a rule; `nextstep explain` lists them.",
    bad=commitment_example(_NO_OUTCOME.format("  # nextstep: ignore[no-outcom]")),
    good=commitment_example(_NO_OUTCOME.format("  # nextstep: ignore[no-outcome]")),
)

RULES = (UNUSED_IGNORE, UNKNOWN_RULE)


class Ignore(Struct, frozen=True):
    """One rule that a comment silences on its line; ``word`` is as written, ``code`` what it is.

    ``removal`` takes it out of the comment, or the comment out of the file.
    """

    source: Source
    word: str
    code: str | None
    span: Span
    removal: Mend | None = None


class Silenced(Struct, frozen=True):
    """Findings without those that comments silence, and how many these were."""

    findings: tuple[Diagnostic, ...]
    ignored: int


def silenced(
    sources: Iterable[Source], findings: Sequence[Diagnostic], rules: Mapping[str, Rule]
) -> Silenced:
    """Return the findings that remain, with one for each comment that silences nothing.

    ``rules`` gives a rule by its code or name. An error of the family NS0 is never silenced: the
    file it is in was not read as it was meant.
    """
    ignores = [one for source in sources if _SIGN in source.data for one in _ignores(source, rules)]
    if not ignores:
        return Silenced(tuple(findings), 0)
    places = {(one.source.path, one.span.line, one.code) for one in ignores}
    used: set[tuple[str, int, str | None]] = set()
    kept: list[Diagnostic] = []
    for finding in findings:
        place = (finding.path, finding.span.line if finding.span else 1, finding.code)
        if place in places and not is_lasting(finding.code, finding.severity):
            used.add(place)
        else:
            kept.append(finding)
    ignored = len(findings) - len(kept)
    kept += (
        _idle(one, rules)
        for one in ignores
        if (one.source.path, one.span.line, one.code) not in used
        and not (one.code or "").startswith(OF_CHANGES)
    )
    return Silenced(tuple(kept), ignored)


def is_lasting(code: str, severity: Severity) -> bool:
    """Return whether nothing can silence a finding: a file that was not read as it was meant."""
    return code.startswith("NS0") and severity is Severity.ERROR


def _idle(one: Ignore, rules: Mapping[str, Rule]) -> Diagnostic:
    if one.code is None:
        known = sorted(rules)
        return UNKNOWN_RULE.found(
            one.source.path,
            one.span,
            f"`{one.word}` is no rule" if one.word else "this does not say which rule to ignore",
            hint=write_instead(one.word, known, "write a code such as `ignore[NS401]`"),
            mend=_renamed(one, rules),
        )
    rule = rules[one.code]
    lasting = is_lasting(rule.code, rule.severity)
    return UNUSED_IGNORE.found(
        one.source.path,
        one.span,
        f"`{one.word}` cannot be ignored" if lasting else f"`{one.word}` finds nothing here",
        hint="remove the comment, and mend what the finding says"
        if lasting
        else "remove the comment, or write it on the line that the finding names",
        mend=one.removal,
    )


def _renamed(one: Ignore, rules: Mapping[str, Rule]) -> Mend | None:
    meant = word_meant(one.word, {rule.name for rule in rules.values()})
    return None if meant is None else rewritten(f"write `{meant}`", one.span, meant)


def _ignores(source: Source, rules: Mapping[str, Rule]) -> Iterator[Ignore]:
    for comment in comments_of(source, _SIGN.decode()):
        for found in re.finditer(_COMMENT, comment.text):
            yield from _named(source, comment, found, rules)


def _named(
    source: Source, comment: Comment, found: re.Match[str], rules: Mapping[str, Rule]
) -> Iterator[Ignore]:
    line, listed = comment.line, found[1]
    if not listed or not listed.strip():
        start, end = comment.column + found.start(), comment.column + found.end()
        yield Ignore(source, "", None, Span(line, start, line, end))
        return
    column = comment.column + found.start(1)
    parts = listed.split(",")
    is_all = found.span() == (0, len(comment.text.rstrip()))
    for at, part in enumerate(parts):
        word = part.strip()
        start = column + len(part) - len(part.lstrip())
        rule = rules.get(word) or rules.get(word.upper())
        span = Span(line, start, line, start + max(len(word), 1))
        removal = None
        if len(parts) > 1:
            first, last = column - 1, column + len(part)
            if at == 0:
                after = parts[1]
                first, last = column, last + 1 + len(after) - len(after.lstrip())
            removal = rewritten("remove it", Span(line, first, line, last), "")
        elif is_all:
            removal = _without_comment(source, comment)
        yield Ignore(source, word, rule.code if rule is not None else None, span, removal)
        column += len(part) + 1


def _without_comment(source: Source, comment: Comment) -> Mend | None:
    """Return the mend that takes a comment away, with its line where it is alone on it."""
    text = line_text(source, comment.line)
    before = text[: comment.column - 1].rstrip()
    piece = Span(comment.line, len(before) + 1, comment.line, len(text) + 1)
    if not before:
        piece = Span(comment.line, 1, comment.line + 1, 1)
        if not source.data.endswith((b"\n", b"\r")):
            return None
    return rewritten("remove the comment", piece, "")
