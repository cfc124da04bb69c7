"""The parts of a mail are those that the stdlib's parser finds."""

from __future__ import annotations

import email
from email.message import Message as StdMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat_mail.structure import Part, parts_of

Tree = tuple[str, str, list["Tree"]]
TEXTS = st.lists(
    st.sampled_from(["", "Hej", "--", "-- ", "--b", "--b0x", " --b0", "---b0--", "X: y", "From nu", "åäö"]),
    max_size=6,
).filter(lambda lines: not lines or lines[-1] != "")
KINDS = st.sampled_from(["text/plain", "text/html", "application/pdf", "image/png"])


def whole(kind: str, headers: list[str], lines: list[str]) -> str:
    return "\n".join([f"Content-Type: {kind}", *headers, "", *lines])


def multipart(kind: str, level: int, before: list[str], inner: list[str], after: list[str]) -> str:
    parts = "".join(f"--b{level}\n{one}\n" for one in inner)
    lead = "".join(f"{line}\n" for line in before)
    return (
        whole(f'multipart/{kind}; boundary="b{level}"', [], [])
        + f"\n{lead}{parts}--b{level}--\n"
        + "\n".join(after)
    )


def mails(level: int = 1) -> st.SearchStrategy[str]:
    headers = st.lists(st.sampled_from(["X-A: 1", "X-A:", "X-B: a\n b", "X-C: ny\n\tc\n d"]), max_size=3)
    leaf = st.builds(whole, KINDS, headers, TEXTS)
    if level > 3:
        return leaf
    inner = st.lists(mails(level + 1), min_size=1, max_size=3)
    kinds = st.sampled_from(["mixed", "alternative", "related"])
    return leaf | st.builds(multipart, kinds, st.just(level), TEXTS, inner, TEXTS)


def tree(part: Part) -> Tree:
    inner = part.parts()
    return part.kind, "" if inner else part.data().rstrip(b"\r\n").decode(), [tree(one) for one in inner]


def theirs(part: StdMessage) -> Tree:
    inner = part.get_payload() if part.is_multipart() else []
    assert isinstance(inner, list)
    content = part.get_payload(decode=True) if not inner else b""  # without an encoding: as it stands
    assert isinstance(content, bytes)
    found = [theirs(one) for one in inner if isinstance(one, StdMessage)]
    return part.get_content_type(), content.rstrip(b"\r\n").decode(), found


@given(mails(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_as_the_stdlib_has_them(text: str, end: str) -> None:
    data = text.replace("\n", end).encode()
    assert tree(parts_of(data)) == theirs(email.message_from_bytes(data))


@pytest.mark.parametrize(
    ("data", "headers", "content"),
    [
        (b"Subject: a\nHej", {"subject": ["a"]}, b"Hej"),
        (b"Subject: a\nFrom nu", {"subject": ["a"]}, b"From nu"),
        (b"Subject: a\nFrom x 10:00\nTo: b\n\nHej", {"subject": ["a"], "to": ["b"]}, b"Hej"),
        (b" a\n: b\n c\nTo: d\nto:\n e\n\n\nHej", {"to": ["d", "\n e"]}, b"\nHej"),
        (b"To : d\nCc: e", {"to": []}, b"To : d\nCc: e"),
        (b"To: \xc3\xa5", {"to": ["\udcc3\udca5"]}, b""),
    ],
)
def test_where_headers_end(data: bytes, headers: dict[str, list[str]], content: bytes) -> None:
    mail = parts_of(data)
    assert {name: mail.values_of(name) for name in headers} == headers
    assert mail.data() == content


def test_what_comes_after_the_end_is_no_part() -> None:
    head = b"Content-Type: multipart/mixed; boundary=b\n\n"
    assert parts_of(head + b"--b\n--b--\nen lista\n--b\nmer").parts() == []
    assert [one.data() for one in parts_of(head + b"--b \nen\n--b\n--b\t\ntwo").parts()] == [b"en\n", b"two"]
