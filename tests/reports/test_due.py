"""Where things stand for the reader of `due`: each in one section, nothing missing."""

from __future__ import annotations

from datetime import date

import pytest

from nextstep.reports.due import Question, due_report
from nextstep.reports.due_entries import Section
from nextstep.reports.filters import Scope
from nextstep.reports.follow_ups import to_ask
from nextstep.rules.catalogue import judge
from tests.reports.ledgers import PEOPLE, due_of, only_row, places, standing_of

BO = "what: Do it\nwho: bo\nwith: [ana]\n"
CY = "what: Do it\nwho: cy\nwith: [ana]\n"
NOBODYS = "what: Do it\ndue: 2026-11-30\n"
LOG = "log:\n  - {{at: 2026-11-18T08:00Z, by: {by}, event: {event}}}\n"


def log(by: str, event: str, *more: str) -> str:
    return LOG.format(by=by, event=", ".join((event, *more)))


@pytest.mark.parametrize(
    ("text", "section"),
    [
        (BO + "due: 2026-11-20\n", "needs"),
        (BO + "due: 2026-11-23\n", "needs"),
        (BO + "due: 2026-11-30\n", "needs"),
        (BO + "due: asap\n", "needs"),
        (BO + "due: 2026-12-01\n", None),
        (BO, "no_date"),
        (BO + "due: 2026-11-20\n" + log("ana", "proposed"), "accept"),
        (CY + "due: 2026-12-20\n" + log("cy", "offered", "to: bo", "duty: true"), "accept"),
        (BO + "due: 2026-11-20\n" + log("bo", "done"), "follow_up"),
        (BO + "due: 2026-11-20\n" + log("bo", "offered", "to: ana", "duty: true"), "waiting"),
        (CY + "partner: bo\ndue: 2026-11-23\n", "follow_up"),
        (CY + "partner: bo\ndue: 2026-11-20\n", "follow_up"),
        (CY + "partner: bo\ndue: 2026-11-24\n", None),
        (CY + "partner: bo\ndue: 2026-11-20\n" + log("bo", "asked"), "waiting"),
        (CY + "partner: bo\n" + log("cy", "done"), "follow_up"),
        (CY + "due: 2026-11-20\n", None),
        ("what: Do it\nwho: cy\nwith: [bo]\npartner: ana\ndue: 2026-11-20\n", "waiting"),
        (CY + "due: 2026-12-20\n" + log("cy", "blocked", "why: stuck", "on: bo"), "needs"),
        (BO + log("bo", "closed", "result: dropped", "why: no need"), None),
        (NOBODYS, None),
        (NOBODYS + log("ana", "offered", "to: bo", "duty: true"), "accept"),
        (NOBODYS + log("ana", "offered", "to: cy", "duty: true"), None),
        (NOBODYS + log("ana", "blocked", "why: stuck", "on: bo"), "needs"),
        (NOBODYS + log("ana", "blocked", "why: stuck", "on: cy"), None),
    ],
)
def test_a_commitment_is_listed_where_it_asks_for_something(text: str, section: str | None) -> None:
    found = places(due_of({"do-it-k3f9": text}))
    assert found == ({} if section is None else {"k3f9": section})


def test_a_proposed_commitment_is_never_asked_about_and_never_overdue() -> None:
    text = CY + "partner: bo\ndue: 2026-11-02\n" + log("ana", "proposed")
    report = due_of({"do-it-k3f9": text}, everything=True)
    row = only_row(report, Section.WAITING)
    assert row.state == "proposed"
    assert not row.overdue


def test_all_shows_what_is_later_and_what_is_with_others_in_time() -> None:
    files = {
        "later-k3f9": BO + "due: 2026-12-20\n",
        "others-9wte": CY + "partner: bo\ndue: 2026-12-20\n",
        "unclaimed-aa2b": "what: Do it\ndue: 2026-12-20\n",
    }
    brief, full = due_of(files), due_of(files, everything=True)
    assert places(brief) == {}
    assert brief.hidden == {Section.LATER: 1, Section.WAITING: 1, Section.NOBODY: 1}
    assert places(full) == {"k3f9": "later", "9wte": "waiting", "aa2b": "nobody"}
    assert full.hidden == {}


def test_everything_open_is_listed_or_counted_for_everybody() -> None:
    """Nothing is a silent gap: rows and counts add up to what is open."""
    texts = [
        BO,
        BO + "due: asap\n",
        CY + "due: 2026-12-20\n",
        "what: Do it\n",
        BO + log("ana", "proposed"),
    ]
    files = {f"do-it-k3f{number}": text for number, text in enumerate(texts)}
    report = due_of(files, me=None)
    assert len(places(report)) + sum(report.hidden.values()) == len(texts)


