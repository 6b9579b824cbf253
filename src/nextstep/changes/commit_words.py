"""What a commit says of an event: one line that people can read, why, and a trailer for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from nextstep.changes.taken_together import is_again, spoken_of
from nextstep.dates.words import day_words, sentence
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import UNDONE, Event
from nextstep.model.people import Person
from nextstep.model.time import DueWord
from nextstep.repo.paths import SETTINGS
from nextstep.runs.filled_paths import filled_path

_LONGEST_SUBJECT = 72
_LONGEST_LINE = 76

_SUBJECTS = {
    "proposed": "Propose: {thing}",
    "agreed": "Agree: {thing}",
    "moved": "Move to {to}: {thing}",
    "changed": "Change {field}: {thing}",
    "offered": "Offer to {receiver}: {thing}",
    "accepted": "Accept: {thing}",
    "returned": "Return: {thing}",
    "ticked": "Tick off {item}: {thing}",
    "done": "Done: {thing}",
    "approved": "Approve: {thing}",
    "asked": "Ask how it went: {thing}",
    "closed": "Close as {result}: {thing}",
    "blocked": "Blocked: {thing}",
    "unblocked": "Go on: {thing}",
    "skipped": "Skip: {thing}",
    "confirmed": "Still right: {thing}",
    "trained": "{person} has learned: {thing}",
    "feedback": "Feedback: {thing}",
    "undone": "{again}: {undone}",
    "reopened": "Open again: {thing}",
    "noted": "Note: {thing}",
}
_WORDS = (
    "why",
    "readback",
    "outcome",
    "learned",
    "text",
    "words",
    "out_of_order",
    "nothing_further",
)


def message_of(
    written: Sequence[tuple[Record, Sequence[Event]]],
    people: Mapping[str, Person],
    *,
    subject: str | None = None,
    body: str = "",
    newcomers: Sequence[str] = (),
) -> str:
    """Return the message for records that were written at once, with the new events of each.

    The first event gives the first line and the reasons, unless there is a ``subject``. A record
    without an event was started. ``body`` says what the events do not; ``newcomers`` are named for
    the first time.
    """
    paragraphs = [subject] if subject else []
    trailers = []
    for record, events in written:
        if events and not paragraphs:
            paragraphs = _paragraphs(record, events[0], people)
        trailers += [trailer(event.event, record.id, event.step) for event in events]
        trailers += [] if events else [trailer("started", record.id)]
    new = f"New in {SETTINGS}: {', '.join(newcomers)}." if newcomers else ""
    paragraphs += map(wrapped, filter(None, [body, new]))
    return "\n\n".join([*paragraphs, *filter(None, ["\n".join(trailers)])]) + "\n"


def promise_moved(before: Run, after: Run) -> Iterator[str]:
    """Yield that a promise to a customer has another date: it follows, and no event says so."""
    was, due = before.promise_due, after.promise_due
    if was is not None and was != due:
        dates = [_due(one, before.started or date.min) for one in (due, was)]
        yield f"The promise of {title_of(after)} is due {dates[0]}; it was {dates[1]}."


def subject_of(record: Record, event: Event, people: Mapping[str, Person]) -> str:
    """Return the one line that says what an event did."""
    return _paragraphs(record, event, people)[0]


def title_of(record: Record) -> str:
    """Return what people call a record."""
    if isinstance(record, Commitment):
        return record.what
    if isinstance(record, Run) and record.for_:
        return f"{record.title} for {record.for_}"
    return record.title


def trailer(verb: str, id_: str, step: str | None = None) -> str:
    """Return the line that names what happened to which record."""
    return " ".join(filter(None, ("Nextstep:", verb, id_, step)))


def shortened(text: str, length: int) -> str:
    """Return a text of at most so many characters, cut between two words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rpartition(" ")[0].rstrip(",;:") + "…"


def wrapped(text: str) -> str:
    """Return a paragraph in lines that are short enough to be quoted."""
    if len(text) <= _LONGEST_LINE and text.isprintable() and text == text.strip():
        return text
    import textwrap

    lines = [
        textwrap.fill(line, _LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    ]
    return "\n".join(lines)


def full_name(people: Mapping[str, Person], id_: str) -> str:
    """Return how somebody is called."""
    person = people.get(id_)
    return (person.name if person else None) or id_


def _facts(record: Record, event: Event, people: Mapping[str, Person]) -> dict[str, str]:
    return {
        "thing": _thing(record, event.step),
        "to": _due(event.values.get("to"), event.at.date()),
        "field": _field(event.text("field") or ""),
        "receiver": full_name(people, event.text("to") or ""),
        "person": full_name(people, event.text("person") or ""),
        "item": event.text("item") or "",
        "result": event.text("result") or "",
    }


def _field(name: str) -> str:
    """Return a field as people call it: an input or a role by its own name."""
    return name.removeprefix("inputs.").removeprefix("people.").replace("_", " ")


def _paragraphs(record: Record, event: Event, people: Mapping[str, Person]) -> list[str]:
    """Return the first line about an event, then the reasons."""
    facts = _facts(record, event, people)
    if event.event == UNDONE:
        facts |= _taken_back(record, event, people)
    subject = _SUBJECTS[event.event].format_map(facts)
    reasons = [wrapped(paragraph) for paragraph in _reasons(record, event, people)]
    return [shortened(subject, _LONGEST_SUBJECT), *reasons]


def _taken_back(record: Record, event: Event, people: Mapping[str, Person]) -> dict[str, str]:
    """Return what an undo did, and the first line of what it is about in the end."""
    about = next(spoken_of(record.log, [event]))
    taken_back = is_again(record.log, [event])
    return {
        "again": "Take back" if taken_back or about is event else "Count again",
        "undone": title_of(record) if about is event else subject_of(record, about, people),
    }


def _thing(record: Record, step: str | None) -> str:
    """Return what an event is about: the step that it names, else the record."""
    if not isinstance(record, Run):
        return title_of(record)
    found = next((one for one in record.steps if one.id == step), None)
    if found is None:
        return title_of(record)
    return filled_path(found.title, record.inputs, found.part)


def _due(value: object, today: date) -> str:
    if isinstance(value, date):
        return day_words(value, today)
    return "no date" if value in (None, DueWord.NONE) else "as soon as possible"


def _reasons(record: Record, event: Event, people: Mapping[str, Person]) -> Iterator[str]:
    """Yield the paragraphs between the first line and the trailers."""
    if isinstance(record, Run) and event.step is not None:
        yield f"{title_of(record)}, {event.step}."
    if event.event == "changed":
        yield f"It was: {event.text('from') or 'not known'}\nIt is: {event.text('to')}"
    if event.texts("missing"):
        yield f"Missing: {', '.join(event.texts('missing'))}."
    if event.texts("gaps"):
        yield f"Not there yet: {', '.join(event.texts('gaps'))}."
    for name in _WORDS:
        said = event.text(name)
        if said:
            ended = sentence(said)
            yield said if ended == said else f"{ended[0].upper()}{ended[1:]}"
    if event.texts("agreed_by"):
        yield f"Agreed by {', '.join(full_name(people, one) for one in event.texts('agreed_by'))}."
