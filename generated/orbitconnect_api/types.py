"""What the generated modules share: requests, responses, models, lenient readers and strict writers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from datetime import datetime, timezone
from os import PathLike
from reprlib import recursive_repr
from typing import IO, Any, ClassVar, Generic, Literal, NamedTuple, Protocol, Self, TypeVar

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
Provenance = Literal["observed", "documented", "inferred"]
"""How a part of the contract is known.

`observed`: recorded from a running client. `documented`: stated by the vendor, but not seen on the wire. `inferred`:
neither.
"""


class SafeRepr:
    """The base of attrs classes and dataclasses whose `repr` never raises.

    Error trackers show the `repr` of every local variable, including incomplete objects whose constructor raised.
    The `repr` omits missing attributes.
    """

    __slots__ = ()

    @recursive_repr("...")
    def __repr__(self) -> str:
        kind: Any = type(self)
        shown = [
            f"{getattr(each, 'alias', None) or each.name}={_shown(getattr(self, each.name), each.repr)}"
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
    """The data of a response does not match the contract."""


class Operation(NamedTuple):
    """The properties of an operation that the pipeline needs."""

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
    """Whether JSON is always sent: an empty object if the operation takes no fields."""
    idempotency_field: str | None
    """The body field that carries the idempotency key."""
    provenance: Provenance

    @property
    def errors(self) -> Mapping[int, tuple[str, ...]]:
        """The statuses of the operation's errors, and the known error codes of each. Other codes can occur."""
        # Most programs never use it, so importing the SDK does not load it.
        from .error_codes import ERROR_CODES

        return ERROR_CODES[self.id]


class EventType(NamedTuple):
    """A type of webhook event."""

    name: str
    """The type's name on the wire, such as `message.sent`."""
    data_model: str
    """The name of the payload's model."""
    provenance: Provenance


class Payload(NamedTuple):
    """A body that is not JSON."""

    content_type: str
    pieces: tuple[bytes | PathLike[str] | IO[bytes], ...]
    """The bytes, paths and file objects that the body is joined from."""

    def __repr__(self) -> str:
        return f"Payload({self.content_type.partition(';')[0]!r})"


class Reading(NamedTuple):
    """How to read the result from a response with a certain status."""

    part: Literal["data", "envelope", "content"]
    """What `parse` takes: the data, the whole envelope with the fields beside the data, or the bytes of the body."""
    parse: Callable[[Any], Any]


@define(repr=False)
class Request(SafeRepr, Generic[T]):
    """A request that has not been sent yet. Created by the `build` function of an operation's module."""

    operation: Operation
    path: str
    """The path below the base URL, percent-encoded."""
    parse: Callable[[Any], T] = field(repr=False)
    """Parses the response's data. Raises `UnexpectedData` if it does not match the contract."""
    query: str = ""
    """The encoded query, without the question mark."""
    body: dict[str, Any] | list[Any] | None = field(default=None, repr=False)
    acting_user_id: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """The operation's own headers, with names in lower case."""
    payload: Payload | None = field(default=None, repr=False)
    """The body, if it is not JSON."""
    readings: Mapping[int, Reading] | None = field(default=None, repr=False)
    """How to read each success status, the most usual first. None if `parse` reads the data of all of them."""


@define(repr=False)
class Response(SafeRepr, Generic[T_co]):
    """A successful response with its status, headers and body, from `sync_detailed` and `asyncio_detailed`."""

    status_code: int
    headers: Mapping[str, str]
    """The response headers. Look them up in lower case."""
    content: bytes = field(repr=False)
    """The raw body, after decompression."""
    parsed: T_co
    attempts: int = 1
    """The number of requests that were sent, including retries."""
    request_id: str | None = None
    """The API's id of the request. Quote it when you contact support."""
    elapsed: float = 0.0
    """The total duration of the call in seconds, including retries."""


class StreamedResponse(Protocol[T_co]):
    """A successful response whose bytes are read while they arrive, from `sync_stream`."""

    status_code: int
    headers: Mapping[str, str]
    """The response headers. Look them up in lower case."""
    request_id: str | None
    """The API's id of the request. Quote it when you contact support."""
    attempts: int
    """The number of requests that were sent, including retries."""

    @property
    def parsed(self) -> T_co | None:
        """The result, if the response is data and no file. None for a file."""
        ...

    def iter_bytes(self) -> Iterator[bytes]:
        """Read the file in chunks, as they arrive."""
        ...

    def read(self) -> bytes:
        """Read the whole file into memory."""
        ...


