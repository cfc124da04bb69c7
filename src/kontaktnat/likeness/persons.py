"""Two persons: is it one? A name, and what beside it is theirs alone or theirs at work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kontaktnat.i18n import Text
from kontaktnat.likeness import names, reach, spelling
from kontaktnat.likeness.names import INITIAL, KIN, MISSING, NICK, OTHER, PART, SAME, SPELLED, TYPO
from kontaktnat.likeness.organisations import one_place
from kontaktnat.likeness.person import Hat, Person
from kontaktnat.likeness.weighing import NOT_ALIKE, Bearers, Evidence, Likeness, weighed
from kontaktnat.text import fold

_GIVEN = {
    SAME: 1.5,
    SPELLED: 1.4,
    PART: 1.2,
    NICK: 1.1,
    TYPO: 0.9,
    KIN: -0.1,
    INITIAL: 0.4,
    MISSING: -0.4,
    OTHER: -5.0,
}
_FAMILY = {SAME: 1.5, SPELLED: 1.4, PART: 1.1, TYPO: 0.9, INITIAL: 0.2, MISSING: -0.4, OTHER: -1.2}
_MANY_BEAR_IT = -0.9


def persons(one: Person, other: Person, bearers: Bearers | None = None) -> Likeness:
    """How like two persons are."""
    given, family = _relations(one.written, other.written)
    if given == OTHER and family == OTHER:
        return NOT_ALIKE
    mine, theirs = one.name, other.name
    if (mine, theirs) != (one.written, other.written):
        given, family = _relations(mine, theirs)
    if given == OTHER and family in (OTHER, MISSING, INITIAL):
        return NOT_ALIKE
    if family == OTHER and not _have_something(one, other):
        return NOT_ALIKE
    nameless = (given, family) == (MISSING, MISSING)
    if nameless and (mine[:2] != ((), ()) and theirs[:2] != ((), ())):
        return NOT_ALIKE  # of one only the given name is known, of the other the family's
    if one.age and other.age and one.age != other.age:
        return NOT_ALIKE  # the elder and the younger
    own = [*_mails(one, other, given, family, bearers), *_numbers(one, other, bearers)]
    roles = [*_hats(one, other, family == OTHER)]
    filled = (mine, theirs) != (one.written, other.written)
    found = [] if nameless else [_name(mine, theirs, given, family, filled)]
    found += [*own, *roles, *_elsewhere(one, other), *_noted(one, other, family == OTHER, nameless)]
    post = max((role.weight for role in roles), default=0.0)
    hats = (*one.hats, *other.hats)
    sole = post > 2.0 and any(hat.function and hat.function not in _WIDE for hat in hats)
    against = [*_against(one, other, own, given, family, sole)]
    doubtful = nameless or _is_doubtful((one, other), given, family, own, post, bool(against))
    return weighed((*found, *against), doubtful=doubtful)


def _have_something(one: Person, other: Person) -> bool:
    """Whether two of the same given name have anything else in common: a cheap look."""
    if not one.mails.keys().isdisjoint(other.mails) or not one.phones.keys().isdisjoint(other.phones):
        return True
    if not one.addresses.isdisjoint(other.addresses):
        return True
    return bool(
        (one.hats and other.hats)
        or (one.mails and other.mails)
        or one.note
        or other.note
        or one.aside
        or other.aside
    )


def _relations(mine: names.Name, theirs: names.Name) -> tuple[str, str]:
    given = names.given_relation(mine.given, theirs.given)
    family = names.family_relation(mine.family, theirs.family)
    if OTHER not in (given, family):
        return given, family
    if given == OTHER and family == OTHER:  # "Öberg Åsa"
        either = [
            (names.given_relation(a.family, b.given), names.family_relation(a.given, b.family))
            for a, b in ((mine, theirs), (theirs, mine))
        ]
        turned = min(either, key=lambda found: (_ORDER[found[1]], _ORDER[found[0]]))
        if turned[0] in (SAME, SPELLED, PART, NICK, INITIAL) and turned[1] in (SAME, SPELLED):
            both = all(
                spelling.is_given(who.family) and spelling.is_given(who.given) for who in (mine, theirs)
            )
            return (KIN, SAME) if both else turned  # Elias Martin and Martin Elias may well be two
        return given, family
    if family == OTHER and mine.given[:1] == theirs.given[:1] and _within(mine, theirs):
        return SAME, PART  # a name for a middle name or for the family's: Nadia Khalil Svensson
    return given, family


def _within(mine: names.Name, theirs: names.Name) -> bool:
    """Whether one has all the words of the other's name, two at least."""
    few, many = sorted(({*map(spelling.sound, (*who.given, *who.family))} for who in (mine, theirs)), key=len)
    return len(few) > 1 and few < many


