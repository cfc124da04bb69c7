"""Two actors: is it one? The organisation number speaks for it and decides nothing: courts share one."""

from __future__ import annotations

from collections.abc import Iterator

from kontaktnat.i18n import Text
from kontaktnat.likeness import organisations
from kontaktnat.likeness.organisation import ONE_A_PLACE, Organisation
from kontaktnat.likeness.organisation_words import parsed
from kontaktnat.likeness.organisations import (
    ACRONYM,
    ELSEWHERE,
    FORM,
    MORE,
    NOWHERE,
    OTHER,
    SAME,
    SHORT,
    SPELLED,
    TYPO,
)
from kontaktnat.likeness.spelling import mended
from kontaktnat.likeness.told_kind import words_of
from kontaktnat.likeness.weighing import NOT_ALIKE, Bearers, Evidence, Likeness, weighed
from kontaktnat.text import fold

_NAME = {
    SAME: 3.0, FORM: 2.8, SPELLED: 2.8, TYPO: 2.3, SHORT: 2.3, ACRONYM: 1.8, NOWHERE: 1.5, MORE: -0.4,
    OTHER: -3.0, ELSEWHERE: -6.0,
}  # fmt: skip
_REASONS = {
    SAME: Text("the same name"),
    FORM: Text("the same name but for what form of organisation it is"),
    SPELLED: Text("the same name, spelled otherwise"),
    TYPO: Text("nearly the same name, as by a slip of the pen"),
    SHORT: Text("the same name, one in short"),
    ACRONYM: Text("one is called by the initials of the other"),
    NOWHERE: Text("the same name, and only one says where"),
    MORE: Text("one name says more than the other"),
    OTHER: Text("other names"),
    ELSEWHERE: Text("each names another place"),
}
_REGISTERED = frozenset(
    {"company", "housing_company", "municipal_company", "university", "media", "foundation"}
)
"""Kinds whose names are protected, so that hardly two are called the same (lag 2018:1653)."""
_BY_PLACE = frozenset({"municipality", "local_police_area"})
"""Kinds that are told by the place alone, whatever they are called."""
_PUBLIC = ONE_A_PLACE | {"state_agency", "national_body", "police_region"}
"""Kinds of which no two bear one name."""
_CIVIL = frozenset(
    {"association", "victim_support", "womens_shelter", "business_association", "faith_community",
     "foundation", "network", "sports_club", "study_association", "tenant_owner_association"}
)  # fmt: skip
_PRIVATE = _CIVIL | {"company", "housing_company", "municipal_company", "media"}
"""Kinds of which each has an organisation number of its own, if any; authorities and schools share theirs."""
_OFFICES = frozenset({"forvaltning", "kontor", "sektor", "avdelning", "enhet"})
"""What a municipality calls its departments, as stems: kulturkontoret, förvaltningen Kultur."""
_ALIKE = (
    _CIVIL,
    frozenset({"company", "housing_company", "municipal_company"}),
    frozenset({"housing_company", "tenant_owner_association"}),
    frozenset({"faith_community", "church_of_sweden_parish"}),
    frozenset({"fire_rescue_service", "municipal_federation"}),
    frozenset({"state_agency", "national_body"}),
    frozenset({"network", "local_crime_prevention_council"}),
)


def actors(one: Organisation, other: Organisation, bearers: Bearers | None = None) -> Likeness:
    """How like two actors are."""
    one, other = one.beside(other), other.beside(one)
    found, also = _named(one, other)
    if found in (OTHER, ELSEWHERE) and not _may_be_renamed(one, other):
        return NOT_ALIKE
    if _are_whole_and_part(one, other) or _follow(one, other):
        return NOT_ALIKE
    evidence = [Evidence("name", _NAME[found], _REASONS[found]), *_number(one, other, bearers)]
    if also:
        evidence.append(Evidence("also", 0.3, Text("one goes or went by a name of the other")))
    became = also and found == SAME and bool(one.former | other.former)
    evidence += [*_situated(one, other, found), *_kind(one, other, found, became)]
    evidence += _reached(one, other, bearers)
    if found == MORE and any(item.kind in ("mail", "phone", "web") and item.weight > 1 for item in evidence):
        said = parsed(one.name).places & parsed(other.name).places
        weight = 0.7 if said else 0.4
        evidence.append(Evidence("more", weight, Text("what one name says is reached as the other")))
    against = any(item.weight < -0.5 for item in evidence)
    doubtful = against or found in (NOWHERE, MORE, OTHER, ELSEWHERE, ACRONYM)
    return weighed(evidence, doubtful=doubtful)


