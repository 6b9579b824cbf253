"""However large or nasty a file is, it is read, judged and shown in good time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from nextstep.dates.now import now_on
from nextstep.files.disk import Listing
from nextstep.files.ledger import load_ledger
from nextstep.files.syntax_limits import MAX_BYTES
from nextstep.model.source import Source
from nextstep.render.due_formats import due_json, due_text
from nextstep.render.findings_json import check_json
from nextstep.render.findings_text import check_text
from nextstep.render.listing import Origin
from nextstep.render.terminal import Screen
from nextstep.reports.check import check_report
from nextstep.reports.due import Question, due_report
from nextstep.reports.standing import standing
from nextstep.rules.catalogue import judge
from tests.timing import cost_of

NOW = now_on(date(2026, 11, 23), "UTC")
PLACE = "commitments/2026/11/offer-k3f9.yaml"
HEAD = "what: Send the offer\nwho: dev\noutcome: They decide\ndue: 2026-11-27\n"
RUN = "title: A long run\nowner: dev\nstarted: 2026-11-09\nsteps:\n"
PROCESS = (
    "title: A long process\nowner: dev\ncustomer: {who: buyers, kind: external}\n"
    "provides: A page\norder: given\nroles: [writer]\nsteps:\n"
)
MOST_FOR_ONE = 12
"""A nasty file may take as long as so many readings of an ordinary large one, about a second."""


def lines(head: str, piece: Callable[[int], str], most: int = MAX_BYTES) -> str:
    """Return a file of as many pieces as are asked for and may be read."""
    room, made = MAX_BYTES - len(head.encode()), []
    for number in range(most):
        text = piece(number)
        room -= len(text.encode())
        if room < 0:
            break
        made.append(text)
    return head + "".join(made)


def moment(number: int) -> str:
    """Return a moment of the year, each some minutes after the one before."""
    return f"{datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=7 * number):%Y-%m-%dT%H:%MZ}"


def event(number: int, words: str) -> str:
    return f"  - {{at: {moment(number)}, by: dev, event: {words}}}\n"


def step(number: int, after: str) -> str:
    rule = f"1bd after s{number - 1}.due" if number else "1bd after start"
    return f"  - {{id: s{number}, do: It, who: dev, {after}rule: {rule}, due: 2026-11-20}}\n"


def chain(count: int, first: str = "") -> str:
    """Return a run of steps, each after the one before."""
    return lines(RUN, lambda n: step(n, f"after: [s{n - 1}], " if n else first), count)


def judge_and_show(path: str, text: str) -> None:
    """Read, judge and show a ledger of one file in several formats."""
    assert len(text.encode()) <= MAX_BYTES
    ledger = load_ledger(Listing((Source(path, text.encode()),), ()), root="acme")
    checked = check_report(ledger, NOW, judge(ledger, NOW))
    listed = due_report(standing(ledger, NOW), Question(everything=True))
    for shown in (
        check_text(checked, Screen()),
        check_json(checked, None),
        due_text(listed, Origin("acme", None), Screen()),
        due_json(listed, None),
    ):
        assert len(shown) < 16 * MAX_BYTES


def seconds(path: str, text: str, most: float = 0.0) -> float:
    """Return how long that takes, measured no more often than until it is less than ``most``."""
    return cost_of(lambda: judge_and_show(path, text), enough=most).seconds


@pytest.fixture(scope="module")
def ordinary() -> float:
    """The seconds for a long, faultless log: the measure of this machine."""
    text = lines(HEAD + "log:\n", lambda n: event(n, "noted, text: x"), 2000)
    return seconds(PLACE, text)


NASTY = {
    "nothing but unknown fields": lines(HEAD, lambda n: f"outcom{n}: x\n", 9900),
    "an unknown field of 200,000 letters": f"{HEAD}? {'k' * 200_000}\n: x\n",
    "events without anything in them": lines(HEAD + "log:\n", lambda _: "  - {}\n", 18_000),
    "events that are words": lines(HEAD + "log:\n", lambda _: "  - x\n", 18_000),
    "unknown events": lines(HEAD + "log:\n", lambda n: event(n, f"notd{n}, text: x"), 1900),
    "every event undone": lines(
        HEAD + "log:\n", lambda n: event(n, f"undone, of: {moment(n - 1)}"), 1900
    ),
    "2,000 events at one moment": lines(
        HEAD + "log:\n",
        lambda n: f"  - {{at: 2026-11-01T10:00Z, by: dev, event: noted, text: x{n}}}\n",
        2000,
    ),
    "a date moved 1,500 times": lines(
        HEAD + "log:\n",
        lambda n: event(n, f"moved, from: 2026-11-{n % 28 + 1:02}, to: 2026-11-27, why: x"),
        1500,
    ),
    "with 19,000 people": lines(HEAD + "with:\n", lambda n: f"- p{n}\n", 19_000),
    "a comment on each of 6,000 lines": lines(
        HEAD + "with:\n", lambda n: f"- p{n} # nextstep: ignore[NS2{n % 100:02}]\n", 6000
    ),
    "500 steps in a row": chain(500),
    "1,000 steps in a row": chain(1000),
    "500 steps in a circle": chain(500, "after: [s499], "),
    "500 steps, each after eight": lines(
        RUN,
        lambda n: step(n, f"after: [{', '.join(f's{m}' for m in range(max(0, n - 8), n))}], "),
        500,
    ),
    "500 steps, all finished": chain(500)
    + "log:\n"
    + "".join(event(45_000 + n, f"done, step: s{n}") for n in range(500)),
    "200 parts": lines(
        RUN,
        lambda n: f"  - {{id: collect/p{n}, do: Write, who: dev, due: 2026-11-16, rule: start}}\n",
        200,
    )
    + "  - {id: read, do: Read, who: dev, after: [collect], rule: 1bd after collect}\n",
    "twelve levels, again and again": lines(HEAD, lambda n: f"k{n}: {'[' * 10}{']' * 10}\n", 1600),
    "a text of tabs": HEAD + "\t\n" * 100_000,
    "a text of colons": "what: " + "a: " * 80_000,
    "a text in 40,000 lines": f'{HEAD}source: "{"x" * 3}{chr(92)}\n{"  x" * 60_000}"\n',
    "a quote that never ends": f'{HEAD}source: "' + "abc\n " * 50_000,
    "a conflict on every line": lines("", lambda _: "<<<<<<< x\na: b\n=======\na: c\n>>>>>>> y\n"),
    "ten thousand marks on a letter": f"what: a{chr(0x301) * 10_000}\n",
    "keys that are equal": lines("", lambda _: "who: a\n", 9900),
    "keys that are equal but for case": lines("", lambda n: f"{'kK'[n % 2]}{n // 2}: a\n", 9900),
    "ends of lines of every kind": HEAD + "#x\r\n#y\n#z\r" * 20_000,
    "a rhythm of 30,000 days": f'{HEAD}repeat: "every {"monday, " * 30_000}"\n',
    "a rule of 60,000 days": f'{HEAD}repeat: "FREQ=YEARLY;BYDAY={"MO," * 60_000}MO"\n',
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_a_nasty_file_is_told_in_good_time(text: str, ordinary: float) -> None:
    most = MOST_FOR_ONE * ordinary
    assert seconds(PLACE, text, most) < most


@pytest.mark.parametrize(
    "step",
    [
        "{id: s%d, do: x, who: writer, due: 1bd after start, done_when: y}",
        "{id: s%d, do: x}",
        "{id: s%d, do: x, who: writer, due: none, done_when: y, each: [a, b, c, d]}",
    ],
)
def test_a_process_of_a_thousand_steps_is_told_in_good_time(step: str, ordinary: float) -> None:
    text = lines(PROCESS, lambda number: f"  - {step % number}\n", 1000)
    most = MOST_FOR_ONE * ordinary
    assert seconds("processes/long.yaml", text, most) < most


LONG = {
    "due": "what: x\ndue: " + "9" * 200_000,
    "repeat": "what: x\nrepeat: " + "daily " * 40_000,
    "who": "what: x\nwho: " + "k" * 200_000,
    "rule": RUN + "  - {id: a, do: b, who: c, rule: " + "earlier of a or " * 16_000 + "a}\n",
    "condition": RUN + '  - {id: a, do: b, who: c, when: "' + "(" * 100_000 + '"}\n',
    "negation": RUN + "  - {id: a, do: b, who: c, when: " + "not " * 60_000 + "a}\n",
    "length": RUN + "  - {id: a, do: b, who: c, rule: " + "9" * 100_000 + "bd after start}\n",
    "word": HEAD + "log:\n  - {at: 2026-11-01T10:00Z, by: dev, event: " + "x" * 200_000 + "}\n",
    "id": RUN + "  - {id: " + "x" * 200_000 + ", do: b, who: c, rule: none}\n",
    "zone": "timezone: " + "x" * 200_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_what_is_said_about_a_long_text_is_short(text: str, ordinary: float) -> None:
    path = "nextstep.yaml" if text.startswith("timezone") else PLACE

    def work() -> None:
        ledger = load_ledger(Listing((Source(path, text.encode()),), ()), root="acme")
        findings = judge(ledger, NOW).findings
        assert findings
        assert all(len(found.message) + len(found.hint) < 1000 for found in findings)

    most = MOST_FOR_ONE * ordinary
    assert cost_of(work, enough=most).seconds < most


def test_of_very_many_findings_in_a_file_the_first_are_told_and_the_rest_counted() -> None:
    text = lines(HEAD, lambda number: f"k{number}: x\n", 1200)
    ledger = load_ledger(Listing((Source(PLACE, text.encode()),), ()), root="acme")
    assert len(ledger.findings) == 500
    assert ledger.findings[-1].message.endswith("; 700 more findings in this file are not shown")
    assert ledger.faulty == (PLACE,)


def test_a_file_with_very_many_warnings_is_faulty_for_one_error() -> None:
    text = lines(HEAD + "log:\n", lambda n: event(n, "agreed, how: "), 600) + "outcom: x\n"
    ledger = load_ledger(Listing((Source(PLACE, text.encode()),), ()), root="acme")
    assert {found.severity.value for found in ledger.findings} == {"warning"}
    assert ledger.faulty == (PLACE,)


MANY = {
    "commitments after nothing": "after: [nothing-{0}-of-{1}]\n",
    "commitments after each other": "after: [thing-{2}]\n",
    "commitments of nobody": "partner: nobody-{0}-of-{1}\n",
    "commitments of no process": "part_of: proces-{0}-of-{1}.step\n",
}


@pytest.mark.parametrize("more", MANY.values(), ids=MANY.keys())
def test_twice_as_many_files_take_about_twice_as_long(more: str) -> None:
    """Three times at the most, plus what chance adds: four times would be a square."""

    def cost(count: int, enough: float) -> float:
        people = "people:\n  dev: {}\n" + "".join(f"  person-{n}: {{}}\n" for n in range(count))
        sources = [Source("nextstep.yaml", people.encode())]
        for number in range(count):
            text = HEAD + more.format(number, count, (number + 1) % count)
            sources.append(Source(f"commitments/thing-{number}.yaml", text.encode()))
        ledger = load_ledger(Listing(tuple(sources), ()), root="acme")

        def work() -> None:
            judge(ledger, NOW)
            due_report(standing(ledger, NOW), Question(everything=True))

        return cost_of(work, enough=enough).seconds

    most = 3 * cost(400, enough=60) + 0.1
    assert cost(800, enough=most) < most
