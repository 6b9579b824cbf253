"""What changed in commitments since before: found where somebody would want to know of it."""

from __future__ import annotations

import pytest

from nextstep.dates.now import now_on
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.rules.catalogue import judge
from tests.rules.ledgers import TODAY, changes, loaded

PATH = "commitments/2026/11/usage-report-k3f9.yaml"
HEAD = """\
what: {what}
who: {who}
with: [lena]
outcome: They agree the credit
due: {due}
"""
LIKE = ("NS401", "NS404", "NS405", "NS406", "NS407", "NS408")
"""Rules about a ledger as it stands that could say the same thing a second time."""
AGREED = "at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call"
MOVED = 'at: 2026-11-17T09:00Z, by: dev, event: moved, from: 2026-11-20, to: 2026-11-27, why: "x"'


def record(
    *log: str, due: str = "2026-11-20", who: str = "dev", what: str = "Send the report"
) -> str:
    lines = "".join(f"  - {{{event}}}\n" for event in log)
    return HEAD.format(what=what, due=due, who=who) + (f"log:\n{lines}" if log else "")


def found(before: str | None, now: str | None, path: str = PATH) -> tuple[Diagnostic, ...]:
    """Return what is found in a change of one file, None where there is no file."""
    was = {} if before is None else {PATH: before}
    is_now = {} if now is None else {path: now}
    return tuple(one for one in changes(was, is_now) if one.code[:3] == "NS5" or one.code in LIKE)


def codes(before: str | None, now: str | None, path: str = PATH) -> list[str]:
    return [one.code for one in found(before, now, path)]


def test_without_an_earlier_ledger_nothing_is_said_of_changes() -> None:
    moved = loaded({PATH: record(MOVED.replace(', why: "x"', ""), due="2026-11-27")})
    assert judge(moved, now_on(TODAY, "UTC")).findings == ()


@pytest.mark.parametrize(
    "now",
    [
        record(),
        record(AGREED),
        record(MOVED, due="2026-11-27"),
        record(AGREED, MOVED, due="2026-11-27"),
        record(what="Send\n  the report"),
        record() + "partner: mia\npart_of: globex-growth\n",
        record("at: 2026-11-16T09:00Z, by: dev, event: offered, to: mia"),
    ],
)
def test_what_is_said_in_the_log_or_only_adds_to_a_promise_is_fine(now: str) -> None:
    assert codes(record(), now) == []


def test_a_date_that_is_written_for_the_first_time_needs_no_event() -> None:
    assert codes(record().replace("due: 2026-11-20\n", ""), record()) == []


@pytest.mark.parametrize(
    ("now", "field"),
    [
        (record(due="2026-11-27"), "due"),
        (record(AGREED, due="2026-11-27"), "due"),
        (record(what="Send half of the report"), "what"),
        (record().replace("They agree the credit", "We have sent it"), "outcome"),
        (record().replace("outcome: They agree the credit\n", ""), "outcome"),
        (record().replace("due: 2026-11-20\n", ""), "due"),
    ],
)
def test_what_was_agreed_does_not_change_without_an_event(now: str, field: str) -> None:
    (one,) = [one for one in found(record(), now) if one.code.startswith("NS5")]
    assert one.code == "NS509"
    assert one.message.startswith(f"`{field}` was")


def test_a_field_that_its_last_event_contradicts_is_told_once() -> None:
    before = record(MOVED, due="2026-11-27")
    assert codes(before, record(MOVED, due="2026-12-04")) == ["NS509"]


def test_a_move_needs_a_reason() -> None:
    silent = record(MOVED.replace(', why: "x"', ""), due="2026-11-27")
    (one,) = found(record(), silent)
    assert (one.code, one.span and one.span.line) == ("NS501", 7)
    assert one.message == "this moved from `2026-11-20` to `2026-11-27`, and nothing says why"


def test_a_move_that_does_not_say_from_what_needs_one_too() -> None:
    silent = MOVED.replace(', why: "x"', "").replace("from: 2026-11-20, ", "")
    assert "from" not in silent
    (one,) = found(record(), record(silent, due="2026-11-27"))
    assert (one.code, one.message.split(",")[0]) == (
        "NS501",
        "this moved from `2026-11-20` to `2026-11-27`",
    )
    later = silent.replace("2026-11-27", "2026-12-04").replace("2026-11-17", "2026-11-18")
    (two,) = found(record(MOVED, due="2026-11-27"), record(MOVED, later, due="2026-12-04"))
    assert two.message.startswith("this moved from `2026-11-27` to `2026-12-04`")


