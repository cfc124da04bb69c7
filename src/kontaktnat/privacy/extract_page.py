"""A register extract as a document for the person whom it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kontaktnat.i18n import Text, tr
from kontaktnat.privacy.fields import when

if TYPE_CHECKING:
    from kontaktnat.privacy.extracted import Entry, Extract


def page(extract: Extract) -> str:
    """Markdown, in the language in force."""
    return "\n".join(_lines(extract)) + "\n"


def _lines(extract: Extract) -> Iterator[str]:
    yield f"# {plain(Text('Register extract for {name}', name=extract.name))}"
    yield ""
    yield plain(
        Text("Made on {at} by {by}, under article 15 of the GDPR.", at=when(extract.made), by=extract.by)
    )
    yield ""
    yield from map(_item, _explained())
    for note in extract.notes:
        yield f"- **{plain(note)}**"
    yield ""
    yield f"## {plain(Text('Contents'))}"
    yield ""
    if not extract.sections:
        yield plain(Text("There is nothing about this person."))
    for one in extract.sections:
        yield f"- {plain(one.title)}: {len(one.entries)}"
    for one in extract.sections:
        yield from ("", f"## {plain(one.title)}")
        for entry in one.entries:
            yield from _entry(entry)
    yield from _information(extract)


def _information(extract: Extract) -> Iterator[str]:
    if extract.information is not None:
        yield ""
        yield from re.sub(r"^#", "##", extract.information.markdown(), flags=re.M).splitlines()


def _explained() -> Iterator[str]:
    yield Text(
        "This is everything that the register holds about this person, also what was changed or deleted."
    )
    yield Text(
        "Other people have been taken out: where one stood, it says “[another person]”, or only their "
        "function and organisation."
    )
    yield Text(
        "“[?…?]” marks what may be the name, number or address of somebody who is not in the register. "
        "It is to be looked at by hand before the extract is handed out."
    )
    yield Text("“Draft” means that the text was marked as unfinished. Its age in days is given.")


def _entry(entry: Entry) -> Iterator[str]:
    draft = entry.draft_days
    marked = Text(" (draft, {n} day)", " (draft, {n} days)", n=draft) if draft is not None else ""
    yield ""
    heading = plain(entry.heading)
    yield f"### {heading if entry.type == 'contact' else capital(heading)}{plain(marked, strip=False)}"
    if entry.facts or entry.hidden:
        yield ""
    for fact in entry.facts:
        if not fact.said:
            yield f"- **{capital(plain(fact.title))}**"
        else:
            deeper = "  " if fact.key == "" else ""
            yield f"{deeper}- {plain(capital(tr(fact.title)))}: {plain(fact.said)}"
    if entry.hidden:
        yield _item(Text("Something is left out here, since somebody else is protected."))


def _item(text: str) -> str:
    return f"- {plain(text)}"


def capital(text: str) -> str:
    """With a capital at its beginning; a plugin's field, of which nobody knows the title, stays."""
    return text if re.match(r"\w+\.\w", text) else text[:1].upper() + text[1:]


def plain(text: str, *, strip: bool = True) -> str:
    """In the language in force, on one line, and not taken for markup."""
    said = tr(text) if isinstance(text, Text) else text
    said = "".join(one if one.isprintable() or one.isspace() else "�" for one in said)
    line = " ".join(said.split()) if strip else said
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in line)
