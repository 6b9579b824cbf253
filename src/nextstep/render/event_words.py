"""What happened, in words: one line an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from nextstep.dates.zones import local_day
from nextstep.model.events import EventValue
from nextstep.model.time import DueWord
from nextstep.render.listing import Item, Tone
from nextstep.render.row_words import Speech, named
from nextstep.reports.show_links import Happening

_SHOWN_OF_A_HASH = 7


def event_items(
    events: Iterable[Happening], speech: Speech, *, clocks: bool = False
) -> Iterator[Item]:
    """Yield a line for each event: the day (``clocks``: and the time), what happened, how it counts."""
    for event in events:
        yield Item(
            handle=day_and_clock(event, speech, clocks=clocks),
            title=event_words(event, speech),
            when=_standing(event),
            tone=Tone.PAST if event.undone else Tone.PLAIN,
        )


def event_words(event: Happening, speech: Speech) -> str:
    """Return what happened, who did it, and their own words last."""
    written = _text(event, "recorded_by")
    words = _WORDS.get(event.event, _other)(event, speech)
    if written and written != event.by:
        words += f" (written down by {written})"
    return f"{words}{_own_words(event)}"


def day_and_clock(event: Happening, speech: Speech, *, clocks: bool) -> str:
    """Return ``Thu 12 Nov``, with the time of the day where hours matter."""
    day = speech.day(event.on)
    return f"{day} {event.clock}" if clocks else day


def _standing(event: Happening) -> str:
    if event.undone:
        return "undone since"
    if event.impossible:
        return "impossible, does not count"
    if event.late is None:
        return ""
    return "after it was due" if event.late else "before it was due"


def _moved(event: Happening, speech: Speech) -> str:
    words = "moved"
    if "from" in event.values:
        words += f" from {_due(event.values['from'], speech)}"
    words += f" to {_due(event.values.get('to'), speech)} by {event.by}"
    return f"{words}{_agreed(event)}"


def _changed(event: Happening, _: Speech) -> str:
    field, before, after = (_text(event, name) for name in ("field", "from", "to"))
    words = f"{event.by} changed {field}"
    if before:
        words += f' from "{before}"'
    if after:
        words += f' to "{after}"'
    return f"{words}{_agreed(event)}"


def _offered(event: Happening, _: Speech) -> str:
    duty = _text(event, "duty")
    what = f"the duty of {duty} was offered" if duty in ("owner", "deputy") else "offered"
    if event.values.get("duty") is True:
        what = "the promise itself was offered"
    to = _text(event, "to")
    words = f"{what} to {to} by {event.by}" if to else f"{what} by {event.by}"
    return f"{words}{_list(event, 'gaps', ', known to be missing')}"


def _accepted(event: Happening, _: Speech) -> str:
    return f"accepted by {event.by}{_list(event, 'gaps', ' without')}"


def _returned(event: Happening, _: Speech) -> str:
    return f"returned by {event.by}{_list(event, 'missing', ', missing')}"


def _done(event: Happening, _: Speech) -> str:
    words = f"done by {event.by}"
    order, proof = event.values.get("out_of_order"), _text(event, "proof")
    if order:
        words += " out of order" if order in (True, "true", "yes") else f" out of order ({order})"
    return f"{words}, {proof}" if proof else words


def _approved(event: Happening, _: Speech) -> str:
    content = _text(event, "content")
    return f"approved by {event.by}{f', content {content[:_SHOWN_OF_A_HASH]}' if content else ''}"


def _closed(event: Happening, _: Speech) -> str:
    result = _text(event, "result")
    words = f"closed as {result} by {event.by}" if result else f"closed by {event.by}"
    follows = _list(event, "next", " (next")
    return f"{words}{follows})" if follows else words


def _blocked(event: Happening, _: Speech) -> str:
    on = _text(event, "on")
    return f"{event.by} needs help{f' from {on}' if on else ''}"


def _plain(words: str) -> Callable[[Happening, Speech], str]:
    return lambda event, _: words.format(by=event.by, **_named_values(event))


def _other(event: Happening, _: Speech) -> str:
    return f"{event.event} by {event.by}"


def _how(words: str) -> Callable[[Happening, Speech], str]:
    def say(event: Happening, _: Speech) -> str:
        how = _text(event, "how")
        return f"{words} by {event.by}{f' ({how})' if how else ''}"

    return say


def _undid(event: Happening, speech: Speech) -> str:
    """Return which event was taken back, where it is known."""
    of, what = event.values.get("of"), _text(event, "of_event")
    if what is None or not isinstance(of, date):
        return f"{event.by} undid an event"
    day = speech.day(local_day(of, speech.calendar.timezone))
    return f'{event.by} undid "{what}" of {day} by {_text(event, "of_by") or "somebody"}'


def _feedback(event: Happening, _: Speech) -> str:
    score = _text(event, "score")
    return f"{event.by} said{f' {score}' if score else ''}"


_WORDS: Mapping[str, Callable[[Happening, Speech], str]] = {
    "proposed": _how("proposed"),
    "agreed": _how("agreed"),
    "moved": _moved,
    "changed": _changed,
    "offered": _offered,
    "accepted": _accepted,
    "returned": _returned,
    "ticked": _plain('{by} ticked "{item}"'),
    "done": _done,
    "approved": _approved,
    "asked": _plain("{by} asked how it went"),
    "closed": _closed,
    "blocked": _blocked,
    "unblocked": _plain("{by} goes on"),
    "skipped": _plain("skipped by {by}"),
    "confirmed": _plain("{by} confirmed that it is right"),
    "trained": _plain("{person} trained by {by}"),
    "feedback": _feedback,
    "reopened": _plain("reopened by {by}"),
    "noted": _plain("{by} noted"),
    "undone": _undid,
}
_SAID = ("why", "text", "words", "outcome")
_SAID_AS_WELL = {
    "watch_for": "watch for",
    "readback": "says back",
    "learned": "learned",
    "change": "to change",
    "nothing_further": "nothing further",
}


def _own_words(event: Happening) -> str:
    """Return what was said: the reason first, then what needs to be told apart."""
    plain = "; ".join(words for name in _SAID if (words := _text(event, name)))
    named_ = "".join(
        f"; {start}: {words}"
        for name, start in _SAID_AS_WELL.items()
        if (words := _text(event, name))
    )
    return f"{f': {plain}' if plain else ''}{named_}"


def _named_values(event: Happening) -> Mapping[str, str]:
    return {name: _text(event, name) or "somebody" for name in ("item", "person")}


def _text(event: Happening, name: str) -> str | None:
    """Return a value of an event as text; None where it is not given or no plain one."""
    value = event.values.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _list(event: Happening, name: str, before: str) -> str:
    value = event.values.get(name)
    parts = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    words = [part for part in parts if isinstance(part, str)]
    return f"{before}: {', '.join(words)}" if words else ""


def _agreed(event: Happening) -> str:
    value = event.values.get("agreed_by")
    people = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    names = tuple(one for one in people if isinstance(one, str))
    return f", agreed by {named(names)}" if names else ""


def _due(value: EventValue | None, speech: Speech) -> str:
    if isinstance(value, DueWord):
        return "as soon as possible" if value is DueWord.ASAP else "no date"
    return speech.moment(value) if isinstance(value, date) else "no date"
