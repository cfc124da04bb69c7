"""The basic checks: words no plugin brings, links that lead nowhere, addresses that cannot be right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kontaktnat.extend import Check, Finding, hookimpl
from kontaktnat.i18n import Text
from kontaktnat.model import RECORDS, Actor, Commitment, Contact, Record, Role
from kontaktnat.model.names import either, type_label
from kontaktnat.model.walk import links, words
from kontaktnat.vocabulary import vocabulary_name

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Outward

_known_posts: WeakKeyDictionary[Outward, frozenset[str]] = WeakKeyDictionary()


def unknown_words(record: Record, book: Outward) -> Iterable[Finding]:
    """A word that no installed plugin brings: kept as it is, and named here."""
    for path, word, vocabulary in words(record):
        if not book.words.has(vocabulary, word):
            yield Finding(
                message=Text("{word!r} is no word for {what}", word=word, what=vocabulary_name(vocabulary)),
                type=record.type,
                id=record.id,
                path=path,
                remedy="install the plugin that brings it, or set another word",
            )


def unknown_categories(record: Record, book: Outward) -> Iterable[Finding]:
    """A category that no installed plugin brings: kept as it is, and named here."""
    schemes = book.schemes
    for n, value in enumerate(record.categories):
        if schemes.get(value) is None:
            yield Finding(
                message=Text("{value!r} is no category of a scheme that is installed", value=value),
                type=record.type,
                id=record.id,
                path=f"categories[{n}]",
                remedy="install the plugin that brings its scheme, or set another",
            )
    names = schemes.kept_in("legal_form")
    form = record.legal_form if isinstance(record, Actor) else ""
    if form and names and not any(form in schemes.of(name) for name in names):
        yield Finding(
            message=Text("{value!r} is no code for a legal form", value=form),
            type=record.type,
            id=record.id,
            path="legal_form",
            remedy="set the code: kontaktnat list words has them",
        )


def broken_links(record: Record, book: Outward) -> Iterable[Finding]:
    """An id that no record has; only damage from outside can cause it."""
    for path, id, types in links(record):
        wanted = tuple(RECORDS) if "any" in types else types
        if not any(book.peek(RECORDS[name], id) for name in wanted):
            yield Finding(
                message=Text("no {type} {id}", type=either(("record",) if "any" in types else types), id=id),
                type=record.type,
                id=record.id,
                path=path,
                remedy="undo the change that took it away, or set another",
            )


def unreachable_numbers(record: Record, book: Outward) -> Iterable[Finding]:
    """Mail addresses and phone numbers that cannot be right."""
    from kontaktnat.matching import mail_problem, phone_problem

    for n, way in enumerate(record.ways if isinstance(record, Actor | Contact | Role) else ()):
        judge = {"mail": mail_problem, "phone": phone_problem}.get(way.kind)
        if judge and (problem := judge(way.value)):
            yield Finding(
                message=Text(
                    "{kind} of {type} {id}: {problem}",
                    kind=book.words.name("way_kind", way.kind),
                    type=type_label(record.type),
                    id=record.id,
                    problem=problem,
                ),
                type=record.type,
                id=record.id,
                path=f"ways[{n}]",
                remedy="correct it",
            )


def wrong_org_numbers(record: Record, book: Outward) -> Iterable[Finding]:
    """An organisation number whose control digit is wrong: a slip of the pen, for it fits nobody."""
    from kontaktnat.matching import org_number_problem

    del book
    if isinstance(record, Actor) and record.org_number and (problem := org_number_problem(record.org_number)):
        yield Finding(
            message=problem,
            type=record.type,
            id=record.id,
            path="org_number",
            remedy="compare with the register",
        )


def known_posts_of_the_protected(record: Record, book: Outward) -> Iterable[Finding]:
    """A protected person in a pack's post, whose id is the same in every book and tells the workplace."""
    if not isinstance(record, Role) or not record.contact or "actor" not in record.hidden:
        return
    if record.id in _posts(book) and record.contact in book.protected():
        yield Finding(
            # Of the person, never of the role: its id is what must not be told.
            message=Text("the id of one of their roles tells where somebody protected works"),
            type="contact",
            id=record.contact,
            remedy="take the protection away (--reveal REASON set WHO protected=no) and set it again: "
            "the role gets an id of its own then",
        )


def _posts(book: Outward) -> frozenset[str]:
    """Ids of the posts of all packs, read once for an Outward: there are packs of 21 counties."""
    if (known := _known_posts.get(book)) is None:
        from kontaktnat.posts import known_posts

        known = _known_posts[book] = frozenset(known_posts(book.plugins))
    return known


def sensitive_marks(record: Record, book: Outward) -> Iterable[Finding]:
    """A tag or category that tells of somebody's party, faith or union (GDPR, article 9)."""
    from kontaktnat.sensitive import reveals

    for path in ("tags", "categories") if isinstance(record, Contact | Role) else ():
        for n, value in enumerate(getattr(record, path)):
            if reveals(path, value, declared=book.schemes.closed):  # only here: schemes take a while to read
                yield Finding(
                    message=Text("it tells of somebody's party, faith or union"),
                    type=record.type,
                    id=record.id,
                    path=f"{path}[{n}]",
                    remedy="take it away here; the organisation may bear it",
                    rule="sensitive",
                )


def incomplete_agreements(record: Record, book: Outward) -> Iterable[Finding]:
    """An agreement without what the statute wants in it, or renewed from a day that nobody knows."""
    del book
    if not isinstance(record, Commitment) or record.kind != "agreement":
        return
    from kontaktnat.facts import is_unread

    if is_unread(record):
        return
    lacks = {
        "purposes": (record.purposes, Text("an agreement says for what purposes it is (lag 2023:196, 9 §)")),
        "areas": (record.areas, Text("an agreement says within what areas it is (lag 2023:196, 9 §)")),
        "valid_until": (record.valid_until or not record.renewal_years,
                        Text("an agreement that is renewed has an end from which it goes on")),
    }  # fmt: skip
    for path, (there, message) in lacks.items():
        if not there:
            yield Finding(
                message=message, type=record.type, id=record.id, path=path, remedy="read it, and set it"
            )


@hookimpl
def register_checks() -> list[Check]:
    return [
        Check(name="words", title="Words that no plugin brings", run=unknown_words),
        Check(name="categories", title="Categories that no plugin brings", run=unknown_categories),
        Check(name="links", title="Links that lead nowhere", run=broken_links),
        Check(name="ways", title="Addresses and numbers that cannot be right", run=unreachable_numbers),
        Check(
            name="known-posts",
            title="Posts whose id tells where somebody protected works",
            run=known_posts_of_the_protected,
        ),
        Check(
            name="sensitive",
            title="Marks of party, faith or union on persons",
            run=sensitive_marks,
            on_save=True,
        ),
        Check(name="commitments", title="Agreements that lack something", run=incomplete_agreements),
        Check(name="org-numbers", title="Organisation numbers of nobody", run=wrong_org_numbers),
    ]
