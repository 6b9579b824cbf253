"""Laws of a change: the file then says the old and the change, and every other byte is the same."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.comments import comments_of
from nextstep.files.splice import Append, Change, Place, Put, Take, changed
from nextstep.files.splice_tree import tree_of
from nextstep.files.syntax import parse
from nextstep.model.source import Source
from tests.files.styled_files import WORDS, styled

EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "40"))
laws = settings(max_examples=EXAMPLES, deadline=None)
ROOT = Path(__file__).resolve().parents[2]
OWN = sorted(
    path.relative_to(ROOT).as_posix()
    for place in ("nextstep.yaml", "processes/**/*.yaml", "commitments/**/*.yaml")
    for path in ROOT.glob(place)
)
EVENT = {"text": 'she said "no"', "event": "noted", "by": "dev", "at": "2026-11-30T15:10:00.000Z"}
LINE = (
    '{at: 2026-11-30T15:10:00.000Z, by: dev, event: noted, text: "she said \\"no\\""}'  # as written
)
REFUSED = (
    "a comment stands within",
    "nothing would be left",
    "is a text, and has no fields",
    "no `after.",
)


def tree(source: Source) -> Any:
    root = parse(source).root
    assert root is not None, (source.data, parse(source).findings)
    return tree_of(root)


def places(said: Any, keys: Place = ()) -> Iterator[Place]:
    """Yield every place of a tree."""
    named = said.items() if isinstance(said, dict) else enumerate(said)
    for key, part in named if isinstance(said, (dict, list)) else ():
        yield (*keys, key)
        yield from places(part, (*keys, key))


def lines(data: bytes) -> list[bytes]:
    return data.splitlines()


def touched(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that are gone and those that came, all between the same beginning and end."""
    old, new = lines(before), lines(after)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return old[first : len(old) - last], new[first : len(new) - last]


def done(source: Source, change: Change) -> bytes | NextstepError:
    """Return the bytes after a change, or why it was refused."""
    try:
        return changed(source, [change])
    except NextstepError as error:
        return error


def lines_of(source: Source, keys: Place) -> int:
    """Return how many lines a field has, by the marks of the parser."""
    node: Any = parse(source).root
    first = 0
    for key in keys:
        name, node = (
            (None, node.value[key])
            if isinstance(key, int)
            else next(pair for pair in node.value if pair[0].value == key)
        )
        first = (name or node).start_mark.line
    return int(node.end_mark.line) - first + 1


def chosen_change(chance: Random, said: Any) -> Change:
    """Return some change of a file that says this."""
    word = chance.choice(WORDS)
    place = chance.choice(list(places(said)))
    field = (chance.choice(["who", "due", "partner", "repeat", "outcome", "after", "inputs"]),)
    listed = (chance.choice(["with", "after"]),)
    changes: list[Change] = [
        Put(place, word),
        Put(field, word),
        Put((*field, chance.choice(["x", "y: z", "it's"])), word),
        Put(listed, [chance.choice(WORDS) for _ in range(3)]),
        Take(place),
        Append(listed, word),
        Append(("log",), {**EVENT, "text": word}),
    ]
    return chance.choice(changes)


@laws
@example(569769620)  # the last field goes, with two blank lines above it and no line end below
@given(st.integers(0, 2**40))
def test_a_change_of_any_file_is_made_whole_and_nothing_else_is(seed: int) -> None:
    chance = Random(seed)
    path, data = styled(chance)
    source = Source(path, data)
    said = tree(source)
    change = chosen_change(chance, said)
    after = done(source, change)
    if isinstance(after, NextstepError):
        assert any(reason in after.message for reason in REFUSED), after.message
        assert after.hint
        return
    now = tree(Source(path, after))
    gone, came = touched(data, after)
    if isinstance(change, Take):
        assert_taken(said, now, change)
    else:
        there = comments(source)
        assert comments(Source(path, after)) == there
        assert_given(said, now, change)
        field = change.keys
        while field and field not in set(places(said)):
            field = field[:-1]
        assert len(gone) <= (lines_of(source, field) if field else 0) or b"{" in data[:4]
    assert after.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
    assert after.endswith(b"\n") == data.endswith(b"\n")
    assert (b"\r\n" in data) == (b"\r\n" in after) or b"\n" not in after
    assert after.count(b"\n") == after.count(b"\r\n") or b"\r" not in data
    assert not came or lines(after)


