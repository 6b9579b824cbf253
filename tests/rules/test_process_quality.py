"""What weakens a process is found where it stands, and a sound process is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.new_ledger import Newcomer, commitment_text, settings_text
from nextstep.rules.wording import VAGUE_WORDS
from tests.rules.ledgers import codes, findings

PLACE = "processes/review.yaml"
PEOPLE = """\
people:
  ana: {name: Ana}
  eva: {name: Eva}
  max: {name: Max}
  lena: {name: Lena, org: Globex}
roles:
  writer: {people: [eva, max]}
  lead: {people: [ana]}
"""
ALONE = "people:\n  ana: {name: Ana}\n  lena: {name: Lena, org: Globex}\n"
HEAD = """\
title: Review
owner: ana
provides: A page to decide on
inputs: [meeting, call, tier, seats]
"""
INSIDE = "customer: {who: the sales team, kind: internal}\n"
OUTSIDE = "customer: {who: buyers, kind: external}\n"


class Case(Struct, frozen=True):
    """A ledger, and the one finding in it: code, line and a part of its message or hint."""

    files: dict[str, str]
    code: str
    line: int
    says: str


def process(
    *steps: str, head: str = "", customer: str = INSIDE, people: str = ""
) -> dict[str, str]:
    """Return a ledger with one process; the first step is on line 7, plus one for a line of head."""
    listed = "".join(f"  - {{{step}}}\n" for step in steps)
    settings = {"nextstep.yaml": people} if people else {}
    return {**settings, PLACE: f"{HEAD}{customer}{head}steps:\n{listed}"}


def step(id_: str = "write", due: str = "asap", more: str = "", do: str = "Write the page") -> str:
    return f"id: {id_}, do: {do}, who: writer, due: {due}, done_when: It is there{more}"


def reviewed(review: str, **more: str) -> dict[str, str]:
    return process(step(), head=f"review: {review}\n", **more)


def promised(due: str, *steps: str, text: str = "In time") -> dict[str, str]:
    return process(*steps, head=f"promise: {{text: {text}, due: {due}}}\n")


KEEPS = ", keeps_promise: true"
ITEMS = ", ".join(f"thing {number}" for number in range(10))
HANDOFF = ", handoff: {{{}must_include: [the page, its sources, what is open]}}"

WORDING = {
    "as soon as possible in what is done": Case(
        process(step(do="Write it as soon as possible")), "NS420", 7, "`as soon as possible` does"
    ),
    "a vague word in capitals": Case(process(step(do="Send it ASAP")), "NS420", 7, "`ASAP`"),
    "a vague word in what is handed over": Case(
        process(
            step(more=", handoff: {to: lead, must_include: [the page etc., its sources, a date]}"),
        ),
        "NS420",
        7,
        "`etc` does not say what else",
    ),
    "a vague word in a list": Case(
        process(step(more=", items: [sources, figures as needed, names]")),
        "NS420",
        7,
        "in which case",
    ),
    "a vague promise": Case(
        promised("meeting", step(), text="You have it soon"), "NS420", 6, "soon"
    ),
    "what is done in no words": Case(
        process(step(do="Follow up with the customer")), "NS420", 7, "`Follow up` does not say what"
    ),
    "a doer who is everybody": Case(
        process("id: a, do: Tidy up, who: everyone, due: asap, done_when: The desk is free"),
        "NS421",
        7,
        "`everyone` is nobody in particular",
    ),
    "a doer who is the team": Case(
        process(step(), head="who: the-team\n") | {},
        "NS421",
        6,
        "`the-team`",
    ),
    "a commitment that is somebody's": Case(
        {
            "commitments/offer.yaml": "what: Send it\noutcome: They have it\nwho: somebody\ndue: asap\n"
        },
        "NS421",
        3,
        "name one person",
    ),
}
CARE = {
    "an owner without a deputy": Case(
        process(step(), people=PEOPLE), "NS422", 2, "`ana` owns this process"
    ),
    "a review whose day is over": Case(
        reviewed("{every: 10d, last: 2026-11-12}"), "NS423", 6, "was due on 2026-11-22: 10d after"
    ),
    "one of two reviews whose day is over": Case(
        reviewed(
            "[{every: 1y, last: 2026-02-09}, {every: 1mo, last: 2026-10-20, kind: with sales}]"
        ),
        "NS423",
        6,
        "the review with sales was due on 2026-11-20",
    ),
    "a review that was confirmed long ago": Case(
        {
            PLACE: reviewed("{every: 1mo, last: 2026-01-20}")[PLACE]
            + "log:\n  - {at: 2026-10-02T09:00Z, by: ana, event: confirmed}\n"
        },
        "NS423",
        6,
        "1mo after 2026-10-02",
    ),
    "a review that never was": Case(reviewed("{every: 6mo}"), "NS424", 6, "was never done"),
    "an owner who does it all": Case(
        process(step(), people=PEOPLE.replace("[eva, max]", "[ana, max]")),
        "NS425",
        2,
        "`ana` plays every role",
    ),
    "a role that owns what it does": Case(
        process(step().replace("who: writer", "who: lead"), people=PEOPLE)
        | {
            PLACE: process(step().replace("who: writer", "who: lead"))[PLACE].replace("ana", "lead")
        },
        "NS425",
        2,
        "`lead` plays every role",
    ),
}
SIZE = {
    "ten things to tick off": Case(
        process(step(more=f", items: [{ITEMS}]")), "NS426", 7, "`write` has 10 things to tick off"
    ),
    "ten things to hand over": Case(
        process(step(more=f", handoff: {{to: lead, must_include: [{ITEMS}]}}")),
        "NS426",
        7,
        "10 things to hand over",
    ),
    "a role that works with eight others": Case(
        process(
            *(
                step(f"s{number}", more=f", with: [r{number}]", do="Ask them")
                for number in range(8)
            ),
            head=f"roles: [writer, {', '.join(f'r{number}' for number in range(8))}]\n",
        ),
        "NS427",
        6,
        "`writer` works with 8 other roles",
    ),
}
FRAMES = {
    "a promise shorter than a chain of steps": Case(
        promised("5bd after start", step("a", "3bd after start"), step("b", "3bd after a", KEEPS)),
        "NS324",
        6,
        "may take until 6bd after start, and the promise is 5bd after start",
    ),
    "a promise before its own step": Case(
        promised("5bd before meeting", step("a", "3bd before meeting", KEEPS)),
        "NS324",
        6,
        "3bd before meeting",
    ),
    "a promise in days and a chain of both": Case(
        promised("1w after start", step("a", "5bd after start"), step("b", "3d after a", KEEPS)),
        "NS324",
        6,
        "3d 5bd after start",
    ),
    "a promise that only a step without a date holds up": Case(
        promised("2bd after call", step("a", "3bd after call"), step("b", "asap", KEEPS)),
        "NS324",
        6,
        "3bd after call",
    ),
    "a promise in hours": Case(
        promised("24h after call", step("a", "30h after call", KEEPS)), "NS324", 6, "30h after call"
    ),
    "a date before that of the step before it": Case(
        process(step("a", "5bd after start"), step("b", "3bd after start")),
        "NS325",
        8,
        "`b` is due 3bd after start, and `a`, which comes first, 5bd after start",
    ),
    "a date back from the same day": Case(
        process(step("a", "2bd before meeting"), step("b", "3bd before meeting")),
        "NS325",
        8,
        "2bd before meeting",
    ),
    "a day before that of the step before it": Case(
        process(step("a", "2026-12-04"), step("b", "2026-12-03")), "NS325", 8, "due 2026-12-03"
    ),
    "a date before the end of a chain": Case(
        process(
            step("a", "3bd after start"),
            step("b", "4bd after a"),
            step("c", "6bd after start"),
        ),
        "NS325",
        9,
        "`b`, which comes first, 7bd after start",
    ),
    "a date back from the step that it waits for": Case(
        process(step("a", "5bd after start"), step("b", "2bd before a")),
        "NS325",
        8,
        "`b` is due 2bd before a, and waits for `a`",
    ),
    "a date back from the date of the step that it waits for": Case(
        process(step("a", "5bd after start"), step("b", "{by: 1d before a.due, at: '17:00'}")),
        "NS325",
        8,
        "`b` is due 1d before a, and waits for `a`",
    ),
    "a step that may begin once it is late, whenever the one before it ends": Case(
        process(step("a", "2bd after start"), step("b", "1d after a", ", not_before: 5d after a")),
        "NS326",
        8,
        "`b` may not begin before 5d after a, and is due 1d after a",
    ),
    "a step that may begin once it is late": Case(
        process(step("a", "3d after start", ", not_before: 1w after start")),
        "NS326",
        7,
        "may not begin before 1w after start",
    ),
    "a step that begins after a mark": Case(
        process(
            "id: talk, mark: The talk, due: meeting",
            step("b", "1bd before meeting", ", not_before: talk"),
        ),
        "NS326",
        8,
        "is due 1bd before meeting",
    ),
    "grace on a day that is written out": Case(
        process(step("a", "2026-12-04", ", grace: 2bd")), "NS327", 7, "fixed day"
    ),
    "grace in the date itself": Case(
        process(step("a", "{by: 2026-12-04, grace: 2bd}")), "NS327", 7, "fixed day"
    ),
    "grace on the promise": Case(
        promised("{by: meeting, grace: 1bd}", step()), "NS327", 6, "the promise to the customer"
    ),
    "grace on what keeps the promise": Case(
        promised("meeting", step("a", "meeting", f"{KEEPS}, grace: 1bd")), "NS327", 8, "keeps"
    ),
}
LOGIC = {
    "a condition against itself": Case(
        process(step(more=", when: tier == 'a' and tier == 'b'")), "NS328", 7, "whatever `tier` is"
    ),
    "a case that nothing is left for": Case(
        process(
            step(due="[{when: seats > 10, by: meeting}, {when: seats > 20, by: start}, {by: asap}]")
        ),
        "NS328",
        7,
        "the cases above this one",
    ),
    "a last case that is never reached": Case(
        process(
            step(
                due="[{when: seats > 10, by: meeting}, {when: seats <= 10, by: call}, {by: start}]"
            )
        ),
        "NS328",
        7,
        "nothing is left for this case",
    ),
    "a step against its process": Case(
        process(step(more=", when: tier == 'b'"), head="when: tier == 'a'\n"),
        "NS328",
        8,
        "where the `when` around it does",
    ),
    "an item against its step": Case(
        process(
            step(more=", when: tier == 'a', items: [{item: the seal, when: tier != 'a'}, a, b]")
        ),
        "NS328",
        7,
        "never holds",
    ),
    "a condition for everything": Case(
        process(step(more=", when: seats > 10 or seats < 50")), "NS329", 7, "whatever `seats` is"
    ),
    "a step as its process": Case(
        process(step(more=", when: tier != 'b'"), head="when: tier == 'a'\n"),
        "NS329",
        8,
        "always holds",
    ),
    "a step that begins after what waits for it": Case(
        process(
            step("a", "asap", ", not_before: 1bd before b.due"),
            step("b", "2bd after a"),
        ),
        "NS430",
        7,
        "known only once `a` is finished",
    ),
    "a step after one that never ends": Case(
        process(step("a", "meeting", ", repeat: every friday"), step("b", "asap", ", after: [a]")),
        "NS430",
        8,
        "comes again without an end",
    ),
    "a step that undoes what never was": Case(
        process(
            step("a", more=", when: tier == 'a'"),
            step("b", more=", undoes: a, when: tier == 'b'"),
        ),
        "NS430",
        8,
        "`b` is never needed when `a` is",
    ),
}
ENDS = {
    "a promise kept without proof": Case(
        process(step("a", more=KEEPS), step("b"), customer=OUTSIDE), "NS428", 7, "`a` keeps"
    ),
    "a last step without proof": Case(
        process(
            step("a"),
            step("b"),
            "id: m, mark: The day, due: meeting",
            step("c", more=", optional: true"),
            customer=OUTSIDE,
        ),
        "NS428",
        8,
        "`b` is the last step",
    ),
    "a list that nobody receives": Case(
        process(step(more=HANDOFF.format(""))), "NS429", 7, "nobody receives it"
    ),
    "a role that no step has": Case(
        process(step(), head="roles: [writer, legal]\n"), "NS222", 6, "with `legal`"
    ),
}
ALL_CASES = WORDING | CARE | SIZE | FRAMES | LOGIC | ENDS


@pytest.mark.parametrize("case", ALL_CASES.values(), ids=ALL_CASES.keys())
def test_what_weakens_a_process_is_found_where_it_stands(case: Case, tmp_path: Path) -> None:
    found = findings(tmp_path, case.files)
    assert codes(found) == [case.code]
    assert found[0].span is not None
    assert found[0].span.line == case.line
    assert case.says in f"{found[0].message} {found[0].hint}"


@pytest.mark.parametrize("case", ALL_CASES.values(), ids=ALL_CASES.keys())
def test_a_retired_process_is_not_judged(case: Case, tmp_path: Path) -> None:
    files = {
        path: text.replace("title:", "state: retired\ntitle:") for path, text in case.files.items()
    }
    expected = ["NS421"] if PLACE not in files else []
    assert codes(findings(tmp_path, files)) == expected


@pytest.mark.parametrize("case", CARE.values(), ids=CARE.keys())
def test_nobody_need_look_after_a_draft(case: Case, tmp_path: Path) -> None:
    files = {
        path: text.replace("title:", "state: draft\ntitle:") for path, text in case.files.items()
    }
    assert findings(tmp_path, files) == ()


SOUND = {
    "a date back from a step that it does not wait for": process(
        step("a", "5bd after start"), step("b", "2bd before a", ", after: []")
    ),
    "a step that may begin on the day on which it is due, whenever that is": process(
        step("a", "2bd after start"), step("b", "2d after a", ", not_before: 1d after a")
    ),
    "as soon as something has happened": process(step(do="Send it as soon as it is signed")),
    "a follow-up as a thing": process(step(do="Write the follow-up page")),
    "a day that is as soon as possible": process(step(due="asap")),
    "what is not decided in a draft": {
        PLACE: process(step(do="Write TBD"))[PLACE].replace("title:", "state: draft\ntitle:")
    },
    "a team that votes": process("id: a, approve: docs/page.md, who: team, need: all, due: asap"),
    "a person called team": process(
        "id: a, do: Write, who: team, due: asap, done_when: It is there",
        people="people:\n  ana: {name: Ana, org: Globex}\n  team: {name: Tea Miller}\n",
    ),
    "a deputy": process(step(), head="deputy: eva\n", people=PEOPLE),
    "nobody who could be the deputy": process(step().replace("writer", "ana"), people=ALONE),
    "nobody left who could be the deputy": process(
        step().replace("writer", "ana"),
        people=ALONE + "  pat: {name: Pat, left: 2026-09-30}\n",
    ),
    "a review on its last day": reviewed("{every: 10d, last: 2026-11-13}"),
    "a review that the owner confirmed": {
        PLACE: reviewed("{every: 1mo, last: 2026-01-20}")[PLACE]
        + "log:\n  - {at: 2026-11-02T09:00Z, by: ana, event: confirmed}\n"
    },
    "nine things at once": process(step(more=f", items: [{ITEMS.rpartition(',')[0]}]")),
    "nine things at once, and others now and then": process(
        step(more=f", items: [{ITEMS.rpartition(',')[0]}, {{item: the seal, when: tier == 'a'}}]")
    ),
    "a chain that keeps the promise": promised(
        "6bd after start", step("a", "3bd after start"), step("b", "3bd after a", KEEPS)
    ),
    "a longer way that is not always needed": promised(
        "5bd after start",
        step("a", "3bd after start"),
        step("x", "9bd after a", ", when: tier == 'a'"),
        step("b", "1bd after x", KEEPS),
    ),
    "a longer way that is optional": promised(
        "5bd after start",
        step("a", "3bd after start"),
        step("x", "9bd after a", ", optional: true"),
        step("b", "1bd after a", KEEPS + ", after: [a]"),
    ),
    "a promise from another day": promised(
        "5bd before meeting", step("a", "30bd after start", KEEPS)
    ),
    "a chain in days under a promise in working days": promised(
        "5bd after start", step("a", "7d after start", KEEPS)
    ),
    "the same date as the step before": process(
        step("a", "3bd after start"), step("b", "3bd after start")
    ),
    "an earlier date than a step of another case": process(
        step("a", "5bd after start", ", when: tier == 'a'"),
        step("b", "3bd after start", ", when: tier == 'b'"),
    ),
    "an earlier date than a step that somebody answers late": process(
        step("a", "1bd after start", HANDOFF.format("to: lead, ")),
        step("b", "1bd after a").replace("who: writer", "who: lead"),
        step("c", "2bd after start", ", after: [a]"),
        step("d", "3bd after start", ", after: [c]"),
    ),
    "a beginning on the day it is due": process(
        step("a", "3bd after start", ", not_before: 3bd after start")
    ),
    "a beginning after a step that may end early": process(
        step("a", "5bd after start"), step("b", "5bd after start", ", not_before: a")
    ),
    "grace on a day that comes to be known": process(step("a", "meeting", ", grace: 2bd")),
    "grace and air before the promise": promised(
        "meeting", step("a", "3bd before meeting", KEEPS + ", grace: 1bd")
    ),
    "cases one after the other": process(
        step(due="[{when: seats > 20, by: meeting}, {when: seats > 10, by: start}, {by: asap}]")
    ),
    "a step before what it undoes ends": process(
        step("a", more=", when: tier == 'a'"), step("b", more=", undoes: a, when: tier == 'a'")
    ),
    "a beginning that counts from the date of a later step": process(
        step("a", "asap", ", not_before: 5bd before b.due"), step("b", "10bd after start")
    ),
    "a step after one that comes again for a while": process(
        step("a", "call", ", repeat: every friday, until: meeting"),
        step("b", "asap", ", after: [a]"),
        step("c", "call", ", after: [], repeat: every friday for 5 times"),
        step("d", "asap", ", after: [c]"),
    ),
    "a customer who signs": process(
        step("a", more=KEEPS + HANDOFF.format("to: buyer, ")), customer=OUTSIDE
    ),
    "a last word that is a vote": process(
        step("a"), "id: b, approve: The page, who: lead, due: asap", customer=OUTSIDE
    ),
    "a list for whoever is next": process(step("a", more=HANDOFF.format("")), step("b")),
    "a list for those who are told": process(step("a", more=HANDOFF.format("tell: [lead], "))),
    "a role that only votes, receives or is told": process(
        step("a", more=HANDOFF.format("to: reader, ")),
        "id: b, approve: The page, who: reader, due: asap",
        head="roles: [writer, reader, lead]\nescalate: [{after: 2bd, tell: [lead]}]\n",
    ),
}


@pytest.mark.parametrize("files", SOUND.values(), ids=SOUND.keys())
def test_a_sound_process_is_left_alone(files: dict[str, str], tmp_path: Path) -> None:
    assert findings(tmp_path, files) == ()


def test_the_hint_about_a_review_is_the_command_that_mends_it(tmp_path: Path) -> None:
    """It names the one review where there are several."""
    two = "[{every: 1y}, {every: 1mo, last: 2026-10-20, kind: with sales}]"
    hints = [
        one.hint for one in findings(tmp_path, reviewed(two)) if one.code in {"NS423", "NS424"}
    ]
    assert "nextstep confirm review" in hints[0]
    assert hints[1].endswith("then nextstep confirm review --kind 'with sales'")


def test_every_word_of_the_published_list_is_found(tmp_path: Path) -> None:
    published = VAGUE_WORDS.fix.partition("The words are")[2]
    words = [word for word in published.split("`")[1::2] if word != "do"]
    steps = [step(f"s{at}", do=f"Send it {word} to them") for at, word in enumerate(words)]
    found = findings(tmp_path, process(*steps, head="order: free\n"))
    assert [one.message.split("`")[1] for one in found] == words
    assert len(words) > 40


def test_each_vague_word_is_pointed_at(tmp_path: Path) -> None:
    text = """do: >-
      Write it asap
      and send it if
      needed, as needed"""
    files = {PLACE: HEAD + INSIDE + f"steps:\n  - id: a\n    {text}\n    who: writer\n"}
    files[PLACE] += "    due: asap\n    done_when: Ana has it soon, very soon\n"
    places = []
    for one in findings(tmp_path, files):
        assert one.span is not None
        places.append((one.message.split("`")[1], one.span.line, one.span.column))
    assert places == [("if needed", 8, 9), ("asap", 9, 16), ("as needed", 11, 15), ("soon", 14, 27)]


def test_a_variant_is_judged_by_what_it_writes_itself(tmp_path: Path) -> None:
    base = promised("5bd after start", step("a", "9bd after start", ", items: [as needed]" + KEEPS))
    small = "title: Small\nowner: ana\nbased_on: review\nreason: Small accounts need less\n"
    variant = small + "steps:\n  - {" + step("b", "asap", do="Send it soon") + "}\n"
    files = {**base, "processes/small.yaml": small, "processes/other.yaml": variant}
    found = [(one.path, one.code) for one in findings(tmp_path, files)]
    assert found == [("processes/other.yaml", "NS420"), (PLACE, "NS324"), (PLACE, "NS420")]


def test_a_variant_that_takes_longer_than_the_promise_is_told(tmp_path: Path) -> None:
    base = promised(
        "5bd after start", step("a", "3bd after start"), step("b", "1bd after a", KEEPS)
    )
    variant = "title: Large\nowner: ana\nbased_on: review\nreason: Large accounts need more\n"
    variant += "steps:\n  - {" + step("a", "8bd after start") + "}\n"
    found = findings(tmp_path, {**base, "processes/large.yaml": variant})
    assert [(one.path, one.code) for one in found] == [("processes/large.yaml", "NS324")]
    assert found[0].span is not None
    assert found[0].span.line == 6


def test_nothing_is_called_missing_that_was_lost_in_reading(tmp_path: Path) -> None:
    steps = step("a", more=KEEPS + ", proof: {of: delivery}")
    head = "deputy: [eva, max]\nroles: [writer, lead]\n"
    found = findings(tmp_path, process(steps, head=head, customer=OUTSIDE, people=PEOPLE))
    assert {one.code[:3] for one in found} == {"NS1"}


LOST_STEP = step(more=", proof: {of: delivery}")
OWN_STEP = "id: write, do: Write it, who: ana, due: asap, done_when: It is there"


@pytest.mark.parametrize(
    ("steps", "head", "expected"),
    [
        (LOST_STEP, "review: {every: 10d, last: 2026-11-01}\n", ["NS422", "NS423"]),
        (LOST_STEP, "deputy: eva\nreview: {every: 10d}\n", ["NS424"]),
        (f"{OWN_STEP}, proof: {{of: it}}", "", ["NS425"]),
        (f"{OWN_STEP}, with: {{of: it}}", "", ["NS422"]),  # whoever it was with is lost
        (LOST_STEP, "deputi: eva\nreview: {every: 10d, last: 2026-11-01}\n", []),
        (LOST_STEP, "deputy: eva\nreview: {every: 10d, last: 2026-11-01}\nlog: later\n", []),
        (f"{LOST_STEP}, do: Twice", "review: {every: 10d, last: 2026-11-01}\n", []),
    ],
)
def test_who_looks_after_a_process_is_judged_also_where_a_step_lost_something(
    steps: str, head: str, expected: list[str], tmp_path: Path
) -> None:
    found = findings(tmp_path, process(steps, head=head, people=PEOPLE))
    assert any(one.severity is Severity.ERROR for one in found)
    assert [one.code for one in found if one.code > "NS4"] == expected


def test_a_process_without_a_title_is_looked_after_all_the_same(tmp_path: Path) -> None:
    files = process(step(), people=PEOPLE)
    files[PLACE] = files[PLACE].replace("title: Review\n", "")
    assert codes(findings(tmp_path, files)) == ["NS102", "NS422"]


@pytest.mark.parametrize(
    ("path", "says", "hint"),
    [
        ("../../x.md", "it leads out of the folder", "such as `docs/figures.md`"),
        ("/srv/x.md", "it begins at the top of the disk", "such as `docs/figures.md`"),
        ("a/../../x.md", "it leads out", "such as"),
        ("./docs/x.md", "it goes through", "write `docs/x.md`"),
        ("docs/$tier/../x.md", "it goes through", "write `docs/x.md`"),
        ("docs/", "it ends in `/`", "such as"),
    ],
)
def test_a_check_that_never_sees_its_file_is_an_error(
    path: str, says: str, hint: str, tmp_path: Path
) -> None:
    checked = f"{{item: the page, check: {{file: {path}}}}}, sources, a date"
    for place in ("items: [{}]", "handoff: {{to: lead, must_include: [{}]}}"):
        (found,) = findings(tmp_path, process(step(more=f", {place.format(checked)}")))
        assert (found.code, found.severity) == ("NS433", Severity.ERROR)
        assert found.span is not None
        assert found.span.line == 7
        assert says in found.message
        assert hint in (found.hint or "")


def test_a_check_that_an_input_leads_out_of_the_ledger_is_told_while_the_run_is_open(
    tmp_path: Path,
) -> None:
    items = "items: [{item: the page, check: {file: docs/$tier/x.md}}]"
    run = "title: Review\nowner: ana\nstarted: 2026-11-20\ninputs: {tier: ../..}\nsteps:\n"
    run += f"  - {{{step(due='2026-12-01').replace('writer', 'max')}, {items}}}\n"
    (found,) = findings(tmp_path, {"commitments/2026/11/review-k3f9.yaml": run})
    assert found.code == "NS433"
    assert "`docs/$tier/x.md`, here `docs/../../x.md`, is never seen" in found.message
    closed = "  - {at: 2026-11-21T09:00Z, by: ana, event: closed, result: dropped, why: moved on}\n"
    ended = {"commitments/2026/11/review-k3f9.yaml": f"{run}log:\n{closed}"}
    assert "NS433" not in codes(findings(tmp_path, ended))


def test_rules_that_depend_on_today_are_warnings(tmp_path: Path) -> None:
    found = findings(tmp_path, reviewed("{every: 10d, last: 2026-11-12}"))
    assert [(one.code, one.severity) for one in found] == [("NS423", Severity.WARNING)]


@pytest.mark.parametrize("person", [None, Newcomer("ana", "ana@acme.example", "Ana Costa")])
def test_what_init_writes_is_clean(person: Newcomer | None, tmp_path: Path) -> None:
    files = {
        "nextstep.yaml": settings_text("Europe/Berlin", person, None),
        "commitments/2026/11/first.yaml": commitment_text(person, date(2026, 11, 27)),
    }
    assert findings(tmp_path, files) == ()
