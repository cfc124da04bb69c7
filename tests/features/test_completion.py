"""The Tab key: what real shells put into the line, and what nobody is offered."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import kontaktnat
from kontaktnat import Contact, FollowUp, Interaction, Role
from kontaktnat.cli.app import App
from kontaktnat.cli.completion import offered
from kontaktnat.cli.main import cli
from kontaktnat.cli.shells import read

BREAKS = " \t\n\"'@><=;|&(:"  # bash's own


COMMANDS = [
    ("add", "contact", "Åsa Öberg", "--role", "samordnare@nybro"),
    ("add", "contact", "Eva Ek", "--role", "kommunchef@kalmar"),
    ("add", "contact", "Erik Ek"),
    ("add", "contact", "Hemlig Gran", "--protected", "--role", "samordnare@borgholm"),
    ("add", "contact", 'Bo $(x) O\'Ek, "a": b'),
    ("add", "network", "Nätverket i länet"),
    ("add", "actor", "Gömda huset", "--protected", "--kind", "förening"),
    ("log", "telefon", "eva", "x", "--promised", "skicka underlag"),
    ("log", "telefon", "hemlig", "x", "--promised", "ring upp"),
    ("add", "followup", "skicka blommor till Hemlig Gran"),
    ("add", "topic", "Hemlig Gran har flyttat"),
    ("topic", "add", "Vem betalar?", "--kind", "fråga"),
    ("list", "contacts", "name=Hemlig Gran", "--save", "hemlig gran"),
    ("list", "actors", "kind=kommun", "--save", "kommuner"),
]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The filled book, once it is made."""
    return {}


@pytest.fixture
def filled(kalmar: Any, made: dict[str, bytes], tmp_path: Path) -> Any:
    """A county with people, promises, a network and somebody protected."""
    if not made:
        for command in COMMANDS:
            ran = kalmar(*command)
            assert ran.code == 0, ran
        made["book"] = (tmp_path / "b.kn").read_bytes()
    (tmp_path / "b.kn").write_bytes(made["book"])
    return kalmar


