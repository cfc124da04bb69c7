"""A table, whoever read it → candidates: rows of people, with where they work, and of organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from kontaktnat.codec import record_class
from kontaktnat.descriptors import CLEAR, Candidate, Understood
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, joined
from kontaktnat.matching import mail_problem, phone_problem
from kontaktnat.tabular import cells
from kontaktnat.tabular.headers import (
    ASSOCIATIONS,
    CONTACT,
    HATS,
    LISTS,
    NAMES,
    PLAIN,
    REGISTER,
    SPAN,
    WAYS,
    Meaning,
    plain,
    post_of,
)
from kontaktnat.tabular.mapping import Mapped, mapped, shown
from kontaktnat.text import fold

Rows = Iterable[tuple[int, Sequence[Any]]]
"""(number of the row, its cells)."""

_FIELDS = frozenset((*PLAIN, *LISTS))
"""Columns that are a field of the record as they stand."""
_ALWAYS = frozenset(("name", "given", "middle", "family", "mail", "phone", "web", "note", "tags"))
"""Columns that are read whatever else the row says."""
_OF_ACTORS = frozenset({"kind", "place", "org_number", "legal_form", "sector", "aliases"})
_TRUE, _FALSE = ("true", "yes", "ja", "1"), ("false", "no", "nej", "0")
_JUDGES = {"mail": mail_problem, "phone": phone_problem}
_LABELS = {"cell": "mobile", "mobil": "mobile", "arbete": "work", "hem": "home", "övrigt": "other",
           "obestämt": "", "main": "work"}  # fmt: skip
TABLE_SURPLUS = "more cells than columns"
"""The column of a file of rejects in which they stand."""
_LONGEST_TAG = 40
"""What is longer than so many letters is a sentence, and no word for what somebody does."""
_SAMPLE = 5
_LOOKED_AT = 200
"""Rows by whose names it is told whether they are people."""


def table_candidates(header: Sequence[str], rows: Rows, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each row that says anything. Options: `as` (actor or contact), `map`.

    Raises Invalid where no column is a name, or for a mapping that does not fit.
    """
    mapping = mapped(header, options.get("map", ""))
    kept = list(rows)
    told = _told_type(options)
    people = told == "contact" or (not told and are_people(mapping, kept))
    titles = [str(title or "").strip() for title in header]
    for number, row in kept:
        if any(map(cells.text_of, row)) and not _is_header(titles, row):
            yield from _candidates(mapping, number, row, people=people, certain=bool(told))


def _is_header(titles: Sequence[str], row: Sequence[Any]) -> bool:
    """Whether it is the header again, as where files were put together."""
    return len(row) == len(titles) and all(
        (cell.strip() if isinstance(cell, str) else "") == title
        for cell, title in zip(row, titles, strict=True)
    )


def table_understood(
    header: Sequence[str], rows: Rows, options: Mapping[str, str], *, summary: str
) -> Understood:
    """What is read of a table, and how; `summary` says what is known of the file itself."""
    mapping = mapped(header, options.get("map", ""))
    kept = list(rows)
    told = _told_type(options)
    people = told == "contact" or (not told and are_people(mapping, kept))
    what: str = Text("rows are contacts") if people else Text("rows are actors")
    sample = list(islice((said for _, row in kept if not (said := _said(mapping, row)).isascii()), _SAMPLE))
    unused = _unused(mapping, kept, people=people)
    filled = {
        title
        for n, title in enumerate(mapping.header)
        if any(n < len(row) and cells.text_of(row[n]) for _, row in kept)
    }
    return Understood(
        summary=joined("; ", (summary, what)) if summary else what,
        mapping=[(title, said) for title, said in shown(mapping) if title in filled and title not in unused],
        unused=unused,
        sample=sample,
    )


def _told_type(options: Mapping[str, str]) -> str:
    if not options.get("as"):
        return ""
    name = record_class(options["as"]).type
    if name not in ("actor", "contact"):
        raise Invalid("--as {type}: a row is an actor or a contact", type=name, path="as")
    return name


