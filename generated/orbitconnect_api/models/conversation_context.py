"""The model ConversationContext."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
    read_str,
)
from .conversation_context_actor import ConversationContextActor


@define(eq=False, repr=False, kw_only=True)
class ConversationContext(Model):
    """What a conversation is about, in terms of your application.

    Field names are camelCase on the wire. Fields can be null (inferred).

    Documented by the vendor, but not observed on the wire, except where stated.

    Attributes:
        type: The kind of subject that the conversation is about.
        reference_id: Your own id for the subject. Conversations can be found by this id.
        title: The subject's title, as shown to users.
        status: The subject's status. You define the values.
        actor: The person or thing that the subject belongs to or that acts in it.
    """

    type: Literal["booking", "purchase", "service", "support"] | str | None = None
    reference_id: str | None = None
    title: str | None = None
    status: str | None = None
    actor: ConversationContextActor | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", None, read_str),
        Field("reference_id", "referenceId", None, read_str),
        Field("title", "title", None, read_str),
        Field("status", "status", None, read_str),
        Field("actor", "actor", WriteModel(ConversationContextActor), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.type = value if type(value := get("type")) is str or value is None else read_str(value)
        self.reference_id = value if (value := get("referenceId")) is None or type(value) is str else read_str(value)
        self.title = value if (value := get("title")) is None or type(value) is str else read_str(value)
        self.status = value if (value := get("status")) is None or type(value) is str else read_str(value)
        self.actor = None if (value := get("actor")) is None else read_model(ConversationContextActor, value)
        self._raw = src_dict
        return self
