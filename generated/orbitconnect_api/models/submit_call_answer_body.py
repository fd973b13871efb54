"""The model SubmitCallAnswerBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    mask,
    new,
    read_str,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class SubmitCallAnswerBody(RequestModel):
    """The WebRTC answer.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        sdp: The session description (SDP) of the answer, as created by the browser's `createAnswer`.
    """

    sdp: str = field(repr=mask)
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("sdp", "sdp", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.sdp = src_dict.get("sdp", UNSET)
        self._raw = src_dict
        return self
