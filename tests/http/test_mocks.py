"""Libraries that replace or wrap parts of httpx work, although the SDK does not use `httpx.Client`."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import respx
import vcr
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_httpx import HTTPXMock

from orbitconnect import NotFoundError
from orbitconnect_api import operations
from tests.pipeline.harness import KEY, Sdk, answer, loopback, request_of

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


def test_vcrpy(sdk: Sdk, tmp_path: Path) -> None:
    recorder = vcr.VCR(filter_headers=[operations.SECRET_KEY_HEADER], match_on=["method", "uri", "body"])
    cassette = str(tmp_path / "calls.yaml")
    with loopback(answer(b'{"data":{"id":"usr_1"}}'), answer(b'{"data":{"id":"usr_2"}}')) as server:
        client = sdk.client()
        with recorder.use_cassette(cassette):
            recorded = [sdk.execute(client, request_of(body={"content": content})) for content in ("one", "two")]
        assert len(server.seen) == 2
        server.stop()
        with recorder.use_cassette(cassette, record_mode="none") as played:
            replayed = [sdk.execute(client, request_of(body={"content": content})) for content in ("one", "two")]
        sdk.close(client)
    assert recorded == replayed == [{"id": "usr_1"}, {"id": "usr_2"}]
    assert played.play_count == 2
    assert KEY not in Path(cassette).read_text()


def test_opentelemetrys_instrumentation_of_httpx(sdk: Sdk) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        with loopback(answer(b"", "503 Service Unavailable"), answer()) as server:
            client = sdk.client()
            assert sdk.execute(client, request_of()) == {"id": "x"}
            sdk.close(client)
    finally:
        instrumentor.uninstrument()
    spans = exporter.get_finished_spans()
    assert [span.attributes and span.attributes["http.status_code"] for span in spans] == [503, 200]
    traces = [seen.headers["traceparent"].split("-")[2] for seen in server.seen]
    assert traces == [f"{span.context.span_id:016x}" for span in spans], "each attempt has its own span"
    assert KEY not in str([span.to_json() for span in spans])