class AsyncStreamedResponse(Protocol[T_co]):
    """A successful response whose bytes are read while they arrive, from `asyncio_stream`."""

    status_code: int
    headers: Mapping[str, str]
    """The response headers. Look them up in lower case."""
    request_id: str | None
    """The API's id of the request. Quote it when you contact support."""
    attempts: int
    """The number of requests that were sent, including retries."""

    @property
    def parsed(self) -> T_co | None:
        """The result, if the response is data and no file. None for a file."""
        ...

    def iter_bytes(self) -> AsyncIterator[bytes]:
        """Read the file in chunks, as they arrive."""
        ...

    async def read(self) -> bytes:
        """Read the whole file into memory."""
        ...


class Client(Protocol):
    """The client that `sync` and `sync_detailed` use: `OrbitServer().raw`."""

    def execute(self, request: Request[T]) -> T: ...

    def execute_detailed(self, request: Request[T]) -> Response[T]: ...

    def execute_stream(self, request: Request[T]) -> AbstractContextManager[StreamedResponse[T]]: ...


class AsyncClient(Protocol):
    """The client that `asyncio` and `asyncio_detailed` use: `AsyncOrbitServer().raw`."""

    def execute(self, request: Request[T]) -> Awaitable[T]: ...

    def execute_detailed(self, request: Request[T]) -> Awaitable[Response[T]]: ...

    def execute_stream(self, request: Request[T]) -> AbstractAsyncContextManager[AsyncStreamedResponse[T]]: ...


class Field(NamedTuple):
    """The JSON form of a model's attribute."""

    attribute: str
    name: str
    """The property's name on the wire."""
    write: Callable[[Any, str], Any] | None
    """Converts the attribute's value to JSON. None if the value is already JSON."""
    read: Callable[[Any], Any]
    """Returns None if the property cannot be read from a JSON value."""
    deprecated: str = ""
    """The text of the warning when the property is sent. Empty if it is not deprecated."""


