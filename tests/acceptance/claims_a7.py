"""What the processes from sales to success, and of a new colleague, say row by row."""

from __future__ import annotations

from nextstep.model.time import DueWord
from nextstep.reports.due import Question, due_report
from nextstep.reports.rows import Row
from nextstep.reports.standing import standing
from nextstep.runs.needs import check_holds
from nextstep.runs.states import How, RunStage, StepStage
from tests.acceptance.asking import errors, handoff, paths, stage, ticked
from tests.acceptance.cases import Case, Written, now
from tests.acceptance.rows import row

EXPECTED_WARNINGS: dict[str, int] = {
    "NS413": 1,  # the gate is the point: the giver goes on once the receiver has signed
    "NS426": 1,  # the process names ten facts
}
"""Warnings of `check` that stay, by code, with how many of each."""

READY, WAITING, FINISHED = StepStage.READY, StepStage.WAITING, StepStage.FINISHED


def journey(written: Written, **inputs: str) -> Case:
    """Start the way of a large customer who is expected to sign on 15 January."""
    known = {"expected_close": "2027-01-15", "renewal_date": "2028-01-14", "segment": "large"}
    return written.start("customer-journey", on="2026-11-09", inputs=known | inputs)


def signed(written: Written) -> Case:
    case = journey(written)
    case.did("2027-01-08T18:00Z", "ben", "offered", "prospect")
    case.did("2027-01-11T18:00Z", "cho", "accepted", "prospect")
    return case.changed("2027-01-15T18:00Z", "amy", "inputs.closed_on", "2027-01-15")


def adopting(written: Written) -> Case:
    case = signed(written)
    return case.did("2027-03-12T18:00Z", "cho", "done", "onboarding")


def deal(written: Written, **inputs: str) -> Case:
    """Start a small deal that is to be signed on Friday 18 December."""
    known = {"account": "vance", "negotiation_starts": "2026-12-07", "closes_on": "2026-12-18"}
    return written.start("small-deal", on="2026-11-16", inputs=known | inputs)


def told(written: Written, **inputs: str) -> Case:
    """Return the deal with its two fields set and taken over."""
    case = deal(written, segment="smb", advisor_segment="digital", **inputs)
    case.did("2026-12-03T18:00Z", "amy", "offered", "fields")
    return case.did("2026-12-04T18:00Z", "eva", "accepted", "fields")


WHO_IS_WHO = {"instance_admin": "kim", "program_contact": "lou", "champion": "kim"}


def installing(written: Written) -> Case:
    return written.start(
        "implementation",
        on="2026-10-05",
        inputs={
            "account": "vance",
            "environments": "3",
            "environments_running": "2",
            "implementation_start": "2026-10-12",
            "planned_completion": "2026-11-20",
        },
        people={"customer": "vacant"},
    )


def operating(written: Written) -> Case:
    case = installing(written)
    case.changed("2026-11-18T18:00Z", "dan", "inputs.environments_running", "3")
    case.did("2026-11-18T19:00Z", "dan", "approved", "operating")
    return case.did("2026-11-19T18:00Z", "cho", "approved", "operating")


def passed_on(written: Written) -> Case:
    case = operating(written)
    for step in ("infrastructure", "code-hosts", "notes"):
        case.did("2026-11-20T18:00Z", "dan", "offered", step)
        case.did("2026-11-23T18:00Z", "cho", "accepted", step)
    return case


def newcomer(written: Written, **inputs: str) -> Case:
    """Start what awaits Ivo, who signed on 9 November at ten and begins on Monday 30 November."""
    known = {"signed_at": "2026-11-09T10:00", "start_date": "2026-11-30", "country": "US"}
    return written.start(
        "new-colleague", on="2026-11-09", inputs=known | inputs, people={"newcomer": "ivo"}
    )


