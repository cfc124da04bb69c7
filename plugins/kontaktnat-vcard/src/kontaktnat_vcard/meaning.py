"""What a card says, in the fields of a contact or an actor. The table of it is in docs/howto/vcards.md."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from kontaktnat.extend import Text, fold, mail_problem, phone_problem
from kontaktnat_vcard.labels import label_of, labels_of
from kontaktnat_vcard.lines import Line, parts, unescape
from kontaktnat_vcard.reading import Card

HAT = "X-KONTAKTNAT-HAT"
"""As a property: a further employment, `organisation;department;title;function`, that 3.0 has no place for;
as a parameter: to which of them a way belongs, counted from 1."""
FUNCTION = "X-KONTAKTNAT-FUNCTION"
"""Parameter: the word that a title is the label of."""
OURS = "//kontaktnat//"
"""In the PRODID of our own cards."""
WAYS = {"EMAIL": "mail", "TEL": "phone", "URL": "web", "ADR": "address"}
_GROUP_KINDS = frozenset({"group", "location", "device", "application", "thing"})
_NO_TAGS = frozenset({"mycontacts", "my contacts", "starred"})  # of every contact in Google's
_PLAIN_MAIL = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20}\Z", re.ASCII
)
_PLAIN_PHONE = re.compile(r"(?:\+46|0)(?!0)[ -]?\d(?:[ -]?\d){7,8}\Z", re.ASCII)


class Name(NamedTuple):
    """Who a card is about."""

    type: str
    name: str
    given: str = ""
    family: str = ""


class Hat(NamedTuple):
    """An employment in a card, and the lines that say it."""

    organisation: str
    department: str
    title: str
    function: str
    lines: tuple[Line, ...]


def problem_of(card: Card) -> str:
    """Why a whole card is nobody's, or ""."""
    kind = _kind(card.lines)
    if kind in _GROUP_KINDS:
        return Text("a card of KIND {kind} is neither a person nor an organisation", kind=kind)
    return ""


def fields_of(lines: Sequence[Line], as_type: str = "") -> tuple[str, dict[str, Any]]:
    """The type of record, and its fields; without `extra`. A card that names nobody has no `name`."""
    named = name_of(lines, as_type)
    fields: dict[str, Any] = {"name": named.name}
    if named.type == "contact":
        fields |= {"given": named.given, "family": named.family}
    ways: list[dict[str, str]] = []
    hats = hats_of(lines) if named.type == "contact" else []
    of_hats: list[list[dict[str, str]]] = [[] for _ in hats]
    labels = labels_of(lines)
    for line in lines:
        if way := way_of(line, labels):
            at = _hat_number(line)
            (of_hats[at - 1] if 0 < at <= len(hats) else ways).append(way)
    fields["ways"] = _once(ways)
    fields["note"] = "\n\n".join(note_of(line) for line in lines if line.name == "NOTE" and note_of(line))
    fields["tags"] = list(dict.fromkeys(tag for line in lines for tag in tags_of(line)))
    if hats:
        fields["hats"] = [
            {
                name: value
                for name, value in (*zip(_HAT_FIELDS, hat[:4], strict=True), ("ways", _once(own)))
                if value
            }
            for hat, own in zip(hats, of_hats, strict=True)
        ]
    return named.type, {name: value for name, value in fields.items() if value}


_HAT_FIELDS = ("organisation", "department", "title", "function")


