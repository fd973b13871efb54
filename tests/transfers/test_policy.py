"""The decisions that transfers make, tested without files or connections."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitconnect._pipeline.outcome import Answer
from orbitconnect._pipeline.redact import MASK
from orbitconnect._transfers.failures import refused
from orbitconnect._transfers.plan import (
    Opening,
    guess_type,
    name_for,
    part_spans,
    range_headers,
    read_opening,
    safe_name,
    sha256_of,
    size_of,
)
from orbitconnect._transfers.signed_url import UnsafeTarget, check_headers, check_url
from tests.for_each import for_each

BASE = "https://api.example/api/v1"


class TestParts:
    @given(st.integers(0, 10**6), st.integers(1, 10**5), st.integers(1, 1000))
    def test_they_cover_the_file(self, size: int, part_size: int, count: int) -> None:
        if size > part_size * count:
            with pytest.raises(ValueError, match="at most"):
                part_spans(size, part_size, count)
            return
        if size // part_size > 10_000:
            part_size = max(1, size // 1000)
        spans = part_spans(size, part_size, max(count, size // part_size + 1))
        assert spans[0].offset == 0
        assert all(one.offset + one.length == next_one.offset for one, next_one in pairwise(spans))
        assert spans[-1].offset + spans[-1].length == size
        assert all(span.length == part_size for span in spans[:-1])
        assert 0 < spans[-1].length <= part_size or (size == 0 and len(spans) == 1)


class TestRanges:
    @given(st.integers(1, 10**9), st.integers(0, 10**9))
    def test_the_response_matches_the_request(self, size: int, offset: int) -> None:
        offset = min(offset, size - 1)
        headers = dict(range_headers(offset, '"x"'))
        assert headers == ({} if not offset else {b"range": b"bytes=%d-" % offset, b"if-range": b'"x"'})
        answer = {"content-range": f"bytes {offset}-{size - 1}/{size}", "etag": '"x"'}
        opening = read_opening(206, answer, offset, '"x"')
        assert opening == (Opening(offset, size, '"x"') if offset else None)

    @given(st.text(), st.text(), st.integers(0, 10))
    def test_any_header_is_accepted(self, content_range: str, length: str, offset: int) -> None:
        opening = read_opening(206, {"content-range": content_range}, offset, '"x"')
        assert opening is None or opening.start == offset
        whole = read_opening(200, {"content-length": length, "etag": content_range}, offset, None)
        assert whole is not None
        assert whole.start == 0

    def test_a_different_file(self) -> None:
        given = {"content-range": "bytes 5-9/10", "etag": '"y"'}
        assert read_opening(206, given, 5, '"x"') is None
        assert read_opening(206, {**given, "etag": 'W/"x"'}, 5, '"x"') is None
        assert read_opening(206, {"content-range": "bytes 5-9/*"}, 5, '"x"') == Opening(5, None, '"x"')
        assert read_opening(200, {"etag": 'W/"x"', "content-length": "7"}, 0, None) == Opening(0, 7, None)


class TestNames:
    @given(st.text())
    def test_they_stay_in_the_folder(self, filename: str) -> None:
        name = safe_name(filename, "med_1", "image/png")
        assert name == PurePosixPath(name).name == PureWindowsPath(name).name
        assert name not in ("", ".", "..")
        assert name[0] not in ". "
        assert name[-1] not in ". "
        assert name.isprintable()
        assert len(name.encode()) <= 201
        assert not PureWindowsPath(name).drive

    @pytest.mark.parametrize(
        ("filename", "name"),
        [
            ("holiday.mp4", "holiday.mp4"),
            ("Süß & 100%.txt", "Süß & 100%.txt"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\system.ini", "system.ini"),
            (".bashrc", "bashrc"),
            ("..", "med_1.png"),
            ("a/", "med_1.png"),
            ("", "med_1.png"),
            (None, "med_1.png"),
            (5, "med_1.png"),
            ("con", "_con"),
            ("NUL.txt", "_NUL.txt"),
            ("COM1", "_COM1"),
            ("console.log", "console.log"),
            ("x\u202egpj.exe", "xgpj.exe"),
            ("a:b\nc", "abc"),
            ("é" * 300 + ".jpeg", "é" * 97 + ".jpeg"),
            ("x" * 199 + " and more", "x" * 199),
            ("x" * 150 + " " * 60 + "and more", "x" * 150),
        ],
    )
    def test_these(self, filename: object, name: str) -> None:
        assert safe_name(filename, "med_1", "image/png") == name

    def test_an_id_that_is_not_a_valid_name(self) -> None:
        assert safe_name(None, "../x", None) == "media.bin"

    def test_types(self) -> None:
        assert guess_type("a.MP4") == "video/mp4"
        assert guess_type("a.tar.gz") == "application/gzip"
        assert guess_type("a.unheard-of") == guess_type(None) == "application/octet-stream"
        assert name_for("text/plain; charset=utf-8") == "upload.txt"
        assert name_for("x/unheard-of") == "upload.bin"


class TestUrls:
    @pytest.mark.parametrize(
        ("given", "url"),
        [
            ("/uploads/1?signature=a%2Fb", "https://api.example/uploads/1?signature=a%2Fb"),
            ("uploads/1?next=https://x", "https://api.example/uploads/1?next=https://x"),
            ("/x/https://y", "https://api.example/x/https://y"),
            ("https://s3.example:8443/b?X=1", "https://s3.example:8443/b?X=1"),
            ("https://[::1]/x", "https://[::1]/x"),
        ],
    )
    def test_their_destination(self, given: str, url: str) -> None:
        checked = check_url(given, BASE)
        assert checked.reveal() == url
        assert url.startswith(checked.origin + "/")
        assert repr(checked) == f"<SignedUrl {checked.host}>"

    def test_a_secret_that_contains_another_is_masked_completely(self) -> None:
        url = check_url("https://s3.example/b?key=abcdefgh&signature=abcdefghSIGNED&other=SIGNED-abcdefgh", BASE)
        scrubbed = url.scrub("abcdefghSIGNED SIGNED-abcdefgh abcdefgh s3.example")
        assert scrubbed == f"{MASK} {MASK} {MASK} s3.example"

    @for_each(
        "given",
        [
            *(None, 5, "", "//evil.example/x", "ftp://x/y", "file:///etc/passwd", "javascript:alert(1)", "a:b/c"),
            *("http://s3.example/x", "http://127.0.0.1/x", "https://", "https:///x", "https://a:b@c/x", "https://@c/x"),
            *("https://x/y#z", "/x#y", "https://x:0/", "https://x:99999/", "https://x:y/", "https://[::1/x"),
            *("/a b", "/a\nb", "/a\0", "/a\\b", "\\\\x\\y", "/ä", "https://ä/x", "/" + "x" * 20_000),
        ],
    )
    def test_unsafe_urls_are_rejected(self, given: Any) -> None:
        with pytest.raises(UnsafeTarget):
            check_url(given, BASE)

    @given(st.text())
    def test_any_value_is_checked(self, given: str) -> None:
        with suppress(UnsafeTarget):
            assert check_url(given, BASE).reveal().startswith("https://")

    def test_plain_http(self) -> None:
        assert check_url("http://127.0.0.1:7357/x", BASE, allow_loopback=True).host == "127.0.0.1:7357"
        with pytest.raises(UnsafeTarget):
            check_url("http://10.0.0.1/x", BASE, allow_loopback=True)
        assert check_url("http://other/x", "http://127.0.0.1/api").host == "other"

    def test_headers(self) -> None:
        assert check_headers(None) == ()
        assert check_headers({"Content-Type": "a/b", "x-amz-acl": "x"}) == (
            (b"content-type", b"a/b"),
            (b"x-amz-acl", b"x"),
        )
        for wrong in ({"host": "x"}, {"X-API-Key": "x"}, {"a b": "c"}, {"a": "b\n"}, {"a": None}, [1], "x"):
            with pytest.raises(UnsafeTarget):
                check_headers(wrong)


class TestErrors:
    url = check_url("https://s3.example/bucket/token-0123456789abcdef?X-Sig=abc%2Fdef%26ghi&short=1", BASE)

    def error(self, status: int, body: bytes, **headers: str) -> Any:
        return refused("upload", Answer(status, headers, body), self.url, operation="x", attempts=1, now=0.0)

    def test_secrets_are_masked(self) -> None:
        quoted = b'{"message": "abc%2Fdef%26ghi abc/def&ghi abc/def&amp;ghi /token-0123456789abcdef 1", "code": "no"}'
        error = self.error(401, quoted)
        assert error.message == "The upload was refused with HTTP 401 by s3.example: *** *** *** /*** 1."
        assert (error.code, type(error).__name__) == ("no", "AuthenticationError")
        assert "def" not in error.body

    @given(st.binary(), st.integers(300, 599))
    def test_any_response_becomes_an_error(self, body: bytes, status: int) -> None:
        error = self.error(status, body)
        assert error.status == status
        assert "s3.example" in str(error)

    def test_xml(self) -> None:
        error = self.error(400, b"<Error><Code>A&amp;B</Code><Message>One\n two</Message></Error>")
        assert (error.code, error.message[-9:]) == ("A&B", ": One two"[-8:] + ".")


def test_numbers_and_checksums() -> None:
    assert [size_of(value) for value in (5, 0, -1, True, "5", None, 1.5)] == [5, 0, None, None, None, None, None]
    assert sha256_of("AB" * 32) == "ab" * 32
    assert [sha256_of(value) for value in ("ab" * 16, None, 5, "xy" * 32)] == [None] * 4
