from ..types import Field, Model
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class UploadPart(Model):
    part_number: int | None
    upload_path: str | None
    headers: dict[str, Any] | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
