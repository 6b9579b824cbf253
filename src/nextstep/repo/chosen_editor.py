"""The editor that a person chose for git, never one that a repository names."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.git import start
from nextstep.repo.place import Place

_SECONDS = 10.0
_WORDS = ("config", "-z", "--show-scope", "--get-all", "core.editor")
_OWN = frozenset([b"system", b"global"])


def chosen_editor(place: Place, environ: Mapping[str, str]) -> str:
    """Return the editor that git would use by the user's or the machine's settings, or nothing."""
    if environ.get("GIT_EDITOR", "").strip():
        return environ["GIT_EDITOR"]
    try:
        answer = start(place, _WORDS, environ).finish(_SECONDS)
    except NextstepError:
        return ""
    parts = answer.out.split(b"\0")
    chosen = [value for scope, value in zip(parts[::2], parts[1::2], strict=False) if scope in _OWN]
    return chosen[-1].decode(errors="surrogateescape").strip() if chosen else ""
