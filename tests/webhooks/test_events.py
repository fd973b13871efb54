"""`construct_event` and `parse_event`: the event of a delivery, whatever the delivery contains."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
import subprocess
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Literal, get_args, get_type_hints

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import example, given
from hypothesis import strategies as st

from orbitconnect import webhooks
from orbitconnect.emulator import Emulator
from orbitconnect.testing import WebhookInbox
from orbitconnect.webhooks import (
    UnknownEvent,
    WebhookEvent,
    WebhookVerificationError,
    construct_event,
    parse_event,
    sign,
)
from orbitconnect_api import models, webhook_events
from orbitconnect_api.events import EVENTS
from orbitconnect_api.webhook_events import AnyEvent, MessageReadEvent, MessageSentEvent, UserCreatedEvent
from tests.for_each import for_each
from tests.yaml_files import contract

SECRET = "whsec_s3cr3t"
CONTRACT = contract()


def deliveries() -> dict[str, Any]:
    """Return the contract's example of each event."""
    schemas = CONTRACT["components"]["schemas"]
    references = {
        name: item["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for name, item in CONTRACT["webhooks"].items()
    }
    return {name: schemas[reference.rpartition("/")[2]]["examples"][0] for name, reference in references.items()}


EXAMPLES = deliveries()


def event_of(content: object) -> AnyEvent:
    body = json.dumps(content).encode()
    return construct_event(body, sign(body, SECRET), SECRET)


def refusal(body: Any) -> str:
    """Return the message with which a correctly signed body is refused. `parse_event` must raise the same error."""
    with pytest.raises(WebhookVerificationError) as caught:
        construct_event(body, sign(body, SECRET), SECRET)
    with pytest.raises(WebhookVerificationError) as parsed:
        parse_event(body)
    assert str(parsed.value) == str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None  # An error from `json` contains the whole body.
    return str(caught.value)


# Known events.


def test_every_event_of_the_contract_is_listed() -> None:
    assert EXAMPLES.keys() == EVENTS.keys()


@for_each("name", EXAMPLES)
def test_each_event_has_a_class(name: str) -> None:
    event = event_of(EXAMPLES[name])

    hints = get_type_hints(type(event))
    assert type(event) in get_args(AnyEvent)
    assert hints["type"] == Literal[name]
    assert hints["data"] is type(event.data) is getattr(models, EVENTS[name].data_model)
    assert (event.type, event.id) == (name, EXAMPLES[name]["id"])
    assert event.created_at == datetime.fromisoformat(EXAMPLES[name]["created_at"])
    assert event.to_dict() == EXAMPLES[name]
    assert event.data.to_dict() == EXAMPLES[name]["data"]


def test_the_emulator_delivers_all_of_them() -> None:
    with Emulator() as emulator, WebhookInbox() as inbox:
        inbox.register(emulator)
        orbit = emulator.client()
        for name, content in EXAMPLES.items():
            orbit.webhooks.publish(name, content["data"])
        orbit.webhooks.publish("order.shipped", {"order": 7})
        emulator.settle()

        events = [construct_event(sent.body, sent.signature, inbox.secrets) for sent in inbox.received]

    assert [event.type for event in events] == [*EXAMPLES, "order.shipped"]
    assert [event.data for event in events] == [*map(payload_of, EXAMPLES), {"order": 7}]
    assert len({event.dedupe_key for event in events}) == len(events)


def payload_of(name: str) -> Any:
    return getattr(models, EVENTS[name].data_model).from_dict(EXAMPLES[name]["data"])


def test_the_events_of_a_chat_in_the_emulator() -> None:
    with Emulator() as emulator, WebhookInbox() as inbox:
        inbox.register(emulator)
        orbit = emulator.client()
        alice, bob = [orbit.users.create(external_id=name, display_name=name) for name in ("alice", "bob")]
        chat = orbit.conversations.create(type="direct", participant_id=bob.id, acting_user_id=alice.id)
        sent = orbit.messages.send(conversation_id=chat.id, content="Hello", acting_user_id=alice.id)
        orbit.messages.mark_read(sent.id, acting_user_id=bob.id)
        emulator.settle()

        events = [construct_event(sent.body, sent.signature, inbox.secrets) for sent in inbox.received]

    assert [event.data.user.display_name for event in events if isinstance(event, UserCreatedEvent)] == ["alice", "bob"]
    (message,) = [event for event in events if event.type == "message.sent"]
    assert isinstance(message, MessageSentEvent)
    assert message.data.message == sent
    assert [event.data.message_id for event in events if isinstance(event, MessageReadEvent)] == [sent.id]
    assert not [event for event in events if isinstance(event, UnknownEvent)]


def test_narrowing_by_class() -> None:
    event = event_of(EXAMPLES["message.sent"])
    match event:
        case MessageSentEvent():
            taken: str | None = event.data.message_id
        case _:
            taken = None
    assert taken == "msg_9d2e"


# Unknown events, and known events that differ from the contract.


def test_an_unknown_type_is_kept() -> None:
    content = {"id": "evt_1", "type": "order.shipped", "data": {"order": {"id": 7}}, "region": "eu"}
    event = event_of(content)

    assert isinstance(event, UnknownEvent)
    assert (event.name, event.data, event.created_at) == ("order.shipped", {"order": {"id": 7}}, None)
    assert str(event.type) == event.name
    assert event.to_dict() == content


@pytest.mark.parametrize("data", [None, [], [{"message_id": "m"}], "text", 7, True, {}, {"message": 7}])
@for_each("name", [*EXAMPLES, "order.shipped"])
def test_an_unexpected_payload_is_kept(name: str, data: Any) -> None:
    content = {"id": "evt_1", "type": name, "data": data}
    event = event_of(content)

    assert event.type == name
    assert event.to_dict() == content
    assert isinstance(event, UnknownEvent) is (name == "order.shipped")
    read = event.data if isinstance(event, UnknownEvent) else event.data.to_dict()
    assert read == (data if isinstance(data, dict) else {})


@pytest.mark.parametrize("created_at", [None, "yesterday", 0, [], "9999-99-99T00:00:00Z"], ids=ascii)
def test_an_unreadable_time_is_none(created_at: Any) -> None:
    assert event_of({"type": "message.sent", "created_at": created_at}).created_at is None


def test_a_time_without_offset_is_utc() -> None:
    assert event_of({"type": "x", "created_at": "2026-01-05T09:31:00"}).created_at == datetime(
        2026, 1, 5, 9, 31, tzinfo=UTC
    )


def test_a_lone_surrogate_in_a_payload_is_kept() -> None:
    event = parse_event(b'{"type": "message.sent", "data": {"message": {"content": "\\ud83d"}}}')
    assert isinstance(event, MessageSentEvent)
    assert event.data.message is not None
    assert event.data.message.content == "\ud83d"
    assert pickle.loads(pickle.dumps(event)) == event


# The dedupe key.


def test_the_dedupe_key_is_the_id() -> None:
    assert parse_event('{"id": "evt_77ab", "type": "x"}').dedupe_key == "evt_77ab"
    assert parse_event('{"id": 77, "type": "x"}').dedupe_key == "number:77"
    assert parse_event('{"id": 77, "type": "x"}').id == "77"
    assert parse_event('{"id": "%s", "type": "x"}' % ("ü" * 120)).dedupe_key == "ü" * 120


@pytest.mark.parametrize(
    "event_id",
    ["a" * 121, "a\0b", "a\nb", "a\u2028b", "\ud800", "a\x7f", "a:b", "a/b", "number:77", "sha256:00", "id:00"],
    ids=ascii,
)
def test_an_unusual_id_is_hashed(event_id: str) -> None:
    first, again = (event_of({"id": event_id, "type": "x", "data": {"n": n}}) for n in (1, 2))
    assert first.id == event_id
    assert first.dedupe_key == again.dedupe_key
    assert (
        first.dedupe_key.partition("/")[2]
        == f"id:{hashlib.sha256(event_id.encode('utf-8', 'surrogatepass')).hexdigest()}"
    )
    assert first.dedupe_key != event_of({"id": f"{event_id}c", "type": "x"}).dedupe_key


@pytest.mark.parametrize("fields", ["", '"id": null, ', '"id": "", ', '"id": {}, ', '"id": true, ', '"id": 1.5, '])
def test_without_an_id_the_dedupe_key_is_the_hash_of_the_body(fields: str) -> None:
    body = f'{{{fields}"type": "message.sent"}}'
    event = parse_event(body)
    assert event.id is None
    assert (
        event.dedupe_key
        == parse_event(body.encode()).dedupe_key
        == f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"
    )
    assert event.dedupe_key != parse_event(body + " ").dedupe_key


# Bodies that are not events.

UNREADABLE = {
    "nothing": (b"", "not JSON"),
    "text": (b"Hello, World!", "not JSON"),
    "half an object": (b'{"type": "message.sent"', "not JSON"),
    "two objects": (b'{"type": "a.b"}{"type": "a.b"}', "not JSON"),
    "a byte order mark": (b'\xef\xbb\xbf{"type": "a.b"}', "not JSON"),
    "a control character": (b'{"type": "a\nb"}', "not JSON"),
    "no UTF-8": (b'{"type": "\xff"}', "not UTF-8"),
    "UTF-16": ('{"type": "a.b"}'.encode("utf-16"), "not UTF-8"),
    "a surrogate in UTF-8": (b'{"type": "\xed\xa0\x80"}', "not UTF-8"),
    "a list": (b'[{"type": "a.b"}]', "not a JSON object"),
    "null": (b"null", "not a JSON object"),
    "a string": (b'"message.sent"', "not a JSON object"),
    "NaN": (b'{"type": "a.b", "data": {"n": NaN}}', "not finite"),
    "-Infinity": (b'{"type": "a.b", "data": {"n": -Infinity}}', "not finite"),
    "a number that overflows": (b'{"type": "a.b", "data": {"n": 1e999}}', "not finite"),
    "a long number": (b'{"type": "a.b", "data": {"n": %s}}' % (b"9" * 5000), "too long"),
    "too deep": (b'{"type": "a.b", "data": %s}' % (b"[" * 100 + b"]" * 100), "deeper than 100"),
    "far too deep": (b'{"type": "a.b", "data": %s}' % (b"[" * 100_000 + b"]" * 100_000), "deeper than 100"),
    "deep objects": (b'{"type": "a.b", "data": %s}' % (b'{"a":' * 100 + b"1" + b"}" * 100), "deeper than 100"),
    "no type": (b'{"id": "evt_1", "data": {}}', "no event type"),
    "an empty type": (b'{"type": ""}', "no event type"),
    "a type of null": (b'{"type": null}', "no event type"),
    "a type of another type": (b'{"type": ["message.sent"]}', "no event type"),
    "a number as the type": (b'{"type": 7}', "no event type"),
}


@pytest.mark.parametrize(("body", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_signed_body_that_is_not_an_event_is_refused(body: bytes, words: str) -> None:
    message = refusal(body)
    assert words in message
    assert "The body is not an event" in message


def test_the_deepest_nesting_that_is_accepted() -> None:
    body = b'{"type": "a.b", "data": {"a": %s}}' % (b"[" * 98 + b"]" * 98)
    event = parse_event(body)
    assert event == copy.deepcopy(event) == pickle.loads(pickle.dumps(event))
    assert event.to_dict() == json.loads(body)


def test_a_flat_payload_may_be_long() -> None:
    assert parse_event(json.dumps({"type": "a.b", "data": {"a": [[]] * 1000}})).data == {"a": [[]] * 1000}


def test_the_signature_is_checked_first() -> None:
    body = json.dumps(EXAMPLES["message.sent"]).encode()
    for signature in (None, "", "sha256=00", sign(body + b" ", SECRET), sign(body, "another")):
        with pytest.raises(WebhookVerificationError, match="signature"):
            construct_event(body, signature, SECRET)
    with pytest.raises(WebhookVerificationError, match="does not match"):
        construct_event(b"{", sign(b"", SECRET), SECRET)


def test_several_secrets() -> None:
    body = json.dumps(EXAMPLES["message.sent"])
    assert construct_event(body, sign(body, "old"), ["new", "old"]) == construct_event(body, sign(body, "new"), ["new"])


@pytest.mark.parametrize("payload", [EXAMPLES["message.sent"], [], 7], ids=["a dict", "a list", "a number"])
def test_a_parsed_body_raises_type_error(payload: Any) -> None:
    with pytest.raises(TypeError, match=f"raw body.*not {type(payload).__name__}"):
        construct_event(payload, None, SECRET)
    with pytest.raises(TypeError, match=f"raw body.*not {type(payload).__name__}"):
        parse_event(payload)


def test_a_body_that_was_parsed_and_serialized_again() -> None:
    raw = b'{"id":"evt_1","type":"message.sent"}'
    with pytest.raises(WebhookVerificationError, match="not JSON that was parsed and serialized again"):
        construct_event(json.dumps(json.loads(raw)), sign(raw, SECRET), SECRET)


def test_no_body_and_a_body_that_cannot_be_encoded() -> None:
    nothing: Any = None
    with pytest.raises(WebhookVerificationError, match="no body"):
        parse_event(nothing)
    with pytest.raises(WebhookVerificationError, match="raw body as bytes"):
        parse_event('{"type": "\ud800"}')


@pytest.mark.parametrize("body", [b"{", b'{"type": "a.b"}'], ids=ascii)
@pytest.mark.parametrize("signature", [None, "sha256=00", sign(b"{", SECRET)], ids=ascii)
def test_the_secret_is_not_shown(body: bytes, signature: str | None) -> None:
    with pytest.raises(WebhookVerificationError) as caught:
        construct_event(body, signature, [SECRET, SECRET.encode()])
    own = caught.value.__traceback__.tb_next if caught.value.__traceback__ else None  # Exclude this test's own frame.
    assert own is not None
    trace = "".join(traceback.TracebackException(type(caught.value), caught.value, own, capture_locals=True).format())
    assert "construct_event" in trace
    assert "s3cr3t" not in trace
    assert "s3cr3t" not in repr(caught.value)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4),
    max_leaves=20,
)
field_names = sorted(
    {field.name for known in EVENTS.values() for field in getattr(models, known.data_model).FIELDS}
    | {field.name for name in ("Message", "Call", "MessageReceipt", "Media") for field in getattr(models, name).FIELDS}
)
payloads = st.dictionaries(
    st.sampled_from(field_names),
    json_values | st.dictionaries(st.sampled_from(field_names), json_values, max_size=6),
    max_size=6,
)
contents = st.fixed_dictionaries(
    {"type": st.sampled_from([*EVENTS, "order.shipped"]) | st.text(st.characters(), min_size=1)},
    optional={"id": json_values, "created_at": json_values | st.datetimes().map(str), "data": json_values | payloads},
)


@given(st.binary() | st.text(st.characters()) | json_values.map(json.dumps))
@example('{"type": "a.b"}')
@example(b'{"type": "message.sent", "data": {"message": []}}')
def test_any_payload_gives_an_event_or_a_verification_error(payload: bytes | str) -> None:
    try:
        event = parse_event(payload)
    except WebhookVerificationError:
        return
    assert isinstance(event, WebhookEvent)
    assert event.type


@given(payload=st.binary() | st.text(st.characters()), signature=st.text(st.characters()) | st.binary() | st.none())
def test_any_unsigned_payload_gives_a_verification_error(payload: bytes | str, signature: str | bytes | None) -> None:
    with pytest.raises(WebhookVerificationError):
        construct_event(payload, signature, [SECRET])


@given(contents)
def test_every_object_with_a_type_is_an_event(content: dict[str, Any]) -> None:
    event = event_of(content)

    assert event.type == content["type"]
    assert isinstance(event, UnknownEvent) is (content["type"] not in EVENTS)
    assert event.to_dict() == content
    assert 0 < len(event.dedupe_key) <= 200
    assert event.dedupe_key.isprintable()
    assert pickle.loads(pickle.dumps(event)) == copy.copy(event) == copy.deepcopy(event) == event_of(content) == event
    assert len(repr(event)) < 4000
    if not isinstance(event, UnknownEvent):
        event.data.to_dict()


# Events as values.


def test_the_repr_does_not_show_the_payload() -> None:
    event = event_of(
        {"id": "evt_1", "type": "message.sent", "data": {"message": {"content": "private"}}, "more": "private"}
    )
    assert repr(event) == "MessageSentEvent(id='evt_1', type='message.sent', created_at=None)"
    assert len(repr(event_of({"id": "a" * 10_000, "type": "b" * 10_000}))) < 500


def test_events_are_immutable() -> None:
    event: Any = event_of(EXAMPLES["message.sent"])
    for name in ("id", "type", "data", "dedupe_key", "another"):
        with pytest.raises(FrozenInstanceError):
            setattr(event, name, "x")
    event.to_dict()["data"].clear()
    assert event.to_dict() == EXAMPLES["message.sent"]


def test_events_are_equal_if_their_contents_are() -> None:
    event = event_of(EXAMPLES["message.sent"])
    assert {event, event_of(EXAMPLES["message.sent"])} == {event}
    assert event != event_of({**EXAMPLES["message.sent"], "id": "evt_0"})
    assert event != event_of({**EXAMPLES["message.sent"], "data": {}})
    assert event != EXAMPLES["message.sent"]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name", ["message.sent", "order.shipped"])
def test_events_can_be_pickled(name: str, protocol: int) -> None:
    event = event_of({"id": "evt_1", "type": name, "data": {"message_id": "m"}})
    twin = pickle.loads(pickle.dumps(event, protocol))
    assert type(twin) is type(event)
    assert (twin, twin.data, twin.dedupe_key) == (event, event.data, event.dedupe_key)


def test_without_an_id_the_key_survives_pickling() -> None:
    event = parse_event(b' {"type": "message.sent"}')
    assert pickle.loads(pickle.dumps(event)).dedupe_key == event.dedupe_key


def test_a_version_that_does_not_know_the_event_can_unpickle_it(monkeypatch: pytest.MonkeyPatch) -> None:
    event = event_of(EXAMPLES["message.sent"])
    pickled = pickle.dumps(event)
    monkeypatch.setattr(webhook_events, "EVENTS", {})
    monkeypatch.setattr(webhook_events, "_CLASSES", {})
    read = pickle.loads(pickled)
    assert type(read) is UnknownEvent
    assert (read.name, read.data) == ("message.sent", EXAMPLES["message.sent"]["data"])
    assert read.dedupe_key == event.dedupe_key


# The module.


def test_every_exported_name_exists() -> None:
    assert all(hasattr(webhooks, name) for name in webhooks.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(webhooks, "nothing")  # noqa: B009


def test_constructing_an_event_imports_only_its_own_models() -> None:
    code = """if True:
        import sys
        def loaded():
            return sorted(name.partition("orbitconnect_api.")[2] for name in sys.modules if "orbitconnect_api." in name)
        from orbitconnect.webhooks import construct_event, sign, verify
        body = b'{"type": "user.created"}'
        construct_event(body, sign(body, "secret"), "secret")
        print(*(name for name in loaded() if name.startswith("models.")))
        print(*({"httpx", "ssl", "asyncio", "orbitconnect.webhooks.dispatcher"} & sys.modules.keys()))
    """
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.splitlines() == ["models.app_user models.event models.user_event_data", ""]


def test_verifying_imports_no_event() -> None:
    code = "import sys, orbitconnect.webhooks; print(*(name for name in sys.modules if 'event' in name))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout == "\n"
