from generated.exceptions import NotFoundException
from story_checks import KEY, KNOWN_EVENT, ODD_URL, UNKNOWN_EVENT, URL, check, passed

from generated import (
    ApiClient,
    BillingApi,
    CallsApi,
    CallType,
    Configuration,
    ConversationsApi,
    ConversationType,
    CreateAppUserBody,
    CreateConversationBody,
    CreateUserTokenBody,
    CreateWebhookBody,
    Event,
    InitiateCallBody,
    MessagesApi,
    MessageSentEvent,
    MessageType,
    ReactToMessageBody,
    SendMessageBody,
    UsersApi,
    WebhooksApi,
)

orbit = ApiClient(Configuration(host=URL, api_key={"SecretKey": KEY}))
users, messaging, calls = UsersApi(orbit), MessagesApi(orbit), CallsApi(orbit)


def user(external_id: str, display_name: str) -> str:
    return users.create_app_user(CreateAppUserBody(external_id=external_id, display_name=display_name)).data.id


alice, bob = user("alice", "Alice"), user("bob", "Bob")
check(bool(users.create_user_token(alice, CreateUserTokenBody(ttl=600)).data.token), "the token is not empty")

started = CreateConversationBody(type=ConversationType("direct"), participant_id=bob)
conversation_id = ConversationsApi(orbit).create_conversation(alice, started).data.id

body = SendMessageBody(content="Hello", type=MessageType("text"), idempotency_key="once")
message = messaging.send_message(alice, conversation_id, body).data
check(messaging.send_message(alice, conversation_id, body).data.id == message.id, "the second request sent nothing")
messages = messaging.list_messages(alice, conversation_id, limit=10).data
check([each.id for each in messages] == [message.id], "one message")
messaging.react_to_message(alice, message.id, ReactToMessageBody(reaction_type="👍"))

call = calls.initiate_call(alice, InitiateCallBody(callee_id=bob, type=CallType("video"))).data
ended = calls.end_call(alice, call.id, {}).data.status
check(ended is not None and ended.actual_instance != "ringing", "the call has ended")
check(BillingApi(orbit).get_wallet().data.currency == "USD", "the wallet has a currency")
webhook = WebhooksApi(orbit).create_webhook(CreateWebhookBody(url="https://example.com/hooks")).data
check(bool(webhook.id), "the webhook has an id")
passed("story")

try:
    calls.get_call(alice, "missing")
except NotFoundException as error:
    check(error.data is not None and error.data.code.actual_instance == "resource_not_found", "the code is typed")
    passed("error")

odd = CallsApi(ApiClient(Configuration(host=ODD_URL))).get_call(alice, "odd").data
check(odd.type is not None and odd.type.actual_instance == "hologram", "an unknown type is kept")
check(odd.status is not None and odd.status.actual_instance == "teleported", "an unknown status is kept")
passed("enum")

event = Event.from_dict(UNKNOWN_EVENT)
check(event is not None and event.type == "hologram.landed" and event.data["pad"] == 7, "an unknown event is read")
known = MessageSentEvent.from_dict(KNOWN_EVENT)
received = None if known is None else known.data.message
check(received is not None and received.content == "Hello", "a known event is read")
passed("event")
