"""`fmt --record` and `edit`: a date that was changed in an editor gets its event."""

from __future__ import annotations

import shlex
from pathlib import Path

from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW, at_desk
from tests.commands import run
from tests.conversation import Conversation
from tests.recording import commits, team
from tests.repositories import Made


def edited(made: Made, path: str, before: str, after: str) -> None:
    """Change a file as an editor would."""
    text = (made.path / path).read_text()
    assert before in text
    made.write({path: text.replace(before, after)})


def added(made: Made) -> list[str]:
    """The lines that were added since the last commit."""
    diff = made.git("diff", "--unified=0").splitlines()
    return [line for line in diff if line.startswith("+") and not line.startswith("+++")]


def test_a_date_that_was_changed_since_the_last_commit_gets_its_event(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    edited(made, REPORT, "due: 2026-11-20", "due: 2026-11-27")
    ran = at_desk(made, "fmt", "--record", "--why", "Agreed on Friday")
    assert ran.code == 0, ran.err
    assert "the date: 2026-11-27, before it was 2026-11-20" in ran.out
    what = 'from: 2026-11-20, to: 2026-11-27, why: "Agreed on Friday"'
    assert added(made) == [
        "+due: 2026-11-27",
        f"+  - {{at: 2026-11-23T09:00:00.000Z, by: dev, event: moved, {what}}}",
    ]
    assert commits(made) == 1
    assert "yours to commit, as one" in ran.out
    assert ran.out.rstrip().endswith(f"git commit -- {REPORT}")
    ran = at_desk(made, "fmt", "--record", "--why", "x")
    assert ran.out == "Nothing was changed by hand that has no event.\n"
    assert "error" not in at_desk(made, "check").out


def test_a_date_that_was_committed_without_its_event_gets_it_too(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    at_desk(made, "move", "k3f9", "2026-11-24", "--why", "x", today="2026-11-20T09:00Z")
    edited(made, REPORT, "due: 2026-11-24", "due: 2026-11-27")
    made.commit({})
    assert "NS406" in at_desk(made, "check").out
    assert at_desk(made, "fmt", "--record", "--why", "Agreed on Friday").code == 0
    assert "from: 2026-11-24, to: 2026-11-27" in added(made)[0]
    assert "NS406" not in at_desk(made, "check").out


def test_what_no_event_ever_told_is_found_in_history(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    for day in (24, 27):
        edited(made, REPORT, f"due: 2026-11-{20 if day == 24 else 24}", f"due: 2026-11-{day}")
        made.commit({})
    ran = at_desk(made, "fmt", "--record", "--why", "Agreed on Friday", "--diff")
    assert "+  - {at: 2026-11-23" in ran.out
    ran = at_desk(made, "fmt", "--record", "--why", "Agreed on Friday")
    assert ran.code == 0, ran.err
    commit = made.git("rev-parse", "HEAD~1")[:7]
    change = f"the date: 2026-11-27, before it was 2026-11-20, by dev in commit {commit}"
    assert change in " ".join(ran.out.split())
    assert "its events are yours to commit" in ran.out
    what = 'from: 2026-11-20, to: 2026-11-27, why: "Agreed on Friday"'
    assert added(made)[-1].endswith(f"by: dev, event: moved, {what}}}")
    assert at_desk(made, "fmt", "--record", "--why", "x").out.startswith("Nothing was changed")


def test_what_was_changed_back_or_recorded_since_is_not(tmp_path: Path) -> None:
    other = REPORT.replace("k3f9", "w8tj")
    made = team(tmp_path / "acme", {REPORT: COMMITMENT, other: COMMITMENT})
    for path in (REPORT, other):
        edited(made, path, "due: 2026-11-20", "due: 2026-11-27")
    made.commit({})
    edited(made, REPORT, "due: 2026-11-27", "due: 2026-11-20")
    made.commit({})
    ran = at_desk(made, "move", "w8tj", "2026-11-30", "--why", "x")
    assert ran.code == 0, ran.err
    assert (
        at_desk(made, "fmt", "--record").out == "Nothing was changed by hand that has no event.\n"
    )


def test_what_somebody_else_committed_is_theirs(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    edited(made, REPORT, "due: 2026-11-20", "due: 2026-11-27")
    made.git("commit", "-qam", "x", "--author=Mia <mia@example.org>")
    words = ("fmt", "--record", "--why", "x", REPORT)
    ran = at_desk(made, *words)
    assert (ran.code, added(made)) == (2, [])
    assert "before it was 2026-11-20, by mia in commit" in " ".join(ran.err.split())
    assert "add --by mia" in ran.err
    assert at_desk(made, *words, "--by", "mia", "--agreed-by", "dev").code == 0
    assert "by: mia, event: moved" in added(made)[-1]
    assert "recorded_by: dev" in added(made)[-1]


def test_dates_of_a_run_follow_an_input_and_those_that_were_written_stay(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    edited(made, PATH, "meeting: 2026-12-15", "meeting: 2026-12-17")
    edited(made, PATH, "due: 2026-12-11\n    keeps", "due: 2026-12-14\n    keeps")
    ran = at_desk(made, "fmt", "--record", "--why", "Lena is away")
    assert ran.code == 0, ran.err
    assert "\nWith it move:\n  approve: Thu 10 Dec 2026, before it was Tue 8 Dec 2026\n" in ran.out
    assert " deliver: " not in ran.out
    follows = 'why: "meeting is 2026-12-17, deliver: Mon 14 Dec 2026"}'
    events = [line.partition("event: ")[2] for line in added(made) if "event:" in line]
    assert events == [
        'changed, field: inputs.meeting, from: "2026-12-15", to: "2026-12-17", why: "Lena is away"}',
        'moved, step: deliver, from: 2026-12-11, to: 2026-12-14, why: "Lena is away"}',
        f"moved, step: approve, from: 2026-12-08, to: 2026-12-10, {follows}",
        f"moved, step: met, from: 2026-12-15, to: 2026-12-17, {follows}",
    ]
    assert "+promise_due: 2026-12-15" in added(made)
    assert "error" not in at_desk(made, "check").out
    assert at_desk(made, "fmt", "--record").out.startswith("Nothing was changed by hand")


def test_what_follows_a_change_in_the_editor_is_said(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    env = {"EDITOR": "sed -i '/^inputs/s/15/17/'"}
    with Conversation("edit", "7qhd", cwd=made.path, env=env) as talk:
        talk.until("inputs.meeting: 2026-12-17, before it was 2026-12-15")
        talk.answer("Why?", "Lena is away")
        talk.until("With it move:\n  approve: Thu 10 Dec 2026, before it was Tue 8 Dec 2026\n")
        assert talk.end()[0] == 0
    assert "+    due: 2026-12-10" in added(made)


def test_steps_go_to_who_plays_the_role_by_hand(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    edited(made, PATH, "writer: dev", "writer: raj")
    ran = at_desk(made, "fmt", "--record", "--why", "Dev is away")
    assert "people.writer: raj, before it was dev" in ran.out
    assert "\n  write is for raj\n" in ran.out
    assert added(made).count("+    who: raj") == 3
    assert 'people.writer, from: "dev", to: "raj"' in added(made)[-1]


def test_nothing_follows_in_a_run_that_is_over(tmp_path: Path) -> None:
    over = '  - {at: 2026-11-20T10:00Z, by: mia, event: dropped, why: "Not wanted"}\n'
    made = team(tmp_path / "acme", {PATH: f"{REVIEW}\nlog:\n{over}"})
    edited(made, PATH, "meeting: 2026-12-15", "meeting: 2026-12-17")
    assert at_desk(made, "fmt", "--record", "--why", "It was").code == 0
    assert [one for one in added(made) if "event: moved" in one or "due:" in one] == []


def test_a_date_of_somebody_else_needs_their_agreement(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    edited(made, REPORT, "due: 2026-11-20", "due: 2026-11-27")
    words = ("fmt", "--record", "--why", "x", "--by", "mia")
    ran = at_desk(made, *words)
    assert ran.code == 2
    assert "belongs to dev, who has to agree to another date" in " ".join(ran.err.split())
    assert "add --agreed-by dev once they agreed" in ran.err
    assert at_desk(made, *words, "--agreed-by", "dev").code == 0
    assert "agreed_by: dev" in added(made)[-1]


def test_it_is_shown_without_being_written(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    edited(made, REPORT, "due: 2026-11-20", "due: 2026-11-27")
    ran = at_desk(made, "fmt", "--record", "--diff", "--why", "x")
    assert "+  - {at: 2026-11-23" in ran.out
    assert len(added(made)) == 1
    ran = at_desk(made, "fmt", "--record")
    assert (ran.code, "add --why TEXT" in ran.err) == (2, True)
    ran = at_desk(made, "fmt", "--record", "--check")
    assert (ran.code, "see it with --diff" in ran.err) == (2, True)


def test_the_editor_asks_why_a_date_is_another_one(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    env = {"EDITOR": "sed -i s/2026-11-20/2026-11-27/"}
    with Conversation("edit", "k3f9", cwd=made.path, env=env) as talk:
        talk.until("the date: 2026-11-27, before it was 2026-11-20")
        talk.answer("Why?", "Agreed on Friday")
        assert talk.end()[0] == 0
    assert (
        'event: moved, from: 2026-11-20, to: 2026-11-27, why: "Agreed on Friday"'
        in (added(made)[-1])
    )


def test_nothing_is_recorded_where_nobody_says_why(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    env = {"EDITOR": "sed -i s/2026-11-20/2026-11-27/"}
    with Conversation("edit", "k3f9", cwd=made.path, env=env) as talk:
        talk.answer("Why?", "")
        assert talk.end()[0] == 0
    assert added(made) == ["+due: 2026-11-27"]


def test_the_reason_can_be_said_beforehand(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    env = {**made.environ, "EDITOR": "sed -i s/2026-11-20/2026-11-27/"}
    ran = run("edit", "k3f9", "--why", "Agreed on Friday", cwd=made.path, env=env)
    assert ran.code == 0, ran.err
    assert "event: moved" in added(made)[-1]


def test_what_has_no_event_is_not_taken_along(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    edited(made, REPORT, "due: 2026-11-20", "due: 2026-11-27")
    words = ("move", "k3f9", "2026-12-04", "--why", "The audit", "--with-edits")
    ran = at_desk(made, *words)
    assert (ran.code, commits(made)) == (2, 1)
    said = " ".join(ran.err.split())
    assert "no event says so: the date: 2026-11-27, before it was 2026-11-20" in said
    assert f"nextstep fmt --record --why TEXT {REPORT}" in said
    assert "what you typed is kept in" in said
    assert at_desk(made, "fmt", "--record", "--why", "Agreed", REPORT).code == 0
    assert at_desk(made, *words).code == 0
    assert at_desk(made, "audit").out.count("CHANGED WITHOUT") == 0


def test_a_file_that_git_does_not_know_is_added_first(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {})
    moved = "  - {at: 2026-11-19T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-25}"
    made.write({REPORT: f"{COMMITMENT}{moved}\n"})
    ran = at_desk(made, "fmt", "--record", "--why", "x", REPORT)
    assert ran.code == 0, ran.err
    last = f"  git add -- {REPORT} && git commit -- \\\n  {REPORT}\n"
    assert ran.out.endswith(last)


def test_other_edits_go_along(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    edited(made, REPORT, "outcome: Globex", "# for the review\noutcome: Globex")
    assert at_desk(made, "note", "k3f9", "x", "--with-edits").code == 0
    assert commits(made) == 2


def test_without_a_terminal_the_editor_says_that_nothing_was_recorded(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    env = {**made.environ, "EDITOR": "sed -i s/2026-11-20/2026-11-27/"}
    ran = run("edit", "k3f9", cwd=made.path, env=env)
    assert ran.code == 0, ran.err
    assert "No event says so: the date: 2026-11-27, before it was 2026-11-20" in ran.err
    assert f"nextstep fmt --record --why TEXT {REPORT}" in ran.err


def test_the_editor_asks_nothing_where_nobody_knows_who_changed_it(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    made.git("config", "user.email", "stranger@example.org")
    env = {"EDITOR": "sed -i s/2026-11-20/2026-11-27/"}
    with Conversation("edit", "k3f9", cwd=made.path, env=env) as talk:
        assert talk.end()[0] == 0
    assert "Why?" not in talk.seen
    assert "your address in git belongs to nobody in this ledger." in talk.seen
    assert f"nextstep fmt --record --why TEXT --by PERSON {REPORT}" in talk.seen
    assert added(made) == ["+due: 2026-11-27"]


def test_a_date_of_somebody_else_gets_its_event_once_they_agreed(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT.replace("who: dev", "who: mia")})
    env = {**made.environ, "EDITOR": "sed -i s/2026-11-20/2026-11-27/"}
    ran = run("edit", "k3f9", "--why", "Agreed on Friday", cwd=made.path, env=env)
    assert ran.code == 0, ran.err
    said = "No event was written: report-k3f9 belongs to mia, who has to agree to another date."
    assert said in " ".join(ran.err.split())
    assert added(made) == ["+due: 2026-11-27"]
    later = f"fmt --record --why 'Agreed on Friday' --agreed-by mia {REPORT}"
    assert f"\n  nextstep {later}\n" in ran.err
    assert at_desk(made, *shlex.split(later)).code == 0
    assert "agreed_by: mia" in added(made)[-1]
