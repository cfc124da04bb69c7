"""Letters as files that Outlook opens, unsent, to be looked at and sent by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kontaktnat.errors import Invalid, reason
from kontaktnat.extend import Outgoing, check_options, fold

_NUMBER = re.compile(r"(\d{3,9})-")


def write(
    letters: Sequence[Outgoing], folder: Path, *, others: Iterable[tuple[str, bytes]] = ()
) -> list[Path]:
    """One file for each, in a folder that is made if need be: `001-eva-ek.eml`, in their order. Whoever is
    protected has no name there, for a folder is seen by others than who opens a letter.

    `others`: (name, content) of files to lie beside them. No file that is there is written over: numbers go
    on after those there are. Where one cannot be written none is left. Raises Invalid.
    """
    made: list[Path] = []
    try:
        number = _last(folder)
        named = [(_called(one), one.data) for one in letters]
        for name, data in (*others, *named):
            number += 1
            path = folder / f"{number:03d}-{name}"
            with path.open("xb") as file:
                made.append(path)
                file.write(data)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        raise Invalid("{path}: {problem}", path=str(folder), problem=reason(error)) from None
    return made


def send(letters: Iterable[Outgoing], options: Mapping[str, str]) -> Iterator[Outgoing]:
    """The hook's way: each letter once it is a file. Option: `folder`."""
    check_options(options, folder=None)
    folder = Path(options.get("folder") or ".")
    try:
        number = _last(folder)
        for letter in letters:
            number += 1
            with (folder / f"{number:03d}-{_called(letter)}").open("xb") as file:
                file.write(letter.data)
            yield letter
    except OSError as error:
        raise Invalid("{path}: {problem}", path=str(folder), problem=reason(error)) from None


def _last(folder: Path) -> int:
    """The highest number of the files in a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = (int(found[1]) for one in folder.iterdir() if (found := _NUMBER.match(one.name)))
    return max(numbers, default=0)


def fresh(folder: Path) -> Path:
    """The folder, or the first of `NAME-2`, `NAME-3`, … that is not there."""
    path, n = folder, 1
    while path.exists():
        n += 1
        path = folder.with_name(f"{folder.name}-{n}")
    return path


def _called(letter: Outgoing) -> str:
    return f"{plain('' if letter.protected else letter.name)}.eml"


def plain(name: str) -> str:
    """A name that every file system has: `eva-ek`."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return words[:60].rstrip("-") or "mail"
