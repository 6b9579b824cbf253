"""Which answers are those to a hand-off: counted in a digest, and on a checklist."""

from __future__ import annotations

from datetime import date

import pytest

from nextstep.dates.periods import Period
from nextstep.reports.answered_offers import answered_offers
from nextstep.reports.digest_health import health
from nextstep.reports.digest_subject import EVERYBODY
from nextstep.reports.row_making import RowMaker
from tests.reports.ledgers import standing_of

PROCESS = """title: Printing
owner: ana
customer: readers
provides: Books
roles: [setter]
steps:
  - {id: set, do: Set it, who: setter, due: asap, done_when: Dry}
"""
RUN = """process: printing
title: Print run
started: 2026-11-09
owner: ana
steps:
  - {id: set, do: Set it, who: cy, after: [], due: 2026-11-19, handoff: {to: bo, must_include: [pages]}}
  - {id: ok, approve: The sheets, who: ana, after: [set], on_return: {to: set}}
  - {id: pack, do: Pack it, who: bo, after: []}
log:
"""
OFFERED = "{by: cy, event: offered, step: set, to: bo}"
ACCEPTED = "{by: bo, event: accepted, step: set}"
RETURNED = "{by: bo, event: returned, step: set, missing: [pages]}"
WITHDRAWN = "{by: cy, event: returned, step: set}"
NO = "{by: ana, event: returned, step: ok, why: smudged}"
UNBEGUN = "{by: bo, event: returned, step: pack, why: no room}"
PROMISE = "{by: bo, event: offered, step: pack, to: cy, duty: true}"
TAKEN = "{by: cy, event: accepted, step: pack, duty: true}"
YES, BACK, AT_ONCE = ("accepted", False), ("returned", False), ("accepted", True)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ((), []),
        ((OFFERED,), []),
        ((OFFERED, ACCEPTED), [AT_ONCE]),
        ((OFFERED, RETURNED), [BACK]),
        ((OFFERED, RETURNED, OFFERED, ACCEPTED), [BACK, YES]),
        ((OFFERED, WITHDRAWN, OFFERED, ACCEPTED), [AT_ONCE]),
        ((ACCEPTED, RETURNED), []),
        ((UNBEGUN,), []),
        ((PROMISE, TAKEN), []),
        ((OFFERED, ACCEPTED, NO, OFFERED, ACCEPTED), [AT_ONCE, AT_ONCE]),
        ((OFFERED, RETURNED, OFFERED, ACCEPTED, NO, OFFERED, ACCEPTED), [BACK, YES, AT_ONCE]),
    ],
)
def test_only_what_a_receiver_says_to_offered_work_is_counted(
    said: tuple[str, ...], answers: list[tuple[str, bool]]
) -> None:
    log = "".join(f"  - {{at: 2026-11-18T{8 + n:02}:00Z, {one[1:]}\n" for n, one in enumerate(said))
    text = RUN + log if said else RUN.removesuffix("log:\n")
    standing = standing_of({"processes/printing": PROCESS, "print-7qhd": text})
    state = standing.runs["print-7qhd"]
    assert [(one.event.event, one.at_once) for one in answered_offers(state)] == answers
    week = Period(date(2026, 11, 16), date(2026, 11, 22))
    (found,) = health(RowMaker(standing), EVERYBODY, week)
    back = answers.count(BACK)
    assert (found.returned, found.accepted) == (back, len(answers) - back)
    assert found.at_once == answers.count(AT_ONCE)
    assert found.missing == ((("pages", back),) if back else ())
