"""What the processes of incident follow-up and on-call say, row by row."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.model.source import Source
from nextstep.reports.show_process import process_view
from nextstep.reports.standing import standing
from nextstep.runs.states import How, RunStage, RunState, StepStage
from tests.acceptance.cases import Case, Written, now
from tests.acceptance.rows import row

EXPECTED_WARNINGS: dict[str, int] = {}
"""Warnings of `check` that stay, by code, with how many of each."""

KNOWN = {
    "severity": "1",
    "incident_end": "2026-11-09T15:00",
    "begun_by_commander": "no",
    "trainee": "no",
    "message_to_customers": "yes",
}


def postmortem(written: Written, **known: str) -> Case:
    """Start the postmortem of an incident that was over on Monday 9 November, 15:00."""
    return written.start(
        "postmortem", on="2026-11-09", inputs=KNOWN | known, people={"writer": "bo"}
    )


def through(case: Case, last: str) -> Case:
    """Let everything happen as planned, up to and with a step."""
    ends = max(number for number, one in enumerate(PLAIN_COURSE) if one[2] == last)
    for by, event, step, at, values in PLAIN_COURSE[: ends + 1]:
        case.did(at, by, event, step, **values)
    return case


def stage(state: RunState, id_: str) -> StepStage:
    assert id_ in state.steps, f"the run has no step {id_}"
    return state.steps[id_].stage


def waits_for(case: Case, id_: str, moment: str) -> tuple[str, ...]:
    waiting = case.step(id_, moment).waiting
    return waiting.steps if waiting is not None else ()


def reached(state: RunState) -> str:
    """Return the last mark that was reached: what the page says of itself."""
    marks = [one for one in state.steps.values() if one.step.mark and one.is_finished]
    return marks[-1].step.title if marks else ""


PLAIN_COURSE: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    ("ada", "offered", "appoint", "2026-11-09T15:10Z", {"to": "bo"}),
    ("bo", "accepted", "appoint", "2026-11-09T15:20Z", {}),
    ("bo", "done", "create", "2026-11-09T16:00Z", {}),
    ("bo", "done", "schedule", "2026-11-09T16:10Z", {}),
    ("bo", "done", "timeline", "2026-11-10T10:00Z", {}),
    ("bo", "done", "evidence", "2026-11-10T14:00Z", {}),
    ("bo", "done", "analysis", "2026-11-11T09:00Z", {}),
    ("bo", "done", "message", "2026-11-11T10:00Z", {}),
    ("bo", "done", "share", "2026-11-11T11:00Z", {}),
    ("ada", "done", "meeting", "2026-11-12T14:30Z", {}),
    ("ada", "approved", "agree", "2026-11-12T14:31Z", {}),
    ("cy", "approved", "agree", "2026-11-12T14:32Z", {}),
    ("fay", "approved", "agree", "2026-11-12T15:00Z", {}),
    ("bo", "done", "tickets", "2026-11-12T16:00Z", {"proof": "label:postmortem-2026-11-09"}),
    ("bo", "done", "inform", "2026-11-12T16:30Z", {}),
    ("bo", "offered", "pass-on", "2026-11-12T17:00Z", {}),
    ("dee", "accepted", "pass-on", "2026-11-12T17:30Z", {}),
    ("dee", "done", "publish", "2026-11-13T09:00Z", {"proof": "status.example/42"}),
    ("dee", "done", "close-published", "2026-11-13T09:05Z", {}),
)


@row("A3-01")
def only_severe_incidents_have_a_postmortem(written: Written) -> None:
    for severity in ("1", "2"):
        assert stage(postmortem(written, severity=severity).on("2026-11-09"), "appoint") == "ready"
    small = postmortem(written, severity="3").on("2026-11-09")
    assert all(step.how is How.NOT_NEEDED for step in small.steps.values())
    assert small.stage is RunStage.READY_TO_CLOSE


@row("A3-02")
def commander_names_one_writer_who_answers_for_it(written: Written) -> None:
    case = postmortem(written)
    assert case.step("appoint", "2026-11-09T15:05Z").owner == "ada"
    case.did("2026-11-09T15:10Z", "ada", "offered", "appoint")
    appoint = case.step("appoint", "2026-11-09T15:10Z")
    assert str(appoint.due) == "2026-11-09 15:30:00"
    assert appoint.offer is not None
    assert appoint.offer.receivers == ("bo",)
    assert appoint.step.handoff is not None
    assert appoint.step.handoff.to == "writer"
    assert [item.item for item in appoint.step.handoff.must_include if item.critical] == [
        "that it is theirs now"
    ]
    assert "offered to" in case.refused("2026-11-09T15:15Z", "cy", "accepted", "appoint")
    assert appoint.owner == "ada"
    case.did("2026-11-09T15:20Z", "bo", "accepted", "appoint")
    assert case.step("create", "2026-11-09T15:20Z").owner == "bo"


@row("A3-03")
def writer_makes_the_tickets_and_others_finish_them(written: Written) -> None:
    card = written.ledger.settings.roles["writer"]
    assert "finishing the tickets" in card.not_for
    case = through(postmortem(written), "close-published")
    ticket = Source(
        "commitments/2026/11/retry-limit.yaml",
        b"what: Limit the retries\nwho: cy\noutcome: One slow service stops no other\n"
        b"due: 2026-12-01\npart_of: postmortem.tickets\n",
    )
    assert not errors(written.findings("2026-11-13", case.source, ticket))
    assert case.on("2026-11-13").stage is RunStage.READY_TO_CLOSE


@row("A3-04")
def the_page_is_begun_unless_the_commander_did(written: Written) -> None:
    assert written.step("postmortem", "create").do
    begun = postmortem(written, begun_by_commander="yes").on("2026-11-09")
    assert begun.steps["create"].how is How.NOT_NEEDED
    assert not postmortem(written).on("2026-11-09").steps["create"].is_finished


@row("A3-05")
def meeting_within_three_days_or_five_working_days(written: Written) -> None:
    first = postmortem(written, severity="1", incident_end="2026-11-12T15:00")
    second = postmortem(written, severity="2", incident_end="2026-11-12T15:00")
    assert str(first.step("meeting", "2026-11-12").due) == "2026-11-15"
    assert str(second.step("meeting", "2026-11-12").due) == "2026-11-19"


@row("A3-06")
def the_meeting_is_in_the_calendar_before_anything_is_written(written: Written) -> None:
    assert written.step("postmortem", "schedule").do
    case = through(postmortem(written), "create")
    assert case.on("2026-11-09T16:05Z").ready == ("schedule",)
    assert waits_for(case, "timeline", "2026-11-09T16:05Z") == ("schedule",)
    assert str(case.step("schedule", "2026-11-09").due) == "asap"
    meeting, timeline = (case.step(id_, "2026-11-09") for id_ in ("meeting", "timeline"))
    assert str(meeting.due) > str(timeline.due)


@row("A3-07")
def timeline_names_who_responded(written: Written) -> None:
    listed(
        written,
        "timeline",
        "every moment that mattered, in order",
        "everybody who responded",
        "who was commander, and who was scribe",
    )


@row("A3-08")
def every_moment_has_evidence(written: Written) -> None:
    listed(
        written,
        "evidence",
        "a link to the evidence of each moment",
        "a link to the recording of the call",
    )


@row("A3-09")
def analysis_says_cause_and_numbers_and_where_they_are_from(written: Written) -> None:
    listed(
        written,
        "analysis",
        "the cause",
        "how many customers",
        "what they noticed",
        "the queries behind each number",
    )


@row("A3-10")
def customers_are_told_what_the_meeting_agreed(written: Written) -> None:
    case = postmortem(written)
    assert written.step("postmortem", "message").do
    draft, meeting = (case.step(id_, "2026-11-09") for id_ in ("message", "meeting"))
    assert draft.due is not None
    assert str(draft.due) < str(meeting.due)
    through(case, "meeting")
    assert waits_for(case, "pass-on", "2026-11-12T14:31Z") == ("agree",)
    case.refused("2026-11-12T14:31Z", "bo", "offered", "pass-on", to="dee")


@row("A3-11")
def the_draft_is_shown_a_day_before_the_meeting_whenever_that_is(written: Written) -> None:
    case = postmortem(written)
    assert str(case.step("share", "2026-11-09").due) == "2026-11-11 12:00:00"
    case.moved(
        "2026-11-09T16:10Z", "ada", "meeting", "2026-11-12T14:00", why="the first hour for all"
    )
    share = case.step("share", "2026-11-11T13:59Z")
    assert str(share.due) == "2026-11-11 14:00:00"
    assert not share.overdue
    assert case.step("share", "2026-11-11T14:01Z").overdue


@row("A3-12")
def six_are_always_invited_and_two_only_if_they_matter(written: Written) -> None:
    always = (
        "the commander",
        "whoever owns the services that failed",
        "the engineers who worked on it",
        "their engineering manager",
        "their product manager",
        "the writer",
    )
    trainee, liaison = "whoever is learning from the commander", "the customer liaison"
    assert invited(written, severity="2", trainee="no") == set(always)
    assert invited(written, severity="1", trainee="no") == {*always, liaison}
    assert invited(written, severity="2", trainee="yes") == {*always, trainee}


def invited(written: Written, **known: str) -> set[str]:
    """Return who can be ticked off as invited."""
    case = through(postmortem(written, **known), "create")
    names = [item.item for item in written.step("postmortem", "schedule").items]
    return {name for name in names if can_tick(case, "schedule", name)}


def can_tick(case: Case, step: str, item: str) -> bool:
    try:
        case.refused("2026-11-09T17:00Z", "bo", "ticked", step, item=item)
    except AssertionError:
        return True
    return False


@row("A3-13")
def commander_runs_the_meeting_and_it_is_short(written: Written) -> None:
    listed(
        written,
        "meeting",
        "the timeline",
        "the cause",
        "what went well, and what did not",
        "what is to be done",
        "the message to customers",
    )
    case = postmortem(written)
    case.moved("2026-11-09T16:10Z", "ada", "meeting", "2026-11-12T14:00", why="all can")
    meeting = case.step("meeting", "2026-11-12")
    assert "fifteen minutes at least" in meeting.step.title
    assert meeting.who == ("ada",)
    assert meeting.with_ == ("writer", "attendees")
    assert str(meeting.until) == "2026-11-12 14:30:00+00:00"


@row("A3-14")
def nothing_goes_out_before_everybody_at_the_meeting_agrees(written: Written) -> None:
    case = through(postmortem(written), "meeting")
    case.did("2026-11-12T14:31Z", "ada", "approved", "agree")
    case.did("2026-11-12T14:32Z", "cy", "approved", "agree")
    state = case.on("2026-11-12T14:40Z")
    assert state.steps["agree"].voters == ("fay",)
    assert {stage(state, id_) for id_ in ("tickets", "inform", "pass-on")} == {StepStage.WAITING}
    assert written.step("postmortem", "agree").need == "all"
    case.did("2026-11-12T15:00Z", "fay", "approved", "agree")
    assert case.step("pass-on", "2026-11-12T15:00Z").stage is StepStage.READY
    assert case.step("agree", "2026-11-12T15:00Z").on_time


@row("A3-15")
def tickets_for_what_must_not_wait_carry_severity_and_date(written: Written) -> None:
    assert written.step("postmortem", "tickets").do
    listed(written, "tickets", "only what must not wait", "labelled with the severity and the date")
    case = through(postmortem(written), "agree")
    case.did("2026-11-12T16:00Z", "bo", "done", "tickets")
    assert "NS414" in codes(case, "2026-11-12")


@row("A3-16")
def customer_support_publishes_the_agreed_message_and_closes(written: Written) -> None:
    case = through(postmortem(written), "agree")
    case.did("2026-11-12T17:00Z", "bo", "offered", "pass-on")
    offer = case.step("pass-on", "2026-11-12T17:00Z").offer
    assert offer is not None
    assert offer.receivers == ("dee",)
    assert "offered to" in case.refused("2026-11-12T17:10Z", "cy", "accepted", "pass-on")
    wanted = written.step("postmortem", "pass-on").handoff
    assert wanted is not None
    assert wanted.to == "customer-support"
    assert [item.item for item in wanted.must_include if item.critical] == [
        "the text as the meeting agreed on it"
    ]
    assert waits_for(case, "publish", "2026-11-12T17:10Z") == ("pass-on",)
    case.did("2026-11-12T17:30Z", "dee", "accepted", "pass-on")
    assert case.step("publish", "2026-11-12T17:30Z").owner == "dee"
    case.did("2026-11-13T09:00Z", "dee", "done", "publish", proof="status.example/42")
    assert waits_for(case, "close-published", "2026-11-13T09:00Z") == ("tickets", "inform")
    case.did("2026-11-13T09:10Z", "bo", "done", "tickets", proof="label:postmortem-2026-11-09")
    case.did("2026-11-13T09:20Z", "bo", "done", "inform")
    assert case.on("2026-11-13T09:30Z").ready == ("close-published",)
    assert case.step("close-published", "2026-11-13T09:30Z").owner == "dee"
    silent = postmortem(written, message_to_customers="no").on("2026-11-09").steps
    assert {silent[id_].how for id_ in ("pass-on", "publish", "close-published")} == {
        How.NOT_NEEDED
    }


@row("A3-17")
def without_a_message_the_page_is_closed_after_the_meeting(written: Written) -> None:
    case = through(postmortem(written, message_to_customers="no"), "analysis")
    for by, event, step, at, values in PLAIN_COURSE:
        if "2026-11-11T11:00Z" <= at <= "2026-11-12T16:30Z":
            case.did(at, by, event, step, **values)
    state = case.on("2026-11-12T17:00Z")
    assert state.ready == ("close",)
    assert str(state.steps["close"].due) == "2026-11-12"
    assert {state.steps[id_].how for id_ in ("pass-on", "publish", "close-published")} == {
        How.NOT_NEEDED
    }
    told = through(postmortem(written), "close-published").on("2026-11-13")
    assert told.steps["close"].how is How.NOT_NEEDED


@row("A3-18")
def the_page_is_draft_in_review_reviewed_and_closed(written: Written) -> None:
    case = postmortem(written)
    seen = {reached(case.on("2026-11-09T15:00Z"))}
    stages = []
    for by, event, step, at, values in PLAIN_COURSE:
        now = reached(case.did(at, by, event, step, **values).on(at))
        if now not in seen:
            seen.add(now)
            stages.append((step, now.partition(":")[0]))
    assert stages == [
        ("appoint", "Draft"),
        ("share", "In review"),
        ("agree", "Reviewed"),
        ("close-published", "Closed"),
    ]
    assert case.on("2026-11-13T10:00Z").stage is RunStage.READY_TO_CLOSE


@row("A3-19")
def everybody_inside_is_told_what_came_of_it(written: Written) -> None:
    inform = written.step("postmortem", "inform")
    assert inform.do
    assert inform.handoff is not None
    assert inform.handoff.tell == ("service-team", "executives")
    case = through(postmortem(written), "inform")
    assert case.step("inform", "2026-11-13").how is How.TOLD
    assert {"what we learned", "the link to the page"} == {
        item.item for item in inform.handoff.must_include
    }


def page(written: Written) -> Case:
    """Start a page at 03:00 that the monitor passes to the primary at once."""
    case = written.start(
        "page",
        on="2026-11-10",
        inputs={"paged_at": "2026-11-10T03:00Z"},
        people={"alerting": "monitor", "primary": "cy", "backup": "bo"},
    )
    return case.did("2026-11-10T03:00Z", "monitor", "offered", "page", to="cy")


def woken(case: Case, moment: str) -> set[str]:
    return {person for one in case.on(moment).escalations for person in one.tell}


@row("A3-20")
def primary_then_backup_then_the_whole_team(written: Written) -> None:
    case = page(written)
    assert case.on("2026-11-10T03:04Z").with_whom == ("cy",)
    assert woken(case, "2026-11-10T03:05Z") == {"bo"}
    assert woken(case, "2026-11-10T03:10Z") == {"bo", "cy", "fay"}
    assert written.ledger.settings.roles["primary"].turn == "weekly on monday"


@row("A3-21")
def each_level_has_five_minutes(written: Written) -> None:
    case = page(written)
    assert woken(case, "2026-11-10T03:04Z") == set()
    assert "bo" in woken(case, "2026-11-10T03:05Z")
    assert "fay" not in woken(case, "2026-11-10T03:09Z")
    assert "fay" in woken(case, "2026-11-10T03:10Z")
    case.did("2026-11-10T03:11Z", "cy", "accepted", "page")
    assert woken(case, "2026-11-10T03:20Z") == set()
    late = page(written)
    late.did("2026-11-10T03:05Z", "monitor", "returned", "page", why="no answer from cy")
    late.did("2026-11-10T03:06Z", "monitor", "offered", "page", to="bo")
    late.did("2026-11-10T03:07Z", "bo", "accepted", "page")
    assert late.step("resolve", "2026-11-10T03:07Z").stage is StepStage.READY


@row("A3-22")
def the_next_person_is_told_what_is_open_and_may_come_back(written: Written) -> None:
    case = written.start(
        "on-call-week",
        on="2026-11-09",
        inputs={"shift_start": "2026-11-09T09:00", "shift_end": "2026-11-16T09:00"},
        people={"primary": "cy", "next-primary": "bo"},
    )
    assert str(case.step("hand-over", "2026-11-10").due) == "2026-11-16 09:00:00"
    case.did("2026-11-16T08:50Z", "cy", "offered", "hand-over")
    assert "offered to" in case.refused("2026-11-16T08:55Z", "fay", "accepted", "hand-over")
    wanted = written.step("on-call-week", "hand-over").handoff
    assert wanted is not None
    assert wanted.to == "next-primary"
    for item in (
        "what is still open",
        "what is likely to come back",
        "anything else worth knowing",
    ):
        assert item in [one.item for one in wanted.must_include]
    case.did("2026-11-16T09:00Z", "bo", "accepted", "hand-over")
    assert case.on("2026-11-16T09:00Z").ready == ("settle-in",)


@row("A3-23")
def who_took_a_page_keeps_it_until_another_agrees(written: Written) -> None:
    case = page(written).did("2026-11-10T03:02Z", "cy", "accepted", "page")
    assert case.step("resolve", "2026-11-16T12:00Z").owner == "cy"
    case.did("2026-11-16T12:00Z", "cy", "offered", "resolve", to="bo", duty="true")
    assert case.step("resolve", "2026-11-16T13:00Z").owner == "cy"
    case.did("2026-11-16T13:00Z", "bo", "returned", "resolve", why="I am on my way to the airport")
    assert case.step("resolve", "2026-11-16T14:00Z").owner == "cy"


@row("A3-24")
def new_people_watch_first_one_thing_at_a_time(written: Written) -> None:
    case = written.start("learn-on-call", on="2026-11-09", people={"new-member": "ivy"})
    assert case.on("2026-11-09").ready == ("operations",)
    operations, shadow = (case.step(id_, "2026-11-09") for id_ in ("operations", "shadow"))
    assert operations.with_ == ("operations",)
    assert str(operations.due) == "2026-11-16"
    assert str(shadow.due) == "2026-12-07"
    case.did("2026-11-16T15:00Z", "ivy", "done", "operations")
    assert case.on("2026-11-16T15:00Z").ready == ("shadow",)


@row("A3-25")
def reading_it_and_trying_it_out_fall_due_again(written: Written) -> None:
    assert overdue_reviews(written, "2026-11-20") == set()
    assert overdue_reviews(written, "2026-11-21") == {"read through"}
    assert overdue_reviews(written, "2027-02-12") == {"read through", "tried out"}


def overdue_reviews(written: Written, today: str) -> set[str | None]:
    """Return what `show` says is to be looked at again."""
    written.process("security-incident")
    here = standing(written.ledger, now(today, "UTC"))
    view = process_view(here, "security-incident")
    assert len(view.reviews) == 2
    overdue = {review.kind for review in view.reviews if review.overdue}
    found = [one for one in written.findings(today) if one.code == "NS423"]
    assert len(found) == len(overdue)
    return overdue


def security(written: Written) -> Case:
    return written.start("security-incident", on="2026-11-09")


FOURTEEN = (
    "stop-attack close-way-in assemble isolate timeline what-was-touched other-systems again "
    "more-walls forensics tell-inside police other-firms tell-outside"
).split()


@row("A3-26")
def fourteen_things_in_order_that_may_be_done_at_once_by_whoever_is_sent(written: Written) -> None:
    case = security(written)
    state = case.on("2026-11-09")
    assert [id_ for id_ in state.steps if id_ in FOURTEEN] == FOURTEEN
    assert set(FOURTEEN) <= set(state.ready)
    assert {state.steps[id_].owner for id_ in FOURTEEN} == {"ada"}
    case.did("2026-11-09T02:05Z", "ada", "offered", "isolate", to="cy", duty="true")
    case.did("2026-11-09T02:06Z", "cy", "accepted", "isolate")
    case.did("2026-11-09T02:10Z", "ada", "done", "police")
    later = case.on("2026-11-09T03:00Z")
    assert not later.conformance.out_of_order
    assert later.steps["isolate"].owner == "cy"
    assert {str(state.steps[id_].due) for id_ in FOURTEEN} == {"asap"}


@row("A3-27")
def security_always_and_the_leaders_after_those_who_respond(written: Written) -> None:
    case = security(written)
    assert case.step("assemble", "2026-11-09").with_ == ("security-team",)
    names = [item.item for item in written.step("security-incident", "assemble").items]
    assert names == ["the security team", "somebody for each service that is affected"]
    leaders = case.step("tell-leaders", "2026-11-09")
    assert leaders.stage is StepStage.WAITING
    assert str(leaders.due) == "asap"
    case.did("2026-11-09T02:20Z", "ada", "done", "assemble")
    leaders = case.step("tell-leaders", "2026-11-09T02:20Z")
    assert leaders.stage is StepStage.READY
    assert leaders.step.handoff is not None
    assert leaders.step.handoff.tell == ("executives", "legal")


@row("A3-28")
def it_begins_in_doubt_and_the_commander_can_call_it_off(written: Written) -> None:
    case = security(written)
    assert stage(case.on("2026-11-09"), "stop-attack") is StepStage.READY
    assert case.step("decide", "2026-11-09").voters == ("ada",)
    assert "no vote" in case.refused("2026-11-09T02:30Z", "hal", "returned", "decide", why="no")
    case.did("2026-11-09T02:30Z", "ada", "returned", "decide", why="a test that nobody announced")
    ended = case.on("2026-11-09T02:30Z")
    assert ended.stage is RunStage.DROPPED
    assert ended.stopped_by == "decide"
    assert ended.closed is not None
    assert ended.closed.why == "a test that nobody announced"


def listed(written: Written, step: str, *items: str) -> None:
    """Hold that these things, and no others, can be ticked off at a step of the postmortem."""
    case = postmortem(written)
    names = [item.item for item in written.step("postmortem", step).items]
    assert names == list(items)
    assert all(can_tick(case, step, name) for name in names)


def errors(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [one.message for one in findings if one.severity is Severity.ERROR]


def codes(case: Case, today: str) -> set[str]:
    return {finding.code for finding in case.findings(today)}
