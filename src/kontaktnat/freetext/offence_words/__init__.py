"""How Swedish says of a person that they are suspected, convicted, detained, reported, known to the police.

Each entry of a room says what it tells of, the forms (see `forms`), and beside them the harmless senses
of the same words, which are taken out of the sentence first.
"""

from __future__ import annotations

from kontaktnat.freetext.offence_words import custody, deeds, repute, suspicion, verdicts

WORDS = (*suspicion.WORDS, *custody.WORDS, *verdicts.WORDS, *repute.WORDS, *deeds.WORDS)

__all__ = ["WORDS"]
