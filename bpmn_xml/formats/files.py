"""Files are read whole up to a limit, and written under a temporary name, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

from bpmn_xml.errors import Place, StoreError
from bpmn_xml.formats.codes import TOO_MUCH
from bpmn_xml.formats.findings import refusal
from bpmn_xml.formats.limits import Limits


def is_file(path: Path | str) -> bool:
    """Whether it is a file; False too where the system does not look, as for a name too long."""
    try:
        return Path(path).is_file()
    except OSError:
        return False


def files_of(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder that are called so, in order: no folders, pipes or devices."""
    return [path for path in sorted(folder.glob(pattern)) if is_file(path)]


def whole(path: Path) -> Path:
    """The path without links; a link that leads back to itself is left as it is."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path.absolute()


def is_special(path: Path | str) -> bool:
    """Whether something is there that is no regular file: a device, a pipe, a folder."""
    try:
        return not stat.S_ISREG(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return False


def read_at_most(path: Path, most: int) -> bytes:
    """Read a file, of a device or another endless one only the beginning.

    Raises:
        OSError: it cannot be read.
        ValueError: it has more bytes, or its name can be none.
    """
    data = beginning_of(path, most)
    if len(data) > most:
        raise ValueError(f"it has more than {most:,} bytes")
    return data


def beginning_of(path: Path, most: int) -> bytes:
    """Read so many bytes of a file, and one more where there are more."""
    with path.open("rb") as file:
        return file.read(most + 1)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Read a file of at most `limits.size` bytes; `StoreError` where the disk refuses."""
    try:
        data = beginning_of(path, limits.size)
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot read {path}: {reason(error)}") from error
    check_size(data, str(path), limits)
    return data


def check_size(data: bytes, name: str, limits: Limits) -> None:
    """Refuse what is larger than `limits.size`."""
    if len(data) > limits.size:
        raise refusal(TOO_MUCH, f"the file exceeds {limits.size:,} bytes (`size`)", Place(name))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the whole new one.

    What is no regular file (a device, a pipe) is written to as it is.
    """
    try:
        target = path.resolve()
        if target.is_symlink():  # in a circle: only before Python 3.13 `resolve` raises there
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if is_special(target):
            target.write_bytes(data)
        else:
            replace(target, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"cannot write {path}: {reason(error)}") from error


def replace(target: Path, data: bytes) -> None:
    """Write in a folder beside the target and rename; who may read it does not change.

    Nothing is left behind when that fails, and what others write to the same target meanwhile is
    not touched.
    """
    with TemporaryDirectory(prefix=".", suffix=".tmp", dir=target.parent) as folder:
        new = Path(folder, target.name)
        new.write_bytes(data)
        if target.exists():
            shutil.copymode(target, new)
        new.replace(target)


def reason(error: Exception) -> str:
    """Say what the operating system said, without its number."""
    return getattr(error, "strerror", None) or str(error)
