"""How processes fare and which are to be looked at again, in words. It names no person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates.words import counted, distance
from nextstep.render.listing import Item, Tone
from nextstep.render.row_words import Speech
from nextstep.reports.checklist_records import Target
from nextstep.reports.digest_health import Health, ReviewDue


def health_items(processes: Iterable[Health]) -> Iterator[Item]:
    """Yield a line for each process."""
    for one in processes:
        yield Item(
            handle=one.handle,
            title=one.title,
            when=", ".join(_way(one)),
            details=tuple(_details(one)),
        )


def review_items(reviews: Iterable[ReviewDue], speech: Speech) -> Iterator[Item]:
    """Yield a question for each process that is to be looked at again."""
    for one in reviews:
        due = one.review.due
        if due is None:
            continue
        verb = "was due" if one.review.overdue else "is due"
        kind = f" ({one.review.kind})" if one.review.kind else ""
        yield Item(
            handle=one.handle,
            title=f"{one.title}: is it still right{kind}?",
            when=f"review {verb} {speech.day(due)}, {distance(due, speech.today, speech.calendar)}",
            tone=Tone.OVERDUE if one.review.overdue else Tone.PLAIN,
            details=(f"nextstep confirm {one.handle}",),
        )


def _way(one: Health) -> Iterator[str]:
    if one.live:
        yield f"{counted(one.live, 'run')} under way"
    if one.late:
        yield f"{one.late} with something late"
    if one.ended:
        yield f"{one.ended} ended"


def _details(one: Health) -> Iterator[str]:
    if one.promises:
        yield f"promise kept in {one.kept} of {one.promises}"
    if one.accepted:
        yield f"{one.at_once} of {counted(one.accepted, 'hand-off')} accepted at once"
    if one.returned:
        missing = ", ".join(
            f"{text} ({count} times)" if count > 1 else text for text, count in one.missing
        )
        yield f"{one.returned} returned{f', missing: {missing}' if missing else ''}"
    yield from filter(None, map(_target, one.targets))


def _target(target: Target) -> str:
    """Return a target beside what all runs so far came to; nothing where none has ended."""
    if not target.runs:
        return ""
    name = target.name.replace("_", " ")
    return f"{name} {target.reached} of {target.runs}, target {target.target}"
