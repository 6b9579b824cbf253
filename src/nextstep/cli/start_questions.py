"""What is asked before a run starts: what is not known of the case, and who plays which part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from nextstep.changes.draft import due_text
from nextstep.changes.new_record import new_id
from nextstep.changes.run_inputs import Input, inputs_of
from nextstep.changes.run_people import Part, names_of_parts, still_open
from nextstep.changes.start import Start
from nextstep.changes.turns import on_turn
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Reader, Unfit, ask, read_flag
from nextstep.cli.session import Session
from nextstep.cli.typed_people import one_person
from nextstep.dates.problem import DateProblem
from nextstep.dates.typed import parse_typed
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import write_instead
from nextstep.model.people import Settings
from nextstep.model.process import VACANT, Process
from nextstep.model.time import DueWord
from nextstep.reports.handles import Names

FOR_WHOM = Question(words="For which customer?", flag="--for CUSTOMER", optional=True)


def pairs_of(flag: str, said: Iterable[str], form: str) -> dict[str, str]:
    """Return what flags such as ``name=value`` say. Raises NextstepError for one without an =."""
    found: dict[str, str] = {}
    for one in said:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise NextstepError(f"{flag}: `{one}` has no name and value", f"write {flag} {form}")
        found[name.strip()] = value.strip()
    return found


def identified(session: Session, words: str, asked: Start) -> Start:
    """Return what is started under an id of its own, made of some words."""
    ledger = session.ledger
    taken = (*ledger.commitments, *ledger.runs, *ledger.processes)
    id_ = new_id(words, taken)
    return replace(asked, id=id_, handle=Names((*taken, id_)).shortest(id_))


def requester(name: str | None, session: Session) -> str | None:
    """Return who asked for a run. Raises NextstepError for somebody whom nobody knows."""
    return read_flag("--requested-by", name, one_person(session.ledger.settings)) if name else None


class Questions:
    """What is still to be asked about a run of a process."""

    def __init__(self, process: Process, session: Session, answers: Answers) -> None:
        """Ask nothing yet."""
        self.process = process
        self.session = session
        self.answers = answers
        self.settings = session.ledger.settings

    def inputs(self, given: Mapping[str, str]) -> tuple[dict[str, str], list[Input]]:
        """Return the inputs that were given, read as they are meant, and those still to be asked.

        Raises NextstepError for a name that the process does not have.
        """
        known = {one.name: one for one in inputs_of(self.process)}
        for name in given:
            if name not in known:
                told = ", ".join(known) or "none"
                hint = write_instead(name, known, f"it asks for {told}")
                raise NextstepError(f"`{name}` is no input of {self.process.id}", hint)
        said = {
            name: read_flag("--input", value, self._reader(known[name])) if value else ""
            for name, value in given.items()
        }
        asks = self.answers.asks
        return said, [
            one for one in known.values() if one.name not in said and (asks or one.needed)
        ]

    def people(self, given: Mapping[str, str]) -> tuple[dict[str, str], list[Part]]:
        """Return who was assigned, with those whose turn it is, and the parts still open.

        Raises NextstepError for a part that the process does not have, or a person nobody knows.
        """
        ledger = self.session.ledger
        known = list(names_of_parts(self.process, ledger))
        for name in given:
            if name not in known:
                hint = write_instead(name, known, f"it has {', '.join(dict.fromkeys(known))}")
                raise NextstepError(f"`{name}` is no part of {self.process.id}", hint)
        read = _player(self.settings)
        said = {
            name: read_flag("--assign", who, read) if who else VACANT for name, who in given.items()
        }
        for part in still_open(self.process, self.settings, said):
            role = self.settings.roles.get(part.role)
            today = self.session.now.today
            who = on_turn(role, ledger.runs.values(), today) if role else None
            if who is not None:
                said[part.name] = who
        return said, list(still_open(self.process, self.settings, said))

    def demanded(self, inputs: Sequence[Input], parts: Sequence[Part]) -> list[Question]:
        """Return the questions for what is missing, in order."""
        return [*map(self._input_question, inputs), *map(self._part_question, parts)]

    def ask_input(self, one: Input) -> str:
        """Return the value of an input that somebody typed; empty where it is left for later."""
        value = ask(self._input_question(one), self._reader(one))
        self.answers.typed.append(("--input", f"{one.name}={value}"))
        return value

    def ask_part(self, part: Part) -> str:
        """Return who plays a part; ``vacant`` where it is left for later."""
        read = _player(self.settings, otherwise="press Enter alone: it can be assigned later")
        who = ask(self._part_question(part), read) or VACANT
        self.answers.typed.append(("--assign", f"{part.name}={who}"))
        return who

    def _input_question(self, one: Input) -> Question:
        example = "2026-12-15, fri, 3w" if one.is_day else " or ".join(one.values)
        return Question(
            words=f"{'Which day is' if one.is_day else 'What is the'} {one.name}?",
            flag=f"--input {one.name}={'DATE' if one.is_day else 'VALUE'}",
            example=example,
            optional=True,
            known=one.values,
        )

    def _part_question(self, part: Part) -> Question:
        return Question(
            words=f"Who {'is the' if part.steps else 'signs as'} {part.name}?",
            flag=f"--assign {part.name}=PERSON",
            example=", ".join(part.held_by),
            optional=True,
            known=part.held_by or tuple(sorted(self.settings.people)),
        )

    def _reader(self, one: Input) -> Reader:
        return self._day if one.is_day else _one_line

    def _day(self, text: str) -> str:
        """Return a day that somebody typed as a file says it."""
        try:
            day = parse_typed(text, self.session.now, self.session.ledger.calendar)
        except DateProblem as problem:
            raise Unfit(problem.message, problem.hint) from None
        if isinstance(day, DueWord):
            raise Unfit("dates count from it", "write a day, or leave it for later")
        return due_text(day)


def _player(settings: Settings, *, otherwise: str = "") -> Reader:
    """Return the reader of the name of somebody who plays a part; it may be nobody yet."""
    person = one_person(settings, otherwise=otherwise)

    def read(text: str) -> str:
        return VACANT if text == VACANT else person(text)

    return read


def _one_line(text: str) -> str:
    if "\n" in text:
        raise Unfit("this is more than one line", "write it on one")
    return text
