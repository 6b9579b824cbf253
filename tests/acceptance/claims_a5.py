"""What the processes of a board, of hiring, buying and leaving say, row by row."""

from __future__ import annotations

from nextstep.model.time import DueWord
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import How, RunStage, StepStage
from tests.acceptance.asking import errors, handoff, paths, stage, ticked
from tests.acceptance.cases import Case, Written
from tests.acceptance.rows import row
from tests.acceptance.starting import source_of

EXPECTED_WARNINGS: dict[str, int] = {}
"""Warnings of `check` that stay, by code, with how many of each."""

READY, WAITING, FINISHED = StepStage.READY, StepStage.WAITING, StepStage.FINISHED


def board(written: Written) -> Case:
    """Start what belongs to the meeting of Monday 14 December, three weeks before."""
    return written.start(
        "board-meeting",
        on="2026-11-23",
        inputs={"meeting_date": "2026-12-14", "next_meeting": "2027-02-08"},
        people={
            "board-member/chair": "cor",
            "board-member/treasurer": "dia",
            "board-member/member": "eef",
        },
    )


def held(written: Written) -> Case:
    """Return the meeting with all that happens up to its minutes."""
    case = board(written)
    case.did("2026-11-26T10:00Z", "ada", "done", "notice")
    for by, part in (("cor", "chair"), ("dia", "treasurer"), ("eef", "member")):
        case.did("2026-12-01T10:00Z", by, "done", f"replies/{part}")
    case.did("2026-12-07T10:00Z", "ada", "done", "agenda")
    return case.did("2026-12-14T16:00Z", "bas", "done", "minutes")


def hiring(written: Written, *, on: str = "2026-11-09", **inputs: str) -> Case:
    return written.start(
        "hiring",
        on=on,
        inputs={"candidate": "noor", "position": "developer", **inputs},
        people={
            "future-supervisor": "gijs",
            "second-senior": "hil",
            "lead-developer": "joep",
            "community-lead": "eef",
            "interviewer/supervisor": "gijs",
            "interviewer/senior": "hil",
        },
    )


HIRING = (
    ("2026-11-10T09:00Z", "fen", "done", "welcome"),
    ("2026-11-12T09:00Z", "gijs", "approved", "screen"),
    ("2026-11-13T09:00Z", "hil", "approved", "screen"),
    ("2026-11-17T09:00Z", "joep", "done", "first-with-developer"),
    ("2026-11-20T10:00Z", "gijs", "done", "second"),
    ("2026-11-20T10:10Z", "gijs", "done", "scores/supervisor"),
    ("2026-11-20T10:20Z", "hil", "done", "scores/senior"),
    ("2026-11-24T09:00Z", "ilse", "done", "third"),
    ("2026-11-25T09:00Z", "ilse", "approved", "decide"),
)


def interviewed(case: Case, last: str) -> Case:
    """Let everything happen up to and with a step."""
    for at, by, event, step in HIRING[: 1 + max(n for n, e in enumerate(HIRING) if e[3] == last)]:
        case.did(at, by, event, step)
    return case


def leaving(written: Written) -> Case:
    return written.start(
        "leaving",
        on="2026-11-09",
        inputs={"employee": "hil"},
        people={"manager": "gijs", "leaver": "hil", "colleague": "joep"},
    )


def last_day_agreed(written: Written) -> Case:
    case = leaving(written)
    case.changed("2026-11-10T09:00Z", "gijs", "inputs.end_date", "2026-12-18")
    return case.did("2026-11-10T10:00Z", "gijs", "done", "agree")


