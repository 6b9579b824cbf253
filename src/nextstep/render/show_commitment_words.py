"""The page about a commitment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from nextstep.render.event_words import event_items
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, fact, facts, line
from nextstep.render.party_words import away_words, link_words, short_name, who_words
from nextstep.render.row_words import Speech, due_words, inside, named, times
from nextstep.reports.show_commitment import CommitmentView
from nextstep.reports.show_links import Refused

_HOW_IT_ENDED = {"kept": "kept", "partly": "partly kept", "missed": "missed", "dropped": "dropped"}


def commitment_page(view: CommitmentView, reading: Reading) -> Page:
    """Return the page about a commitment."""
    speech = reading.speech
    state = f"{view.state}, overdue" if view.overdue else view.state
    return Page(
        head=reading.head(f"commitment {view.handle}", state),
        origin=reading.origin_words,
        title=view.what,
        lead=tuple(_lead(view, speech)),
        blocks=tuple(_blocks(view, speech)),
        alarms=(*reading.alarms, *map(refused_words, view.impossible)),
        foot=_foot(view),
    )


def refused_words(refused: Refused) -> Remark:
    """Return the row of an event that is impossible."""
    return Remark(
        f"event {refused.number} of the log, {refused.event}, does not count: {refused.why}; "
        f"{refused.right}",
        "nextstep check",
    )


def _lead(view: CommitmentView, speech: Speech) -> Iterator[Item]:
    yield _when(view, speech)
    yield line(f"so that {inside(view.outcome)}" if view.outcome else "no outcome")
    if view.blocked is not None and view.blocked_since is not None:
        why = f": {view.blocked.why}" if view.blocked.why else ""
        on = f" from {view.blocked.on}" if view.blocked.on else ""
        day = speech.day(view.blocked_since)
        yield line(f"needs help{on} since {day}{why}", tone=Tone.TODAY)
    if view.offer is not None and view.offered_on is not None:
        to = named(view.offer.receivers or view.offer.to)
        yield line(
            f"offered to {to} by {view.offer.by} on {speech.day(view.offered_on)}: "
            f"{short_name(view.who)} has it until {to} accepts",
            tone=Tone.TODAY,
        )
    elif view.returned is not None:
        missing = f", missing: {', '.join(view.returned.missing)}" if view.returned.missing else ""
        yield line(f"returned by {view.returned.by}{missing}")
    if view.waits_for and view.state in ("proposed", "open"):
        handles = [one.handle for one in view.after if one.id in view.waits_for]
        yield line(f"waits for {', '.join(handles)}")


def _when(view: CommitmentView, speech: Speech) -> Item:
    """Return the line of the date: due, or how it ended."""
    if view.state in ("closed", "done"):
        return line(_ended(view, speech))
    if view.due is None:
        return line("no date agreed")
    words = due_words(view.due, speech, overdue=view.overdue)
    if view.moved:
        words += f", moved {times(view.moved)}"
    if view.state == "proposed":
        words = f"proposed, not agreed yet; {words}"
    today = not isinstance(view.due, datetime) and view.due == speech.today
    tone = Tone.TODAY if today else Tone.PLAIN
    return line(words, tone=Tone.OVERDUE if view.overdue else tone)


def _ended(view: CommitmentView, speech: Speech) -> str:
    closed = view.closed
    words = "done, not looked back on yet"
    if closed is not None:
        words = f"closed as {_HOW_IT_ENDED.get(closed.result or '', closed.result or 'over')}"
    if view.on_time is not None:
        words += ", in time" if view.on_time else ", after it was due"
    if view.due is not None:
        words += f" ({due_words(view.due, speech, overdue=True).partition(', ')[0]})"
    return words


def _blocks(view: CommitmentView, speech: Speech) -> Iterator[Part]:
    closed = view.closed
    if closed is not None:
        yield from facts(
            "WHAT CAME OF IT",
            (
                fact("outcome", closed.outcome),
                fact("why", closed.why),
                fact("learned", closed.learned),
                fact("will change", closed.change),
                fact("feedback", closed.feedback),
                fact("nothing further", closed.nothing_further),
                *(fact("next", link_words(one, speech)) for one in view.next),
            ),
        )
    yield from facts("", _facts(view, speech))
    yield from facts("WHAT HAPPENED", event_items(view.happened, speech))


def _facts(view: CommitmentView, speech: Speech) -> Iterator[Item | None]:
    partner = view.partner
    since = f", since {speech.day(view.since)}" if view.since else ""
    who = "you" if view.who is None and speech.you else who_words(view.who, speech)
    yield fact("who", f"{who}{since}")
    yield fact("with", "; ".join(who_words(one, speech) for one in view.with_))
    if partner is not None and partner.id and (view.who is None or partner.id != view.who.id):
        asked = f", last on {speech.day(view.asked_on)}" if view.asked_on else ""
        away = away_words(partner, speech)
        yield fact("partner", f"{partner.id} asks how it went{asked}{away}")
    if not view.agreed and view.state == "open":
        yield fact("agreed", "nothing is written down of when and with whom")
    yield fact("comes from", view.source)
    if view.follows is not None:
        yield fact("follows", link_words(view.follows, speech))
    for one in view.after:
        yield fact("after", link_words(one, speech))
    for one in view.holds_up:
        yield fact("waits for it", link_words(one, speech))
    if view.closed is None:
        for one in view.next:
            yield fact("came out of it", link_words(one, speech))
    yield fact("part of", view.part_of)
    yield fact("again", view.repeat)
    yield fact("file", view.path)


def _foot(view: CommitmentView) -> Remark:
    """Return what to type next: about the plan it is part of, else about it."""
    if view.part_of is not None:
        plan = view.part_of.partition(".")[0]
        return Remark(f"How far {plan} is:", f"nextstep show {plan}")
    if view.state == "proposed":
        return Remark("To agree to it:", f"nextstep agree {view.handle}")
    if view.offer is not None:
        return Remark("To answer the offer:", f"nextstep accept {view.handle}")
    if view.closed is None:
        return Remark("To say how it went:", f"nextstep done {view.handle}")
    return Remark("How it came about:", f"nextstep trail {view.handle}")
