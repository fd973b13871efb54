"""The two common mocking libraries for httpx work, although the SDK does not use `httpx.Client`."""

from __future__ import annotations

import httpx
import pytest
import respx
from pytest_httpx import HTTPXMock

from orbitconnect import NotFoundError
from orbitconnect_api import operations
from tests.pipeline.harness import KEY, Sdk, request_of

URL = operations.BASE_URL + "/app-users"


@pytest.mark.parametrize("using", ["httpcore", "httpx"])
def test_respx(sdk: Sdk, using: str) -> None:
    if using == "httpx":
        # This mode of respx patches httpx.Client, which the SDK does not use. Passing a router as the transport has the
        # same effect.
        router = respx.MockRouter(base_url=operations.BASE_URL)
        route = router.post("/app-users").respond(json={"data": 1})
        handler = router.handler if sdk.kind == "sync" else router.async_handler
        assert sdk.execute(sdk.client(transport=httpx.MockTransport(handler)), request_of()) == 1
        assert route.called
        return
    with respx.mock(base_url=operations.BASE_URL) as router:
        route = router.post("/app-users", json__content="hello").mock(
            side_effect=[httpx.ReadTimeout, httpx.Response(200, json={"data": {"id": "usr_1"}})]
        )
        router.get("/app-users/usr_2").respond(404, json={"message": "No such user"})
        client = sdk.client()
        assert sdk.execute(client, request_of()) == {"id": "usr_1"}
        with pytest.raises(NotFoundError, match="No such user"):
            sdk.execute(client, request_of(operations.GET_APP_USER))
        sdk.close(client)
    assert route.call_count == 2
    assert route.calls[0].request.headers[operations.SECRET_KEY_HEADER] == KEY


def test_pytest_httpx(sdk: Sdk, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_exception(httpx.ReadError("reset"))
    httpx_mock.add_response(method="POST", url=URL, match_json={"content": "hello"}, json={"data": {"id": "usr_1"}})
    client = sdk.client()
    assert sdk.execute(client, request_of()) == {"id": "usr_1"}
    sdk.close(client)
    assert [request.headers[operations.SECRET_KEY_HEADER] for request in httpx_mock.get_requests()] == [KEY, KEY]
