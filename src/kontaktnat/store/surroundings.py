"""Where a book lies: with a sync client, on a network drive, or where others may read or write it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kontaktnat.i18n import Text
from kontaktnat.store.places import beside, real_path

RULE = "place"
"""The `rule` of a finding on where a book lies; none is told with `shared_folder = true` (configuration)."""

_CLIENTS = {
    "OneDrive": r"(?i:onedrive( - .+|-.+)?)",
    "Dropbox": r"(?i:dropbox( \(.+\))?)",
    "Google Drive": r"(?i:google ?drive|googledrive-.+)",
    "iCloud": r"(?i:icloud ?drive|com~apple~clouddocs)",
    "Nextcloud": r"(?i:nextcloud\d*)",
    "ownCloud": r"(?i:owncloud\d*)",
    "Box": r"Box( Sync)?|Box-Box",
    "Syncthing": r"(?i:syncthing)",
}
"""A sync client → the names that its folders have."""

_MARKS = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".stignore": "Syncthing",
    ".sync_*.db": "Nextcloud", "._sync_*.db": "Nextcloud", ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud", ".tmp.drivedownload": "Google Drive",
}  # fmt: skip
"""What lies in a client's own folder → the client."""

_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|ceph|lustre|davfs2?"
    r"|fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|glusterfs|smbnetfs|s3fs)"
)
_REMOTE_DRIVE = 4  # DRIVE_REMOTE, what GetDriveTypeW says


class Risk(NamedTuple):
    """What is wrong with a place, and what to do."""

    message: Text
    remedy: Text


def risks(place: str | os.PathLike[str], mounts: Path = Path("/proc/self/mountinfo")) -> Iterator[Risk]:
    """What is wrong with where a book lies or will lie; raises nothing where the system does not tell."""
    path = real_path(os.fspath(place))
    if client := _client(path.parent):
        yield Risk(
            Text("the book lies in a folder of {client}, which copies it to other computers", client=client),
            Text("move it to a folder of your own that is backed up but not synchronised"),
        )
    if _is_remote(os.fspath(place), path, mounts):
        yield Risk(
            Text("the book lies on a network drive, where others may read it and a lock may not hold"),
            Text("move it to a local disk, or see that only those may use the folder who need the book"),
        )
    yield from _modes(path)


def _client(folder: Path) -> str:
    home = _home()
    for one in (folder, *folder.parents):
        for client, names in _CLIENTS.items():
            if re.fullmatch(names, one.name):
                return client
        for mark, client in _MARKS.items():
            # In a home folder `.dropbox` holds the client's settings, not what it synchronises.
            if one != home and _has(one, mark):
                return client
    for name in _VARIABLES:
        if (root := os.environ.get(name)) and folder.is_relative_to(os.path.realpath(root)):
            return "OneDrive"
    return ""


def _has(folder: Path, mark: str) -> bool:
    try:
        return next(folder.glob(mark), None) is not None
    except OSError:
        return False


def _home() -> Path | None:
    try:
        return Path(os.path.realpath(Path.home()))
    except RuntimeError:
        return None


def _is_remote(place: str, path: Path, mounts: Path) -> bool:
    if os.name == "nt":
        if place.startswith(("\\\\", "//")):
            return True
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")  # type: ignore[attr-defined]
        return bool(kind == _REMOTE_DRIVE)
    return bool(_NETWORK.fullmatch(_file_system(path, mounts)))


def _file_system(path: Path, mounts: Path) -> str:
    """Of the mount point that is nearest above; "" where the system does not tell. See proc(5)."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    nearest, found = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        if len(words := before.split()) < 5 or not after:
            continue
        at = Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), words[4]))
        if path.is_relative_to(at) and len(at.parts) >= nearest:  # the later one lies above an equal one
            nearest, found = len(at.parts), after.split()[0]
    return found


def _modes(path: Path) -> Iterator[Risk]:
    if os.name == "nt":  # mode bits tell nothing there
        return
    try:
        sticky = path.parent.stat().st_mode & stat.S_ISVTX  # as /tmp: nobody takes another's file away
        if not sticky and _for_others(path.parent, 0o020, 0o002):
            yield Risk(
                Text("others may write to the folder of the book, {folder}, and so replace it",
                     folder=path.parent),
                Text("take that right away (chmod go-w), or move the book to a folder of your own"),
            )  # fmt: skip
        if not _is_within_reach(path.parent):
            return
        for one in (path, *beside(path)):
            if one.is_file() and one.suffix != ".lock" and _for_others(one, 0o040, 0o004):
                yield Risk(
                    Text("others on this computer may read {file}", file=one.name),
                    Text("take that right away: chmod go-rwx {file}", file=one),
                )
    except OSError:
        return


def _for_others(path: Path, group: int, world: int) -> bool:
    """Whether one of these bits is set, and the group is not just the owner's own, as on many systems."""
    mode = path.stat().st_mode
    return bool(mode & world or (mode & group and not _is_own_group(path)))


def _is_own_group(path: Path) -> bool:
    try:
        return path.group() == path.owner()
    except (KeyError, NotImplementedError):  # one without a name
        return False


def _is_within_reach(folder: Path) -> bool:
    """Whether others may go through all folders down to this one."""
    return all(one.stat().st_mode & 0o011 for one in (folder, *folder.parents))
