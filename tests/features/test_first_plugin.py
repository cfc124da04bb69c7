"""docs/tutorial/first-plugin.md, followed to the letter: typed, edited, compared, in a clean environment."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "first-plugin.md"
_STEP = re.compile(r"(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
"""A block, with the file before it, if it is one's."""


def steps() -> Iterator[tuple[str, str, str]]:
    """(what to do, with what, what comes of it): `$`, command, output; else file, language, content."""
    for file, language, block in _STEP.findall(PAGE.read_text("utf-8")):
        if language == "console":
            for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, printed = step.partition("\n")
                yield "$", command, printed
        else:
            assert file, f"nobody knows what to do with\n{block}"
            yield file, language, block


def shows(printed: str, output: str) -> bool:
    """Whether this is what was printed; … stands for what the page leaves out, lines or part of one."""
    wanted, lines = (
        [" ".join(line.split()) for line in text.splitlines() if line.strip()] for text in (printed, output)
    )
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…"
        else re.escape(line).replace(r"\ …\ ", r"\ (?:.*?\ )?").replace("…", ".*?") + r"\n"
        for line in wanted
    )  # fmt: skip
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None


def edit(file: Path, language: str, block: str) -> None:
    """Make the file what the page says, or change the lines that it says."""
    if language != "diff":
        file.write_text(block, "utf-8")
        return
    text = file.read_text("utf-8")
    for old, new in re.findall(r"^-(.*\n)\+(.*\n)", block, re.MULTILINE):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def test_it_leads_where_it_says(tmp_path: Path, clean_environment: Callable[[Path], Any]) -> None:
    (tmp_path / "home").mkdir()
    (place := tmp_path / "work").mkdir()
    environment = clean_environment(tmp_path / "home")
    typed = 0
    for what, with_, given in steps():
        if what != "$":
            assert (place / what).is_file(), "the template has it"
            edit(place / what, with_, given)
            continue
        program, *words = shlex.split(with_)
        if program == "cd":
            place = place / words[0]
            continue
        assert program in ("python", "kontaktnat"), with_
        start = ("-m", "kontaktnat") if program == "kontaktnat" else ()
        done = environment.run(*start, *words, cwd=place)
        assert shows(given, done.stdout + done.stderr), f"$ {with_}\n{done.stdout}{done.stderr}"
        typed += 1
    assert typed > 15


def test_what_is_left_out_is_the_only_thing_that_may_differ() -> None:
    assert shows("a  b\n", "a b\n")
    assert shows("…\nb\n", "a\nc\nb\n")
    assert shows("a … b\n", "a b\n")
    assert shows("a … b\n", "a c d b\n")
    assert shows("9 passed in …s\n", "9 passed in 1.37s\n")
    assert not shows("a\n", "a\nb\n")
    assert not shows("a\nb\n", "a\n")
    assert not shows("", "a\n")
