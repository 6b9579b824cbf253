"""A record that contradicts itself or others is an error or a warning, and stays in every listing."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from nextstep.diagnostics.diagnostic import Severity
from nextstep.reports.list import KINDS, Wanted, list_report
from nextstep.reports.standing import standing
from tests.faults.every_output import NOW
from tests.rules.ledgers import findings, ledger_in

PEOPLE = "timezone: UTC\npeople:\n  dev: {}\n  mia: {}\n"
HEAD = "what: Send the offer\nwho: dev\noutcome: They decide\ndue: 2026-11-27\n"
RUN = "title: Review\nowner: dev\nstarted: 2026-11-16\n"
PROCESS = (
    "title: Review\nowner: dev\ncustomer: {who: buyers, kind: external}\nprovides: A page\n"
    "roles: [writer]\norder: free\nsteps:\n"
)
STEP = "  - {id: write, do: Write, who: writer, due: 2bd after start, done_when: There}\n"


def logged(*events: str) -> str:
    return "log:\n" + "".join(
        f"  - {{at: 2026-11-1{day}T09:00Z, by: dev, {event}}}\n" for day, event in enumerate(events)
    )


class Case(Struct, frozen=True):
    """Files of a ledger, the rule that finds something in them, and words that it says."""

    files: dict[str, str]
    code: str
    says: str
    is_error: bool = True


CASES = {
    "one id in two files": Case(
        {"commitments/10/offer.yaml": HEAD, "commitments/11/offer.yaml": HEAD},
        "NS057",
        "commitments/11/offer.yaml",
    ),
    "one id of a process and of a commitment": Case(
        {"processes/offer.yaml": PROCESS + STEP, "commitments/offer.yaml": HEAD},
        "NS057",
        "commitments/offer.yaml",
    ),
    "due before it was agreed": Case(
        {
            "commitments/a.yaml": HEAD.replace("-27", "-01") + logged("event: agreed, how: call"),
        },
        "NS317",
        "2026-11-10",
        is_error=False,
    ),
    "closed without an outcome": Case(
        {"commitments/a.yaml": HEAD + logged("event: closed, result: kept, nothing_further: x")},
        "NS407",
        "what came of it",
    ),
    "moved from another day than before": Case(
        {
            "commitments/a.yaml": HEAD
            + logged(
                "event: moved, from: 2026-11-18, to: 2026-11-20, why: x",
                "event: moved, from: 2026-11-21, to: 2026-11-27, why: x",
            )
        },
        "NS405",
        "`2026-11-20`",
    ),
    "a date without the move that made it": Case(
        {
            "commitments/a.yaml": HEAD
            + logged("event: moved, from: 2026-11-18, to: 2026-11-20, why: x")
        },
        "NS406",
        "`2026-11-20`",
    ),
    "a hand-off to a role that nobody plays": Case(
        {
            "commitments/a.yaml": RUN + "people: {writer: dev}\nsteps:\n"
            "  - {id: write, do: Write, who: dev, due: 2026-11-20, rule: 4bd after start, "
            "handoff: {to: reader, must_include: [x]}}\n"
        },
        "NS215",
        "`reader`",
    ),
    "steps in a circle": Case(
        {
            "processes/p.yaml": PROCESS
            + STEP.replace("due:", "after: [read], due:")
            + STEP.replace("write,", "read,", 1).replace("due:", "after: [write], due:")
        },
        "NS205",
        "`write` after `read` after `write`",
    ),
    "a process based on itself": Case(
        {"processes/p.yaml": "title: x\nowner: dev\nbased_on: p\nreason: y\n"},
        "NS208",
        "based on itself",
    ),
    "commitments in a circle": Case(
        {
            "commitments/a.yaml": f"{HEAD}after: [b]\n",
            "commitments/b.yaml": f"{HEAD}after: [a]\n",
        },
        "NS207",
        "circle",
    ),
    "a run of a process that is gone": Case(
        {
            "commitments/a.yaml": f"{RUN}process: gone\nsteps:\n"
            "  - {id: write, do: Write, who: dev, due: 2026-11-20, rule: 4bd after start}\n"
        },
        "NS203",
        "`gone`",
    ),
    "a person who is gone": Case(
        {"commitments/a.yaml": HEAD.replace("dev", "zoe")}, "NS201", "`zoe`"
    ),
    "a title that is too long": Case(
        {"commitments/a.yaml": f"what: {'x ' * 300}\n", "commitments/b.yaml": HEAD},
        "NS106",
        "599 characters",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_contradicts_is_found(case: Case, tmp_path: Path) -> None:
    found = [
        one
        for one in findings(tmp_path, {"nextstep.yaml": PEOPLE, **case.files})
        if one.code == case.code
    ]
    assert found
    assert {one.severity is Severity.ERROR for one in found} == {case.is_error}
    assert case.says in " ".join(f"{one.message} {one.hint} {one.related}" for one in found)
    assert all(one.hint for one in found)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_contradicts_is_listed_all_the_same(case: Case, tmp_path: Path) -> None:
    findings(tmp_path, {"nextstep.yaml": PEOPLE, **case.files})
    ledger = ledger_in(tmp_path)
    report = list_report(standing(ledger, NOW), Wanted(states=("all",), kinds=KINDS))
    listed = {row.path for group in report.groups for row in group.rows}
    listed |= {process.source.path for process in ledger.processes.values()}
    unread = {one.path for one in report.unread}
    assert listed | unread >= case.files.keys()
