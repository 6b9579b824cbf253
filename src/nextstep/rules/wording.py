"""Words that leave open what was to be agreed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity, Span
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.files.syntax import line_text, locate
from nextstep.model.process import Item, Process
from nextstep.model.source import Keys, Source
from nextstep.rules.own import own_steps, says

_BY_WHEN = ("does not say by when", "write a day or a length of time, such as `within two days`")
_HOW_OFTEN = ("does not say how often", "write how often, such as `every Friday`")
_IN_WHICH_CASE = ("does not say in which case", "write in which case, or who decides")
_WHAT_ELSE = ("does not say what else", "write what belongs to it, or leave the word out")
_HOW_GOOD = ("does not say how anybody can tell", "write what somebody else can check")
_NOT_DECIDED = ("is not decided yet", "decide it, or keep the process a `draft` until then")
_DOES_WHAT = ("does not say what is done", "write what is asked or given, and whom")

_VAGUE: Mapping[tuple[str, str], tuple[str, ...]] = {
    _BY_WHEN: (
        "asap",
        "as soon as possible",
        "soon",
        "shortly",
        "in due course",
        "in a timely manner",
        "timely",
        "promptly",
        "quickly",
        "eventually",
        "when possible",
        "when time permits",
    ),
    _HOW_OFTEN: (
        "regularly",
        "on a regular basis",
        "periodically",
        "from time to time",
        "occasionally",
    ),
    _IN_WHICH_CASE: (
        "as needed",
        "as necessary",
        "as required",
        "as appropriate",
        "if needed",
        "if necessary",
        "if required",
        "if appropriate",
        "if possible",
        "when needed",
        "when necessary",
        "where needed",
        "where necessary",
        "where appropriate",
        "where possible",
    ),
    _WHAT_ELSE: ("etc", "and so on", "and so forth", "and the like"),
    _HOW_GOOD: ("appropriate", "appropriately", "adequate", "adequately", "properly", "suitably"),
    _NOT_DECIDED: ("tbd", "tba", "tbc"),
}
_IN_WORK_ALONE: Mapping[tuple[str, str], tuple[str, ...]] = {
    _DOES_WHAT: ("follow up", "touch base", "circle back", "look into", "deal with"),
}
_EVERYWHERE = frozenset({"a", "and", "as", "if", "in", "on", "the", "to", "when", "where", "with"})


def _in_words(groups: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(f"`{word}`" for words in groups for word in words)


_PROCESS = """\
title: Sending offers
owner: ana
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [seller]
steps:
  - id: write
    do: Write the offer
    who: seller
    due: 2bd after start
    done_when: {done_when}
"""


def _example(done_when: str) -> Example:
    return process_example(_PROCESS.format(done_when=done_when))


VAGUE_WORDS = Rule(
    code="NS420",
    name="vague-words",
    severity=Severity.WARNING,
    what="What is to be done or handed over, when a step is done, or what is promised, is said with "
    "words that leave it open, such as `soon`, `as needed` or `etc`.",
    why="Each reader fills in what suits them, and both believe that it was agreed. A process that "
    "everybody may read in their own way is none.",
    fix="Write the day, the number, the case or the name that you had in mind. Where you had none in "
    "mind, that is what to agree on. `due: asap` is another thing: it is listed, and never overdue. "
    f"The words are {_in_words(_VAGUE.values())}; in `do` also "
    f"{_in_words(_IN_WORK_ALONE.values())}. In a draft what is not decided yet may stand.",
    bad=_example("The lead has read it as needed"),
    good=_example("The lead has read it twice"),
)
RULES = (VAGUE_WORDS,)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the words by which processes leave open what was to be agreed."""
    del now, before
    for process in ledger.processes.values():
        if process.state != "retired":
            yield from _vague(ledger, process)


def is_vague(name: str) -> bool:
    """Return whether a name is one of these words, and so no name of a day."""
    return name.replace("_", " ").casefold() in _meanings()


def _vague(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    is_draft = process.state == "draft"
    for keys, text, of_work in _texts(ledger, process):
        if _telling_words().isdisjoint(re.findall("[a-z]+", text.casefold())):
            continue
        said: set[str] = set()
        for word in _pattern().findall(text):
            wrong, right = _meanings()[_plain(word)]
            if (wrong, right) == _DOES_WHAT and not of_work:
                continue
            if _plain(word) in said or (is_draft and (wrong, right) == _NOT_DECIDED):
                continue
            said.add(_plain(word))
            span = _place_of(word, process.source, keys)
            yield VAGUE_WORDS.found(process.source.path, span, f"`{word}` {wrong}", hint=right)


def _place_of(word: str, source: Source, keys: Keys) -> Span | None:
    """Return where a word stands in a value; the whole value where it goes over a line's end."""
    whole = locate(source, keys)
    if whole is None:
        return None
    for number in range(whole.line, whole.end_line + 1):
        text = line_text(source, number)
        first = whole.column - 1 if number == whole.line else 0
        last = whole.end_column - 1 if number == whole.end_line else len(text)
        at = text.find(word, first, last)
        if at >= 0:
            return Span(number, at + 1, number, at + 1 + len(word))
    return whole


def _texts(ledger: Ledger, process: Process) -> Iterator[tuple[Keys, str, bool]]:
    """Yield the texts in which vagueness hurts, with their place; whether it says what is done."""
    if process.promise is not None and says(ledger, process, "promise"):
        yield ("promise", "text"), process.promise.text, False
    for step in own_steps(ledger, process):
        place: Keys = ("steps", step.index)
        if step.do is not None:
            yield (*place, "do"), step.do, True
        if step.done_when is not None:
            yield (*place, "done_when"), step.done_when, False
        yield from _items((*place, "items"), step.items)
        if step.handoff is not None:
            yield from _items((*place, "handoff", "must_include"), step.handoff.must_include)


def _items(keys: Keys, items: tuple[Item, ...]) -> Iterator[tuple[Keys, str, bool]]:
    for index, item in enumerate(items):
        yield (*keys, index, "item"), item.item, False


@cache
def _meanings() -> Mapping[str, tuple[str, str]]:
    groups = (*_VAGUE.items(), *_IN_WORK_ALONE.items())
    return {word: meaning for meaning, words in groups for word in words}


@cache
def _telling_words() -> frozenset[str]:
    """Return a word of each phrase that is rare elsewhere: most texts hold none of them."""
    phrases = (phrase.split() for phrase in _meanings())
    return frozenset(max(set(words) - _EVERYWHERE, key=len) for words in phrases)


@cache
def _pattern() -> re.Pattern[str]:
    """Return what finds the words, the longer before the shorter.

    ``as soon as the contract is signed`` is as clear as can be.
    """
    words = sorted((word for word in _meanings() if word != "soon"), key=len, reverse=True)
    either = "|".join(word.replace(" ", r"\s+") for word in words)
    return re.compile(rf"(?<![\w-])(?:{either}|(?<!as )soon(?! as\b))(?![\w-])", re.IGNORECASE)


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())
