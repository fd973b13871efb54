"""The model ConversationContext."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    read_model,
    write_model,
)
from .conversation_context_actor import ConversationContextActor


@define(eq=False)
class ConversationContext(Model):
    """What a conversation is about, in terms of your application. The names of its fields are camelCase on the wire.
    That the fields can be null is inferred.

    Attributes:
        type: What kind of thing it is about.
        reference_id: Your own id of that thing; conversations can be found by it.
        title: What to call the thing in front of users.
        status: The state that the thing is in, in your own words.
        actor: Who the thing belongs to or who acts in it.
    """

    type: Literal["booking", "purchase", "service", "support"] | str | None = None
    reference_id: str | None = None
    title: str | None = None
    status: str | None = None
    actor: ConversationContextActor | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", None),
        Field("reference_id", "referenceId", None),
        Field("title", "title", None),
        Field("status", "status", None),
        Field("actor", "actor", write_model),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.type = get("type")
        self.reference_id = get("referenceId")
        self.title = get("title")
        self.status = get("status")
        self.actor = None if (value := get("actor")) is None else read_model(ConversationContextActor, value)
        self._raw = src_dict
        return self