def rows(case: Case, person: str, day: str) -> dict[str, tuple[str, Row]]:
    """Return what `due` lists for somebody on a day, by step: the section and the row."""
    case.settle()
    ledger = case.written.with_files(case.source)
    stands = standing(ledger, now(day, ledger.timezone))
    report = due_report(stands, Question(me=person, you=True, everything=True))
    return {
        one.step: (section.name.value, one)
        for section in report.sections
        for one in section.rows
        if one.step
    }


@row("A7-01")
def a_customer_goes_through_five_stages(written: Written) -> None:
    case = journey(written)
    stages = ("prospect", "onboarding", "adopting", "nurturing", "renewing")
    assert [stage(case, one, "2026-11-30") for one in stages] == [WAITING] * 5
    assert case.on("2026-12-01").ready == ("prospect",)
    before = journey(written, closed_on="2026-11-20")
    assert stage(before, "onboarding", "2026-11-30") is WAITING
    early = journey(written)
    early.did("2027-01-08T18:00Z", "ben", "offered", "prospect")
    early.did("2027-01-11T18:00Z", "cho", "accepted", "prospect")
    assert early.on("2027-01-12").ready == ()
    case = signed(written)
    assert case.on("2027-01-16").ready == ("onboarding",)
    case = adopting(written)
    assert case.on("2027-03-13").ready == ("adopting",)
    case.changed("2027-06-01T18:00Z", "cho", "inputs.daily_share", "31")
    case.did("2027-06-01T19:00Z", "cho", "done", "adopting")
    assert case.on("2027-06-02").ready == ("nurturing",)
    assert case.on("2027-09-15").ready == ("nurturing",)
    assert case.on("2027-09-16").ready == ("nurturing", "renewing")


@row("A7-02")
def preparation_begins_before_a_date_that_moves(written: Written) -> None:
    case = journey(written)
    assert (stage(case, "prospect", "2026-11-30"), stage(case, "prospect", "2026-12-01")) == (
        WAITING,
        READY,
    )
    assert str(case.step("prospect", "2026-12-01").due) == "2027-01-15"
    case.changed("2026-12-02T18:00Z", "amy", "inputs.expected_close", "2027-02-12", why="budget")
    later = case.step("prospect", "2026-12-28")
    assert (later.stage, str(later.due), len(later.moves)) == (WAITING, "2027-02-12", 1)
    assert stage(case, "prospect", "2026-12-29") is READY
    assert later.who == ("ben",)
    assert not errors(case.findings("2026-12-02"))
    case.did("2027-01-04T18:00Z", "ben", "offered", "prospect")
    offered = case.step("prospect", "2027-01-05")
    assert (offered.owner, handoff(case, "prospect").to) == ("ben", "technical-advisor")
    assert "offered to" in case.refused("2027-01-05T18:00Z", "amy", "accepted", "prospect")
    case.did("2027-01-05T18:00Z", "cho", "accepted", "prospect")
    assert case.step("prospect", "2027-01-05T19:00Z").how is How.ACCEPTED


@row("A7-03")
def onboarding_has_sixty_days_and_a_share_of_seats(written: Written) -> None:
    case = signed(written)
    assert str(case.step("onboarding", "2027-01-16").due) == "2027-03-16"
    assert case.step("onboarding", "2027-03-17").overdue
    items = case.step("onboarding", "2027-01-16").step.items
    assert items
    check = items[0].check
    assert check is not None
    for share, reached in (("49", False), ("50", True)):
        assert check_holds(check, {**case.run.inputs, "active_share": share}) is reached
    assert check_holds(check, case.run.inputs) is None


