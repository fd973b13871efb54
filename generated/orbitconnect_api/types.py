"""What the generated modules share: calls and answers, models, readers that forgive and writers that do not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from reprlib import recursive_repr
from typing import Any, ClassVar, Generic, Literal, NamedTuple, Protocol, Self, TypeVar

from attrs import define, field

from .values import AN_OBJECT, closest, items_of, parse_instant, parse_rare_instant, wrong_type
from .values import UNSET as UNSET
from .values import Unset as Unset
from .values import path_segment as path_segment
from .values import query_string as query_string
from .values import write_boolean as write_boolean
from .values import write_datetime as write_datetime
from .values import write_integer as write_integer
from .values import write_number as write_number
from .values import write_since as write_since
from .values import write_text as write_text
from .values import write_texts as write_texts

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
ModelT = TypeVar("ModelT", bound="Model")
FirstT = TypeVar("FirstT", bound="Model")
SecondT = TypeVar("SecondT", bound="Model")

RetryClass = Literal["safe", "idempotency-key", "never"]


class SafeRepr:
    """The base of attrs classes and dataclasses whose `repr` never raises.

    A constructor that raises leaves an object behind that is not complete, and error trackers show the `repr` of every
    local variable. An attribute that is missing is left out.
    """

    __slots__ = ()

    @recursive_repr("...")
    def __repr__(self) -> str:
        kind: Any = type(self)
        shown = [
            f"{each.name}={_shown(getattr(self, each.name), each.repr)}"
            for each in getattr(kind, "__attrs_attrs__", None) or getattr(kind, "__dataclass_fields__", {}).values()
            if each.repr and hasattr(self, each.name)
        ]
        return f"{kind.__qualname__.rpartition('>.')[2]}({', '.join(shown)})"


def _shown(value: Any, show: Any) -> str:
    try:
        return str(repr(value) if show is True else show(value))
    except Exception as error:
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"


class UnexpectedData(ValueError):
    """An answer's data do not have the form that the contract declares."""


class Operation(NamedTuple):
    """One endpoint of the contract, as the pipeline needs to know it."""

    id: str
    """The contract's `operationId`."""
    tag: str
    method: str
    path: str
    """The path below the base URL, with its parameters in braces."""
    retry: RetryClass
    actor: bool
    """Whether the acting user is required."""
    has_body: bool
    """Whether a JSON object is sent; it is empty where the operation takes no fields."""
    idempotency_field: str | None
    """The body field that carries the idempotency key."""
    provenance: Literal["observed", "inferred"]


class EventType(NamedTuple):
    """One kind of event that webhooks deliver."""

    name: str
    """What stands in the delivery, such as `message.sent`."""
    tag: str
    data_model: str
    """The name of its payload's model."""
    provenance: Literal["observed", "inferred"]


@define(repr=False)
class Request(SafeRepr, Generic[T]):
    """One call, ready for the pipeline: nothing is sent yet. `build` of an operation's module makes it."""

    operation: Operation
    path: str
    """The path below the base URL, percent-encoded."""
    parse: Callable[[Any], T] = field(repr=False)
    """Turns the answer's data into the result; raises `UnexpectedData`."""
    query: str = ""
    """The encoded query, without the question mark."""
    body: dict[str, Any] | None = field(default=None, repr=False)
    acting_user_id: str | None = None


@define(repr=False)
class Response(SafeRepr, Generic[T_co]):
    """A successful answer with what came around it, from `sync_detailed` and `asyncio_detailed`."""

    status_code: int
    headers: Mapping[str, str]
    """The answer's headers; look them up in lower case."""
    content: bytes = field(repr=False)
    """The decoded body as it came."""
    parsed: T_co
    attempts: int = 1
    """How many requests it took."""
    request_id: str | None = None
    """The API's id of the request, to be quoted to its support."""
    elapsed: float = 0.0
    """The seconds that the call took in all."""


class Client(Protocol):
    """What `sync` and `sync_detailed` call: `OrbitServer().raw`."""

    def execute(self, request: Request[T]) -> T: ...

    def execute_detailed(self, request: Request[T]) -> Response[T]: ...


class AsyncClient(Protocol):
    """What `asyncio` and `asyncio_detailed` call: `AsyncOrbitServer().raw`."""

    def execute(self, request: Request[T]) -> Awaitable[T]: ...

    def execute_detailed(self, request: Request[T]) -> Awaitable[Response[T]]: ...


class Field(NamedTuple):
    """How one attribute of a model stands in JSON."""

    attribute: str
    name: str
    """The property's name on the wire."""
    write: Callable[[Any, str], Any] | None
    """Turns the attribute's value into JSON; None where it is JSON already."""
    read: Callable[[Any], Any]
    """Whether something can be made of a value in JSON: None if not."""


