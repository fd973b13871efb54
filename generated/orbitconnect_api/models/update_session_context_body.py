"""The model UpdateSessionContextBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    new,
    read_str,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class UpdateSessionContextBody(RequestModel):
    """The ids to set. Omitted ids stay unchanged.

    Attributes:
        conversation_id: The conversation's id. Null clears it (inferred).
        call_id: The call's id. Null clears it (inferred).
        meeting_id: The meeting's id. Null clears it (inferred).
    """

    conversation_id: str | None | Unset = UNSET
    call_id: str | None | Unset = UNSET
    meeting_id: str | None | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("conversation_id", "conversation_id", write_text, read_str),
        Field("call_id", "call_id", write_text, read_str),
        Field("meeting_id", "meeting_id", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.conversation_id = src_dict.get("conversation_id", UNSET)
        self.call_id = src_dict.get("call_id", UNSET)
        self.meeting_id = src_dict.get("meeting_id", UNSET)
        self._raw = src_dict
        return self
