"""A review as Markdown: one comment, or the summary of a job. Nothing in it acts, nobody is pinged.

A comment may have 65,536 characters. What does not fit is left out item by item, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from itertools import repeat

from nextstep.dates.words import day_words
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.render.markdown import escape
from nextstep.render.mermaid import flow_chart
from nextstep.render.page import Reading
from nextstep.render.review_page import also_words, compared_words, finding_place, title_words
from nextstep.render.review_words import LABELS, change_words, late_words
from nextstep.render.row_words import Speech
from nextstep.render.safe_text import safe_text
from nextstep.render.source_words import alarm
from nextstep.reports.review import Review
from nextstep.reports.review_changes import Change

MARKER = "<!-- nextstep:review -->"
"""The first line, by which a comment is found again. It is not shown."""
MOST = 65_536
"""The most characters that a comment may have, counted as a forge does: in UTF-16."""

_MOST_OF_CHARTS = 4_500
_MOST_PEOPLE = 50
_LONGEST_NAME = 60
_LONGEST_SENTENCE = 400
_MOST_SENTENCES = 12
_ROOM_FOR_COUNTS = 60
_EXPLAINED = "What is new is thick, what is gone is dashed."


class _Section:
    """A heading and its items, each of which is put into words when it is its turn."""

    def __init__(self, heading: str, things: Sized, items: Iterable[str]) -> None:
        self.heading, self._all, self._items = heading, len(things), iter(items)
        self._taken: list[str] = []

    def take(self, room: int) -> int:
        """Take one item more if there is room for it, and return its size; 0 where it ends."""
        item = next(self._items, None)
        if item is None or _size(item) > room:
            return 0
        self._taken.append(item)
        return _size(item)

    def text(self) -> str:
        left = self._all - len(self._taken)
        more = f"- and {left} more\n" if self._taken else f"- {left}, too long to be shown here\n"
        return f"\n**{self.heading}**\n\n{''.join(self._taken)}{more if left else ''}"


def review_markdown(review: Review, reading: Reading, *, base: str = "", most: int = MOST) -> str:
    """Return the whole review, cut to so many characters.

    ``base`` leads from the root of the repository to that of the ledger.
    """
    head = "".join(f"{line}\n" for line in _head(review))
    foot = f"\n<sub>{_inert(f'nextstep review {compared_words(review)}')}, "
    foot += f"{day_words(review.today, None)}</sub>\n"
    charts = _charts(review)
    sections = tuple(_sections(review, reading, base))
    room = most - _size(head) - _size(foot)
    body = _cut(sections, room)
    if _size(charts) <= room - _size(body):
        body += charts
    return f"{head}{body}{foot}"


def _head(review: Review) -> Iterator[str]:
    yield MARKER
    yield f"### {_inert(title_words(review))}"
    if review.people:
        yield ""
        yield f"It concerns {_people(review.people)}."
    if also := also_words(review):
        yield ""
        yield _inert(also)
    if not review.is_shared:
        yield ""
        yield (
            "**!** History does not reach back to where the two went apart: what came to "
            f"{_inert(review.before.revision)} since then is seen as taken back."
        )


def _people(people: Sequence[str]) -> str:
    shown = ", ".join(_code(name[:_LONGEST_NAME]) for name in people[:_MOST_PEOPLE])
    left = len(people) - _MOST_PEOPLE
    return shown if left <= 0 else f"{shown} and {left} more"


def _sections(review: Review, reading: Reading, base: str) -> Iterator[_Section]:
    """Yield the sections in which there is something, in the order of the page."""
    speech = reading.speech
    if reading.unread:
        unread = (f"- **!** {_inert(alarm(one).text)}\n" for one in reading.unread)
        yield _Section("Could not be read", reading.unread, unread)
    if review.unread_before:
        paths = (
            f"- {_code(path)}: what changed in it is not known\n" for path in review.unread_before
        )
        yield _Section("Could not be read before", review.unread_before, paths)
    by_kind: dict[str, list[Change]] = {}
    for change in review.changes:
        by_kind.setdefault(change.kind, []).append(change)
    for kind, changes in by_kind.items():
        heading = LABELS.get(kind, kind).capitalize()
        yield _Section(heading, changes, map(_change, changes, repeat(speech)))
    if review.late:
        late = (f"- {_inert(late_words(one, speech))}\n" for one in review.late)
        yield _Section("Newly late", review.late, late)
    if review.findings:
        yield _Section(
            "New findings", review.findings, map(_finding, review.findings, repeat(base))
        )


def _change(change: Change, speech: Speech) -> str:
    subject, sentences = change_words(change, speech)
    codes = "".join(f" `{code}`" for code in change.codes)
    if len(sentences) == 1:
        return f"- **{_inert(subject)}**: {_inert(sentences[0])}{codes}\n"
    lines = [f"- **{_inert(subject)}**{codes}"]
    lines += [f"  - {_inert(words)}" for words in sentences[:_MOST_SENTENCES]]
    left = len(sentences) - _MOST_SENTENCES
    if left > 0:
        lines.append(f"  - and {left} more")
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Diagnostic, base: str) -> str:
    place = _code(f"{base}{finding_place(finding)}")
    hint = f"  <br>{_quoting(finding.hint)}\n" if finding.hint else ""
    said = _quoting(finding.message)
    return f"- **{finding.severity.value}** `{finding.code}` {place}: {said}\n{hint}"


def _cut(sections: Sequence[_Section], room: int) -> str:
    """Return the sections with as many items as fit: one of each in turn, from the first."""
    room -= sum(_size(section.heading) + _ROOM_FOR_COUNTS for section in sections)
    going = [*sections]
    while going:
        for section in tuple(going):
            size = section.take(room)
            room -= size
            if not size:
                going.remove(section)
    return "".join(section.text() for section in sections)


def _charts(review: Review) -> str:
    charts = ""
    for flow in review.flows:
        chart = (
            f"\n**{_inert(f'The steps of {flow.title}')}.** {_EXPLAINED}\n\n"
            f"<details><summary>Show the flow</summary>\n\n```mermaid\n{flow_chart(flow)}```\n\n"
            "</details>\n"
        )
        if len(charts) + len(chart) <= _MOST_OF_CHARTS:
            charts += chart
    return charts


def _inert(text: str) -> str:
    text = safe_text(text)
    if len(text) > _LONGEST_SENTENCE:
        text = f"{text[: _LONGEST_SENTENCE - 3]}..."
    return escape(text)


def _quoting(text: str) -> str:
    """Return a sentence with its values, which stand between backticks, as code.

    A value that has a backtick itself makes the parts odd, or has two of them meet: then all of the
    sentence is plain.
    """
    parts = text.split("`")
    if len(parts) % 2 == 0 or not all(parts[1:-1]) or len(text) > _LONGEST_SENTENCE:
        return _inert(text)
    return "".join(_code(part) if at % 2 else _between(part) for at, part in enumerate(parts))


def _between(text: str) -> str:
    """Return what stands between two values, with its spaces."""
    if not text.strip(" "):
        return text
    before = " " * (len(text) - len(text.lstrip(" ")))
    after = " " * (len(text) - len(text.rstrip(" ")))
    return f"{before}{_inert(text)}{after}"


def _code(text: str) -> str:
    """Return text as code, in which a forge sees no mention."""
    text = safe_text(text)
    if "`" in text or len(text) > _LONGEST_SENTENCE or not text.strip():
        return _inert(text)
    return f"`{text}`"


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
