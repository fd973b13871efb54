from __future__ import annotations

import asyncio
import logging
import pickle
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from orbitconnect import AsyncOrbitServer, NotFoundError, OrbitServer, ServerError, UnreadableResponseError
from orbitconnect.observers import AttemptEnded, CallEnded, CallStarted, Observer
from orbitconnect_api import operations
from tests.base_url import AUTHORITY
from tests.pipeline.harness import KEY, KEYED, NEVER, SAFE, Sdk, answer, data, hang_up, loopback, request_of, scripted


class Notes(Observer):
    """An observer that records every event."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        self.headers = headers
        self.told: list[Any] = []
        self.calls: set[CallStarted] = set()

    def call_started(self, call: CallStarted) -> None:
        self.calls.add(call)
        self.told.append(call)

    def attempt_started(self, call: CallStarted, number: int) -> Mapping[str, str] | None:
        self.calls.add(call)
        self.told.append(number)
        return self.headers

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        self.calls.add(call)
        self.told.append(attempt)

    def call_ended(self, call: CallStarted, end: CallEnded) -> None:
        self.calls.add(call)
        self.told.append(end)


class Failing(Observer):
    """An observer that always raises."""

    def call_started(self, call: CallStarted) -> None:
        raise ValueError("started")

    def attempt_started(self, call: CallStarted, number: int) -> Mapping[str, str] | None:
        raise ValueError("attempt")

    def attempt_ended(self, call: CallStarted, attempt: AttemptEnded) -> None:
        raise ValueError("ended")

    def call_ended(self, call: CallStarted, end: CallEnded) -> None:
        raise ValueError("done")


def busy(request_id: str = "req_1") -> httpx.Response:
    headers = {"retry-after": "2", operations.REQUEST_ID_HEADER: request_id}
    return httpx.Response(503, json={"message": "busy"}, headers=headers)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, logger="orbitconnect")
    return caplog


def test_observers_see_both_attempts_of_a_call_with_a_retry(sdk: Sdk) -> None:
    notes = Notes()
    transport, _ = scripted(busy(), httpx.ReadError("reset"), data())
    client = sdk.client(transport=transport, observers=[notes])
    sdk.execute(client, request_of(KEYED))
    began, one, first, two, second, three, third, end = notes.told
    assert (began.operation, began.namespace, began.method) == ("sendMessage", "messages", "POST")
    assert began.route == "/conversations/{conversation_id}/messages"
    assert began.server == AUTHORITY
    assert (one, two, three) == (1, 2, 3)
    assert first == AttemptEnded(1, 503, None, 0.0, "req_1", 2.0)
    assert second == AttemptEnded(2, None, "connection_failed", 0.0, None, 1.0)
    assert third == AttemptEnded(3, 200, None, 0.0, None, None)
    assert end == CallEnded(3, 3.0, 200, None, None)
    assert len(notes.calls) == 1, "all methods receive the same call object"


def test_observers_see_the_error_of_a_call(sdk: Sdk) -> None:
    notes = Notes()
    transport, _ = scripted(httpx.Response(404, json={"message": "no"}), httpx.Response(200, text="<html>"), busy())
    client = sdk.client(transport=transport, observers=[notes], max_retries=0)
    for error in (NotFoundError, UnreadableResponseError, ServerError):
        with pytest.raises(error) as caught:
            sdk.execute(client, request_of())
        assert notes.told[-1].error is caught.value
    assert [told.status for told in notes.told if isinstance(told, CallEnded)] == [404, 200, 503]


def test_an_error_before_the_first_attempt_is_not_observed(sdk: Sdk) -> None:
    notes = Notes()
    client = sdk.client(observers=[notes])
    with pytest.raises(ValueError, match="acting_user_id"):
        sdk.execute(client, request_of(NEVER, acting_user_id=None))
    assert notes.told == []


def test_views_share_the_observer(sdk: Sdk) -> None:
    notes = Notes()
    transport, _ = scripted(data())
    client = sdk.client(transport=transport, observers=[notes])
    sdk.execute(client.as_user("usr_1").with_options(timeout=3), request_of(NEVER, acting_user_id=None))
    assert [type(told) for told in notes.told] == [CallStarted, int, AttemptEnded, CallEnded]


async def test_observers_see_the_end_of_a_cancelled_call() -> None:
    notes = Notes()

    async def handle(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with AsyncOrbitServer(KEY, transport=httpx.MockTransport(handle), observers=[notes]) as client:
        task = asyncio.create_task(client.raw.execute(request_of()))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    attempt, end = notes.told[-2:]
    assert (attempt.failure, attempt.status) == ("interrupted", None)
    assert isinstance(end.error, asyncio.CancelledError)


def test_headers_of_observers_are_sent_but_cannot_replace_the_clients(
    sdk: Sdk, caplog: pytest.LogCaptureFixture
) -> None:
    observers = [Notes({"traceparent": "00-1"}), Notes({operations.SECRET_KEY_HEADER: "theirs"}), Notes({"X-B": "2"})]
    with loopback(hang_up(), answer()) as server:
        client = sdk.client(observers=observers, signing_secret="shh")
        sdk.execute(client, request_of())
        sdk.close(client)
    assert [(seen.headers["traceparent"], seen.headers["x-b"]) for seen in server.seen] == [("00-1", "2")] * 2
    assert {seen.headers[operations.SECRET_KEY_HEADER] for seen in server.seen} == {KEY}
    assert "The observer Notes raised an exception" in caplog.text


def test_an_observer_that_raises_does_not_affect_the_call(sdk: Sdk, caplog: pytest.LogCaptureFixture) -> None:
    notes = Notes()
    transport, _ = scripted(data())
    client = sdk.client(transport=transport, observers=[Failing(), notes])
    assert sdk.execute(client, request_of()) == {"id": "x"}
    assert [type(told) for told in notes.told] == [CallStarted, int, AttemptEnded, CallEnded]
    assert [record.getMessage() for record in caplog.records] == ["The observer Failing raised an exception."] * 4


@pytest.mark.parametrize("wrong", [Notes, object(), "log", None])
def test_an_object_that_is_not_an_observer_is_refused(sdk: Sdk, wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"orbitconnect\.observers\.Observer"):
        sdk.client(observers=[wrong])


class Local(Observer):
    """An observer that can be pickled."""


def test_a_client_can_be_pickled_if_its_observers_can(sdk: Sdk) -> None:
    again = pickle.loads(pickle.dumps(sdk.client(observers=[Local()])))
    assert isinstance(again._settings.observers[0], Local)
    unfit = Notes()
    unfit.headers = type("Headers", (dict,), {})()  # An instance of a local class cannot be pickled.
    with pytest.raises(TypeError, match="because its observers cannot"):
        pickle.dumps(sdk.client(observers=[unfit]))


# The log.


def test_a_call_is_logged(sdk: Sdk, lines: pytest.LogCaptureFixture) -> None:
    transport, _ = scripted(busy("req_7"), data())
    sdk.execute(sdk.client(transport=transport), request_of())
    assert [(record.levelname, record.getMessage()) for record in lines.records] == [
        (
            "INFO",
            "createAppUser POST /app-users: HTTP 503 in 0 ms (attempt 1, request id 'req_7'), trying again in 2.00 s",
        ),
        ("DEBUG", "createAppUser POST /app-users: HTTP 200 in 0 ms (attempt 2)"),
        ("DEBUG", "createAppUser succeeded after 2 attempts in 2000 ms (status 200)"),
    ]
    record: Any = lines.records[0]
    assert (record.orbit_operation, record.orbit_status, record.orbit_retry_in) == ("createAppUser", 503, 2.0)
    assert (record.orbit_attempt, record.orbit_request_id, record.orbit_failure) == (1, "req_7", None)


def test_a_failed_call_is_logged(sdk: Sdk, lines: pytest.LogCaptureFixture) -> None:
    transport, _ = scripted(httpx.ReadTimeout("slow"))
    with pytest.raises(Exception, match="in time"):
        sdk.execute(sdk.client(transport=transport), request_of(NEVER))
    assert [record.getMessage() for record in lines.records] == [
        "createConversation POST /conversations: timeout in 0 ms (attempt 1)",
        "createConversation failed with DeadlineExceededError after 1 attempt in 0 ms",
    ]


def test_a_request_id_cannot_forge_lines_of_the_log(sdk: Sdk, lines: pytest.LogCaptureFixture) -> None:
    transport, _ = scripted(httpx.Response(200, json={"data": 1}, headers={operations.REQUEST_ID_HEADER: "a' \x1b[2J"}))
    sdk.execute(sdk.client(transport=transport), request_of())
    assert "\x1b" not in lines.text


def test_secrets_bodies_and_ids_are_never_logged(sdk: Sdk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)  # All loggers, including those of httpx and httpcore.
    with loopback(hang_up(), answer(b'{"data":{"id":"id-in-answer"}}')) as server:
        client = sdk.client(signing_secret="signing-secret")
        sdk.execute(client, request_of(KEYED, body={"content": "words"}, acting_user_id="usr_77", query="q=search"))
        sdk.close(client)
    assert len(server.seen) == 2
    assert any(record.name.startswith("httpcore") for record in caplog.records), "the log contains lines to check"
    signature = server.seen[1].headers[operations.SIGNATURE_HEADER]
    for secret in (KEY, "signing-secret", signature, "words", "id-in-answer", "usr_77", "q=search"):
        assert secret not in caplog.text


def test_nothing_is_built_for_observers_that_do_not_exist(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orbitconnect._pipeline.watch.Watch.__init__", None)
    logging.getLogger("orbitconnect").setLevel(logging.WARNING)
    try:
        transport, _ = scripted(data())
        assert sdk.execute(sdk.client(transport=transport), request_of()) == {"id": "x"}
    finally:
        logging.getLogger("orbitconnect").setLevel(logging.NOTSET)


# Captured responses.


def test_responses_can_be_captured(sdk: Sdk) -> None:
    transport, _ = scripted(
        busy(), httpx.Response(200, json={"data": {"id": "x"}}, headers={operations.REQUEST_ID_HEADER: "r"})
    )
    client = sdk.client(transport=transport)
    other = sdk.client(transport=scripted(data())[0])
    with client.capture_responses() as responses:
        sdk.execute(client.as_user("usr_1"), request_of())
        sdk.execute(other, request_of())
        with client.capture_responses() as inner:
            sdk.execute(client, request_of())
    sdk.execute(client, request_of())
    assert [response.attempts for response in responses] == [2, 1]
    assert inner == responses[1:]
    first = responses[0]
    assert (first.status_code, first.request_id, first.elapsed, first.parsed) == (200, "r", 2.0, {"id": "x"})
    assert first.headers[operations.REQUEST_ID_HEADER] == "r"
    assert first.content == b'{"data":{"id":"x"}}'


def test_a_capture_ends_with_its_block(sdk: Sdk) -> None:
    capture = sdk.client(transport=scripted(data())[0]).capture_responses()
    with capture, pytest.raises(RuntimeError, match="for each `with` block"), capture:
        pass


async def test_each_task_captures_its_own_responses() -> None:
    async def handle(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.001)
        return httpx.Response(200, json={"data": request.headers["x-n"]})

    async with AsyncOrbitServer(KEY, transport=httpx.MockTransport(handle)) as client:

        async def one(number: int) -> list[Any]:
            view = client.with_options(headers={"x-n": str(number)})
            with client.capture_responses() as responses:
                await asyncio.gather(*(view.raw.execute(request_of()) for _ in range(3)))
            return [response.parsed for response in responses]

        found = await asyncio.gather(*(one(number) for number in range(20)))
    assert found == [[str(number)] * 3 for number in range(20)]


def test_detailed_results_and_errors_hold_the_same_facts(sdk: Sdk) -> None:
    transport, _ = scripted(busy("req_9"), data(), busy("req_10"))
    client = sdk.client(transport=transport, max_retries=1)
    response = sdk.run(client.raw.execute_detailed(request_of()))
    assert (response.attempts, response.elapsed) == (2, 2.0)
    with pytest.raises(ServerError) as caught:
        sdk.execute(client, request_of(SAFE))
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.attempts, error.request_id) == (2, "req_10")
    assert error.headers["retry-after"] == "2"


def test_both_clients_have_the_same_arguments() -> None:
    assert OrbitServer.__init__.__kwdefaults__ == AsyncOrbitServer.__init__.__kwdefaults__
