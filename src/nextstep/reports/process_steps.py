"""The steps of a process as they are written: who, when, after what, and what passes on how."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nextstep.dates.rule_words import length_words, rule_words
from nextstep.model.process import Check, Escalation, Item, Process, Step
from nextstep.model.time import Length, Rule
from nextstep.runs.plan_order import resolved_after


class Listed(Struct, frozen=True, kw_only=True):
    """One thing of a list to tick off; ``when`` is the condition under which it is asked for."""

    item: str
    critical: bool
    check: Check | None
    when: str | None


class ProcessStep(Struct, frozen=True, kw_only=True):
    """One step as it is written.

    Dates and lengths are in words; ``rule`` is the date as the file says it. A
    grace within the date is among its words. ``answer_within`` is how soon the receiver answers,
    ``returns_to`` where a no leads, None where it is the steps in ``after``; ``stops`` tells that a
    no is final. ``include_when`` has the conditions of those in ``must_include`` that have one.
    """

    id: str
    what: str
    kind: str
    how: str | None
    template: str | None
    who: tuple[str, ...]
    with_: tuple[str, ...]
    each: tuple[str, ...]
    rule: str | None
    rule_words: str | None
    until: str | None
    grace: str | None
    repeat: str | None
    after: tuple[str, ...]
    when: str | None
    because: str | None
    not_before: str | None
    done_when: str | None
    items: tuple[Listed, ...]
    proof: str | None
    to: str | None
    tell: tuple[str, ...]
    must_include: tuple[str, ...]
    critical_items: tuple[str, ...]
    include_when: Mapping[str, str]
    answer_within: str | None
    readback: bool
    watch_for: str | None
    need: str | None
    blind: bool
    returns_to: str | None
    stops: bool
    max_rounds: int | None
    optional: bool
    critical: bool
    keeps_promise: bool
    for_customer: str | None
    undoes: str | None
    escalations: tuple[Escalation, ...]


def process_steps(process: Process) -> tuple[ProcessStep, ...]:
    """Return the steps of a process in its order."""
    after = resolved_after(process)
    return tuple(_step(process, step, after[step.id]) for step in process.steps)


def _step(process: Process, step: Step, after: tuple[str, ...]) -> ProcessStep:
    handoff, back = step.handoff, step.on_return
    kind = "mark" if step.mark is not None else "gate" if step.is_gate else "do"
    wanted = handoff.must_include if handoff else ()
    names = {one.id for one in process.steps}
    return ProcessStep(
        id=step.id,
        what=step.title,
        kind=kind,
        how=step.how,
        template=step.template,
        who=() if kind == "mark" else step.who or process.who,
        with_=step.with_,
        each=step.each,
        rule=step.rule.text if step.rule else None,
        rule_words=rule_words(step.rule.expression, names) if step.rule else None,
        until=_rule(step.until),
        grace=_length(step.grace),
        repeat=step.repeat,
        after=after,
        when=step.when_text,
        because=process.because.get(step.when_text or ""),
        not_before=_rule(step.not_before),
        done_when=step.done_when,
        items=tuple(map(_listed, step.items)),
        proof=step.proof,
        to=handoff.to if handoff else None,
        tell=handoff.tell if handoff else (),
        must_include=tuple(one.item for one in wanted),
        critical_items=tuple(one.item for one in wanted if one.critical),
        include_when={one.item: one.when_text for one in wanted if one.when_text},
        answer_within=_length(handoff.accept_within if handoff else None),
        readback=handoff.readback if handoff else False,
        watch_for=handoff.watch_for if handoff else None,
        need=step.need,
        blind=step.blind,
        returns_to=back.to if back else None,
        stops=back.stop if back else False,
        max_rounds=back.max_rounds if back else None,
        optional=step.optional,
        critical=step.critical,
        keeps_promise=step.keeps_promise,
        for_customer=step.for_customer,
        undoes=step.undoes,
        escalations=step.escalate,
    )


def _listed(item: Item) -> Listed:
    return Listed(item=item.item, critical=item.critical, check=item.check, when=item.when_text)


def _rule(rule: Rule | None) -> str | None:
    return rule_words(rule.expression) if rule is not None else None


def _length(length: Length | None) -> str | None:
    return length_words(length) if length is not None else None
