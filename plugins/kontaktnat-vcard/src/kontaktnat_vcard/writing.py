"""Records → cards: contacts with what they do today, and organisations with `--set type=actor`.

A line that came in on a card goes out as it came, as long as the book still says the same; what the book says
besides gets a line of its own, and what it says no more has none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from attrs import frozen

from kontaktnat.extend import Outward, check_options, fold, to_doc, tr
from kontaktnat.model import Actor, Contact, Role
from kontaktnat_vcard import canonical
from kontaktnat_vcard.kept import OWN_UID, kept_of
from kontaktnat_vcard.labels import label_of, labels_of
from kontaktnat_vcard.lines import Line, escape, folded, unescape
from kontaktnat_vcard.meaning import HAT, OURS, WAYS, Hat, hats_of, name_of, tags_of, way_key, way_of
from kontaktnat_vcard.versions import adapted

VERSIONS = ("3.0", "4.0")
PRODID = f"-{OURS}kontaktnat-vcard//SV"
_ONCE = frozenset(
    {"NOTE", "UID", "REV", "PRODID", "KIND", "BDAY", "ANNIVERSARY", "GENDER", "SORT-STRING", "CLASS"}
)
"""Of several cards of one person, the newest's."""
_COMPANY = "X-ABSHOWAS"


@frozen(kw_only=True, repr=False)
class Worn:
    """A hat as a card tells it."""

    actor: Actor
    title: str
    function: str
    label: str
    ways: Sequence[Mapping[str, Any]]
    extra: Mapping[str, Any]


@frozen(kw_only=True, repr=False)
class Work:
    """What the book knows of somebody's employment."""

    worn: Sequence[Worn] = ()
    """The hats of the day, the longest held first."""
    waiting: Sequence[Mapping[str, Any]] = ()
    """`extra` of the hats in quarantine."""
    offices: frozenset[tuple[str, str]] = frozenset()
    """Keys of the ways of where they work: a shared mailbox on their card is the actor's in the book."""


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """Cards of all whose data is not protected. `--set version=4.0` (else 3.0), `--set type=actor`."""
    version, type = _options(options)
    today = out.as_of(out.today)
    protected = out.protected()
    if type == "actor":
        for actor in today.actors.all():
            if actor.id not in protected and not actor.hidden:
                _put(stream, _card(actor, Work(), version), version)
        return
    work = _work(out, today, protected)
    for contact in today.contacts.all():
        if contact.id not in protected and not contact.hidden:
            _put(stream, _card(contact, work.get(contact.id, Work()), version), version)


def _options(options: Mapping[str, str]) -> tuple[str, str]:
    check_options(options, version=VERSIONS, type=("contact", "actor"))
    return options.get("version", VERSIONS[0]), options.get("type", "contact")


def _put(stream: BinaryIO, lines: Iterable[Line], version: str) -> None:
    body = b"".join(folded(adapted(line, version)) for line in lines)
    stream.write(b"BEGIN:VCARD\r\nVERSION:%s\r\n%sEND:VCARD\r\n" % (version.encode(), body))


def _work(out: Outward, today: Outward, protected: frozenset[str]) -> dict[str, Work]:
    actors = {actor.id: actor for actor in today.actors.all() if actor.id not in protected}
    worn: dict[str, list[Worn]] = defaultdict(list)
    waiting: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    offices: dict[str, set[tuple[str, str]]] = defaultdict(set)
    roles = [one for one in today.roles.all() if one.contact and not one.hidden and one.actor in actors]
    for role in sorted(roles, key=lambda one: (str(one.since or "9999"), one.id)):
        assert role.contact
        assert role.actor
        worn[role.contact].append(_worn(out, role, actors[role.actor]))
        offices[role.contact] |= {way_key(way) for way in to_doc(actors[role.actor]).get("ways", ())}
    for pending in out.pending.all():
        if pending.kind == "role" and pending.candidates and not pending.hidden:
            raw, contact = pending.raw, pending.candidates[0]
            waiting[contact].append(raw.get("extra", {}))
            offices[contact] |= {way_key(way) for way in raw.get("offices", ())}
    return {
        id: Work(worn=worn.get(id, ()), waiting=waiting.get(id, ()), offices=frozenset(offices.get(id, ())))
        for id in worn.keys() | waiting.keys()
    }


def _worn(out: Outward, role: Role, actor: Actor) -> Worn:
    label = str(tr(out.words.name("function", role.function))) if role.function else ""
    return Worn(
        actor=actor,
        title=role.title,
        function=role.function,
        label=label,
        ways=to_doc(role).get("ways", ()),
        extra=role.extra,
    )


