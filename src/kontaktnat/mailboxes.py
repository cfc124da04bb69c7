"""Which mailbox is nobody's own: info@, registrator@, nybro@nybro.example.

It is told by its rule: a word for an office, or the name of the organisation or of the domain itself; or by
its use: two people at one place have it. A part of a person's own name in it makes it theirs.
"""

from __future__ import annotations

import re

from kontaktnat.matching import mail_key
from kontaktnat.text import fold

_WORDS = """
    admin administration bokning booking brottsforebygg brottsforebyggande centralen contact ekonomi
    expedition expeditionen faktura forening foreningen forskola forvaltning fritid hej hello info
    information kansli kansliet kassor kommun kommunen kommunledning kontakt kontor kontoret kultur
    kundservice kundtjanst lansstyrelsen ledning mail medborgarservice medlem medlemsservice myndighet
    office ordforande polis polisen post postmaster press rad reception receptionen region regionen
    registrator registratur sakerhet samordnare samverkan sekreterare servicecenter skola skolan social
    socialtjanst socialtjansten stab styrelse styrelsen support trygghet upplysning upplysningen
    valkommen vaxel vaxeln webb webmaster
"""
_OFFICES = frozenset(_WORDS.split())
_ENDS = (
    "enheten", "forbundet", "foreningen", "forvaltningen", "jouren", "kansliet", "kommun", "kommunen",
    "kontoret", "namnden", "polisen", "radet", "ratten", "ratt", "skolan", "styrelsen", "tjansten",
)  # fmt: skip
_ALIKE = 70
"""Of rapidfuzz's 100: names so alike may be one person's, misspelt."""
_SPLIT = re.compile(r"[^a-z]+")


def is_shared(address: str, *, person: str = "", organisation: str = "") -> bool:
    """Whether a mail address is an office's and not a person's, by how it is written.

    `person`: whose card it stands on; `organisation`: where they work, as the card says.
    """
    local, at, domain = mail_key(address).rpartition("@")
    if not at:
        return False
    whole = fold(local.partition("+")[0])
    parts = [part for part in _SPLIT.split(whole) if part]
    if not parts or _bears(whole, person):
        return False
    if any(part in _OFFICES or (len(part) > 6 and part.endswith(_ENDS)) for part in parts):
        return True
    joined = "".join(parts)
    office = [word for word in _SPLIT.split(fold(organisation)) if len(word) > 2]
    site = [_SPLIT.sub("", label) for label in fold(domain).split(".")[:-1]]
    return joined in (*site, "".join(office)) or (len(parts) > 1 and set(parts) <= {*office, *site})


def two_people(one: str, other: str) -> bool:
    """Whether these are names of two people, and not of one, misspelt."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(fold(one), fold(other)) < _ALIKE


def bears(address: str, person: str) -> bool:
    """Whether a part of a person's name stands in a mail address."""
    return _bears(fold(address.partition("@")[0]), person)


def _bears(local: str, person: str) -> bool:
    return any(word in local for word in _SPLIT.split(fold(person)) if len(word) > 2)
