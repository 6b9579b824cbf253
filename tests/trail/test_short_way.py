"""The short way from one version to the next gives what reading both files whole gives."""

from __future__ import annotations

import os

from nextstep.trail.contents import Delta, Version, delta_between, version_of
from nextstep.trail.short_way import ShortWay
from tests.commitment_texts import chains

PAIRS = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "600")) * 2
PATH = "commitments/2026/11/offer-k3f9.yaml"


def _without_log(version: Version | None) -> Version | None:
    return version and Version(version.kind, version.said, None, version.whole)


def test_the_short_way_gives_what_the_whole_loader_gives() -> None:
    way, taken = ShortWay(), 0
    for before, after in chains(PAIRS):
        old, new = (None if text is None else text.encode() for text in (before, after))
        assert new is not None
        short = way.delta(PATH, old, new)
        if short is None:
            continue
        taken += 1
        whole = delta_between(None if old is None else version_of(PATH, old), version_of(PATH, new))
        was, there = _without_log(whole.before), _without_log(whole.after)
        expected = Delta(was, there, whole.added, whole.removed)
        assert short == expected, f"{before!r}\n{after!r}"
        assert list(short.after.said) == list(whole.after.said)  # type: ignore[union-attr] # both are there
    assert taken > PAIRS // 5, f"only {taken} of {PAIRS} went the short way"


def test_what_the_tool_writes_goes_the_short_way() -> None:
    head = "what: Send Lena the offer\n\nwho: dev\nwith: [lena]\noutcome: She decides\n\ndue: {}\n\nlog:\n"
    agreed = "  - {at: 2026-11-12T15:10:00.123Z, by: dev, event: agreed, how: call}\n"
    moved = (
        "  - {at: 2026-11-17T09:02:00.001Z, by: dev, event: moved, from: 2026-11-18, "
        'to: 2026-11-20, agreed_by: lena, why: "finance closes on Thursday"}\n'
    )
    before = head.format("2026-11-18") + agreed
    delta = ShortWay().delta(
        PATH, before.encode(), (head.format("2026-11-20") + agreed + moved).encode()
    )
    assert delta is not None
    assert [one.event for one in delta.added] == ["moved"]


def test_a_long_log_is_not_read_again_with_each_line() -> None:
    way = ShortWay()
    text, lines = "what: Count\nlog:\n", 0
    for number in range(900):
        before = text if number else None
        second = f"{number // 60:02}:{number % 60:02}"
        text += f"  - {{at: 2026-11-12T15:{second}.{number:03}Z, by: dev, event: asked}}\n"
        delta = way.delta(PATH, before.encode() if before else None, text.encode())
        assert delta is not None
        lines += len(delta.added)
    assert lines == 900