def _card(record: Contact | Actor, work: Work, version: str) -> list[Line]:
    kept, groups = _together(kept_of(record.extra))
    doc = to_doc(record)
    said = _Said(record.type, doc, kept, version)
    employment = _employment(said, work, groups, version)
    lines = [*said.naming(), *employment, *said.ways(work.offices), *said.rest()]
    lines = _without_orphans(lines, kept)
    names = {line.name for line in lines}
    if "UID" not in names:
        lines.append(canonical.line("UID", f"{OWN_UID}{record.id}"))
    if "PRODID" not in names:
        lines.append(canonical.line("PRODID", PRODID))
    if said.news or "REV" not in names:
        lines = [line for line in lines if line.name != "REV"]
        if record.changed:
            lines.append(canonical.line("REV", f"{record.changed:%Y%m%dT%H%M%SZ}"))
    if record.type == "actor":
        if version == "4.0" and "KIND" not in names:
            lines.append(canonical.line("KIND", "org"))
        elif version == "3.0" and not {"KIND", _COMPANY} & names:
            lines.append(canonical.line(_COMPANY, "COMPANY"))
    return lines


Groups = Mapping[str, Mapping[str, str]]
"""Key of a card → its groups → what they are called here."""


def _together(cards: Sequence[tuple[str, Sequence[Line]]]) -> tuple[list[Line], Groups]:
    """The kept lines of all cards of one person, each as often as in one, with groups that do not meet."""
    lines: dict[tuple[object, ...], Line] = {}
    once: set[str] = set()
    taken: set[str] = set()
    groups: dict[str, dict[str, str]] = {}
    for key, card in cards:
        names = groups.setdefault(key, {})
        for group in dict.fromkeys(line.group for line in card if line.group):
            free = group
            while free.casefold() in taken:
                free += "x"
            names[group] = free
        taken |= {name.casefold() for name in names.values()}
        times: Counter[tuple[object, ...]] = Counter()
        for line in card:
            if line.name not in once:
                line = _renamed(line, names)
                same = line.same
                times[same] += 1
                # Two notes may be of one length, and that alone stands there.
                lines.setdefault((key, len(lines)) if line.name == "NOTE" else (same, times[same]), line)
        once |= {line.name for line in card} & _ONCE
    return list(lines.values()), groups


def _renamed(line: Line, names: Mapping[str, str]) -> Line:
    return line._replace(group=names.get(line.group, line.group)) if line.group else line


class _Said:
    """What the book says of one record, beside the lines of the cards that came in."""

    def __init__(self, type: str, doc: Mapping[str, Any], kept: Sequence[Line], version: str) -> None:
        self.type = type
        self._version = version
        self.doc = doc
        self.kept = kept
        self.news = False
        """Whether a line is not as it came."""

    def naming(self) -> Iterator[Line]:
        doc = self.doc
        own = list(canonical.naming(self.type, doc["name"], doc.get("given", ""), doc.get("family", "")))
        old = [line for line in self.kept if line.name in ("N", "FN")]
        have = {line.name for line in old}
        # Of a card without an N, which 4.0 allows, ours says nothing of who it is: there has to be one.
        told = have if doc.get("given") or doc.get("family") else {*have, "N"}
        # An organisation is told from a person by more than its names, and some people have none.
        marks = [
            line
            for line in self.kept
            if line.name in ("KIND", "ORG", _COMPANY, "X-ADDRESSBOOKSERVER-KIND", "NICKNAME", "EMAIL")
        ]
        marks += [canonical.way(way, self._version) for way in doc.get("ways", ()) if way["kind"] == "mail"]
        now = name_of([*old, *(line for line in own if line.name not in told), *marks], self.type)
        meant = (doc["name"], doc.get("given", ""), doc.get("family", ""))
        if old and (
            fold(now.name) != fold(meant[0])
            or (self.type == "contact" and (now.given, now.family) != meant[1:])
        ):
            self.news, old, have = True, [], set()
        yield from (line for line in own if line.name in ("N", "FN") and line.name not in have)
        yield from old

    def ways(self, offices: frozenset[tuple[str, str]]) -> Iterator[Line]:
        """In the order of the book: a program that has one place for a mail address takes the first."""
        doc, named = self.doc.get("ways", ()), labels_of(self.kept)
        labels = {way_key(one): one.get("label", "") for one in doc}
        came: dict[tuple[str, str], list[Line]] = defaultdict(list)
        elsewhere: list[Line] = []  # what reaches nobody, or a whole office, and is no way of theirs
        for line in self.kept:
            if line.name in WAYS:
                told = way_of(line, named)
                if told is None or (way_key(told) in offices and way_key(told) not in labels):
                    elsewhere.append(line)
                else:
                    came[way_key(told)].append(line)
        for key, lines in came.items():
            # One number may be both that at work and the fax there; a label that none of them has is new.
            if labels.get(key) not in ("", *(label_of(line, named) for line in lines)):
                self.news = True
                lines.clear()
        for one in doc:
            yield from came.get(way_key(one)) or (canonical.way(one, self._version),)
        yield from elsewhere

    def rest(self) -> Iterator[Line]:
        yield from self._tags()
        yield from self._notes()
        for line in self.kept:
            if line.name not in _TOLD:
                yield line

    def _tags(self) -> Iterator[Line]:
        tags = list(self.doc.get("tags", ()))
        left = list(tags)
        for line in self.kept:
            if line.name == "CATEGORIES":
                told = tags_of(line)
                if set(told) <= set(tags):
                    left = [one for one in left if one not in told]
                    yield line
                else:
                    self.news = True
        yield from canonical.tags(left)

    def _notes(self) -> Iterator[Line]:
        note = self.doc.get("note", "")
        old = [line for line in self.kept if line.name == "NOTE"]
        lengths = [found for line in old if (found := _LENGTH.fullmatch(unescape(line.value)))]
        texts: list[str] = []
        at = 0
        for found in lengths:
            length = int(found[2])
            texts.append(note[at : at + length])
            at += length + (2 if length else 0)
        if lengths and len(lengths) == len(old) and "\n\n".join(filter(None, texts)) == note:
            for line, text, found in zip(old, texts, lengths, strict=True):
                yield line._replace(value=escape(f"{found[1]}{text}{found[3]}"))
        elif note:
            self.news = self.news or bool(old)
            yield (old[0] if old else canonical.line("NOTE", ""))._replace(value=escape(note))