def test_what_waits_for_somebody_else_waits_and_what_waits_for_me_does_not() -> None:
    files = {
        "first-k3f9": CY + "due: 2026-11-20\n",
        "mine-7qhd": BO + "due: 2026-11-20\n",
        "after-cy-9wte": BO + "due: 2026-11-24\nafter: [first-k3f9]\n",
        "after-me-aa2b": BO + "due: 2026-11-24\nafter: [mine-7qhd]\n",
        "after-nothing-c4vn": BO + "due: 2026-11-24\nafter: [first-k3f8]\n",
    }
    found = places(due_of(files, everything=True))
    assert found == {"7qhd": "needs", "9wte": "waiting", "aa2b": "needs", "c4vn": "needs"}


def test_whose_help_a_step_needs_that_nobody_has_sees_it() -> None:
    step = "steps:\n  - {id: set, do: Set it, after: []}\n"
    stuck = "log:\n  - {at: 2026-11-20T10:00Z, by: cy, event: blocked, step: set, why: x, on: bo}\n"
    files = {"print-7qhd": f"title: Print run\nstarted: 2026-11-09\n{step}{stuck}"}
    assert places(due_of(files)) == {"7qhd set": "needs"}
    assert places(due_of(files, "ana", everything=True)) == {"7qhd set": "nobody"}


def test_the_most_urgent_is_first() -> None:
    files = {
        "soon-aaa2": BO + "due: 2026-11-24\n",
        "asap-bbb2": BO + "due: asap\n",
        "today-ccc2": BO + "due: 2026-11-23\n",
        "late-ddd2": BO + "due: 2026-11-20\n",
        "later-eee2": BO + "due: 2026-11-16\n",
    }
    handles = [row.handle for row in due_of(files).rows(Section.NEEDS)]
    assert handles == ["eee2", "ddd2", "ccc2", "bbb2", "aaa2"]


def test_the_next_thing_ahead_is_named_when_nothing_is_urgent() -> None:
    files = {"one-k3f9": BO + "due: 2026-12-24\n", "two-7qhd": BO + "due: 2026-12-02\n"}
    ahead = due_of(files).ahead
    assert ahead is not None
    assert ahead.handle == "7qhd"


RUN = """title: Print run
for: River Books
requested_by: {requester}
started: 2026-11-09
owner: ana
promise: {{text: On your table, due: 2026-12-01}}
promise_due: {promise}
people: {{setter: cy, printer: bo, driver: vacant}}
steps:
  - {{id: set, do: Set it, who: cy, role: setter, after: [], due: 2026-11-19, done_when: ok, handoff: {{to: printer, accept_within: 1bd, must_include: [pages]}}}}
  - {{id: proof, approve: The sheets, who: [bo], role: printer, after: [set], need: all, due: 2026-11-24}}
  - {{id: bring, do: Bring it, who: vacant, role: driver, after: [proof], due: 2026-12-01, done_when: ok, keeps_promise: true}}
escalate:
  - {{after: 1bd, past: accept_within, tell: owner}}
"""
OFFERED = "  - {{at: 2026-11-{day}T10:00Z, by: cy, event: offered, step: set, to: bo}}\n"
ACCEPTED = "  - {at: 2026-11-20T10:30Z, by: bo, event: accepted, step: set}\n"
APPROVED = "  - {at: 2026-11-20T11:00Z, by: bo, event: approved, step: proof}\n"


def run_file(*events: str, requester: str = "lena", promise: str = "2026-12-01") -> dict[str, str]:
    log = f"log:\n{''.join(events)}" if events else ""
    return {"print-7qhd": RUN.format(requester=requester, promise=promise) + log}


