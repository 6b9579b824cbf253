"""What each report holds as JSON: the types of its fields, most of them classes of the program.

A trailing `_` of a name is not a part of it. These classes describe; nothing makes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, NotRequired, TypedDict

from nextstep.model.time import Due
from nextstep.repo.ancestry import AnchorCheck
from nextstep.reports.audit import AuditScope, Clock
from nextstep.reports.audit_findings import Disagreement
from nextstep.reports.checklist_customer import CustomerPage
from nextstep.reports.checklist_records import Checklist
from nextstep.reports.digest import Anchor, Stale
from nextstep.reports.digest_by_hand import Unsaid
from nextstep.reports.digest_events import Ended, Learned, Moved
from nextstep.reports.digest_health import Health, ReviewDue
from nextstep.reports.doctor_lines import Line
from nextstep.reports.due_entries import Section
from nextstep.reports.filters import Scope
from nextstep.reports.list import Wanted
from nextstep.reports.processes import ProcessRow
from nextstep.reports.review import Review
from nextstep.reports.rows import Row
from nextstep.reports.show_commitment import CommitmentView
from nextstep.reports.show_links import Link
from nextstep.reports.show_plan import PlanView
from nextstep.reports.show_process import ProcessView
from nextstep.reports.show_run import RunView, StepView
from nextstep.reports.slips import SlipsWanted
from nextstep.reports.slips_carried import Carried
from nextstep.reports.slips_entries import Slip
from nextstep.reports.slips_tallies import Tallies
from nextstep.reports.trail import Asked, Known
from nextstep.reports.trail_entries import TrailEntry
from nextstep.reports.trail_moves import Dates
from nextstep.reports.trail_story import Stands, Topic, Weighed
from nextstep.reports.unread import Unread
from nextstep.reports.who import Contact, PersonCard, ProcessCard, RoleCard
from report_findings import Explained, Finding
from report_types import WITHOUT_KIND


class Dated(TypedDict):
    """What every report of a day holds."""

    today: date
    timezone: str


class Read(Dated):
    """What every report of a ledger's files holds."""

    commit: str | None
    unread: tuple[Unread, ...]


class InSection(TypedDict):
    """What a row of `due` says besides."""

    section: Section


class Owed(TypedDict):
    """What a row says between two people: who has something, and for whom or who asks."""

    owed_by: NotRequired[str | None]
    owed_to: NotRequired[str | None]
    asked_by: NotRequired[str | None]


class DueDocument(Read):
    """What is due. ``not_shown`` counts what is not listed, by section."""

    for_: str | None
    filters: Scope
    items: tuple[Annotated[Row, InSection], ...]
    not_shown: Mapping[str, int]
    next: Row | None


class Over(TypedDict):
    """How many things are left out because they are over."""

    over: int


class ListDocument(Read):
    """A list. Only between two people a row says who has it, for whom, and who asks about it."""

    filters: Wanted
    items: tuple[Annotated[Row, Owed], ...]
    not_shown: Over


class ProcessesDocument(Read):
    """The processes: `list --processes`."""

    items: tuple[ProcessRow, ...]


class ShowDocument(Read):
    """One thing. ``kind`` names the one field of the last five that is there."""

    kind: Literal["commitment", "run", "step", "process", "plan"]
    commitment: NotRequired[Annotated[CommitmentView, WITHOUT_KIND]]
    run: NotRequired[Annotated[RunView, WITHOUT_KIND]]
    step: NotRequired[Annotated[StepView, WITHOUT_KIND]]
    process: NotRequired[Annotated[ProcessView, WITHOUT_KIND]]
    plan: NotRequired[Annotated[PlanView, WITHOUT_KIND]]


class ChecklistDocument(Dated):
    """Checklists: with ``checklist``, ``commit`` and ``unread``.

    With `--for-customer`, ``kind`` is `customer`: there is ``customer`` and none of those three,
    because that document shows nothing from inside.
    """

    kind: Literal["run", "process", "commitment", "customer"]
    commit: NotRequired[str | None]
    unread: NotRequired[tuple[Unread, ...]]
    checklist: NotRequired[Annotated[Checklist, WITHOUT_KIND]]
    customer: NotRequired[CustomerPage]


class WhoDocument(Read):
    """Whom to ask. Of one name ``kind`` says which of the cards is there, and no ``items`` are.

    Without a name there are ``items``, and neither ``kind`` nor a card.
    """

    kind: NotRequired[Literal["person", "role", "process"]]
    items: NotRequired[tuple[Contact, ...]]
    person: NotRequired[PersonCard]
    role: NotRequired[RoleCard]
    process: NotRequired[ProcessCard]


class Reader(TypedDict):
    """For whom a digest is; everybody has no name."""

    kind: Literal["person", "team", "role", "process", "everybody"]
    name: str | None


class DigestPeriod(TypedDict):
    """The days of a digest, both included, and how they are called."""

    name: str
    first: date
    last: date


class DigestDocument(Read):
    """A digest. ``by_hand`` is null where history was not looked at, ``anchor`` without one."""

    for_: Reader
    period: DigestPeriod
    needs: tuple[Row, ...]
    stale: tuple[Stale, ...]
    more: int
    ended: tuple[Ended, ...]
    moved: tuple[Moved, ...]
    by_hand: tuple[Unsaid, ...] | None
    late: tuple[Row, ...]
    begun: tuple[Row, ...]
    waiting: tuple[Row, ...]
    reviews: tuple[ReviewDue, ...]
    more_reviews: int
    health: tuple[Health, ...]
    learned: tuple[Learned, ...]
    on_their_way: int
    anchor: Anchor | None


