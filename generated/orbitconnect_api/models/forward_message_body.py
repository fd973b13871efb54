"""The model ForwardMessageBody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_list,
    write_texts,
)


@define(eq=False, repr=False, kw_only=True)
class ForwardMessageBody(RequestModel):
    """The conversations to forward the message to.

    Attributes:
        target_conversation_ids: The ids of the conversations that receive a copy. At least one id (inferred).
    """

    target_conversation_ids: Sequence[str]
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("target_conversation_ids", "target_conversation_ids", write_texts, read_list),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.target_conversation_ids = src_dict.get("target_conversation_ids", UNSET)
        self._raw = src_dict
        return self
