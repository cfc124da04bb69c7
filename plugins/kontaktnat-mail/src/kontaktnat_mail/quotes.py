"""What a sender wrote in a mail, without what is quoted in it and without the signature.

Swedish, English, Norwegian, Danish and German, as Outlook, Exchange, Gmail, Apple's and phones' programs
write. Own: of what there is, mail-parser-reply reads Swedish well but takes minutes for one long line and
takes a list's "- ett" for a signature; quotequail takes an answer for a forwarded mail. Here each line
is looked at once, and what is in doubt stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 500
"""Characters of a line that are looked at: no header that a program writes is longer."""
_BLOCK = 12
"""Lines in which a quoted mail's headers stand."""
_LABELS = {
    "from": "från from fra von avsändare lähettäjä",
    "sent": "skickat skickad skickades sent sendt gesendet date datum dato",
    "to": "till to til an kopia kopi cc",
    "subject": "ämne subject emne betreff ärende aihe",
}
_KINDS = {word: kind for kind, words in _LABELS.items() for word in words.split()}
_LABEL = re.compile(rf"({'|'.join(_KINDS)})[ \t\xa0]*:", re.IGNORECASE)
_ORNAMENT = re.compile(r"[*_\xa0 \t]+")
_ORIGINAL = re.compile(
    r"-{2,} ?(ursprungligt meddelande|original message|original ?meddelande|opprinnelig melding|"
    r"oprindelig meddelelse|ursprüngliche nachricht|vidarebefordrat (?:meddelande|brev)|"
    r"forwarded message|videresendt (?:melding|meddelelse)|weitergeleitete nachricht) ?-{2,}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:start|börja(?:n)?)? ?(?:på )?(?:vidarebefordrat (?:meddelande|brev)|begin forwarded message)\s*:",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"\b(?:skrev|wrote|schrieb|skreiv|kirjoitti|écrit|escribió|geschreven|napisał)\b"
    r"|\d\d[:.]\d\d.*<[^<> ]+@[^<> ]+> ?:$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d\d?[:.]\d\d|@")
_CLOSING = re.compile(
    r"(?:(?:med |de )?(?:(?:vänlig|varm|bäst|hjärtlig|många|soliga?|vennlig|venlig|beste?|kind|best|warm|"
    r"warmest|many)[a-zåäö]* )?(?:hälsning(?:ar)?|hilsen|hilsner|regards|wishes)|m\.?v\.?h\.?|v\.?h\.?|"
    r"allt gott|sincerely|yours sincerely|yours truly|cheers|mit (?:freundlichen|besten|herzlichen) "
    r"gr(?:ü|ue)(?:ß|ss)en|(?:viele|liebe|beste|schöne) gr(?:ü|ue)(?:ß|ss)e)\b[,.!]?(.*)",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?:skickat|skickades|skickad|sent|sendt) (?:från|from|fra|via) |"
    r"(?:hämta|hent|skaffa|get) outlook (?:för|for|til) |"
    r"von meinem \w+ gesendet|gesendet (?:von|mit) |outlook (?:för|for|für) (?:ios|android)",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"\[?(?:du får inte ofta e-?post från|du får inte e-?post från .{1,100} ofta|"
    r"some people who received this|you don't often get email from|caution: this e-?mail originated|"
    r"varning: (?:detta|det här) (?:e-?post)?(?:meddelande|mejl)\w* (?:kommer|har skickats) (?:från|utifrån)|"
    r"extern avsändare\b)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"p\.?s\b\.?", re.IGNORECASE)
_UNDERSCORES = re.compile(r"_{20,}")


def without_quotes(text: str) -> str:
    """The lines of a mail's plain text that its sender wrote.

    A mail that only forwards another has no words of its own: then all is given, as it stands.
    """
    return own_words(text) or text.strip()


def own_words(text: str) -> str:
    """The same, but "" where the sender wrote none."""
    lines = text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    kept = _unsigned(_unquoted(lines))
    said = "\n".join(line.rstrip() for line in kept).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", said) if said.strip() else ""


def _unquoted(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith(">"):
            at += 1
            continue
        if _begins_a_mail(lines, at):
            while kept and (not kept[-1].strip() or _UNDERSCORES.fullmatch(kept[-1].strip())):
                kept.pop()
            break
        if taken := _attribution(lines, at):
            after = next((one for one in lines[at + taken : at + taken + 3] if one.strip()), "")
            if not after.lstrip().startswith(">"):
                break  # quoted without marks, to the end
            at += taken
            continue
        kept.append(line)
        at += 1
    return kept


def _plain(line: str) -> str:
    """A line without what makes it bold, as "*Från:*" is."""
    return _ORNAMENT.sub(" ", line[:_LONGEST]).strip()


def _begins_a_mail(lines: Sequence[str], at: int) -> bool:
    """Whether the headers of a quoted mail begin here: From first, then at least two of the others."""
    line = _plain(lines[at])
    if not line:
        return False
    if _ORIGINAL.fullmatch(line) or _FORWARDED.fullmatch(line):
        return True
    first = _LABEL.match(line)
    if first is None or _KINDS[first[1].lower()] not in ("from", "sent"):
        return False
    kinds = set[str]()
    blanks = 0
    for other in lines[at : at + _BLOCK]:
        said = _plain(other)
        blanks = 0 if said else blanks + 1
        if blanks > 1:
            break  # a line between headers may be empty, as in HTML
        kinds |= {_KINDS[one.lower()] for one in _LABEL.findall(said)} if _LABEL.match(said) else set()
    return "from" in kinds and len(kinds) >= 3


def _attribution(lines: Sequence[str], at: int) -> int:
    """How many lines from here say who wrote what is quoted below ("Den 12 nov … skrev Eva Ek <…>:"); or 0.

    Programs break it over up to three lines. A clock or an address tells it from a sentence of one's own.
    """
    said = ""
    for taken in range(1, 4):
        if at + taken > len(lines) or not (line := lines[at + taken - 1][:_LONGEST].strip()):
            return 0
        said = f"{said} {line}".strip()
        if said.endswith(":") and _WROTE.search(said):
            marked = at + taken < len(lines) and lines[at + taken].lstrip().startswith(">")
            return taken if len(said) <= _LONGEST and (marked or _CLOCK.search(said[:-1])) else 0
    return 0


def _unsigned(lines: Sequence[str]) -> list[str]:
    """Without the signature: from "-- " or a closing phrase on; a postscript stays."""
    kept: list[str] = []
    begun = False
    for at, line in enumerate(lines):
        said = line.strip()
        if not begun and _WARNING.match(said[:_LONGEST]):
            continue  # what Exchange writes above mail of senders that are new to it
        ends = line in ("-- ", "--") or _is_closing(said)
        if ends and begun:
            return kept + _postscript(lines[at + 1 :])
        if len(said) <= 80 and _DEVICE.match(said):
            continue
        kept.append(line)
        begun = begun or bool(said)
    return kept


def _is_closing(line: str) -> bool:
    """A line that is but a closing phrase, and perhaps a name."""
    found = _CLOSING.match(line[:_LONGEST]) if len(line) <= 80 else None
    return found is not None and len(found[1].split()) <= 3 and not found[1].rstrip().endswith("?")


def _postscript(lines: Sequence[str]) -> list[str]:
    for at, line in enumerate(lines):
        if _POSTSCRIPT.match(line.strip()[:10]):
            end = next((n for n, one in enumerate(lines[at:]) if not one.strip()), len(lines) - at)
            return ["", *lines[at : at + end]]
    return []
