"""What a file says reaches the record it becomes, and what is wrong is said with its place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec import Struct
from msgspec.structs import fields

from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.fields import Record
from nextstep.files.handoff_fields import HANDOFF, ITEM
from nextstep.files.load import Loaded, load
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.step_fields import PROCESS_STEP, RUN_STEP
from nextstep.files.versions import fits
from nextstep.model.commitment import Commitment, Run
from nextstep.model.people import Settings
from nextstep.model.process import Handoff, Item, Process, Step
from nextstep.model.source import Source
from nextstep.model.time import DueWord, Length

PROCESS_TEXT = """\
title: Offer
owner: ana
customer: {who: buyers, kind: external}
provides: An offer
inputs: [tier, meeting]
roles: [sales, lead]
who: sales
steps:
  - id: write
    do: Write the offer
    due: 2bd after start
    handoff: {to: lead, accept_within: 1bd, must_include: [the price, {item: terms, critical: true}]}
  - {id: agree, approve: offer.md, who: [lead, sales], need: all, due: 1bd after write, on_return: stop}
  - {id: meet, mark: The meeting, due: meeting}
  - {id: gift, do: Add a gift, due: none, done_when: It is there, when: tier == 'gold'}
"""


def loaded(text: str, path: str = "commitments/2026/11/example-aa2b.yaml") -> Loaded:
    return load(Source(path, text.encode()))


def commitment(text: str) -> Commitment:
    found = loaded(text)
    assert isinstance(found.record, Commitment)
    return found.record


def process(text: str) -> Process:
    found = loaded(text, "processes/offer.yaml")
    assert isinstance(found.record, Process), found.findings
    return found.record


def test_the_smallest_commitment_is_its_words() -> None:
    found = loaded("what: Send Lena the offer\n")
    assert found.findings == ()
    assert found.whole
    assert isinstance(found.record, Commitment)
    assert found.record.what == "Send Lena the offer"
    assert found.record.id == "example-aa2b"


def test_every_field_of_a_commitment_arrives() -> None:
    record = commitment(
        "what: Send it\nwho: dev\nwith: lena\noutcome: She decides\ndue: 2026-11-20\n"
        "partner: mia\nsource: review\npart_of: growth\nafter: [facts-7qhd]\nfollows: call-2mmx\n"
        "repeat: every friday\nlog:\n  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}\n"
    )
    assert record.with_ == ("lena",)
    assert record.due == date(2026, 11, 20)
    assert (record.origin, record.part_of, record.follows) == ("review", "growth", "call-2mmx")
    assert record.after == ("facts-7qhd",)
    assert record.repeat == "every friday"
    (event,) = record.log
    assert event.at == datetime(2026, 11, 12, 15, 10, tzinfo=UTC)
    assert (event.by, event.event, event.text("how")) == ("dev", "agreed", "call")


@pytest.mark.parametrize("word", ["no", "12e4567", "1.10", "0123", "NO", "0x1F", "1_000", ".inf"])
def test_every_scalar_is_text(word: str) -> None:
    assert commitment(f"what: {word}\nsource: {word}\n").what == word


def test_a_due_may_be_an_instant_or_asap() -> None:
    due = commitment("what: Send it\ndue: 2026-11-27T17:00\n").due
    assert isinstance(due, datetime)
    assert due.isoformat() == "2026-11-27T17:00:00"
    assert commitment("what: Send it\ndue: asap\n").due is DueWord.ASAP


def test_a_process_says_who_does_each_step_and_how_it_passes_on() -> None:
    found = process(PROCESS_TEXT)
    write, agree, meet, gift = found.steps
    assert write.who == ("sales",)
    assert write.handoff is not None
    assert write.handoff.accept_within == Length(1, "bd")
    assert [(item.item, item.critical) for item in write.handoff.must_include] == [
        ("the price", False),
        ("terms", True),
    ]
    assert agree.on_return is not None
    assert agree.on_return.stop
    assert agree.is_gate
    assert meet.who == ()
    assert gift.when_text == "tier == 'gold'"
    assert [step.index for step in found.steps] == [0, 1, 2, 3]


def test_a_run_keeps_the_rule_beside_the_date() -> None:
    found = loaded(
        "process: offer\nstarted: 2026-11-09\npeople: {sales: dev}\nsteps:\n"
        "  - {id: write/one, do: Write it, who: dev, role: sales, rule: 5bd after start, "
        "due: 2026-11-16}\n"
    )
    assert isinstance(found.record, Run), found.findings
    (step,) = found.record.steps
    assert found.record.title == "offer"
    assert step.rule is not None
    assert (step.rule.text, step.due, step.role) == ("5bd after start", date(2026, 11, 16), "sales")
    assert (step.base, step.part) == ("write", "one")


def test_a_file_with_a_wrong_field_keeps_the_right_ones() -> None:
    found = loaded("what: Send it\nouctome: She decides\ndue: 2026-02-30\nwho: dev\n")
    assert not found.whole
    assert isinstance(found.record, Commitment)
    assert (found.record.who, found.record.due) == ("dev", None)
    assert [
        (one.code, one.span and (one.span.line, one.span.column)) for one in found.findings
    ] == [
        ("NS101", (2, 1)),
        ("NS301", (3, 6)),
    ]
    assert found.findings[0].hint == "did you mean `outcome`?"


def test_all_findings_of_a_file_come_at_once() -> None:
    found = loaded(
        "what: Send it\nwho: [dev, mia]\ndue: soon\nlog:\n"
        "  - {at: now, by: dev, event: agreed}\n  - {by: dev, event: moved}\n"
        "  - {at: 2026-11-12T15:10Z, by: dev, event: agred}\n"
    )
    assert [one.code for one in found.findings] == ["NS104", "NS302", "NS303", "NS102", "NS108"]


@pytest.mark.parametrize(
    ("text", "path", "hint"),
    [
        ("what: Send it\nowner: dev\n", "commitments/a.yaml", "did you mean `who`?"),
        ("what: Send it\nDeadline: x\n", "commitments/a.yaml", "did you mean `due`?"),
        ("what: Send it\nstatus: done\n", "commitments/a.yaml", "say what happened in `log`"),
        ("what: Send it\nwho: [dev, mia]\n", "commitments/a.yaml", "write one name, such as `dev`"),
        ("what: Send it\nwho: @dev\n", "commitments/a.yaml", "write `who: dev`, or with quotes"),
        ("what: Send it\noutcome:\n", "commitments/a.yaml", "write one, such as `outcome: "),
        ("- what: Send it\n- what: Call\n", "commitments/a.yaml", "write one file for each entry"),
        ("title: Move\nsteps: [{id: pack}]\n", "commitments/a.yaml", "add `do` with what is to be"),
        ("title: Move\nsteps: [Pack]\n", "commitments/a.yaml", "write {id: collect, do: "),
        ("holidays: DE\n", "nextstep.yaml", "did you mean `calendar`?"),
    ],
)
def test_an_everyday_mistake_is_told_with_what_to_write(text: str, path: str, hint: str) -> None:
    hints = [one.hint or "" for one in loaded(text, path).findings]
    assert any(one.startswith(hint) for one in hints), hints


def test_settings_are_called_by_the_name_of_their_file() -> None:
    (found,) = loaded("name: shop\n", "nextstep.yaml").findings
    assert found.message == "`name` is no field of nextstep.yaml"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("who: dev\n", "NS110"),
        ("what: Send it\nsteps: []\n", "NS110"),
        ("what: ~\n", "NS102"),
        ("what:\n", "NS102"),
        (f"what: {'x' * 5000}\n", "NS106"),
        (f"what: a{chr(0x301) * 10000}\n", "NS106"),
        ("what: {a: b}\n", "NS104"),
    ],
)
def test_a_file_that_cannot_be_a_record_says_why(text: str, code: str) -> None:
    found = loaded(text)
    assert found.record is None
    assert not found.whole
    assert code in {one.code for one in found.findings}


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ("{id: a, do: Write it, due: asap, done_when: There}", "who"),
        ("{id: a, do: Write it, who: sales, done_when: There}", "due"),
        ("{id: a, do: Write it, who: sales, due: asap}", "done_when"),
        ("{id: a, do: Write it}", "who and due and done_when"),
    ],
)
def test_a_step_of_a_process_needs_doer_time_frame_and_end(line: str, lacking: str) -> None:
    text = "title: T\nowner: ana\ncustomer: buyers\nprovides: It\nsteps:\n  - " + line + "\n"
    found = loaded(text, "processes/offer.yaml")
    assert [(one.code, one.message) for one in found.findings] == [
        ("NS112", f"step `a` does not say {lacking}")
    ]


def test_a_mark_needs_the_date_with_which_it_is_over() -> None:
    text = "title: T\nowner: ana\ncustomer: buyers\nprovides: It\nsteps:\n  - {id: a, mark: Fair}\n"
    found = loaded(text, "processes/offer.yaml")
    assert [(one.code, one.message) for one in found.findings] == [
        ("NS112", "mark `a` does not say due")
    ]


def test_each_part_of_a_step_is_named_once() -> None:
    step = "{id: a, do: It, who: sales, due: asap, done_when: There, each: [north, south, north]}"
    text = f"title: T\nowner: ana\ncustomer: buyers\nprovides: It\nsteps:\n  - {step}\n"
    found = loaded(text, "processes/offer.yaml")
    assert [(one.code, one.message) for one in found.findings] == [
        ("NS113", "`a/north` is there already")
    ]
    assert found.findings[0].span is not None
    assert text.splitlines()[5][found.findings[0].span.column - 1 :] == "north]}"


@pytest.mark.parametrize("id_", ["[]", "{a: b}", "[a]", "|\n      write", "~", '""'])
def test_an_id_of_any_shape_is_read_or_told(id_: str) -> None:
    step = f"  - id: {id_}\n    do: Write\n    due: asap\n    done_when: It is there\n"
    text = f"title: a\nowner: b\ncustomer: c\nprovides: d\nwho: e\nsteps:\n{step}"
    told = loaded(text, "processes/offer.yaml").findings
    assert [one.id for one in process(text).steps] == ([] if told else ["write"])


def test_the_zone_of_a_person_is_one_that_there_is() -> None:
    text = "people:\n  dev: {timezone: Mars/Phobos}\n  mia: {timezone: Asia/Tokyo}\n"
    found = loaded(text, "nextstep.yaml")
    assert [(one.code, one.span.line if one.span else 0) for one in found.findings] == [
        ("NS115", 2)
    ]


def test_an_undone_names_its_event_by_instant_or_by_more() -> None:
    record = commitment(
        "what: Send it\nlog:\n"
        "  - {at: 2026-11-12T15:10Z, by: dev, event: undone, of: 2026-11-12T15:00Z}\n"
        "  - {at: 2026-11-12T15:11Z, by: dev, event: undone, "
        "of: {at: 2026-11-12T15:00Z, by: mia, event: noted}}\n"
    )
    first, second = record.log
    assert first.values == {"of": datetime(2026, 11, 12, 15, 0, tzinfo=UTC)}
    assert second.values == {
        "of": datetime(2026, 11, 12, 15, 0, tzinfo=UTC),
        "of_by": "mia",
        "of_event": "noted",
    }


def test_settings_bring_people_roles_and_calendar() -> None:
    found = loaded(
        "timezone: Europe/Berlin\ncalendar: {workweek: [sun, mon], closed: 2026-11-26, holidays: "
        "{country: DE, from: 2026-01-01, to: 2026-12-31}}\npeople:\n  dev: {name: Dev Rao, "
        "emails: dev@acme.example, away: {from: 2026-12-21, to: 2027-01-03, cover: sam}}\n  mia: Mia\n"
        "  sam:\nroles: {legal: {people: [sam], works_with: [{who: it, not_when: never}]}}\n"
        "rules: {NS412: off}\ncoaching: {sales: What did you learn?}\n",
        "nextstep.yaml",
    )
    settings = found.record
    assert isinstance(settings, Settings), found.findings
    assert found.findings == ()
    assert settings.calendar.timezone == "Europe/Berlin"
    assert settings.calendar.workweek == {6, 0}
    assert settings.calendar.closed == {date(2026, 11, 26)}
    assert settings.calendar.known == (date(2026, 1, 1), date(2026, 12, 31))
    assert settings.people["dev"].emails == ("dev@acme.example",)
    assert settings.people["dev"].away[0].cover == "sam"
    assert settings.people["mia"].name == "Mia"
    assert settings.people["sam"].id == "sam"
    assert settings.roles["legal"].works_with[0].not_when == "never"
    assert settings.rules == {"NS412": "off"}
    assert settings.coaching == {"sales": ("What did you learn?",)}


@pytest.mark.parametrize(
    ("version", "asked", "met"),
    [
        ("0.3.1", ">=0.3", True),
        ("0.3", ">=0.3.0", True),
        ("0.2.9", ">=0.3", False),
        ("1.0", ">=0.3,<1", False),
        ("0.10", ">0.9", True),
        ("0.3", "~=0.3", False),
        ("0.3", ">= 0.2 , != 0.4", True),
        ("0.3", ">=", False),
    ],
)
def test_a_version_meets_every_clause_or_none(version: str, asked: str, *, met: bool) -> None:
    assert fits(version, asked) is met


@pytest.mark.parametrize(
    ("record", "model"),
    [
        (COMMITMENT, Commitment),
        (PROCESS, Process),
        (RUN, Run),
        (PROCESS_STEP, Step),
        (RUN_STEP, Step),
        (HANDOFF, Handoff),
        (ITEM, Item),
    ],
    ids=lambda value: getattr(value, "name", None) or getattr(value, "__name__", ""),
)
def test_every_declared_field_has_a_place_in_the_model(record: Record, model: type[Struct]) -> None:
    known = {field.name for field in fields(model)}
    assert {field.target for field in record.fields} <= known


def test_a_field_of_the_model_is_declared_or_derived() -> None:
    derived = {"id", "source", "index"}
    for record, model in ((COMMITMENT, Commitment), (PROCESS, Process), (RUN, Run)):
        declared = {field.target for field in record.fields}
        declared |= {field.text_attribute for field in record.fields}
        assert {field.name for field in fields(model)} - derived <= declared


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("title: Move\nsteps: []\n", "commitments/move-aa2b.yaml"),
        (
            "title: T\nowner: ana\ncustomer: buyers\nprovides: It\nsteps: []\n",
            "processes/offer.yaml",
        ),
    ],
)
def test_a_plan_without_a_step_is_no_plan(text: str, path: str) -> None:
    found = loaded(text, path)
    assert [one.code for one in found.findings] == ["NS102"]
    assert "has no value" in found.findings[0].message


def test_a_name_fits_into_a_row() -> None:
    found = loaded(f"what: Send it\nwho: {'x' * 121}\npart_of: {'y' * 121}\n")
    assert [one.code for one in found.findings] == ["NS106", "NS106"]
