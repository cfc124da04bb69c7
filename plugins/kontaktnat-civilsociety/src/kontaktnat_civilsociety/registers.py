"""What municipalities call the categories of their association registers, and what of ICNPO that may be."""

from __future__ import annotations

import re

from kontaktnat.extend import fold

# The more telling words stand first. What is in no list (övrigt, blandat) suggests nothing.
_STEMS: tuple[tuple[str, str], ...] = (
    (r"sportfiske|fiske|jakt|friluft", "1300"),
    (r"kultur och fritid|fritid och kultur", "1100 1300"),
    (r"idrott|sport|fotboll|innebandy|hockey|ishockey|handboll|simning|gymnastik|ridning|ridsport|hastsport"
     r"|golf|tennis|friidrott|skidor|skidsport|orientering|kampsport", "1200"),
    (r"motor|dans", "1200 1300"),
    (r"brottsoffer|brottsforebygg|trygghet|nattvandr", "7200"),
    (r"kvinnojour|tjejjour|jour", "4100"),
    (r"invandrar|etnisk|internationell kultur|integration", "7100"),
    (r"kultur|musik|teater|konst|hembygd|lokalhistoria|film|spelman|kor$|korer$|slaktforsk", "1100"),
    (r"barn|ungdom", "1300 4100"),
    (r"scout", "1300 4100"),
    (r"pensionar|senior|aldre", "7100 1300"),
    (r"handikapp|funktions|patient", "7100"),
    (r"relig|trossamf|samfund|kyrk|forsamling|livsaskad", "10100"),
    (r"politi|parti", "7300"),
    (r"fack", "11300"),
    (r"naringsliv|foretag|kopm|bransch", "11100"),
    (r"studief|folkbildning|utbildning|bildning", "2300"),
    (r"nykterhet", "7100"),
    (r"miljo|natur", "5100"),
    (r"djur", "5200"),
    (r"bygdegard|samlingslokal|folkets hus|lokalforening", "6100 1300"),
    (r"byalag|bygd|samhall|intresse|ortsutveckling", "6100"),
    (r"bostad|villa|boende|hyresgast", "6200"),
    (r"social|omsorg|humanitar|hjalp", "4100"),
    (r"forsvar|beredskap|raddning", "4200"),
    (r"internationell|solidaritet|bistand|vanort", "9100"),
    (r"bat|hobby|frilufts|fritid|kennel|hund|odling|koloni|tradgard|schack|bridge", "1300"),
    (r"halsa", "3400"),
)  # fmt: skip
_RULES = tuple((re.compile(rf"(?:{stems})"), tuple(codes.split())) for stems, codes in _STEMS)


def codes_of(word: str) -> tuple[str, ...]:
    """The ICNPO codes that a register's own category may be, likeliest first; none where nobody can say."""
    plain = " ".join(re.findall(r"\w+", fold(word)))
    return next((codes for pattern, codes in _RULES if pattern.match(plain)), ())
