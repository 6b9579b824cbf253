"""Whatever a file, a log or a commit holds, nothing of it acts on who reads `trail` or `slips`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from unicodedata import category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nextstep.model.calendar import Calendar
from nextstep.model.events import Event, EventValue
from nextstep.render.listing import Origin
from nextstep.render.page import Page, Reading
from nextstep.render.page_markdown import page_markdown
from nextstep.render.page_text import page_text
from nextstep.render.row_words import Speech
from nextstep.render.slips_formats import slips_json, slips_tsv
from nextstep.render.slips_words import slips_page
from nextstep.render.terminal import Screen
from nextstep.render.trail_formats import story_json, trail_json, trail_tsv
from nextstep.render.trail_list_words import trail_page
from nextstep.render.trail_story_words import story_page
from nextstep.reports.slips import SlipsWanted, slips_report
from nextstep.reports.standing import standing
from nextstep.reports.trail import SEEN_IN_HISTORY, Asked, trail_report
from nextstep.reports.trail_story import Topic, trail_story
from nextstep.reports.unread import unread_files
from nextstep.trail.facts import Fact, How, Signature, Trail, Witness
from tests.render.test_nothing_acts import ACTING, HOSTILE, NOW, hostile_ledger

TOLD = (*SEEN_IN_HISTORY, "moved", "changed", "agreed", "offered", "returned", "closed", "done")
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)


def hostile_trail(text: str) -> Trail:
    """A history in which every text is this one, told by the log and by the file alone."""
    hows: tuple[How, ...] = ("commit", "made in a merge", "dropped by a merge")
    facts = []
    for order, event in enumerate((*TOLD, *TOLD)):
        how, logged = hows[order % len(hows)], order < len(TOLD)
        values: dict[str, EventValue] = {
            "field": text,
            "fields": (text, text),
            "from": ((text, text),) if event in ("edited", "rewritten") else text,
            "to": date(2026, 11, 25) if event == "moved" else text,
            **dict.fromkeys(("why", "text", "outcome", "how", "item", "proof", "content"), text),
            **dict.fromkeys(("gaps", "missing", "next", "agreed_by", "with"), (text, text)),
        }
        line = Event(at=AT, by=text, event="moved", step=None, values=values, index=0)
        signed = Signature(name=text, email=text, at=AT, label=text)
        facts.append(
            Fact(
                id=text,
                kind="commitment",
                event=event,
                step=None,
                at=AT,
                by=text,
                recorded_by=f"{text}b",
                values=values,
                logged=line if logged else None,
                seen=not logged,
                witness=Witness(commit=text, order=order, author=signed, committer=signed, how=how),
                path=text,
                what=text,
                after_due=True,
            )
        )
    return Trail(facts=tuple(facts), tip=text, commits=1, first=text, doubts=(text,))


def renderings(text: str, width: int = 60) -> dict[str, str]:
    """Every format of every report about history, by name."""
    ledger, trail = hostile_ledger(text), hostile_trail(text)
    states = standing(ledger, NOW)
    speech = Speech(today=NOW.today, calendar=Calendar(), reader=None, you=False)
    reading = Reading(speech=speech, origin=Origin(text, text), unread=unread_files(ledger))
    listed = trail_report(trail, states, Asked(id=text, between=(text, text)))
    story = trail_story(trail, states, Topic(kind="commitment", id=text))
    slips = slips_report(trail, states, SlipsWanted(step=None))
    pages: dict[str, Page] = {
        "trail": trail_page(listed, reading),
        "story": story_page(story, reading),
        "slips": slips_page(slips, reading),
    }
    assert listed.entries
    assert slips.slips
    return {
        **{f"{name} text": page_text(page, Screen(width=width)) for name, page in pages.items()},
        **{f"{name} markdown": page_markdown(page) for name, page in pages.items()},
        "trail tsv": trail_tsv(listed.entries, listed.unread),
        "slips tsv": slips_tsv(slips),
        "trail json": trail_json(listed),
        "story json": story_json(story, reading),
        "slips json": slips_json(slips),
    }


@settings(max_examples=6)
@given(HOSTILE)
def test_no_character_acts_in_any_format(text: str) -> None:
    for name, shown in renderings(text).items():
        allowed = {"\n", "\u200d"} | ({"\t"} if name.endswith("tsv") else set())
        assert {char for char in shown if category(char) in ACTING} <= allowed, name


@settings(max_examples=6)
@given(HOSTILE)
def test_a_row_stays_one_line_of_the_same_columns(text: str) -> None:
    shown = renderings(text)
    for name in ("trail tsv", "slips tsv"):
        columns = {line.count("\t") for line in shown[name].split("\n")[:-1]}
        assert len(columns) == 1, name


@settings(max_examples=6)
@example("x" * 49 + "::error::x")
@given(
    st.lists(st.sampled_from(["::", "error", "##[", " ", "\n", "x" * 13, ":", "\t"])).map("".join)
)
def test_no_line_is_a_command_to_a_build_service(text: str) -> None:
    for width in (24, 60):
        for name, shown in renderings(text or "x", width).items():
            assert "##[" not in shown, name
            begins = [line.lstrip() for line in shown.splitlines()]
            assert not [line for line in begins if re.match(r"::\w", line)], name


@pytest.mark.parametrize(
    "text", ["@everyone #1 <img src=x> [x](http://a) `a` **b**", "https://x.example/?a=1&b=2"]
)
def test_nothing_acts_in_markdown(text: str) -> None:
    """No mention, no link, no picture, no code of a ledger's or a commit's words."""
    for name, shown in renderings(text).items():
        if name.endswith("markdown"):
            for acting in ("@everyone", " #1", "<img", "](http", "https://x", "**b**"):
                assert acting not in re.sub(r"`[^`]*`", "", shown), (name, acting)
