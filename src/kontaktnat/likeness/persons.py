"""Two persons: is it one? A name, and what beside it is theirs alone or theirs at work."""

from __future__ import annotations

from collections.abc import Sequence

from kontaktnat.i18n import Text
from kontaktnat.likeness import at_work, names, namesakes, reached, remarked, spelling
from kontaktnat.likeness.namesakes import INITIAL, KIN, MISSING, NICK, OTHER, PART, SAME, SPELLED, TYPO
from kontaktnat.likeness.person import Person
from kontaktnat.likeness.weighing import NOT_ALIKE, Bearers, Evidence, Likeness, weighed

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
    own = [*reached.mails(one, other, given, family, bearers), *reached.numbers(one, other, bearers)]
    roles = [*at_work.hats(one, other, family == OTHER)]
    rare = not any(map(names.is_fairly_common, (mine, theirs)))
    if not own and not roles and rare and remarked.called_alike(one, other):
        roles = [*at_work.trades(one, other)]
    filled = (mine, theirs) != (one.written, other.written)
    found = [] if nameless else [_name(mine, theirs, given, family, filled)]
    found += [
        *own,
        *roles,
        *remarked.elsewhere(one, other),
        *remarked.noted(one, other, family == OTHER, nameless),
    ]
    post = max((role.weight for role in roles), default=0.0)
    hats = (*one.hats, *other.hats)
    sole = post > 2.0 and any(hat.function and hat.function not in at_work.WIDE for hat in hats)
    against = [*remarked.against(one, other, own, given, family, sole)]
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
    given = namesakes.given_relation(mine.given, theirs.given)
    family = namesakes.family_relation(mine.family, theirs.family)
    if OTHER not in (given, family):
        return given, family
    if joined := _joined(mine, theirs):
        return joined
    if given == OTHER and family == OTHER:  # "Öberg Åsa"
        either = [
            (namesakes.given_relation(a.family, b.given), namesakes.family_relation(a.given, b.family))
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


def _joined(mine: names.Name, theirs: names.Name) -> tuple[str, str] | None:
    """How they stand where one writes in a word what the other writes in two: Abdulrahman, Abdul Rahman."""
    few, many = sorted(((*who.given, *who.family) for who in (mine, theirs)), key=len)
    if len(many) != len(few) + 1 or len(few) < 2:
        return None
    for n in range(len(few)):
        if "".join(many[n : n + 2]) == few[n] or spelling.sound("".join(many[n : n + 2])) == spelling.sound(
            few[n]
        ):
            whole = (*many[:n], few[n], *many[n + 2 :])
            given = namesakes.given_relation(few[:1], whole[:1])
            family = namesakes.family_relation(few[1:], whole[1:])
            if OTHER not in (given, family):
                return (given if given != SAME else SPELLED), (family if family != SAME else SPELLED)
    return None


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
    if given == TYPO and namesakes.both_borne(*(one.name.given for one in pair)):
        return mail < 2.5
    exact = {given, family} <= {SAME, SPELLED}
    if not mail and "phone" not in weights:
        return post < 2.0 or not exact or any(map(names.is_fairly_common, known))
    # What is theirs alone may still be a household's: a name that only fits needs a second thing.
    return not (exact or mail >= 3.5 or len(weights.keys() & {"mail", "phone", "line"}) > 1 or post > 1.0)