@row("A7-04")
def two_stages_end_by_a_number_and_not_by_a_date(written: Written) -> None:
    case = adopting(written)
    for id_, number, short, enough, day in (
        ("adopting", "daily_share", "29", "30", "2027-06-01"),
        ("nurturing", "use_cases", "2", "3", "2027-09-01"),
    ):
        one = case.step(id_, "2028-01-01")
        assert (one.stage, one.due, one.overdue) == (READY, DueWord.NONE, False)
        case.refused(f"{day}T17:00Z", "cho", "done", id_)
        case.changed(f"{day}T18:00Z", "cho", f"inputs.{number}", short)
        assert "came without" in case.refused(f"{day}T18:30Z", "cho", "done", id_)
        case.changed(f"{day}T19:00Z", "cho", f"inputs.{number}", enough)
        case.did(f"{day}T20:00Z", "cho", "done", id_)
        assert stage(case, id_, f"{day}T21:00Z") is FINISHED


@row("A7-05")
def work_on_the_renewal_begins_in_time(written: Written) -> None:
    case = signed(written)
    assert (stage(case, "renewing", "2027-09-15"), stage(case, "renewing", "2027-09-16")) == (
        WAITING,
        READY,
    )


@row("A7-06")
def small_customers_go_another_way(written: Written) -> None:
    small = journey(written, segment="smb").on("2026-11-09").steps
    large = journey(written).on("2026-11-09").steps
    assert "onboarding-by-mail" in small
    assert (small["onboarding-by-mail"].how, small["onboarding-by-mail"].who) == (None, ("eva",))
    assert small["onboarding"].how is How.NOT_NEEDED
    assert large["onboarding-by-mail"].how is How.NOT_NEEDED
    assert (large["onboarding"].how, large["onboarding"].who) == (None, ("cho",))


@row("A7-07")
def no_deal_is_won_before_it_is_handed_over(written: Written) -> None:
    case = told(written, **WHO_IS_WHO)
    case.did("2026-12-07T18:00Z", "eva", "done", "record")
    won = {"proof": "contract-4711"}
    assert "`contacts`" in case.refused("2026-12-14T18:00Z", "amy", "done", "close", **won)
    case.did("2026-12-15T18:00Z", "amy", "offered", "contacts")
    assert "`contacts`" in case.refused("2026-12-15T19:00Z", "amy", "done", "close", **won)
    case.did("2026-12-16T18:00Z", "eva", "returned", "contacts", missing=["who signs"])
    assert "`contacts`" in case.refused("2026-12-16T19:00Z", "amy", "done", "close", **won)
    case.did("2026-12-17T18:00Z", "amy", "offered", "contacts")
    case.did("2026-12-17T19:00Z", "eva", "accepted", "contacts")
    case.did("2026-12-18T18:00Z", "amy", "done", "close", **won)
    assert stage(case, "close", "2026-12-18T19:00Z") is FINISHED


@row("A7-08")
def two_fields_bring_the_next_team_in(written: Written) -> None:
    case = deal(written)
    assert str(case.step("fields", "2026-11-16").due) == "2026-12-07"
    assert stage(case, "record", "2026-12-01") is WAITING
    lacking = case.refused("2026-12-01T18:00Z", "amy", "offered", "fields")
    assert "segment of the account" in lacking
    assert "segment of the advisor" in lacking
    for name in ("segment", "advisor_segment"):
        case.refused("2026-12-01T18:00Z", "amy", "offered", "fields")
        case.changed("2026-12-01T19:00Z", "amy", f"inputs.{name}", "smb")
    case.did("2026-12-03T18:00Z", "amy", "offered", "fields")
    assert handoff(case, "fields").to == "digital-programme"
    assert "offered to" in case.refused("2026-12-03T19:00Z", "ben", "accepted", "fields")
    case.did("2026-12-04T18:00Z", "eva", "accepted", "fields")
    record = case.step("record", "2026-12-04T19:00Z")
    assert (record.stage, record.owner) == (READY, "eva")
    assert "record" in rows(case, "eva", "2026-12-05")


