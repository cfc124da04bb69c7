"""What looks like a person's name: a given name from a list, with or without more, or two capitalised words.

The lists are made by `tools/make_names.py`. A street, a school, a foundation that bears a name is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from attrs import frozen

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_INITIALS = re.compile(
    r"(?<![\w.])([^\W\d_])\.(?: ?[^\W\d_]\.)? ?(?:(?:von|van|af|de|el|al) )?(?=[^\W\d_]{2})"
)

_PLACE_AFTER = re.compile(
    r"\W{0,2}(?:\w*(?:väg|vägen|gata|gatan|torg|torget|plats|platsen|park|parken|backe|backen|gränd|allé|stig|stigen"
    r"|skola|skolan|skolans|gymnasium|gymnasiet|församling|kyrka|kyrkan|kapell|stiftelse|stiftelsen|fond|minne"
    r"|minnesfond|museum|museet|huset|gården|förskola|hemmet|mottagning|mottagningen|byrå|bygg"
    r"|förening|sällskap|sällskapet|pris|stipendium|kvarter|kvarteret|bro|bron|kulle|hage|ab|hb|kb|sjukhus"
    r"|universitet|högskola|center|värld|arena|arenan|hallen|salen|café|priset|regering|konsult|advokatbyrå|restaurang|pizzeria|bageri|frisör))\b",
    re.IGNORECASE,
)
_PLACES_LAST = frozenset(("minne", "stiftelse", "torg", "väg", "gata", "plats", "ab"))
_INSTITUTION_AFTER = re.compile(
    r" (?:skola|skolan|stiftelse|församling|kyrka|universitet|AB|HB|KB|Stiftelse|Advokatbyrå)\b"
)
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:sankt|sankta|s:t|s:ta|st|s\.t|stiftelsen|föreningen|advokatfirman|advokatbyrån|firman|bolaget|kvarteret|kv\.?"
    r"|byrån|restaurang|restaurangen|pizzeria|pizzerian|café|hotell|skeppet|fartyget|båten|teatern|filmen|boken"
    r"|operation|projekt|projektet|programmet|gymnasiet|orkanen|stormen|fondens?|hunden|kungen?|drottning)\s+)$",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r".*(?:gatan?|vägen|torget|skolan?|parken|plan|mottagningen|huset|gården|hemmet|kyrkan|gymnasiet|byn|berget|stiftelsen)s?$"
)
_VERB_AFTER = re.compile(
    r"(?:\s*[,(–-]\s*)?\s*(?:som|är|e|var|har|hade|blev|blir|ska|skulle|sitter|satt|står|kan|fick|får|finns"
    r"|döm\w+|grip\w+|grep\w*|häkta\w*"
    r"|anh\w+|misstänk\w+|utreds?|åtal\w+|polisanm\w+|anmäl\w+|efterlys\w+|slår|slog|s[aå]l[jd]\w*|köp\w*"
    r"|kör\w*|stal|stjäl|rån\w+|hot\w+|sköt|langa\w*|snatt\w+|erkän\w+|mår|gick|går|tog|tar|kom|i åk|\d{1,2}\b|\(\d)",
)
_NO_NAME = frozenset(
    """
    polisen polis kommun kommunen region regionen länsstyrelsen kriminalvården frivården socialtjänsten
    skolan rektor kommunpolis områdespolis tingsrätt tingsrätten hovrätten åklagare åklagaren svenska
    kyrkan syd nord öst väst väster öster norr söder södra norra östra västra gamla nya stora lilla
    sverige sveriges norge danmark finland europa stockholm brottsofferjouren rädda barnen röda korset
    folkets hus fryshuset ica coop willys lidl polismyndigheten bup hvb lvu lss sis brå sspf teams zoom
    facebook snapchat instagram tiktok signal telegram flashback januari februari mars april maj juni
    juli augusti september oktober november december måndag tisdag onsdag torsdag fredag lördag söndag
    dnr sms id pnr tel mobil fråga svar beslut åtgärd ordförande sekreterare närvarande möte mötet
    kontakt hells angels bandidos foxtrot audi bmw volvo mercedes toyota volkswagen linnéuniversitetet
    hon han de det den en ett enligt efter under när om vi jag ni du och men samt även också inte två
    tre fyra fem sex flera många någon några alla ingen inga eleven pojken flickan mannen kvinnan sonen
    dottern kille tjej misstänkt misstänkta häktad gripen anhållen dömd åtalad efterlyst polisanmäld
    känd tidigare langaren förövaren vad vem hur varför var ring mejla maila skriv boka kolla obs ps
    brott stöld rån mord hot dom domen straffet
    """.split()  # noqa: SIM905
)
_KIN_AFTER = re.compile(
    r"\s+(?:\w+\s+)?(?:son|dotter|bror|syster|man|fru|make|maka|sambo|ex\w*|pappa|mamma|far|mor|kusin|vän|kompis|pojkvän|flickvän"
    r"|granne|chef|kollega|barn|lillebror|storebror|lillasyster|föräldrar|vårdnadshavare|familj|släkting|barnbarn)\b"
)
_FOREIGN = re.compile(
    r"[qwz]|^x|aa|ee|uu|oo|ii|kh|gh|dh|^[bcdfgjklmnprstv]h|ah$|[ğışçćčžšđłńêîûẞʿ]|i$|im$|ib$|ullah$"
)
_PREPOSITION = re.compile(
    r"\b(?:i|på|från|till|vid|ur|inom|genom|hos|utanför|nära|runt|efter|kring|mellan|via|of|the)\s+$", re.I
)
_CALLED = re.compile(
    r"\b(?:heter|hette|kallas|namnet|gripit|grep|häktat|häktade|anhållit|dömt|dömde|åtalat|åtalar|misstänker|misstänks|gripne|häktade"
    r"|dömde|åtalade|misstänkte|kriminelle|langaren|tjuven|förövaren|killen|pojken|mannen|sonen|eleven|grannen|hyresgästen|brodern"
    r"|ungdomen|flickan|tjejen|kvinnan)\s+$"
)
_NOUN_ENDINGS = re.compile(
    r".*(?:åriga|årige|ning|ningen|ingar|heten|het|tion|tionen|skap|sen|ande|ende|else|aren|arna|erna|orna|polis|möte|mötet"
    r"|brott|ligt|iska|iskt|ades|ade|vägen|gatan|liden|hagen|torget|skolan|gruppen|tjänsten|kommun|parken|staden)$"
)
_LOWER_SURNAME = re.compile(
    r".*(?:sson|qvist|kvist|ström|berg|gren|lund|vic|vić|ovic|ević|ski|ska|nen|lainen|oglu|oğlu|zadeh|pour|yan|ian)$"
)
_SWEDISH = frozenset("åäöé")


class _Token(NamedTuple):
    start: int
    end: int
    word: str

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


@frozen
class Lists:
    """Names in lower case."""

    given: frozenset[str]
    family: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]
    """Names that are words of everyday Swedish, too."""

    def is_given(self, word: str) -> bool:
        return any(_among(form, self.given) for form in _forms(word))

    def is_family(self, word: str) -> bool:
        return any(_among(form, self.family) for form in _forms(word))

    def is_word(self, word: str) -> bool:
        return word in self.words


@cache
def lists() -> Lists:
    """The lists of the package, read once."""
    read = {name: _read(name) for name in ("given", "family", "places")}
    words = frozenset(row[:-1] for rows in read.values() for row in rows if row.endswith("*"))
    names = {name: frozenset(row.rstrip("*") for row in rows) for name, rows in read.items()}
    return Lists(
        given=names["given"] | frozenset(map(_unaccented, names["given"])),
        family=names["family"] | frozenset(map(_unaccented, names["family"])),
        places=names["places"],
        words=words,
    )


def _read(name: str) -> list[str]:
    return (
        files("kontaktnat.freetext").joinpath(f"{name}.txt").read_text(encoding="utf-8").lower().splitlines()
    )


def _unaccented(name: str) -> str:
    """As it is written without the letters that a Swedish keyboard lacks: Jovanović → Jovanovic."""
    if name.isascii():
        return name
    from kontaktnat.text import fold

    return "".join(letter if letter in _SWEDISH or letter.isascii() else fold(letter) for letter in name)


def _forms(word: str) -> Iterator[str]:
    """The word, and what it is a genitive of."""
    lower = word.lower().replace("’", "'")
    for one in (lower, _unaccented(lower)):
        yield one
        if one.endswith("s"):
            yield one[:-1].rstrip("'")


def _among(word: str, names: frozenset[str]) -> bool:
    return word in names or ("-" in word and all(part in names for part in word.split("-")))


def names(sentence: str) -> list[tuple[int, int]]:
    """The (start, end) of what looks like a person's name in a sentence."""
    tokens = [_Token(one.start(), one.end(), one[0]) for one in _WORD.finditer(sentence)]
    known, found, n = lists(), [], 0
    while n < len(tokens):
        last = _name_at(sentence, tokens, n, known)
        if last is None:
            n += 1
            continue
        found.append((tokens[n].start, tokens[last].end))
        n = last + 1
    found += _initialled(sentence, tokens, known, found)
    return sorted(found)


