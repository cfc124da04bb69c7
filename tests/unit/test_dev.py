"""dev.py's decisions: when .venv is made anew, who installs, what pip is told. No network."""

import importlib.util
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load_dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


dev = load_dev()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "constraints.txt", "attrs==1\n")
    write(tmp_path / "pyproject.toml", '[project]\nname = "k"\noptional-dependencies.test = ["pytest"]\n')
    write(tmp_path / "plugins/kontaktnat-b/pyproject.toml", '[project]\nname = "b"\n')
    write(
        tmp_path / "plugins/kontaktnat-a/pyproject.toml",
        '[project]\nname = "a"\noptional-dependencies.test = ["aiosmtpd"]\n',
    )
    (tmp_path / "plugins/not-a-distribution").mkdir()
    return tmp_path


def test_core_first_then_plugins_by_name(root: Path) -> None:
    a, b = root / "plugins/kontaktnat-a", root / "plugins/kontaktnat-b"
    assert dev.distributions(root) == [root, a, b]


def test_tools_are_asked_for_only_where_declared(root: Path) -> None:
    write(
        root / "plugins/kontaktnat-b/pyproject.toml",
        '[project]\nname = "b"\noptional-dependencies = {docs = [], test = [], mail = []}\n',
    )
    assert [dev.requirement(folder, root) for folder in dev.distributions(root)] == [
        "./.[test]",
        "./plugins/kontaktnat-a[test]",
        "./plugins/kontaktnat-b[docs,test]",
    ]


def test_digest_stays_while_nothing_changes(root: Path) -> None:
    before = dev.digest(root, "python 3.11")
    write(root / "src/kontaktnat/new.py", "")
    write(root / "plugins/kontaktnat-a/README.md", "")
    assert dev.digest(root, "python 3.11") == before


@pytest.mark.parametrize(
    "name",
    ["pyproject.toml", "constraints.txt", "plugins/kontaktnat-a/pyproject.toml", "plugins/c/pyproject.toml"],
)
def test_digest_follows_every_file_that_decides_what_is_installed(root: Path, name: str) -> None:
    before = dev.digest(root, "python 3.11")
    write(root / name, "changed")
    assert dev.digest(root, "python 3.11") != before


def test_digest_follows_a_plugin_that_leaves(root: Path) -> None:
    before = dev.digest(root, "python 3.11")
    (root / "plugins/kontaktnat-b/pyproject.toml").unlink()
    assert dev.digest(root, "python 3.11") != before


def test_digest_follows_the_interpreter_and_the_folder(root: Path) -> None:
    assert dev.digest(root, "python 3.11") != dev.digest(root, "python 3.12")
    moved = root.rename(root.with_name("moved"))
    assert dev.digest(moved, "python 3.11") != dev.digest(moved.rename(root), "python 3.11")


