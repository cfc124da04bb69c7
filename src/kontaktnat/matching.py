"""What is the same? Spellings of mail and phone made equal, and which record a row of an import means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

from attrs import frozen

from kontaktnat.i18n import Text
from kontaktnat.query import Doc
from kontaktnat.text import fold


def mail_key(value: str) -> str:
    """One spelling for a mail address: "Eva Ek <Eva.Ek@Nybro.example>" → "eva.ek@nybro.example"."""
    inner = value[value.rfind("<") + 1 :].rstrip("> ") if "<" in value else value
    return inner.strip().removeprefix("mailto:").casefold()


_SHORT = 63
"""Characters within which no part of an address can be too long (RFC 5321 4.5.3.1, RFC 1035 2.3.4)."""
_PLAIN_MAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,}"
)
"""How nearly all addresses are written; the library is asked of the others, it takes twenty times as long."""
_MOBILE = re.compile(r"(?:\+46|0046|0)(7[02369]\d{7})")
"""A Swedish mobile number (PTS: 070, 072, 073, 076, 079) without what stands between its digits."""
_BETWEEN = str.maketrans("", "", " -")


@lru_cache(maxsize=20_000)
def phone_key(value: str) -> str:
    """One spelling (E.164) for a phone number in any: "070-174 06 11", "+46 (0)70 1740611", "tel:…".

    "" for what is no number. National numbers are Swedish.
    """
    if mobile := _MOBILE.fullmatch(value.translate(_BETWEEN)):
        return f"+46{mobile[1]}"
    import phonenumbers

    plain = value.strip().removeprefix("tel:").replace("(0)", "")
    try:
        number = phonenumbers.parse(plain, "SE")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def way_key(kind: str, value: str) -> str:
    """A comparable spelling of any way to reach somebody."""
    if kind == "mail":
        return mail_key(value)
    if kind == "phone":
        return phone_key(value) or fold(value)
    if kind == "web":
        plain = value.strip().casefold().split("://", 1)[-1]
        return plain.removeprefix("www.").rstrip("/")
    return " ".join(fold(value).split())


def mail_problem(value: str) -> str:
    """What is wrong with a mail address, or ""; nothing is looked up in the network."""
    if len(value) <= _SHORT and _PLAIN_MAIL.fullmatch(value):
        return ""
    if value[:3].casefold() == "/o=":  # what Outlook writes for a colleague on the same server
        inside = Text("it is one inside Exchange; write the mail address, or empty the cell")
        return Text("{value!r} is no mail address: {why}", value=value, why=inside)
    from email_validator import EmailNotValidError, validate_email

    try:
        # Reserved names (.example) are what demo and tests use, and deliverability is not asked here.
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        text = str(error)
        if "special-use or reserved" in text:
            return ""
        return Text("{value!r} is no mail address: {why}", value=value, why=_why(text))
    return ""


def _why(reason: str) -> str:
    """What the validator found, in our words where they can be translated."""
    known = {
        "must have an @-sign": Text("it must have an @-sign"),
        "something after the @-sign": Text("something is missing after the @"),
        "something before the @-sign": Text("something is missing before the @"),
        "period": Text("a period stands where none may, or one is missing in the domain"),
        "invalid characters": Text("it has characters that no address has"),
        "too long": Text("it is too long"),
    }
    return next((text for mark, text in known.items() if mark in reason), Text("it has another form"))


def phone_problem(value: str) -> str:
    """What is wrong with a phone number, or ""."""
    key = phone_key(value)
    if key and _is_possible(key):
        return ""
    return Text("{value!r} is no phone number", value=value)


@lru_cache(maxsize=20_000)
def _is_possible(key: str) -> bool:
    if _MOBILE.fullmatch(key):
        return True
    import phonenumbers

    number = phonenumbers.parse(key)
    if phonenumbers.is_possible_number(number):
        return True
    from phonenumbers import shortnumberinfo

    return shortnumberinfo.is_valid_short_number_for_region(number, "SE")  # 114 14 of the police, 1177


def org_number_problem(value: str) -> str:
    """What is wrong with a Swedish organisation number (ten digits, the last a control digit), or ""."""
    from stdnum.se import orgnr

    digits = "".join(c for c in value if c.isdecimal())[-10:]  # twelve begin with 16, which is no part of it
    if orgnr.is_valid(digits):
        return ""
    return Text("{value!r} is no organisation number: its control digit is wrong", value=value)


def nearest(text: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Up to `limit` names that look most like `text`."""
    from rapidfuzz import fuzz, process

    choices = {name: fold(name) for name in dict.fromkeys(names)}
    found = process.extract(fold(text), choices, scorer=fuzz.WRatio, limit=limit, score_cutoff=60)
    return [name for _, _, name in found]


