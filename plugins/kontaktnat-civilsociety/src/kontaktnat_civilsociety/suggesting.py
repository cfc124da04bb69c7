"""What an actor may be, and why that is thought: suggestions, which nobody but the user makes true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from kontaktnat.extend import Text, joined
from kontaktnat.model import Actor
from kontaktnat_civilsociety.names import Hit, hits, is_association, is_company, is_foundation, is_public
from kontaktnat_civilsociety.numbers import FAITH, group, group_title, ten
from kontaktnat_civilsociety.registers import codes_of
from kontaktnat_civilsociety.schemes import ICNPO, LEGAL_FORM
from kontaktnat_civilsociety.standing import CIVIL_SOCIETY, OTHER_KINDS

if TYPE_CHECKING:
    from kontaktnat.extend import Outward

SECTOR = f"sector:{CIVIL_SOCIETY}"
DECLINED = "civilsociety.declined."
"""How the ids of settings begin that say what an actor is not."""
_OF_KIND = {
    "victim_support": "7200", "womens_shelter": "4100", "faith_community": "10100",
    "church_of_sweden_parish": "10100", "study_association": "2300", "sports_club": "1200",
    "business_association": "11100", "tenant_owner_association": "6200",
}  # fmt: skip
"""Kinds that say what an association does."""
_FORM_NAMES = (
    ("brf", "53"), ("bostadsrättsförening", "53"), ("bostadsrättsföreningen", "53"),
    ("kooperativ hyresrättsförening", "54"), ("kyrkliga samfällighet", "63"),
    ("kyrkliga samfälligheten", "63"), ("samfällighet", "62"), ("samfälligheten", "62"),
    ("samfällighetsförening", "62"),
    ("samfällighetsföreningen", "62"), ("vägförening", "62"), ("vägföreningen", "62"),
    ("ekonomisk förening", "51"), ("ek. för.", "51"), ("ek.för.", "51"), ("ek för", "51"),
    ("ideell förening", "61"), ("ideella föreningen", "61"), ("arbetslöshetskassa", "95"),
    ("arbetslöshetskassan", "95"), ("a-kassa", "95"), ("a-kassan", "95"),
)  # fmt: skip
"""Legal forms by what stands in a name."""
_OTHER = "other"


@frozen(kw_only=True, repr=False)
class Suggestion:
    """One thing that an actor may be: `icnpo:1200`, `legal_form:61` or `sector:civil_society`, and why."""

    value: str
    reason: str
    kind: str = ""
    """The kind that goes with it, for an actor whose kind nobody has said."""

    @property
    def scheme(self) -> str:
        """What it says something of: `icnpo`, `legal_form`, `sector`."""
        return self.value.partition(":")[0]

    @property
    def code(self) -> str:
        """The code, or the word."""
        return self.value.partition(":")[2]


def suggestions(
    book: Outward, actors: Iterable[Actor] | None = None
) -> Iterator[tuple[Actor, tuple[Suggestion, ...]]]:
    """Actors about which there is something to ask, each with what is suggested, in Swedish order.

    Only what is shown is gone by: of a protected one neither its number nor its tags. Left out are those
    that were succeeded, and what somebody has said no to.
    """
    from kontaktnat.extend import collation_key

    asked = book.actors.all() if actors is None else list(actors)
    declined = {
        one.id.removeprefix(DECLINED): frozenset(map(str, one.value))
        for one in book.settings.all()
        if one.id.startswith(DECLINED)
    }
    kinds = frozenset(book.words.of("actor_kind"))
    for actor in sorted(asked, key=lambda one: (collation_key(one.name), one.id)):
        if actor.succeeded_by:
            continue
        no = declined.get(actor.id, frozenset())
        if found := tuple(one for one in suggest(actor, kinds=kinds) if one.value not in no):
            yield actor, found


def title_of(book: Outward, value: str) -> str:
    """What a suggestion's value is called."""
    return book.words.name("sector", CIVIL_SOCIETY) if value == SECTOR else book.schemes.title(value)


def suggest(actor: Actor, *, kinds: frozenset[str] = frozenset()) -> tuple[Suggestion, ...]:
    """What an actor may be and does not say yet, likeliest first; nothing of authorities and companies.

    `kinds`: the words of `actor_kind` that there are. An actor that has a category of ICNPO, a legal form or
    a sector is not asked about it again.
    """
    if actor.kind in OTHER_KINDS or actor.sector not in ("", CIVIL_SOCIETY) or is_public(actor.name):
        return ()
    digit = group(actor.org_number)
    if digit and digit not in "278":
        return ()  # a company, an estate, a partnership: whatever it is called
    if digit == "2" and not ten(actor.org_number).startswith(FAITH):
        return ()
    found: list[Suggestion] = []
    if not any(one.startswith(f"{ICNPO}:") for one in actor.categories):
        found += _once(_doing(actor, kinds))
    if not actor.legal_form:
        found += _once(_form(actor, digit))
    if not actor.sector and not found:
        found += _sector(actor, digit)
    return tuple(found)


