from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from orbitconnect import NotFoundError
from orbitconnect.otel import OpenTelemetryObserver
from orbitconnect_api import operations
from tests.base_url import PORT
from tests.pipeline.harness import KEY, KEYED, Sdk, data, request_of, scripted


class Telemetry:
    """Collects spans and metrics in memory."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self._exporter))
        self._reader = InMemoryMetricReader()
        self.meters = MeterProvider([self._reader])

    def observer(self, **options: Any) -> OpenTelemetryObserver:
        return OpenTelemetryObserver(tracer_provider=self.tracers, meter_provider=self.meters, **options)

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._exporter.get_finished_spans())

    @property
    def points(self) -> list[Any]:
        read: Any = self._reader.get_metrics_data()
        (metric,) = read.resource_metrics[0].scope_metrics[0].metrics
        assert (metric.name, metric.unit) == ("http.client.request.duration", "s")
        return list(metric.data.data_points)


@pytest.fixture
def telemetry() -> Telemetry:
    return Telemetry()


def test_a_call_and_its_requests_are_spans(sdk: Sdk, telemetry: Telemetry) -> None:
    transport, _ = scripted(
        httpx.Response(503, headers={operations.REQUEST_ID_HEADER: "req_1"}), httpx.ReadError("x"), data()
    )
    client = sdk.client(transport=transport, observers=[telemetry.observer()])
    with telemetry.tracers.get_tracer("app").start_as_current_span("handler") as handler:
        sdk.execute(client, request_of(KEYED))
        assert trace.get_current_span() is handler, "the context is restored"
    first, second, third, call, _ = telemetry.spans
    assert call.name == "orbitconnect sendMessage"
    assert call.parent == handler.get_span_context()
    assert (call.attributes or {})["orbitconnect.attempts"] == 3
    assert [span.parent for span in (first, second, third)] == [call.context] * 3
    assert {span.name for span in (first, second, third)} == {"POST /conversations/{conversation_id}/messages"}
    assert {span.kind for span in (first, second, third)} == {trace.SpanKind.CLIENT}
    assert dict(first.attributes or {}) == {
        "http.request.method": "POST",
        "server.address": operations.LIVE_HOST,
        "server.port": PORT,
        "url.scheme": "https",
        "url.full": operations.BASE_URL + operations.SEND_MESSAGE.path,
        "url.template": operations.SEND_MESSAGE.path,
        "http.response.status_code": 503,
        "error.type": "503",
        "orbitconnect.request_id": "req_1",
    }
    attributes = [dict(span.attributes or {}) for span in (second, third)]
    assert [found["http.request.resend_count"] for found in attributes] == [1, 2]
    assert attributes[0]["error.type"] == "connection_failed"
    assert "error.type" not in attributes[1]
    codes = [span.status.status_code for span in (first, second, third, call)]
    assert codes == [trace.StatusCode.ERROR, trace.StatusCode.ERROR, trace.StatusCode.UNSET, trace.StatusCode.UNSET]
    assert sum(point.count for point in telemetry.points) == 3
    assert {point.attributes.get("error.type") for point in telemetry.points} == {"503", "connection_failed", None}


def test_a_failed_call_is_a_span_with_its_error(sdk: Sdk, telemetry: Telemetry) -> None:
    transport, _ = scripted(httpx.Response(404, json={"message": "secret words"}))
    client = sdk.client(transport=transport, observers=[telemetry.observer()], signing_secret="shh-secret")
    with pytest.raises(NotFoundError):
        sdk.execute(client, request_of(KEYED, acting_user_id="usr_private"))
    request, call = telemetry.spans
    assert (call.attributes or {})["error.type"] == "orbitconnect.errors.NotFoundError"
    assert (request.attributes or {})["error.type"] == "404"
    written = "".join(span.to_json() for span in telemetry.spans)
    for secret in (KEY, "shh-secret", "secret words", "usr_private", "cnv_1"):
        assert secret not in written


def test_the_trace_context_is_sent_only_on_request(sdk: Sdk, telemetry: Telemetry) -> None:
    transport, asked = scripted(data())
    for propagates in (False, True):
        client = sdk.client(transport=transport, observers=[telemetry.observer(propagate_context=propagates)])
        sdk.execute(client, request_of())
    assert "traceparent" not in asked[0].headers
    request = telemetry.spans[2].context
    assert request is not None
    assert asked[1].headers["traceparent"].split("-")[1:3] == [f"{request.trace_id:032x}", f"{request.span_id:016x}"]


def test_one_observer_handles_nested_calls(sdk: Sdk, telemetry: Telemetry) -> None:
    observer = telemetry.observer()
    client = sdk.client(transport=scripted(data())[0], observers=[observer, telemetry.observer()])
    sdk.execute(client, request_of())
    assert len(telemetry.spans) == 4


def test_without_the_opentelemetry_sdk_it_does_nothing_and_can_be_pickled(sdk: Sdk) -> None:
    client = sdk.client(observers=[OpenTelemetryObserver()])
    again = pickle.loads(pickle.dumps(client))
    assert isinstance(again._settings.observers[0], OpenTelemetryObserver)
    assert sdk.execute(sdk.client(transport=scripted(data())[0], observers=[OpenTelemetryObserver()]), request_of())


def test_an_observer_with_a_provider_says_why_it_cannot_be_pickled(telemetry: Telemetry) -> None:
    with pytest.raises(TypeError, match="global providers"):
        pickle.dumps(telemetry.observer())


def test_the_error_for_missing_opentelemetry_names_the_extra() -> None:
    code = """
import sys
sys.modules["opentelemetry"] = None
import orbitconnect
try:
    import orbitconnect.otel
except ImportError as error:
    assert "[otel]" in str(error), error
else:
    raise SystemExit("imported")
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