def assert_given(said: Any, now: Any, change: Put | Append) -> None:
    """What a place has is the value; every other place has what it had."""
    values = now
    for key in change.keys:
        values = values[key]
    if isinstance(change, Append):
        assert isinstance(values, list)
        wanted = change.value
        assert values[-1] == ("" if isinstance(wanted, str) and not wanted.strip() else wanted)
    elif isinstance(change.value, list):
        assert values == change.value
    else:
        assert values == (change.value if str(change.value).strip() else "")
    for place in places(said):
        if place[: len(change.keys)] != change.keys and change.keys[: len(place)] != place:
            assert at(now, place) == at(said, place)


def assert_taken(said: Any, now: Any, change: Take) -> None:
    """The place is gone, or the list whose last entry it was; every other has what it had."""
    kept = now
    for depth, key in enumerate(change.keys):
        last = depth == len(change.keys) - 1
        if isinstance(kept, dict) and key not in kept:
            assert last or all(
                len(at(said, change.keys[:n])) == 1 for n in range(depth + 1, len(change.keys))
            )
            break
        if last:
            assert isinstance(kept, list)
            assert len(kept) == len(at(said, change.keys[:-1])) - 1
            break
        kept = kept[key]
    for name in said:
        if name != change.keys[0]:
            assert now[name] == said[name]


def at(said: Any, place: Place) -> Any:
    for key in place:
        said = said[key]
    return said


def comments(source: Source) -> Counter[str]:
    return Counter(comment.text for comment in comments_of(source, "#"))


@laws
@example(37325933294)  # a comment above the next field is indented further than the fields
@given(st.integers(0, 2**40))
def test_what_was_added_and_is_taken_out_again_leaves_the_file_as_it_was(seed: int) -> None:
    path, data = styled(Random(seed))
    source = Source(path, data)
    name = next(one for one in ("follows", "partner", "owner") if one not in tree(source))
    added = changed(source, [Put((name,), "x")])
    assert touched(data, added)[0] == []
    again = changed(Source(path, added), [Take((name,))])
    assert [line for line in lines(again) if line.strip()] == [
        line for line in lines(data) if line.strip()
    ]


@laws
@given(st.text(max_size=40))
def test_any_text_that_a_file_may_hold_reads_back_as_it_was_given(text: str) -> None:
    source = Source("commitments/x.yaml", b"what: x # y\ninputs: {a: 'b', c: \"d\"}\nl:\n- e\n")
    said = text.replace("\r\n", "\n").replace("\r", "\n")
    for keys in (("what",), ("inputs", "a"), ("inputs", "c"), ("inputs", "new"), ("l", 0)):
        data = done(source, Put(keys, text))
        if isinstance(data, NextstepError):
            assert data.message.startswith("U+")
            continue
        assert at(tree(Source("x.yaml", data)), keys) == (said if said.strip() else "")


@laws
@given(st.text(max_size=20))
def test_any_name_can_be_that_of_a_field(name: str) -> None:
    source = Source(
        "commitments/x.yaml", b"title: x\nsteps: [{id: a}]\ninputs: {a: b}\npeople:\n  c: d\n"
    )
    for keys in (("inputs", name), ("people", name)):
        data = done(source, Put(keys, "v"))
        if isinstance(data, NextstepError):
            assert data.hint
            continue
        assert at(tree(Source("x.yaml", data)), keys[:1])[name.replace("\r", "\n")] == "v"


@pytest.mark.parametrize("path", OWN)
def test_one_field_of_any_file_of_the_ledger_is_one_line(path: str) -> None:
    """And with an event, that line and the event's own."""
    source = Source(path, (ROOT / path).read_bytes())
    said = tree(source)
    texts = [place for place in places(said) if isinstance(at(said, place), str)]
    step = max(1, len(texts) // 6) if EXAMPLES < 1000 else 1
    logged = path != "nextstep.yaml"
    event = [Append(("log",), EVENT)] if logged else []
    for place in texts[::step]:
        if lines_of(source, place) > 1:
            continue
        after = changed(source, [Put(place, "new words"), *event])
        old, new = lines(source.data), lines(after)
        line = next(n for n, (was, now) in enumerate(zip(old, new, strict=False)) if was != now)
        assert b"new words" in new[line]
        rest = new[line + 1 :]
        if "log" not in said and logged:
            assert rest[-3:] == [b"", b"log:", b"  - " + LINE.encode()]
            rest = rest[:-3]
        elif logged:
            rest.remove(b"  - " + LINE.encode())
        assert rest == old[line + 1 :]


@pytest.mark.parametrize("path", OWN)
def test_a_field_of_any_file_of_the_ledger_comes_and_goes_without_a_trace(path: str) -> None:
    source = Source(path, (ROOT / path).read_bytes())
    for name in tree(source):
        if name in {"what", "steps"}:
            continue
        without = changed(source, [Take((name,))])
        gone, came = touched(source.data, without)
        assert came == []
        assert any(line.startswith(name.encode()) for line in gone)
