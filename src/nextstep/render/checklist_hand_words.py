"""Who stands on a checklist, in words: the giver, the receiver, whoever is told."""

from __future__ import annotations

from nextstep.render.party_words import contact_words
from nextstep.render.row_words import Speech, named
from nextstep.reports.checklist_records import Card, Hand

_NAMED_IN_FULL = 3


def giver(card: Card, speech: Speech) -> str:
    """Return who hands over, does or decides it."""
    vacant = card.standing is not None and card.standing.vacant
    if vacant and not card.from_.who:
        return f"nobody yet, {card.from_.role or 'the role'} is vacant: the owner acts"
    together = card.gate is not None and card.gate.need in (None, "all")
    words = _hand(card.from_, speech, in_run=card.standing is not None, together=together)
    return words or speech.name or "nobody is named"


def receiver(card: Card, speech: Speech) -> str:
    """Return who signs for it."""
    in_run = card.standing is not None
    if card.kind == "commitment" and not card.to.who:
        return "nobody yet: it is not offered to anybody"
    if in_run and card.to.role and not card.to.who:
        return f"nobody yet, {card.to.role} is vacant: the owner answers"
    return _hand(card.to, speech, in_run=in_run) or "whoever has the next step"


def told(card: Card, speech: Speech) -> str | None:
    """Return who is told, without signing for it."""
    in_run = card.standing is not None
    return "; ".join(_hand(hand, speech, in_run=in_run) for hand in card.told) or None


def _hand(hand: Hand, speech: Speech, *, in_run: bool, together: bool = False) -> str:
    """Return people with their role; in a process the role, with who holds it now."""
    if not hand.who or (not in_run and hand.role):
        held = f" ({_names(hand)})" if hand.who else ""
        return f"{hand.role or ''}{held}"
    role = f", as {hand.role}" if hand.role else ""
    if len(hand.who) > _NAMED_IN_FULL:
        return f"{_names(hand)}{role}"
    between = " and " if together else " or "
    return f"{between.join(contact_words(one, speech) for one in hand.who)}{role}"


def _names(hand: Hand) -> str:
    return named(tuple(one.id for one in hand.who if one.id))
