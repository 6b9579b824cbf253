"""The ledger at the top of this project: what a newcomer sees first, read on 23 November 2026."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from nextstep.changes.example.files import example_files
from nextstep.changes.example.history import example_history
from nextstep.dates.now import Now, now_on
from nextstep.dates.zones import moment
from nextstep.files.disk import read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.files.load import load
from nextstep.model.commitment import Run
from nextstep.model.process import Process, Step
from nextstep.model.source import Source
from nextstep.model.time import Due
from nextstep.render.cells import cells
from nextstep.render.terminal import Screen
from nextstep.repo.invented import Invented
from nextstep.rules.catalogue import judge
from nextstep.runs.commitments import commitment_state
from nextstep.runs.run_states import run_state
from nextstep.runs.states import (
    CommitmentStage,
    CommitmentState,
    How,
    RunStage,
    RunState,
    StepStage,
)
from tests.examples.declared import declared, used
from tests.faults.every_output import outputs

TODAY = date(2026, 11, 23)
PROCESSES = {
    "annual-customer-review",
    "call-within-24-hours",
    "complaint",
    "incident-follow-up",
    "invoicing",
    "keeping-a-client-informed",
    "new-account",
    "quarterly-touch-point",
    "release",
    "sales-to-success",
    "somebody-leaving",
}
SHOWN_ON_PURPOSE = [
    ("NS402", "commitments/2026/11/team-day-venue-c4vn.yaml"),  # agreed, and no date yet
    ("NS423", "processes/annual-customer-review.yaml"),  # its half year was over on Friday
]
NOT_SHOWN = {
    (
        "event accepted",
        "from",
    ): "everybody here offers what they have themselves",
    (
        "event returned",
        "duty",
    ): "nobody here gives back one of two duties that were offered at once",
    ("calendar", "holidays"): "acme works on some public holidays, so its closed days are its own",
    ("holidays", "country"): "see calendar.holidays",
    ("holidays", "subdivision"): "see calendar.holidays",
    ("holidays", "from"): "see calendar.holidays",
    ("holidays", "to"): "see calendar.holidays",
    ("process", "based_on"): "none of the eleven is a variant of another",
    ("process", "reason"): "said of a variant only",
    ("run", "follows"): "shown in commitments, where it means the same",
    ("settings", "partner"): "people here have partners of their own",
    ("settings", "rules"): "every rule weighs what it weighs by itself",
}
BOUND_BY_THE_RUN = {"id", "index", "who", "with_", "role", "each", "after", "rule", "due"}
"""What a run writes anew in a step: people for roles, parts, the order, and the date."""


@pytest.fixture(scope="module")
def ledger(project_root: Path) -> Ledger:
    return load_ledger(read_tree(str(project_root)), root=str(project_root))


@pytest.fixture(scope="module")
def now(ledger: Ledger) -> Now:
    return now_on(TODAY, ledger.timezone)


@pytest.fixture(scope="module")
def history() -> Sequence[Invented]:
    return example_history(example_files())


@pytest.fixture(scope="module")
def commitments(ledger: Ledger, now: Now) -> Mapping[str, CommitmentState]:
    return {
        name: commitment_state(commitment, now, ledger.calendar)
        for name, commitment in ledger.commitments.items()
    }


@pytest.fixture(scope="module")
def runs(ledger: Ledger, now: Now) -> Mapping[str, RunState]:
    members = {role.id: role.people for role in ledger.settings.roles.values()}
    return {
        name: run_state(run, now, ledger.calendar, members=members)
        for name, run in ledger.runs.items()
    }


def test_every_file_is_read_whole_and_without_a_finding(ledger: Ledger) -> None:
    assert ledger.findings == ()
    assert ledger.faulty == ()


def test_the_warnings_are_those_that_the_example_is_there_to_show(
    ledger: Ledger, now: Now, project_root: Path
) -> None:
    def content(path: str) -> str | None:
        file = project_root / path
        return _blob(file.read_bytes()) if file.is_file() else None

    found = judge(ledger, now, content=content)
    assert [(finding.code, finding.path) for finding in found.findings] == SHOWN_ON_PURPOSE
    assert found.ignored == 0


def test_everything_can_be_shown_in_every_format_on_the_narrowest_terminal(ledger: Ledger) -> None:
    """Every record, with its checklist, and the card of every name."""
    shown = outputs(ledger, screen=Screen(width=24))
    assert len(shown) > 500
    for name, text in shown.items():
        assert text.endswith("\n") or (name.endswith("ids") and not text), name
        if name.startswith("who") and name.endswith(
            "text"
        ):  # a command is never cut, a card has none
            assert max(map(cells, text.splitlines())) <= 24, name


def test_there_are_eleven_processes_with_a_run_each_and_thirty_commitments_and_runs(
    ledger: Ledger,
) -> None:
    assert set(ledger.processes) == PROCESSES
    assert len(ledger.commitments) + len(ledger.runs) >= 30
    assert {run.process for run in ledger.runs.values()} == PROCESSES | {None}


def test_the_first_page_says_on_which_day_to_read_it(project_root: Path) -> None:
    head = (project_root / "nextstep.yaml").read_text("utf-8").splitlines()[:3]
    assert any(f"nextstep due --today {TODAY}" in line for line in head)


def test_no_event_is_impossible(
    commitments: Mapping[str, CommitmentState], runs: Mapping[str, RunState]
) -> None:
    refused = [state.impossible for state in commitments.values()]
    refused += [state.impossible for state in runs.values()]
    assert not any(refused)


def test_commitments_are_in_every_stage(commitments: Mapping[str, CommitmentState]) -> None:
    states = commitments.values()
    assert {state.stage for state in states} == set(CommitmentStage)
    assert any(state.overdue for state in states)
    assert any(state.due == TODAY for state in states)
    assert any(state.offer for state in states)
    assert any(state.blocked for state in states)
    assert any(state.reopened for state in states)
    assert any(len(state.moves) == 3 for state in states)
    assert any(state.returns for state in states)
    assert any(state.stage is CommitmentStage.OPEN and state.due is None for state in states)
    results = {state.closed.result for state in states if state.closed}
    assert results == {"kept", "partly", "missed", "dropped"}


def test_a_promise_is_passed_on_with_its_gaps(
    ledger: Ledger, commitments: Mapping[str, CommitmentState]
) -> None:
    taken = commitments["export-of-calls-z8qe"]
    accepted = ledger.commitments["export-of-calls-z8qe"].log[-1]
    assert (taken.who, accepted.texts("gaps")) == ("raj", ("who may read the names of callers",))


def test_a_commitment_waits_for_another_that_is_open(
    ledger: Ledger, commitments: Mapping[str, CommitmentState]
) -> None:
    waiting = [
        name
        for name, commitment in ledger.commitments.items()
        if commitments[name].is_live
        and any(commitments[other].is_live for other in commitment.after)
    ]
    assert waiting == ["globex-credit-note-h6ra"]


def test_a_plan_has_kept_open_and_late_parts(
    ledger: Ledger, commitments: Mapping[str, CommitmentState]
) -> None:
    plan = [
        commitments[name]
        for name, commitment in ledger.commitments.items()
        if commitment.part_of == "globex-growth"
    ]
    assert any(state.closed is not None and state.closed.result == "kept" for state in plan)
    assert any(state.overdue for state in plan)
    assert any(state.is_live and not state.overdue for state in plan)


def test_steps_are_in_every_stage_and_finished_in_every_way(runs: Mapping[str, RunState]) -> None:
    steps = [step for state in runs.values() for step in state.steps.values()]
    assert {step.stage for step in steps} == set(StepStage)
    assert {step.how for step in steps if step.how is not None} == set(How)


def test_runs_are_open_ready_to_close_and_closed(runs: Mapping[str, RunState]) -> None:
    assert {state.stage for state in runs.values()} == set(RunStage) - {RunStage.DROPPED}


def test_a_returned_hand_off_was_accepted_the_second_time(runs: Mapping[str, RunState]) -> None:
    product = runs["acr-globex-7qhd"].steps["collect/product"]
    assert (product.rounds, product.how) == (1, How.ACCEPTED)


def test_a_hand_off_was_accepted_with_gaps(runs: Mapping[str, RunState]) -> None:
    extras = runs["invoice-hooli-october-s2pe"].steps["collect/extras"]
    assert (extras.how, extras.gaps) == (
        How.ACCEPTED,
        ("what the customer asked about the last invoice",),
    )


def test_a_run_waits_for_a_day_and_for_what_is_not_known_yet(runs: Mapping[str, RunState]) -> None:
    invoice = runs["invoice-hooli-october-s2pe"]
    remind = invoice.steps["remind"]
    assert (invoice.stage, invoice.ready, invoice.stalled) == (RunStage.OPEN, (), False)
    assert remind.waiting is not None
    assert (remind.waiting.inputs, str(remind.waiting.until)) == (("paid",), "2026-12-05")
    assert invoice.promise_kept


def test_a_promise_is_in_danger_by_the_dates_of_its_run(runs: Mapping[str, RunState]) -> None:
    complaint = runs["complaint-soylent-v7qa"]
    assert str(complaint.promise_due) == "2026-11-27"
    assert str(complaint.steps["answer"].due) == "2026-12-02"
    assert not complaint.promise_overdue


@pytest.mark.parametrize(
    ("run", "step", "paper"),
    [
        ("acr-initech-3vkd", "approve", "initech/review.md"),
        ("login-down-follow-up-g6wm", "read", "incidents/2026-11-02.md"),
    ],
)
def test_an_approved_document_is_the_one_in_the_folder(
    run: str, step: str, paper: str, project_root: Path, runs: Mapping[str, RunState]
) -> None:
    approved = runs[run].steps[step]
    assert approved.how is How.APPROVED
    content = (project_root / "commitments" / "papers" / paper).read_bytes()
    assert approved.approved_content == _blob(content)


def test_the_hours_of_a_call_end_today(runs: Mapping[str, RunState]) -> None:
    call = runs["call-hooli-d6xn"]
    assert str(call.promise_due) == "2026-11-23 16:30:00"
    assert not call.overdue


def test_a_run_holds_every_field_of_the_process_as_it_was_when_it_was_started(
    ledger: Ledger, history: Sequence[Invented]
) -> None:
    older = set()
    for run in ledger.runs.values():
        if run.process is None:
            continue
        process = _process_then(run, history)
        assert run.version == _blob(process.source.data), run.id
        if process.source != ledger.processes[run.process].source:
            older.add(run.process)
        for field in ("provides", "expects", "promise", "cycle", "strength", "because"):
            assert getattr(run, field) == getattr(process, field), (run.id, field)
        for field in ("customer", "deputy", "escalate", "roadblocks"):
            assert getattr(run, field) == getattr(process, field), (run.id, field)
        kept = {(step.base, step.part): step for step in run.steps}
        planned = list(_parts(process))
        assert list(kept) == [(step.id, part) for step, part in planned]
        for step, part in planned:
            copy = kept[step.id, part]
            assert _told(copy) == _told(step), (run.id, copy.id)
            assert copy.rule == step.rule, (run.id, copy.id)
            assert copy.after is not None, (run.id, copy.id)
    assert older == {"annual-customer-review", "release", "somebody-leaving"}


def test_the_dates_in_a_run_are_those_that_its_rules_give(ledger: Ledger, now: Now) -> None:
    """Take the written dates away: what the rules then give is what was written."""
    members = {role.id: role.people for role in ledger.settings.roles.values()}
    compared = 0
    for run in ledger.runs.values():
        moved = {event.step for event in run.log if event.event == "moved"}
        bare = replace(run, steps=tuple(replace(step, due=None) for step in run.steps))
        state = run_state(bare, now, ledger.calendar, members=members)
        for step in run.steps:
            if step.rule is not None and step.id not in moved and step.repeat is None:
                written = _exact(step.due, ledger.timezone)
                given = _exact(state.steps[step.id].due, ledger.timezone)
                assert given == written, (run.id, step.id)
                compared += written is not None
    assert compared > 30


def test_every_declared_field_is_shown_or_has_a_reason_not_to_be(ledger: Ledger) -> None:
    shown = {place for source in ledger.sources.values() for place in used(source)}
    assert declared() - shown == NOT_SHOWN.keys()


def _process_then(run: Run, history: Sequence[Invented]) -> Process:
    """Return the process in the commit in which the run began."""
    begun = next(commit for commit in history if run.source.path in commit.files)
    path = f"processes/{run.process}.yaml"
    process = load(Source(path, begun.files[path])).record
    assert isinstance(process, Process)
    return process


def _parts(process: Process) -> list[tuple[Step, str | None]]:
    return [(step, part) for step in process.steps for part in step.each or (None,)]


def _told(step: Step) -> dict[str, object]:
    return {name: value for name, value in asdict(step).items() if name not in BOUND_BY_THE_RUN}


def _exact(due: Due | None, timezone: str) -> Due | None:
    return moment(due, timezone) if isinstance(due, datetime) else due


def _blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0%s" % (len(data), data)).hexdigest()[:12]  # noqa: S324 - git's
