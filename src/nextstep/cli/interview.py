"""What a process is begun with: the questions, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Reader, Unfit
from nextstep.cli.step_questions import steps_told, telling_when
from nextstep.cli.typed_people import one_person
from nextstep.files.new_process import NewProcess, fault_of, time_names, time_words
from nextstep.model.people import Settings
from nextstep.model.process import RESERVED

_PROVIDES = Question(
    words="What does it provide?",
    flag="--provides TEXT",
    example="an offer that the customer can sign",
)
_CUSTOMER = Question(words="To whom?", flag="--customer WHO", example="key accounts")
_KIND = Question(words="Are they outside or inside?", flag="--kind external|internal")
_DUE = Question(
    words="By when do they have it?",
    flag="--due WHEN",
    example="5bd before meeting_date, or 3bd after start",
    optional=True,
)
_STRENGTH = Question(
    words="How firmly is the order of the steps kept?",
    flag="--strength advise|enforce",
    default="advise",
)
_BENEFIT = Question(
    words="Why do we do it?",
    flag="--benefit TEXT",
    example="renewals start from agreed facts",
    optional=True,
)
_EXPECTS = Question(
    words="What will they check when they have it? One a line, an empty line ends.",
    flag="--expects TEXT",
    example="the price holds for thirty days",
)
_PROOF = Question(
    words="What shows that they have it?",
    flag="--proof TEXT",
    example="their answer, a tracking number",
    optional=True,
)


class Flags(Struct, frozen=True, kw_only=True):
    """What the command line said: None where nothing, an empty text to leave something open."""

    provides: str | None
    customer: str | None
    kind: str | None
    due: str | None
    promise: str | None
    strength: str | None
    benefit: str | None
    expects: Sequence[str]
    owner: str | None
    deputy: str | None
    step: Sequence[str]
    proof: str | None

    def said(self) -> list[tuple[str, str]]:
        """Return each flag that was given, with its value."""
        pairs = []
        for name in self.__struct_fields__:
            value = getattr(self, name)
            values = [value] if isinstance(value, str) else value or ()
            pairs += [(f"--{name}", one) for one in values]
        return pairs


def interview(
    id_: str, title: str, flags: Flags, answers: Answers, *, settings: Settings, me: str | None
) -> NewProcess:
    """Return all that is known of a process when nothing is left to ask.

    ``me`` is who asks, by the name used in files. Raises NextstepError for a flag that is needed
    and missing, or does not fit.
    """
    owner_question = _owner(settings, me)
    needed = [(_PROVIDES, flags.provides), (_CUSTOMER, flags.customer), (_KIND, flags.kind)]
    answers.demand([*needed, (owner_question, flags.owner)])
    provides = answers.text(_PROVIDES, flags.provides, _as_field("provides"))
    customer = answers.text(_CUSTOMER, flags.customer, _as_field("title"))
    kind = answers.word(_KIND, flags.kind, ("external", "internal"))
    due = answers.text(_DUE, flags.due, _when)
    promise = answers.text(_promise(due), flags.promise, _as_field("title")) if due else ""
    strength = answers.word(_STRENGTH, flags.strength, ("advise", "enforce"))
    benefit = answers.text(_BENEFIT, flags.benefit, _as_field("benefit"))
    expects = answers.lines(_EXPECTS, flags.expects, _as_field("title"))
    owner = answers.text(owner_question, flags.owner, _person(settings))
    deputy = answers.text(_deputy(settings), flags.deputy, _person(settings, but=owner))
    steps = steps_told(answers, flags.step)
    asks_proof = flags.proof is not None or (kind == "external" and bool(steps))
    proof = answers.text(_PROOF, flags.proof, _as_field("title")) if asks_proof else ""
    counted = [name for rule in (due, *(step.due for step in steps)) for name in time_names(rule)]
    ids = {step.id for step in steps}
    known = {*settings.people, *RESERVED}
    return NewProcess(
        id=id_,
        title=title,
        owner=owner,
        deputy=deputy,
        customer=customer,
        kind=kind,
        provides=provides,
        expects=expects,
        promise=promise,
        due=due,
        benefit=benefit,
        strength=strength,
        proof=proof,
        steps=steps,
        inputs=tuple(dict.fromkeys(name for name in counted if name not in ids)),
        roles=tuple(dict.fromkeys(step.who for step in steps if step.who not in known)),
    )


def _promise(due: str) -> Question:
    return Question(
        words="How do you say that to them?",
        flag="--promise TEXT",
        default=f"You have it {time_words(due)}",
    )


def _owner(settings: Settings, me: str | None) -> Question:
    return Question(
        words="Who owns it, and answers for it?",
        flag="--owner PERSON",
        default=me or "",
        known=tuple(sorted(settings.people)),
    )


def _deputy(settings: Settings) -> Question:
    return Question(
        words="Who stands in for the owner?",
        flag="--deputy PERSON",
        optional=True,
        known=tuple(sorted(settings.people)),
    )


def _as_field(name: str) -> Reader:
    """Return the reader of an answer that becomes the value of a field."""

    def read(text: str) -> str:
        fault = fault_of(name, text)
        if fault is not None:
            raise Unfit(*fault)
        return text

    return read


def _when(text: str) -> str:
    return telling_when(_as_field("due")(text))


def _person(settings: Settings, *, but: str = "") -> Reader:
    """Return the reader of the name of a person, or of a role that one person holds."""
    of_field, person = _as_field("owner"), one_person(settings)

    def read(text: str) -> str:
        role = settings.roles.get(of_field(text))
        found = role.id if role is not None and len(role.people) == 1 else person(text)
        if found == but:
            raise Unfit(f"{found} is the owner", "name somebody else, or leave it open")
        return found

    return read