def _once(ways: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return list({(way["kind"], way["value"]): way for way in reversed(list(ways))}.values())[::-1]


def _hat_number(line: Line) -> int:
    said = (*line.of(HAT), "")[0]
    return int(said) if len(said) < 4 and said.isascii() and said.isdecimal() else 0


def text_of(lines: Iterable[Line], name: str) -> str:
    """The first text of a property that says anything, on one line."""
    return next((text for line in lines if line.name == name and (text := one(line.value))), "")


def one(value: str) -> str:
    """A value as a text on one line."""
    return " ".join(unescape(value).split()) if value else ""


# Names


def _kind(lines: Sequence[Line]) -> str:
    return (text_of(lines, "KIND") or text_of(lines, "X-ADDRESSBOOKSERVER-KIND")).casefold()


def name_of(lines: Sequence[Line], as_type: str = "") -> Name:
    """Who it is: `as_type` decides between a person and an organisation where it says so."""
    full = text_of(lines, "FN")
    n = next((parts(line.value) for line in lines if line.name == "N" and line.value.strip(";, ")), [])
    family, given, additional, prefix, suffix = ([*map(_listed, n), *[""] * 5])[:5]
    if "," in family and not given:  # all of it in one part
        family, given = (one.strip() for one in family.split(",", 1))
    organisation = next(
        (text for line in lines if line.name == "ORG" for part in parts(line.value) if (text := one(part))),
        "",
    )
    person = _person(full, family, given, additional, prefix, suffix)
    if as_type != "contact" and (
        as_type == "actor" or _is_organisation(lines, full, person, organisation, bool(given))
    ):
        called = full if full and (not organisation or not given) else organisation or full
        return Name("actor", called or person[0])
    if not person[0]:
        spare = text_of(lines, "NICKNAME") or text_of(lines, "EMAIL")
        return Name("contact", spare)
    if person[0] == given and not family and OURS in text_of(lines, "PRODID"):
        return Name("contact", given)  # N stands there only because there has to be one
    return Name("contact", *person)


def _listed(part: str) -> str:
    """A part of N; several names of one kind stand apart by a comma. Of a family name it is another thing."""
    return ", ".join(filter(None, map(one, parts(part, ","))))


def _is_organisation(
    lines: Sequence[Line], full: str, person: tuple[str, str, str], organisation: str, given: bool
) -> bool:
    if _kind(lines) in ("org", "organization"):
        return True
    if text_of(lines, "X-ABSHOWAS").casefold() == "company":
        return bool(organisation or full)
    if not organisation or given:
        return False
    _, _, family = person
    called = {fold(organisation), fold(" ".join(_units(lines))), fold(", ".join(_units(lines)))}
    return (not full or fold(full) in called) and (not family or fold(family) in called)


def _units(lines: Sequence[Line]) -> list[str]:
    return [text for line in lines if line.name == "ORG" for part in parts(line.value) if (text := one(part))]


def _person(
    full: str, family: str, given: str, additional: str, prefix: str, suffix: str
) -> tuple[str, str, str]:
    """(name, given, family): FN without titles; `Ek, Eva` the other way round."""
    given, additional = given.replace(",", ""), additional.replace(",", "")
    if not (given or family):
        left, comma, right = (one.strip() for one in full.partition(","))
        if comma and left and right and "," not in right and "(" not in right:
            return f"{right} {left}", right, left
        return full, "", ""
    plain = " ".join(filter(None, (given, family)))
    if not full or ("@" in full and " " not in full):
        return plain, given, family
    left, comma, right = (one.strip() for one in full.partition(","))
    if comma and fold(left) == fold(family) and fold(right).startswith(fold(given)):
        middle = additional if additional and fold(additional) in fold(right) else ""
        return " ".join(filter(None, (given, middle, family))), given, family
    for title in filter(None, (prefix, prefix.replace(",", ""))):
        if fold(full).startswith(f"{fold(title)} ") and len(fold(title)) == len(title):
            full = full[len(title) :].strip()
    for title in filter(None, (suffix, suffix.replace(",", ""))):
        if fold(full).endswith(f" {fold(title)}") and len(fold(title)) == len(title):
            full = full[: -len(title)].rstrip(" ,")
    return full or plain, given, family


# Ways


def way_of(line: Line, labels: Mapping[str, str]) -> dict[str, str] | None:
    """The line as a way; None where it is none, or what it says reaches nobody."""
    kind = WAYS.get(line.name)
    if kind is None or not line.value:
        return None
    value = _value(kind, line)
    if not value or (kind == "mail" and _is_no_mail(value)) or (kind == "phone" and _is_no_phone(value)):
        return None
    label = label_of(line, labels)
    return {"kind": kind, "value": value, "label": label} if label else {"kind": kind, "value": value}


def way_key(way: Mapping[str, Any]) -> tuple[str, str]:
    """Equal for ways that are the same, as far as they are written much alike."""
    value = str(way["value"])
    if way["kind"] == "phone":
        return "phone", "".join(c for c in value if c.isdecimal() or c == "+")
    return way["kind"], " ".join(value.casefold().split())


def _value(kind: str, line: Line) -> str:
    if kind == "address":
        return address(parts(line.value))
    text = one(line.value)
    if kind == "mail":
        return text[7:] if text[:7].lower() == "mailto:" else text
    if kind == "phone" and text[:4].lower() == "tel:":
        return text[4:].partition(";")[0]
    return text


def _is_no_mail(value: str) -> bool:
    return not _PLAIN_MAIL.match(value) and bool(mail_problem(value))


def _is_no_phone(value: str) -> bool:
    return not _PLAIN_PHONE.match(value) and bool(phone_problem(value))


def address(told: Sequence[str]) -> str:
    """ADR on one line, as on an envelope: "Storgatan 1, 382 80 Nybro, Sverige"."""
    box, extra, street, town, region, code, country = (
        [", ".join(filter(None, map(_lines, parts(part, ",")))) for part in told] + [""] * 7
    )[:7]
    return ", ".join(filter(None, (box, extra, street, f"{code} {town}".strip(), region, country)))


def _lines(part: str) -> str:
    """The lines of a part; the comma that some end them with is not needed again."""
    return ", ".join(filter(None, (" ".join(row.split()).rstrip(" ,") for row in unescape(part).split("\n"))))


# The rest


def note_of(line: Line) -> str:
    """A note as a text."""
    return unescape(line.value).strip() if line.value else ""


def tags_of(line: Line) -> list[str]:
    """The tags of a CATEGORIES line."""
    if line.name != "CATEGORIES":
        return []
    return [tag for part in parts(line.value, ",") if (tag := one(part)) and fold(tag) not in _NO_TAGS]


def hats_of(lines: Sequence[Line]) -> list[Hat]:
    """The employments: an ORG each, with the TITLE (or ROLE) of its group, else that stands as far down."""
    organisations = [line for line in lines if line.name == "ORG" and line.value.strip("; ")]
    groups = {line.group.casefold() for line in organisations if line.group}
    free = {name: _Free(lines, name, groups) for name in ("TITLE", "ROLE")}
    hats = []
    for organisation in organisations:
        title, role = (one.take(organisation) for one in free.values())
        units = [text for part in parts(organisation.value) if (text := one(part))]
        told = next((line for line in (title, role) if line and not line.of(FUNCTION)), None)
        hats.append(
            Hat(
                units[0],
                ", ".join(units[1:]),
                one(told.value) if told else "",
                next((word for line in (title, role) if line for word in line.of(FUNCTION)), ""),
                (organisation, *(line for line in (title, role) if line)),
            )
        )
    for line in lines:
        if line.name == HAT:
            texts = ([*map(one, parts(line.value)), "", "", "", ""])[:4]
            if texts[0]:
                hats.append(Hat(texts[0], texts[1], texts[2], texts[3], (line,)))
    return hats


class _Free:
    """Titles that no organisation has yet."""

    def __init__(self, lines: Sequence[Line], name: str, groups: Set[str]) -> None:
        self._grouped: dict[str, deque[Line]] = defaultdict(deque)
        self._loose: deque[Line] = deque()
        for line in lines:
            if line.name == name and line.value.strip():
                group = line.group.casefold()
                (self._grouped[group] if group in groups else self._loose).append(line)

    def take(self, organisation: Line) -> Line | None:
        """That of its group, else the next that is of no organisation's."""
        own = self._grouped.get(organisation.group.casefold()) or self._loose
        return own.popleft() if own else None