@row("A7-09")
def three_of_seven_contacts_have_to_be_named(written: Written) -> None:
    case = told(written)
    assert stage(case, "contacts", "2026-12-06") is WAITING
    assert stage(case, "contacts", "2026-12-07") is READY
    assert str(case.step("contacts", "2026-12-07").due) == "2026-12-17"
    wanted = (
        "who runs the instance",
        "who answers for the programme",
        "who speaks for it inside",
        "who signs",
        "who pays",
        "who looks after security",
        "who leads the engineers",
    )
    ticked(case, "2026-12-08T18:00Z", "amy", "contacts", *wanted)
    for (name, person), item in zip(WHO_IS_WHO.items(), wanted, strict=False):
        assert item in case.refused("2026-12-09T18:00Z", "amy", "offered", "contacts")
        case.changed("2026-12-09T19:00Z", "amy", f"inputs.{name}", person)
    assert case.run.inputs["instance_admin"] == case.run.inputs["champion"]
    case.did("2026-12-10T18:00Z", "amy", "offered", "contacts")
    assert handoff(case, "contacts").to == "digital-programme"
    assert "offered to" in case.refused("2026-12-10T19:00Z", "ben", "accepted", "contacts")


@row("A7-10")
def the_licence_comes_after_the_signature(written: Written) -> None:
    case = told(written, **WHO_IS_WHO)
    case.did("2026-12-07T18:00Z", "eva", "done", "record")
    case.did("2026-12-15T18:00Z", "amy", "offered", "contacts")
    case.did("2026-12-16T18:00Z", "eva", "accepted", "contacts")
    licence = case.step("licence", "2026-12-17")
    assert (licence.stage, licence.who) == (WAITING, ("ben",))
    case.did("2026-12-18T18:00Z", "amy", "done", "close", proof="contract-4711")
    assert stage(case, "licence", "2026-12-18T19:00Z") is READY
    assert "applied" in (licence.step.done_when or "")


@row("A7-11")
def ten_facts_about_what_it_runs_on(written: Written) -> None:
    assert stage(installing(written), "infrastructure", "2026-11-18") is WAITING
    case = operating(written)
    one = case.step("infrastructure", "2026-11-19T19:00Z")
    assert (one.stage, str(one.due)) == (READY, "2026-11-20")
    ticked(
        case,
        "2026-11-20T18:00Z",
        "dan",
        "infrastructure",
        "the technical design",
        "planned first day of the work",
        "planned last day of the work",
        "address of the instance",
        "kind of deployment",
        "who hosts it",
        "kinds of machines",
        "processors in all",
        "memory in all",
        "disk space in all",
    )
    looked = paths(case, "infrastructure", "2026-11-20")
    assert looked == ["the input implementation_start", "the input planned_completion"]
    case.did("2026-11-20T19:00Z", "dan", "offered", "infrastructure")
    assert handoff(case, "infrastructure").to == "technical-advisor"
    assert "offered to" in case.refused("2026-11-20T20:00Z", "eva", "accepted", "infrastructure")


@row("A7-12")
def four_facts_pass_over_to_who_keeps_them(written: Written) -> None:
    case = operating(written)
    ticked(
        case,
        "2026-11-20T18:00Z",
        "dan",
        "code-hosts",
        "code hosts in use",
        "number of repositories",
        "number of very large ones",
        "size of the largest",
    )
    assert handoff(case, "code-hosts").to == "technical-advisor"
    case.did("2026-11-20T18:30Z", "dan", "offered", "code-hosts")
    assert stage(case, "keep-current", "2026-11-20T19:00Z") is WAITING
    assert "offered to" in case.refused("2026-11-20T19:00Z", "eva", "accepted", "code-hosts")
    case.did("2026-11-23T18:00Z", "cho", "accepted", "code-hosts")
    kept = case.step("keep-current", "2026-11-24")
    assert (kept.stage, kept.who, str(kept.due)) == (READY, ("cho",), "2026-12-23")
    case.did("2026-12-22T18:00Z", "cho", "done", "keep-current")
    again = case.step("keep-current", "2026-12-23")
    assert (again.stage, again.owner, str(again.due)) == (READY, "cho", "2027-01-23")