def are_people(mapping: Mapped, rows: Sequence[tuple[int, Sequence[Any]]]) -> bool:
    """Whether the rows are of people: by their columns, otherwise by what they are called."""
    if mapping.has("org_number", "legal_form", "kind"):
        return mapping.has("given", "family")
    if mapping.has("given", "family", "title", "function", "department"):
        return True
    if not mapping.has("name", "person"):
        return False
    if not mapping.has("name") and ASSOCIATIONS & {plain(title) for title in mapping.header}:
        return False  # a register of associations, with whom one reaches at each
    if mapping.has("organisation"):
        return len(mapping.persons()) < 2  # where several are reached at one, the rows are of those
    from kontaktnat.freetext.name_lists import lists

    called = "name" if mapping.has("name") else "person"
    at = next(n for n, one in enumerate(mapping.columns) if one and one.target == called)
    names = [text for _, row in rows[:_LOOKED_AT] if at < len(row) and (text := cells.text_of(row[at]))]
    given = lists().given
    firsts = (cells.person(name)[0].split()[0].split("-")[0].casefold() for name in names)
    alike = sum(
        1 for first, name in zip(firsts, names, strict=True) if first in given and 1 < len(name.split()) < 5
    )
    return alike * 2 > len(names)


def _unused(mapping: Mapped, rows: Sequence[tuple[int, Sequence[Any]]], *, people: bool) -> list[str]:
    """Columns of which something is not read: what the rows have no place for, and a second of one kind."""
    names = [n for n, one in enumerate(mapping.columns) if one and one.target in NAMES]
    first_whose = next(iter(mapping.persons()), "")
    organised = people and not mapping.has("organisation")
    worn = [n for n, one in enumerate(mapping.columns) if one and one.target in (*HATS, "place")]

    def says(row: Sequence[Any], columns: Iterable[int]) -> bool:
        return any(at < len(row) and cells.text_of(row[at]) for at in columns)

    def is_read(n: int, row: Sequence[Any]) -> bool:
        one = mapping.columns[n]
        if one is None or one.part == "rest":  # regions and countries
            return False
        if people and one.whose and first_whose and one.whose != first_whose:  # somebody else's
            return False
        first = [at for at in mapping.of(one.target) if at < n] if one.target in (*HATS, *SPAN) else []
        if one.target == ("person" if people else "organisation"):
            first += mapping.of("name")  # by which the row is called
        if says(row, first):
            return False
        if people and one.target in SPAN and not says(row, worn):
            return False
        if not people and one.target in (*HATS[1:], *SPAN):  # what somebody does there
            somebody = (*mapping.of("person"), *mapping.of("given"), *mapping.of("family"))
            return one.target != "department" and says(row, somebody)
        if people and one.group == REGISTER:  # what an association does tells nothing of a person
            return False
        if not (people and one.target in _OF_ACTORS):
            return True
        return (one.target == "place" and organised) or not says(row, names)

    asked = [
        n
        for n, one in enumerate(mapping.columns)
        if not one or one.target not in _ALWAYS or one.part or one.whose or one.group == REGISTER
    ]
    return [
        mapping.header[n]
        for n in asked
        if any(n < len(row) and cells.text_of(row[n]) and not is_read(n, row) for _, row in rows)
    ]


def _said(mapping: Mapped, row: Sequence[Any]) -> str:
    said = (one and one.target != "label" for one in mapping.columns)
    read = (cells.line(cells.text_of(cell)) for cell, is_said in zip(row, said, strict=False) if is_said)
    return ", ".join(filter(None, read))


def _candidates(
    mapping: Mapped, number: int, row: Sequence[Any], *, people: bool, certain: bool
) -> Iterator[Candidate]:
    """What a row is of; of an organisation also whom one reaches there."""
    texts = (cell if isinstance(cell, str) else cells.text_of(cell) for cell in row)
    raw = dict.fromkeys(mapping.header, "") | dict(zip(mapping.header, texts, strict=False))
    type_name = "contact" if people else "actor"
    surplus = [text for text in map(cells.text_of, row[len(mapping.header) :]) if text]
    if raw.get(TABLE_SURPLUS):  # of a file of rejects, which nobody has corrected
        surplus.append(raw[TABLE_SURPLUS])
    if surplus:
        raw[TABLE_SURPLUS] = ", ".join(surplus)
        surplus_text = Text("more cells than columns: {value!r}", value=raw[TABLE_SURPLUS])
        yield Candidate(row=number, type=type_name, problem=surplus_text, raw=raw)
        return
    reading = _Reading(mapping, row)
    if people and not certain and reading.is_organisation:
        type_name = "actor"
    fields, problem = reading.contact() if type_name == "contact" else reading.actor()
    yield Candidate(row=number, type=type_name, fields=fields, problem=problem, raw=raw)
    if type_name == "actor" and not problem:
        for person in reading.persons(str(fields["name"])):
            yield Candidate(row=number, type="contact", fields=person, raw=raw, follows=True)


