"""The history of the example: invented, and true to the logs that its files hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from nextstep.changes.example.asides import ASIDES
from nextstep.changes.example.files import example_files
from nextstep.changes.example.history import LAST_DAY, example_history
from nextstep.changes.example.story import STORY
from nextstep.dates.now import now_at, now_on
from nextstep.diagnostics.diagnostic import Severity
from nextstep.files import ledger as loading
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.files.load import load
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.process import Process
from nextstep.model.source import Source
from nextstep.repo.invented import Invented
from nextstep.rules import against
from nextstep.rules.catalogue import judge
from nextstep.runs.run_states import run_state

HOME = ZoneInfo("America/New_York")
SAME_EDIT = timedelta(minutes=2)
WHOLE = "NEXTSTEP_FUZZ_EXAMPLES" in os.environ


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    return example_files()


@pytest.fixture(scope="module")
def history(files: Mapping[str, bytes]) -> Sequence[Invented]:
    return example_history(files)


@pytest.fixture(scope="module")
def ledgers(history: Sequence[Invented]) -> Iterator[Sequence[Ledger]]:
    """The ledger of every commit; a file that many commits share is loaded once."""
    once = cache(load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load", once)
        yield [load_ledger(_listing(commit.files), root="acme") for commit in history]


def test_the_last_commit_holds_the_example_byte_for_byte(
    files: Mapping[str, bytes], history: Sequence[Invented]
) -> None:
    assert history[-1].files == files


def test_the_same_files_have_the_same_history(
    files: Mapping[str, bytes], history: Sequence[Invented]
) -> None:
    assert example_history(dict(reversed(list(files.items())))) == history


def test_each_event_is_in_one_commit_by_who_acted_at_its_time(
    files: Mapping[str, bytes], history: Sequence[Invented]
) -> None:
    """What was squashed has its commit later, under the name of who began it."""
    squashed = {path for aside in ASIDES if aside.squash for path in aside.paths}
    people = _addresses(files)
    wrote = _first_with_each_event(history)
    for path, data in files.items():
        for event in _log(path, data):
            commit = wrote[path, event.canonical]
            verb = f"Nextstep: {event.event} {Source(path, b'').id}"
            assert f"{verb} {event.step or ''}".rstrip() in commit.message.splitlines(), path
            if path in squashed and _is_squash(commit):
                assert timedelta() <= commit.author.at - event.at < timedelta(days=4)
                continue
            assert commit.author.email == people[event.by], (path, event)
            recorded = event.text("recorded_by") or event.by
            assert commit.committer.email == people[recorded], (path, event)
            assert timedelta() <= commit.author.at - event.at <= SAME_EDIT, (path, event)
            assert commit.author.at == commit.committer.at


def test_a_commit_tells_of_no_event_that_it_does_not_hold(history: Sequence[Invented]) -> None:
    told = sum(
        line.startswith("Nextstep: ") and not line.startswith("Nextstep: started ")
        for commit in history
        for line in commit.message.splitlines()
    )
    assert told == len(_first_with_each_event(history))


def test_every_run_that_has_a_start_was_started_in_a_commit(
    files: Mapping[str, bytes], history: Sequence[Invented]
) -> None:
    for path, data in files.items():
        run = _record(path, data)
        if isinstance(run, Run):
            begun = next(commit for commit in history if path in commit.files)
            assert f"Nextstep: started {run.id}" in begun.message
            assert begun.author.at.astimezone(HOME).date() == run.started


def test_nothing_happens_after_nine_on_the_morning_of_the_story(
    history: Sequence[Invented],
) -> None:
    end = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 9, tzinfo=HOME)
    assert all(commit.committer.at <= end and commit.author.at <= end for commit in history)


def test_time_never_runs_backwards(history: Sequence[Invented]) -> None:
    for commit in history:
        assert all(history[parent].committer.at <= commit.committer.at for parent in commit.parents)


def test_every_commit_is_a_ledger_without_an_error(
    history: Sequence[Invented], ledgers: Sequence[Ledger]
) -> None:
    """All of them in the long runs; else every third one, and the last."""
    commits = list(zip(history, ledgers, strict=True))
    for commit, ledger in commits if WHOLE else [*commits[::3], commits[-1]]:
        files = commit.files

        def content(path: str, files: Mapping[str, bytes] = files) -> str | None:
            return _blob(files[path]) if path in files else None

        now = now_at(commit.committer.at, "America/New_York")
        found = judge(ledger, now, content=content).findings
        errors = [one for one in found if one.severity is Severity.ERROR]
        assert errors == [], commit.message
        assert ledger.faulty == ()


def test_the_dates_of_every_run_in_every_commit_are_those_that_its_rules_give(
    ledgers: Sequence[Ledger],
) -> None:
    compared = 0
    seen: set[bytes] = set()
    for ledger in ledgers:
        for run in ledger.runs.values():
            if run.source.data in seen:
                continue
            seen.add(run.source.data)
            last = run.log[-1].at if run.log else datetime(2026, 1, 1, tzinfo=UTC)
            bare = replace(run, steps=tuple(replace(step, due=None) for step in run.steps))
            bare = replace(bare, promise_due=None)
            now = now_at(last, ledger.timezone)
            state = run_state(bare, now, ledger.calendar, members=ledger.settings.members)
            moved = {event.step for event in run.log if event.event == "moved"}
            for step in run.steps:
                given = state.steps[step.id].due
                if type(given) is date and step.rule and step.id not in moved and not step.repeat:
                    assert step.due == given, (run.id, step.id, last)
                    compared += 1
            if type(state.promise_due) is date:
                assert run.promise_due == state.promise_due, (run.id, last)
    assert compared > 500


def test_every_version_that_is_named_stood_in_the_process(
    files: Mapping[str, bytes], history: Sequence[Invented]
) -> None:
    stood = {
        (path, _blob(data))
        for commit in history
        for path, data in commit.files.items()
        if path.startswith("processes/")
    }
    named = 0
    for path, data in files.items():
        record = _record(path, data)
        if isinstance(record, Process):
            versions = {event.text("version") for event in record.log} - {None}
            assert {(path, version) for version in versions} <= stood
            named += len(versions)
        elif isinstance(record, Run) and record.process:
            assert (f"processes/{record.process}.yaml", record.version) in stood, path
            named += 1
    assert named > 10


def test_branches_come_back_by_merges_of_somebody_else(history: Sequence[Invented]) -> None:
    merges = [commit for commit in history if len(commit.parents) == 2]
    assert len(merges) == sum(not aside.squash for aside in ASIDES) >= 5
    titles = {aside.title for aside in ASIDES if not aside.squash}
    assert {commit.message.splitlines()[2] for commit in merges} == titles
    both = 0
    for merge in merges:
        assert merge.message.startswith("Merge pull request #")
        first, second = (history[parent] for parent in merge.parents)
        assert first.files != merge.files  # the branch brought something
        both += merge.files != second.files
    assert both >= 4  # the main line had gone on as well


def test_some_branches_were_squashed_and_name_who_helped(history: Sequence[Invented]) -> None:
    squashed = [commit for commit in history if _is_squash(commit)]
    assert len(squashed) == sum(aside.squash for aside in ASIDES) >= 2
    assert all(len(commit.parents) == 1 for commit in squashed)
    assert all("\nCo-authored-by: " in commit.message for commit in squashed)


def test_everything_in_the_story_happened(history: Sequence[Invented]) -> None:
    """Each telling is a commit of who did it, that changes the files it names."""
    changes = [(commit, _changed(commit, history)) for commit in history]
    for told in STORY:
        at = datetime.fromisoformat(told.at)
        paths = {*told.new, *told.back}
        assert paths, told.at
        aside = next((one for one in ASIDES if one.squash and paths <= set(one.paths)), None)
        expected = at if aside is None else datetime.fromisoformat(aside.merged)
        assert any(paths <= changed and commit.author.at == expected for commit, changed in changes)


def test_messages_are_lines_that_git_shows_whole(history: Sequence[Invented]) -> None:
    for commit in history:
        subject, blank, *rest = [*commit.message.splitlines(), "", ""]
        assert 0 < len(subject) <= 72, subject
        assert blank == ""
        assert all(len(line) <= 100 for line in rest), commit.message
        assert commit.message.endswith("\n")


def _listing(files: Mapping[str, bytes]) -> Listing:
    sources = (Source(path, data) for path, data in sorted(files.items()) if path[-5:] == ".yaml")
    return Listing(tuple(sources), ())


def _record(path: str, data: bytes) -> object:
    return load(Source(path, data)).record if path.endswith(".yaml") else None


def _log(path: str, data: bytes) -> tuple[Event, ...]:
    record = _record(path, data)
    return record.log if isinstance(record, (Commitment, Run, Process)) else ()


def test_what_the_verbs_write_is_never_found_to_be_a_change_without_a_word(
    history: Sequence[Invented], ledgers: Sequence[Ledger]
) -> None:
    """Each commit against the one before it, and all against the first: late moves, and processes."""
    steps = [(commit.parents[0], at) for at, commit in enumerate(history) if commit.parents]
    found = {
        one.code
        for before, now in [*steps, (0, len(history) - 1)]
        for one in against.check(ledgers[now], now_on(LAST_DAY, "UTC"), ledgers[before])
    }
    assert found == {"NS502", "NS512"}


def _addresses(files: Mapping[str, bytes]) -> Mapping[str, str]:
    people = load_ledger(_listing(files), root="acme").settings.people
    return {person.id: person.emails[0] for person in people.values()}


def _changed(commit: Invented, history: Sequence[Invented]) -> set[str]:
    before = history[commit.parents[0]].files if commit.parents else {}
    return {path for path, data in commit.files.items() if before.get(path) != data}


def _first_with_each_event(history: Sequence[Invented]) -> Mapping[tuple[str, str], Invented]:
    """Return the commit, not a merge, in which each event of each file stands first."""
    found: dict[tuple[str, str], Invented] = {}
    for commit in history:
        if len(commit.parents) < 2:
            for path in _changed(commit, history):
                for event in _log(path, commit.files[path]):
                    found.setdefault((path, event.canonical), commit)
    return found


def _is_squash(commit: Invented) -> bool:
    return commit.message.splitlines()[0].endswith(")") and "\n* " in commit.message


def _blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0%s" % (len(data), data)).hexdigest()[:12]  # noqa: S324 - git's
