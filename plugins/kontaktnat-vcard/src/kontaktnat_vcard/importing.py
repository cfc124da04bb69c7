"""The importer: a file of cards → candidates, what was understood of it, and a file of those rejected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from kontaktnat.errors import Invalid
from kontaktnat.extend import Candidate, Text, Understood, check_options
from kontaktnat_vcard.encodings import Bytes, decoded, is_utf8, opened
from kontaktnat_vcard.kept import keep, key_of
from kontaktnat_vcard.lines import Line, escape, folded
from kontaktnat_vcard.meaning import fields_of, problem_of
from kontaktnat_vcard.reading import PROBLEM, Card, cards

_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*(?:[\r\n]|\Z)", re.IGNORECASE)
_ANY = re.compile(r"(?:\A|[\r\n])[ \t\0]*(?:\xef\xbb\xbf)?BEGIN\s*:\s*VCARD\s*(?:[\r\n]|\Z)", re.IGNORECASE)
_PROPERTY = re.compile(r"^(?:[\w-]+\.)?([A-Z][A-Z0-9-]*)(?=[;:])", re.MULTILINE | re.IGNORECASE | re.ASCII)
_SAMPLE = re.compile(r"^FN[^:\r\n]*:(.*[\x80-\xff].*)$", re.MULTILINE | re.IGNORECASE)
_VERSION = re.compile(r"^VERSION\s*:\s*(\d\.\d)", re.MULTILINE | re.IGNORECASE | re.ASCII)
_SHOWN = 12
_FRAME = frozenset({"BEGIN", "END", "VERSION", "UID", "REV", "PRODID", "X-KONTAKTNAT-PROBLEM"})
_KNOWN = frozenset({
    "ADR", "AGENT", "ANNIVERSARY", "BDAY", "BIRTHPLACE", "CALADRURI", "CALURI", "CATEGORIES", "CLASS",
    "CLIENTPIDMAP", "DEATHDATE", "DEATHPLACE", "EMAIL", "EXPERTISE", "FBURL", "FN", "GENDER", "GEO",
    "HOBBY", "IMPP", "INTEREST", "KEY", "KIND", "LABEL", "LANG", "LOGO", "MAILER", "MEMBER", "N",
    "NAME", "NICKNAME", "NOTE", "ORG", "ORG-DIRECTORY", "PHOTO", "PROFILE", "RELATED", "ROLE",
    "SORT-STRING", "SOUND", "SOURCE", "TEL", "TITLE", "TZ", "URL", "XML",
})  # fmt: skip
"""Of RFC 2426, 6350 and their like: in a fold that is none, anything may look like a name."""
_LAST = re.compile(r"^END\s*:\s*VCARD\s*\Z", re.MULTILINE | re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """Whether the first line with anything in it is BEGIN:VCARD."""
    text = opened(head).text.removeprefix("\xef\xbb\xbf")
    return _BEGIN.match(text) is not None


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each card, in the order of the file; `row` is the line on which it begins.

    Options: `as` (actor or contact; otherwise each card says it), `drop` (properties that are not kept).
    """
    as_type, dropped = _options(options)
    seen: Counter[tuple[str, str]] = Counter()
    for card in cards(_file(stream)):
        yield _candidate(card, as_type, dropped, seen)


def _file(stream: BinaryIO) -> Bytes:
    file = opened(stream.read())
    if not _ANY.search(file.text):
        raise Invalid("there is no card in it: a card begins with BEGIN:VCARD", path="")
    return file