class _Reading:
    """What one row says."""

    def __init__(self, mapping: Mapped, row: Sequence[Any]) -> None:
        self._texts: dict[str, list[str]] = {}
        self._titles: dict[str, list[str]] = {}
        self._ways: list[dict[str, str]] = []
        self._theirs: dict[str, list[dict[str, str]]] = {}
        self._people: dict[str, dict[str, tuple[str, str]]] = {}
        """Of whom one reaches, by as what: (column's title, text) of a whole name, or of its parts."""
        self._mails: set[tuple[str, str]] = set()
        self._clear: list[str] = []
        self._parts: dict[str, dict[str, list[str]]] = {}
        self._homes: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self.problem: str = ""
        for title, one, cell in zip(mapping.header, mapping.columns, row, strict=False):
            if one is None or not (text := cells.text_of(cell)):
                continue
            if one.target == "label":
                self._labels[one.group] = _label(text)
            elif one.target in WAYS:
                label = one.label or self._labels.get(one.group, "")
                self._way(one, label, text, cell)
            elif one.target == "person" and one.part:
                self._people.setdefault(one.whose, {})[one.part] = title, text
            else:
                if one.target == "person":
                    self._people.setdefault(one.whose, {})["person"] = title, text
                target = REGISTER if one.group == REGISTER else one.target
                self._texts.setdefault(target, []).append(text)
                self._titles.setdefault(target, []).append(title)
        self._addresses()

    @property
    def is_organisation(self) -> bool:
        """Whether nobody is named, and an organisation is: also where it stands as the name again."""
        organisation = self._first("organisation")
        if any(self._texts.get(name) for name in NAMES if name != "name"):
            return False
        return bool(organisation) and self._first("name") in ("", organisation)

    def _first(self, target: str) -> str:
        texts = self._texts.get(target)
        return texts[0] if texts else ""

    # Ways

    def _way(self, meant: Meaning, label: str, text: str, cell: Any) -> None:
        kind, part, group = meant.target, meant.part, meant.group
        if text == CLEAR:
            self._clear.append(kind)
        elif kind == "address" and part and part != "whole":
            self._parts.setdefault(group, {}).setdefault(part, []).append(cells.line(text))
            self._homes[group] = label
        elif kind == "address":
            self._parts.setdefault(group, {})["whole"] = [text]
            self._homes[group] = label
        else:
            for value in cells.apart(kind, cells.phone_of(cell) if kind == "phone" else text):
                judge = _JUDGES.get(kind)
                self.problem = self.problem or (judge(value) if judge else "")
                if kind == "mail":
                    if (meant.whose, value.casefold()) in self._mails:
                        continue  # the main one stands in a list of all, too
                    self._mails.add((meant.whose, value.casefold()))
                ways = self._theirs.setdefault(meant.whose, []) if meant.theirs else self._ways
                ways.append(_labelled(kind, value, label))

    def _addresses(self) -> None:
        for group, parts in self._parts.items():
            if "whole" in parts and len(parts) == 1:
                value = ", ".join(line for one in parts["whole"][0].splitlines() if (line := cells.line(one)))
            else:
                town = " ".join((*parts.get("postcode", ()), *parts.get("town", ())))
                street = (*parts.get("street", ()), *_boxes(parts.get("box", ())))
                if not (street or town):
                    continue  # a country alone is no address
                value = ", ".join(filter(None, (*street, town)))
            for one in cells.apart("address", value):
                self._ways.append(_labelled("address", one, self._homes[group]))

    # Records

    def contact(self) -> tuple[dict[str, Any], str]:
        """Fields of a person, and what is wrong with them."""
        first = next(iter(self._people), None)
        for whose, ways in self._theirs.items():
            if first in (None, "", whose):
                self._ways += ways
        fields = self._fields(actor=False)
        if any(len(texts[0].splitlines()) > 1 for name in NAMES if (texts := self._texts.get(name))):
            return {}, Text("a name on several lines")
        if (called := cells.line(self._first("name") or self._first("person"))) and cells.is_nobody(called):
            return {}, Text("{value!r} is nobody's name: the post is vacant; write who has it",
                            value=called)  # fmt: skip
        given = " ".join(filter(None, (self._first("given"), self._first("middle"))))
        family, name = self._first("family"), cells.line(self._first("name") or self._first("person"))
        if given or family:
            parts = [one for one in (given, family) if one != CLEAR]
            fields |= {key: cells.line(one) for key, one in (("given", given), ("family", family)) if one}
            fields["name"] = name or cells.line(" ".join(parts))
        elif name:
            whole, given, family = cells.person(name)
            fields |= {
                key: one for key, one in (("name", whole), ("given", given), ("family", family)) if one
            }
        told = {target: cells.line(self._first(target)) for target in HATS if target in self._texts}
        hat = {target: text for target, text in told.items() if text and text != CLEAR}
        if "organisation" not in hat and self._first("place") and not self._first("place").isdecimal():
            hat["organisation"] = self._first("place")
        if hat:
            fields["hats"] = [hat | self._span(fields)]
        return fields, self.problem

    def actor(self) -> tuple[dict[str, Any], str]:
        """Fields of an organisation, and what is wrong with them."""
        fields = self._fields(actor=True)
        name = (
            self._first("name")
            or self._first("organisation")
            or " ".join(filter(None, (self._first("given"), self._first("family"))))
            or self._first("person")
        )
        if len(name.splitlines()) > 1:
            return {}, Text("a name on several lines")
        fields["name"] = cells.line(name)
        self._classified(fields)
        fields.pop("ways", None)
        if ways := self._apart()[0]:
            fields["ways"] = ways
        return fields, self.problem

    def _classified(self, fields: dict[str, Any]) -> None:
        """What a register says that it does becomes tags; a sentence stands in the note."""
        for title, text in zip(self._titles.get(REGISTER, ()), self._texts.get(REGISTER, ()), strict=True):
            tags = [cells.line(one) for one in cells.apart("tags", text)]
            if all(len(one) <= _LONGEST_TAG for one in tags):
                fields["tags"] = list(dict.fromkeys((*fields.get("tags", ()), *tags)))
            else:
                told = f"{title}: {cells.line(text)}"
                fields["note"] = "\n".join(filter(None, (fields.get("note"), told)))

    def _apart(self) -> tuple[list[dict[str, str]], dict[str, list[dict[str, str]]]]:
        """The organisation's ways, and by as what those of whom one reaches there.

        Of a person in columns of their own all mail and numbers are theirs. What is said to be somebody's
        whom the row does not name, or in a cell with others, is the organisation's.
        """
        mine, theirs = list(self._ways), {whose: list(ways) for whose, ways in self._theirs.items()}
        if not self._people and self._in_two_cells[0]:
            own = [way for way in mine if way["kind"] in ("mail", "phone")]
            return [way for way in mine if way not in own], {"": sum(theirs.values(), own)}
        alone = {whose for whose in self._people if len(self._called(whose)) == 1}
        found: dict[str, list[dict[str, str]]] = {}
        for whose, ways in theirs.items():
            if whose in alone:
                found.setdefault(whose, []).extend(ways)
            elif alone == {""}:  # somebody told which column it is
                found.setdefault("", []).extend(ways)
            else:
                mine += [way for way in ways if way not in mine]
        return mine, found

    @property
    def _in_two_cells(self) -> tuple[str, str, str]:
        """(name, given, family) of a person in two columns of their own; blank for nobody."""
        if not (self._first("organisation") or self._first("name")):
            return "", "", ""  # by which the organisation itself is called
        given = cells.line(" ".join(filter(None, (self._first("given"), self._first("middle")))))
        family = cells.line(self._first("family"))
        if CLEAR in (given, family):
            return "", "", ""
        return " ".join(filter(None, (given, family))), given, family

    def _called(self, whose: str) -> list[tuple[str, str, str, str]]:
        """(name, given, family, title) of those whom one reaches as that; a cell may name several."""
        told = self._people[whose]
        title, text = told.get("person", ("", ""))
        if text:
            people = cells.persons(text)
            return [(*names, post or post_of(title, whose)) for *names, post in people]  # type: ignore[misc]
        given, family = (cells.line(told.get(part, ("", ""))[1]) for part in ("given", "family"))
        name = " ".join(filter(None, (given, family)))
        if CLEAR in (given, family) or cells.is_nobody(name):
            return []
        return [(name, given, family, post_of(next(iter(told.values()))[0], whose))]

    def persons(self, actor: str) -> list[dict[str, Any]]:
        """Those whom one reaches at an organisation, by that name and as what; who is twice there, once.

        Ways are the organisation's, but for those whose title says that they are theirs.
        """
        found: dict[str, dict[str, Any]] = {}
        posts: dict[str, dict[str, str]] = {}
        theirs = self._apart()[1]
        called = [(whose, one) for whose in self._people for one in self._called(whose)]
        if not self._people and self._in_two_cells[0]:
            called = [("", (*self._in_two_cells, ""))]
        for whose, (name, given, family, post) in called:
            if not name or name == actor:
                continue
            named = {key: one for key, one in (("name", name), ("given", given), ("family", family)) if one}
            fields = found.setdefault(fold(name), named)
            if post:
                posts.setdefault(fold(name), {})[whose] = post
            if ways := [way for way in theirs.get(whose, ()) if way not in fields.get("ways", ())]:
                fields["ways"] = [*fields.get("ways", ()), *ways]
        told = {key: cells.line(text) for key in ("title", "function") if (text := self._first(key))}
        for key, fields in found.items():
            hat = told if told and len(found) == 1 else {"title": _joined(posts.get(key, {}))}
            worn = {"organisation": actor, **hat, **self._span(fields)}
            fields["hats"] = [{key: text for key, text in worn.items() if text}]
        return list(found.values())

    def _span(self, fields: dict[str, Any]) -> dict[str, str]:
        """Since when and until when; what is no day to us is kept in the note, with its column's title.

        A last day is one of them, unless the column is called as our own, which names the day after.
        """
        said: dict[str, str] = {}
        for target in SPAN:
            if not (text := self._first(target)) or text == CLEAR:
                continue
            title = self._titles[target][0]
            day = cells.day(text, last=target == "until" and plain(title) not in ("until", "till"))
            if day is None:
                told = f"{title}: {cells.line(text)}"
                fields["note"] = "\n".join(filter(None, (fields.get("note"), told)))
            elif day:
                said[target] = day
        return said

    def _fields(self, *, actor: bool) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for target, texts in self._texts.items():
            if target not in _FIELDS or (target == "purpose" if actor else target in _OF_ACTORS):
                continue
            if CLEAR in texts:
                fields[target] = CLEAR
            elif target in LISTS:
                values = (value for text in texts for value in cells.apart(target, text))
                fields[target] = list(dict.fromkeys(value.removeprefix("* ").strip() for value in values))
            elif target == "protected":
                self._protected(fields, texts[0])
            else:
                fields[target] = texts[0]
        if notes := self._notes():
            fields["note"] = notes
        if self._ways:
            fields["ways"] = self._ways
        if self._clear:
            fields["clear_ways"] = self._clear
        return fields

    def _protected(self, fields: dict[str, Any], text: str) -> None:
        if text.casefold() not in _TRUE + _FALSE:
            self.problem = self.problem or Text("{value!r} is neither yes nor no", value=text)
        elif text.casefold() in _TRUE:  # a no lifts nobody's protection by the way
            fields["protected"] = True

    def _notes(self) -> str:
        """The note; of several, each with the title of its column."""
        texts = self._texts.get("note", [])
        if len(texts) < 2:
            return texts[0] if texts else ""
        return "\n".join(f"{title}: {text}" for title, text in zip(self._titles["note"], texts, strict=True))


def _joined(posts: Mapping[str, str]) -> str:
    """One post of several by as what they are held; that one is also whom to reach is no post beside them."""
    held = [post for whose, post in posts.items() if not whose.startswith(CONTACT)]
    return ", ".join(dict.fromkeys(held or posts.values()))


def _labelled(kind: str, value: str, label: str) -> dict[str, str]:
    return {"kind": kind, "value": value, **({"label": label} if label else {})}


def _label(text: str) -> str:
    """Google's labels: `* Work` is the first among them."""
    said = text.removeprefix("* ").strip().lower()
    return _LABELS.get(said, said)


def _boxes(boxes: Sequence[str]) -> list[str]:
    return [f"Box {one}" if one.isdecimal() else one for one in boxes]
