"""Tests of sources: what is read, and the one sentence for each thing that is not."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import sources
from auditor.document import Document
from auditor.errors import InputError

READ = {
    "plain": (b"a 1\nb 2\n", "a 1\nb 2\n"),
    "no line end": (b"a 1", "a 1"),
    "byte-order mark": (b"\xef\xbb\xbfa 1\n", "a 1\n"),
    "second mark is text": (b"\xef\xbb\xbf\xef\xbb\xbfa\n", "\ufeffa\n"),
    "CRLF": (b"a\r\nb\r\n", "a\nb\n"),
    "lone CR": (b"a\rb\r", "a\nb\n"),
    "mixed": (b"a\r\r\nb\n\rc", "a\n\nb\n\nc"),
    "not normalised": ("10² ½ e\u0301 ﬁ".encode(), "10² ½ e\u0301 ﬁ"),
    "only LF ends lines": ("a\u2028b\x0bc\x0cd\x85e".encode(), "a\u2028b\x0bc\x0cd\x85e"),
    "controls are kept": (b"a\x1b[31mb\x07", "a\x1b[31mb\x07"),
    "beyond the first plane": ("🜁 3".encode(), "🜁 3"),
}

REFUSED = {
    "empty": (b"", "is empty", "there is nothing to audit: leave it out, or write something into it"),
    "only a mark": (b"\xef\xbb\xbf", "is empty", "there is nothing to audit: leave it out, or write something into it"),
    "white space": (
        b" \r\n\t\n",
        "holds nothing but white space",
        "there is nothing to audit: leave it out, or write something into it",
    ),
    "NUL": (b"ab\x00c", "is binary, not text: there is a NUL at byte 2", "name a text file in UTF-8"),
    "UTF-16 without a mark": (
        "ab".encode("utf-16-le"),
        "is binary, not text: there is a NUL at byte 1",
        "name a text file in UTF-8",
    ),
    "UTF-16 little-endian": (
        b"\xff\xfea\x00",
        "is encoded in UTF-16 (little-endian), not in UTF-8",
        "convert it, for instance with iconv -f UTF-16 -t UTF-8",
    ),
    "UTF-16 big-endian": (
        b"\xfe\xff\x00a",
        "is encoded in UTF-16 (big-endian), not in UTF-8",
        "convert it, for instance with iconv -f UTF-16 -t UTF-8",
    ),
    "UTF-32 little-endian": (
        "a".encode("utf-32"),
        "is encoded in UTF-32 (little-endian), not in UTF-8",
        "convert it, for instance with iconv -f UTF-32 -t UTF-8",
    ),
    "UTF-32 big-endian": (
        b"\x00\x00\xfe\xff\x00\x00\x00a",
        "is encoded in UTF-32 (big-endian), not in UTF-8",
        "convert it, for instance with iconv -f UTF-32 -t UTF-8",
    ),
    "Latin-1": (
        b"one\r\ntwo\rthree\ncaf\xe9 4",
        "is not UTF-8: byte 0xE9 at offset 18 (line 4) fits no character",
        "save it as UTF-8, for instance with iconv -f WINDOWS-1252 -t UTF-8",
    ),
    "Latin-1 after a mark": (
        b"\xef\xbb\xbfcaf\xe9",
        "is not UTF-8: byte 0xE9 at offset 6 (line 1) fits no character",
        "save it as UTF-8, for instance with iconv -f WINDOWS-1252 -t UTF-8",
    ),
    "cut inside a character": (
        b"a \xe2\x82",
        "is not UTF-8: byte 0xE2 at offset 2 (line 1) fits no character",
        "save it as UTF-8, for instance with iconv -f WINDOWS-1252 -t UTF-8",
    ),
    "an encoded surrogate": (
        b"a\xed\xa0\x80",
        "is not UTF-8: byte 0xED at offset 1 (line 1) fits no character",
        "save it as UTF-8, for instance with iconv -f WINDOWS-1252 -t UTF-8",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_read(name: str, tmp_path: Path) -> None:
    data, text = READ[name]
    path = tmp_path / "document.md"
    path.write_bytes(data)
    assert sources.read(str(path)) == Document(str(path), text)


def refusal(path: str, **more: int) -> tuple[str, str]:
    """What is said of a path, and the hint."""
    with pytest.raises(InputError) as caught:
        sources.read(path, **more)
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize("name", REFUSED)
def test_refused_content(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, message, hint = REFUSED[name]
    monkeypatch.chdir(tmp_path)
    Path("document.md").write_bytes(data)
    assert refusal("document.md") == (f"document.md {message}", hint)


def test_refused_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").write_text("text", encoding="utf-8")
    Path("loop").symlink_to("loop")
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        regular = "name a regular file"
        spelling = "check the spelling, and the folder it is looked for in"
        disk = "check the path and the disk"
        pattern = "check the pattern, and the folder it is used in"
        assert {path: refusal(path) for path in (
            "folder", "pipe", "socket", "/dev/null", "gone.md", "", "reports/*.md", "file/below", "loop",
            "n" * 300, "nul\0.md", "\ud800.md", "-", "bad\x1b[31m\nname",
        )} == {
            "folder": ("folder is a folder, not a text file", "name a file"),
            "pipe": ("pipe is a named pipe, not a text file", "save what it delivers to a file first"),
            "socket": ("socket is a socket, not a text file", regular),
            "/dev/null": ("/dev/null is a device, not a text file", regular),
            "gone.md": ("gone.md does not exist", spelling),
            "": ("an empty name is not the name of a file", "name a file; standard input is -"),
            "reports/*.md": ("reports/*.md matches no file", pattern),
            "file/below": ("file/below cannot be read: Not a directory", disk),
            "loop": ("loop cannot be read: Too many levels of symbolic links", disk),
            "n" * 300: ("n" * 300 + " cannot be read: File name too long", disk),
            "nul\0.md": ("nul\0.md cannot be the name of a file", "check the spelling"),
            "\ud800.md": ("\ud800.md cannot be the name of a file", "check the spelling"),
            "-": ("- does not exist", spelling),
            "bad\x1b[31m\nname": ("bad\x1b[31m\nname does not exist", spelling),
        }  # fmt: skip


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.md"
    path.write_text("text", encoding="utf-8")

    def refused(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)  # whoever runs the tests may be allowed everything
    assert refusal(str(path)) == (
        f"{path} may not be read: permission denied",
        "make it readable for the user who runs audit",
    )


def test_size(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * 2)
    assert sources.read(str(path), limit=10).text == "word word "
    hint = "split it, or leave it out"
    assert refusal(str(path), limit=9) == (f"{path} is larger than 9 bytes, the most that is audited", hint)
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert refusal(str(path)) == (f"{path} is larger than 16 MB, the most that is audited", hint)


def test_a_file_that_says_nothing_of_its_size() -> None:
    path = "/proc/self/status"
    if not Path(path).exists():
        path = __file__
    assert refusal(path, limit=3) == (
        f"{path} is larger than 3 bytes, the most that is audited",
        "split it, or leave it out",
    )


def test_a_link_is_followed_and_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("text", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("real.md")
    assert sources.read(str(tmp_path / "link.md")) == Document(str(tmp_path / "link.md"), "text")


def as_text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text or not text.strip() else text


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_any_bytes_are_text_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(data)
    text: str | None = None
    with contextlib.suppress(InputError):
        text = sources.read(str(path)).text
    assert text == as_text(data)


@given(st.text(alphabet=st.sampled_from("a1 \n\r"), min_size=1).filter(str.strip))
def test_line_ends_change_no_digest(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    path = tmp_path_factory.getbasetemp() / "lines.md"
    digests = set()
    for end in ("\n", "\r\n", "\r"):
        path.write_bytes(lines.replace("\n", end).encode())
        digests.add(sources.read(str(path)).digest)
    assert len(digests) == 1
