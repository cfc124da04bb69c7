"""The texts of a record: the same whether it is looked through as it is, or as a document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.test_codec import instances

from kontaktnat.codec import checked, to_doc
from kontaktnat.model import RECORDS, Actor, Contact, FormerName, Way
from kontaktnat.prose import texts, texts_of


@pytest.mark.parametrize("type_name", RECORDS)
@given(data=st.data())
def test_a_record_and_its_document_say_the_same(type_name: str, data: st.DataObject) -> None:
    record = checked(data.draw(instances(RECORDS[type_name])))
    written = [one for one in texts(type_name, to_doc(record)) if one[1]]
    assert sorted(one for one in texts_of(record) if one[1]) == sorted(written)


def test_each_text_has_its_path() -> None:
    actor = Actor(name="Nybro kommun", aliases=["Nybro"], names=[FormerName(name="Madesjö")], place="0881",
                  extra={"mail.seen": {"by": "Eva"}}, unknown={"nick": ["N"]})  # fmt: skip
    assert dict(texts_of(actor)) == {
        "name": "Nybro kommun", "aliases[0]": "Nybro", "names[0].name": "Madesjö", "place": "0881",
        "extra.mail.seen.by": "Eva", "extra#": "mail.seen", "extra.mail.seen#": "by", "nick[0]": "N",
    }  # fmt: skip
    eva = Contact(name="Eva Ek", ways=[Way(kind="phone", value="070-174 06 05", label="jour")])
    assert [path for path, _ in texts_of(eva)] == ["name", "ways[0].value", "ways[0].label"]