@row("A7-13")
def three_notes_and_three_logs_pass_over(written: Written) -> None:
    case = operating(written)
    ticked(
        case,
        "2026-11-20T18:00Z",
        "dan",
        "notes",
        "upper limits that were talked about",
        "what is special in this deployment",
        "errors that needed an engineer",
    )
    assert paths(case, "notes", "2026-11-20") == [
        "accounts/vance/issues.md",
        "accounts/vance/risks.md",
        "accounts/vance/chances.md",
    ]
    assert handoff(case, "notes").to == "technical-advisor"
    case.did("2026-11-20T18:30Z", "dan", "offered", "notes")
    case.did("2026-11-23T18:00Z", "cho", "returned", "notes", missing=["log of risks"])
    assert case.step("notes", "2026-11-23T19:00Z").rounds == 1


@row("A7-14")
def it_is_done_when_it_runs_everywhere(written: Written) -> None:
    case = installing(written)
    gate = case.step("operating", "2026-11-18")
    assert gate.step.title == "It is deployed, and runs to the scope that was agreed"
    assert gate.voters == ("dan", "cho")
    lacking = case.refused("2026-11-18T17:00Z", "dan", "approved", "operating")
    assert "all environments" in lacking
    for step in ("infrastructure", "code-hosts", "notes"):
        case.refused("2026-11-18T17:00Z", "dan", "offered", step)
    case.changed("2026-11-18T18:00Z", "dan", "inputs.environments_running", "3")
    case.did("2026-11-18T19:00Z", "dan", "approved", "operating")
    assert stage(case, "operating", "2026-11-18T20:00Z") is READY
    case.did("2026-11-19T18:00Z", "cho", "approved", "operating")
    assert case.on("2026-11-19T19:00Z").ready == ("infrastructure", "code-hosts", "notes")


@row("A7-15")
def afterwards_the_customer_has_one_voice_and_the_sender_still_answers(written: Written) -> None:
    case = operating(written)
    assert stage(case, "one-voice", "2026-11-20") is WAITING
    case = passed_on(written)
    voice = case.step("one-voice", "2026-11-24")
    assert (voice.stage, voice.who) == (READY, ("cho",))
    assert handoff(case, "one-voice").tell == ("customer",)
    assert stage(case, "smooth", "2026-11-24") is WAITING
    case.did("2026-11-24T18:00Z", "cho", "done", "one-voice")
    state = case.on("2026-11-25")
    assert state.steps["one-voice"].how is How.TOLD
    assert {one.id for one in state.steps.values() if one.is_next and one.owner == "dan"} == {
        "smooth"
    }
    card = written.ledger.settings.roles["implementation-engineer"]
    assert card.not_for == ("anything that the customer asks once the installation stands",)


@row("A7-16")
def six_things_within_forty_eight_hours_of_signing(written: Written) -> None:
    case = newcomer(written)
    tasks = case.step("after-signing", "2026-11-09")
    assert (tasks.who, str(tasks.due)) == (("ivo",), "2026-11-11 10:00:00")
    assert not case.step("after-signing", "2026-11-11T17:59Z").overdue
    assert case.step("after-signing", "2026-11-11T18:01Z").overdue
    ticked(
        case,
        "2026-11-10T18:00Z",
        "ivo",
        "after-signing",
        "your address, for the computer",
        "which computer you want",
        "how your name is written",
        "your account for pay",
        "a photo and a few words about you",
        "the check of who you are",
    )


@row("A7-17")
def a_message_before_the_end_of_the_working_day_before(written: Written) -> None:
    case = newcomer(written)
    first = case.step("first-message", "2026-11-09")
    assert (first.who, str(first.due)) == (("fay",), "2026-11-27 17:00:00")
    assert not case.step("first-message", "2026-11-28T00:59Z").overdue
    assert case.step("first-message", "2026-11-28T01:01Z").overdue