@pytest.mark.parametrize(
    ("reader", "events", "found"),
    [
        ("cy", (), {"7qhd set": "needs"}),
        ("bo", (), {"7qhd set": "waiting"}),
        ("ana", (), {"7qhd set": "follow_up"}),
        ("bo", (OFFERED.format(day=20),), {"7qhd set": "accept"}),
        ("cy", (OFFERED.format(day=20),), {"7qhd set": "waiting"}),
        ("ana", (OFFERED.format(day=20),), {"7qhd set": "waiting"}),
        ("ana", (OFFERED.format(day=18),), {"7qhd set": "needs"}),
        ("bo", (OFFERED.format(day=20), ACCEPTED), {"7qhd proof": "needs"}),
        ("ana", (OFFERED.format(day=20), ACCEPTED), {"7qhd proof": "waiting"}),
        ("cy", (OFFERED.format(day=20), ACCEPTED), {}),
        ("ana", (OFFERED.format(day=20), ACCEPTED, APPROVED), {"7qhd bring": "later"}),
        ("bo", (OFFERED.format(day=20), ACCEPTED, APPROVED), {}),
    ],
)
def test_a_step_is_with_whoever_can_act_on_it(
    reader: str, events: tuple[str, ...], found: dict[str, str]
) -> None:
    """Its doer, its voter, the receiver of an offer, the owner for a vacant role or no answer."""
    assert places(due_of(run_file(*events), reader, everything=True)) == found


def back(day: int, by: str = "bo") -> tuple[str, str]:
    """An offer of the pages, and that it came back the same day."""
    missing = "" if by == "cy" else ", missing: [pages]"
    said = f"  - {{at: 2026-11-{day}T12:00Z, by: {by}, event: returned, step: set{missing}}}\n"
    return OFFERED.format(day=day), said


NOTED = "  - {at: 2026-11-21T10:00Z, by: ana, event: noted, step: set, text: Talked to both}\n"


@pytest.mark.parametrize(
    ("events", "why"),
    [
        (back(18), None),
        ((*back(18), *back(19)), "returned"),
        ((*back(18), *back(19, "cy")), None),
        ((*back(18), *back(19), OFFERED.format(day=20)), "returned"),
        ((*back(18), *back(19), NOTED), None),
        ((*back(18), *back(19), NOTED, *back(22)), "returned"),
    ],
)
def test_a_hand_off_that_came_back_twice_is_put_to_the_owner(
    events: tuple[str, ...], why: str | None
) -> None:
    """As a question, until they wrote something down about it; who has it does not change."""
    report = due_of(run_file(*events), "ana")
    rows = report.rows(Section.NEEDS)
    assert [(row.why, row.who) for row in rows] == ([(why, ("cy",))] if why else [])
    assert places(due_of(run_file(*back(18), *back(19)), "cy")) == {"7qhd set": "needs"}


ASKED = "  - {at: 2026-11-22T10:00Z, by: ana, event: asked, step: set}\n"
MOVED = (
    "  - {at: 2026-11-22T11:00Z, by: cy, event: moved, step: set, from: 2026-11-19, "
    "to: 2026-11-23, why: x, agreed_by: ana}\n"
)
PARTNERS = "people: {ana: {partner: bo}, bo: {}, cy: {partner: bo}}\n"


@pytest.mark.parametrize(
    ("text", "events", "askers"),
    [
        (RUN, (), {"ana"}),
        (RUN, (ASKED,), set()),
        (RUN.replace("due: 2026-11-19", "due: 2026-11-23"), (ASKED, MOVED), {"ana"}),
        (RUN, (OFFERED.format(day=20),), set()),
        (RUN.replace("due: 2026-11-19", "due: 2026-11-24"), (), set()),
        (RUN.replace("due: 2026-11-19", "due: asap"), (), set()),
        (RUN.replace("who: cy, role: setter", "who: ana"), (), {"bo"}),
    ],
)
def test_on_its_day_the_owner_of_a_run_asks_about_a_step_or_their_partner_where_they_have_it(
    text: str, events: tuple[str, ...], askers: set[str]
) -> None:
    """What `due` lists to ask about is what `ask` asks about."""
    log = f"log:\n{''.join(events)}" if events else ""
    files = {"print-7qhd": text.format(requester="lena", promise="2026-12-01") + log}
    there = standing_of(files, settings=PARTNERS)
    for reader in ("ana", "bo", "cy"):
        listed = due_report(there, Question(me=reader)).rows(Section.FOLLOW_UP)
        expected = [("7qhd", "set")] if reader in askers else []
        assert [(row.handle.partition(" ")[0], row.step) for row in listed] == expected
        asked = [(one.target.handle, one.target.step) for one in to_ask(there, reader)]
        assert asked == expected


def test_who_asked_for_a_run_waits_for_its_promise() -> None:
    report = due_of(run_file(requester="bo"), "bo", everything=True)
    assert places(report) == {"7qhd": "waiting", "7qhd set": "waiting"}