@row("A5-01")
def the_secretary_answers_for_what_an_assistant_helps_with(written: Written) -> None:
    case = board(written)
    notice = case.step("notice", "2026-11-23")
    assert (notice.who, notice.owner, notice.with_) == (("ada",), "ada", ("assistant",))
    assert written.ledger.settings.roles["assistant"].people == ("bas",)
    case.refused("2026-11-24T10:00Z", "bas", "moved", "notice", to="2026-12-07")
    case.refused("2026-11-24T10:00Z", "bas", "skipped", "notice", why="no time")
    case.did("2026-11-24T10:00Z", "bas", "done", "notice")
    sent = case.step("notice", "2026-11-24T10:00Z")
    assert sent.done is not None
    assert (sent.done.by, sent.owner) == ("bas", "ada")


@row("A5-02")
def the_board_is_told_two_weeks_before(written: Written) -> None:
    case = board(written)
    assert str(case.step("notice", "2026-11-23").due) == "2026-11-30"
    assert handoff(case, "notice").tell == ("board-member",)
    ticked(
        case,
        "2026-11-26T10:00Z",
        "ada",
        "notice",
        "the date of the meeting, and the wish for items and attachments",
        "the list of open action items",
        "the day by which replies are needed",
    )
    case.did("2026-11-26T10:01Z", "ada", "done", "notice")
    assert case.step("notice", "2026-11-26T10:01Z").how is How.TOLD


@row("A5-03")
def the_board_has_six_days_from_the_notice(written: Written) -> None:
    case = board(written)
    assert case.step("replies/chair", "2026-11-23").due_missing == ("notice",)
    case.did("2026-11-26T10:00Z", "ada", "done", "notice")
    state = case.on("2026-12-03")
    replies = [state.steps[id_] for id_ in state.groups["replies"]]
    assert [one.who for one in replies] == [("cor",), ("dia",), ("eef",)]
    assert {str(one.due) for one in replies} == {"2026-12-02"}
    assert all(one.overdue for one in replies)
    assert stage(case, "agenda", "2026-12-03") is READY


@row("A5-04")
def one_document_a_week_before(written: Written) -> None:
    case = board(written)
    assert str(case.step("agenda", "2026-11-23").due) == "2026-12-07"
    assert handoff(case, "agenda").tell == ("board-member",)
    assert paths(case, "agenda", "2026-11-23") == ["board/next/2026-12-14-agenda.pdf"]
    case.did("2026-11-26T10:00Z", "ada", "done", "notice")
    case.did("2026-12-07T10:00Z", "ada", "done", "agenda")
    assert case.step("agenda", "2026-12-07T11:00Z").how is How.TOLD


@row("A5-05")
def minutes_are_taken_at_the_meeting(written: Written) -> None:
    case = board(written)
    case.did("2026-11-26T10:00Z", "ada", "done", "notice")
    case.did("2026-12-07T10:00Z", "ada", "done", "agenda")
    assert stage(case, "minutes", "2026-12-13") is WAITING
    minutes = case.step("minutes", "2026-12-14")
    assert (minutes.stage, str(minutes.due)) == (READY, "2026-12-14")
    assert (minutes.who, minutes.with_) == (("ada",), ("assistant",))
    assert case.step("minutes", "2026-12-15").overdue


@row("A5-06")
def decisions_actions_and_notes_are_one_document_within_a_week(written: Written) -> None:
    case = held(written)
    assert str(case.step("record", "2026-12-14").due) == "2026-12-21"
    assert handoff(case, "record").tell == ("board-member",)
    ticked(
        case,
        "2026-12-18T09:00Z",
        "ada",
        "record",
        "the decisions",
        "the actions agreed, with a name and a day each",
        "what was said",
    )
    case.did("2026-12-18T10:00Z", "ada", "done", "record")
    assert case.step("record", "2026-12-18T11:00Z").how is How.TOLD


