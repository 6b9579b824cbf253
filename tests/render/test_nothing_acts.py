"""Whatever a ledger holds, nothing in it acts on who reads a report; and a report is repeatable."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from unicodedata import category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nextstep.dates.now import now_on
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.people import Settings
from nextstep.model.process import (
    Check,
    Customer,
    Handoff,
    Item,
    Process,
    Promise,
    Roadblock,
    Step,
)
from nextstep.model.source import Source
from nextstep.render.checklist_customer_words import customer_words
from nextstep.render.checklist_formats import checklist_json, customer_json
from nextstep.render.checklist_words import checklist_page
from nextstep.render.due_formats import due_json, due_markdown, due_text, due_tsv
from nextstep.render.list_formats import list_ids, list_json, list_markdown, list_text, list_tsv
from nextstep.render.listing import Origin
from nextstep.render.page import Reading
from nextstep.render.page_html import page_html
from nextstep.render.page_markdown import page_markdown
from nextstep.render.page_text import page_text
from nextstep.render.row_words import Speech
from nextstep.render.terminal import Screen
from nextstep.reports.checklist import checklist_of
from nextstep.reports.checklist_customer import customer_page
from nextstep.reports.due import Question, due_report
from nextstep.reports.list import Wanted, list_report
from nextstep.reports.processes import processes_report
from nextstep.reports.show import Subject
from nextstep.reports.standing import Standing, standing
from nextstep.reports.unread import unread_files
from tests.commands import LEDGERS

NOW = now_on(date(2026, 11, 23), "UTC")
ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ALL = Wanted(states=("all",), kinds=("commitment", "run", "step", "plan"))
few = settings(max_examples=int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "200")) // 10)
HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\u061c\u200b\u200f\u202e\u2066\u2028\ud800👩\u200d🔬"
        ),
    ),
    min_size=1,
)


def hostile_ledger(text: str) -> Ledger:
    """A ledger whose every text is this one: no file could say it, and no report may trust that."""
    source = Source(text, b"")
    commitment = Commitment(
        id=text,
        source=source,
        what=text,
        who=text,
        with_=(text,),
        outcome=text,
        due=date(2026, 11, 20),
        part_of=text,
        after=(text, "run"),
    )
    handoff = Handoff(
        to=text,
        must_include=(Item(item=text, critical=True, check=Check(kind="file", target=text)),),
        readback=True,
        watch_for=text,
    )
    step = Step(
        id=text,
        do=text,
        who=(text,),
        role=text,
        due=date(2026, 11, 20),
        done_when=text,
        items=(Item(item=text),),
        handoff=handoff,
    )
    run = Run(
        id="run",
        source=source,
        title=text,
        process=text,
        for_=text,
        requested_by=text,
        owner=text,
        provides=text,
        promise=Promise(text=text),
        roadblocks=(Roadblock(what=text, try_=text),),
        steps=(step,),
    )
    process = Process(
        id=text,
        source=source,
        title=text,
        owner=text,
        customer=Customer(who=text),
        provides=text,
        targets={text: text},
        steps=(step,),
    )
    return Ledger(
        root=text,
        settings=Settings(),
        processes={text: process},
        commitments={text: commitment},
        runs={"run": run},
        sources={},
        findings=(),
        faulty=(text,),
    )


def renderings(ledger: Ledger, width: int = 60) -> dict[str, str]:
    """Every format of every listing of a ledger, by name."""
    states = standing(ledger, NOW)
    due = due_report(states, Question(everything=True))
    found, processes = list_report(states, ALL), processes_report(states, Wanted())
    origin, screen = Origin(ledger.root, "81c2f0e"), Screen(width=width)
    made: dict[str, Callable[[], str]] = {
        "due text": lambda: due_text(due, origin, screen),
        "due tsv": lambda: due_tsv(due),
        "due json": lambda: due_json(due, None),
        "due markdown": lambda: due_markdown(due, origin),
        "list text": lambda: list_text(found, origin, screen),
        "list tsv": lambda: list_tsv(found),
        "list json": lambda: list_json(found, None),
        "list markdown": lambda: list_markdown(found, origin),
        "list ids": lambda: list_ids(found),
        "processes text": lambda: list_text(processes, origin, screen),
        "processes tsv": lambda: list_tsv(processes),
        "processes json": lambda: list_json(processes, None),
        "processes markdown": lambda: list_markdown(processes, origin),
        **_checklists(states, screen),
    }
    return {name: make() for name, make in made.items()}


def _checklists(states: Standing, screen: Screen) -> dict[str, Callable[[], str]]:
    """Every format of every checklist, also of the pages for customers."""
    ledger = states.ledger
    speech = Speech(today=NOW.today, calendar=ledger.calendar, reader=None, you=False)
    reading = Reading(
        speech=speech, origin=Origin(ledger.root, "81c2f0e"), unread=unread_files(ledger)
    )
    made: dict[str, Callable[[], str]] = {}
    for kind, names in (
        ("commitment", ledger.commitments),
        ("run", ledger.runs),
        ("process", ledger.processes),
    ):
        for name in names:
            meant = Subject(kind, name)
            found = checklist_of(states, meant, sizes=lambda _: None)
            pages = {"checklist": checklist_page(found, reading)}
            made[f"{kind} checklist json"] = partial(checklist_json, found, reading)
            if kind != "commitment":
                view = customer_page(states, meant)
                pages["page for the customer"] = customer_words(view, reading)
                made[f"{kind} for the customer json"] = partial(customer_json, view, reading)
            for words, page in pages.items():
                made[f"{kind} {words} text"] = partial(page_text, page, screen)
                made[f"{kind} {words} markdown"] = partial(page_markdown, page)
                made[f"{kind} {words} html"] = partial(page_html, page)
    return made


@few
@given(HOSTILE)
def test_no_character_of_a_ledger_acts_in_any_format(text: str) -> None:
    """Only line breaks and tabs of our own, and joiners inside emoji."""
    for name, shown in renderings(hostile_ledger(text)).items():
        allowed = {"\n", "\u200d"} | ({"\t"} if name.endswith("tsv") else set())
        acting = {char for char in shown if category(char) in ACTING}
        assert acting <= allowed, name
        assert "\u200d" not in shown or "👩" in text, name


@few
@given(HOSTILE)
def test_a_row_stays_one_line_of_the_same_columns(text: str) -> None:
    """A line break or tab in a ledger makes no new row and no new column."""
    shown = renderings(hostile_ledger(text))
    for name in ("due tsv", "list tsv", "processes tsv"):
        columns = {line.count("\t") for line in shown[name].split("\n")[:-1]}
        assert len(columns) == 1, name


@few
@example("x" * 49 + "::error::x")
@given(
    st.lists(st.sampled_from(["::", "error", "##[", " ", "\n", "x" * 13, ":", "\t", "é"])).map(
        "".join
    )
)
def test_no_line_is_a_command_to_a_build_service(text: str) -> None:
    """GitHub's runner obeys `::word` at the beginning of a line and `##[` anywhere in it."""
    for width in (24, 60):
        for name, shown in renderings(hostile_ledger(text or "x"), width).items():
            assert "##[" not in shown, name
            begins = [line.lstrip() for line in shown.splitlines()]
            assert not [line for line in begins if re.match(r"::\w", line)], name


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_changes_nothing(seed: int) -> None:
    """The same tree and the same moment give the same bytes."""
    desk = LEDGERS / "desk"
    sources = [
        Source(path.relative_to(desk).as_posix(), path.read_bytes())
        for path in sorted(desk.rglob("*.yaml"))
    ]
    once = renderings(load_ledger(Listing(tuple(sources), ()), root="desk"))
    again = renderings(load_ledger(Listing(tuple(sources), ()), root="desk"))
    random.Random(seed).shuffle(sources)
    shuffled = renderings(load_ledger(Listing(tuple(sources), ()), root="desk"))
    assert once == again == shuffled