def test_a_promise_past_its_date_is_a_question_to_the_owner() -> None:
    report = due_of(run_file(promise="2026-11-20"), "ana")
    assert [row.why for row in report.rows(Section.NEEDS)] == ["promise"]


def test_a_run_with_every_step_finished_asks_its_owner_to_look_back() -> None:
    done = "  - {at: 2026-11-21T11:00Z, by: ana, event: done, step: bring}\n"
    report = due_of(run_file(OFFERED.format(day=20), ACCEPTED, APPROVED, done), "ana")
    assert [row.why for row in report.rows(Section.NEEDS)] == ["close"]


def test_a_step_says_since_when_and_from_whom_it_is_and_what_comes_after() -> None:
    row = only_row(due_of(run_file(OFFERED.format(day=20), ACCEPTED)), Section.NEEDS)
    assert (str(row.since), row.from_) == ("2026-11-20", "cy")
    assert [(after.step, after.who, after.vote) for after in row.then] == [("bring", (), False)]


PROCESS = """title: Printing
owner: cy
customer: readers
provides: Books
roles: [printer]
steps:
  - {id: print, do: Print it, who: printer, due: asap, done_when: Dry}
log:
"""
OWNER = "  - {at: 2026-11-19T10:00Z, by: cy, event: offered, to: bo, duty: owner}\n"
TO_ROLE = "  - {at: 2026-11-19T10:00Z, by: cy, event: offered, to: leads, duty: deputy}\n"
YES = "  - {at: 2026-11-20T10:00Z, by: bo, event: accepted}\n"
NO = "  - {at: 2026-11-20T10:00Z, by: bo, event: returned, why: no time}\n"
UNDONE = "  - {at: 2026-11-20T10:00Z, by: cy, event: undone, of: 2026-11-19T10:00Z}\n"


@pytest.mark.parametrize(
    ("reader", "events", "duties"),
    [
        ("bo", (OWNER,), ["owner"]),
        (None, (OWNER,), ["owner"]),
        ("ana", (OWNER,), []),
        ("cy", (OWNER,), []),
        ("bo", (TO_ROLE,), ["deputy"]),
        ("ana", (TO_ROLE,), ["deputy"]),
        ("cy", (TO_ROLE,), []),
        ("bo", (OWNER, TO_ROLE.replace("T10", "T11")), ["deputy", "owner"]),
        ("bo", (OWNER, YES), []),
        ("bo", (OWNER, NO), []),
        ("bo", (OWNER, UNDONE), []),
    ],
)
def test_a_duty_of_a_process_that_was_offered_is_to_be_accepted_or_returned(
    reader: str | None, events: tuple[str, ...], duties: list[str]
) -> None:
    """By whoever may answer, until they have, or until the offer is undone."""
    settings = PEOPLE + "roles: {leads: {people: [ana, bo]}}\n"
    standing = standing_of({"processes/printing": PROCESS + "".join(events)}, settings=settings)
    report = due_report(standing, Question(me=reader))
    assert [row.role for row in report.rows(Section.ACCEPT)] == duties
    assert sum(len(section.rows) for section in report.sections) == len(duties)


def test_an_offered_duty_says_which_of_what_for_whom_and_who_has_it_until_then() -> None:
    row = only_row(due_of({"processes/printing": PROCESS + OWNER}), Section.ACCEPT)
    assert (row.kind, row.handle, row.what) == ("process", "printing", "Be the owner of: Printing")
    assert (row.who, row.whom, row.reached_by) == (("cy",), ("bo",), "cy")
    assert (row.offered_on, row.customer) == (date(2026, 11, 19), "readers")


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(process="printing"), 1),
        (Scope(process="other"), 0),
        (Scope(part_of="printing"), 0),
        (Scope(role="printer"), 0),
        (Scope(role="owner"), 0),
    ],
)
def test_an_offered_duty_belongs_to_its_process_alone(scope: Scope, count: int) -> None:
    report = due_of({"processes/printing": PROCESS + OWNER}, me=None, scope=scope)
    assert len(report.rows(Section.ACCEPT)) == count


@pytest.mark.parametrize(
    ("scope", "handles"),
    [
        (Scope(process="print-run"), {"7qhd set"}),
        (Scope(part_of="growth"), {"k3f9"}),
        (Scope(role="setter"), {"7qhd set"}),
        (Scope(role="printer"), set()),
        (Scope(process="print-run", role="setter"), {"7qhd set"}),
    ],
)
def test_filters_narrow_what_is_listed_and_counted(scope: Scope, handles: set[str]) -> None:
    (text,) = run_file().values()
    files = {
        "print-7qhd": f"process: print-run\n{text}",
        "grow-k3f9": BO + "due: 2026-11-20\npart_of: growth\n",
        "other-9wte": BO + "due: 2026-11-20\n",
    }
    report = due_of(files, me=None, scope=scope)
    assert set(places(report)) == handles
    assert report.hidden == {}