@row("A5-07")
def the_staff_hears_what_the_board_has_read(written: Written) -> None:
    case = held(written)
    assert stage(case, "tell-staff", "2026-12-18T09:00Z") is WAITING
    case.did("2026-12-18T10:00Z", "ada", "done", "record")
    told = case.step("tell-staff", "2026-12-18T11:00Z")
    assert (told.stage, told.due) == (READY, DueWord.ASAP)
    assert handoff(case, "tell-staff").tell == ("staff",)
    ticked(
        case,
        "2026-12-18T12:00Z",
        "ada",
        "tell-staff",
        "the decisions that they need for their work",
    )
    case.did("2026-12-18T12:01Z", "ada", "done", "tell-staff")
    assert case.step("tell-staff", "2026-12-18T12:02Z").how is How.TOLD


@row("A5-08")
def open_actions_are_followed_until_the_next_meeting(written: Written) -> None:
    case = held(written)
    assert stage(case, "track", "2026-12-18T09:00Z") is WAITING
    case.did("2026-12-18T10:00Z", "ada", "done", "record")
    dates = []
    for day in ("2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08"):
        dates.append(str(case.step("track", day).due))
        case.did(f"{day}T09:00Z", "ada", "done", "track")
    assert dates == ["2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08"]
    assert stage(case, "track", "2027-02-08T10:00Z") is FINISHED
    case.did("2026-12-18T12:00Z", "ada", "done", "tell-staff")
    case.did("2026-12-18T13:00Z", "ada", "done", "file")
    state = case.on("2027-02-09")
    assert (state.steps["remind"].stage, state.steps["remind"].overdue) == (READY, False)
    assert state.stage is RunStage.READY_TO_CLOSE


@row("A5-09")
def papers_are_filed_under_the_date_of_the_meeting(written: Written) -> None:
    case = held(written)
    assert paths(case, "file", "2026-12-18") == [
        "board/past/2026-12-14/2026-12-14-agenda.pdf",
        "board/past/2026-12-14/2026-12-14-minutes.pdf",
    ]
    ticked(case, "2026-12-18T13:00Z", "ada", "file", "the folder of the next meeting is empty")


@row("A5-10")
def one_runs_it_one_decides_and_some_oversee(written: Written) -> None:
    case = interviewed(hiring(written), "third")
    state = case.on("2026-11-24T10:00Z")
    assert (state.owner, state.steps["welcome"].who) == ("fen", ("fen",))
    assert state.steps["decide"].voters == ("ilse",)
    for by in ("fen", "cor"):
        assert "no vote" in case.refused("2026-11-24T11:00Z", by, "approved", "decide")
    late = {one.step: one.tell for one in case.on("2026-12-03").escalations}
    assert late.get("decide") == ("fen", "cor", "dia")
    assert "decide" not in {one.step for one in case.on("2026-12-02").escalations}


@row("A5-11")
def candidates_come_as_they_come_and_each_has_a_run(written: Written) -> None:
    first = interviewed(hiring(written), "second")
    other = hiring(written, on="2026-11-20", candidate="kees", position="designer")
    assert str(first.step("welcome", "2026-11-20").due) == "2026-11-11"
    assert str(other.step("welcome", "2026-11-20").due) == "2026-11-24"
    assert first.on("2026-11-20T10:00Z").ready == ("scores/supervisor", "scores/senior")
    assert other.on("2026-11-20").ready == ("welcome",)
    for case in (first, other):
        case.settle()
    both = (source_of("noor", first.plan), source_of("kees", other.plan))
    assert not errors(written.findings("2026-11-20", *both))
    seen = {
        filled_path(step.approve or "", case.run.inputs, None)
        for case in (first, other)
        for step in case.run.steps
        if step.id == "screen"
    }
    assert seen == {"hiring/noor/application.md", "hiring/kees/application.md"}


