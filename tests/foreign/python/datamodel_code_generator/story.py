"""The tool generates only models, so this story sends them with httpx."""

from typing import TypeVar

import httpx
from pydantic import BaseModel
from story_checks import KEY, KNOWN_EVENT, ODD_URL, UNKNOWN_EVENT, URL, check, passed

import generated as models

orbit = httpx.Client(base_url=URL, headers={"x-api-key": KEY})
Result = TypeVar("Result", bound=BaseModel)


def post(kind: type[Result], path: str, body: BaseModel, acting_user: str | None = None) -> Result:
    headers = {"x-app-user-id": acting_user} if acting_user else {}
    response = orbit.post(path, json=body.model_dump(mode="json", exclude_unset=True), headers=headers)
    check(response.status_code == 200, f"{path}: {response.status_code} {response.text}")
    return kind.model_validate(response.json()["data"])


def user(external_id: str, display_name: str) -> str:
    body = models.CreateAppUserBody(external_id=external_id, display_name=display_name)
    return post(models.AppUser, "/app-users", body).id


alice, bob = user("alice", "Alice"), user("bob", "Bob")
token = post(models.UserToken, f"/app-users/{alice}/token", models.CreateUserTokenBody(ttl=600))
check(bool(token.token), "the token is not empty")

started = models.CreateConversationBody(type=models.ConversationType.model_validate("direct"), participant_id=bob)
path = f"/conversations/{post(models.Conversation, '/conversations', started, alice).id}/messages"
hello = models.SendMessageBody(content="Hello", type=models.MessageType.model_validate("text"), idempotency_key="once")
message = post(models.Message, path, hello, alice)
check(post(models.Message, path, hello, alice).id == message.id, "the second request sent nothing")
messages = orbit.get(path, params={"limit": 10}, headers={"x-app-user-id": alice}).json()["data"]
check([models.Message.model_validate(each).id for each in messages] == [message.id], "one message")

reaction = models.ReactToMessageBody(reaction_type="👍")
post(models.Reaction, f"/messages/{message.id}/reactions", reaction, alice)

call = post(
    models.Call,
    "/calls/initiate",
    models.InitiateCallBody(callee_id=bob, type=models.CallType.model_validate("video")),
    alice,
)
ended = post(models.Call, f"/calls/{call.id}/end", models.EmptyBody(), alice)
check(ended.status is not None and ended.status.root != "ringing", "the call has ended")

wallet = models.Wallet.model_validate(orbit.get("/wallet").json()["data"])
check(wallet.currency == "USD", "the wallet has a currency")
hook = models.CreateWebhookBody.model_validate({"url": "https://example.com/hooks"})
check(bool(post(models.Webhook, "/webhooks", hook).id), "the webhook has an id")
passed("story")

missing = orbit.get("/calls/missing", headers={"x-app-user-id": alice})
error = models.NotFoundError.model_validate(missing.json())
check(missing.status_code == 404 and error.code is not None, "the call is missing")
check(error.model_dump(mode="json")["code"] == "resource_not_found", "the code is typed")
passed("error")

unknown = models.Call.model_validate(httpx.get(f"{ODD_URL}/calls/odd").json()["data"])
check(unknown.model_dump(mode="json")["type"] == "hologram", "an unknown type is kept")
check(unknown.model_dump(mode="json")["status"] == "teleported", "an unknown status is kept")
passed("enum")

event = models.Event.model_validate(UNKNOWN_EVENT)
check(event.type == "hologram.landed" and event.data["pad"] == 7, "an unknown event is read")
known = models.MessageSentEvent.model_validate(KNOWN_EVENT).data.message
check(known is not None and known.content == "Hello", "a known event is read")
passed("event")
