"""The model CreateSessionBody."""

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
class CreateSessionBody(RequestModel):
    """The session to create.

    Attributes:
        type: The type of the session, for example `chat_session`.
        context_id: The id of the conversation, call or meeting that the session is about.
    """

    type: Literal["call_session", "chat_session", "meeting_session"] | str
    context_id: str | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("type", "type", write_text, read_str),
        Field("context_id", "context_id", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.type = src_dict.get("type", UNSET)
        self.context_id = src_dict.get("context_id", UNSET)
        self._raw = src_dict
        return self
