"""Who asks: the e-mail address and name that git would sign with."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Answer
from nextstep.repo.git import start
from nextstep.repo.place import Place

IDENTITY = ("config", "-z", "--get-regexp", r"^(user|author)\.(name|email)$")


class Identity(Struct, frozen=True):
    """Who asks, as the environment or git's settings say it; None for what they leave out."""

    email: str | None = None
    name: str | None = None


NOBODY = Identity()


def who(place: Place, environ: Mapping[str, str]) -> Identity:
    """Return who asks, by one short child process. Nobody without git or settings."""
    try:
        return identity_in(start(place, IDENTITY, environ).finish(10.0), environ)
    except NextstepError:
        return NOBODY


def identity_in(answer: Answer, environ: Mapping[str, str]) -> Identity:
    """Return whom git would name as the author: by its environment, else by its answer.

    Of equal settings the last counts, `author` before `user`.
    """
    values: dict[str, str] = {}
    for entry in answer.out.split(b"\0"):
        key, _, value = entry.partition(b"\n")
        values[key.decode("ascii", "replace")] = value.decode("utf-8", "backslashreplace").strip()
    return Identity(
        email=_given("GIT_AUTHOR_EMAIL", environ)
        or values.get("author.email")
        or values.get("user.email")
        or None,
        name=_given("GIT_AUTHOR_NAME", environ)
        or values.get("author.name")
        or values.get("user.name")
        or None,
    )


def _given(variable: str, environ: Mapping[str, str]) -> str:
    """Return what a variable of git says, as text that can be written anywhere."""
    return os.fsencode(environ.get(variable, "")).decode("utf-8", "backslashreplace").strip()