@frozen(kw_only=True, repr=False)
class Match:
    """What a row means: `ids` of one record (sure), of several or of none; `reason` in one line."""

    ids: tuple[str, ...] = ()
    sure: bool = False
    reason: str = ""


class Index:
    """Known documents of one type, by name; built once for an import and kept up to date."""

    def __init__(self, type: str, docs: Iterable[Doc]) -> None:
        self.type = type
        self._docs: dict[str, Doc] = {}
        self._named: dict[str, list[str]] = {}
        self._sharing: dict[tuple[str, str], list[str]] = {}
        """Ids by name, and by thing until too many have it."""
        for doc in docs:
            self.note(doc)

    def note(self, doc: Doc) -> None:
        """A document that is new or changed; it is kept as it is, and may not be changed after."""
        id = doc["id"]
        self._docs[id] = doc
        for name in names_in(doc):
            ids = self._named.setdefault(fold(name_key(name)), [])
            if id not in ids:
                ids.append(id)
        for thing in _things(doc):
            ids = self._sharing.setdefault(thing, [])
            if len(ids) <= _MANY and id not in ids:
                ids.append(id)

    def sharing(self, fields: Mapping[str, Any]) -> list[Doc]:
        """Documents that have an address, a number or a site of the row's; what many have tells nothing."""
        found: dict[str, None] = {}
        for thing in _things(fields):
            ids = self._sharing.get(thing, ())
            if len(ids) <= _MANY:
                found |= dict.fromkeys(ids)
        return [self._docs[id] for id in found]

    def match(self, fields: Mapping[str, Any], works: Callable[[str], bool] | None = None) -> Match:
        """Which record these fields mean.

        Actors are matched by name, alias or former name; the whole name before others. Persons are
        never matched by name, or alias, alone: a mail address or number has to agree, or the row says nothing
        that is not known already. `works(id)`, of a row that tells of a place of work: whether that is
        where the contact works; then this has to agree where no address does.
        """
        ids = self._named.get(fold(name_key(fields["name"])))
        if not ids:
            return Match()
        named = {id: self._docs[id] for id in ids}
        if self.type == "actor":
            return self._actor(named, fields)
        ways = _way_keys(fields.get("ways", ()))
        own = {key for key in ways if key[0] in ("mail", "phone")}  # colleagues share the rest
        agreeing = tuple(sorted(id for id, doc in named.items() if own & _way_keys(doc.get("ways", ()))))
        if len(agreeing) == 1:
            return Match(ids=agreeing, sure=True, reason=Text("same name and address"))
        if works is not None:
            there = tuple(sorted(id for id, doc in named.items() if works(id) and not _otherwise(doc, own)))
            if len(there) == 1:
                return Match(ids=there, sure=True, reason=Text("same name and place of work"))
            if not ways:
                return Match(ids=tuple(sorted(named)), reason=Text("only the name is the same"))
        saying_nothing_new = tuple(sorted(id for id, doc in named.items() if _says_all(doc, fields)))
        if len(saying_nothing_new) == 1:
            return Match(ids=saying_nothing_new, sure=True, reason=Text("same name, nothing else is said"))
        return Match(ids=tuple(sorted(named)), reason=Text("only the name is the same"))

    @staticmethod
    def _actor(named: Mapping[str, Doc], fields: Mapping[str, Any]) -> Match:
        """Letters count: Habo is not Håbo. Nor is one in another municipality, or with another number."""
        wanted = name_key(fields["name"])
        spelt = {id: doc for id, doc in named.items() if wanted in map(name_key, names_in(doc))}
        here = {id: doc for id, doc in spelt.items() if not _elsewhere(doc, fields)}
        bearing = [id for id, doc in here.items() if name_key(doc["name"]) == wanted]
        ids = tuple(sorted(bearing or here))
        return Match(ids=ids, sure=len(ids) == 1, reason=Text("same name"))


