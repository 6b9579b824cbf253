"""What changed in processes and runs since before, and who has said a word about it."""

from __future__ import annotations

import pytest

from nextstep.diagnostics.diagnostic import Diagnostic
from tests.rules.ledgers import changes

SETTINGS = """\
people:
  ana: {name: Ana}
  eva: {name: Eva}
  max: {name: Max}
  kim: {name: Kim}
roles:
  seller: {people: [max]}
  writer: {people: [kim]}
"""
PROCESS = """\
title: Sending offers
owner: ana
deputy: eva
customer: {who: buyers, kind: external}
provides: An offer that a buyer can decide on
expects: [one price, one date]
promise: {text: You have it in time, due: 3bd after start}
targets: {on_time: 95%, days: 3}
strength: {level: enforce, until: 2027-03-31}
steps:
  - id: ask
    do: Ask the buyer what they need
    who: seller
    due: 1bd after start
    handoff: {to: writer, must_include: [the price, the date, who decides]}
  - id: write
    do: Write the offer
    who: writer
    due: 1bd after ask
    done_when: The buyer has it
    proof: the buyer's answer
"""
RUN = """\
title: An offer for Globex
owner: ana
deputy: eva
started: 2026-11-16
expects: [one price, one date]
promise: {text: You have it in time, due: 3bd after start}
promise_due: 2026-11-25
strength: enforce
inputs: {account: globex}
people: {seller: max, writer: kim}
steps:
  - id: ask
    do: Ask the buyer what they need
    who: max
    role: seller
    rule: 5bd after start
    due: 2026-11-23
    handoff: {to: writer, must_include: [the price, the date, who decides]}
  - id: write
    do: Write the offer
    who: kim
    role: writer
    after: [ask]
    rule: 1bd after ask
    done_when: The buyer has it
    proof: the buyer's answer
    keeps_promise: true
"""
OFFERS, GLOBEX = "processes/offers.yaml", "commitments/2026/11/offer-globex-7qhd.yaml"


def found(before: str, now: str | None, path: str, settings: str = SETTINGS) -> list[Diagnostic]:
    """Return what is found in a change of one file."""
    was = {"nextstep.yaml": settings, path: before}
    is_now = {"nextstep.yaml": settings} | ({} if now is None else {path: now})
    return [one for one in changes(was, is_now) if one.code.startswith("NS5")]


def said(by: str, event: str = "noted", words: str = 'text: "it is right"') -> str:
    return f"log:\n  - {{at: 2026-11-20T09:00Z, by: {by}, event: {event}, {words}}}\n"


def codes(before: str, old: str, new: str, log: str = "") -> list[str]:
    """Return the codes for a process or run in which one text took the place of another."""
    assert old in before
    path = OFFERS if before.startswith("title: Sending") else GLOBEX
    return [one.code for one in found(before, before.replace(old, new) + log, path)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Sending offers", "title: Sending out offers"),
        ("title: Sending offers", "title: Sending offers  # and prices"),
        ("steps:", "roadblocks: [{what: Nobody answers, try: Call}]\nsteps:"),
        ("owner: ana", "benefit: More orders\nowner: ana"),
        (
            "    do: Write the offer\n    who: writer\n",
            "    who: writer\n    do: Write\n      the offer\n",
        ),
    ],
)
def test_what_everybody_may_write_in_a_process_needs_no_word_of_its_owner(
    old: str, new: str
) -> None:
    assert codes(PROCESS, old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "due: 1bd after ask",
            "due: 2bd after ask",
            "`write.due` is `2bd after ask`, before it was `1bd after ask`",
        ),
        ("who: writer", "who: seller", "`write.who` is `seller`, before it was `writer`"),
        ("provides: An offer", "provides: A letter", "`provides` is"),
        (
            "    proof: the buyer's answer\n",
            "",
            "`write.proof` is gone; it was `the buyer's answer`",
        ),
        ("deputy: eva", "deputy: kim", "`deputy` is `kim`, before it was `eva`"),
        (
            "steps:\n",
            "steps:\n  - {id: read, do: Read, who: seller, due: asap, done_when: Read}\n",
            "the step `read` is new",
        ),
    ],
)
def test_a_process_changes_with_a_word_of_its_owner_or_deputy(
    old: str, new: str, told: str
) -> None:
    now = PROCESS.replace(old, new)
    one = next(one for one in found(PROCESS, now, OFFERS) if one.code == "NS512")
    assert one.message.startswith(told)
    assert "neither `ana` nor `eva` has agreed" in one.message
    for by in ("ana", "eva"):
        assert "NS512" not in codes(PROCESS, old, new, said(by))
    assert "NS512" in codes(PROCESS, old, new, said("kim"))
    assert "NS512" not in codes(
        PROCESS, old, new, said("ana", "confirmed", "version: 81aa0c4d9e21")
    )


