"""The model MeetingJoin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
)
from .meeting import Meeting
from .sfu_session import SfuSession


@define(eq=False, repr=False, kw_only=True)
class MeetingJoin(Model):
    """The meeting that the user joined, and the connection to its media server.

    Documented by the vendor, but not observed on the wire, except where stated.

    Attributes:
        meeting: The meeting.
        sfu_session: The data that the user's device needs to connect. Pass it to your frontend.
    """

    meeting: Meeting
    sfu_session: SfuSession
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("meeting", "meeting", WriteModel(Meeting), read_object),
        Field("sfu_session", "sfu_session", WriteModel(SfuSession), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.meeting = read_model(Meeting, get("meeting"))
        self.sfu_session = read_model(SfuSession, get("sfu_session"))
        self._raw = src_dict
        return self
