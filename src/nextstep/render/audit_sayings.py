"""Each kind of disagreement in words: what the file says, what git says, and what to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from nextstep.dates.words import counted
from nextstep.dates.zones import local_day, local_time
from nextstep.model.time import DueWord
from nextstep.render.commands import quoted
from nextstep.render.event_words import event_words
from nextstep.render.row_words import Speech
from nextstep.reports.audit_findings import FILE, Disagreement, FieldChange, Kind, Signer
from nextstep.reports.show_links import Happening

_SHOWN_OF_A_HASH = 7
_SHOWN_EVENTS = 3
_AT = "at"

HEADINGS: Mapping[Kind, str] = {
    Kind.REMOVED: "LINES THAT LEFT THE LOG",
    Kind.REWRITTEN: "LINES WITH OTHER WORDS",
    Kind.DROPPED: "LEFT OUT BY A MERGE",
    Kind.DELETED: "DELETED WHILE OPEN",
    Kind.NOT_THAT_CONTENT: "APPROVED, AND NOT IN THE REPOSITORY",
    Kind.UNRECORDED: "CHANGED WITHOUT AN EVENT",
    Kind.ONLY_CLAIMED: "EVENTS WHOSE CHANGE DOES NOT SHOW",
    Kind.NOT_THEIRS: "ENDED BY SOMEBODY WHO DID NOT HAVE IT",
    Kind.OTHER_AUTHOR: "COMMITTED BY SOMEBODY ELSE",
    Kind.UNKNOWN_ADDRESS: "COMMITTED FROM AN ADDRESS OF NOBODY HERE",
    Kind.IN_MERGE: "CHANGED IN A MERGE ITSELF",
    Kind.EARLIER: "DATED MORE THAN A DAY BEFORE THE COMMIT",
    Kind.LATER: "DATED MORE THAN A DAY AFTER THE COMMIT",
    Kind.OTHER_VERSION: "APPROVED IN ANOTHER VERSION",
    Kind.UNREAD: "COULD NOT BE READ IN BETWEEN",
}


def file_says(one: Disagreement, speech: Speech) -> str:
    """Return what the file says, or said, as it goes on after `file`."""
    return _FILE.get(one.kind, _written)(one, speech)


def git_says(one: Disagreement, speech: Speech) -> str:
    """Return what its history says, as it goes on after `git`: the commit, who signed it, when."""
    return _GIT.get(one.kind, _commit)(one, speech)


def question(one: Disagreement) -> str:
    """Return what to ask, or what to do where it was meant."""
    return _asked(one).format(
        commit=short(one.commit),
        path=quoted(one.path),
        handle=one.handle,
        person=one.person or "",
        by=one.events[0].by if one.events else "",
    )


def _asked(one: Disagreement) -> str:
    file = _file_in_a_merge(one)
    if file:
        return file.ask
    if one.kind is Kind.UNRECORDED:
        if one.again:
            return _AS_BEFORE
        recordable = any(map(_is_recordable, one.changes))
        return _QUESTIONS[one.kind] if recordable else _ONLY_A_NOTE
    if one.kind is Kind.UNKNOWN_ADDRESS and not one.author.email:
        return _NO_ADDRESS
    return _CAME_BACK if one.again else _QUESTIONS[one.kind]


def _is_recordable(change: FieldChange) -> bool:
    """Return whether the event can be written after the commit: of words only the log could tell."""
    if change.field.startswith("steps."):
        return not change.field.endswith(".who")
    return change.field not in {"what", "outcome"}


def short(commit: str) -> str:
    """Return the first digits of a commit's id."""
    return commit[:_SHOWN_OF_A_HASH]


def when(at: datetime | None, speech: Speech) -> str:
    """Return ``Fri 20 Nov 09:12`` in the ledger's zone."""
    if at is None:
        return "at no time of a calendar"
    zone = speech.calendar.timezone
    return f"{speech.day(local_day(at, zone))} {local_time(at, zone):%H:%M}"


def _written(one: Disagreement, speech: Speech) -> str:
    return f"says: {_events(one, speech)}"


def _dated(one: Disagreement, speech: Speech) -> str:
    return f"says of {_events(one, speech, dated=True)}"


def _left_out(one: Disagreement, speech: Speech) -> str:
    file = _file_in_a_merge(one)
    words = [file.before] if file else []
    said = [_events(one, speech)] if one.events else []
    said += [_before(part) for part in one.changes if part.field != FILE]
    return "; ".join([*words, *([f"on one side: {'; '.join(said)}"] if said else [])])