@pytest.fixture
def answers(filled: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """`answers("kn show ny")`: the lines a shell is answered, bash unless another is named."""

    def ask(line: str, shell: str = "bash", lang: str = "en", **env: str) -> list[str]:
        with monkeypatch.context() as patch:
            environ = {"_KONTAKTNAT_COMPLETE": f"{shell}_complete", "COMP_LINE": line, "COMP_BREAKS": BREAKS,
                       "KONTAKTNAT_BOOK": "b.kn", "KONTAKTNAT_LANG": lang, **env}  # fmt: skip
            for name, value in environ.items():
                patch.setenv(name, value)
            ran = filled(book=None)
        assert (ran.code, ran.err) == (0, "")
        return list(ran.out.splitlines())

    return ask


def values(lines: list[str]) -> list[str]:
    return [line.split("\t")[1] for line in lines]


# What is offered


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kn tod", ["today"]),
        ("kn show --outp", ["--output"]),
        ("kn show --output=js", ["json", "jsonl"]),
        ("kn add con", ["contact"]),
        ("kn show Nyb", ["Nybro\\ kommun"]),
        ("kn show nybro kom", ["kommun"]),
        ("kn show lpo\\ ny", ["LPO\\ Nybro"]),
        ("kn show ÅSA", ["Åsa\\ Öberg"]),
        ("kn show asa", ["Åsa\\ Öberg"]),
        ("kn show öber", ["Åsa\\ Öberg"]),
        ("kn show nätverket\\ i", ["Nätverket\\ i\\ länet"]),
        ("kn show samordnare@vim", ["@Vimmerby"]),
        ("kn history nybr", ["Nybro\\ kommun"]),
        ("kn privacy extr", ["extract"]),
        ("kn privacy extract Eva E", ["Ek"]),
        ("kn privacy extract nyb", []),
        ("kn privacy disclose nyb", ["Nybro\\ kommun"]),
        ("kn privacy disclose x --type inter", ["interaction"]),
        ("kn log ph", ["phone"]),
        ("kn log telefo", ["telefon"]),
        ("kn log phone eva", ["Eva\\ Ek"]),
        ("kn log phone Eva E", ["Emmaboda\\ kommun", "Erik\\ Ek", "Eva\\ Ek", "Ek"]),
        ("kn log phone eva --network nätverket\\ i", ["Nätverket\\ i\\ länet"]),
        ("kn add contact x --role crime", ["crime_prevention_coordinator@"]),
        ("kn add contact x --role samordnare@ny", ["@Nybro"]),
        ("kn add contact x --role=samordnare@ny", ["@Nybro"]),
        ("kn add role samordnare@ny", ["@Nybro"]),
        ("kn add role x --contact ev", ["Eva\\ Ek"]),
        ("kn add actor x --kind munic", ["municipality", "municipal_department", "municipal_company",
                                         "municipal_federation"]),
        ("kn add actor x --set par", ["parent="]),
        ("kn add actor x --set parent=ny", ["Nybro\\ kommun"]),
        ("kn add commitment agr", ["agreement"]),
        ("kn topic li", ["lift", "link"]),
        ("kn topic lift vem", ["Vem\\ betalar\\?"]),
        ("kn topic lift hemlig", []),
        ("kn topic link vem add", ["addresses"]),
        ("kn topic link vem addresses v", ["Vem\\ betalar\\?"]),
        ("kn topic add x --kind ques", ["question"]),
        ("kn topic add x --evidence effe", ["effect_study"]),
        ("kn topic add x --at nätverket\\ i", ["Nätverket\\ i\\ länet"]),
        ("kn topic add x --raised-by nyb", ["Nybro\\ kommun"]),
        ("kn topic spread x --to kalmar\\ kommun,nyb", ["kalmar\\ kommun,Nybro\\ kommun"]),
        ("kn topic uptake x --by göm", []),
        ("kn privacy inf", ["inform"]),
        ("kn privacy inform Ev", ["Eva\\ Ek"]),
        ("kn privacy inform heml", []),
        ("kn privacy inform eva --how le", ["letter"]),
        ("kn privacy record -o mark", ["markdown"]),
        ("kn list act", ["actors"]),
        ("kn list komm", ["kommuner"]),
        ("kn list roles fun", ["function="]),
        ("kn list roles function=crime", ["crime_prevention_coordinator"]),
        ("kn list roles contact=eva", ["Eva\\ Ek"]),
        ("kn list kommuner kin", ["kind="]),
        ("kn list networks members=ny", ["Nybro\\ kommun"]),
        ("kn list actors shared=", ["yes", "no"]),
        ("kn list words vocabulary=actor", ["actor_kind"]),
        ("kn list words vocabulary=icn", ["icnpo"]),
        ("kn civilsociety suggest nyb", ["Nybro\\ kommun"]),
        ("kn list actors categories=idro", ["Idrott"]),
        ("kn list actors categories=icnpo:120", ["1200"]),
        ("kn list actors categories=trossam", ["trossamfund"]),
        ("kn list contacts categories=trossam", []),  # no person is selected by it
        ("kn list roles categories=1010", []),
        ("kn list contacts categories=1200", ["icnpo:1200"]),
        ("kn add actor x --category 7200", ["icnpo:7200"]),
        ("kn add actor x --set legal_form=ideell\\ f", ["ideell\\ förening"]),
        ("kn view tim", ["timeline"]),
        ("kn view timeline w", ["who="]),
        ("kn export jso", ["json", "jsonl"]),
        ("kn import x.csv --format cs", ["csv"]),
        ("kn import x.csv --as con", ["contact"]),
        ("kn done skicka", ["skicka\\ underlag"]),
        ("kn done skicka un", ["underlag"]),
        ("kn snooze ski", ["skicka\\ underlag"]),
        ("kn init --county kal", ["kalmar"]),
        ("kn init --county vastra", ["vastra-gotaland"]),
        ("kn init --county kro", ["kronoberg"]),
        ("kn --lang s", ["sv"]),
        ("kn --version sho", ["show"]),
        ("X=1 kn sho", ["show"]),
        ("kn --reveal why show heml", []),
    ],
)  # fmt: skip
def test_names_and_words(answers: Callable[..., list[str]], line: str, expected: list[str]) -> None:
    assert values(answers(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kn mail invite vår", ["Vårmöte"]),
        ("kn mail invite hös", []),
        ("kn mail invite skydd", []),
        ("kn mail send --meeting vår", ["Vårmöte"]),
        ("kn mail send --to nätverket\\ i", ["Nätverket\\ i\\ länet"]),
        ("kn mail send --to ev", ["Eva\\ Ek"]),
        ("kn mail send --to heml", []),
        ("kn mail send --again ev", ["Eva\\ Ek"]),
        ("kn mail send --template de", ["details"]),
        ("kn mail invite --template inv", ["invitation"]),
        ("kn mail send --mailer dr", ["drafts"]),
        ("kn mail log --source fi", ["files"]),
        ("kn mail invite x --proposed y", ["yes"]),
    ],
)
def test_of_mail(answers: Callable[..., list[str]], filled: Any, line: str, expected: list[str]) -> None:
    assert filled("log", "visit", "eva", "--when", "2097-03-18 13:00", "--subject", "Vårmöte").code == 0
    assert filled("log", "visit", "eva", "--when", "2020-03-18 13:00", "--subject", "Höstmöte").code == 0
    assert filled("log", "visit", "heml", "--when", "2097-03-18 13:00", "--subject", "Skyddat").code == 0
    assert values(answers(line)) == expected