def test_an_old_word_of_the_owner_is_no_yes_to_something_new() -> None:
    before = PROCESS + said("ana")
    now = before.replace("due: 1bd after ask", "due: 2bd after ask")
    assert [one.code for one in found(before, now, OFFERS)] == ["NS512"]


def test_all_that_changed_in_a_process_is_one_finding_with_its_places() -> None:
    now = PROCESS.replace("due: 1bd after ask", "due: 2bd after ask").replace("An offer", "A page")
    (one,) = found(PROCESS, now, OFFERS)
    assert "(and 1 more)" in one.message
    assert [related.span.line for related in one.related] == [19]


def test_a_draft_is_free_and_so_is_a_ledger_of_one_person() -> None:
    old, new = "due: 1bd after ask", "due: 2bd after ask"
    draft = PROCESS.replace("owner: ana", "state: draft\nowner: ana")
    assert codes(draft, old, new) == []
    alone = "people:\n  ana: {name: Ana}\n  eva: {name: Eva}\n"
    assert found(PROCESS, PROCESS.replace(old, new), OFFERS, alone) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  max: {name: Max}\n  kim: {name: Kim}\n", ""),
        ("lead: {people: [ana]}", "lead: {people: [max]}"),
        ("lead: {people: [ana]}", "lead: {}"),
    ],
)
def test_who_has_to_agree_is_not_changed_by_the_change_itself(old: str, new: str) -> None:
    settings = SETTINGS + "  lead: {people: [ana]}\n"
    assert old in settings
    before = PROCESS.replace("owner: ana", "owner: lead")
    now = before.replace("due: 1bd after ask", "due: 2bd after ask")
    was = {"nextstep.yaml": settings, OFFERS: before}
    is_now = {"nextstep.yaml": settings.replace(old, new), OFFERS: now + said("max")}
    assert "NS512" in [one.code for one in changes(was, is_now)]
    assert "NS512" not in [one.code for one in changes(was, {**is_now, OFFERS: now + said("ana")})]


def test_owning_a_process_passes_by_acceptance() -> None:
    assert codes(PROCESS, "owner: ana", "owner: kim") == ["NS506"]
    passed = (
        "log:\n  - {at: 2026-11-19T09:00Z, by: ana, event: offered, to: kim, duty: owner}\n"
        "  - {at: 2026-11-20T09:00Z, by: kim, event: accepted, duty: owner}\n"
    )
    assert codes(PROCESS, "owner: ana", "owner: kim", passed) == []