def _may_be_renamed(one: Organisation, other: Organisation) -> bool:
    if one.kind == other.kind and one.kind in _BY_PLACE and one.place and one.place == other.place:
        return True
    return bool(one.number and one.number == other.number) or not one.mails.isdisjoint(other.mails)


def _are_whole_and_part(one: Organisation, other: Organisation) -> bool:
    return any(
        part.parent
        and (part.parent in (whole.name, whole.id) or organisations.relation(part.parent, whole.name) == SAME)
        for part, whole in ((one, other), (other, one))
    )


def _follow(one: Organisation, other: Organisation) -> bool:
    """Whether one has succeeded the other: it goes on in it, and is another."""
    return any(a.successor and a.successor in (b.id, b.name) for a, b in ((one, other), (other, one)))


def _named(one: Organisation, other: Organisation) -> tuple[str, bool]:
    """How their names stand to one another, the best of all they go by; whether it is none of today's."""
    if mended(one.name).casefold() == mended(other.name).casefold():
        return SAME, False
    needless = _OFFICES if one.kind == other.kind == "municipal_department" else frozenset[str]()
    best, also = organisations.related(one.name, other.name, one.parent, other.parent, needless), False
    if best == SAME:
        return best, False
    known = one.kind == other.kind != "other"
    if best == OTHER and known and organisations.is_part(one.name, other.name):
        best = SHORT  # Polisen Bergslagen, where both are known to be the region
    if best == MORE and one.kind == other.kind and _leaves_its_kind_out(one, other):
        best = SHORT
    here, there = organisations.kinds(one.name), organisations.kinds(other.name)
    differ, apart = bool(here and there) and here != there, best == ELSEWHERE
    for mine in (one.name, *one.others):
        for theirs in (other.name, *other.others):
            found = organisations.relation(mine, theirs)
            if found == SAME and best == OTHER and differ and not parsed(mine).words:
                continue  # both are called Nybro for short
            if apart and found in (NOWHERE, SHORT, MORE):
                continue  # each is called Länsstyrelsen for short, and says in full where
            if _NAME[found] > _NAME[best]:
                best, also = found, (mine, theirs) != (one.name, other.name)
    return best, also


def _leaves_its_kind_out(one: Organisation, other: Organisation) -> bool:
    """Whether it is the word for what both are known to be that one has not: Kvinnojouren Linnea, Linnea."""
    told = words_of(one.kind)
    here, there = ({*parsed(who.name).words} & told for who in (one, other))
    if bool(here) == bool(there):
        return False
    bare = organisations.related(one.name, other.name, one.parent, other.parent, told)
    return bare in (SAME, FORM, SPELLED)


def _number(one: Organisation, other: Organisation, bearers: Bearers | None) -> Iterator[Evidence]:
    if not one.number or not other.number:
        return
    if one.number != other.number and _is_slip_of(one.number, other.number):
        yield Evidence("number", -0.4, Text("nearly the same organisation number, and one is written wrong"))
    elif one.number != other.number:
        yield Evidence("number", -3.5, Text("other organisation numbers"))
    elif bearers and bearers("org", one.number) > 2:
        yield Evidence("number", 1.0, Text("the same organisation number, which several have"))
    elif one.kind == other.kind and one.kind in _PRIVATE:
        yield Evidence(
            "number", 4.5, Text("the same organisation number, of a kind of which each has its own")
        )
    else:
        yield Evidence("number", 2.5, Text("the same organisation number"))


def _is_slip_of(one: str, other: str) -> bool:
    """Whether two numbers are a digit apart, or have two that changed places, and one of them cannot be."""
    from rapidfuzz.distance import OSA

    if len(one) != 10 or len(other) != 10 or all(map(_checks, (one, other))):
        return False
    return bool(OSA.distance(one, other, score_cutoff=1) == 1)


def _checks(number: str) -> bool:
    """Whether the last digit is right (Luhn)."""
    doubled = (int(digit) * (2 - n % 2) for n, digit in enumerate(number))
    return sum(sum(divmod(part, 10)) for part in doubled) % 10 == 0


