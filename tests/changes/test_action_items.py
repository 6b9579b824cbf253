"""Lines of minutes and lists: what is said is taken, and nothing is guessed."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from nextstep.changes.action_items import Item, LineReader, PassedBy, passed_words
from nextstep.dates.now import now_on
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.calendar import Calendar
from nextstep.model.people import Person, Settings

MONDAY = now_on(date(2026, 11, 23), "UTC")
FRIDAY = date(2026, 11, 27)
TEAM = Settings(
    people={
        "dev": Person(id="dev", name="Dev Rao"),
        "lena": Person(id="lena", name="Lena Ortiz"),
        "raj": Person(id="raj", name="Raj Patel"),
    }
)


def reader(settings: Settings = TEAM) -> LineReader:
    return LineReader(settings, MONDAY, Calendar())


def one(line: str, settings: Settings = TEAM) -> Item:
    (item,) = reader(settings).lines(line)
    assert isinstance(item, Item), item
    return item


@pytest.mark.parametrize(
    ("line", "what", "who", "due"),
    [
        ("- [ ] Send Lena the offer @dev fri", "Send Lena the offer", "dev", FRIDAY),
        ("* TODO Pick the venue by friday", "Pick the venue", None, FRIDAY),
        ("1. Write the agenda (dev, 2026-11-27)", "Write the agenda", "dev", FRIDAY),
        ("2) Write the agenda (Raj Patel)", "Write the agenda", "raj", None),
        ("ACTION: dev to send Lena the numbers", "Send Lena the numbers", "dev", None),
        ("**ACTION-12:** Lena Ortiz to meet Jo", "Meet Jo", "lena", None),
        ("Action: raj will look by next tue", "Look", "raj", date(2026, 12, 1)),
        ("- @raj: compare the logs", "Compare the logs", "raj", None),
        ("- Dev: send it \N{CALENDAR} 2026-12-01", "Send it", "dev", date(2026, 12, 1)),
        ("- [ ] Send it due:2026-12-01 @dev", "Send it", "dev", date(2026, 12, 1)),
        ("- [ ] Send it @dev, 3bd", "Send it", "dev", date(2026, 11, 26)),
        ("> - [ ] Send it @dev tomorrow", "Send it", "dev", date(2026, 11, 24)),
        (
            "- [ ] Send it @dev fri at 17:00",
            "Send it",
            "dev",
            datetime.fromisoformat("2026-11-27T17:00"),
        ),
        ("Send Lena the offer @dev", "Send Lena the offer", "dev", None),
        ("- [ ] Draft the agenda friday", "Draft the agenda", None, FRIDAY),
        ("- [ ] Send the offer by @raj", "Send the offer", "raj", None),
        ("- [ ] Send the offer @raj until fri", "Send the offer", "raj", FRIDAY),
    ],
)
def test_what_who_and_when_are_taken_where_the_line_says_them(
    line: str, what: str, who: str | None, due: date | None
) -> None:
    item = one(line.replace("\N{CALENDAR}", "\U0001f4c5"))
    assert (item.what, item.who, item.due) == (what, who, due)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("- [ ] Draft the agenda for friday", "Draft the agenda for friday"),
        ("- [ ] Say what happened last monday", "Say what happened last monday"),
        ("- [ ] Water the plants every friday", "Water the plants every friday"),
        ("- [ ] Read chapter 5", "Read chapter 5"),
        ("- [ ] Write the second", "Write the second"),
        ("- [ ] Ask @raj", "Ask @raj"),
        ("- [ ] Talk to @lena about the price", "Talk to @lena about the price"),
        ("- [ ] Everyone to add thoughts", "Everyone to add thoughts"),
        ("- [ ] Look at the plan (see page 3)", "Look at the plan (see page 3)"),
    ],
)
def test_no_person_and_no_date_is_made_of_other_words(line: str, what: str) -> None:
    assert one(line) == Item(number=1, what=what)


def test_the_first_who_has_it_and_the_others_are_with_them() -> None:
    item = one("- [ ] Compare the logs so that we know the hour @raj and @lena wed")
    assert (item.who, item.with_, item.outcome) == ("raj", ("lena",), "we know the hour")
    assert one("- [ ] Send it to @lena @dev @raj fri").with_ == ("raj",)


@pytest.mark.parametrize(
    ("line", "who", "with_", "outcome", "due"),
    [
        ("Call Tom @raj fri so that he knows", "raj", (), "he knows", FRIDAY),
        ("Call Tom @raj by fri, so that he knows", "raj", (), "he knows", FRIDAY),
        ("Call Tom @raj until fri so that he knows", "raj", (), "he knows", FRIDAY),
        ("Call Tom (raj, fri) so that he knows", "raj", (), "he knows", FRIDAY),
        ("Call Tom by fri so that he knows @raj", "raj", (), "he knows", FRIDAY),
        ("Call Tom @raj so that he knows by fri", "raj", (), "he knows", FRIDAY),
        ("Call Tom @raj so that he knows @lena fri", "raj", ("lena",), "he knows", FRIDAY),
        ("Call Tom @raj fri so that it suits @lena", "raj", (), "it suits @lena", FRIDAY),
        ("Call Tom @raj fri so that it ends by eom", "raj", (), "it ends by eom", FRIDAY),
        ("Raj to call Tom so that he knows", "raj", (), "he knows", None),
    ],
)
def test_people_and_a_date_may_stand_before_or_after_the_outcome(
    line: str, who: str, with_: tuple[str, ...], outcome: str, due: date | None
) -> None:
    item = one(f"- [ ] {line}")
    assert (item.what.casefold(), item.who, item.with_) == ("call tom", who, with_)
    assert (item.outcome, item.due) == (outcome, due)


@pytest.mark.parametrize(
    "words", ["@raj someday", "@raj before fri", "@raj about the price", "@Raj the 40th"]
)
def test_a_known_person_whom_nothing_was_made_of_makes_a_line_unclear(words: str) -> None:
    (passed,) = reader().lines(f"- [ ] Call Tom {words}")
    assert isinstance(passed, PassedBy)
    assert f"`{words}` is not a person and a date" in passed.why


def test_without_people_a_name_is_taken_as_it_is_written() -> None:
    nobody = Settings()
    assert one("- Send it @zoltan fri", nobody).who == "zoltan"
    assert one("- Send it (zoltan, fri)", nobody).who == "zoltan"
    assert one("ACTION: Zoltan Kis to send it", nobody).who == "Zoltan Kis"
    assert one("- [ ] Send it (again)", nobody).who is None
    assert one("- [ ] Introduction to the API", nobody).who is None


def test_every_line_that_gives_no_next_step_is_named_with_the_reason() -> None:
    read = reader().lines(
        "# Acme review\n"
        "\n"
        "- [x] Old one @dev\n"
        "- ~~Not any more~~\n"
        "The weather was discussed.\n"
        "- [ ] Send it @zoltan fri\n"
        "- [ ] Send it @dev 5\n"
        "- [ ] @dev\n"
        "- [ ] Send \u202eit @dev\n"
    )
    assert all(isinstance(line, PassedBy) for line in read)
    words = passed_words([line for line in read if isinstance(line, PassedBy)])
    assert words[0] == "Done already: lines 3, 4."
    assert [word.partition(":")[2].partition(",")[0] for word in words[1:]] == [
        f" line {number}" for number in (5, 6, 7, 8, 9)
    ]
    assert "nothing says that it is to be done, or who" in words[1]
    assert "`zoltan` is nobody" in words[2]
    assert "`5` does not say which day" in words[3]


def test_one_line_that_cannot_be_understood_is_refused() -> None:
    with pytest.raises(NextstepError, match="does not say which day"):
        reader().item("Send it @dev 5")


def test_real_minutes_give_their_people_and_no_date_that_is_not_there(facts: Path) -> None:
    with (facts / "real" / "meeting_actions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {row["who"] for row in rows if " " in row["who"]} - {"Add priority of constituencies"}
    people = {name.casefold().replace(" ", "-"): Person(id="", name=name) for name in names}
    people |= {"gkellog": Person(id="gkellog")}
    known = {id_: Person(id=id_, name=person.name) for id_, person in people.items()}
    lines = "\n".join(f"- ACTION: {row['what']}" for row in rows)
    read = reader(Settings(people=known)).lines(lines)
    items = [line for line in read if isinstance(line, Item)]
    assert len(items) == len(rows) == 98
    assert [item for item in items if item.due is not None] == []
    named = [item for item in items if item.who is not None]
    print(f"{len(named)} of {len(rows)} rows give a next step with a person, none a date")
    without = [row["who"] for row, item in zip(rows, items, strict=True) if item.who is None]
    assert without == ["Add priority of constituencies", "", "Everyone"]
    for row, item in zip(rows, items, strict=True):
        name = known[item.who].name or item.who if item.who else ""
        assert row["who"] in ("Add priority of constituencies", "Everyone") or name.startswith(
            row["who"]
        )


@pytest.mark.parametrize(
    "line",
    ["@raj wed", "@raj by wed", "@raj", "wed", "@raj @dev 2026-12-01", "@raj due:2026-12-01"],
)
def test_a_person_and_a_day_alone_are_no_words(line: str) -> None:
    with pytest.raises(NextstepError, match="nothing says what is to be done"):
        reader().item(line)
    (passed,) = reader().lines(f"- [ ] {line}")
    assert isinstance(passed, PassedBy)
