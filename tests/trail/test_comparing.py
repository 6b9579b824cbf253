"""Two versions of a record: what differs, named as in the file."""

from __future__ import annotations

from typing import Any

import pytest

from nextstep.files.load import load
from nextstep.model.commitment import Record
from nextstep.model.source import Source
from nextstep.trail.comparing import Difference, differences, events_between

OFFER = "what: Send Lena the offer\nwho: dev\nwith: [lena]\noutcome: She decides\ndue: 2026-11-20\n"
RUN = """title: Move
owner: ana
inputs: {tier: standard, day: 2026-12-15}
people: {mover: bo, legal: vacant}
steps:
  - {id: pack, do: Pack all, who: bo, role: mover, rule: 5bd before day, due: 2026-12-08}
  - id: carry/books
    do: Carry the books
    who: [bo, cy]
    when: tier == 'large'
    handoff:
      to: ana
      must_include: [the keys, {item: the list, critical: true, check: {file: docs/list.md}}]
"""
PROCESS = """title: Offer
owner: ana
customer: {who: buyers, kind: external}
provides: An offer
review: {every: 6mo, last: 2026-05-20}
steps:
  - {id: write, do: Write it, who: seller, due: 2bd after start, done_when: It is there}
  - {id: send, do: Send it, who: seller, due: 1bd after write, done_when: It is sent}
"""


def _read(text: str, path: str = "commitments/2026/11/a-k3f9.yaml") -> Record:
    loaded = load(Source(path, text.encode()))
    assert loaded.whole, loaded.findings
    record = loaded.record
    assert record is not None
    return record  # type: ignore[return-value] # no settings are read here


@pytest.mark.parametrize(
    ("text", "old", "new", "found"),
    [
        (OFFER, "due: 2026-11-20", "due: asap", ("due", None, "2026-11-20", "asap")),
        (OFFER, "due: 2026-11-20\n", "", ("due", None, "2026-11-20", None)),
        (OFFER, "[lena]", "[lena, mia]", ("with", None, "lena", "lena, mia", (), ("mia",))),
        (OFFER, "who: dev\n", "", ("who", None, "dev", None)),
        (OFFER, "11-20\n", "11-20T17:00\n", ("due", None, "2026-11-20", "2026-11-20T17:00")),
        (RUN, "tier: standard", "tier: large", ("inputs.tier", None, "standard", "large")),
        (RUN, "legal: vacant", "legal: lo", ("people.legal", None, "vacant", "lo")),
        (RUN, "12-08}", "12-09}", ("steps.pack.due", "pack", "2026-12-08", "2026-12-09")),
        (
            RUN,
            "5bd before",
            "4bd before",
            ("steps.pack.rule", "pack", "5bd before day", "4bd before day"),
        ),
        (
            RUN,
            "[bo, cy]",
            "cy",
            ("steps.carry/books.who", "carry/books", "bo, cy", "cy", ("bo",), ()),
        ),
        (
            RUN,
            "'large'",
            "'small'",
            ("steps.carry/books.when", "carry/books", "tier == 'large'", "tier == 'small'"),
        ),
        (
            RUN,
            "[the keys, ",
            "[",
            (
                "steps.carry/books.handoff.must_include",
                "carry/books",
                "the keys, the list",
                "the list",
                ("the keys",),
                (),
            ),
        ),
        (
            PROCESS,
            "kind: external",
            "kind: internal",
            ("customer.kind", None, "external", "internal"),
        ),
        (
            RUN,
            "critical: true, ",
            "",
            ("steps.carry/books.handoff.must_include.critical", "carry/books", "the list", None),
        ),
        (
            RUN,
            "docs/list.md",
            "docs/all.md",
            (
                "steps.carry/books.handoff.must_include.check",
                "carry/books",
                "the list: file docs/list.md",
                "the list: file docs/all.md",
                ("the list: file docs/list.md",),
                ("the list: file docs/all.md",),
            ),
        ),
        (PROCESS, "05-20", "11-20", ("review.last", None, "2026-05-20", "2026-11-20")),
        (
            PROCESS,
            "2bd after start",
            "3bd after start",
            ("steps.write.due", "write", "2bd after start", "3bd after start"),
        ),
    ],
)
def test_a_difference_is_named_as_in_the_file(
    text: str, old: str, new: str, found: tuple[Any, ...]
) -> None:
    assert old in text
    path = "processes/offer.yaml" if text is PROCESS else "commitments/a-k3f9.yaml"
    before, after = _read(text, path), _read(text.replace(old, new, 1), path)
    assert differences(before, after) == (Difference(*found),)
    field, step, was, becomes, *listed = found
    gone, added = listed or ((), ())
    assert differences(after, before) == (Difference(field, step, becomes, was, added, gone),)


def test_a_step_that_came_or_went_is_one_difference() -> None:
    lines = PROCESS.splitlines(keepends=True)
    before, after = (_read("".join(some), "processes/offer.yaml") for some in (lines, lines[:-1]))
    assert differences(before, after) == (Difference("steps.send", "send", "Send it", None),)
    assert differences(after, before) == (Difference("steps.send", "send", None, "Send it"),)


def test_another_order_of_the_steps_is_a_difference() -> None:
    *head, write, send = PROCESS.splitlines(keepends=True)
    before = _read(PROCESS, "processes/offer.yaml")
    after = _read("".join([*head, send, write]), "processes/offer.yaml")
    assert differences(before, after) == (Difference("steps", None, "write, send", "send, write"),)


def test_a_new_record_differs_in_all_that_it_says() -> None:
    found = differences(None, _read(OFFER))
    assert [one.field for one in found] == ["what", "who", "with", "outcome", "due"]
    assert {one.before for one in found} == {None}
    assert [one.after for one in differences(_read(OFFER), None)] == [None] * 5


def test_a_record_that_became_a_run_says_so() -> None:
    found = {one.field: one for one in differences(_read(OFFER), _read(RUN))}
    assert found["kind"] == Difference("kind", None, "commitment", "run")
    assert found["what"].after is None
    assert found["steps.pack"].after == "Pack all"


def test_the_order_of_keys_the_layout_and_the_path_make_no_difference() -> None:
    turned = "due: 2026-11-20\nwho: dev  # me\nwith: lena\n\noutcome: 'She decides'\n"
    after = _read(f"{turned}what: Send Lena the offer\n", "commitments/b.yaml")
    assert differences(_read(OFFER), after) == ()


def test_events_are_the_same_where_they_say_the_same() -> None:
    lines = [
        "  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}\n",
        '  - {at: 2026-11-13T15:10Z, by: dev, event: noted, text: "a, b"}\n',
        "  - {at: 2026-11-14T15:10Z, by: dev, event: asked}\n",
    ]
    spelled = (
        "  - at: 2026-11-12T16:10:00.000+01:00\n    how: 'call'\n    event: agreed\n    by: dev\n"
    )
    before = _read(f"{OFFER}log:\n{lines[0]}{lines[1]}")
    after = _read(f"{OFFER}log:\n{lines[2]}{spelled}")
    added, removed = events_between(before, after)
    assert [one.event for one in added] == ["asked"]
    assert [one.event for one in removed] == ["noted"]
    assert events_between(None, before) == (before.log, ())
    assert events_between(before, before) == ((), ())
