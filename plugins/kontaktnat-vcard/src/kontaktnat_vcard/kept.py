"""What of a card the book has no field for: kept in `extra` line by line, and found again for the way out.

A card has a key of its own there, `vcard.` and a part of the digest of its UID: cards of one person from
several places, or two contacts that are merged, lose nothing of each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kontaktnat.extend import fold
from kontaktnat_vcard import canonical
from kontaktnat_vcard.lines import Line, escape, parse, unescape, written
from kontaktnat_vcard.meaning import HAT, OURS, note_of, text_of
from kontaktnat_vcard.reading import PROBLEM

PLUGIN = "vcard."
OWN_UID = "kontaktnat:"
"""How the UID of one begins that came with none."""
_NEVER = frozenset({"VERSION", "BEGIN", "END", PROBLEM})
_OF_OURS = frozenset({"PRODID", "REV", "ORG", "TITLE", "ROLE", "KIND", "X-ABSHOWAS", HAT})


def extra_of(
    type: str, fields: Mapping[str, Any], lines: Sequence[Line], version: str, key: str
) -> dict[str, str]:
    """`extra` of a card: the lines that its fields alone would not bring back."""
    ours = OURS in text_of(lines, "PRODID")
    told = {one.same for one in canonical.of_fields(type, fields, version)}
    notes = [one for one in lines if one.name == "NOTE"]
    kept: dict[tuple[object, ...], Line] = {}
    for one in lines:
        if one.name in _NEVER or (ours and _is_of_ours(one)):
            continue
        # Who works somewhere may have the mailbox of the place on the card, which becomes the actor's.
        if one.same in told and (ours or one.name != "EMAIL" or "hats" not in fields):
            continue
        if one.name == "NOTE":
            # Only how long it is: what is taken out of a note shall not stay here.
            whole, text = unescape(one.value), note_of(one)
            if len(notes) == 1 and not (one.params or one.group) and text and text == whole:
                continue
            before = len(whole) - len(whole.lstrip())
            around = whole[:before], whole[before + len(text) :]
            kept[(len(kept),)] = one._replace(value=escape(str(len(text)).join(around)))
        else:
            kept.setdefault(one.same, one)
    return {key: "\n".join(map(written, kept.values()))} if kept else {}


def _is_of_ours(one: Line) -> bool:
    return one.name in _OF_OURS or bool(one.of(HAT)) or (one.name == "UID" and one.value.startswith(OWN_UID))


def key_of(lines: Sequence[Line], name: str) -> str:
    """Under which key of `extra` a card is kept: by its UID, else by whose it is."""
    uid = text_of(lines, "UID")
    said = f"uid {uid}" if uid else f"name {fold(name)}"
    return f"{PLUGIN}{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:8]}"


def kept_of(extra: Mapping[str, Any]) -> list[list[Line]]:
    """The cards of a record, the newest (by its REV) first."""
    cards = [
        [line for text in value.split("\n") if (line := parse(text))]
        for name, value in sorted(extra.items())
        if name.startswith(PLUGIN) and isinstance(value, str)
    ]
    return sorted(filter(None, cards), key=_age, reverse=True)


def _age(lines: Iterable[Line]) -> str:
    digits = "".join(filter(str.isdecimal, text_of(lines, "REV")))
    return digits[:14]
