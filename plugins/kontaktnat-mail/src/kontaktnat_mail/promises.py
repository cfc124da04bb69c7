"""Sentences of a mail that look like promises: what may become follow-ups, if somebody says so.

Only what a sender says of themselves counts ("jag skickar … senast fredag", "we'll get back to you"), not
what is asked of others, asked at all, denied, tied to an if, or done with the mail itself ("I attach").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from attrs import frozen

from kontaktnat.errors import Invalid
from kontaktnat.extend import parse_day
from kontaktnat.model import PartialDate
from kontaktnat_mail.quotes import own_words

MOST = 10
_LONGEST = 300
"""Characters of a sentence; a longer one promises nothing that can be followed up."""
_ACTS = (
    "skickar|återkommer|återkopplar|ringer|kollar|undersöker|tar fram|tar reda på|bokar|ordnar|fixar|"
    "förbereder|mejlar|mailar|lovar|ser till|kontaktar|meddelar|bjuder in|lämnar|svarar|lägger upp|"
    "sammanställer|tar med|tar kontakt|följer upp|stämmer av|kallar|hör av (?:mig|oss)|skriver|bidrar|"
    "anmäler|pratar med|lyfter|tar upp|kommer tillbaka|delar|levererar|deltar|föreslår en tid"
)
_PROMISE = re.compile(
    rf"\b(?:jag|vi) (?:\w+ ){{0,2}}?(?:{_ACTS})\b"
    rf"|\b(?:{_ACTS}) (?:jag|vi)\b"
    rf"|^(?:\w+ ){{0,2}}?(?:återkommer|återkopplar|hör av (?:mig|oss))\b"
    r"|\b(?:jag|vi) (?:\w+ ){0,2}?(?:ska|kommer att|lovar att) \w+"
    r"|\b(?:ska|kommer) (?:jag|vi) (?:att )?\w+"
    r"|\b(?:i|we)(?:['’]ll| will| shall| promise to|(?:['’]m| am|['’]re| are) going to) \w+"
    r"|^(?:will|shall) (?:get back|send|call|let you know|follow up|check)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:inte|aldrig|not|never|won['’]t|härmed|bifogar|bifoga[dt]|hereby|attached)\b"
    r"|\b(?:om|ifall|när|innan|if|when|whether|unless) (?:jag|vi|i|we)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[^.!?\n]+(?:(?:\.(?=\S)|(?<=\bv)\.|(?<=\b(?:kl|ca|nr))\.)[^.!?\n]+)*[.!?]?", re.IGNORECASE
)
"""A dot ends none that no space follows (12.30), nor one of "v. 48" and "kl. 10"."""
_COUNT = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
    "tio": 10, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_WEEKDAY = (
    "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_MONTH = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|oct|nov|dec"
)
_DAY = re.compile(
    r"(?P<week>(?:i )?(?:nästa|kommande) vecka|(?:i |under )?(?:nästkommande )veckan?|next week)"
    r"|(?P<this>(?:i |under )?(?:veckan|denna vecka|den här veckan)|this week)"
    r"|(?P<month>(?:i )?nästa månad|next month)"
    rf"|(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
    rf"|(?P<date>\b\d{{1,2}}(?::?[ae]|st|nd|rd|th)? ?(?:{_MONTH})\b(?: \d{{4}})?)"
    rf"|(?P<english>\b(?:{_MONTH}) \d{{1,2}}\b)"
    r"|(?P<slash>\b\d{1,2}/\d{1,2}\b)"
    r"|(?P<number>\b(?:v|vecka|week) ?\.? ?\d{1,2}\b)"
    r"|(?P<tomorrow>\b(?:i ?över ?morgon|i ?morgon|tomorrow|idag|i dag|today|ikväll|i kväll)\b)"
    rf"|(?P<after>\b(?:om|inom|in|within) (?:\d{{1,3}}|{'|'.join(sorted(_COUNT, key=len, reverse=True))}) "
    r"(?:dagar|dag|veckor|vecka|månader|månad|days?|weeks?|months?)\b)"
    rf"|(?P<weekday>\b(?:(?:nästa|next) )?(?:{_WEEKDAY})(?:en)?\b)",
    re.IGNORECASE,
)


@frozen(kw_only=True)
class Suggestion:
    """A follow-up that a mail may call for; nobody has taken it on yet."""

    text: str
    """The sentence as it stands in the mail."""
    due: PartialDate | None = None
    """The day it names, as the mail's day reads it."""
    side: str
    """Who promised: "we" in a mail of ours, "they" in one to us."""


def suggestions(text: str, date: datetime | None, *, ours: bool) -> tuple[Suggestion, ...]:
    """What a mail's sender seems to promise in its body, at most ten; `date` is when it was written.

    Quoted mail and signatures are passed by: others promised there, or long ago.
    """
    found: dict[str, Suggestion] = {}
    for sentence in _sentences(own_words(text)):
        if _PROMISE.search(sentence) and not _NOT.search(sentence):
            due = _due(sentence, date) if date else None
            found.setdefault(sentence, Suggestion(text=sentence, due=due, side="we" if ours else "they"))
            if len(found) == MOST:
                break
    return tuple(found.values())


def _sentences(text: str) -> Iterator[str]:
    """Sentences that ask nothing; a line that goes on in the next is put together with it."""
    joined = re.sub(r"(?<=[a-zåäöé,]) ?\n(?=[a-zåäö0-9])", " ", text)
    for found in _SENTENCE.finditer(joined):
        said = " ".join(found[0].split()).lstrip("-*• ").strip()
        if said and not said.endswith("?") and len(said) <= _LONGEST:
            yield said


def _due(sentence: str, written: datetime) -> PartialDate | None:
    """The first day that a sentence names, after "senast" or "by" if it has that; None if it names none."""
    start = re.search(r"\b(?:senast|by|before|före|innan|till)\b", sentence, re.IGNORECASE)
    found = (_DAY.search(sentence, start.end()) if start else None) or _DAY.search(sentence)
    if found is None:
        return None
    try:
        return parse_day(_words(found, written), written, past=False)
    except Invalid:
        return None


def _words(found: re.Match[str], written: datetime) -> str:
    """What the book reads days from, of what people write in mail."""
    said = " ".join(found[0].lower().split())
    match found.lastgroup:
        case "week" | "this":
            week = (written + timedelta(days=7 if found.lastgroup == "week" else 0)).isocalendar()
            return f"v{week.week} {week.year}"
        case "month":
            first = written.replace(day=1) + timedelta(days=31)
            return f"{first:%Y-%m}"
        case "tomorrow":
            return said.replace("kväll", "dag").replace(" ", "")
        case "after":
            word, count, unit = said.split()
            return f"{'in' if word in ('in', 'within') else 'om'} {_COUNT.get(count, count)} {unit}"
        case "date":
            return re.sub(r"(?<=\d)(?::?[ae]|st|nd|rd|th)(?= )", "", said)
        case "number":
            return said.replace(".", "")
        case _:
            return said
