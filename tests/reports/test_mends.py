"""What `check --fix` mends: what can mean one thing alone, and not a byte beside it."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from nextstep.dates.now import now_on
from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Replacement, Span
from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.files.mending import mended
from nextstep.model.source import Source
from nextstep.reports.mends import MendReport, mend_report
from nextstep.rules.catalogue import ALL_RULES, Verdict, judge
from tests.rules.ledgers import TODAY

EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "80")) // 10
ROOT = Path(__file__).resolve().parents[2]
OFFER = "commitments/2026/11/offer-k3f9.yaml"
RUN = "commitments/2026/11/move-office.yaml"
PROCESS = "processes/offers.yaml"
PEOPLE = "people:\n  dev: {name: Dev Rao, emails: [dev@acme.example]}\n  mia: {name: Mia Lund}\n"


def loaded(files: dict[str, bytes]) -> Ledger:
    sources = tuple(Source(path, data) for path, data in files.items())
    return load_ledger(Listing(sources, ()), root="acme", timezone="UTC")


def judged(ledger: Ledger, today: date = TODAY) -> Verdict:
    return judge(ledger, now_on(today, "UTC"))


def everything(ledger: Ledger, verdict: Verdict) -> tuple[Diagnostic, ...]:
    del ledger
    return verdict.findings


def fixed(ledger: Ledger, today: date = TODAY) -> MendReport:
    return mend_report(
        ledger, judged(ledger, today), lambda other: judged(other, today), everything
    )


def after(text: str | bytes, path: str = OFFER, **beside: str) -> str:
    """Return what becomes of a file; ``beside`` are other files by their last names."""
    files = {"nextstep.yaml": "", "run": RUN, "process": PROCESS, "other": OTHER}
    ledger = loaded(
        {path: text if isinstance(text, bytes) else text.encode()}
        | {files.get(name, name) or "nextstep.yaml": data.encode() for name, data in beside.items()}
    )
    return fixed(ledger).after.ledger.sources[path].data.decode()


OTHER = "commitments/2026/11/prices-7qhd.yaml"
GOOD = "what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: 2026-11-27\n"


class Case(Struct, frozen=True):
    """A mend in one line of a commitment: the line as it was, and as it is after."""

    before: str
    after: str
    people: bool = False


_EVENT = "log:\n  - {{at: {}, by: dev, event: {}}}\n"
CASES = {
    "a day with one digit": Case("due: 2026-2-3", "due: 2026-02-03"),
    "a day with slashes": Case("due: 2026/12/01", "due: 2026-12-01"),
    "a day without signs": Case("due: 20261201", "due: 2026-12-01"),
    "a day that ends with its year": Case("due: 27.11.2026", "due: 2026-11-27"),
    "a day with the name of its month": Case("due: 27 Nov 2026", "due: 2026-11-27"),
    "a day as people speak": Case("due: November 27th, 2026", "due: 2026-11-27"),
    "a day of a week": Case("due: 2026-W48-5", "due: 2026-11-27"),
    "a day in quotes": Case('due: "2026/12/01"', 'due: "2026-12-01"'),
    "an instant with a space": Case("due: 2026-11-27 9:00", "due: 2026-11-27T09:00"),
    "a word in capitals": Case("due: ASAP", "due: asap"),
    "a field with a letter too few": Case("outcom: She can decide", "outcome: She can decide"),
    "a field in capitals": Case("Outcome: She can decide", "outcome: She can decide"),
    "a field with another sign": Case("part-of: globex", "part_of: globex"),
    "a person by name": Case("who: Mia Lund", "who: mia", people=True),
    "a person by address": Case("who: dev@acme.example", "who: dev", people=True),
    "a person in capitals": Case("who: Dev", "who: dev", people=True),
    "a person with a sign": Case('who: "@dev"', 'who: "dev"', people=True),
    "people in one text": Case("with: dev, mia", "with: [dev, mia]", people=True),
    "a name with an unquoted sign": Case("who: @dev  # his", "who: dev  # his"),
    "names with unquoted signs": Case("with: [@dev, @mia]", "with: [dev, mia]"),
    "a text with an unquoted sign": Case("source: @acme talk", 'source: "@acme talk"'),
    "a text with a percent sign": Case("source: %5 of it", 'source: "%5 of it"'),
    "a text with a colon": Case(
        "source: Call: the offer  # old", 'source: "Call: the offer"  # old'
    ),
    "a colon without a space": Case("source:Call", "source: Call"),
    "a colon with a hard space": Case("source:\u00a0Call", "source: Call"),
    "an ignore that finds nothing": Case("source: Call  # nextstep: ignore[NS401]", "source: Call"),
    "an ignore alone on its line": Case("# nextstep: ignore[NS401]\nsource: Call", "source: Call"),
    "one of two ignores": Case(
        "due: 2026-02-30  # nextstep: ignore[NS401, NS301]",
        "due: 2026-02-30  # nextstep: ignore[NS301]",
    ),
    "the other of two ignores": Case(
        "due: 2026-02-30  # nextstep: ignore[NS301, NS401]",
        "due: 2026-02-30  # nextstep: ignore[NS301]",
    ),
    "a rule with another spelling": Case(
        "due: 2026-02-30  # nextstep: ignore[date-that-is-no-dya]",
        "due: 2026-02-30  # nextstep: ignore[date-that-is-no-day]",
    ),
    "an event with another spelling": Case(
        _EVENT.format("2026-11-20T09:00Z", "nted, text: x"),
        _EVENT.format("2026-11-20T09:00Z", "noted, text: x"),
    ),
    "a moment with a space": Case(
        _EVENT.format("2026-11-20 09:00Z", "asked"), _EVENT.format("2026-11-20T09:00Z", "asked")
    ),
    "a word of a list": Case(
        _EVENT.format(
            "2026-11-20T09:00Z", "closed, result: Kept, outcome: x, nothing_further: done"
        ),
        _EVENT.format(
            "2026-11-20T09:00Z", "closed, result: kept, outcome: x, nothing_further: done"
        ),
    ),
    "a mark that is left over": Case("source: Ca\ufeffll", "source: Call"),
}


def with_line(line: str) -> str:
    """Return a commitment with this line, in the place of the one for the same field."""
    name = line.lstrip("# ").partition(":")[0].casefold().replace("-", "_")
    kept = [one for one in GOOD.splitlines() if not one.startswith(name[:6])]
    head, tail = kept[:1], kept[1:]
    return "\n".join([*head, *tail, *line.rstrip("\n").split("\n")]) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_what_can_mean_one_thing_alone_is_mended(name: str) -> None:
    case = CASES[name]
    beside = {"nextstep.yaml": PEOPLE} if case.people else {}
    assert after(with_line(case.before), **beside) == with_line(case.before).replace(
        case.before.rstrip("\n"), case.after.rstrip("\n")
    )


LEFT = {
    "a day with two readings": "due: 1/12/2026",
    "a day that is none": "due: 2026-02-30",
    "a month": "due: 2026-12",
    "a word for a day": "due: friday",
    "a length where a day belongs": "due: 3 days",
    "a field that people say otherwise": "deadline: 2026-11-27",
    "a field with two near ones": "wht: x",
    "a comment or a text": "source: ticket #12",
    "two fields on one line": "source: Call due: 2026-12-01",
    "a text that goes on below": "source: @acme talk\n  about it",
    "a text with a colon that goes on below": "source: Call: the\n  offer",
    "an ignore with its reason": "source: Call  # nextstep: ignore[NS401] because",
    "a quote that is not closed": 'source: "Call',
    "what turns the text": "source: a\u202eb",
    "what hides in the text": "source: a\u200bb",
    "a moment without a zone": _EVENT.format("2026-11-20 09:00", "asked"),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_could_mean_something_else_is_left(name: str) -> None:
    text = with_line(LEFT[name])
    assert judged(loaded({OFFER: text.encode()})).findings
    assert after(text) == text


@pytest.mark.parametrize("who", ["dov", "mai", "de", "eva"])
def test_nobody_is_guessed_from_a_name_that_is_only_like_theirs(who: str) -> None:
    text = GOOD.replace("who: dev", f"who: {who}")
    assert after(text, **{"nextstep.yaml": PEOPLE}) == text


def test_a_field_that_is_there_already_is_not_written_twice() -> None:
    text = GOOD + "outcom: They agree\n"
    assert after(text) == text


class TestNames:
    """References within a ledger."""

    def test_a_commitment_is_known_by_its_four_characters(self) -> None:
        text = GOOD + "after: [price-list-7qhd]  # first\n"
        assert after(text, other=GOOD) == text.replace("price-list-7qhd", "prices-7qhd")

    def test_four_characters_of_two_are_not_enough(self) -> None:
        text = GOOD + "after: [price-list-7qhd]\n"
        beside = {"other": GOOD, "commitments/2026/11/fees-7qhd.yaml": GOOD}
        assert after(text, **beside) == text

    @pytest.mark.parametrize(
        ("written", "meant"), [("wirte", "write"), ("wriite", "write"), ("Write", "write")]
    )
    def test_a_step_with_a_slip_of_the_pen(self, written: str, meant: str) -> None:
        text = RUN_TEXT.replace("after: [write]", f"after: [{written}]")
        assert after(text, RUN) == text.replace(f"[{written}]", f"[{meant}]")

    @pytest.mark.parametrize("written", ["writes", "whites", "wrote", "write-2"])
    def test_a_step_that_may_be_another(self, written: str) -> None:
        text = RUN_TEXT.replace("after: [write]", f"after: [{written}]")
        assert after(text, RUN) == text

    def test_an_anchor_within_a_time_frame(self) -> None:
        text = RUN_TEXT.replace("rule: 5bd before meeting_date", "rule: 5bd before meetingdate")
        assert after(text, RUN) == RUN_TEXT

    def test_a_length_within_a_time_frame(self) -> None:
        text = RUN_TEXT.replace("rule: 5bd before", "rule: 5 working days before")
        assert after(text, RUN) == RUN_TEXT

    def test_a_date_within_a_time_frame_is_not_taken_for_the_whole(self) -> None:
        text = RUN_TEXT.replace("5bd before meeting_date", "5bd before 2026/12/15")
        assert after(text, RUN) == text

    def test_a_role_of_a_process(self) -> None:
        text = PROCESS_TEXT.replace("who: seller", "who: selller")
        assert after(text, PROCESS) == PROCESS_TEXT

    def test_yes_in_the_place_of_true(self) -> None:
        text = PROCESS_TEXT.replace("optional: true", "optional: Yes")
        assert after(text, PROCESS) == PROCESS_TEXT

    def test_a_rule_in_the_settings(self) -> None:
        settings = "rules: {no-outcom: error}\n"
        assert after(settings, "nextstep.yaml") == "rules: {no-outcome: error}\n"


RUN_TEXT = """\
title: Talk with Globex about their year
owner: dev
started: 2026-11-16
inputs: {meeting_date: 2026-12-15}
steps:
  - id: write
    do: Write down what was promised
    who: dev
    rule: 5bd before meeting_date  # enough to read it
    due: 2026-12-08
  - {id: talk, do: Talk with them, who: dev, after: [write], rule: meeting_date, due: 2026-12-15}
