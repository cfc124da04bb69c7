"""The 21 packs: what they hold, and that they say no more than is known."""

from collections import Counter

import pytest

from kontaktnat.extend import CountyPack
from kontaktnat.model import Actor, Role, id_for
from kontaktnat_sweden import counties, municipalities, plugin

PACKS = {pack.county: pack for pack in plugin.register_county_packs()}


def test_one_for_each_county_and_all_are_general() -> None:
    assert list(PACKS) == [one.code for one in counties()]
    assert all(pack.general for pack in PACKS.values())
    assert len({pack.name for pack in PACKS.values()}) == 21


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.name)
def test_what_a_pack_holds(pack: CountyPack) -> None:
    records = list(pack.records())
    assert len({(one.type, one.id) for one in records}) == len(records)
    assert records == list(pack.records())
    places = [one for one in records if isinstance(one, Actor) and one.kind == "municipality"]
    assert [one.place for one in places] == [one.code for one in municipalities(pack.county)]
    posts = Counter(one.function for one in records if isinstance(one, Role))
    assert posts == {
        "crime_prevention_coordinator": len(places),
        "executive_board_chair": len(places),
        "regional_crime_prevention_coordinator": 1,
    }
    assert all(one.contact is None for one in records if isinstance(one, Role))
    assert {one.county for one in records} == {pack.county, ""}


def test_ids_are_those_of_a_countys_own_pack() -> None:
    ids = {one.id for one in PACKS["08"].records()}
    for key in ("actor:se:municipality:0881", "actor:se:county-board:08", "actor:se:region:08",
                "role:se:municipality:0881:crime_prevention_coordinator"):  # fmt: skip
        assert id_for(key) in ids


def test_gotland_has_no_other_region() -> None:
    kinds = Counter(one.kind for one in PACKS["09"].records() if isinstance(one, Actor))
    assert (kinds["municipality"], kinds["region"]) == (1, 0)
