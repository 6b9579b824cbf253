"""The page of a checklist: what the giver and the receiver hold in their hands."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.render.checklist_hand_words import giver, receiver, told
from nextstep.render.checklist_part_words import gate_facts, listed_item
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, Section, block, fact, facts, line
from nextstep.render.party_words import contact_words, roadblock_words
from nextstep.render.row_words import Speech, due_words, inside, named
from nextstep.render.show_promise_words import promise_words
from nextstep.render.show_step_words import (
    LEFT_UNDONE,
    follower_words,
    step_standing,
    step_when,
)
from nextstep.render.show_step_words import tone as step_tone
from nextstep.reports.checklist_records import (
    Answer,
    Card,
    Checklist,
    Following,
    Target,
)

_KINDS = {
    "handoff": "hand-off",
    "tell": "to tell",
    "step": "step",
    "gate": "to approve",
    "mark": "date",
    "commitment": "hand-off",
}
_NO_LIST = "nothing says what must be included: ask the receiver"


def checklist_page(checklist: Checklist, reading: Reading) -> Page:
    """Return the page of a checklist, whatever it is about."""
    speech = reading.speech
    title = f"{checklist.title} for {checklist.for_}" if checklist.for_ else checklist.title
    head = reading.head(f"checklist {checklist.handle}", _state(checklist))
    if checklist.kind == "commitment":
        (card,) = checklist.cards
        return Page(
            head=head,
            origin=reading.origin_words,
            title=title,
            lead=(_commitment_date(card, speech),),
            blocks=tuple(_blocks(card, speech)),
            alarms=reading.alarms,
        )
    return Page(
        head=head,
        origin=reading.origin_words,
        title=title,
        lead=tuple(_lead(checklist, speech)),
        blocks=tuple(facts("", _contacts(checklist, speech))),
        sections=tuple(_section(card, speech) for card in checklist.cards),
        tail=tuple(_tail(checklist)),
        alarms=reading.alarms,
        foot=_foot(checklist),
    )


def _state(checklist: Checklist) -> str:
    """Return where the step stands that was asked for, else where the whole does."""
    card = checklist.cards[0] if checklist.step and checklist.cards else None
    if card is None or card.state is None:
        return checklist.state or ""
    return f"{card.state}, overdue" if card.overdue else card.state


def _lead(checklist: Checklist, speech: Speech) -> Iterator[Item]:
    promise = checklist.promise
    if promise is not None and (promise.text or promise.due or promise.missing):
        words = promise_words(promise, speech)
        if checklist.kind == "process" and promise.rule_words:
            words = f"{words} ({promise.rule_words})"
        late = promise.kept is False or bool(promise.late_by)
        yield line(f"The promise: {words}", tone=Tone.OVERDUE if late else Tone.PLAIN)
    if not checklist.cards:
        yield line(f"no step of this {checklist.kind} is handed over")


def _contacts(checklist: Checklist, speech: Speech) -> Iterator[Item | None]:
    if checklist.owner is not None:
        yield fact("ask", f"{contact_words(checklist.owner, speech)}, who owns it")
    if checklist.deputy is not None:
        yield fact("or", f"{contact_words(checklist.deputy, speech)}, who stands in")


def _section(card: Card, speech: Speech) -> Section:
    return Section(
        kind=_KINDS[card.kind],
        title=card.what,
        place=_place(card),
        lead=tuple(_card_lead(card, speech)),
        blocks=tuple(_blocks(card, speech)),
    )


def _place(card: Card) -> str:
    """Return ``step 1 of 7, collect/product``."""
    step = card.step or ""
    name = f"{step}/{card.part}" if card.part and "/" not in step else step
    return f"step {card.number} of {card.of}, {name}" if card.number else name


def _card_lead(card: Card, speech: Speech) -> Iterator[Item]:
    standing = card.standing
    if standing is not None:
        verb = "hand it over: " if card.kind == "handoff" and _is_to_come(card) else ""
        yield line(f"{verb}{step_when(standing, speech)}", tone=step_tone(standing, speech))
        words = "; ".join(step_standing(standing, speech))
        if words:
            yield line(words)
    elif card.frame:
        yield line(card.frame if card.kind == "mark" else f"due {card.frame}")


def _is_to_come(card: Card) -> bool:
    return card.offered is None and card.state not in ("finished", *LEFT_UNDONE)


def _commitment_date(card: Card, speech: Speech) -> Item:
    over = card.state in ("done", "closed")
    when = "no date agreed"
    if card.due is not None:
        when = due_words(card.due, speech, overdue=card.overdue or over)
    if over:
        return line(f"{card.state}; {when.partition(', ')[0]}")
    return line(when, tone=Tone.OVERDUE if card.overdue else Tone.PLAIN)


def _blocks(card: Card, speech: Speech) -> Iterator[Part]:
    yield from facts("", _people(card, speech))
    yield from facts("", _answered(card, speech))
    handed = card.kind in ("handoff", "tell")
    wanted = [listed_item(one) for one in card.must_include]
    yield from facts("MUST INCLUDE", wanted or ([line(_NO_LIST)] if handed else []))
    yield from facts("TICK OFF", map(listed_item, card.items))
    yield from facts("", _ends(card))
    theirs = [one for one in card.next if _is_of_receiver(one, card)]
    others = [one for one in card.next if one not in theirs]
    heading = "WHAT A YES LEADS TO" if card.kind == "gate" else "WHAT COMES NEXT"
    yield from block("WHAT THE RECEIVER DOES NEXT", (_following(one, speech) for one in theirs))
    yield from block(heading, (_following(one, speech) for one in others))
    yield from facts("", _closing(card))


def _is_of_receiver(one: Following, card: Card) -> bool:
    """Whether a step that comes next is done by who receives the work."""
    names = {card.to.role, *(party.id for party in card.to.who)}
    return card.kind == "handoff" and not names.isdisjoint(one.who)


def _people(card: Card, speech: Speech) -> Iterator[Item | None]:
    """Yield who hands over to whom, with what in their hands."""
    gate = card.gate
    if gate is not None:
        yield from gate_facts(gate, giver(card, speech))
    elif card.kind in ("handoff", "commitment"):
        yield fact("from", giver(card, speech))
        yield fact("to", receiver(card, speech))
        if card.answer_within and card.answer is None:
            yield fact("answer", f"within {card.answer_within}: accept it, or say what is missing")
    elif card.kind != "mark":
        yield fact("who", giver(card, speech))
        yield fact("tell", told(card, speech))
    yield fact("with", named(card.with_) if card.with_ else None)
    yield fact("so that", card.outcome)
    if card.when:
        yield fact("only when", f"{card.when}: {card.because}" if card.because else card.when)
    yield fact("how", card.how)
    yield fact("template", card.template)


def _answered(card: Card, speech: Speech) -> Iterator[Item | None]:
    """Yield what was offered, and what the receiver said to it."""
    offered, answer = card.offered, card.answer
    if offered is not None and card.kind == "commitment":
        yield fact("offered", f"{speech.day(offered.on)} by {offered.by}")
    if offered is not None and offered.duty and card.kind != "commitment":
        to = named(offered.to)
        yield fact("offered", f"the promise itself, to {to}, {speech.day(offered.on)}")
    if offered is not None and offered.gaps:
        yield fact("without", f"{', '.join(offered.gaps)}: said openly with the offer")
    if answer is not None:
        yield from _said(answer, speech)
    yield fact("proof", card.proof_given)


def _said(answer: Answer, speech: Speech) -> Iterator[Item | None]:
    yield fact(answer.event, f"{speech.day(answer.on)} by {answer.by}")
    yield fact("missing", ", ".join(answer.missing))
    yield fact("why", answer.why)
    yield fact("without", f"{', '.join(answer.gaps)}: accepted all the same" * bool(answer.gaps))
    yield fact("said back", answer.readback)


def _ends(card: Card) -> Iterator[Item | None]:
    """Yield when the work is done, and what to look out for."""
    done = card.done_when
    if done is None and card.kind == "handoff":
        done = "the receiver can go on without asking"
    yield fact("done when", done)
    if card.proof_given is None:
        yield fact("proof", card.proof)
    for words in card.watch_for:
        yield fact("watch for", words)
    yield fact("no way back", "what this step does cannot be undone" if card.critical else None)


def _following(one: Following, speech: Speech) -> Item:
    when = f"due {one.frame}" if one.frame else ""
    if one.state == "finished":
        when = "finished"
    elif one.state in LEFT_UNDONE:
        when = "not done"
    elif one.due is not None:
        when = due_words(one.due, speech, overdue=one.overdue)
    who = named(one.who)
    details = [f"{who} {'approve' if len(one.who) > 1 else 'approves'}" if one.vote else who]
    if one.done_when:
        details.append(f"done when {inside(one.done_when)}")
    return Item(handle=one.step, title=one.what, when=when, details=tuple(details))


def _closing(card: Card) -> Iterator[Item | None]:
    """Yield the line that the receiver says back, and what is left to do after it."""
    if card.readback and card.state != "finished":
        asks = "what I will do next, and by when:"
        yield Item(handle="receiver says back", title=asks, blank=True)
    yield fact("after you", ", ".join(map(follower_words, card.after_you)))


def _tail(checklist: Checklist) -> Iterator[Part]:
    yield from block(
        "ROADBLOCKS, AND WHAT TO TRY", (line(roadblock_words(one)) for one in checklist.roadblocks)
    )
    yield from facts("TARGETS", (fact(one.name, _reached(one)) for one in checklist.targets))


def _reached(target: Target) -> str:
    if target.reached is None:
        return target.target
    share = round(100 * target.reached / target.runs)
    runs = counted(target.runs, "finished run")
    return f"{target.target}; so far {share}%: {target.reached} of {runs}"


def _foot(checklist: Checklist) -> Remark | None:
    if checklist.cards:
        return None
    return Remark("What its steps are:", f"nextstep show {checklist.handle}")