_MANY = 5
"""So many that share a thing share an office."""


def _things(doc: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from (key for key in _way_keys(doc.get("ways", ())) if key[0] != "address")
    if number := digits(str(doc.get("org_number") or "")):
        yield "org_number", number


def name_key(name: str) -> str:
    """A name for telling whether it is the very same: case and blanks aside."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def names_in(doc: Doc) -> Iterator[str]:
    """Every name by which a document's thing is or was called."""
    yield doc["name"]
    yield from doc.get("aliases", ())
    yield from (former["name"] for former in doc.get("names", ()))


def _elsewhere(doc: Doc, fields: Mapping[str, Any]) -> bool:
    """Whether both say where they are, or which number they have, and it differs."""
    return any(
        digits(str(doc.get(name) or "")) not in ("", told)
        for name in ("place", "org_number")
        if (told := digits(str(fields.get(name) or "")))
    )


def digits(text: str) -> str:
    """The last ten digits of it: of an organisation number with 16 before it, those that count."""
    return "".join(filter(str.isdecimal, text))[-10:]


def _otherwise(doc: Doc, own: Set[tuple[str, str]]) -> bool:
    """Whether the document has mail where the row has, and none that agrees: a namesake at a large place."""
    theirs = {key for key in _way_keys(doc.get("ways", ())) if key[0] == "mail"}
    mails = {key for key in own if key[0] == "mail"}
    return bool(theirs and mails) and theirs.isdisjoint(mails)


def said_already(type: str, docs: Iterable[Doc], doc: Doc) -> str | None:
    """The id of the one of `docs` that surely is meant and already says all that `doc` does, or None."""
    known = {one["id"]: one for one in docs}
    match = Index(type, known.values()).match(doc)
    return match.ids[0] if match.sure and _says_all(known[match.ids[0]], doc) else None


def _says_all(doc: Doc, fields: Mapping[str, Any]) -> bool:
    """As `covers`, for one who bears the name: of an alias the parts are none of the name's."""
    if fold(name_key(doc["name"])) != fold(name_key(fields["name"])):
        fields = {name: value for name, value in fields.items() if name not in ("given", "family")}
    return covers(doc, fields)


def covers(doc: Doc, fields: Mapping[str, Any]) -> bool:
    """Whether the document already says all that the fields say."""
    ways = _way_keys(fields.get("ways", ())) <= _way_keys(doc.get("ways", ()))
    extra = doc.get("extra", {})
    return (
        ways
        and all(extra.get(key) == value for key, value in fields.get("extra", {}).items())
        and all(_says(doc, name, value) for name, value in fields.items() if name not in _COVERED)
    )


def _says(doc: Doc, name: str, value: Any) -> bool:
    if isinstance(value, list):
        return set(value) <= set(doc.get(name, ()))
    return bool(doc.get(name) == value)


_COVERED = frozenset({"ways", "name", "extra"})


def _way_keys(ways: Sequence[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    return frozenset((way["kind"], way_key(way["kind"], way["value"])) for way in ways)


def with_ways(doc: Doc, ways: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The document's ways and those of `ways` that it does not have yet, in any spelling."""
    have = list(doc.get("ways", ()))
    known = _way_keys(have)
    return have + [way for way in ways if (way["kind"], way_key(way["kind"], way["value"])) not in known]
