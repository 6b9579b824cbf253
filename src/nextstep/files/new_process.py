"""The first version of a process: a file that says what is known and shows what is still open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.files import fields as f
from nextstep.files.field_rules import SEVERAL_LINES
from nextstep.files.process_fields import PROCESS, PROMISE
from nextstep.files.reading import Reading
from nextstep.files.records import reader_of
from nextstep.files.splice_scalars import plain_value, written
from nextstep.files.step_fields import PROCESS_STEP
from nextstep.files.syntax import parse
from nextstep.model.process import RESERVED
from nextstep.model.source import Source

_WORDS_OF_AN_ID = 4
_LONGEST_ID = 60


class NewStep(Struct, frozen=True, kw_only=True):
    """A step as somebody named it: what is done, by whom, by when, and how it shows."""

    id: str
    do: str
    who: str
    due: str
    done_when: str


class NewProcess(Struct, frozen=True, kw_only=True):
    """What is known of a process that begins; an empty text is not known yet.

    ``promise`` are the words for the customer and ``due`` the time expression that keeps them.
    ``inputs`` and ``roles`` are named because dates count from them and steps are done by them;
    ``proof`` is what shows that the last step is done.
    """

    id: str
    title: str
    owner: str
    deputy: str
    customer: str
    kind: str
    provides: str
    expects: tuple[str, ...]
    promise: str
    due: str
    benefit: str
    strength: str
    proof: str
    steps: tuple[NewStep, ...]
    inputs: tuple[str, ...]
    roles: tuple[str, ...]


def path_of(id_: str) -> str:
    """Return where a process is."""
    return f"processes/{id_}.yaml"


def id_of(words: str, *, most: int = 12) -> str:
    """Return the first words of a text as an id, a-z, 0-9 and -; empty where none of it can stand."""
    letters = normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", letters.replace("'", ""))[:most]
    while parts and len("-".join(parts)) > _LONGEST_ID:
        parts.pop()
    return "-".join(parts)


def step_id(do: str, taken: Callable[[str], bool]) -> str:
    """Return an id for a step, made of its first words, that is not taken."""
    base = id_of(do, most=_WORDS_OF_AN_ID) or "step"
    names = (base, *(f"{base}-{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in RESERVED and not taken(name))


def fault_of(name: str, value: str, *, step: bool = False) -> tuple[str, str] | None:
    """Return what is wrong with the value of a field and what to write, None where it is well.

    ``due`` is that of the promise, or of a ``step``.
    """
    field = _field(name, step=step)
    try:
        text = f"{field.name}: {written(plain_value(value), flow=False)}\n"
    except NextstepError as error:  # a character that no file may hold
        return error.message, error.hint
    document = parse(Source("processes/new.yaml", text.encode()))
    reading = Reading("processes/new.yaml", document.findings)
    if document.root is not None:
        reader_of(field.kind)(document.root.value[0][1], reading)
    told = reading.told()
    if told and told[0].code == SEVERAL_LINES.code:
        return "it has several lines", "write it in one"  # the ways of files are of no use here
    return (told[0].message, told[0].hint) if told else None


def time_names(text: str) -> tuple[str, ...]:
    """Return what a time expression without a fault counts from, besides `start`."""
    if not text:
        return ()
    from nextstep.dates.expressions import anchors_of
    from nextstep.dates.expressions import parse as parse_time

    return tuple(anchor.name for anchor in anchors_of(parse_time(text)) if anchor.name != "start")


def time_words(text: str) -> str:
    """Return a time expression that has no fault as people say it."""
    from nextstep.dates.expressions import parse as parse_time
    from nextstep.dates.rule_words import rule_words

    return rule_words(parse_time(text)).replace("_", " ")


def _field(name: str, *, step: bool) -> f.Field:
    record = PROCESS_STEP if step else PROMISE if name == "due" else PROCESS
    return next(field for field in record.fields if field.name == name)


def process_text(new: NewProcess, *, first_line: str = "") -> str:
    """Return the file of a process; ``first_line`` stands at its top."""
    return first_line + "\n".join(_lines(new)) + "\n"


def _lines(new: NewProcess) -> Iterator[str]:
    yield "# A process: what somebody gets from us, who answers for it, and the way to it."
    yield "# A line that begins with # waits for an answer: fill it in and take the # away, or remove it."
    yield f"title: {_text(new.title)}"
    yield "state: draft                     # then active, when people work by it"
    yield f"owner: {_text(new.owner)}"
    yield _known("deputy", new.deputy, "who stands in for the owner")
    yield ""
    yield f"customer: {_flow({'who': new.customer, 'kind': new.kind})}"
    yield f"provides: {_text(new.provides)}"
    yield from _expects(new.expects)
    if new.due:
        yield f"promise: {_flow({'text': new.promise, 'due': new.due})}"
    else:
        yield "# promise: {text: what the customer hears, due: 5bd after start}"
    yield _known("benefit", new.benefit, "why we do it")
    yield ""
    if new.inputs:
        yield f"inputs: {_flow(list(new.inputs))}"
    else:
        yield "# inputs: [what a request has to say]"
    if new.roles:
        yield f"roles: {_flow(list(new.roles))}"
    yield f"strength: {new.strength}"
    yield ""
    yield "steps:"
    yield from _steps(new)
    yield ""
    yield "# roadblocks:"
    yield "#   - {what: what gets in the way, try: what has helped}"


def _expects(expects: tuple[str, ...]) -> Iterator[str]:
    if not expects:
        yield "# expects: [what they will check when they have it]"
        return
    yield "expects:"
    yield from (f"  - {_text(one)}" for one in expects)


def _steps(new: NewProcess) -> Iterator[str]:
    steps, proof = new.steps, new.proof
    if not steps:
        yield "  # EXAMPLE: a step says what is done, who does it, by when, and how everybody can see it."
        yield "  # Write your own instead. `nextstep check` tells what a step lacks."
        steps = (_EXAMPLE,)
        proof = proof or ("EXAMPLE - their answer" if new.kind == "external" else "")
    for number, step in enumerate(steps):
        if number:
            yield ""
        yield f"  - id: {step.id}"
        for name in ("do", "who", "due", "done_when"):
            yield f"    {name}: {_text(getattr(step, name))}"
    if proof:
        yield f"    proof: {_text(proof)}"
    if new.due and new.steps:
        yield "    keeps_promise: true"


_EXAMPLE = NewStep(
    id="example",
    do="EXAMPLE - ask for what is missing",
    who="owner",
    due="2bd after start",
    done_when="EXAMPLE - nothing is missing any more",
)


def _known(name: str, value: str, about: str) -> str:
    return f"{name}: {_text(value)}" if value else f"# {name}: {about}"


def _text(text: str) -> str:
    return written(plain_value(text), flow=False)


def _flow(value: list[str] | dict[str, str]) -> str:
    return written(plain_value(value), flow=True)