class JsonObject(SafeRepr):
    """The base of classes that represent a JSON object. Web frameworks can use them in responses."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Convert the object to JSON."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Iterate over the items of `to_dict()`, so that `dict(model)` works. FastAPI relies on this."""
        return iter(self.to_dict().items())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:
        """Let pydantic and FastAPI read and write the class. The schema is a dict, so pydantic is not imported."""
        return {
            "type": "function-plain",
            "function": {"type": "no-info", "function": cls._from_any},
            "serialization": {"type": "function-plain", "function": cls.to_dict},
        }

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """Describe the class in the OpenAPI document of an application."""
        return {"title": cls.__name__, "type": "object", "additionalProperties": True}

    @classmethod
    def _from_any(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        raise ValueError(f"must be a {cls.__name__}, not {type(value).__name__}")


class Model(JsonObject):
    """The base of all generated models.

    Reading is lenient. If a property is missing, null or invalid, its attribute is None. Enum values that the contract
    does not list are kept. Properties that the contract does not list are in `additional_properties`.
    """

    __slots__ = ()

    FIELDS: ClassVar[tuple[Field, ...]] = ()
    """The model's attributes, with their names on the wire."""
    _KNOWN_NAMES: ClassVar[frozenset[str]] = frozenset()
    _SENDS_NEW_NULLS: ClassVar[bool] = False
    """Whether an attribute that is None is sent as null, even if the property was not received."""
    _raw: Mapping[str, Any]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._KNOWN_NAMES = frozenset(known.name for known in cls.FIELDS)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Create the model from a decoded JSON object."""
        raise NotImplementedError

    @classmethod
    def _from_any(cls, value: Any) -> Self:
        return cls.from_dict(value) if isinstance(value, Mapping) else super()._from_any(value)

    @property
    def additional_properties(self) -> dict[str, Any]:
        """The received or given properties that the contract does not list."""
        known = self._KNOWN_NAMES
        if known.issuperset(self._raw):
            return {}
        return {name: value for name, value in self._raw.items() if name not in known}

    def to_dict(self) -> dict[str, Any]:
        """Convert the model to a JSON object, including properties that the contract does not list.

        Returns:
            A new object. It omits properties whose attribute is `UNSET`, and those that are None and were not received.

        Raises:
            ValueError: If a value cannot be sent, such as a `datetime` without a time zone.
            TypeError: If a value has the wrong type.
        """
        result, raw = self.additional_properties, self._raw
        for attribute, name, write, read, _ in self.FIELDS:
            value = getattr(self, attribute)
            if value is None:
                if name in raw:
                    result[name] = None if raw[name] is None else self._unread(raw[name], read)
                elif self._SENDS_NEW_NULLS:
                    result[name] = None
            elif value is UNSET:
                continue
            elif write is None:
                result[name] = value
            elif type(value) is list and self._has_skipped_items(attribute, name, value):
                result[name] = raw[name]
            else:
                result[name] = write(value, attribute)
        return result

    def _has_skipped_items(self, attribute: str, name: str, value: list[Any]) -> bool:
        """Whether a list was received with items that could not be read, and was not changed since."""
        received = self._raw.get(name)
        if not isinstance(received, list) or len(received) == len(value):
            return False
        return bool(getattr(self.from_dict(self._raw), attribute) == value)

    def _unread(self, received: Any, read: Callable[[Any], Any]) -> Any:
        """The received value of a property that is None, if it could not be read. Otherwise, it was changed to None."""
        return received if read(received) is None else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or type(other) is not type(self):
            return NotImplemented
        return self.to_dict() == other.to_dict()


class RequestModel(Model):
    """The base of request models. `UNSET` omits a property, None sends null."""

    __slots__ = ()

    _SENDS_NEW_NULLS = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._KNOWN_NAMES |= {known.attribute for known in cls.FIELDS}

    def _unread(self, received: Any, read: Callable[[Any], Any]) -> Any:
        return None


new = object.__new__
"""Creates an object without attributes. Bound once, because models are created in large numbers."""


def mask(value: object) -> str:
    """Mask a secret in a model's `repr`."""
    return repr(value) if value is None or value is UNSET else "'***'"


# Readers are lenient: one bad field, which the caller may not even use, must not make a response unusable. Values that
# cannot be read become None, even if the contract declares the property as required.


def read_str(value: Any) -> Any:
    """Read a string. None if it is not a string."""
    return value if isinstance(value, str) else None


def read_bool(value: Any) -> Any:
    """Read a boolean. None if it is not a boolean."""
    return value if isinstance(value, bool) else None


def read_int(value: Any) -> Any:
    """Read an integer, which can be written as 5.0. None if it is not an integer."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) else None


def read_float(value: Any) -> Any:
    """Read a number. None if it is not a number."""
    return value if isinstance(value, (float, int)) and not isinstance(value, bool) else None


def read_any(value: Any) -> Any:
    """Return any value unchanged."""
    return value


from_iso = datetime.fromisoformat
"""Parses a time in nearly every form that servers use. Models call it first, and `read_datetime` if it raises."""


def as_utc(instant: datetime) -> datetime:
    """Take a time without an offset as UTC."""
    return instant.replace(tzinfo=timezone.utc)


def read_datetime(value: Any) -> Any:
    """Read a time. None if it is invalid. A time without an offset is read as UTC."""
    try:
        instant = from_iso(value)
    except (TypeError, ValueError):
        rare = parse_rare_instant(value) if isinstance(value, str) else None
        if rare is None:
            return None
        instant = rare
    return instant if instant.tzinfo is not None else as_utc(instant)


def read_object(value: Any) -> Any:
    """Return an object unchanged. None if it is not an object."""
    return value if isinstance(value, dict) else None


def read_model(model: type[Model], value: Any) -> Any:
    """Read a nested object. None if it is not an object."""
    return model.from_dict(value) if isinstance(value, dict) else None


def read_dict(value: Any) -> Any:
    """Read a free-form object. An empty array counts as an empty object, because some servers confuse them."""
    if isinstance(value, dict):
        return value
    return {} if value == [] else None


def read_list(value: Any) -> Any:
    """Return a list unchanged. None if it is not a list."""
    return value if isinstance(value, list) else None


def read_items(read: Callable[[Any], Any], value: Any) -> Any:
    """Read a list of plain values, and skip values of other types. None if it is not a list."""
    if not isinstance(value, list):
        return None
    return [item for item in map(read, value) if item is not None]


def read_models(model: type[Model], value: Any) -> Any:
    """Read a list of objects, and skip everything else. None if it is not a list."""
    if not isinstance(value, list):
        return None
    found: list[Model] = []
    for item in value:  # On Python 3.11, a comprehension would be another call.
        if isinstance(item, dict):
            found.append(model.from_dict(item))
    return found


def read_sent(src_dict: Mapping[str, Any], name: str, attribute: str) -> Any:
    """Read a property of a request, under its name on the wire or its attribute's name.

    Raises:
        ValueError: If both names are present.
    """
    if name in src_dict and attribute in src_dict:
        raise ValueError(f"{name} and {attribute} are the same field: pass only one of them.")
    return src_dict.get(name, src_dict.get(attribute, UNSET))


def read_sent_datetime(value: Any) -> Any:
    """Read a time of a request. Invalid values are kept, and the writer rejects them."""
    if not isinstance(value, str):
        return value
    instant = parse_instant(value)
    return value if instant is None or instant.tzinfo is None else instant


# Results are read strictly: without a valid result, there is nothing to return.


def result_model(model: type[ModelT], data: Any) -> ModelT:
    """Read a result that is one object."""
    if not isinstance(data, dict):
        raise UnexpectedData(f"expected an object ({model.__name__}), got {_json_type(data)}")
    return model.from_dict(data)


def result_list(model: type[ModelT], data: Any) -> list[ModelT]:
    """Read a result that is a list of objects."""
    if not isinstance(data, list):
        raise UnexpectedData(f"expected a list of {model.__name__}, got {_json_type(data)}")
    from_dict = model.from_dict
    return [from_dict(item) if type(item) is dict else result_model(model, item) for item in data]


def result_envelope(model: type[ModelT], envelope: Any, data_field: str, *, nullable: bool) -> ModelT:
    """Read a result that has fields beside its data."""
    result = result_model(model, envelope)
    attribute = next(known.attribute for known in model.FIELDS if known.name == data_field)
    data, given = getattr(result, attribute), envelope.get(data_field)
    if data is None and not (nullable and given is None):
        raise UnexpectedData(f"{data_field} is {_json_type(given)}, which {model.__name__} does not allow")
    if isinstance(data, list) and len(data) != len(given):
        raise UnexpectedData(f"{data_field} has items that {model.__name__} does not allow")
    return result


def result_content(content: Any) -> bytes:
    """Read a result that is the body itself."""
    return bytes(content)


def result_none(data: Any) -> None:
    """Read the result of an operation that returns nothing. The data is ignored."""


def result_one_of(first: type[FirstT], second: type[SecondT], data: Any) -> FirstT | SecondT:
    """Read a result that is one of two models: the one that has more property names in common with the data."""
    if not isinstance(data, dict):
        raise UnexpectedData(f"expected an object ({first.__name__} or {second.__name__}), got {_json_type(data)}")

    def shared(model: type[Model]) -> int:
        return sum(known.name in data for known in model.FIELDS)

    return second.from_dict(data) if shared(second) > shared(first) else first.from_dict(data)


def _json_type(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


# Writers are strict: they reject values that are probably a mistake.


class WriteModel:
    """Writes a nested object, given as a model or as a mapping."""

    __slots__ = ("_model",)

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def __call__(self, value: Model | Mapping[str, Any], name: str) -> dict[str, Any]:
        """Write a part of a response, unchanged."""
        return write_model(value, name)

    def sent(self, value: Model | Mapping[str, Any], name: str) -> dict[str, Any]:
        """Write a part of a request. A mapping can use the names on the wire or those of the attributes."""
        model = self._model
        if isinstance(value, model):
            return _under_wire_names(model, value.to_dict(), name, refuse_typos=False)
        if isinstance(value, Model) or not isinstance(value, Mapping):
            raise wrong_type(value, name, f"a {model.__name__} or a mapping such as a dict")
        return _under_wire_names(model, value, name, refuse_typos=True)


def _under_wire_names(model: type[Model], given: Mapping[str, Any], name: str, *, refuse_typos: bool) -> dict[str, Any]:
    """Write fields under their names on the wire. Fields that the contract does not list are sent unchanged.

    Raises:
        ValueError: If a field is given twice, or a name looks like a typo of a known one.
    """
    fields = {known.attribute: known for known in model.FIELDS} | {known.name: known for known in model.FIELDS}
    written: dict[str, Any] = {}
    for key, value in given.items():
        known = fields.get(key)
        if known is None:
            if refuse_typos and isinstance(key, str) and (meant := closest(key, fields)) is not None:
                raise ValueError(f"{name} has no field {key!r}. Did you mean {meant!r}?")
            written[key] = value
        elif known.name in written:
            raise ValueError(
                f"{name} has {known.attribute} twice: {known.name!r} and {known.attribute!r} are the same field."
            )
        else:
            write = known.write.sent if isinstance(known.write, WriteModel) else known.write
            if write is not None and value is not None:
                value = write(value, f"{name}.{known.attribute}")
            if known.deprecated and refuse_typos:
                from .deprecation import warn_deprecated

                warn_deprecated(known.deprecated, given_by_user=True)
            written[known.name] = value
    return written


def write_dict(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Write a free-form object."""
    if not isinstance(value, Mapping):
        raise wrong_type(value, name, AN_OBJECT)
    return dict(value)


def write_list(value: Iterable[Any], name: str) -> list[Any]:
    """Write a list of plain values."""
    return items_of(value, name)


def write_model(value: Model | Mapping[str, Any], name: str) -> dict[str, Any]:
    """Write a nested object of a response. A mapping must use the names on the wire."""
    return value.to_dict() if isinstance(value, Model) else write_dict(value, name)


def write_models(value: Iterable[Model | Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    """Write a list of objects."""
    return [write_model(item, name) for item in items_of(value, name)]
