"""Words that leave open what was to be agreed, and doers that are nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.people import Settings
from nextstep.model.process import Item, Process
from nextstep.model.source import Source
from nextstep.rules.ended import has_ended
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at

Keys = tuple[str | int, ...]

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
_NOBODY = frozenset(
    {
        *("everybody", "everyone", "anybody", "anyone", "somebody", "someone", "nobody", "no one"),
        *("whoever", "we", "us", "all of us", "team", "whole team"),
    }
)
_EVERYWHERE = frozenset({"a", "and", "as", "if", "in", "on", "the", "to", "when", "where", "with"})
_UNDECIDED = frozenset({"tbd", "tba", "tbc"})


def _in_words(groups: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(f"`{word}`" for words in groups for word in words)


_PROCESS = """\
title: Sending offers
owner: ana
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [{who}]
steps:
  - id: write
    do: Write the offer
    who: {who}
    due: 2bd after start
    done_when: {done_when}
"""


def _example(done_when: str = "The lead has read it twice", who: str = "seller") -> Example:
    return process_example(_PROCESS.format(done_when=done_when, who=who))


VAGUE_WORDS = Rule(
    code="NS420",
    name="vague-words",
    severity=Severity.WARNING,
    what="What is to be done or handed over, when a step is done, or what is promised, is said with "
    f"words that leave it open: {_in_words(_VAGUE.values())}; and in `do` also "
    f"{_in_words(_IN_WORK_ALONE.values())}. In a draft what is not decided yet may stand.",
    why="Each reader fills in what suits them, and both believe that it was agreed. A process that "
    "everybody may read in their own way is none.",
    fix="Write the day, the number, the case or the name that you had in mind. Where you had none in "
    "mind, that is what to agree on. `due: asap` is another thing: it is listed, and never overdue.",
    bad=_example("The lead has read it as needed"),
    good=_example(),
)
NOBODY_IN_PARTICULAR = Rule(
    code="NS421",
    name="done-by-nobody-in-particular",
    severity=Severity.WARNING,
    what="Who does a step, keeps a commitment or owns a process is a word for several, or for "
    f"nobody: {', '.join(f'`{word}`' for word in sorted(_NOBODY))}.",
    why="What everybody is to do, each leaves to the others.",
    fix="Name one person, or a role that one person plays in each run; the others help as `with`. A "
    "part that nobody plays yet is `vacant`.",
    bad=_example(who="everybody"),
    good=_example(),
)

RULES = (VAGUE_WORDS, NOBODY_IN_PARTICULAR)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what processes leave open by their words, and what is everybody's to do."""
    del now, before
    for process in ledger.processes.values():
        if process.state != "retired":
            yield from _vague(ledger, process)
            yield from _doers(ledger, process)
    if not ledger.settings.people:  # else such a name is unknown
        for commitment in ledger.commitments.values():
            who = commitment.who
            if who is not None and _is_nobody(who, draft=False) and not has_ended(commitment):
                yield _nobody(commitment.source, ("who",), who)


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
            yield found_at(VAGUE_WORDS, process.source, keys, f"`{word}` {wrong}", hint=right)


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


def _doers(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    settings = ledger.settings
    draft = process.state == "draft"
    for field in ("owner", "deputy"):
        name = getattr(process, field)
        is_judged = name and not settings.people and says(ledger, process, field)
        if is_judged and _is_nobody(name, draft=draft):
            yield _nobody(process.source, (field,), name)
    if says(ledger, process, "who"):
        yield from _listed(process, ("who",), process.who, settings)
    for step in own_steps(ledger, process):
        if not (step.is_gate or step.each or step.who == process.who):
            yield from _listed(process, ("steps", step.index, "who"), step.who, settings)


def _listed(
    process: Process, keys: Keys, names: tuple[str, ...], settings: Settings
) -> Iterator[Diagnostic]:
    known = {*process.roles, *settings.roles, *settings.people}
    for index, name in enumerate(names):
        is_unknown = bool(known) and name not in known  # and is found as such
        role = settings.roles.get(name)
        is_one = name in settings.people or (role is not None and len(role.people) == 1)
        if not is_unknown and not is_one and _is_nobody(name, draft=process.state == "draft"):
            yield _nobody(process.source, keys if len(names) == 1 else (*keys, index), name)


@cache
def _is_nobody(name: str, *, draft: bool) -> bool:
    word = _plain(name.replace("-", " ").replace("_", " ")).removeprefix("the ")
    return word in _NOBODY or (word in _UNDECIDED and not draft)


def _nobody(source: Source, keys: Keys, name: str) -> Diagnostic:
    return found_at(
        NOBODY_IN_PARTICULAR,
        source,
        keys,
        f"`{name}` is nobody in particular",
        hint="name one person or role; the others can help as `with`",
    )