"""
PROCESS_TEXT = """\
title: Offers
owner: ana
deputy: max
customer: {who: the sales team, kind: internal}
provides: An offer that a buyer can decide on
roles: [seller]
steps:
  - {id: write, do: Write the offer, who: seller, due: 2bd after start, done_when: It is there}
  - {id: call, do: Call them, who: seller, due: 1bd after write, done_when: Told, optional: true}
"""


@pytest.mark.parametrize("line", ["    due: 2026-12-08\n", ", due: 2026-12-15"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_date_that_is_known_is_written(line: str, end: str) -> None:
    whole = RUN_TEXT.replace("\n", end)
    text = RUN_TEXT.replace(line, "").replace("\n", end)
    assert after(text, RUN) == whole


class TestWholeFiles:
    """Line ends and indentation."""

    @pytest.mark.parametrize(
        ("before", "then"),
        [
            ("a\r\nb\nc\n", "a\nb\nc\n"),
            ("a\r\nb\r\nc\n", "a\r\nb\r\nc\r\n"),
            ("a\rb\rc\r", "a\nb\nc\n"),
            ("a\r\nb\r\nc\r", "a\r\nb\r\nc\r\n"),
            ("a\r\nb\nc", "a\nb\nc"),
        ],
    )
    def test_lines_end_alike(self, before: str, then: str) -> None:
        lines = {"a": "what: x", "b": "outcome: y", "c": "due: 2026-11-27"}

        def filled(text: str) -> str:
            return "".join(lines.get(char, char) for char in text)

        assert after(filled(before).encode()) == filled(then)

    def test_tabs_become_spaces_where_all_are_tabs(self) -> None:
        text = RUN_TEXT.replace("  - {id: talk", "- {id: talk").replace("    ", "\t\t")
        tabbed = RUN_TEXT.replace("    ", "\t  ").replace("  - ", "\t- ")
        assert after(tabbed, RUN) == RUN_TEXT
        assert after(text, RUN) == text  # beside tabs, lines begin with spaces

    @pytest.mark.parametrize(
        "text",
        [
            "\twhat: x\n\toutcome: y\ndue: 2026-11-27\n",
            "what: x\n\toutcome: y\ndue: 2026-11-27\n",
            "title: x\nsteps:\n\t\t- id: a\n\t- id: b\n",
        ],
    )
    def test_tabs_are_left_where_the_lines_would_not_fit_each_other(self, text: str) -> None:
        (finding, *_) = loaded({OFFER: text.encode()}).findings
        assert (finding.code, finding.mend) == ("NS022", None)
        assert after(text) == text

    def test_tabs_within_a_text_of_several_lines_are_left(self) -> None:
        text = "what: x\noutcome: |\n\ty\n\t\tz\ndue: 2026-11-27\n"
        assert after(text) == text

    def test_the_byte_order_mark_stays(self) -> None:
        text = b"\xef\xbb\xbf" + GOOD.replace("2026-11-27", "2026/11/27").encode()
        assert after(text) == "\ufeff" + GOOD


class TestWhatIsReported:
    """Done, left, and why."""

    def test_several_mends_of_a_file_are_made_and_counted(self) -> None:
        text = "what: Call: them\nwho: @dev\noutcom: They know\ndue:27 Nov 2026\n"
        report = fixed(loaded({OFFER: text.encode()}))
        assert [one.code for one in report.done] == ["NS026", "NS025", "NS101", "NS032", "NS302"]
        assert report.kept == ()
        assert report.after.verdict.findings == ()
        assert (
            report.files[OFFER][1].data
            == b"""\
