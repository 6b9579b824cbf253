"""How something went, as it is said: the questions, and the flags that answer them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from nextstep.changes.coaching import CHANGE, LEARNED
from nextstep.cli.asking import Question
from nextstep.diagnostics.errors import NextstepError

KEPT, PARTLY, MISSED = "kept", "partly", "missed"
NOT_YET, HELP, DROPPED, LATER, SKIP = "not yet", "help needed", "dropped", "later", "skip"
CLOSING = (KEPT, PARTLY, MISSED)
ENDS = (*CLOSING, NOT_YET, HELP, DROPPED)
STEP_ENDS = ("done", NOT_YET, HELP)
WAY_FLAGS = ("kept", "partly", "missed", "not_yet", "help_needed", "dropped", "later")
"""The fields of `Said` that say which end it is."""

HOW_IT_WENT = "How did it go?"
WAYS = "--kept, --partly or --missed, --not-yet DATE, --help-needed, --dropped or --later"
WHY = Question(words="Why?", flag="--why TEXT")
WHY_BLOCKED = Question(words="What is in the way?", flag="--why TEXT")
ON = Question(
    words="Who could help, or what does it wait for?",
    flag="--on WHO",
    optional=True,
    open_="not known yet",
)
OUTCOME = Question(words="What was the outcome?", flag="--outcome TEXT")
NEW_DATE = Question(words="By when?", flag="--not-yet DATE", example="fri, 3bd, 2026-11-27")
LEARNED_NOW = Question(words=LEARNED, flag="--learned TEXT", optional=True, open_="nothing")
CHANGE_NOW = Question(words=CHANGE, flag="--change TEXT", optional=True, open_="nothing")
FEEDBACK = Question(
    words="What did the customer say?", flag="--feedback TEXT", optional=True, open_="nothing yet"
)


class Said(Struct, frozen=True, kw_only=True):
    """What the command line said of how it went: None, False or empty where nothing.

    ``not_yet`` is the new date as it was typed.
    """

    kept: bool = False
    partly: bool = False
    missed: bool = False
    not_yet: str | None = None
    help_needed: bool = False
    dropped: bool = False
    later: bool = False
    outcome: str | None = None
    next_: tuple[str, ...] = ()
    next_who: str | None = None
    next_due: str | None = None
    nothing_further: str | None = None
    learned: str | None = None
    change: str | None = None
    answer: tuple[str, ...] = ()
    why: str | None = None
    on: str | None = None
    proof: str | None = None
    override: str | None = None
    offer: bool | None = None
    expects: tuple[str, ...] = ()
    feedback: str | None = None
    or_note: bool = False
    new_person: tuple[str, ...] = ()

    def end(self) -> str | None:
        """Return how it ended, None where no flag says it. Raises NextstepError for two ends."""
        given = {
            KEPT: self.kept,
            PARTLY: self.partly,
            MISSED: self.missed,
            NOT_YET: self.not_yet is not None,
            HELP: self.help_needed,
            DROPPED: self.dropped,
            LATER: self.later,
        }
        ends = [name for name, is_given in given.items() if is_given]
        if len(ends) > 1:
            flags = " and ".join(f"--{name.replace(' ', '-')}" for name in ends)
            raise NextstepError(f"{flags} say two things", "leave one of them out")
        return ends[0] if ends else None

    def given(self) -> tuple[str, ...]:
        """Return the names of all flags that were given."""
        names = []
        for name in self.__struct_fields__:
            value, flag = getattr(self, name), name.rstrip("_").replace("_", "-")
            if name == "offer" and value is False:
                names.append("--no-offer")
            elif value not in (None, False, ()):
                names.append(f"--{flag}")
        return tuple(names)

    @property
    def words(self) -> str:
        """All that was typed about how it went, on one line."""
        return " / ".join(one for flag, one in self.flags() if flag != "--new-person")

    def without(self, names: Collection[str]) -> Said:
        """Return what the other flags say, with nothing in the fields of these names."""
        rest = {name: getattr(self, name) for name in self.__struct_fields__ if name not in names}
        return Said(**rest)

    def switches(self) -> list[str]:
        """Return the options without a value that were given, but for those that name an end."""
        given = {
            "--offer": self.offer is True,
            "--no-offer": self.offer is False,
            "--or-note": self.or_note,
        }
        return [name for name, is_given in given.items() if is_given]

    def flags(self) -> Iterator[tuple[str, str]]:
        """Yield each flag that was given with its value."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, bool):
                continue
            for one in [value] if isinstance(value, str) else value or ():
                yield f"--{name.rstrip('_').replace('_', '-')}", one
