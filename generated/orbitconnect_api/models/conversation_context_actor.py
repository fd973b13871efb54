"""The model ConversationContextActor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
)


@define(eq=False)
class ConversationContextActor(Model):
    """A person or thing that a conversation's context names. What the fields hold is up to you.

    Attributes:
        id: The actor's id.
        type: What kind of actor it is, for example `customer`.
        name: What to call the actor in front of users.
    """

    id: str | None = None
    type: str | None = None
    name: str | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None),
        Field("type", "type", None),
        Field("name", "name", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.id = get("id")
        self.type = get("type")
        self.name = get("name")
        self._raw = src_dict
        return self
