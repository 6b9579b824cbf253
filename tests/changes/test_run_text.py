"""The file of a new run says what its plan says, whatever words the process is written in."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from nextstep.changes.run_plan import plan_of
from nextstep.changes.run_text import run_source
from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.formatting import formatted
from nextstep.files.ledger import Ledger
from nextstep.files.load import load
from nextstep.model.commitment import Run
from nextstep.model.process import VACANT
from tests.acceptance.cases import Written
from tests.acceptance.starting import source_of

ROOT = Path(__file__).parents[2]
LEDGERS = {
    "example": Written(
        {
            path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
            for path in [ROOT / "nextstep.yaml", *sorted((ROOT / "processes").glob("*.yaml"))]
        }
    ),
    **{name: Written.read(ROOT / "tests/acceptance" / name) for name in ("A3", "A5", "A7")},
}
PROCESSES = [(name, id_) for name, one in LEDGERS.items() for id_ in one.ledger.processes]


def started(ledger: Ledger, id_: str) -> Run:
    """Return a run as the program lays it out."""
    process = ledger.processes[id_]
    people = dict.fromkeys(process.roles, VACANT)
    plan = plan_of(ledger, process, on="2026-11-09", inputs={}, people=people)
    source = run_source("commitments/2026/11/the-case.yaml", plan)
    loaded = load(source)
    assert not [one.message for one in loaded.findings if one.severity is Severity.ERROR]
    assert isinstance(loaded.record, Run)
    assert formatted(source) == source.data
    plain = load(source_of("the-case", plan)).record
    assert isinstance(plain, Run)
    assert replace(loaded.record, source=plain.source) == plain
    return loaded.record


@pytest.mark.parametrize(("name", "id_"), PROCESSES)
def test_the_text_says_what_the_plan_says(name: str, id_: str) -> None:
    run = started(LEDGERS[name].ledger, id_)
    process = LEDGERS[name].ledger.processes[id_]
    assert {step.base for step in run.steps} == {step.id for step in process.steps}


def test_odd_words_of_a_process_come_over_as_they_are() -> None:
    said = (
        "title: 'It''s: \"a\" #test, [really] {so}'\n"
        "owner: ana\n"
        'customer: {who: "no", kind: internal}\n'
        "provides: >-\n  one\n  two\n"
        'because: {"tier == \'a, b\'": "- why: not?"}\n'
        "steps:\n"
        "  - id: one\n"
        "    do: 'Write it: #1, [now]'\n"
        "    how: |\n"
        "      First: this\n"
        "\n"
        "        then # that\n"
        "    who: ana\n"
        "    when: tier == 'a, b'\n"
        "    due: none\n"
        '    done_when: "0x1F: yes, ~ and null"\n'
        '    items: ["a, b", {item: "c: d", critical: true}, "@e", "`f`", "%g"]\n'
    )
    ledger = Written({"processes/odd.yaml": said}).ledger
    run, process = started(ledger, "odd"), ledger.processes["odd"]
    assert (run.title, run.provides, run.because) == (
        process.title,
        process.provides,
        process.because,
    )
    (step,) = run.steps
    assert replace(step, who=("ana",), role=None, after=None, due=None) == replace(
        process.steps[0], who=("ana",), due=None
    )
