"""Bodies that are lists, forms and files, and responses that are files, sent over real connections."""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Callable
from datetime import UTC, datetime
from email.parser import BytesParser
from pathlib import Path
from typing import IO, Any

import pytest

from orbitconnect import NotFoundError, ServerError, UnreadableResponseError
from orbitconnect_api.forms import File
from orbitconnect_api.types import UNSET
from tests.for_each import for_each
from tests.generator.growth.calling import call, calls, models, sdk
from tests.pipeline.harness import Sdk, Seen, answer, hang_up, loopback

__all__ = ["calls", "models", "sdk"]

GONE = answer(b"", "204 No Content")
BUSY = answer(b'{"message":"busy"}', "503 Service Unavailable")
BIG = bytes(range(256)) * 4096
"""1 MiB, more than is read from a file at a time."""


def sent(sdk: Sdk, operation: Any, *arguments: Any, **options: Any) -> Seen:
    """The request of a call."""
    with loopback(GONE) as server:
        assert call(sdk, operation, *arguments, **options) is None
    (seen,) = server.seen
    return seen


def test_a_delete_has_a_body_and_its_signature_covers_the_bytes(sdk: Sdk, calls: Any, models: Any) -> None:
    body = models.ThingIds(ids=["é", "t2"])
    seen = sent(sdk, calls("delete_things"), body=body, client={"signing_secret": "whsec_1"})
    assert (seen.method, seen.body) == ("DELETE", '{"ids":["é","t2"]}'.encode())
    assert seen.headers["content-type"] == "application/json"
    assert seen.headers["x-request-signature"] == signature(seen, "whsec_1")


def signature(seen: Seen, secret: str) -> str:
    message = seen.headers["x-request-timestamp"].encode() + b"." + (seen.body or b"{}")
    return hmac.digest(secret.encode(), message, hashlib.sha256).hex()


def test_two_operations_share_a_body(calls: Any, models: Any) -> None:
    body = models.ThingIds(ids=["t1"])
    assert calls("archive_things").build(body=body).body == calls("delete_things").build(body=body).body


def test_a_body_is_a_list(sdk: Sdk, calls: Any, models: Any) -> None:
    things = [models.NewThing(color="mauve", note=None), {"made_at": datetime(2030, 1, 5, tzinfo=UTC), "extra": [1]}]
    assert sent(sdk, calls("replace_things"), body=things).body == (
        b'[{"color":"mauve","note":null},{"madeAt":"2030-01-05T00:00:00+00:00","extra":[1]}]'
    )
    assert sent(sdk, calls("replace_things"), body=[]).body == b"[]"
    assert sent(sdk, calls("replace_tags"), body=("a", "é")).body == '["a","é"]'.encode()


@for_each(
    ("operation", "body", "words"),
    [
        ("replace_things", {"color": "red"}, "body must be a list, not dict"),
        ("replace_things", ["red"], r"body\[0\] must be a NewThing or a mapping"),
        ("replace_tags", "a", "body must be a list, not str"),
        ("replace_tags", [1], r"body\[0\] must be a string, not int"),
        ("delete_things", ["t1"], "body must be a ThingIds, not list"),
        ("put_file", "text", "body must be bytes, a path, a file object or a File, not str"),
        ("put_file", None, "body must be bytes, a path, a file object or a File, not NoneType"),
        ("add_tags", {"tag": ["a"]}, "body must be a TagForm, not dict: pass TagForm.from_dict"),
    ],
)
def test_a_body_of_the_wrong_type_is_rejected(calls: Any, operation: str, body: Any, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        calls(operation).build(body=body, **({"file_id": "f1"} if operation == "put_file" else {}))


def test_an_optional_body_is_omitted_or_empty(sdk: Sdk, calls: Any, models: Any) -> None:
    omitted = sent(sdk, calls("touch_thing"), "t1", client={"signing_secret": "whsec_1"})
    assert (omitted.body, omitted.headers["content-length"], "content-type" in omitted.headers) == (b"", "0", False)
    assert omitted.headers["x-request-signature"] == signature(omitted, "whsec_1")
    empty = sent(sdk, calls("touch_thing"), "t1", body=models.NewThing())
    assert (empty.body, empty.headers["content-type"]) == (b"{}", "application/json")
    cleared = sent(sdk, calls("touch_thing"), "t1", body=models.NewThing(note=None))
    assert cleared.body == b'{"note":null}'


def test_a_form_is_urlencoded(sdk: Sdk, calls: Any, models: Any) -> None:
    body = models.TagForm(tag=["a b", "&=+é"], owner=None, priority=1, hidden=False)
    seen = sent(sdk, calls("add_tags"), body=body)
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    assert seen.body == b"tag=a+b&tag=%26%3D%2B%C3%A9&owner=&priority=1&hidden=false"
    with pytest.raises(TypeError, match="extra must be a string, a number or a boolean, because it is sent in a form"):
        calls("add_tags").build(body=models.TagForm.from_dict({"tag": [], "extra": {}}))
    with pytest.raises(ValueError, match="lone surrogate"):
        calls("add_tags").build(body=models.TagForm(tag=["\ud800"]))


def parts_of(seen: Seen) -> list[bytes]:
    """The contents of the parts of a multipart body, read by the standard library."""
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + seen.body)
    parts: Any = message.get_payload()
    return [part.get_payload(decode=True) for part in parts]


