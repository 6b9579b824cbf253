"""A ledger is all its files: broken ones never hide good ones, and order does not matter."""

from __future__ import annotations

import random

from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source

BASE = """\
title: Offer
owner: ana
deputy: sam
customer: {who: buyers, kind: external}
provides: An offer
roles: [sales, legal]
who: sales
steps:
  - {id: write, do: Write it, due: 2bd after start, done_when: It is there}
  - {id: send, do: Send it, due: 1bd after write, done_when: They have it}
"""
VARIANT = """\
title: Offer to a ministry
owner: mia
based_on: offer
reason: Ministries ask for a legal reading
steps:
  - {id: write, do: Write it in their form, due: 5bd after start, who: sales, done_when: It is there}
  - {id: read, do: Read the claims, who: legal, due: 1bd after write, done_when: Legal agrees}
"""


def ledger(files: dict[str, str], timezone: str = "UTC") -> Ledger:
    sources = tuple(Source(path, text.encode()) for path, text in files.items())
    return load_ledger(Listing(sources, ()), root="acme", timezone=timezone)


def test_a_broken_file_is_named_and_the_good_ones_are_there() -> None:
    found = ledger(
        {
            "commitments/a.yaml": "what: Send it\n",
            "commitments/b.yaml": "what: [\n",
            "commitments/c.yaml": "who: @sam\n",
            "processes/offer.yaml": BASE,
        }
    )
    assert list(found.commitments) == ["a"]
    assert list(found.processes) == ["offer"]
    assert found.faulty == ("commitments/b.yaml", "commitments/c.yaml")


def test_a_variant_takes_from_its_base_what_it_does_not_say() -> None:
    found = ledger({"processes/offer.yaml": BASE, "processes/ministry.yaml": VARIANT})
    assert found.findings == ()
    variant = found.processes["ministry"]
    assert (variant.owner, variant.deputy, variant.provides) == ("mia", "sam", "An offer")
    assert [(step.id, step.do) for step in variant.steps] == [
        ("write", "Write it in their form"),
        ("read", "Read the claims"),
        ("send", "Send it"),
    ]


def test_a_variant_may_say_what_goes_without_saying() -> None:
    files = {
        "processes/offer.yaml": f"{BASE}order: free\nstrength: enforce\n",
        "processes/ministry.yaml": f"{VARIANT}order: given\nstrength: advise\n",
        "processes/other.yaml": VARIANT,
    }
    found = ledger(files).processes
    said = {name: (found[name].order, found[name].strength.level) for name in ("ministry", "other")}
    assert said == {"ministry": ("given", "advise"), "other": ("free", "enforce")}


def test_variants_in_a_circle_stay_as_they_were_written() -> None:
    files = {
        "processes/a.yaml": VARIANT.replace("based_on: offer", "based_on: b"),
        "processes/b.yaml": VARIANT.replace("based_on: offer", "based_on: a"),
    }
    assert len(ledger(files).processes["a"].steps) == 2


def test_the_zone_is_the_one_of_the_settings_else_the_one_given() -> None:
    assert ledger({}, timezone="Asia/Tokyo").timezone == "Asia/Tokyo"
    settled = ledger({"nextstep.yaml": "timezone: Europe/Berlin\n"}, timezone="Asia/Tokyo")
    assert settled.timezone == "Europe/Berlin"


def test_the_order_of_files_changes_nothing() -> None:
    files = {f"commitments/{name}.yaml": f"what: Send {name}\nwhoo: dev\n" for name in "abcdef"}
    shuffled = list(files.items())
    random.Random(7).shuffle(shuffled)
    one, other = ledger(files), ledger(dict(shuffled))
    assert one.findings == other.findings
    assert one.faulty == other.faulty
    assert dict(one.commitments) == dict(other.commitments)
