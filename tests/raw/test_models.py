"""Every model is lenient when it reads, and rejects values that cannot be sent."""

from __future__ import annotations

import copy
import inspect
import json
import math
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orbitconnect_api.models as models
from orbitconnect_api.models import (
    AppUser,
    Conversation,
    ConversationContext,
    CreateAppUserBody,
    CreateMeetingBody,
    MeetingJoin,
    Message,
    Reaction,
    SubmitCallMetricsBody,
    TurnCredentials,
    UpdateAppUserBody,
    UserToken,
    Wallet,
    Webhook,
)
from orbitconnect_api.types import UNSET, Model, RequestModel, Unset, read_datetime
from tests.for_each import for_each
from tests.properties.strategies import examples
from tests.yaml_files import contract

MODELS: list[type[Model]] = [getattr(models, name) for name in models.__all__]
SCHEMAS = contract()["components"]["schemas"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def example(model: type[Model]) -> dict[str, Any]:
    """The contract's example as decoded JSON."""
    found: dict[str, Any] = json.loads(json.dumps(SCHEMAS[model.__name__]["examples"][0], default=str))
    return found


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal. Two spellings of the same time are equal."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right or (
        isinstance(left, str)
        and isinstance(right, str)
        and datetime.fromisoformat(left) == datetime.fromisoformat(right)
    )


@for_each("model", MODELS)
def test_a_model_takes_keyword_arguments_only(model: type[Model]) -> None:
    """A property that the contract adds or moves never changes the meaning of a call."""
    parameters = inspect.signature(model).parameters.values()
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    assert vars(model)["__match_args__"] == ()


@for_each("model", MODELS)
def test_the_contracts_example_survives_round_trips(model: type[Model]) -> None:
    data = example(model)
    read = model.from_dict(data)
    assert same(read.to_dict(), data)
    assert read.additional_properties == {
        name: data[name] for name in data if name not in SCHEMAS[model.__name__]["properties"]
    }
    for twin in (
        model.from_dict(read.to_dict()),
        copy.copy(read),
        copy.deepcopy(read),
        pickle.loads(pickle.dumps(read)),
    ):
        assert twin == read
        assert twin is not read
        assert type(twin) is model
        assert same(twin.to_dict(), data)


@for_each("model", [model for model in MODELS if not issubclass(model, RequestModel)])
def test_any_field_can_be_missing_null_or_invalid(model: type[Model]) -> None:
    names = [field.name for field in model.FIELDS]
    assert model.from_dict({}).to_dict() == {}
    nothing = model.from_dict(dict.fromkeys(names))
    assert all(getattr(nothing, field.attribute) is None for field in model.FIELDS)
    assert nothing.to_dict() == dict.fromkeys(names)
    for odd in ("odd", 0, 1.5, True, [], {}, [None, "odd", 1, {}], {"a": None}):
        read = model.from_dict(dict.fromkeys(names, odd))
        repr(read)
        assert copy.deepcopy(read) == read


@examples(100)
@given(data=st.data())
def test_any_object_survives_a_round_trip(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from([model for model in MODELS if not issubclass(model, RequestModel)]))
    names = st.sampled_from([field.name for field in model.FIELDS]) | st.text()
    read = model.from_dict(data.draw(st.dictionaries(names, ANYTHING)))
    repr(read)
    assert pickle.loads(pickle.dumps(read)) == read


def test_an_unknown_enum_value_and_unknown_fields_are_kept() -> None:
    message = Message.from_dict({"id": "m", "type": "hologram", "status": "teleported", "mood": {"happy": True}})
    assert message.type == "hologram"
    assert message.status == "teleported"
    assert message.additional_properties == {"mood": {"happy": True}}
    assert message.to_dict() == {"id": "m", "type": "hologram", "status": "teleported", "mood": {"happy": True}}


def declared(model: type[Model]) -> dict[str, Any]:
    """The declared JSON type of each property."""
    names: dict[str, Any] = {}
    for name, schema in SCHEMAS[model.__name__]["properties"].items():
        kind = schema.get("type")
        names[name] = kind if isinstance(kind, str) else next((each for each in kind or () if each != "null"), None)
    return names


PLAIN: dict[str, tuple[type, ...]] = {"string": (str,), "boolean": (bool,), "integer": (int,), "number": (int, float)}


@for_each("model", [model for model in MODELS if not issubclass(model, RequestModel)])
def test_a_plain_value_has_the_declared_type_or_is_none(model: type[Model]) -> None:
    kinds = declared(model)
    for odd in ("no", "", 1, 0, 5.0, 1.5, True, False, [], {}, [None, "odd", 1, {}], {"a": None}):
        read = model.from_dict(dict.fromkeys(kinds, odd))
        for field in model.FIELDS:
            types = PLAIN.get(kinds[field.name])
            if types is None or field.read is read_datetime:
                continue
            value = getattr(read, field.attribute)
            fits = type(odd) in types or (types == (int,) and odd == 5.0)
            assert value == odd if fits else value is None, field
            assert value is None or type(value) in types, field
        assert read.to_dict() == dict.fromkeys(kinds, odd) or isinstance(odd, (str, list))