def test_a_form_has_several_parts(sdk: Sdk, calls: Any, models: Any, tmp_path: Path) -> None:
    path = tmp_path / 'a"b\n.png'
    path.write_bytes(BIG)
    body = models.FileForm(
        file=path,
        title="A\r\n--é",
        pages=[b"", File(io.BytesIO(b"skip me"), "é.pdf", "application/pdf")],
        thing=models.NewThing(color="red", note=None),
        rank=1.5,
    )
    with loopback(answer(b'{"data":{"id":"t1"}}', "201 Created")) as server:
        assert call(sdk, calls("upload_file"), body=body, client={"signing_secret": "whsec_1"}).id == "t1"
    (seen,) = server.seen
    boundary = seen.headers["content-type"].removeprefix("multipart/form-data; boundary=").encode()
    binary = b"Content-Type: application/octet-stream\r\n"
    named = b'--%s\r\nContent-Disposition: form-data; name="%s"'
    assert seen.body == b"".join(
        (
            named % (boundary, b"file") + b'; filename="a%22b%0A.png"\r\n' + binary + b"\r\n" + BIG + b"\r\n",
            named % (boundary, b"title") + b"\r\n\r\nA\r\n--" + "é".encode() + b"\r\n",
            named % (boundary, b"pages") + b'; filename="file"\r\n' + binary + b"\r\n\r\n",
            named % (boundary, b"pages")
            + '; filename="é.pdf"\r\nContent-Type: application/pdf\r\n\r\nskip me\r\n'.encode(),
            named % (boundary, b"thing") + b'\r\nContent-Type: application/json\r\n\r\n{"color":"red","note":null}\r\n',
            named % (boundary, b"rank") + b"\r\n\r\n1.5\r\n",
            b"--%s--\r\n" % boundary,
        )
    )
    assert parts_of(seen)[0] == BIG
    assert int(seen.headers["content-length"]) == len(seen.body)
    assert seen.headers["x-request-signature"] == signature(seen, "whsec_1")


class Once(io.RawIOBase):
    """A file that cannot seek, such as a pipe."""

    def __init__(self, content: bytes) -> None:
        self._rest = content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def a_path(folder: Path) -> Path:
    path = folder / "file"
    path.write_bytes(BIG)
    return path


def an_open_file(folder: Path) -> IO[bytes]:
    file = io.BytesIO(b"before" + BIG)
    file.seek(6)
    return file