def _name(mine: names.Name, theirs: names.Name, given: str, family: str, filled: bool) -> Evidence:
    weight = _GIVEN[given] + _FAMILY[family]
    if filled and OTHER not in (given, family):
        return Evidence(
            "name", weight, Text("an initial that a mail address writes out, and it is the same name")
        )
    if given == family == TYPO:
        weight -= 0.8
    if (given, family) in ((SAME, SAME), (SPELLED, SAME), (SAME, SPELLED)) and (
        names.is_common(mine) or names.is_common(theirs)
    ):
        reason = Text("the same name, which many bear")
        if SPELLED in (given, family):
            reason = Text("the same name, spelled otherwise, which many bear")
        return Evidence("name", weight + _MANY_BEAR_IT, reason)
    if given == OTHER:
        return Evidence("name", weight, Text("the same family name, another given name"))
    if family == OTHER:
        if len(mine.given) > 1 and given in (SAME, SPELLED):
            weight += 0.5
        return Evidence("name", weight, Text("the same given name, another family name"))
    if given == family == SAME:
        return Evidence("name", weight, Text("the same name"))
    return Evidence("name", weight, _NAME_REASONS[max((given, family), key=_ORDER.__getitem__)])


_ORDER = {kind: n for n, kind in enumerate((SAME, SPELLED, PART, NICK, TYPO, KIN, INITIAL, MISSING, OTHER))}
_NAME_REASONS = {
    SPELLED: Text("the same name, spelled otherwise"),
    PART: Text("a name more or less, the others are the same"),
    NICK: Text("a short form of the same name"),
    TYPO: Text("nearly the same name, as by a slip of the pen"),
    KIN: Text("given names of one origin"),
    INITIAL: Text("an initial that fits the name"),
    MISSING: Text("only a part of the name is known, and it is the same"),
}


# What is theirs alone


def _mails(
    one: Person, other: Person, given: str, family: str, bearers: Bearers | None
) -> Iterator[Evidence]:
    best: list[Evidence] = []
    for key in one.mails.keys() & other.mails.keys():
        seen = one.mails[key]
        whose = {reach.is_of(seen.words, who.name.given, who.name.family) for who in (one, other)}
        count = bearers("mail", key) if bearers else 2
        if "both" in whose:
            weight = 4.0 if whose == {"both"} else 2.5 if OTHER in (family, given) else 3.5
            reason = Text("the same mail address {mail}", mail=key)
        elif seen.shared or count > 2:
            weight, reason = 0.7, Text("the same mailbox {mail}, which is nobody's own", mail=key)
        elif "given" in whose:
            weight, reason = 3.0, Text("the same mail address {mail}", mail=key)
        elif "family" in whose or seen.household:
            weight, reason = 0.7, Text("the same mailbox {mail}, which may be a family's", mail=key)
        else:
            weight, reason = 1.2 if family == OTHER else 2.7, Text("the same mail address {mail}", mail=key)
        best.append(Evidence("mail" if weight > 1 else "shared", weight, reason))
    if best:
        yield max(best, key=lambda found: (found.weight, found.reason))
    elif family == OTHER and _bears_the_name(one, other):
        yield Evidence("named", 2.0, Text("a mail address of one follows the name of the other"))
    elif family not in (OTHER, TYPO) and given not in (OTHER, TYPO) and _nearly_one(one, other):
        yield Evidence("nearly", 1.0, Text("nearly the same mail address"))


