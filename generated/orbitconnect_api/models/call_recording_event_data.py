"""The model CallRecordingEventData."""

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
    read_str,
)
from .recording import Recording


@define(eq=False, repr=False, kw_only=True)
class CallRecordingEventData(Model):
    """The call recording that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        call_id: The id of the recorded call.
        recording: The recording after the change.
    """

    call_id: str
    recording: Recording
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("call_id", "call_id", None, read_str),
        Field("recording", "recording", WriteModel(Recording), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.call_id = value if type(value := get("call_id")) is str else read_str(value)
        self.recording = read_model(Recording, get("recording"))
        self._raw = src_dict
        return self
