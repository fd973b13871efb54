"""The model UpdateConversationContextBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    WriteModel,
    new,
    read_object,
)
from .conversation_context import ConversationContext


@define(eq=False, repr=False, kw_only=True)
class UpdateConversationContextBody(RequestModel):
    """The changes to a conversation's context.

    Attributes:
        context: The fields to update. Omitted fields stay unchanged. Null clears a field (inferred).
    """

    context: ConversationContext | Mapping[str, Any]
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("context", "context", WriteModel(ConversationContext).sent, read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.context = src_dict.get("context", UNSET)
        self._raw = src_dict
        return self