def _bears_the_name(one: Person, other: Person) -> bool:
    """Whether an address of one follows the name of the other: it was hers before she married."""
    return any(
        reach.is_of(mail.words, theirs.name.given, theirs.name.family) == "both"
        for mine, theirs in ((one, other), (other, one))
        for mail in mine.mails.values()
        if mail.key not in theirs.mails
        and reach.is_of(mail.words, mine.name.given, mine.name.family) != "both"
    )


def _nearly_one(one: Person, other: Person) -> bool:
    """Whether two addresses differ as by a slip of the pen; a number in one of them is no slip."""
    from rapidfuzz.distance import OSA

    def near(mine: str, theirs: str) -> bool:
        short = min(len(mine), len(theirs))
        least = 1 if short < 8 else 2
        return mine == theirs or (short > 4 and OSA.distance(mine, theirs, score_cutoff=2) <= least)

    for mine in one.mails.values():
        for theirs in other.mails.values():
            same_digits = [*filter(str.isdigit, mine.key)] == [*filter(str.isdigit, theirs.key)]
            parts = (mine.key.partition("@"), theirs.key.partition("@"))
            if parts[0][0] == parts[1][0] and len(mine.words) > 1 and _is_under(parts[0][2], parts[1][2]):
                return True
            if same_digits and all(near(a, b) for a, b in zip(*parts, strict=True)):
                host = [part[2].rpartition(".")[0] for part in parts]
                if host[0] == host[1] or min(map(len, host)) > 5:
                    return True
    return False


def _is_under(host: str, other: str) -> bool:
    """Whether one host is under the other: edu.nybro.example."""
    return host.endswith(f".{other}") or other.endswith(f".{host}")


def _each_by_name(one: Person, other: Person) -> bool:
    """eva.ek@ and eva.lund@ of one domain."""
    mine, theirs = (
        {mail.domain for mail in who.mails.values()
         if mail.domain and reach.is_of(mail.words, who.name.given, who.name.family) == "both"}
        for who in (one, other)
    )  # fmt: skip
    return not mine.isdisjoint(theirs)


def _numbers(one: Person, other: Person, bearers: Bearers | None) -> Iterator[Evidence]:
    best: list[Evidence] = []
    shared = one.shares_number or other.shares_number
    for key in one.phones.keys() & other.phones.keys():
        (mine, here), (theirs, there) = one.phones[key], other.phones[key]
        count = bearers("phone", key) if bearers else 2
        if mine and theirs:
            if mine == theirs:
                best.append(Evidence("phone", 3.0, Text("the same extension of {number}", number=key)))
        elif count > 3 or "many" in (here, there) or shared:
            best.append(
                Evidence("shared", 0.4, Text("the same number {number}, which many have", number=key))
            )
        elif reach.is_mobile(key) and "home" not in (here, there):
            weight = 3.6 if count < 3 else 1.6
            best.append(Evidence("phone", weight, Text("the same mobile number {number}", number=key)))
        else:
            best.append(Evidence("line", 1.3, Text("the same number {number}", number=key)))
    if best:
        yield max(best, key=lambda found: (found.weight, found.reason))


# At work


