"""The model StartRecordingBody."""

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
class StartRecordingBody(RequestModel):
    """What to record.

    The body is free-form: the listed fields are the known ones, and all others are sent as given.

    Documented by the vendor, but not observed on the wire, except where stated.

    Attributes:
        session_id: The id of the call or meeting to record.
        session_type: The type of the object that `session_id` identifies.
    """

    session_id: str | Unset = UNSET
    session_type: Literal["call", "meeting"] | str | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("session_id", "session_id", write_text, read_str),
        Field("session_type", "session_type", write_text, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.session_id = src_dict.get("session_id", UNSET)
        self.session_type = src_dict.get("session_type", UNSET)
        self._raw = src_dict
        return self