class _FileWords(Struct, frozen=True):
    """What one side of a merge had made of a file, what the merge made of it, and what to ask."""

    before: str
    after: str
    ask: str


_LOST = _FileWords(
    "was there on one side",
    "the merge left the file out",
    "was that meant? git show -m {commit} -- {path}; the side that has the file can give it back",
)
_KEPT = _FileWords(
    "was deleted on one side",
    "the merge kept the file",
    "should it stay? git show -m {commit} -- {path}; drop closes what nobody wants",
)


def _file_in_a_merge(one: Disagreement) -> _FileWords | None:
    """Return what a merge made of a file as a whole, which one side had brought or deleted."""
    whole = next((part for part in one.changes if part.field == FILE), None)
    if one.kind is not Kind.DROPPED or whole is None:
        return None
    if whole.after is None:
        return _LOST
    return _KEPT if whole.before is None else None


def _merged(one: Disagreement, speech: Speech) -> str:
    lines = [_events(one, speech)] if one.events else []
    return f"says: {'; '.join([*lines, *_changes(one, speech)])}"


def _commit(one: Disagreement, speech: Speech) -> str:
    return f"written in {_signed(one, speech)}"


def _gone(one: Disagreement, speech: Speech) -> str:
    back = f", there again since {short(one.again)}" if one.again else ""
    return f"gone since {_signed(one, speech)}{back}"


def _removed(one: Disagreement, speech: Speech) -> str:
    """Return what left the log, with the field that became what it was before."""
    return "; ".join([*_changes(one, speech), _gone(one, speech)])


def _dropped(one: Disagreement, speech: Speech) -> str:
    file = _file_in_a_merge(one)
    return f"{file.after}: {_signed(one, speech)}" if file else _gone(one, speech)


def _changed(one: Disagreement, speech: Speech) -> str:
    words = f"{'; '.join(_changes(one, speech))}, in {_signed(one, speech)}"
    if one.again and one.again != one.commit:
        words += f", as before since {short(one.again)}"
    return words


def _from_address(one: Disagreement, speech: Speech) -> str:
    number = f"{counted(one.count, 'event')} come" if one.count > 1 else "it comes"
    return f"{number} from {_address(one.author)}, first in {_signed(one, speech)}"


_FILE: Mapping[Kind, Callable[[Disagreement, Speech], str]] = {
    Kind.REMOVED: lambda one, speech: f"said until then: {_events(one, speech)}",
    Kind.REWRITTEN: lambda one, speech: f"says now: {_events(one, speech)}",
    Kind.DROPPED: _left_out,
    Kind.DELETED: lambda *_: "said until then that it is open",
    Kind.UNRECORDED: lambda *_: "its log says nothing of it",
    Kind.IN_MERGE: _merged,
    Kind.EARLIER: _dated,
    Kind.LATER: _dated,
    Kind.UNREAD: lambda *_: "could not be read as that commit left it",
}
_GIT: Mapping[Kind, Callable[[Disagreement, Speech], str]] = {
    Kind.REMOVED: _removed,
    Kind.DELETED: _gone,
    Kind.DROPPED: _dropped,
    Kind.REWRITTEN: _changed,
    Kind.UNRECORDED: _changed,
    Kind.ONLY_CLAIMED: lambda one, speech: f"nothing changed so in {_signed(one, speech)}",
    Kind.NOT_THEIRS: lambda one, speech: f"it was with {one.person} until {_signed(one, speech)}",
    Kind.UNKNOWN_ADDRESS: _from_address,
    Kind.NOT_THAT_CONTENT: lambda one, speech: (
        f"{one.path} never held that content; voted in {_signed(one, speech)}"
    ),
    Kind.OTHER_VERSION: lambda one, speech: (
        f"{one.path} held it in another commit; voted in {_signed(one, speech)}"
    ),
    Kind.IN_MERGE: lambda one, speech: (
        f"neither side says so, the merge does: {_signed(one, speech)}"
    ),
}
_NO_ADDRESS = "was it {person}? git config user.email gives commits an address"
_ONLY_A_NOTE = "was it agreed? nextstep note {handle} says why"
_AS_BEFORE = "what was it about? it is as before: nextstep note {handle} can say why"
_CAME_BACK = "was it one change, made in two commits? git show {commit} -- {path}"
_QUESTIONS: Mapping[Kind, str] = {
    Kind.REMOVED: "was a merge settled by hand, or a commit reverted? git show {commit} -- {path}",
    Kind.REWRITTEN: "which words are right, and who knows of it? git show {commit} -- {path}",
    Kind.DROPPED: "was that meant? git show -m {commit} -- {path}; what still holds can be recorded "
    "again",
    Kind.DELETED: "what came of it? git checkout {commit}~1 -- {path} brings it back, and done or "
    "drop closes it",
    Kind.NOT_THAT_CONTENT: "was it approved before it was committed, or squashed since? commit what "
    "was approved, or have it approved again",
    Kind.UNRECORDED: "was it agreed? nextstep note {handle} says why, and nextstep fmt --record writes "
    "the event",
    Kind.ONLY_CLAIMED: "was the change made elsewhere, or taken back? nextstep show {handle} says "
    "what holds",
    Kind.NOT_THEIRS: "did {person} agree? it is passed on with offer and accept",
    Kind.OTHER_AUTHOR: "was it squashed, or did {person} write it down for {by}? --by {by} says that in "
    "the event",
    Kind.UNKNOWN_ADDRESS: "is it an address of {person}? then it belongs in `emails` in nextstep.yaml",
    Kind.IN_MERGE: "was a conflict settled by hand? git show {commit} -- {path}",
    Kind.EARLIER: "was it written down later, or squashed?",
    Kind.LATER: "was a clock wrong? nextstep doctor looks at the one here",
    Kind.OTHER_VERSION: "is it the version that was meant? if not, have it approved again",
    Kind.UNREAD: "what is lost? git show {commit} -- {path}",
}