what: "Call: them"
who: dev
outcome: They know
due: 2026-11-27
"""
        )

    def test_a_mend_that_leads_to_another_error_is_left_out_and_said(self) -> None:
        text = GOOD.replace("who: dev", "who: @eva")
        report = fixed(loaded({OFFER: text.encode(), "nextstep.yaml": PEOPLE.encode()}))
        assert (report.files, report.done) == ({}, ())
        assert [one.code for one in report.kept] == ["NS025"]

    def test_a_mend_that_leads_to_a_warning_in_a_good_file_is_left_out(self) -> None:
        text = RUN_TEXT.replace("rule: meeting_date, due: 2026-12-15", "rule: 3d after start")
        report = fixed(loaded({RUN: text.encode()}))
        assert report.files == {}
        assert [one.code for one in report.kept] == ["NS314"]

    def test_one_that_cannot_be_mended_keeps_no_other_back(self) -> None:
        files = {
            f"commitments/c{number}.yaml": GOOD.replace("2026-11-27", "2026/11/27").encode()
            for number in range(20)
        }
        files["commitments/bad.yaml"] = GOOD.replace("who: dev", "who: @eva").encode()
        files["nextstep.yaml"] = PEOPLE.encode()
        report = fixed(loaded(files))
        assert len(report.files) == len(report.done) == 20
        assert [one.path for one in report.kept] == ["commitments/bad.yaml"]

    def test_what_a_fault_hid_comes_to_light(self) -> None:
        text = "what: Call: them\nwho: dev\ndue: 2026-11-27\n"
        report = fixed(loaded({OFFER: text.encode()}))
        assert [one.code for one in report.done] == ["NS026"]
        assert [one.code for one in report.after.verdict.findings] == ["NS401"]

    def test_what_is_ignored_is_not_mended(self) -> None:
        text = GOOD.replace("due: 2026-11-27", "due: 27 Nov 2026  # nextstep: ignore[NS302]")
        assert after(text) == text

    def test_only_what_is_chosen_is_mended(self) -> None:
        files = {path: GOOD.replace("2026-11-27", "2026/11/27").encode() for path in (OFFER, OTHER)}
        ledger = loaded(files)
        report = mend_report(
            ledger,
            judged(ledger),
            judged,
            lambda _, verdict: [one for one in verdict.findings if one.path == OTHER],
        )
        assert list(report.files) == [OTHER]
        assert [one.path for one in report.after.verdict.findings] == [OFFER]


ARROW = "\u2192"


SIGNS = ("a", "b", "\u00e9", "\U0001f389", " ", "\n", "\r", "\r\n")


@given(st.lists(st.sampled_from(SIGNS), max_size=30), st.data())
def test_a_mend_changes_its_pieces_and_nothing_else(signs: list[str], data: st.DataObject) -> None:
    """Whatever the line ends: a span is found where the reader counts it, and says where it went."""
    text = "".join(signs)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number = data.draw(st.integers(1, len(lines)))
    start = data.draw(st.integers(1, len(lines[number - 1]) + 1))
    end = data.draw(st.integers(start, len(lines[number - 1]) + 1))
    span = Span(number, start, number, end)
    for mark in (b"", b"\xef\xbb\xbf"):
        source = Source("a.yaml", mark + text.encode())
        result = mended(source, [Mend("x", (Replacement(span, ARROW),))])
        said = result.source.data.removeprefix(mark).decode()
        new = said.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        line = lines[number - 1]
        assert new[: number - 1] == lines[: number - 1]
        assert new[number - 1] == line[: start - 1] + ARROW + line[end - 1 :]
        assert new[number:] == lines[number:]
        assert said.replace(ARROW, "") in {
            text[:at] + text[at + end - start :] for at in range(len(text) + 1)
        }
        assert result.places == (Span(number, start, number, start + 1),)
        assert result.source.data.startswith(mark)


OWN = read_tree(str(ROOT)).sources
BAD = tuple(
    Source(path, data if isinstance(data, bytes) else data.encode())
    for rule in ALL_RULES
    for path, data in rule.bad.files.items()
    if path.endswith(".yaml")
)
SLIPS = (
    (b"2026-", b"2026/"),
    (b"due: 2026-11-", b"due: 2026/11/"),
    (b"T09:", b" 09:"),
    (b"bd after", b" working days after"),
    (b"outcome:", b"outcom:"),
    (b"handoff:", b"handof:"),
    (b"done_when", b"done-when"),
    (b"event: moved", b"event: movd"),
    (b"who: ", b"who: @"),
    (b"who: ", b"who:"),
    (b"do: ", b"do: Note: "),
    (b"why: ", b"why: @"),
    (b": true", b": yes"),
    (b"kept", b"Kept"),
    (b"\n", b"\r\n"),
    (b"\n", b"\r"),
    (b"\n  ", b"\n\t"),
    (b"after: ", b"aftre: "),
    (b"\n", b"  # nextstep: ignore[NS401]\n"),
    (b"contributor", b"contribtuor"),
    (b"-k3f9", b"s-k3f9"),
)


def with_slips(source: Source, chance: random.Random) -> Source:
    """Return a file with a few slips of the pen, each in one place or in all of them."""
    data = source.data
    for old, new in chance.sample(SLIPS, k=chance.randint(0, 4)):
        count = data.count(old)
        if count and chance.random() < 0.3:
            data = data.replace(old, new)
        elif count:
            parts = data.split(old)
            at = chance.randrange(1, len(parts))
            data = old.join(parts[:at]) + new + old.join(parts[at:])
    return Source(source.path, data)


def kinds(found: tuple[Diagnostic, ...]) -> Counter[tuple[str, str]]:
    return Counter((one.path, one.code) for one in found)


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32), st.dates(date(2026, 9, 1), date(2027, 2, 1)))
def test_after_mending_the_rest_is_as_it_was(seed: int, today: date) -> None:
    chance = random.Random(seed)
    chosen = chance.sample(OWN, k=6) + chance.sample(BAD, k=4)
    sources = {one.path: with_slips(one, chance) for one in chosen}
    ledger = load_ledger(Listing(tuple(sources.values()), ()), root="acme", timezone="UTC")
    report = fixed(ledger, today)
    now = report.after.verdict.findings
    before = judged(ledger, today).findings

    # The files that are reported changed, and no other; a second time nothing is left to do.
    assert set(report.files) == {
        path
        for path, source in ledger.sources.items()
        if source.data != report.after.ledger.sources[path].data
    }
    assert set(report.files) == {one.path for one in report.done}
    again = fixed(report.after.ledger, today)
    assert (again.files, again.done) == ({}, ())

    # A mend leads to no finding; what comes to light was hidden by an error of its file.
    hiding = {path for path in report.files if path in ledger.faulty}
    if not hiding:
        assert not kinds(now) - kinds(before)

    # No file gets worse: what was read in full still is.
    assert set(report.after.ledger.faulty) <= set(ledger.faulty)


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32))
def test_slips_of_the_pen_are_mended_to_what_was_meant(seed: int) -> None:
    """A file of the example ledger with slips that have one reading is byte for byte itself again."""
    chance = random.Random(seed)
    sources = {one.path: one for one in OWN}
    path = chance.choice([one for one in sources if one.startswith("commitments/")])
    text = sources[path].data
    slips = [
        (old, new)
        for old, new in (
            *((day, day.replace(b"-", b"/")) for day in re.findall(rb"\ndue: [0-9-]{10}\n", text)),
            (b"\noutcome: ", b"\noutcom: "),
            (b"\nlog:", b"\nlgo:"),
            (b"event: agreed", b"event: agred"),
            (b"event: accepted", b"event: acepted"),
            (b"\nwhat: ", b"\nwhat:"),
            (b"Z, by", b" Z, by"),
        )
        if old in text
    ]
    old, new = chance.choice(slips)
    wrong = text.replace(old, new, 1)
    ledger = loaded({one.path: one.data for one in OWN} | {path: wrong})
    assert fixed(ledger).after.ledger.sources[path].data == text
