"""The digest in words: a page for a mailbox, a terminal or a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nextstep.dates.words import counted, ordinal
from nextstep.model.time import Due, DueWord
from nextstep.render.commands import quoted
from nextstep.render.digest_health_words import health_items, review_items
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, block, line
from nextstep.render.row_words import Speech, inside, item_of, named, times
from nextstep.reports.digest import Digest, Stale
from nextstep.reports.digest_by_hand import CLOSED, FILE, Unsaid
from nextstep.reports.digest_events import Ended, Learned, Moved
from nextstep.reports.digest_subject import Subject

_MOST = 5
_TELLING = {"kept": "kept", "partly": "partly kept", "missed": "missed", "dropped": "dropped"}


def digest_page(digest: Digest, reading: Reading) -> Page:
    """Return the page of a digest: what needs somebody first, then what the period brought."""
    speech = reading.speech
    return Page(
        head=(headline(digest, speech),),
        origin=reading.origin_words,
        title=digest.period.words(digest.today),
        lead=tuple(map(line, _lead(digest, speech))),
        blocks=tuple(_blocks(digest, reading)),
        alarms=reading.alarms,
        foot=_foot(digest),
    )


def learned_page(digest: Digest, reading: Reading) -> Page:
    """Return the page to look back by: what was learned, and what is to change."""
    told, speech = len(digest.learned), reading.speech
    lead = f"{counted(told, 'thing')} learned." if told else "Nobody wrote down what was learned."
    return Page(
        head=(" · ".join(("What was learned", *_whom(digest, speech))),),
        origin=reading.origin_words,
        title=digest.period.words(digest.today),
        lead=(line(lead),),
        blocks=tuple(_learned_by_part(digest, speech)),
        alarms=reading.alarms,
        foot=_foot(digest)
        if told
        else Remark(
            "It is asked for when something is closed:", 'nextstep done ID --learned "..."'
        ),
    )


def headline(digest: Digest, speech: Speech) -> str:
    """Return the digest in one line: the week, for whom, what needs them, what was kept."""
    week = digest.period.week
    name = f"Week {week[1]}" if week else "Digest"
    return " · ".join([name, *_whom(digest, speech), ", ".join(_counts(digest, speech))])


def _whom(digest: Digest, speech: Speech) -> tuple[str, ...]:
    """Return whom or what it is for; nothing in a ledger of one person."""
    subject = digest.subject
    if subject.name is None:
        return () if speech.you else ("everybody",)
    return (subject.name if subject.kind == "person" else f"{subject.kind} {subject.name}",)


def _counts(digest: Digest, speech: Speech) -> Iterator[str]:
    if digest.asked:
        yield f"{digest.asked} {'needs' if digest.asked == 1 else 'need'} {speech.name or 'doing'}"
    else:
        yield f"nothing needs {speech.name or 'anybody'}"
    if digest.ended:
        yield f"{digest.kept} of {len(digest.ended)} kept"


def _lead(digest: Digest, speech: Speech) -> Iterator[str]:
    """Yield what runs by itself: an empty week is a good answer, and is said."""
    way = counted(digest.on_their_way, "run")
    parts = [f"{way} on {'its' if digest.on_their_way == 1 else 'their'} way"]
    if not digest.waiting:
        parts.append("no hand-off waits for an answer from others")
    others = ", ".join(parts) if digest.on_their_way else ""
    if not digest.asked:
        name = speech.name or "anybody"
        yield f"Nothing needs {name}: {others}." if others else f"Nothing needs {name}."
    elif others:
        yield f"{others}."
    told = (digest.ended, digest.moved, digest.by_hand, digest.begun, digest.learned)
    if digest.period.week and digest.period.last < digest.today and not any(told):
        yield "Nothing was closed, moved or begun. This week: nextstep digest --week this"


def _blocks(digest: Digest, reading: Reading) -> Iterator[Part]:
    speech = reading.speech
    name = speech.name.upper()
    needs = [
        *(_stale(one, speech) for one in digest.stale),
        *(item_of(row, speech) for row in digest.needs),
        *review_items(digest.reviews, speech),
        *map(line, _more(digest, speech)),
    ]
    yield from block(f"NEEDS {name}" if name else "NEEDS DOING", needs)
    yield from block("WHAT CAME OF IT", (_ended(one, digest, speech) for one in digest.ended))
    yield from block(_moved_heading(digest), (_moved(one, digest, speech) for one in digest.moved))
    hands = (_unsaid(one, digest, speech) for one in digest.by_hand or ())
    yield from block("CHANGED WITHOUT AN EVENT", hands)
    yield from _cut("LATE, WITH OTHERS", [item_of(row, speech) for row in digest.late])
    yield from _cut("HAND-OFFS WAITING", [item_of(row, speech) for row in digest.waiting])
    yield from _cut("NEW", [item_of(row, speech) for row in digest.begun])
    yield from block("HOW PROCESSES FARE", health_items(digest.health))
    yield from block("LEARNED", (_learned(one) for one in digest.learned))


def _more(digest: Digest, speech: Speech) -> Iterator[str]:
    """Yield what else needs somebody, and the command that lists it."""
    if digest.more:
        yield f"and {digest.more} more: {_due_command(digest.subject, speech)}"
    if digest.more_reviews:
        more = digest.more_reviews
        processes = "1 more process" if more == 1 else f"{more} more processes"
        yield f"and {processes} to look at again: nextstep check"


def _due_command(subject: Subject, speech: Speech) -> str:
    """Return the command that lists what needs somebody; a person reads their own digest."""
    if subject.kind in ("role", "process"):
        return f"nextstep due --who all --{subject.kind} {quoted(subject.name or '')}"
    return "nextstep due" if speech.you else "nextstep due --who all"


def _cut(heading: str, items: list[Item]) -> Iterator[Part]:
    """Yield a block of the first few; the others are counted."""
    more = len(items) - _MOST
    shown = items[:_MOST] + ([line(f"and {more} more")] if more > 0 else [])
    yield from block(heading, shown)


def _stale(stale: Stale, speech: Speech) -> Item:
    item = item_of(stale.row, speech)
    question = (
        f"here for the {ordinal(stale.weeks)} week as it is: move it, drop it, or ask for help?"
    )
    return Item(
        handle=item.handle,
        title=item.title,
        when=item.when,
        tone=item.tone,
        details=(question, *item.details),
    )


def _ended(one: Ended, digest: Digest, speech: Speech) -> Item:
    result = _TELLING.get(one.result, one.result)
    days = f", {counted(one.days_late, 'working day')} late" if one.days_late else ""
    details = [one.outcome or "what came of it was not written down"]
    if one.next:
        details.append(f"next {', '.join(one.next)}")
    elif one.nothing_further and one.nothing_further != "yes":
        details.append(f"nothing further: {inside(one.nothing_further)}")
    return Item(
        handle=one.handle,
        title=_titled(one.what, one.who, digest),
        when=f"{result}{days}, {speech.day(one.on)}",
        tone=Tone.PAST,
        details=tuple(details),
    )


def _titled(what: str, who: str | None, digest: Digest) -> str:
    """Return what it is, after who had it where that is not whom the digest is for."""
    return what if who is None or who == digest.subject.person else f"{who}: {what}"


def _moved_heading(digest: Digest) -> str:
    late = sum(one.late for one in digest.moved)
    in_time = len(digest.moved) - late
    parts = [f"{in_time} in time"] if in_time else []
    parts += [f"{late} after it was due"] if late else []
    return f"MOVED, {', '.join(parts)}".upper()


def _moved(one: Moved, digest: Digest, speech: Speech) -> Item:
    details = [f'"{one.why}"' if one.why else "no reason is written"]
    details.append(f"by {one.by}{f', agreed by {named(one.agreed_by)}' if one.agreed_by else ''}")
    if one.times > 1:
        details.append(f"moved {times(one.times)} by now")
    after = ", after it was due" if one.late else ""
    before = f"from {_due(one.before, speech)} " if one.before is not None else ""
    return Item(
        handle=one.handle,
        title=_titled(one.what, one.who, digest),
        when=f"{before}to {_due(one.to, speech)}{after}",
        details=tuple(details),
    )


def _unsaid(one: Unsaid, digest: Digest, speech: Speech) -> Item:
    """Return what was changed by hand, and the command that tells by whom and when."""
    before, to = (_said(value, speech) for value in (one.before, one.to))
    change = f"from {before} to {to}"
    if one.field == FILE:
        change = f"deleted while {before}"
    elif one.field == CLOSED:
        change = f"open again: the line that closed it as {before} is gone"
    elif one.field != "due":
        name = "who has it" if one.field == "who" else one.field
        change = f"{name}: {to}, before it was {before}"
    return Item(
        handle=one.handle,
        title=_titled(one.what, one.who, digest),
        when=inside(change),
        details=(f"by whom, and when: nextstep trail {one.handle.partition(' ')[0]}",),
    )


def _said(value: Due | str | None, speech: Speech) -> str:
    """Return a date with its weekday, anything else as it is written."""
    if value is None or isinstance(value, (date, DueWord)):
        return _due(value, speech)
    return value


def _due(due: Due | None, speech: Speech) -> str:
    if due is None or due is DueWord.NONE:
        return "no date"
    if isinstance(due, DueWord):
        return "as soon as possible"
    return speech.moment(due)


def _learned(one: Learned) -> Item:
    return Item(handle=one.handle, title=one.what, details=tuple(_lessons(one)))


def _lessons(one: Learned) -> Iterator[str]:
    if one.learned:
        yield one.learned
    if one.change:
        yield f"to change: {one.change}"
    if one.feedback:
        yield f"heard: {one.feedback}"


def _learned_by_part(digest: Digest, speech: Speech) -> Iterator[Part]:
    """Yield what was learned, by process or plan."""
    parts = sorted({one.part_of or "" for one in digest.learned}, key=lambda name: (not name, name))
    for name in parts:
        items = (
            Item(
                handle=one.handle,
                title=one.what,
                when=f"{_TELLING.get(one.result, one.result)}, {speech.day(one.on)}",
                tone=Tone.PAST,
                details=tuple(_lessons(one)),
            )
            for one in digest.learned
            if (one.part_of or "") == name
        )
        yield from block(name.upper() or "ELSEWHERE", items)


def _foot(digest: Digest) -> Remark | None:
    anchor = digest.anchor
    if anchor is None:
        return None
    commits = "a shallow clone" if anchor.commits is None else counted(anchor.commits, "commit")
    unknown = "; what was changed by hand cannot be told here" if digest.by_hand is None else ""
    return Remark(f"head {anchor.head[:12]}, {commits}{unknown}")
