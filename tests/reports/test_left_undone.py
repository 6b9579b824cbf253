"""What a run left unfinished when it ended: over like the run, and nobody's next step."""

from __future__ import annotations

import pytest

from nextstep.reports.list import Wanted, list_report
from nextstep.reports.rows import Row
from nextstep.reports.show_run import run_view, step_view
from nextstep.reports.standing import Standing
from nextstep.reports.who import PersonCard, card
from tests.reports.ledgers import standing_of

RUN = """title: Print run
started: 2026-11-09
owner: ana
steps:
  - {id: plan, do: Plan it, who: ana, after: []}
  - {id: set, do: Set it, who: cy, after: [plan], optional: true, due: 2026-11-19, done_when: ok}
  - {id: bring, do: Bring it, who: bo, after: [set], optional: true, due: 2026-12-01}
log:
  - {at: 2026-11-10T10:00Z, by: ana, event: done, step: plan}
  - {at: 2026-11-11T10:00Z, by: cy, event: blocked, step: set, why: no paper}
"""
DROPPED = "  - {at: 2026-11-20T10:00Z, by: ana, event: closed, result: dropped, why: they left}\n"
KEPT = "  - {at: 2026-11-20T10:00Z, by: ana, event: closed, result: kept}\n"


def ended(how: str) -> Standing:
    return standing_of({"print-7qhd": RUN + how})


def rows(standing: Standing, **wanted: object) -> list[Row]:
    report = list_report(standing, Wanted(kinds=("step",), **wanted))  # type: ignore[arg-type]
    return [row for group in report.groups for row in group.rows]


@pytest.mark.parametrize(("how", "state"), [(DROPPED, "dropped"), (KEPT, "closed")])
def test_what_a_run_left_unfinished_is_over_with_it(how: str, state: str) -> None:
    standing = ended(how)
    assert not rows(standing)
    assert list_report(standing, Wanted(who="cy")).over == 1
    assert not rows(standing, states=("ready", "waiting", "blocked"))
    assert [row.step for row in rows(standing, states=("finished",))] == ["plan"]
    left = rows(standing, states=(state,))
    assert [(row.step, str(row.reached_on)) for row in left] == [
        ("set", "2026-11-20"),
        ("bring", "2026-11-20"),
    ]
    assert not any(row.then or row.waits_for for row in left)


def test_nobody_has_a_next_step_in_a_run_that_is_over() -> None:
    for how, count in (("", 1), (DROPPED, 0)):
        person = card(ended(how), "cy")
        assert isinstance(person, PersonCard)
        assert len(person.next) == count


def test_a_run_that_is_over_has_nothing_next() -> None:
    standing = ended(DROPPED)
    view = run_view(standing, "print-7qhd")
    assert (view.next, view.owed, view.over_rounds) == ((), (), ())
    assert [step.state for step in view.steps] == ["finished", "dropped", "dropped"]
    step = step_view(standing, "print-7qhd", "set").step
    assert (step.state, step.since) == ("dropped", None)
    report = list_report(standing, Wanted(kinds=("run",), states=("all",)))
    assert report.groups[0].rows[0].waits_for == ()
