"""What of a card the book has no field for: kept in `extra` line by line, and found again for the way out.

A card has a key of its own there, `vcard.` and a part of the digest of its UID: cards of one person from
several places, or two contacts that are merged, lose nothing of each other.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kontaktnat.extend import fold
from kontaktnat_vcard import canonical
from kontaktnat_vcard.lines import Line, escape, parse, unescape, written
from kontaktnat_vcard.meaning import HAT, OURS, WAYS, hats_of, note_of, text_of, way_key, way_of
from kontaktnat_vcard.reading import PROBLEM

PLUGIN = "vcard."
OWN_UID = "kontaktnat:"
"""How the UID of one begins that came with none."""
_NEVER = frozenset({"VERSION", "BEGIN", "END", PROBLEM})
_OF_OURS = frozenset({"REV", "KIND", "X-ABSHOWAS"})
"""What a card of ours says by itself; one with a UID of another program may have had it from there."""


def keep(type: str, fields: dict[str, Any], lines: Sequence[Line], version: str, key: str) -> None:
    """Give the fields, and each hat among them, the lines that they alone would not bring back as `extra`.

    Where somebody works is kept with the hat and nowhere else: what becomes of the hat becomes of it.
    """
    ours = OURS in text_of(lines, "PRODID")
    own = ours and text_of(lines, "UID").startswith(OWN_UID)
    hats = hats_of(lines) if type == "contact" else []
    told = {one.same for one in canonical.of_fields(type, fields, version)}
    notes = sum(one.name == "NOTE" for one in lines)
    kept: dict[tuple[object, ...], Line] = {}
    several = sum(one.name in WAYS for one in lines) > len(fields.get("ways", ()))
    again = _said_twice(lines) if several else frozenset()
    of_hats = {one for hat in hats for one in hat.lines}
    sames = [one.same for one in lines]
    times, so_far = Counter(sames), Counter[tuple[object, ...]]()
    for one, same in zip(lines, sames, strict=True):
        if one in of_hats or one.name in _NEVER or (ours and _is_of_ours(one, own)):
            continue
        # Who works somewhere may have the mailbox of the place on the card, which becomes the actor's.
        if (
            same in told
            and times[same] == 1
            and (own or not ((hats and one.name == "EMAIL") or one in again))
        ):
            continue
        if one.name != "NOTE":
            so_far[same] += 1
            kept[same, so_far[same]] = one
        elif notes > 1 or one.params or one.group or note_of(one) != unescape(one.value) or not one.value:
            kept[(len(kept),)] = one._replace(value=escape(_measure(one)))
    if kept:
        fields["extra"] = {key: _text(sorted(kept.values(), key=_place))}
    if not ours:
        for n, (hat, said) in enumerate(zip(hats, fields.get("hats", ()), strict=True), 1):
            said["extra"] = {key if n == 1 else f"{key}/{n}": _text(hat.lines)}


def _said_twice(lines: Iterable[Line]) -> frozenset[Line]:
    """Lines that give the same number, as that at work and as the fax there: in the book it is one way."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for one in lines:
        if one.name in WAYS and (way := way_of(one, {})):
            found[way_key(way)].append(one)
    return frozenset(one for same in found.values() if len(same) > 1 for one in same)


def _text(lines: Iterable[Line]) -> str:
    return "\n".join(map(written, lines))


def _place(one: Line) -> tuple[str, str]:
    """In one order, whichever the card had: our own is not its, and is to be known as saying the same.

    Of one name the first may count for more, but for ways, which have the order that the book has.
    """
    return one.name, written(one) if one.name in WAYS else ""


def _measure(note: Line) -> str:
    """A note as its length alone, with the blanks around it: what is taken out of one shall not stay here."""
    whole, text = unescape(note.value), note_of(note)
    before = len(whole) - len(whole.lstrip()) if text else 0
    return f"{whole[:before]}{len(text)}{whole[before + len(text) :]}"


def _is_of_ours(one: Line, own: bool) -> bool:
    if one.name == HAT or one.of(HAT) or (own and (one.name == "UID" or one.name in _OF_OURS)):
        return True
    return one.name == "PRODID" and OURS in one.value


def key_of(lines: Sequence[Line], name: str) -> str:
    """Under which key of `extra` a card is kept: by its UID, else by whose it is.

    The UID of one of ours that came with none counts as none, or what is kept would be kept twice.
    """
    uid = text_of(lines, "UID")
    said = f"uid {uid}" if uid and not uid.startswith(OWN_UID) else f"name {fold(name)}"
    return f"{PLUGIN}{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:8]}"


def kept_of(extra: Mapping[str, Any]) -> list[tuple[str, list[Line]]]:
    """The cards of a record by their keys, the newest (by its REV) first."""
    cards = [
        (name.partition("/")[0], [line for text in value.split("\n") if (line := parse(text))])
        for name, value in sorted(extra.items())
        if name.startswith(PLUGIN) and isinstance(value, str)
    ]
    return sorted(cards, key=lambda card: _age(card[1]), reverse=True)


def _age(lines: Iterable[Line]) -> str:
    digits = "".join(filter(str.isdecimal, text_of(lines, "REV")))
    return digits[:14]
