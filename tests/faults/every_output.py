"""A ledger as every command shows it, in every format: without a process, for many ledgers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from nextstep.cli.pages import reading_of
from nextstep.cli.session import Session
from nextstep.dates.now import Now, now_on
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.render.checklist_customer_words import customer_words
from nextstep.render.checklist_formats import checklist_json, customer_json
from nextstep.render.checklist_words import checklist_page
from nextstep.render.due_formats import due_json, due_markdown, due_text, due_tsv
from nextstep.render.findings_concise import check_concise
from nextstep.render.findings_github import check_github
from nextstep.render.findings_json import check_json
from nextstep.render.findings_text import check_text
from nextstep.render.list_formats import list_ids, list_json, list_markdown, list_text, list_tsv
from nextstep.render.listing import Origin
from nextstep.render.page import Page, Reading
from nextstep.render.page_html import page_html
from nextstep.render.page_markdown import page_markdown
from nextstep.render.page_text import page_text
from nextstep.render.show_formats import View, show_json, show_page
from nextstep.render.terminal import Screen
from nextstep.render.who_formats import card_json, contacts_json, contacts_tsv
from nextstep.render.who_words import card_page, contacts_page
from nextstep.repo.place import Place
from nextstep.reports.check import check_report
from nextstep.reports.checklist import checklist_of
from nextstep.reports.checklist_customer import customer_page
from nextstep.reports.due import Question, due_report
from nextstep.reports.list import KINDS, Wanted, list_report
from nextstep.reports.processes import processes_report
from nextstep.reports.show import Subject
from nextstep.reports.show_commitment import commitment_view
from nextstep.reports.show_plan import plan_view
from nextstep.reports.show_process import process_view
from nextstep.reports.show_run import run_view, step_view
from nextstep.reports.standing import Standing, standing
from nextstep.reports.who import card, contacts
from nextstep.rules.catalogue import judge

NOW = now_on(date(2026, 11, 23), "UTC")
ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ALL = Wanted(states=("all",), kinds=KINDS)


def ledger_of(files: Mapping[str, str | bytes]) -> Ledger:
    """Return the ledger of these files, by path."""
    sources = (
        Source(path, text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        for path, text in sorted(files.items())
    )
    return load_ledger(Listing(tuple(sources), ()), root="acme")


def outputs(ledger: Ledger, now: Now = NOW, screen: Screen | None = None) -> dict[str, str]:
    """Return what every command prints about a ledger, by the command and its format."""
    return dict(_outputs(ledger, now, screen or Screen(width=60)))


def acting_in(name: str, shown: str) -> set[str]:
    """Return the characters of an output that act or hide, other than our own breaks and tabs."""
    kept = {"\n", "\t"} if name.endswith("tsv") else {"\n"}
    return {
        char
        for at, char in enumerate(shown)
        if unicodedata.category(char) in ACTING
        and char not in kept
        and not (char == "\u200d" and unicodedata.category(shown[at + 1]) == "So")
    }


def _outputs(ledger: Ledger, now: Now, screen: Screen) -> Iterator[tuple[str, str]]:
    states = standing(ledger, now)
    origin = Origin(ledger.root, None)
    due = due_report(states, Question(everything=True))
    yield "due text", due_text(due, origin, screen)
    yield "due tsv", due_tsv(due, header=True)
    yield "due json", due_json(due, None)
    yield "due markdown", due_markdown(due, origin)
    for name, found in (
        ("list", list_report(states, _ALL)),
        ("processes", processes_report(states, Wanted())),
    ):
        yield f"{name} text", list_text(found, origin, screen)
        yield f"{name} tsv", list_tsv(found, header=True)
        yield f"{name} json", list_json(found, None)
        yield f"{name} markdown", list_markdown(found, origin)
        yield f"{name} ids", list_ids(found)
    checked = check_report(ledger, now, judge(ledger, now))
    yield "check text", check_text(checked, screen)
    yield "check concise", check_concise(checked)
    yield "check github", check_github(checked)
    yield "check json", check_json(checked, None)
    yield from _pages(states, screen)


def _pages(states: Standing, screen: Screen) -> Iterator[tuple[str, str]]:
    ledger = states.ledger
    reading = reading_of(
        Session(
            ledger=ledger,
            now=states.now,
            place=Place(root="/acme"),
            me=None,
            commit=None,
            repository=None,
            no_git="",
        )
    )
    for name, view in _views(states):
        yield f"{name} json", show_json(view, reading)
        yield from _page(name, show_page(view, reading), screen)
    yield from _checklists(states, reading, screen)
    everyone = contacts(states)
    yield "who tsv", contacts_tsv(everyone, reading, header=True)
    yield "who json", contacts_json(everyone, reading)
    yield from _page("who", contacts_page(everyone, reading), screen)
    settings, processes = ledger.settings, ledger.processes
    for kind, names in (
        *(("person", tuple(settings.people)), ("role", tuple(settings.roles))),
        ("process", tuple(processes)),
    ):
        for at, name in enumerate(names):
            try:
                one = card(states, name)
            except NextstepError as refused:
                yield f"who {kind} {at} refused", _complaint(refused)
                continue
            yield f"who {kind} {at} json", card_json(one, reading)
            yield from _page(f"who {kind} {at}", card_page(one, reading), screen)


def _checklists(states: Standing, reading: Reading, screen: Screen) -> Iterator[tuple[str, str]]:
    ledger = states.ledger
    subjects = [
        *(Subject("commitment", name) for name in ledger.commitments),
        *(Subject("process", name) for name in ledger.processes),
        *(Subject("run", name) for name in ledger.runs),
        *(Subject("run", name, step.id) for name, run in ledger.runs.items() for step in run.steps),
    ]
    for at, meant in enumerate(subjects):
        name = f"checklist {meant.kind} {at}"
        found = checklist_of(states, meant, sizes=lambda _: None)
        yield f"{name} json", checklist_json(found, reading)
        yield from _page(name, checklist_page(found, reading), screen)
        if meant.kind != "commitment" and meant.step is None:
            view = customer_page(states, meant)
            yield f"{name} customer json", customer_json(view, reading)
            yield from _page(f"{name} customer", customer_words(view, reading), screen)


def _page(name: str, page: Page, screen: Screen) -> Iterator[tuple[str, str]]:
    yield f"{name} text", page_text(page, screen)
    yield f"{name} markdown", page_markdown(page)
    yield f"{name} html", page_html(page)


def _views(states: Standing) -> Iterator[tuple[str, View]]:
    ledger = states.ledger
    plans = {record.part_of for record in ledger.commitments.values() if record.part_of}
    for at, name in enumerate(ledger.commitments):
        yield f"commitment {at}", commitment_view(states, name)
    for at, name in enumerate(ledger.processes):
        yield f"process {at}", process_view(states, name)
    for at, (name, run) in enumerate(ledger.runs.items()):
        yield f"run {at}", run_view(states, name)
        for number, step in enumerate(run.steps):
            yield f"run {at} step {number}", step_view(states, name, step.id)
    for at, plan in enumerate(sorted(plans)):
        yield f"plan {at}", plan_view(states, plan)


def _complaint(error: NextstepError) -> str:
    from nextstep.render.safe_text import safe_text

    return f"{safe_text(error.message)}\n{safe_text(error.hint)}\n"
