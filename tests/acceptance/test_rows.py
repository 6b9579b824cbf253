"""Processes of real organisations lose nothing when they are written down."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.load import load
from nextstep.model.source import Source
from tests.acceptance.cases import Written
from tests.acceptance.rows import CLAIMS, Mark, marks_of, without

HERE = Path(__file__).parent
TODAY = "2026-11-09"
MOST_PROSE = 0.15
NEVER_PROSE = frozenset({"DEADLINE", "HANDOFF", "GATE"})

LISTS = tuple(sorted(place.stem.removeprefix("claims_").upper() for place in HERE.glob("claims_*")))
for name in LISTS:
    import_module(f"tests.acceptance.claims_{name.lower()}")
LEDGERS = {name: Written.read(HERE / name) for name in LISTS}
MARKS = [mark for ledger in LEDGERS.values() for mark in marks_of(ledger.files)]
TRIED = MARKS if "NEXTSTEP_FUZZ_EXAMPLES" in os.environ else MARKS[::4]
"""All lines in the long runs, one of four in the short ones."""


def ledger_of(row: str) -> Written:
    return LEDGERS[row.partition("-")[0]]


@pytest.mark.parametrize("row", sorted(CLAIMS))
def test_what_a_row_says_is_so(row: str) -> None:
    CLAIMS[row](ledger_of(row))


@pytest.mark.parametrize("mark", TRIED, ids=[mark.name for mark in TRIED])
def test_without_its_line_a_row_is_lost(mark: Mark) -> None:
    assert mark.row in CLAIMS, f"nothing is claimed of {mark.row}"
    files = without(ledger_of(mark.row).files, mark)
    lacking = Source(mark.path, files[mark.path].encode())
    broken = [one.message for one in load(lacking).findings if one.code.startswith("NS0")]
    assert not broken, f"without line {mark.line} the file cannot be read at all: {broken}"
    with pytest.raises(AssertionError):
        CLAIMS[mark.row](Written(files))


def test_every_claim_is_of_a_row_that_a_line_carries() -> None:
    assert set(CLAIMS) == {mark.row for mark in MARKS}


@pytest.mark.parametrize("name", LISTS)
def test_check_finds_no_error_and_only_expected_warnings(name: str) -> None:
    expected = import_module(f"tests.acceptance.claims_{name.lower()}").EXPECTED_WARNINGS
    findings = LEDGERS[name].findings(TODAY)
    errors = [f"{one.path}: {one.message}" for one in findings if one.severity is Severity.ERROR]
    assert not errors
    warned = Counter(one.code for one in findings)
    assert warned == Counter(expected), [
        f"{one.code} {one.path}: {one.message}" for one in findings
    ]


PROCESSES = [(name, id_) for name, ledger in LEDGERS.items() for id_ in ledger.ledger.processes]


@pytest.mark.parametrize(("name", "process"), PROCESSES)
def test_a_case_of_every_process_can_be_started_and_has_no_fault(name: str, process: str) -> None:
    written = LEDGERS[name]
    inputs = dict.fromkeys(written.process(process).inputs, f"{TODAY}T09:00")
    case = written.start(process, on=TODAY, inputs=inputs)
    faults = [one.message for one in case.findings(TODAY) if one.severity is Severity.ERROR]
    assert not faults


@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_the_list_is_lost_and_little_is_prose(name: str, facts: Path) -> None:
    kinds = dict(_rows_of(facts, name))
    prose = {mark.row for mark in marks_of(LEDGERS[name].files) if mark.prose}
    places: dict[str, list[str]] = {}
    for mark in marks_of(LEDGERS[name].files):
        places.setdefault(mark.row, []).append(f"{mark.path}:{mark.line}")
    print(f"\n{name}: {len(kinds)} rows, {len(prose)} prose, {len(set(kinds) - set(places))} lost")
    for row, kind in kinds.items():
        worth = "LOST" if row not in places else "PROSE ONLY" if row in prose else "CARRIED"
        print(f"{row}  {kind:<8}  {worth:<10}  {', '.join(places.get(row, ()))}")
    assert set(kinds) - set(places) == set(), "lost"
    assert set(places) - set(kinds) == set(), "not rows of the list"
    assert len(prose) <= MOST_PROSE * len(kinds)
    assert not [row for row in prose if kinds[row] in NEVER_PROSE]


def _rows_of(facts: Path, name: str) -> Iterator[tuple[str, str]]:
    (place,) = (facts / "acceptance").glob(f"{name}_*.psv")
    for line in place.read_text("utf-8").splitlines()[1:]:
        id_, kind, *_ = line.split("|")
        yield id_, kind
