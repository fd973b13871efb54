# Derived from orbitconnect/_async/namespaces/media.py by `make generate`: edit that file.
"""`orbit.media`: upload, transcode, stream and access-control media files."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal, overload

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

from ..._facade.arguments import with_extra, with_hints
from ..._flows.milestones import media_is_ready
from ..._flows.polling import LONGEST_PAUSE, schedule
from ..._transfers.plan import IDLE_SECONDS
from ...transfers import Uploadable, Progress
from ..executor import Executor
from ..flows.waiting import poll


@with_hints("orbit.media")
class Media:
    """Upload, transcode, stream and access-control media files.

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
        """Uploads a file of any size: opens an upload session, sends the bytes, and checks that they arrived.

        A file of up to 8 MiB is sent with one request, a larger one in parts. Bytes that got lost are sent again, as
        far as `max_retries` allows. Only small pieces are in memory at a time, but for a small file that comes from an
        iterator or a pipe. The bytes go to a signed URL, with neither the key nor the acting user; the form of the
        upload session, but for its path, is inferred.

        Args:
            file: A path, bytes, a binary file, which is read from its current position, an upload of a web framework,
                an object with `read`, or an Iterable of bytes. The file must not change meanwhile.
            mime_type: The file's type. Taken from the object's `content_type`, or guessed from its name, if left out.
            filename: The name that the API is told, without folders. If left out, the name that came with a form, or
                that of a file larger than 8 MiB. Only an upload in parts tells a name.
            progress: Called with the bytes sent so far and the size, or None where that is not known before the end.
            show_progress: Whether to show a bar on standard error; needs `orbitconnect[progress]`.
            timeout: The seconds for all of it; it is noticed up to `idle_timeout` late. None sets no limit.
            idle_timeout: The seconds for which a connection may stand still.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The media. Its processing has only begun: see `wait_until_ready`.

        Raises:
            OSError: If the file cannot be read, or changed its size meanwhile.
            ValueError: If the file is larger than the API takes; a stream of unknown size is found out on the way.
            TypeError: If `file` is none of these, or gives something else than bytes.
            ImportError: If a bar is to be shown, and rich is not installed.
            PermissionDeniedError: If the acting user may not upload files, or the upload session expired.
            CorruptTransferError: If other bytes arrived than were sent. From `orbitconnect.transfers`.
            DeadlineExceededError: If the time passed, or the connection stood still.
            OrbitServerError: If a call or the sending failed otherwise.

        Example:
            ```python
            media = orbit.media.upload("holiday.mp4", acting_user_id=user.id)
            media = orbit.media.wait_until_ready(media.id, timeout=300, acting_user_id=user.id)
            ```
        """
        from ..transfers.uploads import upload  # Here, because many programs leave uploads to browsers and phones.

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
        """Downloads a file of any size, and checks its size and its SHA-256 where the API tells them (inferred).

        The bytes gather in a file beside the target, named `….part`, which takes the target's place in one step when
        all are there: whatever was there before is replaced. Where the connection breaks, the download goes on from
        there, as far as `max_retries` allows, and so does the next call for the same media and path, if the file is
        still the same. Two downloads to one path at a time are refused.

        Args:
            media_id: The media's id.
            to: A path; a folder, in which the file gets the media's name without anything dangerous; or a binary file,
                which is written to from where it stands.
            progress: Called with the bytes that are there so far and the size, or None where that is not known.
            show_progress: Whether to show a bar on standard error; needs `orbitconnect[progress]`.
            timeout: The seconds for all of it; it is noticed up to `idle_timeout` late. None sets no limit.
            idle_timeout: The seconds for which a connection may stand still.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The file's path; the number of bytes where `to` is a file object.

        Raises:
            OSError: If the file cannot be written. `BlockingIOError` if another download writes it.
            TypeError: If `to` is neither a path nor a binary file.
            ImportError: If a bar is to be shown, and rich is not installed.
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user may not download it.
            ConflictError: If it is not ready yet: see `wait_until_ready`.
            CorruptTransferError: If other bytes came than the media has. From `orbitconnect.transfers`.
            DeadlineExceededError: If the time passed, or the connection stood still.
            OrbitServerError: If a call or the fetching failed otherwise.

        Example:
            ```python
            path = orbit.media.download("med_5e21", "holiday.mp4", acting_user_id=user.id)
            ```
        """
        from ..transfers.downloads import (
            download,  # Here, because many programs leave downloads to browsers and phones.
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
        """Waits until a file was processed, by looking at it again and again.

        Looks that fail for the moment do not end the wait. It needs no webhooks; where yours receive `media.ready` and
        `media.failed` (inferred), you need not wait here.

        Args:
            media_id: The media's id.
            timeout: The seconds to wait at most. None sets no limit.
            longest_pause: The most seconds between two looks. The first pauses are shorter.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The media, which can be downloaded and streamed.

        Raises:
            NeverReachedError: If the processing failed; the media with its `error` is in `last_seen`. From
                `orbitconnect.waiting`.
            WaitTimeoutError: If the time passed; the media is in its `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If there is no such file, or it was deleted meanwhile.
            PermissionDeniedError: If the acting user has no access to it.
            OrbitServerError: If a look failed otherwise, in a way that will not pass by itself.
            ValueError: If `timeout` or `longest_pause` is not more than 0.

        Example:
            ```python
            media = orbit.media.wait_until_ready("med_5e21", timeout=300, acting_user_id=user.id)
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
        """Opens an upload session for one file.

        `PUT` the file's bytes to `upload_path`; OrbitConnect then processes the file. The path is relative to the API's
        origin, or absolute: never send the secret key to another origin. For large files see `init_multipart`. An
        upload session that is lost is only unused, so it is sent again after a failure.

        Args:
            mime_type: The file's type, at most 255 characters (the limit is inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            Where and how to upload the file. The path does not show in its `repr`.

        Raises:
            PermissionDeniedError: If the acting user may not upload files.
            UnprocessableEntityError: If a file of this type is not taken.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            session = orbit.media.generate_upload_url("image/jpeg", acting_user_id=user.id)
            return {"upload_path": session.upload_path}
            ```
        """
        body = GenerateUploadUrlBody(mime_type=mime_type)
        return self._executor.execute(generate_upload_url.build(body=body, acting_user_id=acting_user_id))

    def init_multipart(self, mime_type: str, filename: str, *, acting_user_id: str | None = None) -> MultipartSession:
        """Opens an upload session for a large file that is sent in parts.

        Upload the parts, then call `complete_multipart`. An upload session that is lost is only unused, so it is sent
        again after a failure.

        Args:
            mime_type: The file's type, at most 255 characters (the limit is inferred).
            filename: The file's name without folders, at most 255 characters (the limit is inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The upload session, with the `session_id` that `complete_multipart` takes.

        Raises:
            PermissionDeniedError: If the acting user may not upload files.
            UnprocessableEntityError: If a file of this type or name is not taken.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            session = orbit.media.init_multipart("video/mp4", "holiday.mp4", acting_user_id=user.id)
            ```
        """
        body = InitMultipartUploadBody(mime_type=mime_type, filename=filename)
        return self._executor.execute(init_multipart_upload.build(body=body, acting_user_id=acting_user_id))

    def complete_multipart(
        self, session_id: str, mime_type: str, size: int, *, acting_user_id: str | None = None
    ) -> MediaFile:
        """Joins the uploaded parts into one file and closes the upload session. The processing of the file starts.

        The SDK never repeats this call after a byte was sent: a repetition would find the upload session closed. If
        `error.sent` is True, `get` shows whether the file was completed: the upload session names its `media_id`.

        Args:
            session_id: The upload session's id, as returned by `init_multipart`.
            mime_type: The file's type, at most 255 characters (the limit is inferred).
            size: The size of the whole file in bytes, 0 or more.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The new media.

        Raises:
            NotFoundError: If there is no such upload session.
            PermissionDeniedError: If the upload session is not the acting user's.
            ConflictError: If the upload session is closed already.
            UnprocessableEntityError: If the type or the size does not fit what was uploaded.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            media = orbit.media.complete_multipart(
                session.session_id, "video/mp4", 7_340_032, acting_user_id=user.id
            )
            ```
        """
        body = CompleteMultipartUploadBody(session_id=session_id, mime_type=mime_type, size=size)
        return self._executor.execute(complete_multipart_upload.build(body=body, acting_user_id=acting_user_id))

    def get(self, media_id: str, *, acting_user_id: str | None = None) -> MediaFile:
        """Gets what is known about a file: its type, size and state. For the bytes see `get_download_url`.

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The media.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user has no access to it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            media = orbit.media.get("med_5e21", acting_user_id=user.id)
            ```
        """
        return self._executor.execute(get_media.build(media_id, acting_user_id=acting_user_id))

    def get_download_url(self, media_id: str, *, acting_user_id: str | None = None) -> MediaUrl:
        """Gets a URL from which a file can be downloaded.

        That the URL is short-lived and needs no key is inferred: treat it as a secret.

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The URL and when it expires. The URL does not show in its `repr`.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user may not download it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            download = orbit.media.get_download_url("med_5e21", acting_user_id=user.id)
            return {"url": download.url}
            ```
        """
        return self._executor.execute(get_media_download_url.build(media_id, acting_user_id=acting_user_id))

    def get_stream_url(self, media_id: str, *, acting_user_id: str | None = None) -> MediaUrl:
        """Gets a URL from which audio or video can be streamed.

        That the URL is short-lived and needs no key is inferred: treat it as a secret.

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The URL and when it expires. The URL does not show in its `repr`.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user may not stream it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            stream = orbit.media.get_stream_url("med_5e21", acting_user_id=user.id)
            return {"url": stream.url}
            ```
        """
        return self._executor.execute(get_media_stream_url.build(media_id, acting_user_id=acting_user_id))

    def get_metadata(self, media_id: str, *, acting_user_id: str | None = None) -> MediaMetadata:
        """Gets what processing found out about a file: its duration in seconds, its dimensions and codec.

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The metadata. A field that does not apply to the file's type is None.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user has no access to it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            metadata = orbit.media.get_metadata("med_5e21", acting_user_id=user.id)
            print(metadata.duration, metadata.codec)
            ```
        """
        return self._executor.execute(get_media_metadata.build(media_id, acting_user_id=acting_user_id))

    def get_status(self, media_id: str, *, acting_user_id: str | None = None) -> MediaStatus:
        """Gets how far the processing of a file is.

        To be told instead of asking, subscribe a webhook to `media.ready` and `media.failed` (inferred).

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The state, with the progress in percent.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user has no access to it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            status = orbit.media.get_status("med_5e21", acting_user_id=user.id)
            if status.status == "ready":
                ...
            ```
        """
        return self._executor.execute(get_media_status.build(media_id, acting_user_id=acting_user_id))

    def process(self, media_id: str, *, acting_user_id: str | None = None) -> MediaStatus:
        """Starts the processing of a file anew, for example after it failed.

        The SDK never repeats this call after a byte was sent: it starts a job each time. If `error.sent` is True,
        `get_status` shows whether a job is running, and its `job_id`.

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The state of the new job.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user may not do this.
            ConflictError: If the file cannot be processed in its present state.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            status = orbit.media.process("med_5e21", acting_user_id=user.id)
            ```
        """
        return self._executor.execute(process_media.build(media_id, acting_user_id=acting_user_id))

    def delete(self, media_id: str, *, acting_user_id: str | None = None) -> None:
        """Deletes a file. Doing it again changes nothing.

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user may not delete it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.media.delete("med_5e21", acting_user_id=user.id)
            ```
        """
        return self._executor.execute(delete_media.build(media_id, acting_user_id=acting_user_id))

    def search(self, query: str, *, acting_user_id: str | None = None) -> list[MediaFile]:
        """Searches the media for a text. Which of their fields are searched is not known.

        Args:
            query: The text to look for.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The media that match.

        Raises:
            UnprocessableEntityError: If the text cannot be searched for, such as an empty one.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for media in orbit.media.search("holiday", acting_user_id=user.id):
                print(media.id, media.filename)
            ```
        """
        return self._executor.execute(search_media.build(q=query, acting_user_id=acting_user_id))

    def grant_access(
        self,
        media_id: str,
        *,
        user_id: str,
        access_type: Literal["download", "view", "stream"] | str,
        acting_user_id: str | None = None,
    ) -> MediaAccess:
        """Allows a user to do one kind of thing with a file.

        Granting the same again changes nothing, so it is sent again after a failure.

        Args:
            media_id: The media's id.
            user_id: The id of the user who is to have access.
            access_type: What the user may do: `download`, or `view` or `stream` (both inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The grant.

        Raises:
            NotFoundError: If there is no such file or user.
            PermissionDeniedError: If the acting user may not give access to it.
            UnprocessableEntityError: If there is no such kind of access.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.media.grant_access(
                "med_5e21", user_id=friend.id, access_type="download", acting_user_id=user.id
            )
            ```
        """
        body = GrantMediaAccessBody(app_user_id=user_id, access_type=access_type)
        return self._executor.execute(grant_media_access.build(media_id, body=body, acting_user_id=acting_user_id))

    def list_access(self, media_id: str, *, acting_user_id: str | None = None) -> list[MediaAccess]:
        """Lists who has access to a file.

        Args:
            media_id: The media's id.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The file's grants.

        Raises:
            NotFoundError: If there is no such file.
            PermissionDeniedError: If the acting user may not see this.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for access in orbit.media.list_access("med_5e21", acting_user_id=user.id):
                print(access.app_user_id, access.access_type)
            ```
        """
        return self._executor.execute(list_media_access.build(media_id, acting_user_id=acting_user_id))

    def start_recording(
        self,
        *,
        session_id: str | Unset = UNSET,
        session_type: Literal["call", "meeting"] | str | Unset = UNSET,
        extra: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
    ) -> Recording:
        """Starts recording what the fields describe. Stop it with `stop_recording`.

        For a call or a meeting, `orbit.calls.toggle_record` and `orbit.meetings.start_recording` are simpler.

        The SDK never repeats this call after a byte was sent: it starts a recording each time. If `error.sent` is True,
        `list_recordings` shows whether one is running.

        Args:
            session_id: The id of the call or meeting to record.
            session_type: What `session_id` names: `call` or `meeting`.
            extra: Other fields, which this version does not know, by their names on the wire. They are sent as they
                are.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording, with the `id` that `stop_recording` takes.

        Raises:
            TypeError: If `extra` is neither a mapping nor None.
            ValueError: If `extra` holds a field that has an argument of its own.
            NotFoundError: If there is no such call or meeting.
            PermissionDeniedError: If the acting user may not record it.
            ConflictError: If it cannot be recorded in its present state.
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            recording = orbit.media.start_recording(
                session_id="cal_62fe", session_type="call", acting_user_id=user.id
            )
            ```
        """
        body = StartRecordingBody.from_dict(with_extra({"session_id": session_id, "session_type": session_type}, extra))
        return self._executor.execute(start_recording.build(body=body, acting_user_id=acting_user_id))

    def stop_recording(self, recording_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Ends a recording. It is then processed into a media file, which `media_id` names once it is ready (inferred).

        The SDK never repeats this call after a byte was sent: a repetition would find that the recording has ended. If
        `error.sent` is True, `get_recording` shows the recording's `status`.

        Args:
            recording_id: The recording's id, as returned by `start_recording`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording after the change.

        Raises:
            NotFoundError: If there is no such recording.
            PermissionDeniedError: If the acting user may not stop it.
            ConflictError: If it has ended already.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            recording = orbit.media.stop_recording("rec_3b90", acting_user_id=user.id)
            ```
        """
        return self._executor.execute(stop_recording.build(recording_id, acting_user_id=acting_user_id))

    def get_recording(self, recording_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Gets a recording, whether of a call, of a meeting or of something else.

        Args:
            recording_id: The recording's id, as returned when it was started.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording.

        Raises:
            NotFoundError: If there is no such recording.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            recording = orbit.media.get_recording("rec_3b90", acting_user_id=user.id)
            ```
        """
        return self._executor.execute(get_recording.build(recording_id, acting_user_id=acting_user_id))

    def list_recordings(self, *, acting_user_id: str | None = None) -> list[Recording]:
        """Lists the recordings that the acting user may see.

        Args:
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recordings.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for recording in orbit.media.list_recordings(acting_user_id=user.id):
                print(recording.id, recording.status)
            ```
        """
        return self._executor.execute(list_recordings.build(acting_user_id=acting_user_id))