def _options(options: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    check_options(options, **{"as": None, "drop": None})
    as_type = options.get("as", "")
    if as_type not in ("", "actor", "contact"):
        raise Invalid("--as {type}: a card is an actor or a contact", type=as_type, path="as")
    dropped = frozenset(name.strip().upper() for name in options.get("drop", "").split(",") if name.strip())
    return as_type, dropped


def _candidate(
    card: Card, as_type: str, dropped: frozenset[str], seen: Counter[tuple[str, str]]
) -> Candidate:
    problem = card.problem or problem_of(card)
    if problem:
        return Candidate(row=card.row, problem=problem, raw=card.raw)
    lines: Sequence[Line] = card.lines
    if dropped:
        lines = [line for line in lines if line.name not in dropped]
    type_name, fields = fields_of(lines, as_type)
    if "name" not in fields:
        return Candidate(
            row=card.row, problem=Text("the card names nobody: it has no FN, N or ORG"), raw=card.raw
        )
    key = key_of(lines, fields["name"])
    seen[key, fields["name"]] += 1
    if (nth := seen[key, fields["name"]]) > 1:  # its own place, or the two would change places each time
        key += f"-{nth}"
    keep(type_name, fields, lines, card.version, key)
    return Candidate(row=card.row, type=type_name, fields=fields, raw=card.raw)


def describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood:
    """How many cards of which versions, in which letters, and what becomes of their properties."""
    _, dropped = _options(options)
    file = _file(stream)
    text = re.sub(r"\r\n?", "\n", file.text.replace("\xef\xbb\xbf", ""))
    versions = Counter(_VERSION.findall(text))
    names = Counter(name.upper() for name in _PROPERTY.findall(text))
    count = names["BEGIN"]
    told = ", ".join(f"{version}: {n}" for version, n in sorted(versions.items())) or "?"
    summary = Text("{cards} (version {versions}); {encoding}", cards=Text("{n} card", "{n} cards", n=count),
                   versions=told, encoding=_encoding(file.text, file.wide, file.marked))  # fmt: skip
    sample = [decoded(found).strip() for found in _first(_SAMPLE.finditer(text), 5)]
    mapping = [(name, into) for name, into in _becomes() if names[name] and name not in dropped]
    become = {name for name, _ in mapping} | _FRAME
    kept = sorted(name for name in names if (name in _KNOWN or name.startswith("X-")) and name not in become)
    if left := [name for name in kept if name not in dropped]:
        shown = (*left[:_SHOWN], *("…" for _ in left[_SHOWN : _SHOWN + 1]))
        mapping.append((", ".join(shown), Text("kept as it stands, and written back")))
    return Understood(
        summary=summary, mapping=mapping, unused=[name for name in names if name in dropped], sample=sample
    )


def _first(found: Iterator[re.Match[str]], count: int) -> Iterator[str]:
    for _, one in zip(range(count), found, strict=False):
        yield one[1]


def _encoding(text: str, wide: str, marked: bool) -> str:
    if wide:
        return Text("{encoding} throughout", encoding=wide)
    if text.isascii():
        return Text("plain ASCII, or encoded property by property")
    if is_utf8(text):
        return Text("UTF-8 by its byte order mark") if marked else Text("UTF-8, valid throughout")
    return Text("not all of it is UTF-8: such lines are read as their CHARSET says, else as Windows-1252")


def _becomes() -> Sequence[tuple[str, Any]]:
    return (
        ("N", Text("given name, family name")),
        ("FN", Text("name")),
        ("EMAIL", Text("mail")),
        ("TEL", Text("phone")),
        ("URL", Text("web")),
        ("ADR", Text("address")),
        ("ORG", Text("organisation")),
        ("TITLE", Text("title")),
        ("NOTE", Text("note")),
        ("CATEGORIES", Text("tags")),
    )


def rejects(rejected: Sequence[tuple[Any, str]]) -> bytes:
    """The cards not taken, as they stood, each with its problem before END: a file to import again."""
    return b"".join(_with_problem(str(raw), why) for raw, why in rejected if raw)


def _with_problem(raw: str, why: str) -> bytes:
    told = folded(Line("", PROBLEM, (), escape(str(why)))).decode("utf-8").replace("\r\n", "\n")
    raw = _without_problem(raw.strip("\n"))
    if found := _LAST.search(raw):
        raw = f"{raw[: found.start()]}{told}{raw[found.start() :]}"
    elif re.match(r"BEGIN\s*:\s*VCARD", raw, re.IGNORECASE):
        raw = f"{raw}\n{told.rstrip()}"
    return raw.replace("\n", "\r\n").encode("utf-8", "replace") + b"\r\n"


def _without_problem(raw: str) -> str:
    return re.sub(rf"^{PROBLEM}:.*\n(?:[ \t].*\n)*", "", raw, flags=re.MULTILINE)