def test_a_line_that_stands_there_twice_is_still_one_that_is_new() -> None:
    silent = MOVED.replace(', why: "x"', "")
    assert codes(record(), record(silent, silent, due="2026-11-27")) == ["NS501"]


def test_a_move_that_was_there_before_is_not_spoken_of() -> None:
    silent = record(MOVED.replace(', why: "x"', ""), due="2026-11-27")
    assert codes(silent, silent + "partner: mia\n") == []


def test_the_second_and_third_move_are_counted() -> None:
    second = "at: 2026-11-18T09:00Z, by: dev, event: moved, from: 2026-11-27, to: 2026-12-04"
    third = "at: 2026-11-19T09:00Z, by: dev, event: moved, from: 2026-12-04, to: 2026-12-11"
    before = record(MOVED, due="2026-11-27")
    told = [one.message for one in found(before, record(MOVED, second, third, due="2026-12-11"))]
    assert "for the second time, and nothing says why" in told[0]
    assert "for the third time, and nothing says why" in told[1]


def test_a_move_that_was_taken_back_needs_no_reason() -> None:
    silent = MOVED.replace(', why: "x"', "")
    undone = "at: 2026-11-17T09:05Z, by: dev, event: undone, of: 2026-11-17T09:00Z"
    assert codes(record(), record(silent, undone)) == []


def test_a_date_that_an_undone_event_brings_back_is_no_silent_change() -> None:
    undone = "at: 2026-11-18T09:05Z, by: dev, event: undone, of: 2026-11-17T09:00Z"
    assert codes(record(MOVED, due="2026-11-27"), record(MOVED, undone)) == []


def test_while_it_is_only_proposed_a_date_may_move_without_a_reason() -> None:
    proposed = "at: 2026-11-12T15:10Z, by: lena, event: proposed"
    silent = MOVED.replace(', why: "x"', "")
    assert codes(record(proposed), record(proposed, silent, due="2026-11-27")) == []


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-20T09:00Z", []),
        ("2026-11-20T23:59Z", []),
        ("2026-11-21T00:00Z", ["NS502"]),
        ("2026-11-23T09:00Z", ["NS502"]),
    ],
)
def test_to_move_a_date_on_its_own_day_is_in_time(at: str, told: list[str]) -> None:
    now = record(MOVED.replace("2026-11-17T09:00Z", at), due="2026-11-27")
    assert codes(record(), now) == told


def test_what_somebody_promised_is_not_moved_by_another_without_a_word() -> None:
    by_mia = MOVED.replace("by: dev", "by: mia")
    (one,) = found(record(), record(by_mia, due="2026-11-27"))
    assert (one.code, one.hint) == ("NS505", "add agreed_by: dev, once they agreed")
    agreed = record(by_mia + ", agreed_by: dev", due="2026-11-27")
    assert codes(record(), agreed) == []


def test_words_are_not_changed_by_another_either() -> None:
    changed = 'at: 2026-11-17T09:00Z, by: lena, event: changed, field: what, from: Send the report, to: Send it all, why: "x"'
    assert codes(record(), record(changed, what="Send it all")) == ["NS505"]
    by_dev = changed.replace("by: lena", "by: dev")
    assert codes(record(), record(by_dev, what="Send it all")) == []


def test_who_had_it_before_passing_it_on_could_still_change_it_then() -> None:
    changed = 'at: 2026-11-15T09:00Z, by: dev, event: changed, field: what, from: Send the report, to: Send it all, why: "x"'
    offered = "at: 2026-11-16T09:00Z, by: dev, event: offered, to: mia"
    accepted = "at: 2026-11-17T09:00Z, by: mia, event: accepted"
    now = record(changed, offered, accepted, who="mia", what="Send it all")
    assert codes(record(), now) == []


def test_another_name_is_no_acceptance() -> None:
    assert codes(record(), record(who="mia")) == ["NS506"]
    offered = "at: 2026-11-16T09:00Z, by: dev, event: offered, to: mia"
    assert codes(record(), record(offered, who="mia")) == ["NS506", "NS404"]


def test_a_commitment_that_nobody_has_any_more_is_told() -> None:
    (one,) = found(record(), record().replace("who: dev\n", ""))
    assert (one.code, one.message) == ("NS506", "`dev` had this, and nobody has it now")


