"""The report of `nextstep due`: what needs the reader now, and what they wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from nextstep.model.calendar import Calendar
from nextstep.reports.due_duties import duty_entries
from nextstep.reports.due_entries import Entry, Section, View, Why, commitment_entries
from nextstep.reports.due_steps import own_days_ahead, run_entries
from nextstep.reports.filters import Scope, names_nobody
from nextstep.reports.row_making import RowMaker
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing
from nextstep.reports.unread import Unread, unread_files

_A_WEEK = timedelta(weeks=1)


class Question(Struct, frozen=True, kw_only=True):
    """What `due` is asked.

    ``me`` is for whom, None for everybody; ``you`` tells that they ask themselves. ``horizon``
    is the last day that counts as soon, by default a week from today. ``everything``
    shows also what is later, what is with others in time and what nobody has; ``overdue`` shows
    only what is late. ``stranger`` says why it is everybody's where nobody asked for that, and
    ``everybody`` tells that somebody did. ``within`` is the length that was typed for the horizon.
    """

    me: str | None = None
    you: bool = False
    scope: Scope = Scope()
    everybody: bool = False
    horizon: date | None = None
    within: str | None = None
    everything: bool = False
    overdue: bool = False
    stranger: Stranger | None = None


class Stranger(Struct, frozen=True, kw_only=True):
    """Somebody whom the ledger does not know: by their ``email``, None where git has none.

    ``named``: the ledger says whose address is whose, so that they can be one of them.
    """

    email: str | None
    named: bool


class DueSection(Struct, frozen=True):
    """The rows of one section, the most urgent first."""

    name: Section
    rows: tuple[Row, ...]


class DueReport(Struct, frozen=True, kw_only=True):
    """What is due.

    ``hidden`` counts what is open for the reader and not listed, by section. ``ahead`` is the next
    dated thing of the reader after what is listed. ``late`` tells that the day of something listed is
    past, that of an answer to an offer as well. ``solo`` tells that the ledger names nobody.
    ``total`` counts the records of the ledger, open or not.
    """

    today: date
    calendar: Calendar
    commit: str | None
    question: Question
    solo: bool
    sections: tuple[DueSection, ...]
    late: bool
    hidden: Mapping[Section, int]
    ahead: Row | None
    unread: tuple[Unread, ...]
    total: int

    def rows(self, name: Section) -> tuple[Row, ...]:
        """Return the rows of a section; none where it is not listed."""
        return next((section.rows for section in self.sections if section.name is name), ())

    @property
    def has_overdue(self) -> bool:
        """Whether something listed is overdue, the answer to an offer included."""
        return self.late or any(row.overdue for section in self.sections for row in section.rows)


def due_report(standing: Standing, question: Question, *, commit: str | None = None) -> DueReport:
    """Return what is due in a ledger, for one person or everybody."""
    ledger, now = standing.ledger, standing.now
    horizon = question.horizon or _in_a_week(now.today)
    view = View(standing, question.me, horizon)
    entries = [
        entry
        for entry in (*commitment_entries(view), *run_entries(view), *duty_entries(view))
        if _is_asked(standing, entry, question.scope)
    ]
    listed = [entry for entry in entries if _is_listed(entry, question)]
    maker = RowMaker(standing, reader=question.me)
    return DueReport(
        today=now.today,
        calendar=ledger.calendar,
        commit=commit,
        question=question,
        solo=names_nobody(standing.ledger),
        sections=tuple(_sections(maker, listed)),
        late=any(entry.late for entry in listed),
        hidden=_hidden(entries, listed),
        ahead=_ahead(maker, [*entries, *own_days_ahead(view)], question.scope),
        unread=unread_files(ledger),
        total=len(ledger.commitments) + len(ledger.runs),
    )


def _in_a_week(today: date) -> date:
    return today + min(_A_WEEK, date.max - today)


def _is_listed(entry: Entry, question: Question) -> bool:
    if question.overdue:
        return entry.late
    if question.everything:
        return True
    if entry.section is Section.WAITING:
        return entry.late
    return entry.section not in (Section.LATER, Section.NOBODY)


def _is_asked(standing: Standing, entry: Entry, scope: Scope) -> bool:
    if entry.kind == "commitment":
        part_of = standing.ledger.commitments[entry.name].part_of
        return scope.has(role=None, process=None, part_of=part_of)
    if entry.kind == "process":
        return scope.has(role=None, process=entry.name, part_of=None)
    run = standing.ledger.runs[entry.name]
    role = standing.runs[entry.name].steps[entry.step].step.role if entry.step else None
    return scope.has(role=role, process=run.process, part_of=run.part_of)


def _sections(maker: RowMaker, entries: Iterable[Entry]) -> Iterable[DueSection]:
    by_section: dict[Section, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.urgency):
        by_section.setdefault(entry.section, []).append(entry)
    for section in Section:
        if section in by_section:
            yield DueSection(section, tuple(row_of(maker, entry) for entry in by_section[section]))


def row_of(maker: RowMaker, entry: Entry) -> Row:
    """Return the row of an entry."""
    if entry.kind == "commitment":
        return maker.commitment(entry.name, why=entry.why.value)
    if entry.duty is not None:
        return maker.duty(entry.name, entry.duty, why=entry.why.value)
    if entry.step is None:
        return maker.run(entry.name, why=entry.why.value)
    told = None
    if entry.escalation is not None:
        told = maker.standing.runs[entry.name].escalations[entry.escalation]
    return maker.step(entry.name, entry.step, why=entry.why.value, past=told)


def _hidden(entries: Iterable[Entry], listed: Iterable[Entry]) -> Mapping[Section, int]:
    counts = Counter(entry.section for entry in entries)
    counts.subtract(entry.section for entry in listed)
    return {section: counts[section] for section in Section if counts[section]}


def _ahead(maker: RowMaker, entries: Iterable[Entry], scope: Scope) -> Row | None:
    """Return the reader's own next dated thing that is not urgent yet."""
    own = (
        entry
        for entry in entries
        if entry.day is not None
        and entry.day > maker.standing.now.today
        and (entry.why in (Why.LATER, Why.SOON, Why.AFTER))
        and _is_asked(maker.standing, entry, scope)
    )
    first = min(own, key=lambda entry: (entry.day or date.max, entry.name), default=None)
    return None if first is None else row_of(maker, first)
