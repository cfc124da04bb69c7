"""Erasing or anonymising a person, under a decision: what goes is told first, and it is for good.

Authorities erase only under a decision (arkivförordningen (1991:446) 14 §), and a system has to let them
(19 a §).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from kontaktnat import codec, model
from kontaktnat.descriptors import Change, Transaction
from kontaktnat.errors import Refused, Usage
from kontaktnat.i18n import Text, tr
from kontaktnat.plain import Plain
from kontaktnat.privacy.people import Subject, subject
from kontaktnat.privacy.scrubbing import RECEIPT, Place, Scrubber
from kontaktnat.query import Doc
from kontaktnat.remarks import refuse_in_label
from kontaktnat.unit import state_of

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.persons import PersonalData


@frozen(kw_only=True, eq=False, repr=False)
class Erasure(Plain):
    """What goes, or went. It names places and numbers, never a value."""

    _shown = ("person", "anonymised", "number")

    person: str
    """The contact's id."""
    anonymised: bool
    decision: str
    deleted: tuple[tuple[str, str], ...]
    """(type, id) of records that are gone."""
    changed: tuple[tuple[str, str], ...]
    """(type, id) of records that stay without the person."""
    texts: tuple[Place, ...]
    """Texts in these that named them."""
    left: tuple[Place, ...]
    """Texts in which a namesake may be meant: for a human to look at."""
    namesakes: tuple[str, ...]
    """Ids of other contacts of the same name."""
    transactions: int
    """How many entries of the log are rewritten."""
    held: tuple[tuple[str, PersonalData], ...] = field(repr=False)
    """(plugin, what it holds outside the records)."""
    missing: tuple[str, ...]
    """Plugins that have data on them here and are not in use: what they hold elsewhere stays."""
    number: int | None = None
    """Of the transaction that is the receipt; None: nothing was done yet."""


@frozen(kw_only=True, repr=False)
class _Plan:
    person: Subject
    scrubber: Scrubber
    kept: Mapping[tuple[str, str], tuple[Doc, Doc]]
    """Records that stay, changed: as they are, and as they will be."""
    told: Erasure


def erase(
    book: Book, id: str, decision: str, *, anonymise: bool, dry_run: bool, reveal: str | None
) -> Erasure:
    """See `Privacy.erase`."""
    if book._unit:
        raise Usage("an erasure is a transaction of its own: end the one that is open first")
    if not decision.strip():
        raise Refused("authorities erase only under a decision: name its reference (arkivförordningen 14 §)")
    if id in book._reader.past().people | book.protected():  # what would go tells what is covered
        if reveal is None:
            raise Refused("contact {id} is or was protected: say why, with --reveal REASON", id=id)
        book._log_reveal(reveal, (id,))
    with book.store.reading():
        plan, state = _planned(book, id, decision, anonymise=anonymise), state_of(book.store)
    if plan.person.closely.spot(decision) or any(one in decision for one in plan.person.ids):
        raise Refused("the reference names the person, and would stay; give its registry number alone")
    if plan.person.mentions.spot(book.by):
        raise Refused("who erases would stay in the receipt, and that is the person; say --by somebody else")
    refuse_in_label(book, decision)
    _ask_the_guards(book, id)
    if dry_run:
        return plan.told
    with book.store.writing():  # nothing is gone anywhere before it is sure that the book can be written
        _ask_to_erase(book, plan, beside=False)
        if state_of(book.store) != state:  # others have written since
            plan = _planned(book, id, decision, anonymise=anonymise)
        receipt = _receipt(book, plan)
        done = book.store.erase(plan.scrubber, plan.scrubber.head, receipt)
        news = book._news_of(done)
    book._tell(news)
    _ask_to_erase(book, plan, beside=True)
    return evolve(plan.told, number=done.number)


