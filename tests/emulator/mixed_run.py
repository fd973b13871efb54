"""A long run that uses every part of the API. If the emulator is deterministic, all runs are identical."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from orbitconnect import OrbitServer, OrbitServerError
from orbitconnect.emulator import Emulator, EmulatorRequest, EmulatorResponse, Status
from tests.emulator.conformance import CheckedEmulator

NOWHERE = "http://127.0.0.1:9/"
"""A port on which nothing listens."""


class Recorded(CheckedEmulator):
    """An emulator that keeps all its responses."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.responses: list[bytes] = []

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        response = super().handle(request)
        self.responses.append(repr((request.method, request.path, response.status, response.headers)).encode())
        self.responses.append(response.body)
        return response

    def taken(self) -> list[bytes]:
        """The responses since this method was last called."""
        taken, self.responses = self.responses, []
        return taken


class Run:
    """The state of the run, which can be rebuilt from the ids in the emulator's state."""

    def __init__(self, emulator: Emulator, seed: int) -> None:
        self.emulator = emulator
        self.orbit = emulator.client(max_retries=0)
        self.chance = random.Random(seed)
        self.users = [user.id for user in self.orbit.users.list()]
        self.known: dict[str, list[str]] = {}

    def go(self, steps: int) -> None:
        kinds: list[Callable[[OrbitServer], object]] = [
            self.chat,
            self.chat,
            self.message,
            self.call,
            self.meeting,
            self.media,
            self.realtime,
            self.webhook,
            self.billing,
            self.time,
        ]
        for _ in range(steps):
            step = self.chance.choice(kinds)
            with suppress(OrbitServerError):
                step(self.orbit.as_user(self.chance.choice(self.users)))

    def pick(self, kind: str) -> str:
        return self.chance.choice(self.known.get(kind) or ["none"])

    def keep(self, kind: str, id: str) -> None:
        self.known.setdefault(kind, []).append(id)

    def chat(self, me: OrbitServer) -> None:
        if self.chance.random() < 0.3:
            others = self.chance.sample(self.users, 2)
            self.keep("conversation", me.conversations.create(type="group", participant_ids=others).id)
        sent = me.messages.send(conversation_id=self.pick("conversation"), content=str(self.chance.random()))
        self.keep("message", sent.id)

    def message(self, me: OrbitServer) -> None:
        message = self.pick("message")
        action = self.chance.randrange(4)
        if action == 0:
            me.messages.react(message, "like")
        elif action == 1:
            me.messages.mark_read(message)
        elif action == 2:
            me.messages.delete(message)
        else:
            me.messages.list(self.pick("conversation"), limit=3)

    def call(self, me: OrbitServer) -> None:
        action = self.chance.randrange(4)
        if action == 0:
            self.keep("call", me.calls.initiate(callee_id=self.chance.choice(self.users), type="video").id)
        elif action == 1:
            me.calls.accept(self.pick("call"))
        elif action == 2:
            me.calls.end(self.pick("call"))
        else:
            me.calls.get_turn_credentials()

    def meeting(self, me: OrbitServer) -> None:
        action = self.chance.randrange(4)
        if action == 0:
            self.keep("meeting", me.meetings.create(title="Weekly").id)
        elif action == 1:
            me.meetings.start(self.pick("meeting"))
        elif action == 2:
            me.meetings.join(self.pick("meeting"))
        else:
            me.meetings.end(self.pick("meeting"))

    def media(self, me: OrbitServer) -> None:
        if self.chance.random() < 0.5:
            self.keep("media", me.media.generate_upload_url("image/png").media_id or "none")
        else:
            me.media.get_status(self.pick("media"))

    def realtime(self, me: OrbitServer) -> None:
        if self.chance.random() < 0.5:
            conversation = self.pick("conversation")
            self.keep("session", me.realtime.create_session(type="chat_session", context_id=conversation).id)
        else:
            me.realtime.chat_to_call(self.pick("session"), self.pick("call"))

    def webhook(self, me: OrbitServer) -> None:
        action = self.chance.randrange(4)
        if action == 0 and len(self.known.get("webhook", ())) < 2:
            webhook = self.orbit.webhooks.create(NOWHERE).id
            self.keep("webhook", webhook)
            self.orbit.webhooks.subscribe(webhook, "message.sent")
        elif action == 1:
            # Wait before reading the deliveries, so that the run does not depend on their speed.
            self.emulator.settle()
            self.orbit.webhooks.list_deliveries(self.pick("webhook"))
        elif action == 2:
            self.orbit.webhooks.rotate_secret(self.pick("webhook"))
        else:
            self.orbit.webhooks.publish("order.paid", {"amount": 3})

    def billing(self, me: OrbitServer) -> None:
        action = self.chance.randrange(3)
        if action == 0:
            self.orbit.billing.top_up(self.chance.randrange(1, 50))
        elif action == 1:
            self.orbit.billing.record_usage_event(event_type="api_call", quantity=self.chance.randrange(1, 9))
        else:
            self.orbit.billing.get_wallet()

    def time(self, me: OrbitServer) -> None:
        if self.chance.random() < 0.8:
            self.emulator.advance(self.chance.choice((1, 40, 3600, 86_400)))
            return
        self.emulator.faults.add(Status(503))
        self.orbit.users.create_token(self.users[0])


def begin(emulator: Emulator) -> None:
    orbit = emulator.client()
    for name in ("Ada", "Bob", "Cy", "Di"):
        orbit.users.create_token(orbit.users.create(external_id=name.lower(), display_name=name).id)
