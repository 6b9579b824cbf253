"""Where the ledger is: found by looking at folders alone, without starting git."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.paths import FOLDERS, SETTINGS, is_record

_CREATE = "start one with `nextstep init`, or name its folder with `-C DIR`"


class NoLedger(NextstepError):  # noqa: N818 - it says what was not found
    """There is no ledger where one was looked for."""


class Place(Struct, frozen=True, kw_only=True):
    """Where a ledger is.

    ``root`` is its folder and ``toplevel`` the folder of the work tree around it, both absolute;
    outside a work tree ``toplevel`` is None. ``prefix`` leads from the one to the other: empty,
    or ``team/ledger/``. In a ``bare`` repository ``root`` is the repository itself, and its files
    are those of its HEAD.
    """

    root: str
    toplevel: str | None = None
    prefix: str = ""
    bare: bool = False

    @property
    def folder(self) -> str:
        """The folder in which git is started."""
        return self.toplevel or self.root


def find_ledger(
    start: str,
    *,
    directory: str | None = None,
    settings_folder: Callable[[], str] | None = None,
    environ: Mapping[str, str],
) -> Place:
    """Return the place of the ledger that is meant in the folder ``start``.

    ``directory`` (from the command line) decides, else `NEXTSTEP_DIR` of ``environ``: the ledger
    is in that folder or the nearest one above it. Without either it is looked for from ``start``
    upwards, then in the user's settings in ``settings_folder``. Raises NoLedger when there is none.
    """
    named = directory or environ.get("NEXTSTEP_DIR")
    if named:
        place = _nearest(_folder(os.path.join(start, named), shown=named))
        if place is None:
            raise NoLedger(f"there is no ledger in `{named}`", _CREATE)
        return place
    place = _nearest(_folder(start, shown=start))
    if place is None and settings_folder is not None:
        place = _default_ledger(settings_folder(), environ)
    if place is None:
        raise NoLedger("there is no ledger here", _CREATE)
    return place


def place_of(folder: str) -> Place:
    """Return the place of a ledger in exactly this folder, whether it has files yet or not."""
    root = os.path.realpath(folder)
    return _place(root, _surroundings(root)[0])


def user_settings_folder() -> str:
    """Return the folder of the user's settings, by the custom of the operating system."""
    import platformdirs

    return platformdirs.user_config_dir("nextstep")


def _folder(path: str, *, shown: str) -> str:
    real = os.path.realpath(path)
    if not os.path.isdir(real):
        kind = "is not a folder" if os.path.lexists(path) else "does not exist"
        raise NoLedger(f"`{shown}` {kind}", "name the folder of a ledger, or one inside it")
    return real


def _nearest(start: str) -> Place | None:
    toplevel, bare = _surroundings(start)
    for folder in _upwards(start):
        if _holds_ledger(folder):
            return _place(folder, toplevel)
        if folder == toplevel:
            return None
    return Place(root=bare, bare=True) if bare else None


def _surroundings(start: str) -> tuple[str | None, str | None]:
    """Return the top of the work tree around a folder, and a bare repository around it.

    A bare repository inside a work tree is not one to read from: anybody can commit such a
    folder, with settings that git would obey.
    """
    bare = None
    for folder in _upwards(start):
        if _is_repository(os.path.join(folder, ".git")):
            return folder, None
        if bare is None and _is_git_folder(folder):
            bare = folder
    return None, bare


def _place(root: str, toplevel: str | None) -> Place:
    if toplevel is None:
        return Place(root=root)
    inside = os.path.relpath(root, toplevel)
    return Place(root=root, toplevel=toplevel, prefix="" if inside == "." else f"{inside}/")


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def _is_repository(path: str) -> bool:
    """Whether a `.git` is that of a work tree: a repository, or a file that leads to one."""
    if os.path.isdir(path):
        return _is_git_folder(path)
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return file.read(8) == b"gitdir: "
    except OSError:
        return False


def _is_git_folder(path: str) -> bool:
    return (
        os.path.lexists(os.path.join(path, "HEAD"))
        and os.path.isdir(os.path.join(path, "objects"))
        and os.path.isdir(os.path.join(path, "refs"))
    )


def _holds_ledger(folder: str) -> bool:
    if os.path.lexists(os.path.join(folder, SETTINGS)):
        return True
    return any(_holds_record(os.path.join(folder, name)) for name in FOLDERS)


def _holds_record(folder: str) -> bool:
    """Whether a file of a ledger is below a folder, at any depth. Follows no link."""
    ahead = [] if os.path.islink(folder) else [folder]
    while ahead:
        try:
            with os.scandir(ahead.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith("."):
                            ahead.append(entry.path)
                    elif is_record(entry.name):
                        return True
        except OSError:
            continue
    return False


def _default_ledger(settings_folder: str, environ: Mapping[str, str]) -> Place | None:
    """Return the ledger that the user's own settings name, if they do."""
    settings = os.path.join(settings_folder, "settings.toml")
    if not os.path.exists(settings):
        return None
    named = _setting(settings)
    if named is None:
        return None
    path = os.path.join(environ.get("HOME", ""), named[2:]) if named.startswith("~/") else named
    hint = f"correct `ledger` in {settings}"
    if not os.path.isabs(path):
        raise NextstepError(f"`{named}` is not a whole path", f"{hint}: begin with `/` or `~/`")
    if not os.path.isdir(path):
        raise NextstepError(f"the folder `{named}` of your default ledger is not there", hint)
    return place_of(path)


def _setting(settings: str) -> str | None:
    import tomllib

    try:
        with open(settings, "rb") as file:
            ledger = tomllib.load(file).get("ledger")
    except (OSError, ValueError) as error:
        raise NextstepError(f"{settings} cannot be read: {error}", "correct or remove it") from None
    if ledger is not None and not isinstance(ledger, str):
        raise NextstepError(f"`ledger` in {settings} is not text", 'write `ledger = "/path"`')
    return ledger or None