def test_overdue_shows_only_what_is_late() -> None:
    files = {
        "late-k3f9": BO + "due: 2026-11-20\n",
        "today-7qhd": BO + "due: 2026-11-23\n",
        "late-cy-9wte": CY + "partner: bo\ndue: 2026-11-20\n" + log("bo", "asked"),
    }
    report = due_of(files, overdue=True)
    assert places(report) == {"k3f9": "needs", "9wte": "waiting"}
    assert report.has_overdue


def test_an_offer_without_an_answer_in_time_is_overdue_for_the_exit_code_too() -> None:
    """What `--overdue` lists and what `--exit-code` says are the same."""
    for reader in ("bo", "ana", None):
        for day, late in ((18, True), (20, False)):
            report = due_of(run_file(OFFERED.format(day=day)), reader, overdue=True)
            assert bool(report.sections) is late
            assert report.has_overdue is late


def test_an_hour_is_late_only_after_that_hour() -> None:
    text = {"call-k3f9": BO + "due: 2026-11-23T12:00Z\n"}
    for clock, overdue in (("11:59", False), ("12:01", True)):
        report = due_report(standing_of(text, clock=clock), Question(me="bo"))
        assert only_row(report, Section.NEEDS).overdue is overdue
    report = due_report(standing_of(text), Question(me="bo"))
    assert not only_row(report, Section.NEEDS).overdue


def test_the_partner_is_the_named_one_else_from_the_settings_else_agreed_with_else_oneself() -> (
    None
):
    settings = "people: {ana: {}, bo: {}, cy: {partner: bo}}\n"
    texts = {
        "named-aaa2": "what: x\nwho: cy\nwith: [ana]\npartner: ana\n",
        "settings-bbb2": "what: x\nwho: cy\nwith: [ana]\n",
        "agreed-ccc2": "what: x\nwho: bo\nwith: [ana]\n",
        "alone-ddd2": "what: x\nwho: bo\n",
    }
    standing = standing_of(texts, settings=settings)
    partners = {
        name[-4:]: standing.partner(record) for name, record in standing.ledger.commitments.items()
    }
    assert partners == {"aaa2": "ana", "bbb2": "bo", "ccc2": "ana", "ddd2": "bo"}


def test_a_ledger_without_names_is_that_of_one_person() -> None:
    files = {"offer": "what: Send the offer\ndue: 2026-11-20\n"}
    report = due_report(standing_of(files, settings=""), Question(me=None))
    assert report.solo
    assert places(report) == {"offer": "needs"}
    assert not due_of(files, me=None).solo


def test_the_last_day_there_is_can_be_today() -> None:
    text = "what: Do it\nwho: bo\ndue: 9999-12-31\n"
    last = standing_of({"do-it-k3f9": text}, today=date.max)
    assert places(due_report(last, Question(me="bo"))) == {"k3f9": "needs"}
    assert [found.code for found in judge(last.ledger, last.now).findings] == ["NS401"]


@pytest.mark.parametrize(
    ("reader", "day", "answer_by"),
    [("bo", date(2026, 11, 19), date(2026, 11, 20)), ("cy", date(2026, 11, 20), None)],
)
def test_where_the_work_and_its_promise_are_offered_each_receiver_sees_their_own(
    reader: str, day: date, answer_by: date | None
) -> None:
    run = (
        "title: Move\nowner: ana\nstarted: 2026-11-16\nsteps:\n"
        "  - {id: pack, do: Pack, who: ana, due: 2026-11-18, handoff: {to: bo, accept_within: 1bd}}\n"
        "log:\n"
        "  - {at: 2026-11-19T09:00Z, by: ana, event: offered, step: pack, to: bo}\n"
        "  - {at: 2026-11-20T09:00Z, by: ana, event: offered, step: pack, to: cy, duty: true}\n"
    )
    row = only_row(due_report(standing_of({"move-k3f9": run}), Question(me=reader)), Section.ACCEPT)
    assert (row.offered_to, row.offered_on, row.duty) == ((reader,), day, reader == "cy")
    assert row.answer_by == answer_by
