"""What a listing says to type is what is found again, and it means one thing only."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.reports.handles import Handles
from tests.reports.ledgers import ledger_of

IDS = (
    "globex-usage-report-k3f9",
    "globex-first-call-2mmx",
    "acr-globex",
    "acr-initech",
    "old-copy-2mmx",
    "k3f9-notes",
    "plan",
)


def handles(*ids: str) -> Handles:
    return Handles(ledger_of(dict.fromkeys(ids, "what: x\n")))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("globex-first-call-2mmx", "globex-first"),
        ("globex-usage-report-k3f9", "globex-usage"),
        ("acr-globex", "acr-globex"),
        ("old-copy-2mmx", "old-copy"),
        ("k3f9-notes", "k3f9-notes"),
        ("plan", "plan"),
    ],
)
def test_the_shortest_words_that_nothing_else_answers_to(name: str, typed: str) -> None:
    """The four characters first, where no other name ends in them or begins with them."""
    assert handles(*IDS).shortest(name) == typed


def test_four_characters_are_enough_where_they_are_unique() -> None:
    assert handles("globex-usage-report-k3f9", "other-7qhd").shortest("other-7qhd") == "7qhd"


@example(["old-k3f9", "k3f9-notes"])
@given(
    st.lists(
        st.lists(st.text("abk39", min_size=1, max_size=4), min_size=1, max_size=3).map("-".join),
        min_size=1,
        max_size=8,
        unique=True,
    )
)
def test_what_a_listing_says_to_type_finds_that_very_thing(ids: list[str]) -> None:
    known = handles(*ids)
    assert [known.find(known.shortest(name)) for name in ids] == ids


def test_words_that_may_mean_several_things_are_refused_with_their_names() -> None:
    with pytest.raises(NextstepError) as refused:
        handles(*IDS).find("acr")
    assert refused.value.message == "`acr` may be 2 things"
    assert refused.value.hint == "type more of it: acr-globex, acr-initech"


@pytest.mark.parametrize("typed", ["", "../../etc/passwd", "-x", "nothing", "/etc/passwd"])
def test_words_that_mean_nothing_are_refused(typed: str) -> None:
    with pytest.raises(NextstepError) as refused:
        handles(*IDS).find(typed)
    assert refused.value.message == f"there is no `{typed}` in this ledger"


def test_a_slip_of_the_finger_is_answered_with_what_was_meant() -> None:
    with pytest.raises(NextstepError) as refused:
        handles(*IDS).find("acr-globx")
    assert refused.value.hint == "did you mean `acr-globex`?"


def test_processes_and_plans_are_found_as_well() -> None:
    process = "title: x\nowner: a\ncustomer: y\nprovides: z\nsteps: [{id: a, mark: b, due: asap}]\n"
    files = {"processes/yearly-review": process, "one-k3f9": "what: x\npart_of: growth\n"}
    known = Handles(ledger_of(files))
    assert (known.find("yearly"), known.find("grow")) == ("yearly-review", "growth")


def with_unread(good: dict[str, str], unread: dict[str, str]) -> Ledger:
    files = {f"commitments/2026/11/{id_}.yaml": text for id_, text in {**good, **unread}.items()}
    sources = tuple(Source(path, text.encode()) for path, text in files.items())
    ledger = load_ledger(Listing(sources, ()), root="test")
    assert len(ledger.faulty) == len(unread)
    return ledger


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("b", "commitments/2026/11/b.yaml:1"),  # by its own name, beside names that begin with it
        ("k3f9", "commitments/2026/11/call-k3f9.yaml:1"),
        ("call", "commitments/2026/11/call-k3f9.yaml:1"),
        ("k3f9x", None),
        ("bb", None),
    ],
)
def test_no_other_record_is_taken_for_one_that_cannot_be_read(
    typed: str, found: str | None
) -> None:
    good = dict.fromkeys(("ba", "bb", "k3f9x"), "what: x\n")
    known = Handles(with_unread(good, {"b": "what: x: y\n", "call-k3f9": "wha: x\n"}))
    if found is None:
        assert known.find(typed) == typed
        return
    with pytest.raises(NextstepError) as refused:
        known.find(typed)
    assert refused.value.message.startswith(f"{found} could not be read: ")
    assert refused.value.exit_code == 65


def test_what_begins_alike_is_asked_for_also_where_one_of_them_cannot_be_read() -> None:
    known = Handles(with_unread({"bake-bread": "what: x\n"}, {"bake-buns": "what: x: y\n"}))
    assert known.shortest("bake-bread") == "bake-bread"
    with pytest.raises(NextstepError, match="may be 2 things") as refused:
        known.find("bake")
    assert refused.value.hint == "type more of it: bake-bread, bake-buns"
