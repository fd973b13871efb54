"""The model CreateMeetingBody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    new,
    read_datetime,
    read_sent_datetime,
    read_str,
    write_datetime,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class CreateMeetingBody(RequestModel):
    """The meeting to create.

    Attributes:
        title: The meeting's title. At most 255 characters (inferred).
        description: A description of the meeting. At most 2000 characters (inferred).
        scheduled_at: When the meeting is scheduled to start. Omit it for a meeting that you start manually.
    """

    title: str
    description: str | Unset = UNSET
    scheduled_at: datetime | str | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("title", "title", write_text, read_str),
        Field("description", "description", write_text, read_str),
        Field("scheduled_at", "scheduled_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.title = src_dict.get("title", UNSET)
        self.description = src_dict.get("description", UNSET)
        self.scheduled_at = read_sent_datetime(src_dict.get("scheduled_at", UNSET))
        self._raw = src_dict
        return self
