"""Names that mean nobody, nothing, or two things are found where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from tests.rules.ledgers import codes, findings

PEOPLE = "people:\n  dev: {name: Dev}\n  mia: {name: Mia, team: success}\n"
OFFER = "what: Send the offer\noutcome: They decide\ndue: 2026-11-27\n"
PLACE = "commitments/2026/11/offer-k3f9.yaml"
PROCESS = "processes/review.yaml"
RUN = "commitments/2026/11/review-globex.yaml"

HEAD = """\
title: Review
owner: dev
customer: {who: reader, kind: internal}
provides: A page to decide on
inputs: [tier, meeting_date]
roles: [writer, reader]
order: free
steps:
"""
WRITE = "  - {id: write, do: Write, who: writer, due: 2bd after start, done_when: There}\n"


class Case(Struct, frozen=True):
    """A ledger, and the one finding in it: code, line and a part of its message or hint."""

    files: dict[str, str]
    code: str
    line: int
    says: str


def commitment(more: str, **files: str) -> dict[str, str]:
    return {"nextstep.yaml": PEOPLE, PLACE: OFFER + more, **files}


def process(steps: str, head: str = HEAD) -> dict[str, str]:
    return {PROCESS: head + steps}


def run(text: str) -> dict[str, str]:
    return {RUN: "title: Review for Globex\nowner: dev\nstarted: 2026-11-23\n" + text}


STEP = "  - {id: write, do: Write, who: dev, rule: 2bd after start, due: 2026-11-25}\n"
LATER = "  - {id: read, do: Read, who: mia, after: [write], rule: 1bd after write}\n"

CASES = {
    "who is nobody": Case(commitment("who: mai\n"), "NS201", 4, "write `mia`"),
    "who is everybody": Case(
        commitment("who: everybody\n"), "NS201", 4, "name the one person who is meant"
    ),
    "who is called by name": Case(
        commitment('who: "Mia Lund"\n', **{"nextstep.yaml": "people: {mia: {name: Mia Lund}}\n"}),
        "NS201",
        4,
        "write `mia`",
    ),
    "who is mentioned": Case(commitment('who: "@mia"\n'), "NS201", 4, "write `mia`"),
    "two in who": Case(commitment("who: dev, mia\n"), "NS201", 4, "such as `dev`"),
    "two in with without brackets": Case(
        commitment("who: dev\nwith: mia, dev\n"), "NS201", 5, "write [mia, dev]"
    ),
    "one of several in with": Case(
        commitment("who: dev\nwith: [mia, lenna]\n"), "NS201", 5, "`lenna` is nobody"
    ),
    "partner is nobody": Case(commitment("who: dev\npartner: zoe\n"), "NS201", 5, "`zoe`"),
    "an event by nobody": Case(
        commitment("who: dev\nlog:\n  - {at: 2026-11-20T09:00Z, by: zoe, event: noted, text: x}\n"),
        "NS201",
        6,
        "`zoe`",
    ),
    "a date moved with nobody": Case(
        commitment(
            "who: dev\nlog:\n  - {at: 2026-11-20T09:00Z, by: dev, event: moved, to: 2026-11-27, "
            "agreed_by: zoe}\n"
        ),
        "NS201",
        6,
        "`zoe`",
    ),
    "recorded by nobody": Case(
        commitment(
            "who: dev\nlog:\n"
            "  - {at: 2026-11-20T09:00Z, by: dev, event: noted, text: x, recorded_by: zoe}\n"
        ),
        "NS201",
        6,
        "`zoe`",
    ),
    "somebody covered by nobody": Case(
        {
            "nextstep.yaml": "people:\n  dev:\n    away:\n"
            "      - {from: 2026-12-21, to: 2026-12-24, cover: zoe}\n"
        },
        "NS201",
        4,
        "`zoe`",
    ),
    "a role played by nobody who is known": Case(
        {"nextstep.yaml": PEOPLE + "roles:\n  desk: {people: [dev, zoe]}\n"}, "NS201", 5, "`zoe`"
    ),
    "an owner who is nobody": Case(
        {
            "nextstep.yaml": PEOPLE,
            PROCESS: HEAD.replace("owner: dev", "owner: zoe\ndeputy: mia") + WRITE,
        },
        "NS201",
        2,
        "`zoe`",
    ),
    "a run asked for by nobody": Case(
        {"nextstep.yaml": PEOPLE, **run("requested_by: zoe\nsteps:\n" + STEP)}, "NS201", 4, "`zoe`"
    ),
    "a role of nobody's process": Case(
        process(WRITE.replace("who: writer", "who: wirter")), "NS202", 9, "write `writer`"
    ),
    "a hand-off to no role": Case(
        process(
            "  - {id: write, do: Write, who: writer, due: 2bd after start, "
            "handoff: {to: readers, must_include: [the page]}}\n"
        ),
        "NS202",
        9,
        "`readers` is no role",
    ),
    "a run of no process": Case(
        run("process: reveiw\nsteps:\n" + STEP) | process(WRITE), "NS203", 4, "write `review`"
    ),
    "part of no step": Case(
        commitment("who: dev\npart_of: review.wirte\n")
        | process(WRITE, HEAD.replace("owner: dev", "owner: dev\ndeputy: mia")),
        "NS203",
        5,
        "write `write`",
    ),
    "based on no process": Case(
        {
            PROCESS: "title: Small review\nowner: dev\nbased_on: grand-review\n"
            "reason: Small accounts need less\n"
        },
        "NS203",
        3,
        "`grand-review`",
    ),
    "after no step": Case(
        process(WRITE + WRITE.replace("id: write", "id: read, after: [wriet]")),
        "NS204",
        10,
        "write `write`",
    ),
    "undoes no step": Case(
        process(WRITE.replace("who:", "undoes: nothing-here, who:")), "NS204", 9, "`nothing-here`"
    ),
    "sent back to no step": Case(
        process(
            WRITE + "  - {id: agree, approve: The page, who: reader, after: [write], "
            "due: 1bd after write, on_return: {to: wirte}}\n"
        ),
        "NS204",
        10,
        "write `write`",
    ),
    "an event on no step": Case(
        run(
            "steps:\n" + STEP + "log:\n"
            '  - {at: 2026-11-24T09:00Z, by: dev, event: noted, step: wirte, text: "x"}\n'
        ),
        "NS204",
        7,
        "`wirte`",
    ),
    "a step that waits for itself": Case(
        process(WRITE.replace("who:", "after: [write], who:")),
        "NS205",
        9,
        "`write` waits for itself",
    ),
    "three steps in a circle": Case(
        process(
            WRITE.replace("who:", "after: [read], who:")
            + WRITE.replace("id: write", "id: check, after: [write]")
            + WRITE.replace("id: write", "id: read, after: [check]")
        ),
        "NS205",
        9,
        "`write` after `read` after `check` after `write`",
    ),
    "after no commitment": Case(commitment("who: dev\nafter: nothing\n"), "NS206", 5, "`nothing`"),
    "follows no commitment": Case(commitment("who: dev\nfollows: x\n"), "NS206", 5, "`x`"),
    "next is no commitment": Case(
        commitment(
            "who: dev\nlog:\n  - {at: 2026-11-20T09:00Z, by: dev, event: closed, result: kept, "
            'outcome: "yes", next: [offre-k3f9]}\n'
        ),
        "NS206",
        6,
        "write `offer-k3f9`",
    ),
    "after itself": Case(
        commitment("who: dev\nafter: offer-k3f9\n"), "NS207", 5, "names itself in `after`"
    ),
    "a person called owner": Case(
        {"nextstep.yaml": "people:\n  owner: {name: O}\n"}, "NS209", 2, "`owner`"
    ),
    "an input called start": Case(
        process(WRITE, HEAD.replace("inputs: [tier,", "inputs: [start,")), "NS209", 5, "`start`"
    ),
    "a part called all": Case(
        process(WRITE.replace("who:", "each: [north, all], who:")), "NS209", 9, "`all`"
    ),
    "a step called like an input": Case(
        process(WRITE.replace("id: write", "id: tier")), "NS210", 9, "`tier`"
    ),
    "a check of no input": Case(
        process(
            "  - {id: write, do: Write, who: writer, due: 2bd after start, done_when: There, "
            "items: [{item: the tier, check: {input: teir}}]}\n"
        ),
        "NS211",
        9,
        "write `tier`",
    ),
    "a check whether something of no input holds": Case(
        process(
            "  - {id: write, do: Write, who: writer, due: 2bd after start, done_when: There, "
            "items: [{item: the tier, check: {holds: teir > 2}}]}\n"
        ),
        "NS211",
        9,
        "write `tier`",
    ),
    "a check that is no condition": Case(
        process(
            "  - {id: write, do: Write, who: writer, due: 2bd after start, done_when: There, "
            "items: [{item: the tier, check: {holds: tier is high}}]}\n"
        ),
        "NS306",
        9,
        "",
    ),
    "an item asked for by no input": Case(
        process(
            "  - {id: write, do: Write, who: writer, due: 2bd after start, done_when: There, "
            "items: [{item: the tier, when: teir == '1'}]}\n"
        ),
        "NS211",
        9,
        "write `tier`",
    ),
    "cases of a process that no input tells": Case(
        process(WRITE, HEAD.replace("order: free", "when: teir == '1'\norder: free")),
        "NS211",
        7,
        "write `tier`",
    ),
    "a cycle of no input": Case(
        process(WRITE, HEAD.replace("order: free", "cycle: metting_date\norder: free")),
        "NS211",
        7,
        "write `meeting_date`",
    ),
    "a case of no input": Case(
        process(
            WRITE.replace(
                "due: 2bd after start", "due: [{when: size == 1, by: 2bd after start}, {by: asap}]"
            )
        ),
        "NS211",
        9,
        "`size`",
    ),
    "an input with an event": Case(
        process(WRITE.replace("2bd after start", "2bd after meeting_date.done")),
        "NS212",
        9,
        "write `meeting_date` alone",
    ),
    "a promise that counts from nothing": Case(
        process(
            WRITE,
            HEAD.replace("order:", "promise: {text: In two days, due: 2bd after sign}\norder:"),
        ),
        "NS212",
        7,
        "`sign`",
    ),
    "a path keeps a place for an input that nobody asks for": Case(
        process(
            "  - {id: agree, approve: docs/$teir/page.md, who: reader, with: [writer], due: asap}\n"
        ),
        "NS211",
        9,
        "write `tier`",
    ),
    "a machine looks where no input leads": Case(
        process(
            WRITE.replace(
                "done_when: There",
                "handoff: {to: reader, must_include: [{item: page, check: {file: $town/page.md}}]}",
            )
        ),
        "NS211",
        9,
        "`town` is no input",
    ),
    "a step that is not done in parts has no part": Case(
        process(
            "  - {id: agree, approve: docs/$tier/$part.md, who: reader, with: [writer], due: asap}\n"
        ),
        "NS211",
        9,
        "`part` is no input",
    ),
    "an address of two people, in other letters": Case(
        {
            "nextstep.yaml": "people:\n"
            "  dev: {emails: [dev@x.example, Us@x.example]}\n"
            "  mia: {emails: [mia@x.example, us@X.example]}\n"
        },
        "NS221",
        3,
        "the address of `dev`, too",
    ),
    "votes that nobody gives": Case(
        process(WRITE.replace("who: writer", "who: writer, blind: true")),
        "NS419",
        9,
        "nobody votes on `write`, so `blind` has no effect",
    ),
    "a step undoes itself": Case(
        process(WRITE.replace("id: write", "id: write, undoes: write")),
        "NS205",
        9,
        "`write` waits for itself",
    ),
    "a step undoes what waits for it": Case(
        process(
            WRITE.replace("id: write", "id: write, undoes: read")
            + WRITE.replace("id: write", "id: read, after: [write]")
        ),
        "NS205",
        9,
        "`write` after `read` after `write`",
    ),
    "an anchor of a run with a slip of the pen": Case(
        run(
            "inputs: {meeting_date: 2026-12-15}\nsteps:\n"
            "  - {id: write, do: Write, who: dev, rule: 2bd before meting_date}\n"
        ),
        "NS212",
        6,
        "write `meeting_date`",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_name_that_means_nothing_is_found_where_it_stands(case: Case, tmp_path: Path) -> None:
    found = findings(tmp_path, case.files)
    assert codes(found) == [case.code]
    assert found[0].span is not None
    assert found[0].span.line == case.line
    assert case.says in f"{found[0].message} {found[0].hint}"


def test_a_path_keeps_places_for_inputs_and_for_the_part(tmp_path: Path) -> None:
    step = WRITE.replace(
        "done_when: There",
        "each: [north, south], handoff: {to: reader, must_include: [{item: page, "
        "check: {file: docs/$tier-$part.md}}, {item: price, check: {file: price of 5$.md}}, map]}",
    )
    assert findings(tmp_path, process(step)) == ()


def test_work_may_be_handed_to_anybody_while_nobody_is_listed(tmp_path: Path) -> None:
    handed = "steps:\n" + STEP.replace(
        "who: dev", "who: dev, handoff: {to: mia, must_include: [map, price, date]}"
    )
    assert findings(tmp_path, run(handed)) == ()
    assert codes(findings(tmp_path, run("people: {writer: dev}\n" + handed))) == ["NS215"]


def test_names_of_people_are_not_checked_while_nobody_is_listed(tmp_path: Path) -> None:
    text = OFFER + "who: joe\nwith: [sam]\n"
    assert findings(tmp_path, {PLACE: text, "nextstep.yaml": "timezone: UTC\n"}) == ()


def test_a_word_with_a_meaning_may_stand_where_a_person_is_named(tmp_path: Path) -> None:
    text = "people: {writer: vacant}\nsteps:\n" + STEP.replace(
        "who: dev", "who: vacant, role: writer"
    )
    assert findings(tmp_path, {"nextstep.yaml": PEOPLE, **run(text)}) == ()


def test_a_commitment_may_be_offered_to_a_role_and_to_no_other_name(tmp_path: Path) -> None:
    offered = (
        "who: mia\nlog:\n"
        "  - {{at: 2026-11-20T09:00Z, by: mia, event: offered, to: {}, duty: true}}\n"
    )
    roles = {"nextstep.yaml": PEOPLE + "roles:\n  support: {people: [dev]}\n"}
    known = commitment(offered.format("support")) | roles
    assert "NS201" not in codes(findings(tmp_path / "known", known))
    unknown = commitment(offered.format("suport")) | roles
    assert "NS201" in codes(findings(tmp_path / "unknown", unknown))


def test_what_a_file_that_cannot_be_read_holds_is_not_called_missing(tmp_path: Path) -> None:
    files = commitment("who: dev\nafter: [broken-7qhd]\n")
    files["commitments/2026/11/broken-7qhd.yaml"] = "what: [\n"
    assert {one.path for one in findings(tmp_path, files)} == {
        "commitments/2026/11/broken-7qhd.yaml"
    }


def test_a_variant_is_not_blamed_for_what_its_base_says(tmp_path: Path) -> None:
    base = HEAD + WRITE.replace("who: writer", "who: wirter")
    variant = "title: Small\nowner: dev\nbased_on: review\nreason: Small accounts need less\n"
    found = findings(tmp_path, {PROCESS: base, "processes/small-review.yaml": variant})
    assert [(one.path, one.code) for one in found] == [(PROCESS, "NS202")]


def test_an_input_that_comes_to_be_known_later_may_be_missing_from_a_run(tmp_path: Path) -> None:
    text = "process: review\nsteps:\n" + STEP.replace("who:", "when: tier == 'big', who:")
    text += LATER.replace("after: [write]", "after: []")
    assert findings(tmp_path, {**run(text), **process(WRITE)}) == ()


@pytest.mark.parametrize(("size", "words"), [(2, "`part-00` after `part-01`"), (50, "43 more")])
def test_a_circle_of_commitments_is_told_once_whatever_its_size(
    size: int, words: str, tmp_path: Path
) -> None:
    files = {
        f"commitments/2026/11/part-{at:02}.yaml": OFFER + f"after: [part-{(at + 1) % size:02}]\n"
        for at in range(size)
    }
    found = findings(tmp_path, files)
    assert codes(found) == ["NS207"]
    assert words in found[0].message
    assert found[0].message.count(" after ") == min(size, 8)
    assert found[0].message.endswith("after `part-00`")