def test_words_are_swedish_to_whom_it_is_spoken(answers: Callable[..., list[str]]) -> None:
    assert values(answers("kn log be", lang="sv")) == ["besök"]
    assert values(answers("kn --lang=sv log be")) == ["besök"]
    assert values(answers("kn log vis", lang="sv")) == ["visit"], "an id that is begun may be ended"
    for label in values(answers("kn log ", lang="sv")):
        assert label.replace("\\", ""), "every kind has a word"
    assert "plain\tbesök\tvisit" not in answers("kn log ", "fish", "sv")
    assert "plain\tvisit\tvisit" not in answers("kn log ", "fish"), "no explanation that says the same"


def test_what_explains_is_swedish_too(answers: Callable[..., list[str]]) -> None:
    (line,) = answers("kn tod", "fish", "sv")
    assert line.startswith("plain\ttoday\tVad som ska göras")
    assert answers("kn --deb", "fish", "sv") == [
        "plain\t--debug\tVisa var ett fel uppstod, utan uppgifter ur det."
    ]


def test_every_word_offered_is_understood(answers: Callable[..., list[str]], filled: Any) -> None:
    for lang in ("sv", "en"):
        for line in answers("kn add actor x --kind ", "fish", lang):
            ran = filled("add", "actor", "Ny", "--kind", line.split("\t")[1], "--dry-run")
            assert ran.code == 0, (line, ran.err)


def test_every_name_offered_is_found(answers: Callable[..., list[str]], filled: Any) -> None:
    offered = answers("kn show ", "fish")
    assert len(offered) > 20
    for line in offered:
        assert filled("show", line.split("\t")[1]).code == 0, line


@pytest.mark.parametrize("line", ["kn import x", "kn -b x", "kn export csv -O x", "kn import x --rejects x"])
def test_files_are_the_shells_own(answers: Callable[..., list[str]], line: str) -> None:
    assert [one.partition("\t")[0] for one in answers(line)] == ["file"]


# What nobody is offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_nothing_of_the_protected(answers: Callable[..., list[str]], shell: str) -> None:
    lines = (
        "show ", "show hemlig ", "show heml", "show gran", "show göm", "history ", "log phone ", "done ",
        "done ring", "snooze ", "add role x --contact ", "add contact x --role samordnare@", "show hemlig@",
        "add contact x --role samordnare@gö", "list ", "list roles contact=", "list roles actor=",
        "list interactions participants=", "--reveal x show ", "list roles ",
        "privacy extract heml", "privacy extract ", "privacy disclose heml", "privacy disclose ",
    )  # fmt: skip
    some = 0
    for line in lines:
        words = line.split(" ")
        asked = {"COMP_WORDS": "\n".join(["kn", *words[:-1]]), "COMP_WORD": words[-1]}
        found = "\n".join(answers(f"kn {line}", shell, **asked))
        some += bool(found)
        assert not re.search("hemlig.gran|gömda|ring.upp", found.replace("\\", ""), re.I), line
    assert some > 10


