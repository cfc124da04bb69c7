"""Files and folders that a user who is not root may not write: what is said, and that nothing is lost."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.features.store.faults import UNIX, finish, names, start

from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc

CREATE = StoreOptions(mode="create")


@pytest.fixture
def common(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A book in a folder that other users reach."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o777)
        path = folder / "book.kn"
        with closing(TinyStore(path, CREATE)) as store:
            add(store, "actor", doc("first"))
        for one in (path, folder / "book.kn.lock"):
            one.chmod(0o666)
        yield path
        folder.chmod(0o777)


AS_ANOTHER = """
import os, sys
import portalocker, tinydb  # before the rights to read them go
from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError
from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc

if os.geteuid() == 0:  # root may do everything
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
journal.FLOOR = int(sys.argv[2])
try:
    store = TinyStore(sys.argv[1])
    print(store.version)
    for n in range(2):
        print(add(store, "actor", doc(f"a{n}")).number)
except KontaktnatError as error:
    print(type(error).__name__, error)
"""


@UNIX
@pytest.mark.parametrize("floor", [0, 1 << 16])
def test_a_book_that_others_may_write(common: Path, floor: int) -> None:
    assert finish(start(AS_ANOTHER, common, floor)) == ["1", "2", "3"]


@UNIX
def test_a_write_protected_file(common: Path) -> None:
    common.chmod(0o444)
    before = common.read_bytes()
    version, message = finish(start(AS_ANOTHER, common, 0))
    assert (version, message.split()[0]) == ("1", "StoreDamaged")
    assert "nothing was saved (Permission denied)" in message
    assert "permissions" in message
    assert common.read_bytes() == before


@UNIX
def test_a_file_that_may_not_be_read(common: Path) -> None:
    common.chmod(0)
    (message,) = finish(start(AS_ANOTHER, common, 0))
    assert "cannot be read (Permission denied)" in message


@UNIX
@pytest.mark.parametrize("lock", [True, False])
def test_a_write_protected_folder(common: Path, lock: bool) -> None:
    """Where the lock file is there, commits go on; only tidying does not."""
    if not lock:
        common.with_name("book.kn.lock").unlink()
    common.parent.chmod(0o555)
    lines = finish(start(AS_ANOTHER, common, 0))
    if lock:
        assert lines == ["1", "2", "3"]
    else:
        assert lines[0] == "1"
        assert "cannot be locked, so nothing was saved" in lines[1]
    assert names(common) == ["book.kn", "book.kn.lock"][: 1 + lock]
    with closing(TinyStore(common)) as again:
        assert again.version == (3 if lock else 1)
        assert again._storage._journal.header.rewritten == 0
