"""What every importer and exporter promises."""

from __future__ import annotations

import re
from typing import ClassVar

from vcard_samples import ALL, card

from kontaktnat.testing.format_contracts import ExporterContract, ImporterContract
from kontaktnat_vcard import plugin


class TestImporter(ImporterContract):
    name = "vcard"
    plugins = (plugin,)
    own = frozenset({"vcard"})

    def sample(self) -> bytes:
        """Cards of every program, one after the other."""
        return b"".join(
            (card("N:Lind;Nils;;;", "FN:Nils Lind", "TEL;TYPE=CELL:070-174 06 20"), *ALL.values())
        )


class TestExporter(ExporterContract):
    name = "vcard"
    plugins = (plugin,)
    options: ClassVar[dict[str, str]] = {}

    def check(self, data: bytes) -> None:
        """CRLF, 75 bytes a line, whole letters, and what 3.0 and 4.0 demand of each card."""
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")
        text = data.decode("utf-8").replace("\r\n ", "")
        cards = re.findall(r"BEGIN:VCARD\r\n(.*?)END:VCARD\r\n", text, re.DOTALL)
        assert "".join(f"BEGIN:VCARD\r\n{one}END:VCARD\r\n" for one in cards) == text
        for one in cards:
            lines = one.split("\r\n")[:-1]
            assert lines[0] in ("VERSION:3.0", "VERSION:4.0")
            assert len({"N", "FN", "UID"} & {re.split("[;:]", line)[0] for line in lines}) == 3
            assert all(re.match(r"(?:[A-Za-z0-9-]+\.)?[A-Za-z0-9-]+[;:]", line) for line in lines)


class TestExporterOfActors(TestExporter):
    options: ClassVar[dict[str, str]] = {"type": "actor"}


class TestExporterOfTheNewVersion(TestExporter):
    options: ClassVar[dict[str, str]] = {"version": "4.0"}