def test_a_process_in_use_is_retired_and_not_deleted() -> None:
    assert [one.code for one in found(PROCESS, None, OFFERS)] == ["NS518"]
    draft = PROCESS.replace("owner: ana", "state: draft\nowner: ana")
    assert found(draft, None, OFFERS) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "promise: {text: You have it in time, due: 3bd after start}\n",
            "",
            "`You have it in time` is not promised any more",
        ),
        (
            ", due: 3bd after start}",
            "}",
            "the promise was due `3bd after start`, and has no date now",
        ),
        (
            "due: 3bd after start",
            "due: 4bd after start",
            "the promise is due `4bd after start`, later than `3bd after start` before",
        ),
        ("[one price, one date]", "[one price]", "the customer no longer expects `one date`"),
    ],
)
def test_a_smaller_promise_needs_a_word_of_the_owner(old: str, new: str, told: str) -> None:
    for before, path in ((PROCESS, OFFERS), (RUN, GLOBEX)):
        now = before.replace(old, new)
        one = next(one for one in found(before, now, path) if one.code == "NS513")
        assert one.message.startswith(told)
        assert codes(before, old, new, said("eva")) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("on_time: 95%", "on_time: 90%", ["NS513"]),
        ("on_time: 95%, ", "", ["NS513"]),
        ("on_time: 95%", "on_time: 97.5%", ["NS512"]),
        ("days: 3", "days: 5", ["NS512"]),
        ("due: 3bd after start", "due: 2bd after start", ["NS512"]),
        ("[one price, one date]", "[one price, one date, one name]", ["NS512"]),
        ("You have it in time", "You have it soon", ["NS512"]),
        ("level: enforce", "level: advise", ["NS515"]),
        ("until: 2027-03-31", "until: 2026-12-31", ["NS515"]),
        ("until: 2027-03-31", "until: 2027-12-31", ["NS512"]),
    ],
)
def test_what_becomes_less_is_told_apart_from_what_is_only_different(
    old: str, new: str, code: list[str]
) -> None:
    assert codes(PROCESS, old, new) == code


@pytest.mark.parametrize("before", [PROCESS, RUN], ids=["process", "run"])
def test_a_hand_off_list_changes_with_a_word_of_who_receives(before: str) -> None:
    old, new = ", who decides]", "]"
    path = OFFERS if before is PROCESS else GLOBEX
    one = next(one for one in found(before, before.replace(old, new), path) if one.code == "NS514")
    assert one.message == (
        "the hand-off of `ask` no longer asks for `who decides`, and who receives it has not agreed: "
        "`writer` (kim)"
    )
    assert codes(before, old, new, said("ana")) == ["NS514"]
    assert "NS514" not in codes(before, old, new, said("kim"))
    assert "NS514" in codes(before, old, ", who decides, by when]")


def test_without_a_receiver_by_name_it_is_who_has_the_next_step() -> None:
    unnamed = PROCESS.replace("to: writer, ", "")
    assert "NS514" in codes(unnamed, ", who decides]", "]", said("ana"))
    assert "NS514" not in codes(unnamed, ", who decides]", "]", said("kim"))


def test_a_step_of_a_run_is_skipped_and_not_removed() -> None:
    head, _, _ = RUN.partition("  - id: write")
    assert "NS510" in [one.code for one in found(RUN, head, GLOBEX)]
    dropped = said("ana", "closed", 'result: dropped, why: "they buy elsewhere"')
    closed = RUN + dropped
    assert "NS510" not in [one.code for one in found(closed, head + dropped, GLOBEX)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("do: Write the offer", "do: Write a letter"),
        ("rule: 1bd after ask", "rule: 9bd after ask"),
        ("    proof: the buyer's answer\n", ""),
        ("after: [ask]", "after: []"),
        ("deputy: eva", "deputy: kim"),
    ],
)
def test_the_plan_of_a_run_changes_with_a_word_of_its_owner(old: str, new: str) -> None:
    assert codes(RUN, old, new) == ["NS511"]
    assert codes(RUN, old, new, said("kim")) == ["NS511"]
    assert codes(RUN, old, new, said("ana")) == []


def test_dates_and_people_of_a_run_have_their_events() -> None:
    assert codes(RUN, "due: 2026-11-23", "due: 2026-11-27") == ["NS509"]
    assert codes(RUN, "account: globex", "account: initech") == ["NS509"]
    assert codes(RUN, "writer: kim", "writer: eva") == ["NS509"]
    assert codes(RUN, "who: kim", "who: eva") == ["NS506"]
    assert codes(RUN, "account: globex", "account: globex, tier: standard") == []
    assert codes(RUN, "rule: 1bd after ask", "rule: 1bd after ask\n    due: 2026-11-24") == []
    assert codes(RUN, "promise_due: 2026-11-25", "promise_due: 2026-11-26") == ["NS513"]


