"""Circles in what waits for what are found once each, in their order."""

from __future__ import annotations

import pytest

from nextstep.rules.circles import circles


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": (), "b": ("a",)}, ()),
        ({"a": ("b",), "b": ("a",)}, (("a", "b"),)),
        ({"a": ("a",)}, (("a",),)),
        ({"a": ("b",), "b": ("c",), "c": ("d", "b"), "d": ()}, (("b", "c"),)),
        ({"a": ("gone",)}, ()),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()}, ()),
        ({"a": ("b",), "b": ("a",), "c": ("c", "a")}, (("a", "b"), ("c",))),
    ],
)
def test_a_circle_is_told_in_its_order(
    graph: dict[str, tuple[str, ...]], found: tuple[tuple[str, ...], ...]
) -> None:
    assert circles(graph) == found


def test_a_long_chain_is_no_trouble() -> None:
    chain = {str(place): (str(place + 1),) for place in range(20_000)}
    assert circles(chain) == ()
    (circle,) = circles(chain | {"20000": ("0",)})
    assert len(circle) == 20_001