def test_a_value_of_a_wrong_type_is_none_and_is_kept() -> None:
    webhook = Webhook.from_dict({"id": 7, "is_active": "no", "url": ["https://example.com"]})
    assert webhook.id is None
    assert webhook.is_active is None
    assert webhook.url is None
    assert webhook.to_dict() == {"id": 7, "is_active": "no", "url": ["https://example.com"]}
    webhook.is_active = True
    assert webhook.to_dict() == {"id": 7, "is_active": True, "url": ["https://example.com"]}


def test_integers_and_floats_are_read_as_numbers() -> None:
    assert Message.from_dict({"sequence": 5.0}).sequence == 5
    assert type(Message.from_dict({"sequence": 5.0}).sequence) is int
    assert [Message.from_dict({"sequence": odd}).sequence for odd in (True, "5", 5.5, math.inf, math.nan)] == [None] * 5
    assert Wallet.from_dict({"balance": 7}).balance == 7
    assert [Wallet.from_dict({"balance": odd}).balance for odd in (False, "7.50", [])] == [None] * 3


def test_a_subclass_of_the_declared_type_is_accepted() -> None:
    class Text(str):
        __slots__ = ()

    assert AppUser.from_dict({"id": Text("u")}).id == "u"


def test_list_items_of_a_wrong_type_are_skipped() -> None:
    credentials = TurnCredentials.from_dict({"urls": ["turn:a", 5, None, "turn:b"], "username": "u", "credential": "c"})
    assert credentials.urls == ["turn:a", "turn:b"]
    assert credentials.to_dict()["urls"] == ["turn:a", 5, None, "turn:b"]
    credentials.urls.append("turn:c")
    assert credentials.to_dict()["urls"] == ["turn:a", "turn:b", "turn:c"]
    assert TurnCredentials.from_dict({"urls": "turn:a"}).urls is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-05T09:30:00Z", datetime(2026, 1, 5, 9, 30, tzinfo=UTC)),
        ("2026-01-05T09:30:00.123456+05:30", datetime(2026, 1, 5, 4, 0, 0, 123456, tzinfo=UTC)),
        ("2026-01-05 09:30:00", datetime(2026, 1, 5, 9, 30, tzinfo=UTC)),
        ("2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
    ],
)
def test_times_are_always_aware(text: str, instant: datetime) -> None:
    read = AppUser.from_dict({"id": "u", "created_at": text}).created_at
    assert read == instant
    assert read is not None
    assert read.tzinfo is not None


@pytest.mark.parametrize("odd", ["", "soon", "2026-13-45T00:00:00Z", 1767607800, 1.5, {}, [], True, "0000-00-00"])
def test_an_invalid_time_is_none_and_is_kept(odd: Any) -> None:
    user = AppUser.from_dict({"id": "u", "created_at": odd, "display_name": "Alice"})
    assert user.created_at is None
    assert user.display_name == "Alice"
    assert user.to_dict()["created_at"] == odd


def test_free_form_objects_are_dicts() -> None:
    user = AppUser.from_dict({"id": "u", "metadata": {"a": {"b": [1]}}})
    assert user.metadata == {"a": {"b": [1]}}
    assert type(user.metadata) is dict
    assert AppUser.from_dict({"id": "u", "metadata": []}).metadata == {}


def test_nested_models_and_lists_are_read() -> None:
    conversation = Conversation.from_dict(
        {
            "id": "c",
            "context": {"referenceId": "b_1", "actor": {"name": "Ann"}},
            "last_message": {"id": "m", "reactions": [{"id": "r", "reaction_type": "👍"}, "odd", None]},
        }
    )
    assert conversation.context is not None
    assert conversation.context.reference_id == "b_1"
    assert conversation.context.actor is not None
    assert conversation.context.actor.name == "Ann"
    assert conversation.last_message is not None
    assert conversation.last_message.reactions == [Reaction(id="r", reaction_type="👍")]


def test_a_missing_required_field_is_none() -> None:
    joined = MeetingJoin.from_dict({"sfu_session": "odd"})
    assert joined.meeting is None
    assert joined.sfu_session is None
    assert joined.to_dict() == {"sfu_session": "odd"}


PROVENANCE = {
    "documented": "Documented by the vendor, but not observed on the wire, except where stated.",
    "inferred": "Inferred: neither observed on the wire nor documented by the vendor, except where stated.",
}