def _once(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Each value once, with all the reasons for it."""
    kept: dict[str, Suggestion] = {}
    for one in found:
        known = kept.get(one.value)
        reason = one.reason if known is None else joined("; ", (known.reason, one.reason))
        kind = one.kind if known is None else known.kind or one.kind
        kept[one.value] = Suggestion(value=one.value, reason=reason, kind=kind)
    return list(kept.values())


def _doing(actor: Actor, kinds: frozenset[str]) -> Iterator[Suggestion]:
    """What it does: by its kind, its names, its number, what a register calls it."""
    if code := _OF_KIND.get(actor.kind):
        yield Suggestion(value=f"{ICNPO}:{code}", reason=Text("its kind says so"))
    for hit in hits(actor.name):
        yield from _of_name(actor, hit, kinds)
    if ten(actor.org_number).startswith(FAITH) or actor.legal_form == "63":
        reason = Text("its number or legal form is that of a faith community")
        yield Suggestion(value=f"{ICNPO}:10100", reason=reason, kind=_kind(actor, "faith_community", kinds))
    if not is_company(actor.name):
        for tag in actor.tags:
            for code in codes_of(tag):
                reason = Text('a register calls it "{word}"', word=tag)
                yield Suggestion(value=f"{ICNPO}:{code}", reason=reason, kind=_kind(actor, "", kinds))


def _of_name(actor: Actor, hit: Hit, kinds: frozenset[str]) -> Iterator[Suggestion]:
    reason = Text('"{word}" in its name is usual for {what}', word=hit.words, what=hit.rule.what)
    for code in hit.rule.codes:
        yield Suggestion(value=f"{ICNPO}:{code}", reason=reason, kind=_kind(actor, hit.rule.kind, kinds))


def _kind(actor: Actor, kind: str, kinds: frozenset[str]) -> str:
    """The kind that goes with it, where nobody has said one and the word is there; else an association."""
    if actor.kind != _OTHER:
        return ""
    return next((one for one in (kind, "association") if one in kinds), "")


def _form(actor: Actor, digit: str) -> Iterator[Suggestion]:
    """Its legal form: by a word for one in its name, and by its number."""
    from kontaktnat.extend import fold

    if is_company(actor.name):
        return
    plain = f" {' '.join(fold(actor.name).replace(',', ' ').split())} "
    named = next(((word, code) for word, code in _FORM_NAMES if f" {fold(word)} " in plain), None)
    foundation, association = is_foundation(actor.name), is_association(actor.name)
    in_the_name = Text('"{word}" in its name', word=named[0] if named else foundation or association)
    in_number = Text("its number begins with {digit}: {what}", digit=digit, what=group_title(digit))
    if ten(actor.org_number).startswith(FAITH):
        yield _formed(
            "63", Text("its number begins with {digit}: {what}", digit=FAITH, what=group_title("2"))
        )
    elif named:
        yield _formed(named[1], in_the_name)
    elif foundation and digit in ("", "8"):
        yield _formed("72", joined("; ", (in_the_name, in_number)) if digit else in_the_name)
    elif digit == "8":
        yield _formed("61", joined("; ", (in_number, in_the_name)) if association else in_number)
        if not association and not any(hits(actor.name)):
            yield _formed("72", in_number)
    elif digit == "7":
        yield _formed("51", in_number)
        yield _formed("53", in_number)
        yield _formed("62", in_number)


def _formed(code: str, reason: str) -> Suggestion:
    return Suggestion(value=f"{LEGAL_FORM}:{code}", reason=reason)


def _sector(actor: Actor, digit: str) -> Iterator[Suggestion]:
    """That it is of civil society, where that is all that can be said."""
    if is_company(actor.name):
        return
    word = is_association(actor.name) or is_foundation(actor.name)
    if word and digit in ("", "8"):
        yield Suggestion(value=SECTOR, reason=Text('"{word}" in its name', word=word))
    elif digit == "8":
        title = group_title(digit)
        yield Suggestion(
            value=SECTOR, reason=Text("its number begins with {digit}: {what}", digit=digit, what=title)
        )