def _events(one: Disagreement, speech: Speech, *, dated: bool = False) -> str:
    """Return the lines in words, the first few of many."""
    shown = "; ".join(
        _event(event, dated=dated, speech=speech) for event in one.events[:_SHOWN_EVENTS]
    )
    more = len(one.events) - _SHOWN_EVENTS
    return f"{shown}; and {more} more" if more > 0 else shown


def _event(event: Happening, speech: Speech, *, dated: bool) -> str:
    step = f"{event.step}: " if event.step else ""
    at = f"{speech.day(event.on)} {event.clock}"
    if dated:
        return f"{at}: {step}{event_words(event, speech)}"
    return f"{step}{event_words(event, speech)} ({at})"


def _changes(one: Disagreement, speech: Speech) -> Iterator[str]:
    """Yield what became of each field, and of the time of a line that was written anew."""
    for change in one.changes:
        if one.kind is Kind.REWRITTEN and change.field == _AT:
            became, before = (
                when(datetime.fromisoformat(text), speech) if text else "nothing"
                for text in (change.after, change.before)
            )
            yield f"its time became {became}, before it was {before}"
        else:
            yield _change(change)


def _change(change: FieldChange) -> str:
    if change.field == FILE and change.before is None:
        return "the file is new"
    if change.field == FILE and change.after is None:
        return "the file is gone"
    before, after = (_value(part) for part in (change.before, change.after))
    return f"{change.field} became {after}, before it was {before}"


def _before(change: FieldChange) -> str:
    """Return what stood there before it was left out."""
    return f"{change.field} is {_value(change.before)}"


def _value(text: str | None) -> str:
    return "nothing" if text in (None, DueWord.NONE.value) else f"{text}"


def _signed(one: Disagreement, speech: Speech) -> str:
    """Return the commit, its author and date, and who committed it where that is somebody else."""
    words = f"commit {short(one.commit)} by {_named(one.author)}, {when(one.author.at, speech)}"
    other = one.committer.email != one.author.email
    apart = (
        one.author.at is not None
        and one.committer.at is not None
        and (abs((one.committer.at - one.author.at).total_seconds()) > _A_DAY)
    )
    if other or apart:
        words += f" (put there by {_named(one.committer)}, {when(one.committer.at, speech)})"
    return words


_A_DAY = 86_400


def _named(signer: Signer) -> str:
    """Return the person, else the name by `.mailmap`, the name as it is there, or the address."""
    return signer.person or signer.label or signer.name or signer.email or "nobody named"


def _address(signer: Signer) -> str:
    name = signer.name or "nobody named"
    return f"{name} <{signer.email}>" if signer.email else f"{name}, without an address"
