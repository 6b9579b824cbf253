"""The example as a history: one commit for each thing that was written, branches and merges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nextstep.changes.commit_words import full_name
from nextstep.changes.example.asides import ASIDES
from nextstep.changes.example.moments import Moment, moments
from nextstep.changes.example.story import STORY
from nextstep.changes.example.told import Aside, Told
from nextstep.files.load import load
from nextstep.model.people import Settings
from nextstep.model.source import Source
from nextstep.repo.invented import Invented, Signed
from nextstep.repo.paths import SETTINGS

LAST_DAY = date(2026, 11, 23)
"""The day on which the example stands: in the morning, before anybody has done anything."""


def example_settings(files: Mapping[str, bytes]) -> Settings:
    """Return who the people of the example are, and when they work."""
    settings = load(Source(SETTINGS, files[SETTINGS])).record
    if not isinstance(settings, Settings):
        raise TypeError(f"{SETTINGS} holds no settings")
    return settings


def example_history(
    files: Mapping[str, bytes],
    story: Sequence[Told] = STORY,
    asides: Sequence[Aside] = ASIDES,
) -> tuple[Invented, ...]:
    """Return the commits that lead to these files; the tree of the last one is the files.

    Each event of a log is in a commit of its own, dated as it is, by who acted; ``story`` tells
    what the logs do not. ``asides`` say what was done on branches. Raises NextstepError where the
    story does not fit the files.
    """
    settings = example_settings(files)
    history = _History(settings)
    ahead = sorted(asides, key=lambda aside: datetime.fromisoformat(aside.merged))
    for moment in moments(files, story, settings):
        while ahead and datetime.fromisoformat(ahead[0].merged) < moment.at:
            history.merge(ahead.pop(0))
        history.write(moment, _branch(moment, asides))
    for aside in ahead:
        history.merge(aside)
    return tuple(history.commits)


def _branch(moment: Moment, asides: Sequence[Aside]) -> Aside | None:
    """Return the branch that a moment belongs to, if it is not one of the main line."""
    for aside in asides:
        first, merged = map(datetime.fromisoformat, (aside.first, aside.merged))
        if first <= moment.at <= merged and moment.files.keys() <= set(aside.paths):
            return aside
    return None


class _History:
    """The commits so far, the main line, and the branches that are open."""

    def __init__(self, settings: Settings) -> None:
        self.commits: list[Invented] = []
        self._settings = settings
        self._main: int | None = None
        self._files: dict[str, bytes] = {}
        self._tips: dict[str, int] = {}
        self._open: dict[str, list[Moment]] = {}

    def write(self, moment: Moment, aside: Aside | None) -> None:
        """Add what was written, to the main line or to a branch."""
        author = self._signed(moment.by, moment.at)
        committer = self._signed(moment.recorded_by, moment.at)
        if aside is None:
            self._files = {**self._files, **moment.files}
            parents = () if self._main is None else (self._main,)
            self._main = self._add(parents, author, committer, moment.message, self._files)
            return
        self._open.setdefault(aside.branch, []).append(moment)
        if aside.squash:
            return
        tip = self._tips.get(aside.branch, self._main)
        before = {} if tip is None else self.commits[tip].files
        parents = () if tip is None else (tip,)
        self._tips[aside.branch] = self._add(
            parents, author, committer, moment.message, {**before, **moment.files}
        )

    def merge(self, aside: Aside) -> None:
        """Bring a branch back to the main line."""
        written = self._open.pop(aside.branch)
        for moment in written:
            self._files = {**self._files, **moment.files}
        at = datetime.fromisoformat(aside.merged)
        merger = self._signed(aside.by, at)
        main = () if self._main is None else (self._main,)
        if aside.squash:
            author = self._signed(written[0].by, at)
            message = self._squashed(aside, written)
            self._main = self._add(main, author, merger, message, self._files)
            return
        message = f"Merge pull request #{aside.number} from acme/{aside.branch}\n\n{aside.title}\n"
        parents = (*main, self._tips[aside.branch])
        self._main = self._add(parents, merger, merger, message, self._files)

    def _add(
        self,
        parents: tuple[int, ...],
        author: Signed,
        committer: Signed,
        message: str,
        files: Mapping[str, bytes],
    ) -> int:
        self.commits.append(
            Invented(
                parents=parents, author=author, committer=committer, message=message, files=files
            )
        )
        return len(self.commits) - 1

    def _signed(self, id_: str, at: datetime) -> Signed:
        """Return who signs, with the clock on their wall."""
        person = self._settings.people[id_]
        zone = ZoneInfo(person.timezone or self._settings.calendar.timezone)
        return Signed(full_name(self._settings.people, id_), person.emails[0], at.astimezone(zone))

    def _squashed(self, aside: Aside, written: Sequence[Moment]) -> str:
        """Return a message that keeps the first lines and the trailers of what it is made of."""
        parts = [moment.message.splitlines() for moment in written]
        others = dict.fromkeys(moment.by for moment in written if moment.by != written[0].by)
        signed = [self._signed(one, written[0].at) for one in others]
        trailers = [line for lines in parts for line in lines if line.startswith("Nextstep: ")]
        trailers += [f"Co-authored-by: {one.name} <{one.email}>" for one in signed]
        listed = "\n".join(f"* {lines[0]}" for lines in parts)
        return f"{aside.title} (#{aside.number})\n\n{listed}\n" + (
            "\n{}\n".format("\n".join(trailers)) if trailers else ""
        )
