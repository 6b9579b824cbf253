"""A change of a field: what becomes of the line, of its neighbours, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.splice import Append, Change, Edit, Put, Take, Value, changed, spliced
from nextstep.model.source import Source

COMMITMENT = "commitments/2026/11/offer-k3f9.yaml"
SMALL = "what: Send Lena the offer\noutcome: She can decide\ndue: 2026-11-27\n"
MOVED: dict[str, Value] = {
    "event": "moved",
    "why": "Lena is away",
    "to": "2026-11-30",
    "from": "2026-11-27",
    "by": "dev",
    "at": datetime(2026, 11, 25, 9, 2, tzinfo=UTC),
}
MOVED_LINE = (
    "{at: 2026-11-25T09:02:00.000Z, by: dev, event: moved, from: 2026-11-27, to: 2026-11-30, "
    'why: "Lena is away"}'
)


def after(text: str, *changes: Change, path: str = COMMITMENT) -> str:
    return changed(Source(path, text.encode()), changes).decode()


def refused(text: str, change: Change, path: str = COMMITMENT) -> tuple[str, str]:
    with pytest.raises(NextstepError) as caught:
        after(text, change, path=path)
    return caught.value.message, caught.value.hint


def test_moving_a_date_changes_its_line_and_adds_that_of_the_event() -> None:
    moved = after(SMALL, Put(("due",), date(2026, 11, 30)), Append(("log",), MOVED))
    assert moved == SMALL.replace("-27", "-30") + f"\nlog:\n  - {MOVED_LINE}\n"


def test_a_file_keeps_its_line_ends_its_byte_order_mark_and_its_missing_last_end() -> None:
    text = "\ufeff" + SMALL.removesuffix("\n").replace("\n", "\r\n")
    moved = after(text, Append(("log",), MOVED), Append(("log",), MOVED))
    assert moved == f"{text}\r\n\r\nlog:\r\n  - {MOVED_LINE}\r\n  - {MOVED_LINE}"


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("who: dev", "who: mia"),
        ("who:   dev   # since May", "who:   mia   # since May"),
        ('"who" : dev', '"who" : mia'),
        ("who: 'dev'", "who: 'mia'"),
        ('who: "dev"  # x', 'who: "mia"  # x'),
        ("who:", "who: mia"),
        ("who:   # nobody yet", "who: mia   # nobody yet"),
        ("who: ~", "who: mia"),
        ("who:\n  dev", "who:\n  mia"),
        ("who: >-  # folded\n  d\n  e", "who: mia  # folded"),
        ("who: |\n  dev\n\n  # text\n# comment", "who: mia\n# comment"),
        ("who: {a: b}", "who: mia"),
        ("who:\n  - dev\n  - sam", "who: mia"),
    ],
)
def test_a_value_is_replaced_in_whatever_way_it_is_written(line: str, now: str) -> None:
    assert after(f"{line}\nafter: []\n", Put(("who",), "mia")) == f"{now}\nafter: []\n"


@pytest.mark.parametrize(
    ("value", "now"),
    [
        ("plain words, with a comma", "plain words, with a comma"),
        ("no", "no"),
        ("a: b", '"a: b"'),
        ("fix #12", '"fix #12"'),
        ("@lena", '"@lena"'),
        ("two\nlines", '"two\\nlines"'),
        ("~", '"~"'),
        ("C:\\temp", "C:\\temp"),
        ('she said "no"', 'she said "no"'),
        (True, "true"),
        (3, "3"),
        (datetime(2026, 11, 27, 17, 0), "2026-11-27T17:00"),  # noqa: DTZ001 - in the ledger's zone
        (["lena", "x, y"], '[lena, "x, y"]'),
        ({"level": "enforce", "why": "a, b"}, '{level: enforce, why: "a, b"}'),
    ],
)
def test_a_value_is_written_in_the_plainest_way_that_reads_back(value: str, now: str) -> None:
    assert after("what: x\n", Put(("what",), value)) == f"what: {now}\n"


def test_a_text_of_several_lines_stays_one_where_it_was_one() -> None:
    text = "what: x\noutcome: |  # words\n    one\n    two\nwho: dev\n"
    assert after(text, Put(("outcome",), "three\n\nfour")) == (
        "what: x\noutcome: |  # words\n    three\n\n    four\nwho: dev\n"
    )


@pytest.mark.parametrize(
    ("text", "keys", "now"),
    [
        ("what: x\ndue: y\n", ("with",), "what: x\n\nwith: v\n\ndue: y\n"),
        ("what: x\n\nwho: y\noutcome: z\n", ("with",), "what: x\n\nwho: y\nwith: v\noutcome: z\n"),
        ("what: x\n\noutcome: z\n", ("who",), "what: x\n\nwho: v\noutcome: z\n"),
        ("what: x\n\n# c\noutcome: z\n", ("who",), "what: x\n\nwho: v\n# c\noutcome: z\n"),
        ("what: x\n\npartner: z\n", ("due",), "what: x\n\ndue: v\n\npartner: z\n"),
        ("what: x\n  # of what\n# end\n", ("due",), "what: x\n  # of what\n\ndue: v\n# end\n"),
        ("title: x\nsteps: [a]\n", ("inputs", "a"), "title: x\n\ninputs: {a: v}\n\nsteps: [a]\n"),
        ("inputs: {a: b}\nsteps: []\n", ("inputs", "c"), "inputs: {a: b, c: v}\nsteps: []\n"),
        ("inputs: {}\nsteps: []\n", ("inputs", "c: d"), 'inputs: {"c: d": v}\nsteps: []\n'),
        ("people:\n  a: b\nsteps: []\n", ("people", "c/d"), "people:\n  a: b\n  c/d: v\nsteps: []\n"),
        ("steps:\n- id: a\n  rule: r\n", ("steps", 0, "due"), "steps:\n- id: a\n  rule: r\n  due: v\n"),
        ("steps:\n- do: r\n", ("steps", 0, "id"), "steps:\n- id: v\n  do: r\n"),
        ("steps: [{id: a, proof: p}]\n", ("steps", 0, "due"), "steps: [{id: a, due: v, proof: p}]\n"),
        ("steps: []\nstrength: enforce\n", ("strength", "until"), "steps: []\nstrength: {level: enforce, until: v}\n"),
    ],
)  # fmt: skip
def test_a_new_field_stands_where_it_is_declared_and_apart_where_others_change_it(
    text: str, keys: tuple[str | int, ...], now: str
) -> None:
    assert after(text, Put(keys, "v")) == now


@pytest.mark.parametrize(
    ("text", "keys", "now"),
    [
        ("what: x\n\ndue: y  # c\n\nlog: []\n", ("due",), "what: x\n\nlog: []\n"),
        ("what: x\nwith: [a]\n", ("with", 0), "what: x\n"),
        ("what: x\nwith: [a, b, c]\n", ("with", 1), "what: x\nwith: [a, c]\n"),
        ("what: x\nwith: [a, b]\n", ("with", 1), "what: x\nwith: [a]\n"),
        ("what: x\nwith:\n  - a\n  - b  # c\n", ("with", 1), "what: x\nwith:\n  - a\n"),
        ("what: x\n\nlog:\n- {a: b}\n", ("log",), "what: x\n"),
        ("steps:\n  - id: a\n    do: b\n", ("steps", 0, "id"), "steps:\n  - do: b\n"),
        ("inputs: {a: 1, b: 2}\nsteps: []", ("inputs", "a"), "inputs: {b: 2}\nsteps: []"),
        ("what: x\nwho: y", ("who",), "what: x"),
    ],
)
def test_what_is_taken_out_goes_with_its_lines(
    text: str, keys: tuple[str | int, ...], now: str
) -> None:
    assert after(text, Take(keys)) == now


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("", "with: [a]"),
        ("with:", "with: [a]"),
        ("with: []  # c", "with: [a]  # c"),
        ("with: b", "with: [b, a]"),
        ("with: [b]", "with: [b, a]"),
        ("with: [b, ]", "with: [b, a, ]"),
        ("with: [\n  b,  # c\n  ]", "with: [\n  b, a,  # c\n  ]"),
        ("with:\n- b", "with:\n- b\n- a"),
        ("with:\n   - b\n     # of b\n   # of nobody", "with:\n   - b\n     # of b\n   - a\n   # of nobody"),
    ],
)  # fmt: skip
def test_a_list_grows_in_the_way_in_which_it_is_written(before: str, now: str) -> None:
    text, grown = (f"{one}\noutcome: x\n".lstrip("\n") for one in (before, now))
    assert after(text, Append(("with",), "a")) == grown


@pytest.mark.parametrize(
    ("log", "now"),
    [
        ("log:", "log:\n  - {0}"),
        ("log: []  # c", "log:  # c\n  - {0}"),
        ("log:\n- {{a: b}}", "log:\n- {{a: b}}\n- {0}"),
        ("log:\n    - a: b\n      c: |\n        d", "log:\n    - a: b\n      c: |\n        d\n    - {0}"),
        ("log: {{a: b}}", "log:\n  - {{a: b}}\n  - {0}"),
        ("log: [{{a: b}}]", "log: [{{a: b}}, {0}]"),
    ],
)  # fmt: skip
def test_an_event_has_a_line_of_its_own_behind_the_last_one(log: str, now: str) -> None:
    text = f"what: x\n\n{log.format()}\n"
    assert after(text, Append(("log",), MOVED)) == f"what: x\n\n{now.format(MOVED_LINE)}\n"


def test_the_facts_of_an_event_come_first_and_its_free_text_last_in_quotes() -> None:
    said: dict[str, Value] = {
        "learned": "ask first",
        "next": ["a"],
        "result": "kept",
        "event": "closed",
    }
    said |= {"outcome": "sent", "by": "dev", "step": "write", "at": "2026-11-25T09:02Z"}
    assert after("what: x\n", Append(("log",), said)).splitlines()[-1] == (
        "  - {at: 2026-11-25T09:02Z, by: dev, event: closed, step: write, result: kept, "
        'next: [a], outcome: "sent", learned: "ask first"}'
    )


def test_a_value_that_is_there_already_changes_nothing() -> None:
    text = "what: 'x'\nwith: [ a,b ]\n"
    assert after(text, Put(("what",), "x"), Put(("with",), ["a", "b"])) == text


@pytest.mark.parametrize(
    ("text", "change", "why", "instead"),
    [
        ("what: [", Put(("what",), "x"), "cannot be read", "a missing quote, bracket"),
        ("what: x\n", Take(("who",)), "it has no `who`", "look at it again"),
        ("what: x\n", Take(("what",)), "nothing would be left in it", "take out all of it"),
        ("what: x\n", Put(("what", "a"), "y"), "`what` is a text", "write it as a map first"),
        ("with: [a, # c\n  b]\n", Put(("with",), "y"), "a comment stands within", "by hand"),
        ("with: [a, # c\n  b]\n", Take(("with", 0)), "a comment stands within", "by hand"),
        ("log:\n  at: x\n", Append(("log",), MOVED), "`log` is one map", "write `- ` before"),
        ("Who: x\n", Put(("who",), "y"), "the same name, written in two ways", "keep one"),
        ("what: x\n", Put(("who",), "a\x1b[31m"), "U+001B (escape)", "delete it"),
        ("what: x\n", Put(("who",), "y" * 262_144), "at most 262,144 are read", ""),
        ("? what\n", Put(("what",), "y"), "more than the change", "write `what: y` into it by hand"),
        ("a: b\n? what\n", Take(("what",)), "shares its line", "take it out by hand"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_in_place_is_refused_with_what_to_do_by_hand(
    text: str, change: Change, why: str, instead: str
) -> None:
    message, hint = refused(text, change)
    assert why in message
    assert instead in hint


def test_pieces_of_a_text_are_replaced_where_they_stand() -> None:
    source = Source("x.yaml", "\ufeffwhät: a\r\nb: c".encode())
    data = spliced(source, [Edit(13, 13, "d: e\n"), Edit(6, 7, "x\ny"), Edit(13, 13, "f: g\n")])
    assert data.decode() == "\ufeffwhät: x\r\ny\r\nb: c\r\nd: e\r\nf: g"


def test_pieces_that_overlap_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="overlap"):
        spliced(Source("x.yaml", b"abc"), [Edit(0, 2, ""), Edit(1, 3, "")])
