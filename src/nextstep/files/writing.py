"""Files made or replaced as a whole: they are there in full, or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import CONFLICT
from nextstep.repo import steps

TEMPORARY = ".nextstep-"
"""How the name of a temporary file begins. Nothing reads such a file."""


class ChangedMeanwhile(NextstepError):  # noqa: N818 - it says what somebody else did
    """A file holds something else than when it was read; it stays as it is (exit code 4)."""

    def __init__(self, path: str) -> None:
        """Name the file."""
        super().__init__(f"{path} was changed meanwhile", "try again", exit_code=CONFLICT)


def create(root: str, path: str, data: bytes) -> bool:
    """Write a new file below ``root``, with the folders it needs; False where something is there.

    Nothing is overwritten and no link followed. Raises NextstepError when it cannot be written.
    """
    try:
        folder = _folder(root, path)
        place = os.path.join(folder, os.path.basename(path))
        if os.path.lexists(place):
            return False
        temporary = _written(folder, data, 0o666)
        try:
            steps.link(temporary, place)
        except FileExistsError:
            return False
        finally:
            steps.forget(temporary)
    except OSError as error:
        raise _failed(path, error) from None
    _settle(folder, path)
    return True


def replace(root: str, path: str, data: bytes, *, before: bytes) -> None:
    """Put ``data`` in the place of a file that still holds ``before``; mode and owner stay.

    Raises ChangedMeanwhile when it is another file by now, NextstepError where it cannot be written.
    """
    place = os.path.join(root, path)
    folder = os.path.dirname(place)
    try:
        there = os.lstat(place)
        _plain(path, there, folder, os.path.join(os.path.realpath(root), os.path.dirname(path)))
        temporary = _written(folder, data, stat.S_IMODE(there.st_mode))
        try:
            _like(temporary, there)
            _still(place, path, before)
            steps.rename(temporary, place)
        except BaseException:
            steps.forget(temporary)
            raise
    except OSError as error:
        raise _failed(path, error) from None
    _settle(folder, path)


def remove(root: str, path: str, *, before: bytes) -> None:
    """Take away a file that still holds ``before``. Raises ChangedMeanwhile when it does not."""
    place = os.path.join(root, path)
    try:
        _still(place, path, before)
        steps.unlink(place)
    except OSError as error:
        raise _failed(path, error) from None
    _settle(os.path.dirname(place), path)


def put(place: str, data: bytes) -> None:
    """Write a file that is nobody's record, such as an answer that was asked for in a file.

    What is there is replaced, and its mode and owner stay; a link is followed. Raises OSError, and
    the file is as it was then.
    """
    place = os.path.realpath(place)
    try:
        there = os.lstat(place)
    except FileNotFoundError:
        there = None
    if there is not None and not stat.S_ISREG(there.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file", place)
    temporary = _written(os.path.dirname(place), data, 0o666)
    try:
        if there is not None:
            _like(temporary, there)
        steps.rename(temporary, place)
    except BaseException:
        steps.forget(temporary)
        raise


def make_folder(root: str, path: str) -> bool:
    """Make a folder below ``root``; False where it is there already."""
    there = os.path.isdir(os.path.join(root, path))
    try:
        _folder(root, f"{path}/x")
    except OSError as error:
        raise _failed(path, error) from None
    return not there


def _plain(path: str, there: os.stat_result, folder: str, wanted: str) -> None:
    """Raise NextstepError for what another file cannot take the place of without harm."""
    if not stat.S_ISREG(there.st_mode):
        raise NextstepError(f"{path} is not a regular file", "put the file itself there")
    if os.path.realpath(folder) != os.path.normpath(wanted):
        raise NextstepError(f"a link leads to {path}", "put the folder itself there")
    if there.st_nlink > 1:
        raise NextstepError(
            f"{path} has a second name (a hard link), which would keep the old text",
            f"part them, and try again: cp {path} {path}.new && mv {path}.new {path}",
        )


def _like(temporary: str, there: os.stat_result) -> None:
    """Give a file the mode of another one, and its owner where the system lets us."""
    made = os.lstat(temporary)
    if (made.st_uid, made.st_gid) != (there.st_uid, there.st_gid):
        with suppress(PermissionError):
            os.chown(temporary, there.st_uid, there.st_gid)
    steps.announce("chmod", temporary)
    os.chmod(temporary, stat.S_IMODE(there.st_mode))


def _still(place: str, path: str, before: bytes) -> None:
    """Raise ChangedMeanwhile unless a file still holds these bytes."""
    descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        if file.read() != before:
            raise ChangedMeanwhile(path)


def _folder(root: str, path: str) -> str:
    """Return the folder of a path, made where it is missing; a link on the way is refused."""
    folder = root
    for name in path.split("/")[:-1]:
        folder = os.path.join(folder, name)
        try:
            mode = os.lstat(folder).st_mode
        except FileNotFoundError:
            with suppress(FileExistsError):  # somebody else was quicker
                steps.make_folder(folder)
        else:
            if not stat.S_ISDIR(mode):
                shown = os.path.relpath(folder, root)
                raise NextstepError(f"{shown} is not a folder", "move it away, and try again")
    return folder


def _written(folder: str, data: bytes, mode: int) -> str:
    """Return the path of a new temporary file that holds the data, safe on the disk."""
    path = os.path.join(folder, f"{TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}.tmp")
    steps.write_new(path, data, mode)
    return path


def _settle(folder: str, path: str) -> None:
    """Make the name of a file as safe as what it holds. The file is there, whatever comes of it."""
    try:
        steps.settle(folder)
    except OSError as error:
        raise NextstepError(
            f"the disk does not confirm that {path} is safe: {error.strerror}",
            "the file is written; look at it, and at the disk",
        ) from None


def _failed(path: str, error: OSError) -> NextstepError:
    return NextstepError(
        f"{path} could not be written: {error.strerror}", "nothing in it was changed"
    )