def test_what_an_undone_undo_brings_back_is_no_silent_change() -> None:
    undone = "at: 2026-11-18T09:05Z, by: dev, event: undone, of: 2026-11-17T09:00Z"
    again = "at: 2026-11-19T09:05Z, by: dev, event: undone, of: 2026-11-18T09:05Z"
    assert codes(record(MOVED, undone), record(MOVED, undone, again, due="2026-11-27")) == []
    offered = "at: 2026-11-13T09:00Z, by: dev, event: offered, to: mia"
    accepted = "at: 2026-11-14T09:00Z, by: mia, event: accepted"
    back = "at: 2026-11-15T09:00Z, by: mia, event: undone, of: 2026-11-14T09:00Z"
    anew = "at: 2026-11-16T09:00Z, by: mia, event: undone, of: 2026-11-15T09:00Z"
    was = record(offered, accepted, back)
    assert codes(was, record(offered, accepted, back, anew, who="mia")) == []


def test_an_undo_of_the_same_minute_is_no_silent_change() -> None:
    undone = "at: 2026-11-17T09:00Z, by: dev, event: undone, of: {at: 2026-11-17T09:00Z, by: dev, event: moved}"
    assert codes(record(MOVED, due="2026-11-27"), record(MOVED, undone)) == []


def test_while_it_is_proposed_who_changes_by_an_event() -> None:
    proposed = "at: 2026-11-12T15:10Z, by: lena, event: proposed"
    changed = "at: 2026-11-13T09:00Z, by: lena, event: changed, field: who, from: dev, to: mia"
    assert codes(record(proposed), record(proposed, changed, who="mia")) == []
    assert codes(record(proposed), record(proposed, who="mia")) == ["NS509"]


def test_a_line_of_a_log_stays() -> None:
    note = 'at: 2026-11-16T09:00Z, by: dev, event: noted, text: "they dispute two hours"'
    (one,) = found(record(AGREED, note), record(AGREED))
    assert one.code == "NS507"
    assert one.message == "`noted` by `dev` at `2026-11-16T09:00Z` is no longer in this log"
    assert (
        codes(record(AGREED, note), record(AGREED, note.replace("16T09:00Z", "16T10:00+01:00")))
        == []
    )
    assert codes(record(AGREED, note), record(note, AGREED)) == []
    assert codes(record(AGREED, note), record()) == ["NS507", "NS507"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("two hours", "an hour", "`text` was `they dispute two hours`"),
        ("by: dev", "by: mia", "`by` was `dev`"),
        ("16T09", "15T09", "`at` was `2026-11-16T09:00Z`"),
        (
            "event: noted",
            "event: asked",
            "`event` was `noted`, `text` was `they dispute two hours`",
        ),
    ],
)
def test_a_line_of_a_log_says_what_it_said(old: str, new: str, told: str) -> None:
    note = 'at: 2026-11-16T09:00Z, by: dev, event: noted, text: "they dispute two hours"'
    other = note.replace(old, new).replace(
        ', text: "they dispute two hours"' * ("asked" in new), ""
    )
    (one,) = found(record(note), record(other))
    assert (one.code, one.span and one.span.line) == ("NS508", 7)
    assert told in one.message


def test_a_reason_that_is_taken_out_of_a_line_is_told_once() -> None:
    before, now = record(MOVED, due="2026-11-27"), record(MOVED[:-10], due="2026-11-27")
    assert codes(before, now) == ["NS508"]


def test_a_move_written_anew_with_another_time_and_reason_is_no_second_move() -> None:
    anew = MOVED.replace("17T09", "17T10").replace('why: "x"', 'why: "y"')
    (one,) = found(record(MOVED, due="2026-11-27"), record(anew, due="2026-11-27"))
    assert one.code == "NS508"
    assert "`at` was `2026-11-17T09:00Z`" in one.message


def test_what_is_open_is_closed_and_not_deleted() -> None:
    (one,) = found(record(), None)
    assert (one.code, one.path, one.span and one.span.line) == ("NS503", PATH, 1)
    closed = 'at: 2026-11-20T09:00Z, by: dev, event: closed, result: dropped, why: "x"'
    assert codes(record(closed), None) == []
    done = "at: 2026-11-20T09:00Z, by: dev, event: done"
    assert codes(record(done), None) == ["NS503"]


@pytest.mark.parametrize("log", [(), (AGREED,)])
def test_a_file_with_another_name_or_place_is_the_same_promise(log: tuple[str, ...]) -> None:
    assert codes(record(*log), record(*log), "commitments/2026/12/usage-report-k3f9.yaml") == []
    renamed = "commitments/2026/11/report-of-usage-k3f9.yaml"
    assert codes(record(*log), record(*log), renamed) == []
    assert codes(record(*log), record(*log, due="2026-11-27"), renamed) == ["NS509"]


