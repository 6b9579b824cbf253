"""What the log of a record and its history tell otherwise, as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from nextstep.dates.words import counted
from nextstep.render.audit_sayings import HEADINGS, file_says, git_says, question, short, when
from nextstep.render.listing import Item, Remark
from nextstep.render.page import Page, Part, Reading, block
from nextstep.render.row_words import Speech
from nextstep.render.trail_words import known_words
from nextstep.repo.ancestry import AnchorCheck
from nextstep.reports.audit import AuditReport, Clock
from nextstep.reports.audit_findings import Disagreement, Kind

_LONGEST_ID = 12
_SHOWN_OF_A_KIND = 10


def audit_page(report: AuditReport, reading: Reading) -> Page:
    """Return the page about what does not agree; the weightiest kind stands first."""
    speech = reading.speech
    return Page(
        head=reading.head("audit", *_scope(report, speech)),
        origin=reading.origin_words,
        title=_title(report),
        lead=tuple(Item(handle="", title=words) for words in _lead(report)),
        blocks=(
            *block("ANCHORS", (_anchor(one, report.known.tip) for one in report.anchors)),
            *_blocks(report, speech),
            *block("COMMITS WITH CLOCKS THAT DIFFER", (_clock(o, speech) for o in report.clocks)),
        ),
        alarms=(*_limits(report, speech), *reading.alarms),
        foot=_foot(report),
    )


def _limits(report: AuditReport, speech: Speech) -> Iterator[Remark]:
    """Yield what of history is not known, or is told otherwise than git shows it."""
    for words, command in known_words(report.known, speech):
        yield Remark(words, "" if words in report.known.doubts else command)


def _scope(report: AuditReport, speech: Speech) -> Iterator[str]:
    scope = report.scope
    if scope.id is not None:
        yield scope.id
    if scope.since is not None:
        yield f"since {speech.day(scope.since)}"
    if scope.until is not None:
        yield f"until {speech.day(scope.until)}"


def _title(report: AuditReport) -> str:
    read = f"{counted(report.events, 'event')} in {counted(report.known.commits, 'commit')}"
    if not report.count:
        return f"The logs and git agree: {read}."
    verb = "thing disagrees" if report.count == 1 else "things disagree"
    return f"{report.count} {verb}. Compared: {read}."


def _lead(report: AuditReport) -> Iterator[str]:
    """Yield what the count leaves open."""
    if report.count:
        yield "Each can have a plain reason, such as a squash, a merge or an edit by hand: ask first."
    if report.recorded_later:
        verb = "tells" if report.recorded_later == 1 else "tell"
        number = counted(report.recorded_later, "event")
        yield f"{number} {verb} a change that an earlier commit made; that agrees."
    if report.uncompared:
        verb = "names" if report.uncompared == 1 else "name"
        number = counted(report.uncompared, "event")
        yield (
            f"{number} {verb} somebody without an address in nextstep.yaml: who committed that was "
            "not compared."
        )


def _blocks(report: AuditReport, speech: Speech) -> Iterator[Part]:
    """Yield a block for each, headed where another kind begins; of many of a kind the first few."""
    of_kind: Counter[Kind] = Counter()
    for one in report.items:
        of_kind[one.kind] += 1
        if report.scope.id is None and of_kind[one.kind] > _SHOWN_OF_A_KIND:
            continue
        heading = HEADINGS[one.kind] if of_kind[one.kind] == 1 else ""
        yield Part(heading, tuple(_rows(one, speech)))


def _not_shown(report: AuditReport) -> dict[Kind, int]:
    """Return how many of each kind the page leaves out."""
    if report.scope.id is not None:
        return {}
    of_kind = Counter(one.kind for one in report.items)
    return {kind: n - _SHOWN_OF_A_KIND for kind, n in of_kind.items() if n > _SHOWN_OF_A_KIND}


def _rows(one: Disagreement, speech: Speech) -> Iterator[Item]:
    yield Item(handle=one.handle, title=one.what or one.path)
    yield Item(handle="file", title=file_says(one, speech))
    yield Item(handle="git", title=git_says(one, speech))
    yield Item(handle="ask", title=question(one))


def _clock(one: Clock, speech: Speech) -> Item:
    return Item(
        handle=short(one.commit),
        title=f"dated {when(one.at, speech)}",
        details=(f"it comes after {short(one.parent)}, dated {when(one.parent_at, speech)}",),
    )


def _anchor(one: AnchorCheck, tip: str) -> Item:
    here = counted(one.counted or 0, "commit")
    words = {
        "held": f"holds: {short(tip)} comes from it, with the same {here} before",
        "left": f"is here, and {short(tip)} does not come from it",
        "gone": f"is not in this repository, so {short(tip)} does not come from it",
        "other": f"has {here} here, and the line says {one.said}",
        "unknown": "cannot be told: history is cut off here",
    }
    return Item(handle=one.typed[:_LONGEST_ID], title=words[one.found], details=_NEXT[one.found])


_NEXT: Mapping[str, tuple[str, ...]] = {
    "held": (),
    "left": ("was history made anew, or is this another branch? git reflog may tell",),
    "gone": ("was history made anew, or is the line of another repository? a clone may have it",),
    "other": ("is the line copied right? with all digits it means one commit alone",),
    "unknown": ("get the rest of it with git fetch --unshallow, then ask again",),
}


def _foot(report: AuditReport) -> Remark | None:
    left = _not_shown(report)
    if left:
        counts = ", ".join(f"{n} {HEADINGS[kind].lower()}" for kind, n in left.items())
        return Remark(f"Not shown: {counts}.", "nextstep audit --format tsv")
    if not report.items:
        return None
    return Remark(
        "The whole story of the first of them:", f"nextstep trail {report.items[0].handle}"
    )
