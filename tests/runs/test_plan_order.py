"""The order of a process's steps, made explicit, and rings in it."""

from __future__ import annotations

from nextstep.model.process import Process, Step
from nextstep.model.source import Source
from nextstep.runs.plan_order import resolved_after
from tests.runs.builders import mark, step


def order(*steps: Step, given: str = "given") -> dict[str, tuple[str, ...]]:
    process = Process(id="p", source=Source("p.yaml", b""), title="P", steps=steps, order=given)
    return dict(resolved_after(process))


def test_each_step_comes_after_the_last_one_above_it() -> None:
    assert order(step("a"), step("b"), step("c")) == {"a": (), "b": ("a",), "c": ("b",)}


def test_marks_and_optional_steps_are_passed_over() -> None:
    steps = (step("a"), mark("live"), step("b", optional=True), step("c"))
    assert order(*steps) == {"a": (), "live": (), "b": ("a",), "c": ("a",)}


def test_what_a_step_says_itself_holds() -> None:
    steps = (step("a"), step("b"), step("c", after="a"), step("d", after=""), step("e"))
    assert order(*steps) == {"a": (), "b": ("a",), "c": ("a",), "d": (), "e": ("d",)}


def test_in_a_free_order_nothing_waits_unless_it_says_so() -> None:
    assert order(step("a"), step("b"), step("c", after="b"), given="free") == {
        "a": (),
        "b": (),
        "c": ("b",),
    }
