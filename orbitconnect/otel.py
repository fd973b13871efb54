"""OpenTelemetry spans and metrics for calls. Requires the extra `orbitconnect[otel]`.

    from orbitconnect.otel import OpenTelemetryObserver

    orbit = OrbitServer(observers=[OpenTelemetryObserver()])

Names and attributes follow OpenTelemetry's semantic conventions. Each call has a span (`orbitconnect sendMessage`), and
each of its requests has a client span below it (`POST /conversations/{conversation_id}/messages`), so that retries are
visible. The histogram is `http.client.request.duration`. Without an OpenTelemetry SDK, the observer does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import Token
from functools import partial
from typing import Final, NamedTuple

from orbitconnect_api.operations import BASE_URL

from ._extras import how_to_install
from ._version import VERSION
from .observers import AttemptEnded, CallEnded, CallStarted, Observer

try:
    from opentelemetry import context, metrics, propagate, trace
except ImportError as _error:
    raise ImportError(f"OpenTelemetry is not installed. {how_to_install('otel')}", name=_error.name) from None

__all__ = ["OpenTelemetryObserver"]

_SCHEMA: Final = "https://opentelemetry.io/schemas/1.27.0"
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


class _Running(NamedTuple):
    span: trace.Span
    token: Token[context.Context]


class OpenTelemetryObserver(Observer):
    """Create spans and record durations. One observer can serve several clients.

    Spans and metrics contain no ids, queries or bodies: `url.full` is the route with its parameters in braces.
    """

    def __init__(
        self,
        *,
        tracer_provider: trace.TracerProvider | None = None,
        meter_provider: metrics.MeterProvider | None = None,
        propagate_context: bool = False,
    ) -> None:
        """Create an observer.

        Args:
            tracer_provider: Receives the spans. The default is the global provider.
            meter_provider: Receives the histogram. The default is the global provider.
            propagate_context: Send the headers of the global propagator, such as `traceparent` and `baggage`, to the
                API. Off by default, because the API belongs to a third party and baggage can contain anything.
        """
        self._tracer = trace.get_tracer("orbitconnect", VERSION, tracer_provider, _SCHEMA)
        meter = metrics.get_meter("orbitconnect", VERSION, meter_provider, _SCHEMA)
        self._duration = meter.create_histogram(
            "http.client.request.duration",
            unit="s",
            description="Duration of HTTP client requests.",
            explicit_bucket_boundaries_advisory=_BUCKETS,
        )
        self._propagate_context = propagate_context
        self._own_providers = tracer_provider is not None or meter_provider is not None

    def __reduce__(self) -> tuple[object, ...]:
        if self._own_providers:
            raise TypeError(
                "An OpenTelemetryObserver with a tracer_provider or meter_provider cannot be pickled. Use the global "
                "providers instead."
            )
        return partial(OpenTelemetryObserver, propagate_context=self._propagate_context), ()

    def call_started(self, call: CallStarted) -> None:
        """Start the call's span."""
        span = self._tracer.start_span(
            f"orbitconnect {call.operation}", attributes={"orbitconnect.operation": call.operation}
        )
        call.notes[self] = _running(span)

    def attempt_started(self, call: CallStarted, number: int) -> Mapping[str, str] | None:
        """Start the request's span."""
        attributes: dict[str, str | int] = {
            **_request_attributes(call),
            "url.full": BASE_URL + call.route,
            "url.template": call.route,
        }
        if number > 1:
            attributes["http.request.resend_count"] = number - 1
        span = self._tracer.start_span(f"{call.method} {call.route}", kind=trace.SpanKind.CLIENT, attributes=attributes)
        call.notes[self, "attempt"] = _running(span)
        headers: dict[str, str] = {}
        if self._propagate_context:
            propagate.inject(headers)
        return headers

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        """End the request's span and record its duration."""
        running: _Running = call.notes.pop((self, "attempt"))
        attributes: dict[str, str | int] = {}
        if attempt.status is not None:
            attributes["http.response.status_code"] = attempt.status
        error = attempt.failure or (str(attempt.status) if attempt.status is None or attempt.status >= 400 else None)
        if error is not None:
            attributes["error.type"] = error
            running.span.set_status(trace.StatusCode.ERROR)
        running.span.set_attributes(attributes)
        if attempt.request_id is not None:
            running.span.set_attribute("orbitconnect.request_id", attempt.request_id[:200])
        _end(running)
        self._duration.record(attempt.seconds, {**_request_attributes(call), **attributes})

    def call_ended(self, call: CallStarted, end: CallEnded) -> None:
        """End the call's span."""
        running: _Running = call.notes.pop(self)
        running.span.set_attribute("orbitconnect.attempts", end.attempts)
        if end.error is not None:
            kind = type(end.error)
            name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
            running.span.set_attribute("error.type", name)
            running.span.set_status(trace.StatusCode.ERROR, kind.__name__)
        _end(running)


def _request_attributes(call: CallStarted) -> dict[str, str | int]:
    """The attributes of both the span and the histogram."""
    scheme = BASE_URL.partition(":")[0]
    host, _, port = call.server.partition(":")
    return {
        "http.request.method": call.method,
        "server.address": host,
        "server.port": int(port or (443 if scheme == "https" else 80)),
        "url.scheme": scheme,
    }


def _running(span: trace.Span) -> _Running:
    """Make a span the current span, so that other instrumentations' spans become its children."""
    return _Running(span, context.attach(trace.set_span_in_context(span)))


def _end(running: _Running) -> None:
    context.detach(running.token)
    running.span.end()
