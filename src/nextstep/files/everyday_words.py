"""Words that people write for a field which has another name here."""

from __future__ import annotations

from collections.abc import Collection

_MEANT: dict[str, tuple[str, ...]] = {
    "title": ("what", "do"),
    "name": ("title", "what", "id"),
    "task": ("what", "do"),
    "summary": ("what", "title"),
    "what": ("do", "title"),
    "owner": ("who",),
    "assignee": ("who", "owner"),
    "responsible": ("who", "owner"),
    "who": ("owner",),
    "deadline": ("due",),
    "date": ("due",),
    "until": ("due",),
    "goal": ("outcome", "provides"),
    "purpose": ("outcome", "benefit"),
    "result": ("outcome",),
    "why": ("outcome", "because"),
    "to": ("with",),
    "for": ("with",),
    "plan": ("part_of",),
    "project": ("part_of",),
    "depends_on": ("after",),
    "needs": ("after",),
    "waits_for": ("after",),
    "history": ("log",),
    "events": ("log",),
    "mail": ("emails",),
    "team": ("people",),
    "users": ("people",),
    "zone": ("timezone",),
    "workdays": ("calendar",),
    "workweek": ("calendar",),
    "holidays": ("calendar",),
}
_STANDING = frozenset({"status", "state", "done", "closed"})
_DONE = "say what happened in `log`: {at: 2026-11-23T10:15Z, by: dev, event: done}"


def field_meant(word: str, names: Collection[str]) -> str:
    """Return the hint for a word that is no field here but often written for one, or nothing."""
    word = word.casefold()
    for name in _MEANT.get(word, ()):
        if name in names:
            return f"did you mean `{name}`?"
    return _DONE if word in _STANDING and {"log", "who"}.issubset(names) else ""
