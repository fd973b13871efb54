"""The model ConversationContextActor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    new,
    read_str,
)


@define(eq=False, repr=False, kw_only=True)
class ConversationContextActor(Model):
    """A person or thing named in a conversation's context. You define the meaning of the fields.

    Documented by the vendor, but not observed on the wire, except where stated.

    Attributes:
        id: The actor's id.
        type: The type of actor, for example `customer`.
        name: The actor's name, as shown to users.
    """

    id: str | None = None
    type: str | None = None
    name: str | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("type", "type", None, read_str),
        Field("name", "name", None, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str or value is None else read_str(value)
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.name = value if type(value := get("name")) is str or value is None else read_str(value)
        self._raw = src_dict
        return self
