"""The words of all plugins together: what a person types → a word's id, and back to a label."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from kontaktnat.descriptors import Vocabulary, Word
from kontaktnat.errors import Ambiguous, Invalid, PluginConflict
from kontaktnat.i18n import Label, Text, joined
from kontaktnat.text import fold

_FEW = 8
"""So many words are named to one who writes none of them."""
_NAMES = {
    "interaction_kind": Text("interaction kind"),
    "actor_kind": Text("actor kind"),
    "function": Text("function"),
    "sector": Text("sector"),
    "level": Text("level"),
    "purpose": Text("purpose"),
    "legal_basis": Text("legal basis"),
    "informed_how": Text("how somebody was informed"),
    "retention_rule": Text("rule of retention"),
    "commitment_kind": Text("commitment kind"),
    "commitment_status": Text("status of a commitment"),
    "commitment_content": Text("what a commitment has"),
    "commitment_state": Text("state"),
    "basis": Text("basis"),
    "crowding_state": Text("state"),
    "coverage_state": Text("state"),
    "wheel_kind": Text("kind"),
    "overlap_dimension": Text("dimension"),
    "double_kind": Text("kind"),
    "pack_change": Text("what became of it"),
    "record_type": Text("record type"),
    "way_kind": Text("way kind"),
    "interaction_status": Text("interaction status"),
    "direction": Text("direction"),
    "participation_status": Text("participation status"),
    "part": Text("part"),
    "topic_kind": Text("topic kind"),
    "topic_status": Text("topic status"),
    "topic_link": Text("topic link"),
    "evidence": Text("evidence"),
    "support": Text("support"),
    "audience": Text("audience"),
    "side": Text("side"),
    "assignment_level": Text("assignment level"),
    "due_state": Text("state"),
    "post_state": Text("state of a post"),
    "training_state": Text("state of training"),
    "lifted_state": Text("state"),
    "example_state": Text("state"),
    "series_scope": Text("which ones of a series"),
    "measure": Text("measure"),
    "path_link": Text("link of a path"),
    "relation": Text("relation"),
    "report_measure": Text("measure"),
    "report_point": Text("point of the report"),
}


def vocabulary_name(vocabulary: str) -> str:
    """What a vocabulary is called in a sentence."""
    return _NAMES.get(vocabulary) or vocabulary.replace("_", " ")


class Words:
    """Vocabularies by name. Several plugins may add to one; the same word twice is a PluginConflict."""

    def __init__(self, pieces: Iterable[tuple[str, Vocabulary]]) -> None:
        self._words: dict[str, dict[str, Word]] = {}
        owners: dict[tuple[str, str], str] = {}
        for plugin, vocabulary in pieces:
            words = self._words.setdefault(vocabulary.name, {})
            for word in vocabulary.words:
                if first := owners.get((vocabulary.name, word.id)):
                    raise PluginConflict(
                        "{first} and {plugin} both bring the word {name} ({vocabulary}); remove one of them",
                        first=first,
                        plugin=plugin,
                        name=word.id,
                        vocabulary=vocabulary.name,
                    )
                owners[vocabulary.name, word.id] = plugin
                words[word.id] = word

    def names(self) -> list[str]:
        """The vocabularies there are."""
        return sorted(self._words)

    def of(self, vocabulary: str) -> Mapping[str, Word]:
        """The words of one vocabulary by id; empty where nobody brings it."""
        return self._words.get(vocabulary, {})

    def has(self, vocabulary: str, word: str) -> bool:
        """Whether `word` is an id of the vocabulary."""
        return word in self.of(vocabulary)

    def label(self, vocabulary: str, word: str, lang: str = "sv") -> str:
        """The word's label; the word itself where its plugin is missing."""
        found = self.of(vocabulary).get(word)
        return (found.sv if lang == "sv" else found.en) if found else word

    def name(self, vocabulary: str, word: str) -> str:
        """The word as its reader says it (a `Label`); the word itself where its plugin is missing."""
        found = self.of(vocabulary).get(word)
        return Label(found.en, found.sv) if found else word

    def typed(self, vocabulary: str, word: str) -> str:
        """The word as its reader would type it: the id, in Swedish the label."""
        return Label(word, self.label(vocabulary, word))

    def lookup(self, vocabulary: str, text: str) -> str:
        """The id of what a person typed: an id, a label in either language, a synonym, or the start of one.

        Raises Invalid naming the nearest words, Ambiguous when the start fits several.
        """
        wanted = fold(text).replace("-", " ").replace("_", " ").strip()
        if self.has(vocabulary, text):
            return text
        spellings = [
            (fold(spelling).replace("-", " ").replace("_", " "), word.id)
            for word in self.of(vocabulary).values()
            for spelling in (*word.synonyms, word.en, word.sv, word.id)
        ]
        found = {word for spelling, word in spellings if spelling == wanted}
        if not found and len(wanted) > 2:
            found = {word for spelling, word in spellings if spelling.startswith(wanted)}
        if len(found) == 1:
            return found.pop()
        if found:
            candidates = sorted((word, self.name(vocabulary, word)) for word in found)
            raise Ambiguous(
                "{text} may mean {candidates_text}; write one of them",
                text=text,
                candidates=candidates,
                candidates_text=joined(", ", (self.typed(vocabulary, word) for word, _ in candidates)),
            )
        raise self.unknown(vocabulary, text)

    def unknown(self, vocabulary: str, text: str, path: str = "") -> Invalid:
        """The error for a word that does not exist; `fields["nearest"]` has up to three ids."""
        spellings = {
            fold(spelling): word.id
            for word in self.of(vocabulary).values()
            for spelling in (*word.synonyms, word.en, word.sv, word.id)
        }
        close = difflib.get_close_matches(fold(text), spellings, 6, 0.5)
        nearest = list(dict.fromkeys(spellings[spelling] for spelling in close))[:3]
        if nearest:
            names = joined(", ", (self.typed(vocabulary, word) for word in nearest))
            hint: str = Text("; nearest: {names}", names=names)
        elif 0 < len(self.of(vocabulary)) <= _FEW:
            names = joined(", ", (self.typed(vocabulary, word) for word in self.of(vocabulary)))
            hint = Text("; there are: {names}", names=names)
        else:
            hint = ""
        return Invalid(
            "{at}{text} is no word for {what}{hint} (all: kontaktnat list words)",
            at=f"{path}: " if path else "",
            path=path,
            text=text,
            what=vocabulary_name(vocabulary),
            nearest=nearest,
            hint=hint,
        )
