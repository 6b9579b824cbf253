"""The duties of a process are offered and accepted like any other work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.rules.ledgers import codes, findings, write

PROCESS = """\
title: Review
owner: {owner}
deputy: sam
customer: buyers
provides: A page to decide on
roles: [writer]
steps:
  - {{id: write, do: Write, who: writer, due: asap, done_when: There}}
log:
"""
PLACE = "processes/review.yaml"
LOG_BEGINS = 10
ROLES = "roles: {leads: {people: [ana, mia]}, head: {people: [ana]}}\n"


def process(*events: str, owner: str = "ana") -> dict[str, str]:
    lines = [f"  - {{at: 2026-11-1{day}T09:00Z, {event}}}\n" for day, event in enumerate(events)]
    return {PLACE: PROCESS.format(owner=owner) + "".join(lines), "nextstep.yaml": ROLES}


OFFERED = "by: sue, event: offered, to: ana, duty: owner"
ACCEPTED = "by: ana, event: accepted, duty: owner"


@pytest.mark.parametrize(
    "files",
    [
        process(OFFERED, ACCEPTED),
        process(OFFERED, "by: ana, event: accepted"),
        process(OFFERED, ACCEPTED, owner="head"),
        process("by: sue, event: offered, to: leads, duty: owner", ACCEPTED),
        process(OFFERED, "by: ana, event: returned, why: no time"),
        process(OFFERED, "by: sue, event: returned"),
        process(
            OFFERED,
            "by: sue, event: offered, to: sam, duty: deputy",
            ACCEPTED,
            "by: sam, event: accepted",
        ),
        process("by: zoe, event: accepted", "by: zoe, event: undone, of: 2026-11-10T09:00Z"),
        process(
            "by: ana, event: confirmed, version: 5ac7",
            "by: ana, event: trained, person: dev",
            "by: dev, event: noted, text: x",
            "by: lena, event: feedback, words: good",
        ),
    ],
)
def test_a_log_that_follows_is_left_alone(files: dict[str, str], tmp_path: Path) -> None:
    assert findings(tmp_path, files) == ()


@pytest.mark.parametrize(
    ("files", "code", "line", "says"),
    [
        (process(ACCEPTED), "NS404", 0, "no duty of owner was offered"),
        (process(OFFERED, "by: sam, event: accepted"), "NS404", 1, "by `ana`"),
        (process(OFFERED, "by: sam, event: returned, why: x"), "NS404", 1, "offered to `ana`"),
        (process(OFFERED, ACCEPTED, ACCEPTED), "NS404", 2, "no duty of owner was offered"),
        (process("by: sue, event: offered, to: ana"), "NS404", 0, "which duty"),
        (process("by: ana, event: done"), "NS404", 0, "`done` does not belong to a process"),
        (process("by: ana, event: undone, of: 2026-01-01T09:00Z"), "NS404", 0, "none before it"),
        (process("by: sue, event: offered, duty: owner"), "NS410", 0, "to whom"),
        (process(OFFERED, "by: ana, event: returned"), "NS409", 1, "what was missing"),
    ],
)
def test_what_does_not_follow_is_found_where_it_stands(
    files: dict[str, str], code: str, line: int, says: str, tmp_path: Path
) -> None:
    found = findings(tmp_path, files)
    assert codes(found) == [code]
    assert found[0].span is not None
    assert found[0].span.line == LOG_BEGINS + line
    assert says in f"{found[0].message} {found[0].hint}"


def test_an_event_of_a_process_in_the_future_is_found(tmp_path: Path) -> None:
    later = process().get(PLACE, "") + "  - {at: 2027-11-10T09:00Z, by: ana, event: noted}\n"
    assert codes(findings(tmp_path, {PLACE: later})) == ["NS318"]


@pytest.mark.parametrize("owner", ["sue", "leads"])
def test_who_accepted_a_duty_is_who_has_it(owner: str, tmp_path: Path) -> None:
    files = process("by: sue, event: offered, to: zoe, duty: owner", "by: zoe, event: accepted")
    files[PLACE] = files[PLACE].replace("owner: ana", f"owner: {owner}")
    del files["nextstep.yaml"]
    found = findings(tmp_path, files)
    assert codes(found) == ["NS406"]
    assert found[0].message == f"`owner` is `{owner}`, and the last `accepted` says `zoe`"


def test_show_says_which_of_these_events_do_not_count(tmp_path: Path) -> None:
    write(
        tmp_path,
        process(
            "by: sue, event: offered, duty: owner",
            ACCEPTED,
            "by: sue, event: undone, of: 2026-11-10T09:00Z",
        ),
    )
    shown = run("-C", str(tmp_path), "show", "review").out
    assert "the duty of owner was offered by sue\n              undone since" in shown
    assert "accepted by ana\n              impossible, does not count" in shown
