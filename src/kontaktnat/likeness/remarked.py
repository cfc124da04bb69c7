"""What else is known of two persons, in notes and addresses, for it and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kontaktnat.i18n import Text
from kontaktnat.likeness.namesakes import OTHER, SAME, SPELLED, TYPO
from kontaktnat.likeness.organisation_words import parsed
from kontaktnat.likeness.organisations import is_within
from kontaktnat.likeness.person import Hat, Person
from kontaktnat.likeness.reached import each_by_name
from kontaktnat.likeness.spelling import sound
from kontaktnat.likeness.weighing import Evidence
from kontaktnat.text import fold


def elsewhere(one: Person, other: Person) -> Iterator[Evidence]:
    """A page, an address or an employer in common."""
    if pages := one.webs & other.webs:
        if any("/" in page for page in pages):
            yield Evidence("web", 1.5, Text("the same page"))
        else:
            yield Evidence("web", 0.3, Text("the same site"))
    if one.lives_with(other):
        yield Evidence("address", 1.2, Text("the same address"))
    if not (one.hats and other.hats):
        mine, theirs = ({mail.domain for mail in who.mails.values()} - {""} for who in (one, other))
        if mine & theirs and not one.mails.keys() & other.mails.keys():
            yield Evidence("domain", 0.6, Text("mail addresses of one employer"))
    if bool(one.hats) != bool(other.hats) and called_alike(one, other) and _writes_from_there(one, other):
        yield Evidence("domain", 0.7, Text("a mail address of one is of where the other works"))


def _writes_from_there(one: Person, other: Person) -> bool:
    return any(
        _is_at(mail.domain, hat)
        for mine, theirs in ((one, other), (other, one))
        for mail in mine.mails.values()
        for hat in theirs.hats
    )


def called_alike(one: Person, other: Person) -> bool:
    """Whether both bear one name, in whatever order: who has nothing else in common is compared by it."""
    mine, theirs = (sorted(map(sound, (*who.name.given, *who.name.family))) for who in (one, other))
    return mine == theirs


def _is_at(domain: str, hat: Hat) -> bool:
    """Whether a domain is called as a workplace is: nybro.example for Nybro kommun, lst-h.example."""
    called = parsed(hat.actor)
    known = {*called.words, *map(fold, called.places)}
    for label in re.split(r"[.-]", domain)[:-1]:
        said = parsed(label)
        for word in (*said.words, *map(fold, said.places)):
            if len(word) > 3 and (word in known or is_within(word, called.words)):
                return True
    return False


_RENAMED = re.compile(
    r" (?:hette|heter nu|bytte? \w*namn|nytt (?:efter)?namn|ogift|flicknamn|gifte sig|nygift) "
)


# Against it


def against(
    one: Person, other: Person, own: Sequence[Evidence], given: str, family: str, sole: bool
) -> Iterator[Evidence]:
    """`sole`: both hold a post of which there is one, whose address changes with its holder's name."""
    if one.age != other.age:
        yield Evidence("age", -1.5, Text("only one is called the elder or the younger"))
    if one.has_kin or other.has_kin:
        yield Evidence("kin", -2.0, Text("a note tells of a relative or of somebody else of the name"))
    if _born_apart(one, other):
        yield Evidence("born", -4.0, Text("born in different years"))
    apart = bool(one.mobiles and other.mobiles) and one.mobiles.isdisjoint(other.mobiles)
    if any(found.kind in ("mail", "phone") for found in own):
        if apart and all(found.weight < 3.5 for found in own if found.kind == "mail"):
            yield Evidence("other", -0.5, Text("other mobile numbers"))  # a given name's mailbox goes on
        if family in (SPELLED, TYPO) and each_by_name(one, other):
            yield Evidence("other", -1.0, Text("mail addresses of one employer that follow the two names"))
        return
    if family != OTHER and _namesakes(one, other):
        yield Evidence("namesake", -3.0, Text("each has an own mail address of one employer"))
    elif (given, family) != (SAME, SAME) and not sole and each_by_name(one, other):
        yield Evidence("other", -1.0, Text("mail addresses of one employer that follow the two names"))
    if one.mobiles and other.mobiles:
        weight = -1.5 if family == OTHER else -0.9
        yield Evidence("other", weight, Text("other mobile numbers"))


def _born_apart(one: Person, other: Person) -> bool:
    mine, theirs = ({*who.born} for who in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _namesakes(one: Person, other: Person) -> bool:
    """eva.ek@ and eva.ek2@, or anders.ek@ and anders.m.ek@, of one domain: it gives each their own."""
    for mine in one.mails.values():
        for theirs in other.mails.values():
            if mine.domain and mine.domain == theirs.domain and mine.key != theirs.key:
                if mine.words == theirs.words:  # but for a number
                    return True
                few, many = sorted((mine.words, theirs.words), key=len)
                between = [*many]
                if len(few) > 1 and few[0] == many[0] and few[-1] == many[-1] and len(few) < len(many):
                    called = {
                        fold(word) for who in (one, other) for word in (*who.name.given, *who.name.family)
                    }
                    if not {*between[1:-1]} <= called:
                        return True
    return False


def noted(one: Person, other: Person, renamed: bool, nameless: bool) -> Iterator[Evidence]:
    """What a note of one tells of the other: where they work, or what they are or were called."""
    found = [
        said
        for mine, theirs in ((one, other), (other, one))
        if (mine.said or mine.aside) and not mine.has_kin
        for said in _told(mine, theirs, renamed, nameless)
    ]
    if found:
        yield max(found, key=lambda said: (said.weight, said.reason))


def _told(mine: Person, theirs: Person, renamed: bool, nameless: bool) -> Iterator[Evidence]:
    called = [fold(word) for word in theirs.name.family]
    if renamed and called and all(f" {word} " in mine.said for word in called):
        yield Evidence("note", 2.5, Text("a note of one has the family name of the other"))
    elif renamed and called and all(f" {word} " in mine.aside for word in called):
        yield Evidence("name", 2.0, Text("beside the name of one stands the family name of the other"))
    if nameless and called and f" {' '.join((*map(fold, theirs.name.given), *called))} " in mine.said:
        yield Evidence("note", 2.5, Text("a note of one names the other"))
    if renamed and _RENAMED.search(mine.said):
        yield Evidence("note", 1.5, Text("a note tells of another name"))
    places = {fold(hat.actor) for hat in theirs.hats} - {fold(hat.actor) for hat in mine.hats}
    if any(len(place) > 5 and place in mine.note for place in places):
        yield Evidence("note", 1.5, Text("a note of one names where the other is"))
    elif not mine.hats and any(
        f" {town} " in mine.said or f" {town}s " in mine.said
        for hat in theirs.hats
        for town in map(fold, parsed(hat.actor).places)
    ):
        yield Evidence("note", 0.7, Text("a note of one names the place where the other works"))