def test_somebody_else_in_a_role_has_the_steps_of_that_role() -> None:
    event = 'field: people.writer, from: kim, to: eva, why: "kim is ill"'
    both = RUN.replace("writer: kim", "writer: eva").replace("who: kim", "who: eva")
    for by in ("ana", "kim", "eva"):
        assert found(RUN, both + said(by, "changed", event), GLOBEX) == []
    assert [one.code for one in found(RUN, both + said("max", "changed", event), GLOBEX)] == [
        "NS505"
    ]


def test_dates_that_follow_another_need_no_reason_of_their_own() -> None:
    before = RUN.replace("rule: 1bd after ask\n", "rule: 1bd after ask\n    due: 2026-11-24\n")
    now = before.replace("due: 2026-11-23", "due: 2026-11-27").replace(
        "due: 2026-11-24", "due: 2026-11-30"
    )
    log = (
        'log:\n  - {at: 2026-11-20T09:00:00.000Z, by: max, event: moved, step: ask, from: 2026-11-23, to: 2026-11-27, why: "x"}\n'
        "  - {at: 2026-11-20T09:00:00.001Z, by: max, event: moved, step: write, from: 2026-11-24, to: 2026-11-30}\n"
    )
    assert found(before, now + log, GLOBEX) == []
    at_once = log.replace("09:00:00.001Z", "09:00:00.000Z")
    assert found(before, now + at_once, GLOBEX) == []
    apart = now.replace("rule: 1bd after ask", "rule: 3bd after start")
    assert "NS501" in [one.code for one in found(before, apart + log, GLOBEX)]
    later = log.replace("09:00:00.001Z", "10:00:00.001Z").replace(
        "by: max, event: moved, step: write", "by: kim, event: moved, step: write"
    )
    assert [one.code for one in found(before, now + later, GLOBEX)] == ["NS501"]


def test_a_step_of_somebody_else_is_moved_once_they_agreed() -> None:
    event = 'step: ask, from: 2026-11-23, to: 2026-11-27, why: "x"'
    now = RUN.replace("due: 2026-11-23", "due: 2026-11-27")
    assert [one.code for one in found(RUN, now + said("kim", "moved", event), GLOBEX)] == ["NS505"]
    agreed = event + ", agreed_by: max"
    assert found(RUN, now + said("kim", "moved", agreed), GLOBEX) == []


def test_a_variant_is_not_asked_for_what_its_base_changed() -> None:
    variant = "title: Small offers\nowner: max\nreason: Small ones need no date\nbased_on: offers\n"
    path = "processes/small.yaml"
    files = {"nextstep.yaml": SETTINGS, OFFERS: PROCESS, path: variant}
    now = {**files, OFFERS: PROCESS.replace("1bd after ask", "2bd after ask") + said("ana")}
    assert [one for one in changes(files, now) if one.code.startswith("NS5")] == []
    now = {**files, path: variant + "provides: A small offer\n"}
    (one,) = [one for one in changes(files, now) if one.code.startswith("NS5")]
    assert (one.code, one.path) == ("NS512", path)
    assert one.message == (
        "`provides` is new: `A small offer`, and neither `max` nor `eva` has agreed"
    )


@pytest.mark.parametrize(
    ("who", "says", "to"),
    [
        ("eva", "`eva` has it now without having accepted it", "--duty --to eva"),
        ("Eva Li", "`Eva Li` has it now", "--duty --to 'Eva Li'"),
        ("[kim, eva]", "`kim, eva` has it now", "--duty --to eva"),
        ("[max, eva]", "`max, eva` has it now", "--duty --to PERSON"),
    ],
)
def test_who_is_to_accept_a_step_is_named_so_that_it_can_be_typed(
    who: str, says: str, to: str
) -> None:
    (one,) = found(RUN, RUN.replace("who: kim", f"who: {who}"), GLOBEX)
    assert says in one.message
    assert one.hint is not None
    assert one.hint.endswith(to)


def test_a_step_made_vacant_is_nobodys() -> None:
    (one,) = found(RUN, RUN.replace("who: kim", "who: vacant"), GLOBEX)
    assert one.message == "`kim` had this, and nobody has it now"
