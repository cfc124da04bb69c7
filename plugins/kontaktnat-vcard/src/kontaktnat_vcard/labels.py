"""What a way is called in the book, and the TYPE by which a card says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kontaktnat.extend import fold
from kontaktnat_vcard.lines import Line, unescape

LABEL = "X-KONTAKTNAT-LABEL"
"""Parameter: the label itself, where TYPE does not say it."""
_PLACES = {"WORK": "work", "HOME": "home", "OTHER": "other"}
_DEVICES = {
    "PAGER": "pager",
    "FAX": "fax",
    "CELL": "mobile",
    "IPHONE": "mobile",
    "MAIN": "main",
    "CAR": "car",
    "VIDEO": "video",
    "TEXTPHONE": "text phone",
}
_WORDS = {
    "work": "WORK", "arbete": "WORK", "arbetet": "WORK", "jobb": "WORK", "tjanst": "WORK",
    "home": "HOME", "hem": "HOME", "hemma": "HOME", "privat": "HOME", "bostad": "HOME",
    "other": "OTHER", "annan": "OTHER", "ovrig": "OTHER",
    "mobile": "CELL", "mobil": "CELL", "mobiltelefon": "CELL", "cell": "CELL",
    "fax": "FAX", "pager": "PAGER", "personsokare": "PAGER", "main": "MAIN", "vaxel": "MAIN", "car": "CAR",
    "video": "VIDEO",
}  # fmt: skip


def labels_of(lines: Iterable[Line]) -> dict[str, str]:
    """Group → the label of its own that a card gives it (`item1.X-ABLabel`)."""
    found: dict[str, str] = {}
    for line in lines:
        if line.name == "X-ABLABEL" and line.group:
            text = " ".join(unescape(line.value).split())
            if text.startswith("_$!<") and text.endswith(">!$_"):
                text = text[4:-4].casefold()
            found.setdefault(line.group.casefold(), text)
    return found


def label_of(line: Line, labels: Mapping[str, str]) -> str:
    """The label: of its own, else what TYPE says: "work fax"."""
    for said in line.of(LABEL):
        return unmasked(said)
    if line.group and (label := labels.get(line.group.casefold())) is not None:
        return label
    return _said(line.name, line.types)


@lru_cache(maxsize=4096)
def _said(name: str, types: frozenset[str]) -> str:
    place = next((word for type, word in _PLACES.items() if type in types), "")
    device = next((word for type, word in _DEVICES.items() if type in types), "")
    return f"{place} {device if name == 'TEL' else ''}".strip()


@lru_cache(maxsize=4096)
def types_of(name: str, label: str) -> tuple[str, ...]:
    """TYPE for a label, in words that Outlook and phones know; Outlook passes over a TEL that has none."""
    found = tuple(dict.fromkeys(_WORDS[word] for word in fold(label).split() if word in _WORDS))
    if name == "TEL":
        return (*found, "VOICE") if not {"FAX", "PAGER"} & {*found} else found
    found = tuple(one for one in found if one in _PLACES)
    if name == "EMAIL":
        return ("INTERNET", *found)
    return found or ("WORK",)


def masked(text: str) -> str:
    """A text as the value of a parameter (RFC 6868)."""
    return text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")


def unmasked(value: str) -> str:
    """The same the other way round."""
    return (
        value.replace("^^", "\0")
        .replace("^n", "\n")
        .replace("^N", "\n")
        .replace("^'", '"')
        .replace("\0", "^")
    )
