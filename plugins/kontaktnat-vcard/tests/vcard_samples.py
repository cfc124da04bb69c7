"""Cards in the shapes of real address books; all people are invented."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from kontaktnat.extend import Candidate
from kontaktnat_vcard.importing import read
from kontaktnat_vcard.lines import Line


def card(*lines: str, version: str = "3.0") -> bytes:
    """A card of these lines."""
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode()


def taken(data: bytes, **options: str) -> list[Candidate]:
    """The candidates of a file."""
    return list(read(io.BytesIO(data), options))


def only(data: bytes, **options: str) -> Mapping[str, Any]:
    """The fields of the one good card in a file."""
    [one] = taken(data, **options)
    assert not one.problem
    return one.fields


def kept(fields: Mapping[str, Any]) -> list[str]:
    """The lines that are kept of it."""
    return "\n".join(fields.get("extra", {}).values()).split("\n")


def hats(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The hats, without the lines that are kept of them."""
    return [{name: one for name, one in hat.items() if name != "extra"} for hat in fields["hats"]]


def lines_of(data: bytes) -> list[list[Line]]:
    """The cards of a file line by line."""
    from kontaktnat_vcard.encodings import opened
    from kontaktnat_vcard.reading import cards

    return [list(one.lines) for one in cards(opened(data))]


OUTLOOK = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=sv;CHARSET=Windows-1252:\xc5str\xf6m;\xc5sa\r\n"
    b"FN;CHARSET=Windows-1252:\xc5str\xf6m, \xc5sa\r\nORG:Nybro kommun;Trygghet\r\n"
    b"TITLE;CHARSET=Windows-1252:S\xe4kerhetschef\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Ringer p=E5 tisdagar.=0D=0A=\r\n"
    b"Helst f=F6re tio.=0D=0A\r\nTEL;WORK;VOICE:0481-450 00\r\nTEL;CELL;VOICE:070-174 06 11\r\n"
    b"ADR;WORK;PREF;CHARSET=Windows-1252:;;Stadshusplan 1;Nybro;;382 80;Sverige\r\n"
    b"LABEL;WORK;PREF;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Stadshusplan 1=0D=0A=\r\n"
    b"382 80 Nybro\r\n"
    b"X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r\nEMAIL;PREF;INTERNET:asa.astrom@nybro.example\r\n"
    b"PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/4AAQSkZJRgABAQEAYABgAAD\r\n /2wBDAAYEBQYFBAYGBQYHBwY=\r\n\r\n"
    b'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.example/cards"><fld prop="name"/></card>\r\n'
    b"REV:20261101T101500Z\r\nEND:VCARD\r\n"
)
"""Swedish Outlook: 2.1, letters of Windows, parameters without names, an empty line after the picture."""

APPLE = card(
    "PRODID:-//Apple Inc.//iOS 18.1//EN",
    "N:Ek;Eva;Maria;;",
    "FN:Eva Maria Ek",
    "ORG:Nybro kommun;",
    "EMAIL;type=INTERNET;type=WORK;type=pref:eva.ek@nybro.example",
    "item1.EMAIL;type=INTERNET:eva@hem.example",
    "item1.X-ABLabel:_$!<Other>!$_",
    "item2.TEL;type=pref:+46 70 174 06 05",
    "item2.X-ABLabel:Jourtelefon",
    "item3.ADR;type=HOME;type=pref:;;Storgatan 1\\nLgh 1101;Nybro;;382 30;Sverige",
    "item3.X-ABADR:se",
    "X-SOCIALPROFILE;type=twitter:https://social.example/eva",
    "NOTE:Rad ett\\nRad två\\, med komma",
    "BDAY;value=date:1980-03-22",
    "X-ABUID:5AD380FD-B2DE-4261-BA99-DE1D1DB52FBE\\:ABPerson",
    "UID:5AD380FD-B2DE-4261-BA99-DE1D1DB52FBE",
)
"""iCloud: grouped properties, and labels beside them."""

GOOGLE = card(
    "FN:Bo Alm",
    "N:Alm;Bo;;;",
    "EMAIL;TYPE=INTERNET;TYPE=WORK:bo.alm@kalmar.example",
    "TEL;TYPE=CELL:070-174 06 12",
    "ITEM1.URL:http\\://www.google.example/profiles/1",
    "ITEM1.X-ABLABEL:PROFILE",
    "CATEGORIES:myContacts,Nätverket",
)

NEXTCLOUD = card(
    "PRODID:-//Sabre//Sabre VObject 4.5.4//EN",
    "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "FN;PID=1.1:Siv Ros",
    "N:Ros;Siv;;;",
    "KIND:individual",
    'TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+46-481-450-00;ext=12',
    "EMAIL;PID=1.1;TYPE=work:siv.ros@kalmar.example",
    'ORG;SORT-AS="Kalmar":Region Kalmar län',
    "TITLE:Samordnare",
    "PHOTO:data:image/png;base64,iVBORw0KGgo=",
    "RELATED;TYPE=friend:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "LANG;PREF=1:sv",
    "GEO:geo:56.7446,15.9060",
    version="4.0",
)

ANDROID = (
    b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96berg;=C3=85ke;;;\n"
    b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85ke=20=C3=96berg=20=66=72=C3=A5=6E=\n=20=4E=79=62=72=6F\n"
    b"TEL;CELL;PREF:0701740613\nTEL;X-Jobb:0481-450 01\nX-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;"
    b"Kenta;1;;;;;;;;;;;;;\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/4gIoSUNDX1BST0ZJTEUAA\n"
    b" QEAAAIYAAAAAAIQAABtbnRyUkdCIFhZWiAAAAAAAAAAAAAAAABhY3NwAAAAAAAAAAAAAAAAAA==\n\nEND:VCARD\n"
)

ALL = {
    "outlook": OUTLOOK,
    "apple": APPLE,
    "google": GOOGLE,
    "nextcloud": NEXTCLOUD,
    "android": ANDROID,
}
