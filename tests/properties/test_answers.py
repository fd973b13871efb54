"""Every response gives a result or a documented error."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from types import ModuleType
from typing import Any

import httpx
from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect import OrbitServerError, UnprocessableEntityError, UnreadableResponseError
from orbitconnect._pipeline.json_reader import read_json
from orbitconnect_api import operations
from orbitconnect_api.api.users import get_app_user
from orbitconnect_api.types import UnexpectedData
from tests.pipeline.harness import KEY, Sdk
from tests.properties.calls import MODULES, call_of
from tests.properties.json_readers import json_reader_of
from tests.properties.promises import CLASSES, check_error
from tests.properties.refusals import refusal_of
from tests.properties.strategies import any_text, deep, examples, nested, received

SIGNING_SECRET = "whisper-8c1f"
ERROR_FIELDS = [operations.ERROR_MESSAGE_FIELD, operations.ERROR_CODE_FIELD, operations.ERROR_FIELDS_FIELD]

statuses = st.integers(100, 999) | st.sampled_from([200, 201, 204, *CLASSES, 500, 503])
values = st.binary(max_size=20) | any_text.map(lambda text: text.encode("utf-8", "surrogatepass"))
headers = st.lists(
    st.tuples(
        st.sampled_from(
            [
                operations.REQUEST_ID_HEADER,
                operations.RETRY_AFTER_HEADER,
                "content-type",
                "set-cookie",
                "X-A",
                "x-a",
                "",
            ]
        ).map(str.encode)
        | values,
        values,
    ),
    max_size=4,
)
error_bodies = nested(received, st.sampled_from([*ERROR_FIELDS, "x"])) | deep
envelopes = received.map(lambda value: {operations.RESULT_FIELD: value})
texts = st.one_of(error_bodies, envelopes, received).map(lambda value: json.dumps(value).encode())
bodies = st.one_of(
    texts,
    st.binary(),
    st.tuples(texts, st.integers(0, 40)).map(lambda pair: pair[0][: pair[1]]),
    st.sampled_from(
        [b"", b"<html><h1>502 Bad Gateway</h1>", b"null", b"[" * 5_000, b'\xef\xbb\xbf{"data":{}}', b'{"data":']
    ),
    texts.map(lambda body: body.decode().encode("utf-16")),
)


def packed(body: bytes, how: str, end: int) -> tuple[bytes, str]:
    """An encoded body, which may be cut off or have its end overwritten."""
    encoding = how.split()[0]
    whole = {
        "gzip": lambda: gzip.compress(body, mtime=0),
        "deflate": lambda: zlib.compress(body),
        "raw": lambda: zlib.compress(body)[2:-4],
        "identity": lambda: body,
        "br": lambda: body,
        "gzip,": lambda: body,
    }[encoding]()
    kept = whole[:-end] if end and "cut" in how else whole
    if end and "corrupt" in how and kept:
        place = end % len(kept)
        kept = kept[:place] + bytes([kept[place] ^ 0x55]) + kept[place + 1 :]
    return kept, "deflate" if encoding == "raw" else encoding


encodings = st.sampled_from(
    [
        *("gzip", "deflate", "raw", "identity", "br", "gzip, gzip"),
        *("gzip cut", "deflate cut", "raw cut"),
        "gzip corrupt",
    ]
)


class _Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, body: bytes, step: int, breaks: bool) -> None:
        self._pieces = [body[start : start + step] for start in range(0, len(body), step)]
        self._breaks = breaks

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        if self._breaks:
            raise httpx.ReadError("reset")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


class _Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(
        self, status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes, step: int = 65_536, breaks: bool = False
    ) -> None:
        self._answer = status, list(headers), body, step, breaks

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        status, headers, body, step, breaks = self._answer
        return httpx.Response(status, headers=headers, stream=_Chunks(body, step, breaks))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def outcome(sdk: Sdk, request: Any, transport: _Transport, *, fast: bool = True) -> Any:
    """The result of a call, or its error after `check_error`."""
    client = sdk.client(transport=transport, signing_secret=SIGNING_SECRET)
    try:
        with json_reader_of(fast):
            return sdk.execute(client, request)
    except OrbitServerError as error:
        check_error(error, KEY, SIGNING_SECRET)
        return error


@examples(120)
@given(
    module=st.sampled_from(MODULES), status=statuses, headers=headers, body=bodies,
    step=st.sampled_from([1, 10, 65_536]), breaks=st.booleans(), fast=st.booleans(),
)  # fmt: skip
@example(MODULES[0], 409, [], b'{"message":"m","code":"a\\nINFO forged"}', 1, False, True)
@example(MODULES[0], 502, [(b"x-request-id", "r\u2028 \x1b[2J".encode())], b"", 1, False, True)
@example(MODULES[0], 422, [], b'{"errors":' + b"[" * 1000 + b"]" * 1000 + b"}", 100, False, True)
def test_any_response_is_a_result_or_a_documented_error(
    sdk: Sdk, module: ModuleType, status: int, headers: Any, body: bytes, step: int, breaks: bool, fast: bool
) -> None:
    result = outcome(sdk, call_of(module), _Transport(status, headers, body, step, breaks), fast=fast)
    if not 200 <= status < 300:
        assert isinstance(result, OrbitServerError)
        assert result.status == status
    elif breaks:
        assert isinstance(result, UnreadableResponseError)


@examples(100)
@given(status=st.sampled_from([200, 422, 503]), body=texts, how=encodings, end=st.integers(0, 30))
@example(status=200, body=b'{"data":{"id":"u"}}', how="gzip cut", end=4)
@example(status=200, body=b'{"data":{"id":"u"}}', how="deflate cut", end=2)
def test_any_encoded_body_is_decoded_or_a_documented_error(
    sdk: Sdk, status: int, body: bytes, how: str, end: int
) -> None:
    content, encoding = packed(body, how, end)
    answer = _Transport(status, [(b"content-encoding", encoding.encode())], content, 7)
    result = outcome(sdk, call_of(get_app_user), answer)
    plain = outcome(sdk, call_of(get_app_user), _Transport(status, [], body))
    if how in ("gzip", "deflate", "raw", "identity"):
        assert type(result) is type(plain)
        assert str(result) == str(plain)
    elif status == 200:
        # If there is a result, it is the original content. (Some bytes of a gzip header do not matter.)
        is_refused = isinstance(result, UnreadableResponseError)
        assert is_refused or (str(result) == str(plain) and not (end and "cut" in how))
    else:
        assert isinstance(result, OrbitServerError)
        assert result.status == status


@examples(150)
@given(status=st.sampled_from([400, 422, 429, 500]), content=error_bodies, fast=st.booleans())
def test_any_error_body_is_a_documented_error(sdk: Sdk, status: int, content: Any, fast: bool) -> None:
    body = json.dumps(content).encode()
    error = outcome(sdk, call_of(MODULES[0]), _Transport(status, [], body), fast=fast)
    assert isinstance(error, OrbitServerError)
    if isinstance(content, dict):
        if isinstance(error.body, dict):
            with json_reader_of(fast):
                assert repr(error.body) == repr(read_json(body))
        if isinstance(said := content.get(operations.ERROR_MESSAGE_FIELD), str) and said.isalnum():
            assert error.message == said[:1000]
        if isinstance(code := content.get(operations.ERROR_CODE_FIELD), str) and code.isalnum():
            assert error.code == code[:1000]
        if isinstance(error, UnprocessableEntityError):
            found = error.body.get(operations.ERROR_FIELDS_FIELD) if isinstance(error.body, dict) else None
            assert repr(error.errors) == repr(found if isinstance(found, dict) else {})


@examples(300)
@given(module=st.sampled_from(MODULES), value=received | st.lists(received) | deep)
def test_data_of_any_type_is_a_model_or_a_documented_error(module: ModuleType, value: Any) -> None:
    """The pipeline is not used, because it would convert this error into one of the SDK's errors."""
    refusal = refusal_of(lambda: module.parse(value), UnexpectedData)
    assert refusal is None or "expected" in str(refusal)