@row("A7-18")
def one_country_asks_for_a_form_in_three_days(written: Written) -> None:
    case = newcomer(written)
    assert str(case.step("identity", "2026-11-30").due) == "2026-12-03"
    assert case.step("identity", "2026-12-04").overdue
    abroad = newcomer(written, country="NL")
    assert abroad.step("identity", "2026-11-30").how is How.NOT_NEEDED


@row("A7-19")
def pay_comes_twice_a_month_on_a_working_day(written: Written) -> None:
    assert written.process("pay").steps
    case = written.start("pay", on="2026-11-02", inputs={"country": "US"})
    dates = []
    for month in ("11", "12"):
        for day in ("10", "20"):
            dates.append(str(case.step("pay", f"2026-{month}-{day}").due))
            case.did(f"2026-{month}-{day}T18:00Z", "hana", "done", "pay")
    assert dates == ["2026-11-13", "2026-11-30", "2026-12-15", "2026-12-31"]
    elsewhere = written.start("pay", on="2026-11-02", inputs={"country": "NL"})
    assert elsewhere.step("pay", "2026-11-10").how is How.NOT_NEEDED


@row("A7-20")
def who_is_late_with_the_training_has_two_weeks(written: Written) -> None:
    case = newcomer(written)
    reminded = rows(case, "ivo", "2026-12-30").get("training")
    assert reminded is not None
    assert (reminded[0], str(reminded[1].due)) == ("needs", "2026-12-30")
    assert rows(case, "ivo", "2026-12-20")["training"][0] == "later"
    last_of_grace, after = case.on("2027-01-13"), case.on("2027-01-14")
    assert not last_of_grace.steps["training"].overdue
    assert after.steps["training"].overdue
    assert [one.step for one in last_of_grace.escalations] == []
    assert [(one.step, one.tell) for one in after.escalations] == [("training", ("gil", "fay"))]
    for person in ("gil", "fay"):
        assert "training" in rows(case, person, "2027-01-14")
    case.did("2026-12-29T18:00Z", "ivo", "done", "training", proof="certificate.pdf")
    assert "training" not in rows(case, "ivo", "2026-12-30")
    assert not case.on("2027-01-14").escalations


@row("A7-21")
def one_training_comes_again_each_year(written: Written) -> None:
    case = newcomer(written)
    dates = []
    for year in (2027, 2028):
        dates.append(str(case.step("security", f"{year}-11-20").due))
        case.did(f"{year}-11-25T18:00Z", "ivo", "done", "security")
    assert dates == ["2027-11-30", "2028-11-30"]
    assert stage(case, "security", "2028-12-01") is READY


@row("A7-22")
def no_date_can_be_meant_and_is_seen(written: Written) -> None:
    case = newcomer(written, country="NL")
    seen = rows(case, "ivo", "2026-12-01")
    for id_ in ("handbook", "paths"):
        assert id_ in seen
        assert seen[id_][1].due is DueWord.NONE
    assert not [one for one in case.findings("2026-12-01") if "handbook" in one.message]
    for at, by, step in (
        ("2026-11-10T18:00Z", "ivo", "after-signing"),
        ("2026-11-20T18:00Z", "fay", "first-message"),
        ("2026-12-02T18:00Z", "ivo", "training"),
    ):
        case.did(at, by, "done", step, proof="certificate.pdf")
    closed = {"result": "kept", "outcome": "Ivo works", "nothing_further": "yes"}
    kept_open = case.refused("2027-02-01T18:00Z", "fay", "closed", **closed)
    assert "`handbook`" in kept_open
    assert "`paths`" not in kept_open
    case.did("2027-02-01T17:00Z", "ivo", "done", "handbook")
    case.did("2027-02-01T18:00Z", "fay", "closed", **closed)
    assert case.on("2027-02-02").stage is RunStage.CLOSED
