"""The settings for media: sizes of uploads, and times."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen, validators

from orbitconnect_api.types import SafeRepr

_MIB: Final = 1024 * 1024
_SECOND: Final = 1_000_000
_LONGEST: Final = 366 * 24 * 3600


@frozen(kw_only=True, repr=False)
class MediaOptions(SafeRepr):
    """Settings for uploads and processing. The defaults suit most tests."""

    absolute_upload_paths: bool = False
    """Whether an `upload_path` includes the API's origin. False by default. The API itself can return either form."""
    max_upload_size: int = field(default=100 * _MIB, validator=validators.ge(1))
    """The largest file that can be uploaded in one request, in bytes. Default: 100 MiB."""
    part_size: int = field(default=8 * _MIB, validator=validators.ge(1))
    """The size of the parts of a multipart upload, in bytes. Default: 8 MiB."""
    max_parts: int = field(default=64, validator=[validators.ge(1), validators.le(10_000)])
    """The maximum number of parts, at most 10,000. Default: 64."""
    processing_seconds: float = field(default=5.0, validator=[validators.ge(0), validators.le(_LONGEST)])
    """How long the processing of a file or a recording takes, in seconds of the emulator's time. Default: 5."""
    url_seconds: float = field(default=3600.0, validator=[validators.ge(1), validators.le(_LONGEST)])
    """How long a signed URL is valid, in seconds of the emulator's time. Default: 3600.

    URLs for the parts of a multipart upload stay valid twelve times as long.
    """

    @property
    def processing_time(self) -> int:
        """`processing_seconds` in microseconds."""
        return round(self.processing_seconds * _SECOND)

    @property
    def url_time(self) -> int:
        """`url_seconds` in microseconds."""
        return round(self.url_seconds * _SECOND)