def _planned(book: Book, id: str, decision: str, *, anonymise: bool) -> _Plan:
    person = subject(book, id)
    store = book.store
    living = frozenset(doc["id"] for doc in store.find("contact")) - person.contacts
    mark = tr(Text("[anonymised]")) if anonymise else tr(Text("[erased]"))
    scrubber = Scrubber(person, keep=anonymise, mark=mark, living=living)
    deleted: list[tuple[str, str]] = []
    kept: dict[tuple[str, str], tuple[Doc, Doc]] = {}
    with store.reading():
        for type in model.RECORDS:
            for doc in store.find(type):
                after = scrubber(type, dict(doc))
                if after is None:
                    deleted.append((type, doc["id"]))
                elif after != doc:
                    kept[type, doc["id"]] = doc, after
        texts, left = tuple(scrubber.changed), tuple(scrubber.left)
        rewritten = sum(_is_rewritten(one, scrubber) for one in store.transactions())
    told = Erasure(
        person=id,
        anonymised=anonymise,
        decision=decision.strip(),
        deleted=tuple(deleted),
        changed=tuple(kept),
        texts=texts,
        left=left,
        namesakes=person.namesakes,
        transactions=rewritten,
        held=tuple(
            (plugin, one)
            for plugin, held in book.plugins.answers(
                "personal_data", person=person.person, book=book.outward()
            )
            for one in held
        ),
        missing=_missing(book, person),
    )
    return _Plan(person=person, scrubber=scrubber, kept=kept, told=told)


def _is_rewritten(transaction: Transaction, scrubber: Scrubber) -> bool:
    heads = {"label": transaction.label, "by": transaction.by, "reveals": list(transaction.reveals)}
    return scrubber.head(heads) != heads or any(
        doc is not None and scrubber(change.type, dict(doc)) != doc
        for change in transaction.changes
        for doc in (change.before, change.after)
    )


def _missing(book: Book, person: Subject) -> tuple[str, ...]:
    active = {plugin.name for plugin in book.plugins.loaded}
    docs = (doc for type in model.RECORDS for doc in book.store.find(type))
    theirs = (doc for doc in docs if doc["id"] in person.contacts or person.is_linked(doc))
    found = {name.partition(".")[0] for doc in theirs for name in doc.get("extra", ())}
    return tuple(sorted(found - active))


def _ask_to_erase(book: Book, plan: _Plan, *, beside: bool) -> None:
    """Other plugins before the book, ours for older states of it after: they may be what a failure needs."""
    own = [one.name for one in book.plugins.loaded if one.builtin]
    for name in book.plugins.having("erase_person"):
        if (name in own) is beside:
            book.plugins.answer_of(name, "erase_person", person=plan.person.person, book=book.outward())


def _ask_the_guards(book: Book, id: str) -> None:
    """A plugin may know of a reason to keep somebody: a record that is on loan to the archive, say."""
    doc = book.store.get("contact", id)
    if doc is not None:
        record = codec.from_doc(model.Contact, doc)
        book.plugins.guard("before_delete", record=record, book=book.outward())


def _receipt(book: Book, plan: _Plan) -> Transaction:
    """What stays to tell of it: no name, no id of theirs, no value.

    What is changed gets a new rev, so that nobody puts an older copy of it back.
    """
    told, now = plan.told, book.clock()
    written = {"changed": codec.to_doc(model.Setting(id=model.SettingId("x"), changed=now))["changed"]}
    changes = [
        Change(
            type=type,
            id=id,
            before=after,
            after={**after, **written, "rev": after["rev"] + 1, "changed_by": book.by},
        )
        for (type, id), (_, after) in plan.kept.items()
    ]
    number = book.store.version + 1
    setting = model.Setting(
        id=model.SettingId(f"{RECEIPT}{number}"),
        rev=1,
        created=now,
        created_by=book.by,
        value={
            "decision": told.decision,
            "kind": "anonymised" if told.anonymised else "erased",
            "records": dict(sorted(Counter(type for type, _ in told.deleted).items())),
            "changed": len(told.changed),
            "texts": len(told.texts),
            "transactions": told.transactions,
            "held": len(told.held),
            "missing_plugins": list(told.missing),
        },
    )
    kind = "anonymise" if told.anonymised else "erase"
    return Transaction(
        at=now,
        by=book.by,
        label=f"{kind}: {told.decision}",
        changes=(*changes, Change(type="setting", id=setting.id, after=codec.to_doc(setting))),
        final=True,
    )