@row("A5-12")
def two_decide_on_their_own_and_then_agree(written: Written) -> None:
    case = interviewed(hiring(written), "welcome")
    case.did("2026-11-12T09:00Z", "gijs", "returned", "screen", why="too little experience")
    first = case.step("screen", "2026-11-12T10:00Z")
    assert (first.voters, first.rounds, first.hides_votes) == (("hil",), 0, True)
    case.did("2026-11-13T09:00Z", "hil", "approved", "screen")
    state = case.on("2026-11-13T10:00Z")
    apart = state.steps["screen"]
    assert (apart.stage, apart.rounds, apart.voters) == (READY, 1, ("gijs", "hil"))
    assert state.steps["welcome"].is_finished
    case.did("2026-11-13T15:00Z", "gijs", "approved", "screen")
    assert stage(case, "screen", "2026-11-13T15:30Z") is READY
    case.refused("2026-11-13T15:30Z", "fen", "approved", "screen")
    stuck = interviewed(hiring(written), "welcome")
    for at, by, event in (
        ("2026-11-12T09:00Z", "gijs", "returned"),
        ("2026-11-12T10:00Z", "hil", "approved"),
        ("2026-11-12T11:00Z", "hil", "approved"),
        ("2026-11-12T12:00Z", "gijs", "returned"),
    ):
        stuck.did(at, by, event, "screen", **({"why": "no"} if event == "returned" else {}))
    assert stuck.step("screen", "2026-11-12T13:00Z").put_to_owner
    case.did("2026-11-13T16:00Z", "hil", "approved", "screen")
    assert case.step("screen", "2026-11-13T17:00Z").how is How.APPROVED


