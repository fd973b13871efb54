"""Failing receivers, addresses that the emulator does not deliver to, and the threads that deliver."""

from __future__ import annotations

import gc
import socket
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import ManualClock
from orbitconnect.testing import WebhookInbox
from orbitconnect_api.models.delivery_attempt import DeliveryAttempt
from orbitconnect_api.models.webhook import Webhook
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import newest_delivery
from tests.emulator.test_webhooks import NOWHERE

SHORT = 0.15
"""The timeout in tests whose receiver does not respond, in seconds."""


@contextmanager
def raw_receiver(*answers: bytes, hold: bool = False, first: Callable[[], object] | None = None) -> Iterator[str]:
    """Accept one connection, and respond with these packets."""
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            if first is not None:
                first()
            try:
                for answer in answers:
                    connection.sendall(answer)
                    done.wait(0.02)
                if hold:
                    done.wait(5)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            done.set()
            thread.join()


class TestFailures:
    def failure(self, url: str, timeout: float = 5) -> DeliveryAttempt:
        with CheckedEmulator(clock=ManualClock(), webhook_timeout=timeout) as emulator:
            orbit = emulator.client()
            webhook = orbit.webhooks.create(url)
            orbit.webhooks.test(webhook.id)
            emulator.settle()
            delivery = newest_delivery(orbit, webhook)
            assert (delivery.status, delivery.attempt_count) == ("pending", 1)
            (attempt,) = orbit.webhooks.get_attempts(delivery.id)
            assert delivery.last_error == attempt.error
            assert (attempt.response_status, attempt.response_excerpt) == (None, None)
            assert attempt.error
            return attempt

    def test_no_server(self) -> None:
        assert "refused" in (self.failure(NOWHERE).error or "")
        assert "refused" in (self.failure("http://[::1]:1/").error or "")
        assert "refused" in (self.failure("https://localhost:1/").error or "")

    @pytest.mark.parametrize(
        "url",
        [
            "https://yourapp.com/webhooks/orbit",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://0.0.0.0/",
            "http://127.0.0.1.example.com/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::ffff:10.0.0.1]/",
            "http://localhost.example.com/",
        ],
    )
    def test_only_loopback_addresses(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        def refuse(*args: Any, **more: Any) -> Any:
            raise AssertionError("nothing is connected to, and no name looked up")

        monkeypatch.setattr(socket, "create_connection", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        assert "loopback" in (self.failure(url).error or "")

    def test_no_response(self) -> None:
        with raw_receiver(hold=True) as url:
            assert "within 0.15 s" in (self.failure(url, SHORT).error or "")

    def test_a_slow_response_times_out(self) -> None:
        with raw_receiver(b"HTTP/1.1 200 OK\r\n", *[b"x: y\r\n"] * 100) as url:
            assert "within 0.15 s" in (self.failure(url, SHORT).error or "")

    def test_the_connection_is_closed(self, inbox: WebhookInbox) -> None:
        inbox.answer(None)
        assert "closed" in (self.failure(inbox.url).error or "")

    @pytest.mark.parametrize("answer", [b"\x00\xff garbage\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"SSH-2.0-x\r\n"])
    def test_a_response_that_is_not_http(self, answer: bytes) -> None:
        with raw_receiver(answer) as url:
            assert "not HTTP" in (self.failure(url).error or "")

    def test_a_server_without_tls(self) -> None:
        with raw_receiver(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
            assert "secured" in (self.failure(url.replace("http:", "https:")).error or "")

    def test_a_truncated_body_is_a_success(self, emulator: CheckedEmulator, orbit: OrbitServer) -> None:
        with raw_receiver(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", b"half") as url:
            webhook = orbit.webhooks.create(url)
            orbit.webhooks.test(webhook.id)
            emulator.settle()
        assert newest_delivery(orbit, webhook).status == "succeeded"

    def test_the_receiver_can_call_the_api(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        def react() -> None:
            orbit.users.create(external_id="1", display_name="A")

        with raw_receiver(b"HTTP/1.1 200 OK\r\n\r\n", first=react) as url:
            orbit.webhooks.test(orbit.webhooks.create(url).id)
            emulator.settle()
        assert inbox.wait_for("user.created").data["user"]["external_id"] == "1"


class TestLifetime:
    def test_settling_times_out(self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox) -> None:
        inbox.answer(200, delay=3)
        webhook = inbox.register(emulator, "*")
        orbit.webhooks.test(webhook.id)
        with pytest.raises(TimeoutError, match="Deliveries are still in progress"):
            emulator.settle(timeout=0.05)

    def test_pending_deliveries_are_sent_when_the_file_is_opened_again(
        self, tmp_path: Path, inbox: WebhookInbox
    ) -> None:
        clock = ManualClock()
        inbox.answer(200, delay=3, times=1)
        with CheckedEmulator(tmp_path / "state.db", clock=clock) as emulator:
            webhook = inbox.register(emulator, "*")
            event = emulator.client().webhooks.publish("order.paid", {})
            inbox.wait_for("order.paid")
        with CheckedEmulator(tmp_path / "state.db", clock=clock) as emulator:
            assert inbox.wait_for("order.paid").id == event.id
            emulator.settle()
            assert newest_delivery(emulator.client(), webhook).attempt_count == 1

    def test_deliveries_of_a_replaced_state_are_aborted(
        self, emulator: CheckedEmulator, orbit: OrbitServer, inbox: WebhookInbox, registered: Webhook
    ) -> None:
        before = emulator.snapshot()
        inbox.answer(200, delay=3, times=1)
        orbit.webhooks.publish("order.paid", {"n": 1})
        inbox.wait_for("order.paid")
        emulator.restore(before)
        orbit.webhooks.publish("order.paid", {"n": 2})
        assert inbox.wait_for("order.paid").data == {"n": 2}
        emulator.settle()
        (delivery,) = orbit.webhooks.list_deliveries(registered.id)
        assert (delivery.status, delivery.attempt_count) == ("succeeded", 1)

    def test_the_threads_of_a_dropped_emulator_end(self, inbox: WebhookInbox) -> None:
        emulator = CheckedEmulator(clock=ManualClock())
        inbox.answer(500)
        webhook = inbox.register(emulator, "*")
        emulator.client().webhooks.test(webhook.id)
        emulator.settle()
        workers = [thread for thread in threading.enumerate() if thread.name == "orbit-deliverer"]
        assert workers
        gone = weakref.ref(emulator)
        del emulator
        gc.collect()
        assert gone() is None
        for worker in workers:
            worker.join(5)
            assert not worker.is_alive()

    def test_there_is_no_thread_without_deliveries(self, orbit: OrbitServer, alice: str) -> None:
        orbit.webhooks.create(NOWHERE)
        orbit.users.update(alice, display_name="A")
        assert not [thread for thread in threading.enumerate() if thread.name == "orbit-deliverer"]
