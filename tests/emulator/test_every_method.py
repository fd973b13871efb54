"""Call every method of the facade with both clients, on the same state."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect.emulator import ManualClock
from orbitconnect.testing.inbox import WebhookInbox
from tests.base_url import ORIGIN
from tests.emulator.conformance import CheckedEmulator
from tests.wire.table import TABLE

Method = Callable[..., Awaitable[Any]]


class Story:
    """Calls methods by name with either client, and records their names."""

    def __init__(self, client: OrbitServer | AsyncOrbitServer, emulator: CheckedEmulator) -> None:
        self.client = client
        self.emulator = emulator
        self.called: set[str] = set()

    def on_behalf_of(self, user_id: str | None) -> Method:
        orbit: Any = self.client if user_id is None else self.client.as_user(user_id)

        async def call(name: str, *args: Any, **kwargs: Any) -> Any:
            self.called.add(name)
            namespace, method = name.split(".")
            result = getattr(getattr(orbit, namespace), method)(*args, **kwargs)
            return await result if inspect.isawaitable(result) else result

        return call

    def put(self, path: str, content: bytes) -> None:
        with httpx.Client(transport=self.emulator.transport) as http:
            assert http.put(ORIGIN + path, content=content, headers={"content-type": "text/plain"}).is_success

    async def tell(self) -> None:
        backend = self.on_behalf_of(None)
        alice, bob, carol = await self.users(backend)
        as_alice, as_bob = self.on_behalf_of(alice), self.on_behalf_of(bob)
        with WebhookInbox() as inbox:
            webhook = await self.endpoints(backend, inbox)
            chat = await self.conversations(as_alice, bob, carol)
            await self.messages(as_alice, as_bob, chat)
            call = await self.calls(as_alice, as_bob, bob)
            meeting = await self.meetings(as_alice, as_bob, alice, bob, carol)
            await self.media(as_alice, as_bob, bob)
            await self.realtime(as_alice, as_bob, chat, bob)
            await self.billing(backend)
            self.emulator.settle()
            assert "message.sent" in {received.type for received in inbox.received}
            await self.deliveries(backend, webhook)
        assert (await as_alice("calls.get", call)).status == "ended"
        assert (await as_alice("meetings.get", meeting)).status == "ended"
        await backend("users.deactivate", carol)
        assert [user.id for user in await backend("users.list", active_only=True)] == [alice, bob]

    async def users(self, backend: Method) -> tuple[str, str, str]:
        alice, bob, carol = [
            (await backend("users.create", external_id=name, display_name=name.title())).id
            for name in ("alice", "bob", "carol")
        ]
        assert (await backend("users.update", alice, metadata={"plan": "pro"})).metadata == {"plan": "pro"}
        assert (await backend("users.get", alice)) == (await backend("users.get_by_external_id", "alice"))
        assert (await backend("users.create_token", alice, ttl=60)).token.count(".") == 2
        return alice, bob, carol

    async def conversations(self, alice: Method, bob: str, carol: str) -> str:
        chat: str = (await alice("conversations.create", type="group", participant_ids=[bob])).id
        assert (await alice("conversations.update", chat, metadata={"name": "Team"})).metadata == {"name": "Team"}
        context = {"type": "booking", "referenceId": "b_1"}
        assert (await alice("conversations.update_context", chat, context)).context.reference_id == "b_1"
        assert [found.id for found in await alice("conversations.find_by_reference", "b_1")] == [chat]
        assert (await alice("conversations.add_participant", chat, carol)).app_user_id == carol
        assert len(await alice("conversations.list_participants", chat)) == 3
        await alice("conversations.remove_participant", chat, carol)
        assert (await alice("conversations.get", chat)).participant_count == 2
        assert [found.id for found in await alice("conversations.list")] == [chat]
        return chat

    async def messages(self, alice: Method, bob: Method, chat: str) -> None:
        first = await alice("messages.send", conversation_id=chat, content="Hello Bob", idempotency_key="once")
        again = await alice("messages.send", conversation_id=chat, content="Hello Bob", idempotency_key="once")
        assert again.id == first.id
        reply = await bob("messages.reply", conversation_id=chat, content="Hi", reply_to_message_id=first.id)
        assert reply.reply_to_message_id == first.id
        assert (await alice("messages.edit", first.id, "Hello, Bob!")).content == "Hello, Bob!"
        await bob("messages.ack", first.id)
        await bob("messages.mark_read", first.id)
        assert (await alice("messages.get_info", first.id)).read_count == 1
        assert (await bob("messages.react", first.id, "like")).reactions
        assert (await alice("messages.pin", first.id)).is_pinned
        assert [pinned.id for pinned in await bob("messages.get_pinned", chat)] == [first.id]
        await alice("messages.unpin", first.id)
        (copy,) = await alice("messages.forward", reply.id, [chat])
        assert copy.forwarded_from_message_id == reply.id
        assert (await alice("messages.recall", copy.id)).content is None
        assert [found.id for found in await alice("messages.search", chat, "hello")] == [first.id]
        assert [found.id for found in await bob("messages.search_global", "hello")] == [first.id]
        assert len(await bob("messages.sync", chat, first.created_at)) == 3
        await bob("messages.delete", reply.id)
        assert [message.id for message in await bob("messages.list", chat)] == [copy.id, first.id]
        assert (await bob("messages.get", first.id)).status == "read"

    async def calls(self, alice: Method, bob: Method, callee: str) -> str:
        declined = await alice("calls.initiate", callee_id=callee, type="voice")
        assert (await bob("calls.reject", declined.id)).status == "rejected"
        call: str = (await alice("calls.initiate", callee_id=callee, type="video")).id
        assert (await bob("calls.accept", call)).status == "accepted"
        assert (await alice("calls.get_webrtc_token")).token
        assert (await alice("calls.get_turn_credentials")).urls
        await alice("calls.submit_offer", call, "v=0\r\n")
        await bob("calls.submit_answer", call, "v=0\r\n")
        await bob("calls.add_ice_candidate", call, "candidate:1 1 udp 1 127.0.0.1 9 typ host")
        await alice("calls.submit_metrics", call, rtt=40)
        assert len(await alice("calls.get_metrics", call)) == 1
        recording = await alice("calls.toggle_record", call)
        await alice("calls.toggle_record", call)
        assert [found.id for found in await alice("calls.list_recordings", call)] == [recording.id]
        assert (await alice("calls.get_recording", recording.id)).id == recording.id
        assert (await alice("calls.end", call)).status == "ended"
        assert len(await bob("calls.list")) == 2
        return call

    async def meetings(self, alice: Method, bob: Method, host: str, guest: str, other: str) -> str:
        meeting: str = (await alice("meetings.create", title="Review")).id
        assert (await alice("meetings.update", meeting, title="Weekly review")).title == "Weekly review"
        await alice("meetings.add_participant", meeting, other)
        await alice("meetings.remove_participant", meeting, other)
        assert (await alice("meetings.start", meeting)).status == "live"
        token = await alice("meetings.generate_token", meeting, user_id=guest, role="participant")
        joined = await bob("meetings.join", meeting, token=token.token)
        assert joined.meeting.id == meeting
        assert joined.sfu_session is not None
        await alice("meetings.join", meeting)
        await alice("meetings.mute", meeting, guest)
        await alice("meetings.unmute", meeting, guest)
        await alice("meetings.update_role", meeting, guest, "co_host")
        await bob("meetings.start_screen_share", meeting)
        await bob("meetings.stop_screen_share", meeting)
        recording = await alice("meetings.start_recording", meeting)
        await alice("meetings.stop_recording", meeting)
        assert [found.id for found in await alice("meetings.list_recordings", meeting)] == [recording.id]
        assert (await alice("meetings.get_recording", meeting, recording.id)).id == recording.id
        await bob("meetings.submit_metrics", meeting, packet_loss=0.5)
        assert len(await alice("meetings.get_metrics", meeting)) == 1
        await bob("meetings.leave", meeting)
        await bob("meetings.join", meeting)
        await alice("meetings.kick_participant", meeting, guest)
        assert [found.id for found in await alice("meetings.list")] == [meeting]
        assert (await alice("meetings.end", meeting)).status == "ended"
        return meeting

    async def media(self, alice: Method, bob: Method, reader: str) -> None:
        upload = await alice("media.generate_upload_url", "text/plain")
        self.put(upload.upload_path, b"Hello, file")
        self.emulator.advance(60)
        media = upload.media_id
        assert (await alice("media.get_status", media)).status == "ready"
        assert (await alice("media.get", media)).size == 11
        assert (await alice("media.get_metadata", media)).size == 11
        assert (await alice("media.get_download_url", media)).url
        assert (await alice("media.get_stream_url", media)).url
        await alice("media.grant_access", media, user_id=reader, access_type="download")
        assert [grant.app_user_id for grant in await alice("media.list_access", media)] == [reader]
        assert (await bob("media.get_download_url", media)).url
        await alice("media.process", media)
        self.emulator.advance(60)
        parts = await alice("media.init_multipart", "text/plain", "large.txt")
        self.put(parts.parts[0].upload_path, b"A large file")
        large = await alice("media.complete_multipart", parts.session_id, "text/plain", 12)
        self.emulator.advance(60)
        assert [found.id for found in await alice("media.search", "large")] == [large.id]
        recording = await alice("media.start_recording", extra={"layout": "grid"})
        assert (await alice("media.get_recording", recording.id)).id == recording.id
        await alice("media.stop_recording", recording.id)
        assert recording.id in {found.id for found in await alice("media.list_recordings")}
        await alice("media.delete", media)

    async def realtime(self, alice: Method, bob: Method, chat: str, callee: str) -> None:
        session: str = (await alice("realtime.create_session", type="chat_session", context_id=chat)).id
        call = await alice("calls.initiate", callee_id=callee, type="video")
        await bob("calls.accept", call.id)
        assert (await alice("realtime.chat_to_call", session, call.id)).to_state == "call"
        meeting = await alice("meetings.create", title="From the call")
        await alice("meetings.start", meeting.id)
        assert (await alice("realtime.call_to_meeting", session, meeting.id)).to_state == "meeting"
        assert (await alice("realtime.meeting_to_chat", session, chat)).to_state == "chat"
        assert (await alice("realtime.transition", session, "chat_to_call", call.id)).to_state == "call"
        assert len(await alice("realtime.list_transitions", session)) == 4
        event = await alice("realtime.emit_event", session, event_type="typing", payload={"on": True})
        assert (await alice("realtime.get_event", session, event.id)).id == event.id
        assert len(await alice("realtime.list_events", session)) == 1
        await alice("realtime.update_context", session, meeting_id=meeting.id)
        assert (await alice("realtime.get_context", session)).meeting_id == meeting.id
        assert (await alice("realtime.update_session", session, context_id=call.id)).id == session
        assert (await alice("realtime.get_session", session)).state == "call"
        assert [found.id for found in await alice("realtime.list_sessions")] == [session]
        assert (await alice("realtime.end_session", session)).status == "ended"
        await alice("calls.end", call.id)

    async def billing(self, backend: Method) -> None:
        await backend("billing.create_alert", type="low_balance", threshold=5.00)
        await backend("billing.top_up", 20)
        assert (await backend("billing.get_wallet")).balance == 20
        await backend("billing.record_usage_event", event_type="call.minute", quantity=10)
        assert (await backend("billing.get_usage")).totals
        assert await backend("billing.get_aggregates")
        invoice = await backend("billing.generate_invoice")
        assert (await backend("billing.get_invoice", invoice.id)).id == invoice.id
        assert [found.id for found in await backend("billing.get_invoices")] == [invoice.id]
        assert len(await backend("billing.get_transactions")) == 2
        assert len(await backend("billing.get_alerts")) == 1

    async def endpoints(self, backend: Method, inbox: WebhookInbox) -> str:
        webhook = await backend("webhooks.create", inbox.url)
        await backend("webhooks.subscribe", webhook.id, "message.sent")
        extra = await backend("webhooks.subscribe", webhook.id, "call.ended")
        assert len(await backend("webhooks.list_subscriptions", webhook.id)) == 2
        await backend("webhooks.unsubscribe", webhook.id, extra.id)
        assert (await backend("webhooks.get", webhook.id)).url == inbox.url
        return str(webhook.id)

    async def deliveries(self, backend: Method, webhook: str) -> None:
        event = await backend("webhooks.publish", "message.sent", {"message_id": "m", "conversation_id": "c"})
        assert event.id in {found.id for found in await backend("webhooks.list_events")}
        self.emulator.settle()
        await backend("webhooks.replay", event.id)
        await backend("webhooks.test", webhook)
        self.emulator.settle()
        newest = (await backend("webhooks.list_deliveries", webhook))[0]
        assert (await backend("webhooks.get_delivery", newest.id)).status == "succeeded"
        assert len(await backend("webhooks.get_attempts", newest.id)) == 1
        assert (await backend("webhooks.rotate_secret", webhook)).secret
        assert not (await backend("webhooks.update", webhook, is_active=False)).is_active
        assert [found.id for found in await backend("webhooks.list")] == [webhook]
        await backend("webhooks.delete", webhook)


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_every_method_works_on_one_state(kind: str) -> None:
    with CheckedEmulator(clock=ManualClock(), seed=1) as emulator:
        client = emulator.client() if kind == "sync" else emulator.async_client()
        story = Story(client, emulator)
        asyncio.run(story.tell())
    assert story.called == TABLE.keys()
