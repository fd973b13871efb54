"""For every fault, retry class and stack, check the requests that the server received and the call's outcome."""

from __future__ import annotations

import socket

import pytest

from orbitconnect import ConnectionFailedError, OrbitServerError
from orbitconnect_api.types import Operation
from tests.http.faults.faults import FAULTS, READABLE, UNCLEAR, Fault
from tests.http.faults.harness import CLASSES, GOOD, idempotency_keys, reset
from tests.pipeline.harness import NEVER, LoopbackServer, Sdk, Step, hang_up, in_place_of_the_api, loopback, request_of

classes = pytest.mark.parametrize("operation", CLASSES.values(), ids=CLASSES)


@classes
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_call_survives_a_fault_or_raises_its_error(sdk: Sdk, fault: Fault, operation: Operation) -> None:
    tried_again = fault.tried_again and operation is not NEVER
    with loopback(fault.step, GOOD) as server:
        client = sdk.client()
        if tried_again:
            assert sdk.execute(client, request_of(operation)) == {"id": "x"}
        else:
            with pytest.raises(fault.errors) as caught:
                sdk.execute(client, request_of(operation))
            assert caught.value.attempts == 1
        assert len(server.seen) == 1 + tried_again
        assert sdk.clock.slept == [0.5] * tried_again
        if operation.idempotency_field:
            assert len(idempotency_keys(operation, server.seen)) == 1
        # The next call is not affected.
        assert sdk.execute(client, request_of(operation)) == {"id": "x"}
        assert len(server.seen) == 2 + tried_again
        sdk.close(client)


@pytest.mark.parametrize("name", ["reset", "half the headers", "no last chunk", "503 with HTML", "200 with HTML"])
@classes
def test_a_fault_that_persists_is_raised_after_the_last_attempt(sdk: Sdk, name: str, operation: Operation) -> None:
    fault = FAULTS[name]
    attempts = 3 if fault.tried_again and operation is not NEVER else 1
    with loopback(fault.step) as server:
        client = sdk.client()
        with pytest.raises(fault.errors) as caught:
            sdk.execute(client, request_of(operation))
        sdk.close(client)
    assert caught.value.attempts == len(server.seen) == attempts
    assert ("3 attempts" in str(caught.value)) == (attempts == 3)
    assert sdk.clock.slept == [0.5, 1.0][: attempts - 1]
    if operation.idempotency_field:
        assert len(idempotency_keys(operation, server.seen)) == 1


@pytest.mark.parametrize("step", READABLE.values(), ids=READABLE)
def test_every_valid_form_of_a_response_is_read(sdk: Sdk, step: Step) -> None:
    with loopback(step, GOOD) as server:
        client = sdk.client()
        for _ in range(2):
            assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert len(server.seen) == 2


@pytest.mark.parametrize("step", UNCLEAR.values(), ids=UNCLEAR)
def test_an_ambiguous_response_is_read_or_raises_one_error(sdk: Sdk, step: Step) -> None:
    with loopback(step, GOOD) as server:
        client = sdk.client()
        try:
            assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        except OrbitServerError as error:
            assert error.attempts == 1  # noqa: PT017  # Some stacks accept the response.
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert len(server.seen) == 2


@classes
def test_a_refused_connection_is_retried_and_raised(sdk: Sdk, operation: Operation) -> None:
    with in_place_of_the_api(LoopbackServer(GOOD)):
        client = sdk.client()
        with pytest.raises(ConnectionFailedError, match=r"Errno 111.*not sent.*3 attempts"):
            sdk.execute(client, request_of(operation))
        sdk.close(client)
    assert sdk.clock.slept == [0.5, 1.0]


@classes
def test_a_connection_that_is_refused_at_first_is_retried(
    sdk: Sdk, operation: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = LoopbackServer(GOOD)
    with in_place_of_the_api(server):
        client = sdk.client()
        monkeypatch.setattr(sdk.clock, "sleep", lambda seconds: server.start())
        assert sdk.execute(client, request_of(operation)) == {"id": "x"}
        sdk.close(client)
    assert len(server.seen) == 1


class Impatient(LoopbackServer):
    """Ends its first connection after `after` bytes of the request."""

    def __init__(self, after: int, end: Step) -> None:
        super().__init__(GOOD)
        self._after = after
        self._end = end

    def _serve(self, connection: socket.socket, number: int) -> None:
        if number > 1:
            super()._serve(connection, number)
            return
        left = self._after
        while left > 0:
            left -= len(connection.recv(left))
        assert callable(self._end)
        self._end(connection)


@classes
@pytest.mark.parametrize("end", [hang_up(), reset], ids=["closed", "reset"])
@pytest.mark.parametrize("after", [0, 20, 100_000], ids=["before the request", "in the headers", "in the body"])
def test_a_connection_that_ends_before_the_request_has_arrived(
    sdk: Sdk, after: int, end: Step, operation: Operation
) -> None:
    server = Impatient(after, end)
    server.start()
    body = {"content": "x" * 5_000_000} if after == 100_000 else {"content": "hello"}
    with in_place_of_the_api(server):
        client = sdk.client()
        result = sdk.execute_anyhow(client, request_of(operation, body=body))
        sdk.close(client)
    if operation is NEVER and (after or result != {"id": "x"}):
        # The API has not received the request, but the SDK cannot know that.
        assert isinstance(result, ConnectionFailedError)
        assert "may have carried out the request" in str(result)
        assert (server.connections, len(server.seen)) == (1, 0)
    else:
        # If a stack detects the end before it sends anything, it may use another connection.
        assert result == {"id": "x"}
        assert (server.connections, len(server.seen)) == (2, 1)
