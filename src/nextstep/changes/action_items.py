"""Next steps as people write them in minutes and lists, one a line: what, who, by when.

Nothing is guessed. A person or a date is taken only where the line says that it is one; all else
stays in the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from nextstep.changes.commit_words import shortened
from nextstep.changes.line_people import People, after_words, before_words, not_read
from nextstep.changes.people_named import UnknownPersonError
from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.dates.typed import parse_typed
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.fields import PROSE_LIMIT
from nextstep.files.splice_scalars import plain_value
from nextstep.model.calendar import Calendar
from nextstep.model.people import Settings
from nextstep.model.time import Due, DueWord

_BULLET = r"\s*(?:>\s*)*(?:[-*+•]|\d{1,3}[.)])\s+"
_CHECKED = "xX-"
_BOX = r"\[(.)\]\s+"
_SIGN = (
    r"(?:TODO\b:?|(?:ACTION(?: ITEM)?|AI|NEXT STEP)(?:[- ]?#?\d+)?:|(?i:action(?: item)?|todo):)\s*"
)
_DONE = r"(?:DONE\b:?\s|~~.*~~\s*$)"
_SILENT = r"\s*(?:#.*|[-=*_\s]*|```.*)"
_MARKED_DATE = r"\s*(?:\bdue:\s?|📅\s?)(\d{4}-\d\d-\d\d)"
_IN_BRACKETS = r"(.+?)\s*\(([^()]{2,80})\)"
_SO_THAT = " so that "
_BEFORE_A_DATE = ("due on", "due by", "due", "by", "until")
_BEFORE_A_SAID_DATE = rf"(?:{'|'.join(_BEFORE_A_DATE)})\s+"
_AROUND = " ,;:-\N{EN DASH}\N{EM DASH}"
_LONGEST_DATE = 6
_SHOWN = 60
_CERTAIN_DATE = (
    r"\d{4}-\d\d-\d\d\S*|today|tomorrow|asap|eo[wmqy]|\d+(?:d|bd|w|mo)|in \w+ \w+"
    r"|(?:next )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?: at)?(?: \d?\d:\d\d)?"
)
_NO_DATE_AFTER = frozenset(
    "a about after all and at before each every for from in is last next of on or since than that "
    "the this till to until vs was".split()
)
_NUMBERS_ONLY = r"[\d\s/.-]+"


class Item(Struct, frozen=True, kw_only=True):
    """A line that was understood: ``who`` is None where it names nobody."""

    number: int = 1
    what: str
    who: str | None = None
    with_: tuple[str, ...] = ()
    outcome: str | None = None
    due: Due | None = None


class PassedBy(Struct, frozen=True, kw_only=True):
    """A line that gives no next step: it is ``done`` already, or ``why`` says what it lacks."""

    number: int
    text: str
    done: bool = False
    why: str = ""


Line: TypeAlias = Item | PassedBy


def passed_words(passed: Sequence[PassedBy]) -> tuple[str, ...]:
    """Return what became of the lines that give no next step."""
    done = [str(one.number) for one in passed if one.done]
    words = [f"Done already: line{'s' if len(done) > 1 else ''} {', '.join(done)}."] if done else []
    others = (one for one in passed if not one.done)
    return (
        *words,
        *(
            f'Not taken: line {one.number}, "{shortened(one.text, _SHOWN)}": {one.why}.'
            for one in others
        ),
    )


def without_bullet(line: str) -> str:
    """Return a line of a list without the sign and the box that it begins with."""
    text = re.sub(rf"^{_BULLET}", "", line).strip()
    return re.sub(rf"^{_BOX}", "", text)


class LineReader:
    """Reads lines for one ledger, at one moment."""

    def __init__(self, settings: Settings, now: Now, calendar: Calendar) -> None:
        """Keep who can be named and what dates count from."""
        self._people = People(settings)
        self._now = now
        self._calendar = calendar

    def lines(self, text: str) -> tuple[Line, ...]:
        """Return what each line of a text comes to; blank lines and headings come to nothing."""
        return tuple(self._lines(text.splitlines()))

    def item(self, text: str) -> Item:
        """Return what one line says: `what @who date`. Raises NextstepError for what is unclear."""
        return self._item(text, 1)

    def _lines(self, lines: Iterable[str]) -> Iterable[Line]:
        for number, line in enumerate(lines, 1):
            if re.fullmatch(_SILENT, line):
                continue
            bullet = re.match(_BULLET, line)
            text = line[bullet.end() :] if bullet else line.strip()
            yield self._line(text.strip(), number, listed=bullet is not None)

    def _line(self, text: str, number: int, *, listed: bool) -> Line:
        if len(text) > PROSE_LIMIT:
            why = f"it has {len(text)} characters, and {PROSE_LIMIT} are the most"
            return PassedBy(number=number, text=f"{text[:_SHOWN]}…", why=why)
        box = re.match(_BOX, text)
        text = text[box.end() :] if box else text
        plain = text.replace("**", "").replace("__", "")
        if (box and box[1] in _CHECKED) or re.match(_DONE, plain):
            return PassedBy(number=number, text=text, done=True)
        sign = re.match(_SIGN, plain)
        signed = bool(box or sign)
        try:
            item = self._item(plain[sign.end() :], number, is_action=True) if sign else None
            item = item or self._item(plain, number)
        except UnknownPersonError as unknown:
            return PassedBy(
                number=number, text=text, why=f"{unknown.message}: {unknown.option_hint}"
            )
        except NextstepError as unclear:
            why = ": ".join(filter(None, (unclear.message, unclear.hint)))
            return PassedBy(number=number, text=text, why=why)
        if signed or item.who or (listed and item.due):
            return item
        return PassedBy(number=number, text=text, why="nothing says that it is to be done, or who")

    def _item(self, text: str, number: int, *, is_action: bool = False) -> Item:
        rest, due = self._marked(text.strip())
        what, _, outcome = rest.partition(_SO_THAT)
        what, people, dated = self._last(what.rstrip(_AROUND))
        due = due or dated
        if not people or due is None:
            left, others, dated = self._last(outcome)
            if dated or not people:
                outcome, people, due = left, tuple(dict.fromkeys((*people, *others))), due or dated
        if not people:
            what, people = before_words(what, self._people, is_action=is_action)
        if due is None:
            what, due = self._said_last(what)
        if due is None:
            outcome, due = self._said_last(outcome)
        what = what.strip(_AROUND)
        if self._says_nothing(what):
            raise NextstepError("nothing says what is to be done", "write what @who date")
        if not people and (left := not_read(what, self._people)):
            raise NextstepError(
                f"`{shortened(left, _SHOWN)}` is not a person and a date",
                "end with the person and the date, such as @raj wed; or leave the @ out",
            )
        plain_value(what)  # refuses what no file may hold
        return Item(
            number=number,
            what=what[:1].upper() + what[1:] if people else what,
            who=people[0] if people else None,
            with_=people[1:],
            outcome=outcome.strip(" ,;.") or None,
            due=due,
        )

    def _says_nothing(self, words: str) -> bool:
        """Return whether what is left when people and a date are taken out says nothing to do.

        A line of people and a day alone leaves one of them, or what stands before a day.
        """
        left = words.casefold()
        sign = next((one for one in _BEFORE_A_DATE if left.startswith(f"{one} ")), "")
        day = self._date(words[len(sign) :].strip())
        nobody = re.sub(r"@\S+", "", left).strip()
        return day is not None or nobody in ("", *_BEFORE_A_DATE)

    def _marked(self, text: str) -> tuple[str, Due | None]:
        """Take out a date that has a mark of its own."""
        found = re.search(_MARKED_DATE, text)
        if found is None:
            return text, None
        return text[: found.start()] + text[found.end() :], self._date(found[1])

    def _last(self, text: str) -> tuple[str, tuple[str, ...], Due | None]:
        """Take out people and a date at the end, in brackets or after `@`."""
        rest, people, due = self._in_brackets(text)
        if people:
            return rest, people, due
        rest, people, dated = self._at_the_end(rest)
        return rest, people, due or dated

    def _in_brackets(self, text: str) -> tuple[str, tuple[str, ...], Due | None]:
        """Take out people and a date in brackets at the end: `(dev, 2026-11-27)`."""
        found = re.fullmatch(_IN_BRACKETS, text.rstrip(". "))
        if found is None:
            return text, (), None
        people: tuple[str, ...] = ()
        due: Due | None = None
        words = []
        parts = [part.strip() for part in found[2].split(",")]
        name = self._people.bare if any(map(self._date, parts)) else self._people.capital
        for part in parts:
            named = name(part)
            day = None if named else self._date_or_words(part, strict=bool(people))
            due = due or day
            people += (named,) if named else ()
            words += [] if named or day else [part]
        if not people and due is None:
            return text, (), None
        return found[1] + (f" ({', '.join(words)})" if words else ""), people, due

    def _at_the_end(self, text: str) -> tuple[str, tuple[str, ...], Due | None]:
        """Take out `@who` at the end, with the date that may follow it."""
        found = after_words(text)
        if found is None:
            return text, (), None
        due = self._date_or_words(found.following, strict=True) if found.following else None
        if found.following and due is None:
            return text, (), None
        return found.before, found.names(self._people), due

    def _said_last(self, text: str) -> tuple[str, Due | None]:
        """Take out a date that the words end with, where it can be nothing else."""
        words = text.rstrip(". ").split()
        for size in range(min(_LONGEST_DATE, len(words) - 1), 0, -1):
            said, before = " ".join(words[-size:]), words[:-size]
            sign = next(
                (one for one in _BEFORE_A_DATE if said.casefold().startswith(f"{one} ")), ""
            )
            day = self._date(said[len(sign) :].strip())
            if day is None or day is DueWord.NONE:
                continue
            sure = re.fullmatch(_CERTAIN_DATE, said.casefold())
            if sign or (sure and before[-1].casefold() not in _NO_DATE_AFTER):
                return " ".join(before), day
        return text, None

    def _date(self, text: str) -> Due | None:
        try:
            return parse_typed(text, self._now, self._calendar)
        except DateProblem:
            return None

    def _date_or_words(self, text: str, *, strict: bool) -> Due | None:
        """Return a date; ``strict`` refuses numbers that stand for one and may be two days."""
        day = self._date(re.sub(rf"^{_BEFORE_A_SAID_DATE}", "", text))
        if day is None and strict and re.fullmatch(_NUMBERS_ONLY, text):
            try:
                parse_typed(text, self._now, self._calendar)
            except DateProblem as problem:
                raise NextstepError(problem.message, problem.hint) from None
        return day