def _name_at(sentence: str, tokens: Sequence[_Token], n: int, known: Lists) -> int | None:
    """The last word of the name that begins with token `n`, or None."""
    token = tokens[n]
    lower = token.word.lower()
    if not token.capital:
        return _in_lower_case(sentence, tokens, n, known)
    last = n
    while last + 1 < len(tokens) and _goes_on(sentence, tokens, last, known):
        last += 1
    if _is_place(sentence, token, tokens[last]):
        return None
    more = last > n
    if (lower in _NO_NAME and not (more and known.is_given(lower))) or (
        token.word.isupper() and not more
    ):  # CAN, LSS: "AHMED ALI" in capitals is rare
        return None
    if known.is_given(token.word):
        # "Per invånare", "Hans son": a word that begins a sentence and is a name besides.
        lone_word = known.is_word(lower) and not more and _begins(sentence, token)
        return last if not lone_word or _says_who(sentence, token, token) else None
    if known.is_family(token.word) and lower not in known.places:
        title = re.search(r"\b(?:herr|hr|fru|fröken|familjen)\s+$", sentence[: token.start], re.IGNORECASE)
        plain = known.is_word(lower) or len(lower) <= 4
        return last if more or title or not (plain and _begins(sentence, token)) else None
    return last if _unlisted(sentence, tokens, n, last, known) else None