def test_of_promises_agreed_at_once_the_one_with_the_other_name_is_not_called_deleted() -> None:
    """One command may agree several, with one and the same first line."""
    one, other = record(AGREED, what="Ask Tom"), record(AGREED)
    folder = "commitments/2026/11/"
    before = {f"{folder}ask.yaml": one, f"{folder}send.yaml": other}
    for text in (other, record(AGREED, MOVED, due="2026-11-27")):
        (gone,) = (x for x in changes(before, {f"{folder}zend.yaml": text}) if x.code > "NS5")
        assert (gone.code, gone.path) == ("NS503", f"{folder}ask.yaml")


def test_a_move_that_git_revert_took_back_is_a_line_that_left_and_nothing_else() -> None:
    """To add an event for the way back would leave a log in which the date never went there."""
    moved, back = record(AGREED, MOVED, due="2026-11-27"), record(AGREED)
    assert codes(moved, back) == ["NS507"]
    assert codes(moved, record(AGREED, due="2026-11-24")) == ["NS509", "NS507"]
    undone = "at: 2026-11-18T09:00Z, by: dev, event: undone, of: 2026-11-17T09:00Z"
    assert codes(moved, record(AGREED, MOVED, undone)) == []


def test_a_file_that_cannot_be_read_is_not_called_deleted() -> None:
    assert not [one for one in found(record(), record() + "due: 2026-11-27\n") if one.code > "NS5"]
    assert not [one for one in found(record() + "due: 2026-11-27\n", record()) if one.code > "NS5"]


def test_a_new_closing_says_what_came_of_it_and_what_is_next() -> None:
    closed = "at: 2026-11-20T09:00Z, by: dev, event: closed, result: kept"
    (one,) = found(record(), record(closed))
    assert one.code == "NS504"
    assert one.message == "this is closed now, and nothing says what came of it nor what comes next"
    with_outcome = closed + ', outcome: "they agreed"'
    assert codes(record(), record(with_outcome)) == ["NS504"]
    assert codes(record(), record(with_outcome + ', nothing_further: "paid"')) == []


def test_an_old_closing_weighs_as_much_as_ever() -> None:
    closed = 'at: 2026-11-20T09:00Z, by: dev, event: closed, result: kept, outcome: "they agreed"'
    assert codes(record(closed), record(closed) + "partner: mia\n") == ["NS408"]


def test_something_new_says_what_it_is_for() -> None:
    silent = record().replace("outcome: They agree the credit\n", "")
    assert codes(None, silent) == ["NS516"]
    assert codes(silent, silent + "partner: mia\n") == ["NS401"]
    entered = 'at: 2026-11-20T09:00Z, by: dev, event: closed, result: dropped, why: "by mistake"'
    assert codes(None, silent + f"log: [{{{entered}}}]\n") == []


def test_one_date_is_moved_to_one_day() -> None:
    other = 'at: 2026-11-18T09:00Z, by: mia, event: moved, from: 2026-11-20, to: 2026-12-04, agreed_by: dev, why: "y"'
    before = record(MOVED, due="2026-11-27")
    (one,) = found(before, record(MOVED, other, due="2026-12-04"))
    assert one.code == "NS517"
    assert one.message == (
        "two events move `2026-11-20`: `dev` to `2026-11-27`, and `mia` to `2026-12-04`"
    )
    undone = "at: 2026-11-19T09:00Z, by: mia, event: undone, of: 2026-11-18T09:00Z"
    assert codes(before, record(MOVED, other, undone, due="2026-11-27")) == []


def test_a_comment_silences_a_finding_about_a_change_and_is_never_unused() -> None:
    now = record(due="2026-11-27").replace("2026-11-27", "2026-11-27  # nextstep: ignore[NS509]")
    assert codes(record(), now) == []
    assert changes({PATH: now}, {PATH: now}) == ()


def test_what_somebody_agreed_to_is_not_taken_back_by_another() -> None:
    undone = 'at: 2026-11-18T09:00Z, by: {}, event: undone, of: 2026-11-12T15:10Z, why: "x"'
    before, proposed = record(AGREED), "at: 2026-11-10T09:00Z, by: {}, event: proposed"
    assert codes(before, record(AGREED, undone.format("lena"))) == ["NS505"]
    assert codes(before, record(AGREED, undone.format("dev"))) == []
    assert codes(record(), record(proposed.format("lena"))) == ["NS505"]
    assert codes(record(), record(proposed.format("dev"))) == []
    assert codes(record(), record(proposed.format("lena"), AGREED)) == []
    asked = "at: 2026-11-12T15:10Z, by: dev, event: asked"
    assert codes(record(asked), record(asked, undone.format("lena"))) == []
