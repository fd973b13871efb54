from typing import TypeVar

from generated.api.billing import get_wallet
from generated.api.calls import end_call, get_call, initiate_call
from generated.api.conversations import create_conversation
from generated.api.messages import list_messages, react_to_message, send_message
from generated.api.users import create_app_user, create_user_token
from generated.api.webhooks import create_webhook
from generated.models.app_user import AppUser
from generated.models.call import Call
from generated.models.conversation import Conversation
from generated.models.create_app_user_body import CreateAppUserBody
from generated.models.create_conversation_body import CreateConversationBody
from generated.models.create_user_token_body import CreateUserTokenBody
from generated.models.create_webhook_body import CreateWebhookBody
from generated.models.empty_body import EmptyBody
from generated.models.event import Event
from generated.models.initiate_call_body import InitiateCallBody
from generated.models.message import Message
from generated.models.message_sent_event import MessageSentEvent
from generated.models.not_found_error import NotFoundError
from generated.models.react_to_message_body import ReactToMessageBody
from generated.models.send_message_body import SendMessageBody
from generated.models.user_token import UserToken
from generated.models.wallet import Wallet
from generated.models.webhook import Webhook
from story_checks import KEY, KNOWN_EVENT, ODD_URL, UNKNOWN_EVENT, URL, check, passed

from generated import AuthenticatedClient

orbit = AuthenticatedClient(base_url=URL, token=KEY, prefix="", auth_header_name="x-api-key")

Result = TypeVar("Result")


def result(kind: type[Result], answer: object) -> Result:
    data = getattr(answer, "data", None)
    if not isinstance(data, kind):
        raise SystemExit(f"not a {kind.__name__}: {answer!r}")
    return data


def user(external_id: str, display_name: str) -> str:
    body = CreateAppUserBody(external_id=external_id, display_name=display_name)
    return result(AppUser, create_app_user.sync(client=orbit, body=body)).id


alice, bob = user("alice", "Alice"), user("bob", "Bob")
token = result(UserToken, create_user_token.sync(alice, client=orbit, body=CreateUserTokenBody(ttl=600)))
check(bool(token.token), "the token is not empty")

started = CreateConversationBody(type_="direct", participant_id=bob)
conversation = result(Conversation, create_conversation.sync(client=orbit, body=started, x_app_user_id=alice))

body = SendMessageBody(content="Hello", type_="text", idempotency_key="once")
message = result(Message, send_message.sync(conversation.id, client=orbit, body=body, x_app_user_id=alice))
again = result(Message, send_message.sync(conversation.id, client=orbit, body=body, x_app_user_id=alice))
check(again.id == message.id, "the second request sent nothing")
messages = result(list, list_messages.sync(conversation.id, client=orbit, x_app_user_id=alice, limit=10))
check([each.id for each in messages] == [message.id], "one message")

reaction = ReactToMessageBody(reaction_type="👍")
reacted = react_to_message.sync_detailed(message.id, client=orbit, body=reaction, x_app_user_id=alice)
check(reacted.status_code == 200, "the reaction was added")

video = InitiateCallBody(callee_id=bob, type_="video")
call = result(Call, initiate_call.sync(client=orbit, body=video, x_app_user_id=alice))
ended = result(Call, end_call.sync(call.id, client=orbit, body=EmptyBody(), x_app_user_id=alice))
check(ended.status != "ringing", "the call has ended")

check(result(Wallet, get_wallet.sync(client=orbit)).currency == "USD", "the wallet has a currency")
hook = CreateWebhookBody(url="https://example.com/hooks")
check(bool(result(Webhook, create_webhook.sync(client=orbit, body=hook)).id), "the webhook has an id")
passed("story")

missing = get_call.sync_detailed("missing", client=orbit, x_app_user_id=alice)
check(missing.status_code == 404, "the call is missing")
check(isinstance(missing.parsed, NotFoundError) and missing.parsed.code == "resource_not_found", "the code is typed")
passed("error")

odd = AuthenticatedClient(base_url=ODD_URL, token=KEY, prefix="", auth_header_name="x-api-key")
unknown = result(Call, get_call.sync("odd", client=odd, x_app_user_id=alice))
check((unknown.type_, unknown.status) == ("hologram", "teleported"), "unknown values are kept")
check(unknown.additional_properties == {"new_field": {"x": 1}}, "an unknown field is kept")
passed("enum")

event = Event.from_dict(UNKNOWN_EVENT)
check(event.type_ == "hologram.landed" and event.data["pad"] == 7, "an unknown event is read")
known = MessageSentEvent.from_dict(KNOWN_EVENT)
check(isinstance(known.data.message, Message) and known.data.message.content == "Hello", "a known event is read")
passed("event")
