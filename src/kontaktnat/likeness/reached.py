"""What two persons have in common that is theirs alone: mail addresses and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kontaktnat.i18n import Text
from kontaktnat.likeness import reach
from kontaktnat.likeness.namesakes import OTHER, TYPO
from kontaktnat.likeness.person import Person
from kontaktnat.likeness.weighing import Bearers, Evidence
from kontaktnat.text import fold


def mails(one: Person, other: Person, given: str, family: str, bearers: Bearers | None) -> Iterator[Evidence]:
    """A mail address they have in common, or nearly; the best. `bearers`: how many of a book have it."""
    best: list[Evidence] = []
    for key in one.mails.keys() & other.mails.keys():
        seen = one.mails[key]
        whose = {reach.is_of(seen.words, who.name.given, who.name.family) for who in (one, other)}
        count = bearers("mail", key) if bearers else 2
        if "both" in whose:
            weight = 4.0 if whose == {"both"} else 2.5 if OTHER in (family, given) else 3.5
            reason = Text("the same mail address {mail}", mail=key)
        elif seen.shared or count > 2 or _is_of_work(seen, one, other):
            weight, reason = 0.7, Text("the same mailbox {mail}, which is nobody's own", mail=key)
        elif "given" in whose:
            weight, reason = 3.0, Text("the same mail address {mail}", mail=key)
        elif "family" in whose or seen.household:
            weight, reason = 0.7, Text("the same mailbox {mail}, which may be a family's", mail=key)
        elif seen.domain:  # an employer's, and follows no name: of a place or a post, or what they log in by
            weight, reason = 1.0 if family == OTHER else 2.0, Text("the same mail address {mail}", mail=key)
        else:
            weight, reason = 1.2 if family == OTHER else 2.7, Text("the same mail address {mail}", mail=key)
        best.append(Evidence("mail" if weight > 1 else "shared", weight, reason))
    if best:
        yield max(best, key=lambda found: (found.weight, found.reason))
    elif family == OTHER and _bears_the_name(one, other):
        yield Evidence("named", 2.0, Text("a mail address of one follows the name of the other"))
    elif family not in (OTHER, TYPO) and given not in (OTHER, TYPO) and _nearly_one(one, other):
        yield Evidence("nearly", 1.0, Text("nearly the same mail address"))


def _is_of_work(mail: reach.Mail, one: Person, other: Person) -> bool:
    """Whether a mailbox is called as the place or the post of one of them: navet@ of Fritidsgården Navet."""
    called = {*mail.words} - {""}
    return any(
        len(word) > 3 and word in fold(f"{hat.actor} {hat.title}").split()
        for who in (one, other)
        for hat in who.hats
        for word in called
    )


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
                whole = len(mine.words) > 1 and mine.words == theirs.words  # all of the name, twice the same
                if host[0] == host[1] or min(map(len, host)) > (4 if whole else 5):
                    return True
    return False


def _is_under(host: str, other: str) -> bool:
    """Whether one host is under the other: edu.nybro.example."""
    return host.endswith(f".{other}") or other.endswith(f".{host}")


def each_by_name(one: Person, other: Person) -> bool:
    """eva.ek@ and eva.lund@ of one domain."""
    mine, theirs = (
        {mail.domain for mail in who.mails.values()
         if mail.domain and reach.is_of(mail.words, who.name.given, who.name.family) == "both"}
        for who in (one, other)
    )  # fmt: skip
    return not mine.isdisjoint(theirs)


def numbers(one: Person, other: Person, bearers: Bearers | None) -> Iterator[Evidence]:
    """A telephone number they have in common; the best."""
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
