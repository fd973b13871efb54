"""A small FastAPI application: customers who send each other messages, and a receiver for OrbitConnect's webhooks.

    export ORBIT_SECRET_KEY=sk_test_… ORBIT_CLIENT_ID=pk_test_… ORBIT_WEBHOOK_SECRET=…
    uvicorn --factory examples.fastapi_app.app:create_app

The application has its own customer ids. In OrbitConnect, these are the users' `external_id`s.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from orbitconnect import AsyncOrbitServer, NotFoundError, OrbitServerError
from orbitconnect.webhooks import AsyncEventDispatcher
from orbitconnect.webhooks.once import MemoryStore
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver
from orbitconnect.webhooks.starlette import webhook_endpoint
from orbitconnect_api.webhook_events import MessageSentEvent


class NewCustomer(BaseModel):
    """A customer who signs up."""

    id: str
    name: str


class Login(BaseModel):
    """What a customer's browser needs to connect to OrbitConnect."""

    client_id: str
    token: str
    expires_at: datetime
    user_id: str


class NewMessage(BaseModel):
    """A message from one customer to another."""

    sender: str
    recipient: str
    text: str


class SentMessage(BaseModel):
    """The ids of the message that was sent."""

    id: str
    conversation_id: str


def create_app(
    orbit: AsyncOrbitServer | None = None, *, client_id: str | None = None, webhook_secret: str | None = None
) -> FastAPI:
    """Create the application.

    Args:
        orbit: The client to use. Tests pass a client that is connected to the emulator.
        client_id: The application's publishable key, `pk_live_…` or `pk_test_…`. Default: the value of
            `ORBIT_CLIENT_ID`.
        webhook_secret: The secret that signs deliveries. Default: the value of `ORBIT_WEBHOOK_SECRET`.
    """
    client = orbit or AsyncOrbitServer()
    secret = webhook_secret or os.environ["ORBIT_WEBHOOK_SECRET"]

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await client.aclose()

    app = FastAPI(title="Customers", lifespan=lifespan)
    add_customers(app, client, client_id or os.environ["ORBIT_CLIENT_ID"])
    add_chats(app, client)
    add_webhooks(app, secret)
    app.add_exception_handler(NotFoundError, _unknown)
    app.add_exception_handler(OrbitServerError, _unavailable)
    return app


def add_customers(app: FastAPI, orbit: AsyncOrbitServer, client_id: str) -> None:
    """Add the routes for customers."""

    @app.post("/customers", status_code=HTTPStatus.CREATED)
    async def sign_up(customer: NewCustomer) -> Login:
        """Register a customer. Signing up again changes the name and returns a new token."""
        user = await orbit.users.create(external_id=customer.id, display_name=customer.name)
        token = await orbit.users.create_token(user.id, ttl=900)
        return Login(client_id=client_id, token=token.token, expires_at=token.expires_at, user_id=user.id)


def add_chats(app: FastAPI, orbit: AsyncOrbitServer) -> None:
    """Add the routes for messages."""

    @app.post("/messages", status_code=HTTPStatus.CREATED)
    async def send(message: NewMessage) -> SentMessage:
        """Send a message in the conversation of the two customers. The first message creates the conversation."""
        sender = await orbit.users.get_by_external_id(message.sender)
        recipient = await orbit.users.get_by_external_id(message.recipient)
        as_sender = orbit.as_user(sender.id)
        conversation = await as_sender.conversations.create(type="direct", participant_id=recipient.id)
        sent = await as_sender.messages.send(conversation_id=conversation.id, content=message.text)
        return SentMessage(id=sent.id, conversation_id=conversation.id)


def add_webhooks(app: FastAPI, secret: str) -> None:
    """Add the webhook receiver, which counts the messages in each conversation, and a route for the counts."""
    messages: Counter[str] = Counter()
    events = AsyncEventDispatcher()

    @events.on("message.sent")
    async def count_message(event: MessageSentEvent) -> None:
        messages[event.data.conversation_id] += 1

    # The store ensures that each event is counted once, even if it is redelivered. Multiple processes need a shared
    # store.
    receiver = AsyncWebhookReceiver(secret=secret, events=events, store=MemoryStore())
    app.add_route("/webhooks/orbit", webhook_endpoint(receiver), methods=["POST"])

    @app.get("/conversations/{conversation_id}/count")
    async def count(conversation_id: str) -> int:
        """Return the number of messages in a conversation, according to the deliveries so far."""
        return messages[conversation_id]


async def _unknown(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, HTTPStatus.NOT_FOUND)


async def _unavailable(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "The chat is not available. Try again later."}, HTTPStatus.SERVICE_UNAVAILABLE)