def test_no_followup_of_the_protected(answers: Callable[..., list[str]], tmp_path: Path) -> None:
    """Neither one about a meeting with them, nor one that calls them by a part of their name."""
    with kontaktnat.open(tmp_path / "b.kn", by="anna") as book, book.transaction():
        known = book.add(Contact(name="Siv Maria von Ek", given="Siv Maria", family="von Ek", protected=True))
        actor = next(one for one in book.actors.all() if one.name == "Nybro kommun")
        role = book.add(Role(contact=known.id, actor=actor.id))
        met = book.add(Interaction(kind="phone", participants=[role.id]))
        book.add(FollowUp(text="Ring om avtalet", about=[met.id]))
        for text in ("Ring Siv om hot", "Ring SIVS bror", "Ring fru Gran", "Ring hemlig", "Ring Ek igen",
                     "Ring von Sydow", "Ring granne", "Ring sivert"):  # fmt: skip
            book.add(FollowUp(text=text))
    offered = answers("kn done Ring", "fish")
    assert values(offered) == ["Ring granne", "Ring sivert", "Ring von Sydow"]
    assert values(answers("kn show Eva", "fish")) == ["Eva Ek"], "who only shares the name is still offered"


def test_where_somebody_protected_works_is_not_told(answers: Callable[..., list[str]]) -> None:
    """After @ stands every actor, whoever is asked for."""
    everywhere = values(answers("kn show nobody@"))
    assert "@Borgholm" in everywhere
    assert values(answers("kn show hemlig@")) == everywhere == values(answers("kn show samordnare@"))


def test_a_namesake_is_offered(answers: Callable[..., list[str]], filled: Any) -> None:
    filled("add", "contact", "Hemlig Gran", "--new")
    assert values(answers("kn show heml")) == ["Hemlig\\ Gran"]


def test_what_would_command_the_terminal_is_not_offered(
    answers: Callable[..., list[str]], filled: Any, tmp_path: Path
) -> None:
    (tmp_path / "x.jsonl").write_text(
        '{"schema": "kontaktnat/1"}\n{"type": "contact", "id": "kx7f0001", "name": "Zeb\\u001b[2J Z"}\n'
    )
    filled("import", "x.jsonl")
    assert "Zeb" in filled("list", "contacts").out
    assert answers("kn show ze") == []


# When something is wrong


@pytest.mark.parametrize(
    "line",
    [
        "kn -b nowhere.kn show ", "kn -b damaged.kn show ", "kn -b . show ", "kn -b x: show ", "kn nosuch ",
        "kn list nosuch ", "kn list roles nosuch=", "kn view nosuch x", "kn --lang xx show ",
        "kn add nosuch x", "kn list roles since=", "kn --nosuch",
    ],
)  # fmt: skip
def test_wrong_is_silent(answers: Callable[..., list[str]], tmp_path: Path, line: str) -> None:
    (tmp_path / "damaged.kn").write_text("{not json\n")
    for shell in ("bash", "zsh", "fish"):
        assert answers(line, shell) == []
    assert not (tmp_path / "nowhere.kn").exists()


@pytest.mark.parametrize("line", ["kn show '", 'kn show "', "kn show \\", "kn show --nosuch "])
def test_what_is_begun_is_no_mistake(answers: Callable[..., list[str]], line: str) -> None:
    assert len(answers(line)) > 20


def test_a_wrong_configuration_or_language_is_silent(
    answers: Callable[..., list[str]], tmp_path: Path
) -> None:
    (tmp_path / "wrong.toml").write_text("no toml")
    assert answers("kn show ny", KONTAKTNAT_CONFIG="wrong.toml") == []
    assert answers("kn show ny", KONTAKTNAT_LANG="xx") == []
    assert answers("kn show ny", KONTAKTNAT_BOOK="nowhere.kn") == []


