"""The model TransitionSessionBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

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
class TransitionSessionBody(RequestModel):
    """The transition to make.

    Attributes:
        transition_type: The type of the transition.
        context_id: The id of the conversation, call or meeting that the session moves to, or null. The vendor's client
            always sends it, as null if there is none.
    """

    transition_type: Literal["call_to_meeting", "chat_to_call", "meeting_to_chat"] | str
    context_id: str | None | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("transition_type", "transition_type", write_text, read_str),
        Field("context_id", "context_id", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.transition_type = src_dict.get("transition_type", UNSET)
        self.context_id = src_dict.get("context_id", UNSET)
        self._raw = src_dict
        return self
