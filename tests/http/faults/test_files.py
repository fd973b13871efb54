"""Bodies that are read from file objects that do not behave like files."""

from __future__ import annotations

import io

import pytest

from orbitconnect_api.types import Payload, Request
from tests.http.faults.harness import GOOD
from tests.pipeline.harness import SAFE, Sdk, loopback, request_of

SMUGGLED = b"POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"


class Longer(io.BytesIO):
    """Returns more than it was asked for."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read() + SMUGGLED if size else b""


class Text(io.BytesIO):
    """Returns text."""

    def read(self, size: int | None = -1, /) -> bytes:
        return "text" if size else b""  # type: ignore[return-value]  # The mistake to be found.


@pytest.mark.parametrize("kind", [Longer, Text])
def test_a_file_that_returns_what_was_not_asked_for_is_not_sent(sdk: Sdk, kind: type[io.BytesIO]) -> None:
    request: Request[object] = request_of(SAFE._replace(has_body=False))
    request.body, request.payload = None, Payload("application/octet-stream", (kind(b"z" * 300),))
    with loopback(GOOD) as server:
        client = sdk.client(max_retries=1, timeout=5)
        with pytest.raises(OSError, match="more than was asked for, or no bytes"):
            sdk.execute(client, request)
        assert sdk.execute(client, request_of()) == {"id": "x"}
        assert "/other" not in [seen.target for seen in server.seen]
        sdk.close(client)