def _situated(one: Organisation, other: Organisation, found: str) -> Iterator[Evidence]:
    if one.place and other.place:
        if one.place == other.place:
            yield Evidence("place", 0.8, Text("the same municipality"))
            if one.kind == other.kind and one.kind in ONE_A_PLACE:
                weight = 4.5 if found in (OTHER, MORE) and one.kind in _BY_PLACE else 1.2
                yield Evidence("kind", weight, Text("there is one of its kind in a place"))
            if found == NOWHERE:
                yield Evidence("place", 0.8, Text("the place that one names is where both are"))
        else:
            yield Evidence("place", -4.0, Text("in different municipalities"))
    here, there = parsed(one.name), parsed(other.name)
    said = (
        here.places & there.places
        or here.localities & there.localities
        or organisations.one_part(here, there)
    )
    if said and found not in (OTHER, ELSEWHERE, MORE, NOWHERE):
        yield Evidence("place", 0.6, Text("both names say where"))
    elif found == SAME and _says_where(one, other):
        yield Evidence("place", 0.6, Text("one belongs to the place that the other's name says"))
    if one.parent and other.parent:
        if one.parent == other.parent or organisations.one_place(one.parent, other.parent) == "same":
            yield Evidence("parent", 0.8, Text("parts of the same whole"))
        else:
            yield Evidence("parent", -2.5, Text("parts of different wholes"))


def _says_where(one: Organisation, other: Organisation) -> bool:
    """Whether one's name has the place of the whole that the other is a part of."""
    return any(
        not whole.parent and parsed(whole.name).places & parsed(part.parent).places
        for part, whole in ((one, other), (other, one))
    )


def _kind(one: Organisation, other: Organisation, found: str, became: bool) -> Iterator[Evidence]:
    """`became`: one bore the other's name, and may have become of another kind with its new one."""
    if "other" in (one.kind, other.kind):
        return
    if one.kind == other.kind:
        # Of associations there are many of a name; of authorities, and of anything in one place, one.
        told = one.kind in _PUBLIC or (one.kind in _REGISTERED and found in (SAME, FORM, SPELLED))
        yield Evidence("kind" if told else "name", 0.4, Text("of the same kind"))
        if found in (SAME, FORM, SPELLED):
            here, there = (parsed(who.name).places for who in (one, other))
            named = here and here == there and one.kind in _PUBLIC
            if named or (one.place and one.place == other.place):
                yield Evidence("kind", 1.8, Text("there is hardly another of the name and kind in the place"))
    elif any({one.kind, other.kind} <= group for group in _ALIKE):
        yield Evidence("kind", -0.3, Text("of kinds that are near"))
    else:
        private = {one.kind, other.kind} <= _PRIVATE
        weight = -1.0 if became else -1.8 if private else -3.0
        yield Evidence("kind", weight, Text("of different kinds"))


def _bears_the_name(web: str, one: Organisation, other: Organisation) -> bool:
    """Whether a site is called as what both names have in common."""
    here, there = parsed(one.name), parsed(other.name)
    said = {*here.words, *map(fold, here.places)} & {*there.words, *map(fold, there.places)}
    return bool(said) and all(word in fold(web) for word in said)


def _reached(one: Organisation, other: Organisation, bearers: Bearers | None) -> Iterator[Evidence]:
    def few(kind: str, key: str, weight: float) -> float:
        count = bearers(kind, key) if bearers else 2
        return weight if count < 3 else weight * 2 / count

    if mails := one.mails & other.mails:
        key = min(mails)
        yield Evidence("mail", few("mail", key, 2.0), Text("the same mail address {mail}", mail=key))
    if phones := one.phones & other.phones:
        number = min(phones)[0]
        yield Evidence("phone", few("phone", number, 1.5), Text("the same number {number}", number=number))
    if webs := one.webs & other.webs:
        own = one.kind == other.kind != "sports_club" and any(
            _bears_the_name(web, one, other) for web in webs
        )
        yield Evidence("web", few("web", min(webs), 2.3 if own else 1.0), Text("the same page"))
    elif one.domains & other.domains and not mails:
        yield Evidence("web", 0.5, Text("page and mail under one domain"))
    if one.lies_with(other):
        yield Evidence("address", 0.8, Text("the same address"))