class Baseline(TypedDict):
    """How many findings a baseline knows, and how many of those are gone."""

    known: int
    gone: int | None


class Compared(TypedDict):
    """What was compared with; ``not_compared`` are paths that could not be read there."""

    revision: str
    commit: str
    is_shared: bool
    not_compared: tuple[str, ...]


class CheckDocument(Dated):
    """What is wrong. ``fixed`` and ``not_fixed`` are null without `--fix`."""

    commit: str | None
    files: int
    files_asked: int
    errors: int
    warnings: int
    ignored: int
    baseline: Baseline | None
    against: Compared | None
    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...] | None
    not_fixed: tuple[Finding, ...] | None


class WithFindings(TypedDict):
    """What a review holds in other words than the class says."""

    findings: tuple[Finding, ...]


class ExplainDocument(TypedDict):
    """Rules in words."""

    rules: tuple[Explained, ...]


class AuditDocument(Read):
    """Where files and history differ. ``first`` is the oldest commit of a shallow clone."""

    filters: AuditScope
    commits: int
    events: int
    recorded_later: int
    uncompared: int
    first: str | None
    doubts: tuple[str, ...]
    anchors: tuple[AnchorCheck, ...]
    items: tuple[Disagreement, ...]
    clocks: tuple[Clock, ...]


class OutsideOfDays(TypedDict):
    """How many moves lie outside of the days asked for, or belong nowhere that is known."""

    earlier: int
    later: int
    unplaced: int


class Outside(OutsideOfDays):
    """How many events lie outside of the days asked for, have no day, or belong nowhere."""

    undated: int


class TrailDocument(Read):
    """What happened, newest first."""

    filters: Asked
    history: Known
    items: tuple[TrailEntry, ...]
    not_shown: Outside


class StoryDocument(Read):
    """The story of one record. ``title`` is that of the run of a step, else null."""

    about: Topic
    handle: str
    what: str
    title: str | None
    history: Known
    items: tuple[TrailEntry, ...]
    dates: Dates | None
    stands: Stands | None
    next: tuple[Link, ...]
    witnessed: Weighed


class SlipsDocument(Read):
    """Dates that were moved."""

    filters: SlipsWanted
    history: Known
    items: tuple[Slip, ...]
    carried: tuple[Carried, ...]
    tallies: Tallies | None
    not_shown: OutsideOfDays


class DoctorDocument(Dated):
    """Whether all is there that the program needs; without a ledger there is no ``folder``."""

    folder: str | None
    works: bool
    items: tuple[Line, ...]


class Asking(TypedDict):
    """A note that asks how it went, and the address that opens it in a mail program."""

    id: str
    step: str | None
    who: str | None
    mail: str | None
    due: Due | None
    text: str
    mailto: str


class AskDocument(TypedDict):
    """The notes, and the commits that say they were asked."""

    notes: tuple[Asking, ...]
    commits: tuple[str, ...]
    dry_run: bool


class Needed(TypedDict):
    """One thing that a process needs: what of it there is, and what to do where it lacks."""

    kind: str
    name: str
    ready: bool
    said: str
    to_do: str | None


class ReadinessDocument(TypedDict):
    """Whether a process can be started: `start --ready`."""

    id: str
    title: str
    ready: bool
    needs: tuple[Needed, ...]


class Recording(TypedDict):
    """What was added to the log of one record."""

    id: str
    events: tuple[
        Annotated[Mapping[str, object], "[event](../files/events.md), without `at` and `by`"], ...
    ]


class NewRecord(TypedDict):
    """A record that was not there before."""

    id: str
    path: str


class NewPerson(TypedDict):
    """Somebody who was named for the first time."""

    id: str
    name: str | None


class RecordedDocument(TypedDict):
    """What was recorded; ``commit`` is null where it is only saved, or was only shown."""

    commit: str | None
    by: str
    recorded_by: str | None
    changed: tuple[Recording, ...]
    new: tuple[NewRecord, ...]
    new_people: tuple[NewPerson, ...]
    paths: tuple[str, ...]
    told: tuple[str, ...]
    remarks: tuple[str, ...]
    dry_run: bool


DOCUMENTS: Mapping[str, object] = {
    "nextstep.ask/1": AskDocument,
    "nextstep.audit/1": AuditDocument,
    "nextstep.check/1": CheckDocument,
    "nextstep.checklist/1": ChecklistDocument,
    "nextstep.digest/1": DigestDocument,
    "nextstep.doctor/1": DoctorDocument,
    "nextstep.due/1": DueDocument,
    "nextstep.explain/1": ExplainDocument,
    "nextstep.list/1": ListDocument,
    "nextstep.processes/1": ProcessesDocument,
    "nextstep.readiness/1": ReadinessDocument,
    "nextstep.recorded/1": RecordedDocument,
    "nextstep.review/1": Annotated[Review, WithFindings],
    "nextstep.show/1": ShowDocument,
    "nextstep.slips/1": SlipsDocument,
    "nextstep.story/1": StoryDocument,
    "nextstep.trail/1": TrailDocument,
    "nextstep.who/1": WhoDocument,
}
"""The type of each document, by its schema."""