class JsonObject(SafeRepr):
    """The base of what stands for a JSON object, so that frameworks can answer with it."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Makes a JSON object of it."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Gives the pairs of `to_dict`: `dict(model)` is `model.to_dict()`. FastAPI encodes what it does not know so."""
        return iter(self.to_dict().items())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:
        """Tells pydantic, and so FastAPI, how to read and write it. A schema is a dict: no import is needed."""
        return {
            "type": "function-plain",
            "function": {"type": "no-info", "function": cls._from_any},
            "serialization": {"type": "function-plain", "function": cls.to_dict},
        }

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """Describes it in the OpenAPI document of an application."""
        return {"title": cls.__name__, "type": "object", "additionalProperties": True}

    @classmethod
    def _from_any(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        raise ValueError(f"must be a {cls.__name__}, not {type(value).__name__}")


class Model(JsonObject):
    """The base of all generated models.

    Readers forgive: an attribute whose property is missing, null or unreadable is None, a value that the contract does
    not list is kept as it is, and a property that the contract does not know is found in `additional_properties`.
    """

    __slots__ = ()

    FIELDS: ClassVar[tuple[Field, ...]] = ()
    """The model's attributes and their names on the wire."""
    _raw: Mapping[str, Any]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Makes the model from a decoded JSON object."""
        raise NotImplementedError

    @classmethod
    def _from_any(cls, value: Any) -> Self:
        return cls.from_dict(value) if isinstance(value, Mapping) else super()._from_any(value)

    @property
    def additional_properties(self) -> dict[str, Any]:
        """The properties that came with the object and that the contract does not know."""
        known = {known.name for known in self.FIELDS}
        return {name: value for name, value in self._raw.items() if name not in known}

    def to_dict(self) -> dict[str, Any]:
        """Makes a JSON object of the model, with the properties that the contract does not know.

        Returns:
            A new object. A property is left out where its attribute is `UNSET`, or is None and did not come as null.

        Raises:
            ValueError: If a value cannot be sent, such as an instant without an offset.
            TypeError: If a value has the wrong type.
        """
        result = self.additional_properties
        for attribute, name, write, read in self.FIELDS:
            value = getattr(self, attribute)
            if value is UNSET:
                continue
            if value is None:
                if self._sends_null(name):
                    result[name] = self._unread(name, read)
            else:
                result[name] = value if write is None else write(value, attribute)
        return result

    def _sends_null(self, name: str) -> bool:
        return name in self._raw

    def _unread(self, name: str, read: Callable[[Any], Any]) -> Any:
        """What came for a property that is None: null, unless it could not be read."""
        value = self._raw.get(name)
        return value if read(value) is None else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or type(other) is not type(self):
            return NotImplemented
        return self.to_dict() == other.to_dict()


class RequestModel(Model):
    """The base of models that are only sent: `UNSET` leaves a property out, None is sent as null."""

    __slots__ = ()

    @property
    def additional_properties(self) -> dict[str, Any]:
        """The properties that were given and that the contract does not know."""
        known = {known.name for known in self.FIELDS} | {known.attribute for known in self.FIELDS}
        return {name: value for name, value in self._raw.items() if name not in known}

    def _sends_null(self, name: str) -> bool:
        return True

    def _unread(self, name: str, read: Callable[[Any], Any]) -> Any:
        return None


def mask(value: object) -> str:
    """Stands for a secret in a model's `repr`."""
    return repr(value) if value is None or value is UNSET else "'***'"


# Readers: they forgive, because a backend must not lose an answer to a field that it may not even use. What cannot be read
# is None, also where the contract declares the property as required.


def read_str(value: Any) -> Any:
    """Reads a text; None where it is none."""
    return value if isinstance(value, str) else None


def read_bool(value: Any) -> Any:
    """Reads true or false; None where it is neither."""
    return value if isinstance(value, bool) else None


def read_int(value: Any) -> Any:
    """Reads a whole number, which may be written as 5.0; None where it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) else None


def read_float(value: Any) -> Any:
    """Reads a number; None where it is none."""
    return value if isinstance(value, (float, int)) and not isinstance(value, bool) else None


def read_any(value: Any) -> Any:
    """Takes any value as it is."""
    return value


_parse_instant = datetime.fromisoformat


def read_datetime(value: Any) -> Any:
    """Reads an instant; None where it cannot be read. One without an offset is taken as UTC."""
    try:
        instant = _parse_instant(value)
    except (TypeError, ValueError):
        rare = parse_rare_instant(value) if isinstance(value, str) else None
        if rare is None:
            return None
        instant = rare
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=timezone.utc)


def read_object(value: Any) -> Any:
    """Takes an object as it is; None where it is none."""
    return value if isinstance(value, dict) else None


def read_model(model: type[Model], value: Any) -> Any:
    """Reads a nested object; None where it is none."""
    return model.from_dict(value) if isinstance(value, dict) else None


def read_dict(value: Any) -> Any:
    """Reads a free-form object. An empty array counts as an empty object: some servers cannot tell them apart."""
    if isinstance(value, dict):
        return value
    return {} if value == [] else None


def read_list(value: Any) -> Any:
    """Takes a list as it is; None where it is none."""
    return value if isinstance(value, list) else None


def read_items(read: Callable[[Any], Any], value: Any) -> Any:
    """Reads a list of plain values, leaving out what has another type; None where it is no list."""
    if not isinstance(value, list):
        return None
    return [item for item in map(read, value) if item is not None]


def read_models(model: type[Model], value: Any) -> Any:
    """Reads a list of objects, leaving out what is none; None where it is no list."""
    if not isinstance(value, list):
        return None
    from_dict = model.from_dict
    return [from_dict(item) for item in value if isinstance(item, dict)]


def read_sent(src_dict: Mapping[str, Any], name: str, attribute: str) -> Any:
    """Reads a property of an object that is to be sent, under the wire's name or the attribute's.

    Raises:
        ValueError: If it stands there under both.
    """
    if name in src_dict and attribute in src_dict:
        raise ValueError(f"{name} and {attribute} are the same field: give one of them.")
    return src_dict.get(name, src_dict.get(attribute, UNSET))


def read_sent_datetime(value: Any) -> Any:
    """Reads an instant of an object that is to be sent. Anything else is kept, so that its writer refuses it."""
    if not isinstance(value, str):
        return value
    instant = parse_instant(value)
    return value if instant is None or instant.tzinfo is None else instant


# Results: here the form must be right, since there is nothing else to return.


def result_model(model: type[ModelT], data: Any) -> ModelT:
    """Reads an operation's result, which is one object."""
    if not isinstance(data, dict):
        raise UnexpectedData(f"expected an object ({model.__name__}), got {_json_type(data)}")
    return model.from_dict(data)


def result_list(model: type[ModelT], data: Any) -> list[ModelT]:
    """Reads an operation's result, which is a list of objects."""
    if not isinstance(data, list):
        raise UnexpectedData(f"expected a list of {model.__name__}, got {_json_type(data)}")
    from_dict = model.from_dict
    return [from_dict(item) if type(item) is dict else result_model(model, item) for item in data]


def result_none(data: Any) -> None:
    """Reads the result of an operation that returns nothing, whatever came."""


def result_one_of(first: type[FirstT], second: type[SecondT], data: Any) -> FirstT | SecondT:
    """Reads a result that is one of two objects: the one that shares more property names with it."""
    if not isinstance(data, dict):
        raise UnexpectedData(f"expected an object ({first.__name__} or {second.__name__}), got {_json_type(data)}")

    def shared(model: type[Model]) -> int:
        return sum(known.name in data for known in model.FIELDS)

    return second.from_dict(data) if shared(second) > shared(first) else first.from_dict(data)


def _json_type(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


# Writers: they refuse what cannot be meant.


class WriteModel:
    """Writes a nested object, given as its model or as a mapping."""

    __slots__ = ("_model",)

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def __call__(self, value: Model | Mapping[str, Any], name: str) -> dict[str, Any]:
        """Writes a part of an answer as it came."""
        return write_model(value, name)

    def sent(self, value: Model | Mapping[str, Any], name: str) -> dict[str, Any]:
        """Writes a part of a body. A mapping has the names of the wire or those of the attributes."""
        model = self._model
        if isinstance(value, model):
            return _under_wire_names(model, value.to_dict(), name, refuse_typos=False)
        if isinstance(value, Model) or not isinstance(value, Mapping):
            raise wrong_type(value, name, f"a {model.__name__} or a mapping such as a dict")
        return _under_wire_names(model, value, name, refuse_typos=True)


def _under_wire_names(model: type[Model], given: Mapping[str, Any], name: str, *, refuse_typos: bool) -> dict[str, Any]:
    """Writes known fields under the wire's names; what the contract does not know is sent as it is.

    Raises:
        ValueError: If a field is given twice, or a name is nearly one that the contract knows.
    """
    fields = {known.attribute: known for known in model.FIELDS} | {known.name: known for known in model.FIELDS}
    written: dict[str, Any] = {}
    for key, value in given.items():
        known = fields.get(key)
        if known is None:
            if refuse_typos and isinstance(key, str) and (meant := closest(key, fields)) is not None:
                raise ValueError(f"{name} has no field {key!r}: {meant!r} is probably meant.")
            written[key] = value
        elif known.name in written:
            raise ValueError(
                f"{name} holds {known.attribute} twice: {known.name!r} and {known.attribute!r} are the same."
            )
        else:
            write = known.write.sent if isinstance(known.write, WriteModel) else known.write
            if write is not None and value is not None:
                value = write(value, f"{name}.{known.attribute}")
            written[known.name] = value
    return written


def write_dict(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Writes a free-form object."""
    if not isinstance(value, Mapping):
        raise wrong_type(value, name, AN_OBJECT)
    return dict(value)


def write_list(value: Iterable[Any], name: str) -> list[Any]:
    """Writes a list of plain values."""
    return items_of(value, name)


def write_model(value: Model | Mapping[str, Any], name: str) -> dict[str, Any]:
    """Writes a nested object of an answer. A mapping is sent as it is, under the names of the wire."""
    return value.to_dict() if isinstance(value, Model) else write_dict(value, name)


def write_models(value: Iterable[Model | Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    """Writes a list of objects."""
    return [write_model(item, name) for item in items_of(value, name)]