def test_a_switch_that_is_none_says_which_there_are(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KONTAKTNAT_COMPLETE", "tcsh_source")
    ran = filled(book=None)
    assert ran.code == 2
    assert "bash_source, fish_source, powershell_source, zsh_source" in ran.err


def test_the_book_may_be_written_with_a_tilde(
    answers: Callable[..., list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for book in ("~/b.kn", "$FOLDER/b.kn"):
        told = answers(f"kn -b {book} show nyb", KONTAKTNAT_BOOK="nowhere.kn", FOLDER=str(tmp_path))
        assert values(told) == ["Nybro\\ kommun"]


@pytest.mark.parametrize("book", ["~/b.kn", "$FOLDER/b.kn"])
def test_the_prompt_opens_the_same_book(
    filled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: str
) -> None:
    """As where KONTAKTNAT_BOOK is set in quotes, or in a file that no shell reads."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("FOLDER", str(tmp_path))
    assert filled("show", "eva ek", book=book).code == 0
    monkeypatch.setenv("KONTAKTNAT_BOOK", book)
    assert filled("show", "eva ek", book=None).code == 0


def test_a_books_url_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "x")
    asked: list[object] = []
    monkeypatch.setattr("kontaktnat.open", lambda path, **_: asked.append(path))
    for url in ("postgresql://kn:$WORD@host/db", "postgresql://host//db"):
        app = App()
        context = click.Context(cli, obj=app)
        context.params["book"] = url
        with pytest.raises(AttributeError):  # what is opened there is no book
            offered("contacts", context, cli.params[0], "")
    assert asked == ["postgresql://kn:$WORD@host/db", "postgresql://host//db"]


# The names of the program


def test_two_names(tmp_path: Path) -> None:
    folder = Path(sys.executable).parent
    env = {name: value for name, value in os.environ.items() if not name.startswith("KONTAKTNAT_")}
    programs = {"kn": [folder / "kn"], "kontaktnat": [folder / "kontaktnat"]}
    for name, words in {**programs, "kontaktnat ": [sys.executable, "-m", "kontaktnat"]}.items():
        name = name.strip()
        ran = subprocess.run(
            [*words, "show", "--nosuch"], env=env, capture_output=True, text=True, cwd=tmp_path, check=False
        )
        assert ran.returncode == 2
        assert f"see {name} show --help" in ran.stderr
        asked = env | {f"_{name.upper()}_COMPLETE": "bash_source"}
        script = subprocess.run(words, env=asked, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert script.stdout.endswith(f" {name}\n"), script
        assert (script.returncode, script.stderr) == (0, "")


# Reading a line


@pytest.mark.parametrize(
    ("line", "words", "word", "start"),
    [
        ("kn show ", ["kn", "show"], "", 0),
        ("kn show ny", ["kn", "show"], "ny", 0),
        ("kn show Nybro\\ k", ["kn", "show"], "Nybro k", 0),
        ("kn show 'Nybro k", ["kn", "show"], "Nybro k", 0),
        ("kn show 'a\\' \"b\\\"c\\d\" ''", ["kn", "show", "a\\", 'b"c\\d'], "", 0),
        ("kn '' x", ["kn", ""], "x", 0),
        ("kn x actor=ny", ["kn", "x"], "actor=ny", 6),
        ("kn x actor='ny", ["kn", "x"], "actor=ny", 6),
        ("kn x actor\\=ny", ["kn", "x"], "actor=ny", 0),
        ("kn x a@ny", ["kn", "x"], "a@ny", 1),
        ("A=1 B='2 3' kn x", ["kn"], "x", 0),
    ],
)
def test_a_line_is_read_as_bash_does(line: str, words: list[str], word: str, start: int) -> None:
    found = read(line, BREAKS)
    assert (found.words, found.word, found.start) == (words, word, start)


# Real shells


def switch(shell: str) -> str:
    """The lines that the how-to tells one to put into the shell's own file."""
    page = (Path(__file__).parents[2] / "docs" / "howto" / "completion.md").read_text("utf-8")
    (lines,) = re.findall(rf"^```{shell}\n(.*?)\n```", page, re.M | re.S)
    return str(lines)


class Shell:
    """An interactive shell on a pseudo-terminal."""

    def __init__(self, words: list[str], rc: str, folder: Path) -> None:
        import pty

        bin_ = str(Path(sys.executable).parent)
        env = {
            "PATH": f"{bin_}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "dumb", "LANG": "C.UTF-8",
            "KONTAKTNAT_BOOK": "b.kn", "KONTAKTNAT_CONFIG": os.devnull, "KONTAKTNAT_LANG": "sv",
        }  # fmt: skip
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            words, cwd=folder, env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self.seen = ""
        # What is shown stands in [ ]; the line as it is typed has none of this.
        self.write(f"shown() {{ printf '%s' 'the' 'words:'; printf '[%s]' \"$@\"; echo; }}\n{rc}\nshown\n")
        self.until(r"thewords:\[\]")

    def write(self, text: str) -> None:
        os.write(self.master, text.encode())

    def until(self, pattern: str) -> re.Match[str]:
        while not (found := re.search(pattern, self.seen)):
            assert select.select([self.master], [], [], 20)[0], self.seen
            self.seen += os.read(self.master, 65536).decode(errors="replace")
        return found

    def tab(self, line: str) -> list[str]:
        """The words that stand there when Tab was pressed after `line`."""
        self.seen = ""
        self.write(f"{line}\t\x01shown \x05\n")  # to the line's beginning, and its end
        found = self.until(r"thewords:(\[[^\r\n]*\])\r*\n")
        return found[1][1:-1].split("][")

    def end(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


def need(shell: str) -> Any:
    """A server that builds has every shell (.ci/run installs them): there nothing is skipped."""
    missing = (os.name == "nt" or not shutil.which(shell)) and os.environ.get("CI") != "true"
    return pytest.mark.skipif(missing, reason=f"{shell} is not installed: apt-get install {shell}")


@pytest.fixture
def bash(filled: Any, tmp_path: Path) -> Iterator[Shell]:
    rc = f'bind "set enable-bracketed-paste off"\n{switch("bash")}'
    shell = Shell(["bash", "--norc", "--noprofile", "-i"], rc, tmp_path)
    yield shell
    shell.end()


@pytest.fixture
def zsh(filled: Any, tmp_path: Path) -> Iterator[Shell]:
    rc = f"bindkey -e\n{switch('zsh')}"
    shell = Shell(["zsh", "-f", "-i"], rc, tmp_path)
    yield shell
    shell.end()


@pytest.fixture(params=[pytest.param("bash", marks=need("bash")), pytest.param("zsh", marks=need("zsh"))])
def shell(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_what_tab_puts_into_the_line(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "en fil.csv").touch()
    for line, words in {
        "kn sho": "kn show",
        "kn show Nyb": "kn|show|Nybro kommun",
        "kn show Nybro\\ k": "kn|show|Nybro kommun",
        'kn show "Nybro k': "kn|show|Nybro kommun",
        "kn show 'Nybro k": "kn|show|Nybro kommun",
        "kn show nybro ko": "kn|show|nybro|kommun",
        "kn show asa": "kn|show|Åsa Öberg",
        "kn show å": "kn|show|Åsa Öberg",
        "kn show lokalpolisområde\\ n": "kn|show|Lokalpolisområde Nybro",
        "kn show bo\\ ": 'kn|show|Bo $(x) O\'Ek, "a": b',
        'kn show "Bo \\$(x) ': 'kn|show|Bo $(x) O\'Ek, "a": b',
        "kn show 'Bo $(x) ": 'kn|show|Bo $(x) O\'Ek, "a": b',
        "kn show ek": "kn|show|ek",
        "kn show heml": "kn|show|heml",
        "kn show eva@ny": "kn|show|eva@Nybro",
        "kn log tele": "kn|log|telefon",
        "kn log nationell": "kn|log|nationell nätverksträff",
        "kn add contact x --role kommunpolis@vim": "kn|add|contact|x|--role|kommunpolis@Vimmerby",
        "kn add contact x --role=kommunpolis@vim": "kn|add|contact|x|--role=kommunpolis@Vimmerby",
        "kn add contact x --role kommunpoliti": "kn|add|contact|x|--role|kommunpolitiker@",
        "kn list roles acto": "kn|list|roles|actor=",
        "kn list roles actor=ny": "kn|list|roles|actor=Nybro kommun",
        "kn list roles actor='ny": "kn|list|roles|actor=Nybro kommun",
        "kn list actors kind=komm": "kn|list|actors|kind=kommun",
        "kn show --outp": "kn|show|--output",
        "kn import en": "kn|import|en fil.csv",
        "kn export csv --output-file=en": "kn|export|csv|--output-file=en fil.csv",
        "kn done skicka": "kn|done|skicka underlag",
        "kn -b nowhere.kn show nyb": "kn|-b|nowhere.kn|show|nyb",
        "KONTAKTNAT_BY=bo kn show Nyb": "KONTAKTNAT_BY=bo|kn|show|Nybro kommun",
    }.items():
        assert shell.tab(line) == words.replace("kn show", "kn|show").split("|"), line
    shell.seen = ""
    shell.write("true; kn show Nyb\t\n")
    shell.until(r"Nybro\\ kommun")


@need("fish")
def test_fish(filled: Any, tmp_path: Path) -> None:
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8",
           "HOME": str(tmp_path), "KONTAKTNAT_BOOK": "b.kn", "KONTAKTNAT_LANG": "sv"}  # fmt: skip
    (tmp_path / "en fil.csv").touch()

    def complete(line: str) -> list[str]:
        script = f'{switch("fish")}; complete -C "$LINE"'
        words = ["fish", "--no-config", "-c", script]
        ran = subprocess.run(
            words, env=env | {"LINE": line}, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout.splitlines()

    assert complete("kn show Nyb") == ["Nybro kommun"]
    assert complete("kn show Nybro\\ k") == ["Nybro kommun"]
    assert complete('kn show "nybro k') == ["Nybro kommun"]
    assert complete("kn show åsa") == ["Åsa Öberg"]
    assert complete("kn show bo\\ ") == ['Bo $(x) O\'Ek, "a": b']
    assert complete("kn show heml") == []
    assert complete("kn add contact x --role kommunpolis@vim") == ["kommunpolis@Vimmerby"]
    assert complete("kn add contact x --role=kommunpolis@vim") == ["--role=kommunpolis@Vimmerby"]
    assert complete("kn list roles actor=ny") == ["actor=Nybro kommun"]
    assert complete("kn log vis") == ["visit\tbesök"]
    assert complete("kn import en")[0].startswith("en fil.csv")
    assert complete("kn export csv --output-file=en")[0].startswith("--output-file=en fil.csv")
    assert complete("kn -b nowhere.kn show nyb") == []


# PowerShell, which cannot be installed here: its script and its answers


def test_powershells_script(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KONTAKTNAT_COMPLETE", "powershell_source")
    ran = filled(book=None)
    assert ran.code == 0
    assert ran.out.startswith("Register-ArgumentCompleter -Native -CommandName kontaktnat -ScriptBlock {\n")
    assert "$env:_KONTAKTNAT_COMPLETE = 'powershell_complete'" in ran.out
    assert "2>$null" in ran.out
    assert "%" not in ran.out
    assert ran.out.count("{") == ran.out.count("}")
    assert switch("powershell").startswith("$env:_KN_COMPLETE = 'powershell_source'; kn | ")


@pytest.mark.parametrize(
    ("before", "word", "expected"),
    [
        ("kn\nshow", "nyb", "plain\t'Nybro kommun'\tNybro kommun\tNybro kommun"),
        ("kn\nshow", "'nybro k", "plain\t'Nybro kommun'\tNybro kommun\tNybro kommun"),
        (
            "kn\nshow",
            "bo $",
            "plain\t'Bo $(x) O''Ek, \"a\": b'\tBo $(x) O'Ek, \"a\": b\tBo $(x) O'Ek, \"a\": b",
        ),
        ("kn\nadd\nrole", "kommunpolis@vim", "plain\tkommunpolis@Vimmerby\t" + 2 * "\tkommunpolis@Vimmerby"),
        ("kn\nlist\nroles", "acto", "part\tactor=\tactor=\tactor="),
        ("kn\nlog", "vis", "plain\tvisit\tvisit\tbesök"),
        ("kn\nimport", "x", "file\tx"),
    ],
)
def test_powershells_answers(
    answers: Callable[..., list[str]], before: str, word: str, expected: str
) -> None:
    found = answers("", "powershell", "sv", COMP_WORDS=before, COMP_WORD=word)
    assert found == [expected.replace("\t\t", "\t")]