def _goes_on(sentence: str, tokens: Sequence[_Token], n: int, known: Lists) -> bool:
    """Whether the next word belongs to the same name: Eva Ek, Maria von Platen, Jan K. Berg."""
    here, then = tokens[n], tokens[n + 1]
    between = sentence[here.end : then.start]
    if between not in (" ", "\u00a0", "  ", ". ") or (between == ". " and len(here.word) > 1):
        return False
    if then.word.lower() in ("von", "van", "af", "de", "el", "al", "bin", "ibn", "da", "dos", "der"):
        return (
            n + 2 < len(tokens) and tokens[n + 2].capital and sentence[then.end : tokens[n + 2].start] == " "
        )
    if not then.capital or then.word.lower() in _NO_NAME:
        return False
    # "Samir Kalmar": a place after a name is where he is.
    return then.word.lower() not in known.places or known.is_family(then.word)


def _is_place(sentence: str, first: _Token, last: _Token) -> bool:
    return bool(
        (last.word.endswith(("s", "x", "z")) and _PLACE_AFTER.match(sentence, last.end))
        or _INSTITUTION_AFTER.match(sentence, last.end)
        or _PLACE_BEFORE.search(sentence[: first.start])
        or _GLUED.match(last.word.lower())
        or re.match(r"-[^\W\d_]", sentence[last.end :])
        or (last is not first and last.word.lower() in _PLACES_LAST)
    )  # fmt: skip