@for_each("model", MODELS)
def test_the_docstring_states_the_provenance(model: type[Model]) -> None:
    schema = SCHEMAS[model.__name__]
    known = schema["x-orbit-provenance"]
    text = " ".join((inspect.getdoc(model) or "").split())
    assert {name for name, note in PROVENANCE.items() if note in text} == {known} - {"observed"}
    marks = [each.get("x-orbit-provenance", known) for each in schema.get("properties", {}).values()]
    assert text.count("The vendor documents this property.") == (
        marks.count("documented") if known != "documented" else 0
    )


def test_changes_are_written() -> None:
    user = AppUser.from_dict({"id": "u", "display_name": "Alice", "metadata": {"a": 1}, "new": 1})
    user.display_name = "Bob"
    user.metadata = {"b": 2}
    assert user.to_dict() == {"id": "u", "display_name": "Bob", "metadata": {"b": 2}, "new": 1}
    user.display_name = None
    assert user.to_dict()["display_name"] is None


def test_models_are_equal_if_class_and_content_are_equal() -> None:
    assert AppUser(id="u") == AppUser.from_dict({"id": "u"})
    assert AppUser(id="u") != AppUser.from_dict({"id": "u", "new": 1})
    assert AppUser(id="u") != Reaction(id="u")
    assert AppUser(id="u") != {"id": "u"}
    with pytest.raises(TypeError, match="unhashable"):
        hash(AppUser(id="u"))


def test_the_repr_hides_secrets() -> None:
    token = UserToken.from_dict({"token": "eyJ.secret", "expires_at": "2026-01-05T09:30:00Z"})
    assert token.token == "eyJ.secret"
    assert "eyJ.secret" not in repr(token)
    assert "token='***'" in repr(token)


def test_request_models_distinguish_unset_from_null() -> None:
    assert UpdateAppUserBody().to_dict() == {}
    assert UpdateAppUserBody(metadata=None).to_dict() == {"metadata": None}
    assert UpdateAppUserBody(metadata={}).to_dict() == {"metadata": {}}
    assert UpdateAppUserBody.from_dict({"metadata": None, "new": 1}).to_dict() == {"metadata": None, "new": 1}


def test_a_context_can_be_read_changed_and_sent() -> None:
    context = ConversationContext.from_dict({"type": "booking", "referenceId": "b_1", "vip": True})
    context.status = "confirmed"
    assert context.to_dict() == {"type": "booking", "referenceId": "b_1", "status": "confirmed", "vip": True}


def test_copies_and_pickles_of_unset_are_unset() -> None:
    for twin in (copy.copy(UNSET), copy.deepcopy(UNSET), pickle.loads(pickle.dumps(UNSET))):
        assert twin is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert isinstance(UNSET, Unset)
    body = pickle.loads(pickle.dumps(copy.deepcopy(CreateAppUserBody(external_id="e", display_name="d"))))
    assert body.metadata is UNSET
    assert body.to_dict() == {"external_id": "e", "display_name": "d"}


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [
        (CreateMeetingBody(title="t", scheduled_at=datetime(2026, 1, 5)), ValueError, "scheduled_at has no time zone"),  # noqa: DTZ001
        (CreateMeetingBody(title="t", scheduled_at="2026-01-05"), ValueError, "scheduled_at has no time zone"),
        (SubmitCallMetricsBody(rtt=float("nan")), ValueError, "rtt must be a finite number, not nan"),
        (SubmitCallMetricsBody(rtt=float("inf")), ValueError, "rtt must be a finite number, not inf"),
        (SubmitCallMetricsBody(rtt="40"), TypeError, "rtt must be a number, not str"),  # type: ignore[arg-type]
        (SubmitCallMetricsBody(rtt=True), TypeError, "rtt must be a number, not bool"),
        (UpdateAppUserBody(metadata="a=b"), TypeError, "metadata must be a mapping such as a dict, not str"),  # type: ignore[arg-type]
        (UpdateAppUserBody.from_dict({"metadata": [("a", "b")]}), TypeError, "metadata must be a mapping"),
        (
            CreateMeetingBody.from_dict({"title": "t", "scheduled_at": "soon"}),
            ValueError,
            "scheduled_at must be a datetime or an RFC 3339 string",
        ),
    ],
)
def test_the_error_for_an_invalid_value_names_the_field(body: Model, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        body.to_dict()


def test_a_time_in_a_body_survives_a_round_trip() -> None:
    body = CreateMeetingBody(title="t", scheduled_at=datetime(2026, 1, 5, 9, 30, tzinfo=timezone(timedelta(hours=2))))
    assert body.to_dict() == {"title": "t", "scheduled_at": "2026-01-05T09:30:00+02:00"}
    assert CreateMeetingBody.from_dict(body.to_dict()) == body