@row("A5-13")
def three_interviews_by_pairs_that_are_fixed(written: Written) -> None:
    def pair(case: Case, step: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        one = case.step(step, "2026-11-13T10:00Z")
        return (one.who, one.with_) if one.how is None else ((), ())

    developer = interviewed(hiring(written), "screen")
    designer = interviewed(hiring(written, position="designer"), "screen")
    assert pair(developer, "first-with-developer") == (("joep",), ("operations-coordinator",))
    assert pair(designer, "first-with-community") == (("eef",), ("operations-coordinator",))
    assert pair(developer, "first-with-community") == ((), ())
    assert pair(designer, "first-with-developer") == ((), ())
    assert pair(developer, "second") == (("gijs",), ("second-senior",))
    assert pair(developer, "third") == (("ilse",), ("director",))


@row("A5-14")
def scores_are_written_down_at_once(written: Written) -> None:
    case = interviewed(hiring(written), "second")
    for part, by in (("supervisor", "gijs"), ("senior", "hil")):
        one = case.step(f"scores/{part}", "2026-11-20T10:29Z")
        assert (one.who, one.stage, one.overdue) == ((by,), READY, False)
        assert str(one.due) == "2026-11-20 10:30:00+00:00"
        assert case.step(f"scores/{part}", "2026-11-20T10:31Z").overdue


@row("A5-15")
def nothing_is_offered_before_the_third_interview_and_alone(written: Written) -> None:
    early = interviewed(hiring(written), "scores/senior")
    early.refused("2026-11-20T11:00Z", "ilse", "approved", "terms")
    assert "waited for `terms`" in early.refused("2026-11-20T11:00Z", "fen", "done", "offer")
    case = interviewed(hiring(written), "decide")
    assert case.step("terms", "2026-11-25T10:00Z").voters == ("ilse", "cor", "dia")
    case.did("2026-11-25T11:00Z", "ilse", "approved", "terms")
    case.did("2026-11-25T12:00Z", "cor", "approved", "terms")
    case.refused("2026-11-25T12:30Z", "fen", "done", "offer")
    case.did("2026-11-25T13:00Z", "dia", "approved", "terms")
    offer = case.step("offer", "2026-11-25T14:00Z")
    assert (offer.stage, offer.with_) == (READY, ("chief-executive", "director"))


@row("A5-16")
def beyond_the_limit_the_board_signs_too(written: Written) -> None:
    def buying(amount: str) -> Case:
        case = written.start(
            "procurement",
            on="2026-11-09",
            inputs={"purchase": "chairs", "amount": amount, "limit": "10000"},
            people={"operations-team": "fen"},
        )
        assert "waited for `choose`" in case.refused("2026-11-09T12:00Z", "fen", "done", "order")
        return case.did("2026-11-10T09:00Z", "fen", "done", "choose")

    small, large = buying("9500.50"), buying("10000.01")
    assert small.step("sign-off", "2026-11-10T10:00Z").how is How.NOT_NEEDED
    assert stage(small, "order", "2026-11-10T10:00Z") is READY
    assert large.step("sign-off", "2026-11-10T10:00Z").voters == ("ilse", "cor", "dia", "eef")
    assert stage(large, "order", "2026-11-10T10:00Z") is WAITING
    for hour, by in enumerate(("ilse", "cor", "dia", "eef"), start=11):
        assert stage(large, "order", f"2026-11-10T{hour}:00Z") is WAITING
        large.did(f"2026-11-10T{hour}:30Z", by, "approved", "sign-off")
    assert stage(large, "order", "2026-11-10T15:00Z") is READY


@row("A5-17")
def the_last_day_comes_first_and_nothing_is_left_behind(written: Written) -> None:
    case = leaving(written)
    agree = case.step("agree", "2026-11-09")
    assert agree.who == ("gijs",)
    assert "`the last day`" in case.refused("2026-11-09T12:00Z", "gijs", "done", "agree")
    assert case.step("settle", "2026-11-09").due_missing == ("end_date",)
    case.refused("2026-11-09T12:00Z", "fen", "done", "settle")
    case = last_day_agreed(written)
    settle = case.step("settle", "2026-11-10T11:00Z")
    assert (settle.stage, settle.who, str(settle.due)) == (READY, ("fen",), "2026-12-17")
    ticked(
        case,
        "2026-12-16T09:00Z",
        "fen",
        "settle",
        "days of leave that are left, or that were taken too many",
        "what is bought instead of returned, and for how much",
        "the last pay, worked out and explained",
        "the tax office knows",
        "pay slips of all years are with the leaver",
        "accounts and rights in every tool are gone",
        "documents in shared folders have another owner",
    )
    assert handoff(case, "things").to == "operations-coordinator"
    assert handoff(case, "work").to == "colleague"
    _handed(case, "things", "fen", "joep", "the keys", "the equipment")
    _handed(
        case,
        "work",
        "joep",
        "fen",
        "every open issue has another name on it",
        "branches that nobody needs are removed",
        "notes are where the others find them",
    )


def _handed(case: Case, step: str, receiver: str, other: str, *items: str) -> None:
    """Hand over: on the last day, to one person, who sends back what lacks something."""
    one = case.step(step, "2026-12-18")
    assert (one.stage, str(one.due)) == (READY, "2026-12-18")
    ticked(case, "2026-12-18T09:00Z", "hil", step, *items)
    case.did("2026-12-18T10:00Z", "hil", "offered", step)
    assert "offered to" in case.refused("2026-12-18T10:30Z", other, "accepted", step)
    case.did("2026-12-18T11:00Z", receiver, "returned", step, missing=[items[0]])
    assert case.step(step, "2026-12-18T11:30Z").rounds == 1
    case.did("2026-12-18T12:00Z", "hil", "offered", step)
    case.did("2026-12-18T13:00Z", receiver, "accepted", step)
    assert case.step(step, "2026-12-18T14:00Z").how is How.ACCEPTED


@row("A5-18")
def the_talk_at_the_end_is_for_who_wants_it(written: Written) -> None:
    case = last_day_agreed(written)
    case.did("2026-12-16T09:00Z", "fen", "done", "settle")
    for step, receiver in (("things", "fen"), ("work", "joep")):
        case.did("2026-12-17T09:00Z", "hil", "offered", step)
        case.did("2026-12-17T10:00Z", receiver, "accepted", step)
    state = case.on("2026-12-21")
    assert (state.steps["debrief"].stage, state.steps["debrief"].overdue) == (READY, False)
    assert state.stage is RunStage.READY_TO_CLOSE