def _hats(one: Person, other: Person, renamed: bool) -> Iterator[Evidence]:
    best: list[Evidence] = []
    for mine in one.hats:
        for theirs in other.hats:
            place = one_place(mine.actor, theirs.actor) if mine.actor and theirs.actor else ""
            post = _post(mine, theirs)
            if place == "same" and post:
                weight, reason = (2.7 if post == "one" else 1.7), Text("the same role at the same place")
                if len(mine.since) > 6 and mine.since[:7] == theirs.since[:7]:
                    weight, reason = (
                        weight + 1.0,
                        Text("the same role at the same place since the same month"),
                    )
                if not mine.meets(theirs):
                    weight = min(weight, 1.7)
                    if renamed:
                        weight, reason = -2.5, Text("one came after the other in the role")
            elif place == "same":
                actor = min(mine.actor, theirs.actor)
                weight, reason = 1.2, Text("both at {actor}", actor=actor)
                if mine.is_told and theirs.is_told and mine.meets(theirs):
                    weight, reason = 0.4, Text("both at {actor}, in different roles", actor=actor)
            elif place == "part" or _parents(mine, theirs):
                weight, reason = (1.7 if post else 0.7), Text("at places that belong together")
            elif mine.is_followed_by(theirs) or theirs.is_followed_by(mine):
                weight, reason = (0.9 if post else 0.6), Text("one role ends where the other begins")
            else:
                continue
            best.append(Evidence("role", weight, reason))
    if best:
        yield max(best, key=lambda found: (found.weight, found.reason))


_WIDE = frozenset({"case_officer", "unit_head", "association_contact"})
"""Functions of which a place has many."""


def _post(mine: Hat, theirs: Hat) -> str:
    """Whether they are "one" post, or of one sort ("wide"), of which there may be many; ""."""
    here, there = ({*fold(hat.title).replace(".", "").split()} for hat in (mine, theirs))
    titled = bool(here and there) and (here <= there or there <= here)
    if mine.function and mine.function == theirs.function:
        if titled or mine.function not in _WIDE:
            return "one"
        return "" if here and there and mine.function != "association_contact" else "wide"
    return "one" if titled and not (mine.function and theirs.function) else "wide" if titled else ""


def _parents(mine: Hat, theirs: Hat) -> bool:
    pairs = ((mine.parent, theirs.actor), (mine.actor, theirs.parent), (mine.parent, theirs.parent))
    return any(a and b and one_place(a, b) == "same" for a, b in pairs)


def _elsewhere(one: Person, other: Person) -> Iterator[Evidence]:
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


_RENAMED = re.compile(
    r" (?:hette|heter nu|bytte? \w*namn|nytt (?:efter)?namn|ogift|flicknamn|gifte sig|nygift) "
)


# Against it


def _against(
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
        if family in (SPELLED, TYPO) and _each_by_name(one, other):
            yield Evidence("other", -1.0, Text("mail addresses of one employer that follow the two names"))
        return
    if family != OTHER and _namesakes(one, other):
        yield Evidence("namesake", -3.0, Text("each has an own mail address of one employer"))
    elif (given, family) != (SAME, SAME) and not sole and _each_by_name(one, other):
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


def _noted(one: Person, other: Person, renamed: bool, nameless: bool) -> Iterator[Evidence]:
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


def _is_doubtful(
    pair: tuple[Person, Person], given: str, family: str, own: Sequence[Evidence], post: float, against: bool
) -> bool:
    """Whether it must not be called sure, however much speaks for it."""
    if against or given in (KIN, OTHER):
        return True
    weights = {found.kind: found.weight for found in own}
    mail, known = weights.get("mail", 0.0), (one.name for one in pair)
    if family == OTHER:
        return not (mail >= 2.5 and "phone" in weights)
    if {given, family} & {INITIAL, MISSING}:
        return mail < 2.5
    if given == TYPO and names.both_borne(*(one.name.given for one in pair)):
        return mail < 2.5
    exact = {given, family} <= {SAME, SPELLED}
    if not mail and "phone" not in weights:
        return post < 2.0 or not exact or any(map(names.is_fairly_common, known))
    # What is theirs alone may still be a household's: a name that only fits needs a second thing.
    return not (exact or mail >= 3.5 or len(weights.keys() & {"mail", "phone", "line"}) > 1 or post > 1.0)
