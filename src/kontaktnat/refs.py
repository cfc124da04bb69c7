"""What a person types → a record, in tiers: the first with a hit decides, several hits are no guess.

Full id; exact name or alias; start of an id (4 or more); part of a name, whole words first; part@part (a
person, or a function, at an actor); a mail address or phone number in any spelling.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kontaktnat import model
from kontaktnat.errors import Ambiguous, KontaktnatError, NotFound
from kontaktnat.i18n import Text, and_more, joined
from kontaktnat.matching import nearest, way_key
from kontaktnat.model.dates import holds
from kontaktnat.outward import Outward, title_of
from kontaktnat.text import collation_key, contains, fold

PEOPLE = ("actor", "contact")
_NAMED = ("actor", "contact", "network", "assignment")
Named = Sequence[tuple[model.Record, Sequence[str]]]
ANYTHING = (
    "actor", "contact", "network", "assignment", "topic", "role", "followup", "interaction", "commitment",
    "pending",
)  # fmt: skip


def resolve(
    book: Outward, text: str, types: Sequence[str] = PEOPLE, *, on: date | None = None
) -> model.Record:
    """The one record that `text` names, of one of `types`.

    `on` decides which role a person holds in part@part (default: today). Raises NotFound with
    `fields["nearest"]`, Ambiguous with `fields["candidates"]`: (id, description) pairs.
    """
    text = unicodedata.normalize("NFC", text.strip())
    if not text:
        raise NotFound("an empty name finds nothing", nearest=())
    named = [
        (record, [*_names_now(book, record)])
        for name in types
        if name not in ("role", "interaction")
        for record in _all(book, name)
    ]
    for tier in (_full_id, _exact, _id_start, _part, _part_at_part, _way):
        found = list(
            {record.id: record for record in tier(book, text, types, named, on or book.today)}.values()
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise ambiguous(book, text, found)
    day = on or book.today
    if next(_part_at_part(book, text, types, named, None), None):
        raise NotFound("nobody is {text} on {day}; kontaktnat list roles shows since when and until when",
                       text=text, day=day, nearest=())  # fmt: skip
    # Never a text of somebody's, which may hold anything: `0701740620` is near what it is not told of.
    close = nearest(text, (name for one, names in named if one.type in _NAMED for name in names))
    hint = Text("; nearest: {names}", names=", ".join(close)) if close else ""
    raise NotFound("nothing is called {text}{hint}", text=text, nearest=close, hint=hint)


def by_id(book: Outward, id: str) -> model.Record | None:
    """The record with this very id, of whatever type."""
    return next((found for cls in model.RECORDS.values() if (found := book.peek(cls, id))), None)


def names_of(record: model.Record) -> Iterator[str]:
    """Every name a record goes by."""
    yield title_of(record)
    if isinstance(record, model.Actor | model.Contact):
        yield from record.aliases
    if isinstance(record, model.Actor):
        yield from (former.name for former in record.names)


def _names_now(book: Outward, record: model.Record) -> Iterator[str]:
    """Its names; as of a day also those it has today, for that is how one asks for it."""
    yield from names_of(record)
    if book.on is not None and isinstance(record, model.Actor):
        today = book.as_of(None).peek(model.Actor, record.id)
        yield from names_of(today) if today else ()


def describe(book: Outward, record: model.Record) -> str:
    """A record in one short line, as in "Eva Ek, crime prevention coordinator at Nybro kommun"."""
    if isinstance(record, model.Role):
        who = book.peek(model.Contact, record.contact) if record.contact else None
        where = book.peek(model.Actor, record.actor) if record.actor else None
        function = record.title or book.words.name("function", record.function) or Text("role")
        served = [actor.name for id in record.covers if (actor := book.peek(model.Actor, id))]
        return Text(
            "{person}, {function}{place}{whom}",
            person=who.name if who else Text("vacant"),
            function=function,
            place=Text(" at {name}", name=where.name) if where else "",
            whom=Text(" for {names}", names=", ".join(served)) if served else "",
        )
    if isinstance(record, model.Contact):
        roles = (role for role in book.roles.where(contact=record.id) if role.actor)
        current = (role for role in roles if holds(role.since, role.until, book.today))
        at = [actor.name for role in current if (actor := book.peek(model.Actor, role.actor or ""))]
        return f"{record.name} ({', '.join(dict.fromkeys(at))})" if at else record.name
    title = title_of(record)
    if isinstance(record, model.Interaction) and title == record.kind:
        return book.words.name("interaction_kind", title)
    if isinstance(record, model.Commitment) and title == record.kind:
        bound = [
            actor.name
            for id in (record.actor, *record.parties)
            if id and (actor := book.peek(model.Actor, id))
        ]
        return Text("{kind}: {names}", kind=book.words.name("commitment_kind", title), names=", ".join(bound))
    return title


def ambiguous(book: Outward, text: str, found: Iterable[model.Record]) -> Ambiguous:
    """The error that lists who may be meant."""
    candidates = sorted(_apart(book, found), key=lambda one: (collation_key(one[1]), one[0]))
    shown = joined("; ", (Text("{id} {name}", id=id, name=name) for id, name in candidates[:8]))
    more = and_more(len(candidates) - 8)
    return Ambiguous(
        "{text} may be {shown}{more}: write more of the name, part@part, or the id",
        text=text,
        candidates=candidates,
        shown=shown,
        more=more,
    )


def _apart(book: Outward, found: Iterable[model.Record]) -> Iterator[tuple[str, str]]:
    """Id and description; hats that sound alike are told apart by the assignments that they hold."""
    said = [(record, describe(book, record)) for record in found]
    times = Counter(text for _, text in said)
    for one, text in said:
        task = one.assignment if isinstance(one, model.Role) and times[text] > 1 else None
        held = book.peek(model.Assignment, task) if task else None
        yield one.id, Text("{role} ({assignment})", role=text, assignment=held.name) if held else text


def hat(
    book: Outward, contact: model.Contact, on: date, *, among: Iterable[model.Role] = ()
) -> model.Role | None:
    """The role a person wears on a day: their only one then, None without any; several raise Ambiguous.

    `among`: roles that fit the occasion; of several hats the only one of these is worn.
    """
    worn = [role for role in book.roles.where(contact=contact.id) if holds(role.since, role.until, on)]
    if len(worn) > 1 and len(fit := {one.id for one in worn} & {one.id for one in among}) == 1:
        return next(one for one in worn if one.id in fit)
    if len(worn) > 1:
        raise ambiguous(book, contact.name, worn)
    return worn[0] if worn else None


def _all(book: Outward, type_name: str) -> list[model.Record]:
    return book.collection_of(type_name).all()


def _full_id(book: Outward, text: str, types: Sequence[str], _: object, __: date) -> Iterator[model.Record]:
    for name in types:
        if record := book.peek(model.RECORDS[name], text.lower()):
            yield record


def _exact(_: Outward, text: str, __: Sequence[str], named: Named, ___: date) -> Iterator[model.Record]:
    wanted = _plain(text)
    exact = [one for one, names in named if any(_plain(name) == wanted for name in names)]
    # `asa ek` is exact for Åsa Ek when nobody is called just that.
    yield from exact or (one for one, names in named if any(fold(name) == wanted for name in names))


def _plain(name: str) -> str:
    """A Mac may write å as two characters; both are the same name."""
    return unicodedata.normalize("NFC", name).casefold()


def _id_start(book: Outward, text: str, types: Sequence[str], _: object, __: date) -> Iterator[model.Record]:
    if len(text) >= 4 and set(text.lower()) <= set(model.ids.ALPHABET):
        for name in types:
            yield from (record for record in _all(book, name) if record.id.startswith(text.lower()))


def _part(_: Outward, text: str, __: Sequence[str], named: Named, ___: date) -> Iterator[model.Record]:
    """Whole words of a name come before parts of one: `bo` is Bo Björk, and not somebody in Emmaboda.

    And what bears a name before what is only spoken of: `eva` is Eva Ek, not the promise to call Eva.
    """
    wanted = fold(text)
    for group in (True, False):
        here = [(one, names) for one, names in named if (one.type in _NAMED) is group]
        word = [one for one, names in here if any(f" {wanted} " in f" {fold(name)} " for name in names)]
        found = word or [one for one, names in here if any(contains(name, text) for name in names)]
        if found:
            yield from found
            return


def _part_at_part(
    book: Outward, text: str, types: Sequence[str], _: object, on: date | None
) -> Iterator[model.Record]:
    """Whoever wears that hat on a day; None: on any day."""
    left, at, right = text.partition("@")
    if not at or "." in right or not left.strip() or not right.strip():
        return
    try:
        actor = resolve(book, right, ("actor",))
    except NotFound:
        return
    held = [
        role
        for role in book.roles.all()
        if actor.id in (role.actor, *role.covers) and (on is None or holds(role.since, role.until, on))
    ]
    people = {role.id: book.peek(model.Contact, role.contact) for role in held if role.contact}
    by_name = [role for role in held if (who := people.get(role.id)) and contains(who.name, left)]
    try:
        function = None if by_name else book.words.lookup("function", left)
    except KontaktnatError:
        function = None
    found = by_name or [role for role in held if function and role.function == function]
    if "role" in types:
        yield from found
    elif "contact" in types:
        yield from (who for role in found if (who := people.get(role.id)))


def _way(book: Outward, text: str, types: Sequence[str], named: object, on: date) -> Iterator[model.Record]:
    """Whoever is reached so that day; only where nobody is, whoever was or will be."""
    del named
    kind = "mail" if "@" in text else "phone"
    wanted = way_key(kind, text)
    if kind == "phone" and not wanted.startswith("+"):
        return
    found: list[tuple[bool, model.Record]] = []
    for name in types:
        if name in ("actor", "contact", "role"):
            for record in book.collection_of(name).all():
                ways = [one for one in record.ways if one.kind == kind and way_key(kind, one.value) == wanted]
                if ways:
                    worn = not isinstance(record, model.Role) or holds(record.since, record.until, on)
                    current = worn and any(holds(one.since, one.until, on) for one in ways)
                    found.append((current, record))
    today = [record for current, record in found if current]
    yield from today or (record for _, record in found)