def _begins(sentence: str, token: _Token) -> bool:
    """Whether nothing but signs stands before it, or a colon right before."""
    before = sentence[: token.start]
    return not _WORD.search(before) or bool(re.search(r"[:.!?”\"]\s*$", before))


def _says_who(sentence: str, first: _Token, last: _Token) -> bool:
    """Whether what stands around a word tells that it is somebody: who does it, whose son, "häktad: Bo"."""
    after_colon = re.search(r"[:”\"]\s*$", sentence[: first.start])
    return bool(
        _VERB_AFTER.match(sentence, last.end)
        or (last.word.endswith("s") and last.word != "Hans" and _KIN_AFTER.match(sentence, last.end))
        or (after_colon and re.match(r"\s*(?:$|[.,;(–-]|och\b)", sentence[last.end :]))
    )


def _unlisted(sentence: str, tokens: Sequence[_Token], n: int, last: int, known: Lists) -> bool:
    """Capitalised words that no list has and that are neither places nor organisations."""
    lowers = [token.word.lower() for token in tokens[n : last + 1]]
    plain = all(token.word[1:].islower() and len(token.word) > 1 for token in tokens[n : last + 1])
    if not plain or len(lowers) > 3:
        return False
    if any(word in _NO_NAME or word in known.places or word.rstrip("s") in known.places for word in lowers):
        return False
    begins = _begins(sentence, tokens[n])
    if begins and (len(lowers[0]) > 9 or _NOUN_ENDINGS.fullmatch(lowers[0])):
        return False
    if n == last:
        return _unlisted_alone(sentence, tokens[n], begins)
    # At the start any word has a capital: there only what follows says that it is a name.
    return not begins or _says_who(sentence, tokens[n], tokens[last])


def _unlisted_alone(sentence: str, token: _Token, begins: bool) -> bool:
    """One such word: she does something, and where it begins a sentence no Swedish word looks so."""
    lower = token.word.lower()
    if len(lower) < 3 or _NOUN_ENDINGS.fullmatch(lower):
        return False
    if begins:
        return bool(_FOREIGN.search(lower)) and _says_who(sentence, token, token)
    before = sentence[: token.start]
    if _PREPOSITION.search(before):
        return False
    return _says_who(sentence, token, token) or bool(_CALLED.search(before))


def _in_lower_case(sentence: str, tokens: Sequence[_Token], n: int, known: Lists) -> int | None:
    """timo virtanen, dragan petrovic; "kevin" alone, if it is no word of Swedish."""
    token = tokens[n]
    lower = token.word
    if len(lower) < 2 or lower in _NO_NAME or lower not in known.given:
        return None
    follows = n + 1 < len(tokens) and sentence[token.end : tokens[n + 1].start] == " "
    after = tokens[n + 1].word.lower() if follows else ""
    if known.is_word(lower):  # per dahl, but not "per år": the surname must be one and no word
        return n + 1 if after and known.is_family(after) and not known.is_word(after) else None
    if known.is_family(after) and _says_who(sentence, tokens[n + 1], tokens[n + 1]):
        return n + 1
    if after and not known.is_word(after) and (known.is_family(after) or _LOWER_SURNAME.match(after)):
        return n + 1
    if after in known.given and not known.is_word(after):
        return n + 1
    return n if len(lower) > 3 and _VERB_AFTER.match(sentence, token.end) else None


def _initialled(
    sentence: str, tokens: Sequence[_Token], known: Lists, found: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """A. Karlsson, T. Wójcik."""
    for initial in _INITIALS.finditer(sentence):
        for token in tokens:
            lower = token.word.lower()
            place = lower in _NO_NAME or (lower in known.places and not known.is_family(lower))
            if token.start == initial.end() and token.capital and initial[1].isupper() and not place:
                if not any(start <= token.start < end for start, end in found):
                    yield initial.start(), token.end
                break