FILES: dict[str, Callable[[Path], Any]] = {
    "bytes": lambda folder: BIG,
    "bytearray": lambda folder: bytearray(BIG),
    "path": a_path,
    "file object": an_open_file,
    "pipe": lambda folder: Once(BIG),
    "File": lambda folder: File(a_path(folder), "name", "text/plain"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_the_body_and_is_sent_again_by_a_retry(sdk: Sdk, calls: Any, tmp_path: Path, kind: str) -> None:
    with loopback(BUSY, hang_up(), GONE) as server:
        call(sdk, calls("put_file"), "f1", body=FILES[kind](tmp_path), client={"signing_secret": "whsec_1"})
    assert len(server.seen) == 3
    for seen in server.seen:
        assert seen.body == BIG
        assert seen.headers["content-type"] == ("text/plain" if kind == "File" else "application/octet-stream")
        assert seen.headers["content-length"] == str(len(BIG))
        assert seen.headers["x-request-signature"] == signature(seen, "whsec_1")


def test_a_body_that_may_have_arrived_is_not_sent_again(sdk: Sdk, calls: Any, tmp_path: Path) -> None:
    with loopback(BUSY, GONE) as server, pytest.raises(ServerError) as caught:
        call(sdk, calls("set_icon"), "f1", body=File(a_path(tmp_path), content_type="image/png"))
    assert caught.value.attempts == len(server.seen) == 1
    assert server.seen[0].headers["content-type"] == "image/png"


def test_an_optional_file_is_omitted(sdk: Sdk, calls: Any) -> None:
    seen = sent(sdk, calls("set_icon"), "f1")
    assert (seen.body, seen.headers["content-length"], "content-type" in seen.headers) == (b"", "0", False)


class Broken(io.BytesIO):
    """A file that cannot be read to its end."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 0:
            raise OSError(5, "Input/output error")
        return super().read(size)


class Shrinking(io.BytesIO):
    """A file that is shorter when it is read than when it was measured."""

    def read(self, size: int | None = -1, /) -> bytes:
        return b"" if self.tell() > 0 else super().read(size)


@pytest.mark.parametrize("signing", [None, "whsec_1"])
def test_a_file_that_cannot_be_read_is_no_network_error(
    sdk: Sdk, calls: Any, tmp_path: Path, signing: str | None
) -> None:
    client = {"signing_secret": signing}
    with loopback(GONE) as server:
        with pytest.raises(FileNotFoundError):
            call(sdk, calls("put_file"), "f1", body=tmp_path / "none", client=client)
        assert not server.connections
        with pytest.raises(OSError, match="Input/output error"):
            call(sdk, calls("put_file"), "f1", body=Broken(BIG), client=client)
        with pytest.raises(OSError, match="became shorter"):
            call(sdk, calls("put_file"), "f1", body=Shrinking(BIG), client=client)
        with pytest.raises(TypeError, match="binary mode"):
            call(sdk, calls("put_file"), "f1", body=io.StringIO("text"), client=client)


def test_no_repr_shows_a_file(calls: Any, models: Any) -> None:
    form = models.FileForm(file=b"hidden", pages=[b"hidden", Path("page")])
    assert repr(form) == (
        f"FileForm(file=<6 bytes>, title=UNSET, pages=[<6 bytes>, {Path('page')!r}], thing=UNSET, rank=UNSET)"
    )
    assert form.title is UNSET
    for request in (calls("upload_file").build(body=form), calls("put_file").build("f1", body=File(b"hidden"))):
        assert "hidden" not in f"{request!r} {request.payload!r} {File(b'hidden')!r}"


PDF = b"%PDF-1.7\x00\xff" + BIG


def test_a_response_is_a_file_or_data(sdk: Sdk, calls: Any, models: Any) -> None:
    with loopback(answer(PDF, "200 OK", "Content-Type: application/pdf")) as server:
        response = call(sdk, calls("get_file"), "f1", detailed=True)
    assert response.parsed == response.content == PDF
    assert server.seen[0].headers["accept"] == "application/pdf, application/json;q=0.9"
    with loopback(answer(b'{"data":{"job_id":"j1"}}', "202 Accepted")):
        assert call(sdk, calls("get_file"), "f1") == models.Job(job_id="j1")
    with loopback(answer(b"", "200 OK")):
        assert call(sdk, calls("get_file"), "f1") == b""
    with loopback(answer(b'{"message":"No.","code":"x"}', "404 Not Found")), pytest.raises(NotFoundError) as caught:
        call(sdk, calls("get_file"), "f1")
    assert caught.value.code == "x"


def test_a_file_that_is_cut_short_is_unreadable(sdk: Sdk, calls: Any) -> None:
    cut = hang_up(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    with loopback(cut), pytest.raises(UnreadableResponseError, match="incomplete"):
        call(sdk, calls("get_file"), "f1")
