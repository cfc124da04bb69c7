"""Records of an archive: restored as they are, judged when all are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kontaktnat import codec, model
from kontaktnat.cover import MARK, cover
from kontaktnat.descriptors import Candidate, Change
from kontaktnat.errors import Invalid, KontaktnatError, Refused
from kontaktnat.judge import judge_change, missing_link
from kontaktnat.query import Doc

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward
    from kontaktnat.unit import Key


class Archive:
    """Restores records into the running transaction."""

    def __init__(self, book: Book, outward: Outward) -> None:
        self._book = book
        self._unit = book._now
        self._outward = outward
        self._restored: dict[Key, list[tuple[Candidate, str]]] = {}

    def restore(self, candidate: Candidate) -> str:
        """Put the candidate's document into the book; what became of it.

        Raises Refused for one that was exported covered, Invalid where the book has a newer state.
        """
        assert candidate.doc is not None
        doc, type_name = dict(candidate.doc), candidate.type
        if MARK in doc:
            raise Refused("this record was exported with something hidden; export it with --reveal REASON")
        id = codec.from_doc(codec.record_class(type_name), doc).id
        stored = self._unit.current(type_name, id)
        savepoint = self._unit.mark()
        self._book.restore(type_name, doc)
        wanted = self._unit.get(type_name, id) or {}
        if stored == wanted:
            return "unchanged"
        if stored is not None and stored.get("rev", 0) >= wanted["rev"]:
            differing = self._differing(type_name, stored, wanted)
            if not differing:  # in nothing that may be seen; what the book has stays
                self._unit.rewind(savepoint)
                return "unchanged"
            raise Invalid("the book has a newer or other state of it (rev {rev}; {fields} differ)",
                          rev=stored.get("rev", 0), fields=", ".join(differing), path=id)  # fmt: skip
        outcome = "created" if stored is None else "updated"
        self._restored.setdefault((type_name, id), []).append((candidate, outcome))
        return outcome

    def settle(self, take_back: Callable[[Candidate, str, KontaktnatError], None]) -> None:
        """Take back restored records that a guard refuses, then those whose links lead nowhere by that.

        Only now, as a line may refer to a later one; and until those that stay hold together.
        """
        for key in list(self._restored):
            before, after = self._unit.before(*key), self._unit.get(*key)
            change = Change(type=key[0], id=key[1], before=before, after=after)
            try:
                judge_change(self._book, self._unit, change, self._outward)
            except KontaktnatError as error:
                self._take_back(key, error, take_back)
        moved = True
        while moved:
            moved = False
            for key in list(self._restored):
                record = codec.from_doc(model.RECORDS[key[0]], self._unit.get(*key) or {})
                if problem := missing_link(self._unit, record):
                    self._take_back(key, problem, take_back)
                    moved = True

    def _take_back(
        self, key: Key, problem: KontaktnatError, told: Callable[[Candidate, str, KontaktnatError], None]
    ) -> None:
        self._unit.put(*key, self._unit.before(*key))
        for candidate, outcome in self._restored.pop(key):
            told(candidate, outcome, problem)

    def _differing(self, type_name: str, stored: Doc, wanted: Doc) -> list[str]:
        """Names of the fields that differ, as far as they may be seen."""
        seen, other = self._seen(type_name, stored), self._seen(type_name, wanted)
        hidden = {*seen.get(MARK, ()), *other.get(MARK, ())}
        if type_name == "interaction" and MARK in seen:  # whether a guess is covered would tell its answer
            seen, other = _without_deputies(seen), _without_deputies(other)
        # Of a field that is covered in part, what is left of it is compared.
        names = {*seen, *other} - {MARK} - {name for name in hidden if name not in seen or name not in other}
        return sorted(name for name in names if seen.get(name) != other.get(name))

    def _seen(self, type_name: str, doc: Doc) -> dict[str, Any]:
        return cover(type_name, doc, self._outward._covering())


def _without_deputies(doc: Doc) -> dict[str, Any]:
    parts = doc.get("participants", ())
    bare = [{name: value for name, value in one.items() if name != "deputy_for"} for one in parts]
    return {**doc, "participants": bare}
