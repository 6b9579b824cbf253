"""A review as a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Reading, block, facts, line
from nextstep.render.review_words import LABELS, change_words, late_words, summary_words
from nextstep.render.row_words import Speech, named
from nextstep.reports.review import Review
from nextstep.reports.review_changes import Change

_SHOWN_OF_A_HASH = 7


def review_page(review: Review, reading: Reading, *, base: str = "") -> Page:
    """Return what a change means, from top to bottom; ``base`` leads to the ledger's root."""
    speech = reading.speech
    late = (
        Item(handle="now" if one.now else "later", title=late_words(one, speech), tone=Tone.OVERDUE)
        for one in review.late
    )
    findings = (_finding(one, base) for one in review.findings)
    return Page(
        head=reading.head(compared_words(review)),
        origin=reading.origin_words,
        title=title_words(review),
        lead=tuple(_lead(review)),
        blocks=(
            *facts("", (item for one in review.changes for item in _change(one, speech))),
            *facts("NEWLY LATE", late),
            *block("NEW FINDINGS", findings),
        ),
        alarms=(*reading.alarms, *_alarms(review)),
        foot=_foot(review),
    )


def title_words(review: Review) -> str:
    """Return the summary: ``This pull request changes 3 promises and 1 process.``.

    Where a changed file could not be read, it says how many: they are in no number.
    """
    subject = "Your work tree" if review.after.commit is None else "This pull request"
    settings = any(one.kind == "settings" for one in review.changes)
    numbers = summary_words(
        review.promises, review.processes, proposals=review.proposals, settings=settings
    )
    if not review.uncounted:
        return f"{subject} changes {numbers}."
    files = counted(review.uncounted, "file")
    return f"{subject} changes {numbers} that could be read; {files} could not."


def compared_words(review: Review) -> str:
    """Return what was compared: ``main..HEAD, from 81c2f0e``."""
    base = (review.before.commit or "")[:_SHOWN_OF_A_HASH]
    words = f"{review.before.revision}..{review.after.revision}"
    if review.before.revision.startswith(base):
        return words
    return f"{words}, from {base}" if review.is_shared else f"{words}, at {base}"


def also_words(review: Review) -> str:
    """Return how many small events there are besides: ``Also recorded: 5 ticked.``."""
    if not review.also:
        return ""
    return (
        f"Also recorded: {named(tuple(f'{count} {name}' for name, count in review.also.items()))}."
    )


def finding_place(finding: Diagnostic) -> str:
    """Return ``commitments/2026/11/x.yaml:6``."""
    return f"{finding.path}:{finding.span.line}" if finding.span else finding.path


def _lead(review: Review) -> Iterator[Item]:
    if review.people:
        yield line(f"It concerns {', '.join(review.people)}.")
    if also := also_words(review):
        yield line(also)
    if not review.is_shared:
        yield line(
            "History does not reach back to where the two went apart: what came to "
            f"{review.before.revision} since then is seen as taken back.",
            tone=Tone.TODAY,
        )


def _change(change: Change, speech: Speech) -> Iterator[Item]:
    subject, sentences = change_words(change, speech)
    label, codes = LABELS.get(change.kind, change.kind), " ".join(change.codes)
    if len(sentences) == 1:
        yield Item(handle=label, title=f"{subject}: {sentences[0]}", when=codes)
        return
    yield Item(handle=label, title=subject, when=codes)
    for words in sentences:
        yield Item(handle="", title=words)


def _finding(finding: Diagnostic, base: str) -> Item:
    is_error = finding.severity is Severity.ERROR
    return Item(
        handle=finding.code,
        title=f"{finding.severity.value}: {finding.message}",
        tone=Tone.OVERDUE if is_error else Tone.PLAIN,
        details=(f"{base}{finding_place(finding)}", finding.hint),
    )


def _alarms(review: Review) -> Iterator[Remark]:
    for path in review.unread_before:
        yield Remark(f"{path} could not be read before: what changed in it is not known")


def _foot(review: Review) -> Remark | None:
    is_empty = not (review.findings or review.changes or review.uncounted)
    if is_empty and review.after.commit is None:
        return Remark("What the last commit brought:", "nextstep review HEAD~1..")
    if not review.findings:
        return None
    errors = review.errors
    warnings = len(review.findings) - errors
    told = [counted(errors, "error")] if errors else []
    told += [counted(warnings, "warning")] if warnings else []
    first = review.findings[0]
    return Remark(f"New findings: {named(tuple(told))}.", f"nextstep explain {first.code}")
