# Derived from orbitconnect/_async/namespaces/media.py by `make generate`: edit that file.
"""`orbit.media`: upload, transcode, stream and control access to media files."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, overload

from orbitconnect_api.api.media import (
    complete_multipart_upload,
    delete_media,
    generate_upload_url,
    get_media,
    get_media_download_url,
    get_media_metadata,
    get_media_status,
    get_media_stream_url,
    get_recording,
    grant_media_access,
    init_multipart_upload,
    list_media_access,
    list_recordings,
    process_media,
    search_media,
    start_recording,
    stop_recording,
)
from orbitconnect_api.literals import MediaAccessType, RecordingSessionType
from orbitconnect_api.models.complete_multipart_upload_body import CompleteMultipartUploadBody
from orbitconnect_api.models.generate_upload_url_body import GenerateUploadUrlBody
from orbitconnect_api.models.grant_media_access_body import GrantMediaAccessBody
from orbitconnect_api.models.init_multipart_upload_body import InitMultipartUploadBody
from orbitconnect_api.models.media import Media as MediaFile  # `Media` alone is the sync namespace.
from orbitconnect_api.models.media_access import MediaAccess
from orbitconnect_api.models.media_metadata import MediaMetadata
from orbitconnect_api.models.media_status import MediaStatus
from orbitconnect_api.models.media_url import MediaUrl
from orbitconnect_api.models.multipart_session import MultipartSession
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.models.start_recording_body import StartRecordingBody
from orbitconnect_api.models.upload_session import UploadSession
from orbitconnect_api.types import UNSET, Unset

from ..._facade.arguments import with_extra
from ..._facade.hints import with_hints
from ..._flows.milestones import media_is_ready
from ..._flows.polling import LONGEST_PAUSE, schedule
from ..._transfers.plan import IDLE_SECONDS
from ...transfers import Uploadable, Progress
from ..executor import Executor
from ..flows.waiting import poll


@with_hints("orbit.media")
class Media:
    """Upload, transcode, stream and control access to media files.

    Methods: `upload`, `download`, `wait_until_ready`, `generate_upload_url`, `init_multipart`, `complete_multipart`,
    `get`, `get_download_url`, `get_stream_url`, `get_metadata`, `get_status`, `process`, `delete`, `search`,
    `grant_access`, `list_access`, `start_recording`, `stop_recording`, `get_recording`, `list_recordings`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def upload(
        self,
        file: Uploadable,
        *,
        mime_type: str | None = None,
        filename: str | None = None,
        progress: Progress | None = None,
        show_progress: bool = False,
        timeout: float | None = None,
        idle_timeout: float = IDLE_SECONDS,
        acting_user_id: str | None = None,
    ) -> MediaFile:
        """Upload a file of any size.

        The SDK opens an upload session, sends the bytes, and verifies that the API received them. Files up to 8 MiB are
        sent in one request; larger files, and files with a `filename`, in parts. Failed requests are retried up to
        `max_retries` times. Only small chunks are held in memory, except for a small file from an iterator or a pipe.

        The bytes go to a signed URL, without the secret key and the acting user's id. The format of the upload session,
        except its path, is inferred.

        Args:
            file: A path, bytes, a binary file (read from its current position), a web framework's upload, an object
                with `read`, or an Iterable of bytes. The file must not change during the upload.
            mime_type: The file's media type. By default, the object's `content_type`, or a guess from the file's name.
            filename: The name to store with the file, without folders. By default, the name of a web form's upload or,
                for a file larger than 8 MiB, the file's own name. Other files are stored without a name.
            progress: Called with the number of bytes sent so far and the total size, or None if the size is not known
                in advance.
            show_progress: Show a progress bar on standard error. Requires `orbitconnect[progress]`.
            timeout: The time limit for the whole upload, in seconds, more than 0. It can be exceeded by up to
                `idle_timeout`. None (the default) means no limit.
            idle_timeout: The maximum time without progress on a connection, in seconds, more than 0; 60 by default.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The media file. Processing has only started: see `wait_until_ready`.

        Raises:
            OSError: If the file cannot be read, or its size changes during the upload.
            ValueError: If the file is larger than the API accepts. For a stream of unknown size, the error is raised
                during the upload.
            TypeError: If `file` has none of these types, or its `read` or iterator returns anything but bytes.
            ImportError: If `show_progress` is set and rich is not installed.
            PermissionDeniedError: If the acting user is not allowed to upload files, or the upload session expired.
            CorruptTransferError: If the bytes that the API received differ from the bytes that were sent. From
                `orbitconnect.transfers`.
            DeadlineExceededError: If `timeout` or `idle_timeout` passed.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            media = orbit.media.upload("holiday.mp4", acting_user_id=alice.id)
            media = orbit.media.wait_until_ready(media.id, timeout=300, acting_user_id=alice.id)
            ```
        """
        from ..transfers.uploads import upload  # Imported here: many programs never upload.

        return upload(
            self._executor,
            file,
            mime_type=mime_type,
            filename=filename,
            progress=progress,
            show_progress=show_progress,
            timeout=timeout,
            idle_timeout=idle_timeout,
            acting_user_id=acting_user_id,
        )

    @overload
    def download(
        self,
        media_id: str,
        to: str | os.PathLike[str],
        *,
        progress: Progress | None = None,
        show_progress: bool = False,
        timeout: float | None = None,
        idle_timeout: float = IDLE_SECONDS,
        acting_user_id: str | None = None,
    ) -> Path: ...

    @overload
    def download(
        self,
        media_id: str,
        to: BinaryIO,
        *,
        progress: Progress | None = None,
        show_progress: bool = False,
        timeout: float | None = None,
        idle_timeout: float = IDLE_SECONDS,
        acting_user_id: str | None = None,
    ) -> int: ...

    def download(
        self,
        media_id: str,
        to: str | os.PathLike[str] | BinaryIO,
        *,
        progress: Progress | None = None,
        show_progress: bool = False,
        timeout: float | None = None,
        idle_timeout: float = IDLE_SECONDS,
        acting_user_id: str | None = None,
    ) -> Path | int:
        """Download a file of any size and verify its size and SHA-256.

        The size and the SHA-256 are checked if the API returns them (inferred).

        The bytes are first written to a `….part` file next to the target. When all bytes have arrived, the `….part`
        file replaces the target in one step. If the connection breaks, the download resumes, up to `max_retries` times.
        The next call for the same media and path also resumes it, unless the file has changed. Only one download at a
        time can write to a path.

        Args:
            media_id: The media file's id.
            to: A path, a folder (the file gets the media's name, without unsafe characters), or a binary file, written
                from its current position.
            progress: Called with the number of bytes received so far and the total size, or None if the size is not
                known.
            show_progress: Show a progress bar on standard error. Requires `orbitconnect[progress]`.
            timeout: The time limit for the whole download, in seconds, more than 0. It can be exceeded by up to
                `idle_timeout`. None (the default) means no limit.
            idle_timeout: The maximum time without progress on a connection, in seconds, more than 0; 60 by default.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The path of the file, or the number of bytes if `to` is a file object.

        Raises:
            OSError: If the file cannot be written. `BlockingIOError` if another download is writing to it.
            TypeError: If `to` is neither a path nor a binary file.
            ImportError: If `show_progress` is set and rich is not installed.
            NotFoundError: If the media file does not exist.
            PermissionDeniedError: If the acting user is not allowed to download the file.
            ConflictError: If the file is not ready: see `wait_until_ready`.
            CorruptTransferError: If the received bytes differ from the media file. From `orbitconnect.transfers`.
            DeadlineExceededError: If `timeout` or `idle_timeout` passed.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            path = orbit.media.download(media.id, "holiday.mp4", acting_user_id=alice.id)
            ```
        """
        from ..transfers.downloads import (
            download,  # Imported here: many programs never download.
        )

        return download(
            self._executor,
            media_id,
            to,
            progress=progress,
            show_progress=show_progress,
            timeout=timeout,
            idle_timeout=idle_timeout,
            acting_user_id=acting_user_id,
        )

    def wait_until_ready(
        self,
        media_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> MediaFile:
        """Wait until a file is processed, by polling.

        A poll that fails with a temporary error does not end the wait. If your application receives the webhook events
        `media.ready` and `media.failed` (inferred), it does not need to wait here.

        Args:
            media_id: The media file's id.
            timeout: How long to wait, in seconds, more than 0. None means no limit.
            longest_pause: The longest interval between two polls, in seconds, more than 0; 5 by default. The first
                intervals are shorter.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The media file, which can now be downloaded and streamed.

        Raises:
            ValueError: If `timeout` or `longest_pause` is not more than 0.
            NeverReachedError: If processing failed. The media file with its `error` is in `last_seen`. From
                `orbitconnect.waiting`.
            WaitTimeoutError: If the file was not ready in time. It is in `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If the media file does not exist, or was deleted during the wait.
            PermissionDeniedError: If the acting user does not have access to the file.
            OrbitServerError: For any other API or network error that is not temporary.

        Example:
            ```python
            media = orbit.media.wait_until_ready(media.id, timeout=300, acting_user_id=alice.id)
            ```
        """
        request = get_media.build(media_id, acting_user_id=acting_user_id)
        return poll(
            self._executor,
            request,
            media_is_ready,
            schedule(timeout, longest_pause),
            f"the media {media_id} to be ready",
        )

    def generate_upload_url(self, mime_type: str, *, acting_user_id: str | None = None) -> UploadSession:
        """Open an upload session for one file.

        `PUT` the file's bytes to `upload_path`. OrbitConnect then processes the file and sends the webhook event
        `media.ready` (inferred). The path is relative to the API's origin or an absolute URL. Never send the secret key
        to another origin. For large files, use `init_multipart`.

        The SDK retries this call after a failure: an upload session that is never used does no harm.

        Args:
            mime_type: The file's media type (MIME type). At most 255 characters (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            Where and how to upload the file. The path is hidden in its `repr`.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If files of this type are not accepted.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            session = orbit.media.generate_upload_url("image/jpeg", acting_user_id=alice.id)
            return {"upload_path": session.upload_path}
            ```
        """
        body = GenerateUploadUrlBody(mime_type=mime_type)
        return self._executor.execute(generate_upload_url.build(body=body, acting_user_id=acting_user_id))

    def init_multipart(self, mime_type: str, filename: str, *, acting_user_id: str | None = None) -> MultipartSession:
        """Open an upload session for a large file that is sent in parts.

        Upload the parts, then call `complete_multipart`.

        The SDK retries this call after a failure: an upload session that is never used does no harm.

        Args:
            mime_type: The file's media type (MIME type). At most 255 characters (inferred).
            filename: The file's name without folders. At most 255 characters (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The upload session. Pass its `session_id` to `complete_multipart`.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If files of this type or with this name are not accepted.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            session = orbit.media.init_multipart("video/mp4", "holiday.mp4", acting_user_id=alice.id)
            ```
        """
        body = InitMultipartUploadBody(mime_type=mime_type, filename=filename)
        return self._executor.execute(init_multipart_upload.build(body=body, acting_user_id=acting_user_id))

    def complete_multipart(
        self, session_id: str, mime_type: str, size: int, *, acting_user_id: str | None = None
    ) -> MediaFile:
        """Join the uploaded parts into one file and close the upload session.

        OrbitConnect then processes the file.

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get` shows whether the file was completed: its id is the `media_id` of the
        upload session.

        Args:
            session_id: The upload session's id, as returned by `init_multipart`.
            mime_type: The file's media type (MIME type). At most 255 characters (inferred).
            size: The size of the whole file in bytes. Not negative (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The new media file.

        Raises:
            NotFoundError: If the upload session does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the upload session is already closed.
            UnprocessableEntityError: If the type or the size does not match what was uploaded.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            media = orbit.media.complete_multipart(
                session.session_id, "video/mp4", 7_340_032, acting_user_id=alice.id
            )
            ```
        """
        body = CompleteMultipartUploadBody(session_id=session_id, mime_type=mime_type, size=size)
        return self._executor.execute(complete_multipart_upload.build(body=body, acting_user_id=acting_user_id))

    def get(self, media_id: str, *, acting_user_id: str | None = None) -> MediaFile:
        """Get a file's type, size and status. For its bytes, use `download`.

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The media file.

        Raises:
            NotFoundError: If the media file does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            media = orbit.media.get(media.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(get_media.build(media_id, acting_user_id=acting_user_id))

    def get_download_url(self, media_id: str, *, acting_user_id: str | None = None) -> MediaUrl:
        """Get a URL from which a file can be downloaded.

        Treat the URL as a secret: it is short-lived and works without a key (inferred).

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The URL and its expiry time. The URL is hidden in its `repr`.

        Raises:
            NotFoundError: If the media file does not exist.
            PermissionDeniedError: If the acting user is not allowed to download the file.
            ConflictError: If the file is not ready (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            download = orbit.media.get_download_url(media.id, acting_user_id=alice.id)
            return {"url": download.url}
            ```
        """
        return self._executor.execute(get_media_download_url.build(media_id, acting_user_id=acting_user_id))

    def get_stream_url(self, media_id: str, *, acting_user_id: str | None = None) -> MediaUrl:
        """Get a URL from which audio or video can be streamed.

        Treat the URL as a secret: it is short-lived and works without a key (inferred).

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The URL and its expiry time. The URL is hidden in its `repr`.

        Raises:
            NotFoundError: If the media file does not exist.
            PermissionDeniedError: If the acting user is not allowed to stream the file.
            ConflictError: If the file is not ready (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            stream = orbit.media.get_stream_url(media.id, acting_user_id=alice.id)
            return {"url": stream.url}
            ```
        """
        return self._executor.execute(get_media_stream_url.build(media_id, acting_user_id=acting_user_id))

    def get_metadata(self, media_id: str, *, acting_user_id: str | None = None) -> MediaMetadata:
        """Get a file's technical metadata: duration in seconds, dimensions, codec.

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The metadata. Fields that do not apply to the file's type are None.

        Raises:
            NotFoundError: If the media file does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            metadata = orbit.media.get_metadata(media.id, acting_user_id=alice.id)
            print(metadata.duration, metadata.codec)
            ```
        """
        return self._executor.execute(get_media_metadata.build(media_id, acting_user_id=acting_user_id))

    def get_status(self, media_id: str, *, acting_user_id: str | None = None) -> MediaStatus:
        """Get the processing status of a file.

        To be notified instead of polling, subscribe a webhook to `media.ready` and `media.failed` (inferred).

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The status, with the progress in percent.

        Raises:
            NotFoundError: If the media file does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            status = orbit.media.get_status(media.id, acting_user_id=alice.id)
            if status.status == "ready":
                ...
            ```
        """
        return self._executor.execute(get_media_status.build(media_id, acting_user_id=acting_user_id))

    def process(self, media_id: str, *, acting_user_id: str | None = None) -> MediaStatus:
        """Process a file again, for example after processing failed.

        The SDK never retries this call once a byte has been sent: each call starts a job. If `error.sent` is True,
        `get_status` shows whether a job is running, and its `job_id`.

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The status of the new job.

        Raises:
            NotFoundError: If the media file does not exist.
            PermissionDeniedError: If the acting user is not allowed to process the file.
            ConflictError: If the file's status does not allow processing.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            status = orbit.media.process(media.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(process_media.build(media_id, acting_user_id=acting_user_id))

    def delete(self, media_id: str, *, acting_user_id: str | None = None) -> None:
        """Delete a file.

        Repeating the call has no effect.

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the media file does not exist.
            PermissionDeniedError: If the acting user is not allowed to delete the file.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.media.delete(media.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(delete_media.build(media_id, acting_user_id=acting_user_id))

    def search(self, query: str, *, acting_user_id: str | None = None) -> list[MediaFile]:
        """Search for media files. Which fields are searched is not known.

        Args:
            query: The text to search for.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The matching files.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If the text cannot be searched for, for example because it is empty.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for media in orbit.media.search("holiday", acting_user_id=alice.id):
                print(media.id, media.filename)
            ```
        """
        return self._executor.execute(search_media.build(q=query, acting_user_id=acting_user_id))

    def grant_access(
        self,
        media_id: str,
        *,
        user_id: str,
        access_type: MediaAccessType | str,
        acting_user_id: str | None = None,
    ) -> MediaAccess:
        """Give a user one kind of access to a file.

        Repeating the call has no effect.

        Args:
            media_id: The media file's id.
            user_id: The id of the user who gets access.
            access_type: The kind of access: `download`, `view` or `stream` (the last two inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The grant.

        Raises:
            NotFoundError: If the media file or the user does not exist.
            PermissionDeniedError: If the acting user is not allowed to give access to the file.
            UnprocessableEntityError: If `access_type` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.media.grant_access(media.id, user_id=bob.id, access_type="download", acting_user_id=alice.id)
            ```
        """
        body = GrantMediaAccessBody(app_user_id=user_id, access_type=access_type)
        return self._executor.execute(grant_media_access.build(media_id, body=body, acting_user_id=acting_user_id))

    def list_access(self, media_id: str, *, acting_user_id: str | None = None) -> list[MediaAccess]:
        """List who has access to a file.

        Args:
            media_id: The media file's id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The file's grants.

        Raises:
            NotFoundError: If the media file does not exist.
            PermissionDeniedError: If the acting user is not allowed to see the grants.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for access in orbit.media.list_access(media.id, acting_user_id=alice.id):
                print(access.app_user_id, access.access_type)
            ```
        """
        return self._executor.execute(list_media_access.build(media_id, acting_user_id=acting_user_id))

    def start_recording(
        self,
        *,
        session_id: str | Unset = UNSET,
        session_type: RecordingSessionType | str | Unset = UNSET,
        extra: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Recording:
        """Start recording the object that the fields describe. `stop_recording` stops it.

        For a call or a meeting, `orbit.calls.toggle_record` and `orbit.meetings.start_recording` are simpler.

        The SDK never retries this call once a byte has been sent: a retry could start a second recording. If
        `error.sent` is True, `list_recordings` shows whether a recording is running.

        Args:
            session_id: The id of the call or meeting to record.
            session_type: The type of the object named by `session_id`: `call` or `meeting`.
            extra: Other fields that this version of the SDK does not know, by their API names. Sent unchanged.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recording. Pass its `id` to `stop_recording`.

        Raises:
            TypeError: If `extra` is neither a mapping nor None.
            ValueError: If `extra` contains a field that has its own argument.
            PermissionDeniedError: If the acting user is not allowed to record the call or meeting.
            ConflictError: If the call or meeting cannot be recorded now.
            UnprocessableEntityError: If a value is invalid, or there is no such call or meeting.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = orbit.media.start_recording(
                session_id=call.id, session_type="call", acting_user_id=alice.id
            )
            ```
        """
        body = StartRecordingBody.from_dict(with_extra({"session_id": session_id, "session_type": session_type}, extra))
        return self._executor.execute(start_recording.build(body=body, acting_user_id=acting_user_id))

    def stop_recording(self, recording_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Stop a recording. Its file is then processed.

        When the file is ready, the recording's `media_id` is its id (inferred).

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get_recording` shows the recording's `status`.

        Args:
            recording_id: The recording's id, as returned by `start_recording`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The stopped recording.

        Raises:
            NotFoundError: If the recording does not exist.
            PermissionDeniedError: If the acting user is not allowed to stop the recording.
            ConflictError: If the recording has already ended.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = orbit.media.stop_recording(recording.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(stop_recording.build(recording_id, acting_user_id=acting_user_id))

    def get_recording(self, recording_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Get a recording of a call, a meeting or another object.

        Args:
            recording_id: The recording's id, as returned when it was started.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recording. Its `media_id` is set when it is ready.

        Raises:
            NotFoundError: If the recording does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = orbit.media.get_recording(recording.id, acting_user_id=alice.id)
            ```
        """
        return self._executor.execute(get_recording.build(recording_id, acting_user_id=acting_user_id))

    def list_recordings(self, *, acting_user_id: str | None = None) -> list[Recording]:
        """List the recordings that the acting user may see.

        Args:
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recordings.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for recording in orbit.media.list_recordings(acting_user_id=alice.id):
                print(recording.id, recording.status)
            ```
        """
        return self._executor.execute(list_recordings.build(acting_user_id=acting_user_id))
