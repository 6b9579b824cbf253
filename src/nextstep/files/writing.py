"""Files made or replaced as a whole: they are there in full, or not at all."""

from __future__ import annotations

import os
import stat

from nextstep.diagnostics.errors import NextstepError

TEMPORARY = ".nextstep-"
"""How the name of a temporary file begins. Nothing reads such a file."""


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
            os.link(temporary, place)
        except FileExistsError:
            return False
        finally:
            os.unlink(temporary)
        _settle(folder)
    except OSError as error:
        raise _failed(path, error) from None
    return True


def replace(root: str, path: str, data: bytes, *, before: bytes) -> None:
    """Put ``data`` in the place of a file that still holds ``before``; its mode stays.

    Raises NextstepError when it is another file by now, or cannot be written.
    """
    place = os.path.join(root, path)
    folder = os.path.dirname(place)
    try:
        mode = os.lstat(place).st_mode
        temporary = _written(folder, data, stat.S_IMODE(mode))
        try:
            os.chmod(temporary, stat.S_IMODE(mode))
            _still(place, path, before, mode)
            os.replace(temporary, place)
        except BaseException:
            os.unlink(temporary)
            raise
        _settle(folder)
    except OSError as error:
        raise _failed(path, error) from None


def make_folder(root: str, path: str) -> bool:
    """Make a folder below ``root``; False where it is there already."""
    there = os.path.isdir(os.path.join(root, path))
    try:
        _folder(root, f"{path}/x")
    except OSError as error:
        raise _failed(path, error) from None
    return not there


def _still(place: str, path: str, before: bytes, mode: int) -> None:
    """Raise NextstepError unless a place still holds a plain file with these bytes."""
    if not stat.S_ISREG(mode):
        raise NextstepError(f"{path} is not a regular file", "put the file itself there")
    with open(place, "rb") as file:
        if file.read() != before:
            raise NextstepError(f"{path} was changed meanwhile", "try again")


def _folder(root: str, path: str) -> str:
    """Return the folder of a path, made where it is missing; a link on the way is refused."""
    folder = root
    for name in path.split("/")[:-1]:
        folder = os.path.join(folder, name)
        try:
            mode = os.lstat(folder).st_mode
        except FileNotFoundError:
            os.mkdir(folder)
        else:
            if not stat.S_ISDIR(mode):
                shown = os.path.relpath(folder, root)
                raise NextstepError(f"{shown} is not a folder", "move it away, and try again")
    return folder


def _written(folder: str, data: bytes, mode: int) -> str:
    """Return the path of a new temporary file that holds the data, safe on the disk."""
    path = os.path.join(folder, f"{TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}.tmp")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        os.unlink(path)
        raise
    return path


def _settle(folder: str) -> None:
    """Make the name of a file as safe as what it holds."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failed(path: str, error: OSError) -> NextstepError:
    return NextstepError(
        f"{path} could not be written: {error.strerror}", "nothing in it was changed"
    )