_LENGTH = re.compile(r"(\s*)(\d{1,9})(\s*)", re.ASCII)
_TOLD = frozenset({"N", "FN", "CATEGORIES", "NOTE", "ORG", "TITLE", "ROLE", HAT, *WAYS})


def _employment(said: _Said, work: Work, groups: Groups, version: str) -> Iterator[Line]:
    """ORG and TITLE: as a card told them, where the role or what waits still is what it told."""
    own = [line for line in said.kept if line.name in ("ORG", "TITLE", "ROLE", HAT)]
    if said.type == "actor":
        if not any(line.name == "ORG" for line in own):
            yield from (line for line in canonical.naming("actor", said.doc["name"]) if line.name == "ORG")
        yield from own
        return
    lines: list[Line] = []
    ways: list[Line] = []
    for n, worn in enumerate(work.worn, 1):
        if came := _came(worn.extra, groups, worn):
            lines += came
        elif version == canonical.NEW:
            group = f"hat{n}" if len(work.worn) > 1 else ""
            lines += canonical.hat(worn.actor.name, worn.title, worn.function, worn.label, group)
        elif lines:
            lines.append(canonical.further(worn.actor.name, worn.title, worn.function))
        else:
            lines += canonical.hat(worn.actor.name, worn.title, worn.function, worn.label)
        said.news = said.news or not came
        ways += [canonical.way(way, version, n) for way in worn.ways]
    for extra in work.waiting:
        lines += _came(extra, groups, None)
    yield from dict.fromkeys(lines)
    yield from own
    yield from ways


def _came(extra: Mapping[str, Any], groups: Groups, worn: Worn | None) -> list[Line]:
    """The lines in which a card told of a hat; none, where it is no longer what they tell."""
    for key, lines in kept_of(extra):
        if worn is None or any(_is(hat, worn) for hat in hats_of(lines)):
            return [_renamed(line, groups.get(key, {})) for line in lines]
    return []


def _is(came: Hat, worn: Worn) -> bool:
    names = (worn.actor.name, *worn.actor.aliases, *(former.name for former in worn.actor.names))
    if fold(came.organisation) not in map(fold, names):
        return False
    if not worn.title:
        return True
    # A department that is no actor of its own stands in the title.
    parts = [[came.title], [came.department], [came.title, came.department], [came.function, came.department]]
    return fold(worn.title) in {fold(", ".join(filter(None, one))) for one in parts}


def _without_orphans(lines: list[Line], kept: Sequence[Line]) -> list[Line]:
    """Without what only names another line of its group (`X-ABLabel`), where that has gone."""
    had = {line.group.casefold() for line in kept if line.group and line.name in _TOLD}
    have = {line.group.casefold() for line in lines if line.group and line.name in _TOLD}
    gone = had - have
    return [line for line in lines if not line.group or line.group.casefold() not in gone]