def test_only_a_whole_and_equal_stamp_counts(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    assert not dev.is_current(stamp, "abc")
    write(stamp, "ab")
    assert not dev.is_current(stamp, "abc")
    write(stamp, "abc")
    assert dev.is_current(stamp, "abc")


VENV_PYTHON = Path("venv-python")
BASE_PIP = ["base", "-m", "pip", "--python", "venv-python"]


def base_with(pip: str | None, *, ensurepip: bool) -> Callable[..., str | None]:
    def ask(_base: str, *question: str) -> str | None:
        if question == ("-m", "pip", "--version"):
            return pip
        assert question == ("-c", "import ensurepip")
        return "" if ensurepip else None

    return ask


@pytest.mark.parametrize("ensurepip", [True, False])
@pytest.mark.parametrize("version", ["22.3", "23.0.1", "26.1"])
def test_the_base_interpreters_pip_is_preferred(version: str, ensurepip: bool) -> None:
    ask = base_with(f"pip {version} from somewhere (python 3.11)\n", ensurepip=ensurepip)
    assert dev.installer("base", VENV_PYTHON, ask) == ([], BASE_PIP)


@pytest.mark.parametrize("pip", [None, "pip 22.2.2 from somewhere (python 3.11)\n", "nonsense"])
def test_ensurepip_serves_where_pip_is_missing_or_too_old(pip: str | None) -> None:
    prepare, install = dev.installer("base", VENV_PYTHON, base_with(pip, ensurepip=True))
    assert prepare == [["venv-python", "-m", "ensurepip"]]
    assert install == ["venv-python", "-m", "pip"]


def test_neither_is_one_line_that_says_what_to_do() -> None:
    with pytest.raises(SystemExit, match="apt install python3-pip") as caught:
        dev.installer("base", VENV_PYTHON, base_with(None, ensurepip=False))
    assert "\n" not in str(caught.value)


class Machine:
    """A machine on which dev.py's steps run, or are cut off, without any being real."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[tuple[str, ...]] = []
        self.fail_at: str | None = None
        self.stamp = root / ".venv/stamp"
        self.python = root / ".venv/python"
        for name, value in {
            "ROOT": root,
            "VENV": root / ".venv",
            "STAMP": self.stamp,
            "PYTHON": self.python,
            "SCRIPTS": root / ".venv/bin",
            "run": self.run,
            "installer": lambda _base, _python: ([], ["pip"]),
        }.items():
            monkeypatch.setattr(dev, name, value)

    def run(self, *command: str, stdout: object = None) -> int:
        assert not self.stamp.exists(), "an unfinished .venv has no stamp"
        self.steps.append(command)
        write(self.python, "")
        return 1 if self.fail_at in command else 0


@pytest.fixture
def machine(root: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(root, monkeypatch)


def test_everything_is_installed_once_in_one_call(machine: Machine) -> None:
    dev.ensure_venv()
    dev.ensure_venv()
    _venv, install = machine.steps
    assert install[:2] == ("pip", "install")
    pinned = ("-c", "constraints.txt")
    editable = ("-e", "./.[test]", "-e", "./plugins/kontaktnat-a[test]", "-e", "./plugins/kontaktnat-b")
    assert install[-8:] == pinned + editable


def test_a_changed_file_or_a_lost_python_means_a_new_venv(machine: Machine, root: Path) -> None:
    dev.ensure_venv()
    write(root / "constraints.txt", "attrs==2\n")
    dev.ensure_venv()
    machine.python.unlink()
    dev.ensure_venv()
    assert len(machine.steps) == 6


def test_a_failed_install_leaves_no_stamp_and_is_mended(machine: Machine) -> None:
    machine.fail_at = "install"
    with pytest.raises(SystemExit, match="could not make"):
        dev.ensure_venv()
    assert not machine.stamp.exists()
    machine.fail_at = None
    dev.ensure_venv()
    assert machine.stamp.exists()


def test_the_demo_starts_from_no_book(
    machine: Machine, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / ".demo/kalmar.kn", "old")
    write(root / ".demo/kalmar.kn.torn", "old")
    write(root / ".demo/mine.txt", "kept")
    assert dev.demo([]) == 0
    assert [path.name for path in (root / ".demo").iterdir()] == ["mine.txt"]
    assert f"{Path('.venv/bin/kontaktnat')} -b {Path('.demo/kalmar.kn')} today" in capsys.readouterr().out


def test_lint_shows_every_finding_and_stops_the_tests(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.fail_at = "check"
    assert dev.test([]) == 1
    assert len(machine.steps) == 4
    assert "lint failed: ruff check\n" in capsys.readouterr().out


def test_the_docs_say_where_they_start_unless_they_warn(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.docs([]) == 0
    assert f"{Path('.docs/index.html')}" in capsys.readouterr().out
    assert {"-W", "--keep-going"} <= set(machine.steps[0])
    machine.fail_at = "sphinx"
    assert dev.docs([]) == 1
    assert not capsys.readouterr().out


def test_all_tests_share_the_processors(machine: Machine) -> None:
    assert dev.test([]) == 0
    assert machine.steps[-1][1:5] == ("-m", "pytest", "-n", "auto")


def test_arguments_go_to_pytest_as_they_are(machine: Machine) -> None:
    assert dev.test(["-k", "foo"]) == 0
    assert [step[1:] for step in machine.steps] == [("-m", "pytest", "-k", "foo")]


@pytest.mark.parametrize("arguments", [["deploy"], ["lint", "src"]])
def test_an_unknown_command_is_one_line_of_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"^usage: dev\.py demo \| test \| lint"):
        dev.main(arguments)


def test_bench_runs_all_benchmarks_or_what_is_named(machine: Machine) -> None:
    assert dev.bench() == 0
    assert dev.bench(["store", "2000"]) == 0
    start = ("-m", "tests.benchmarks")
    assert [step[1:] for step in machine.steps] == [start, (*start, "store", "2000")]


def test_import_linter_is_told_of_every_plugin() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    plugins = sorted(found.parent.name for found in ROOT.glob("plugins/*/src/*/__init__.py"))
    assert config["root_packages"] == ["kontaktnat", *plugins]
