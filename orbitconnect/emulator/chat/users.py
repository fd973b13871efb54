"""App users, and the tokens with which they connect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.app_user import AppUser
from orbitconnect_api.models.create_app_user_body import CreateAppUserBody
from orbitconnect_api.models.create_user_token_body import CreateUserTokenBody
from orbitconnect_api.models.update_app_user_body import UpdateAppUserBody
from orbitconnect_api.models.user_event_data import UserEventData
from orbitconnect_api.models.user_token import UserToken
from orbitconnect_api.types import RequestModel, Unset

from ..clock import from_microseconds
from ..context import RequestContext
from ..json_text import from_json, same_json, to_json
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import conflict, invalid_field, not_found
from ..registry import handles
from ..rules import USER_ACTIVE
from ..tables.chat import UserRow
from ..tokens import ISSUER, sign_token

DEFAULT_TTL: Final = 3600


@handles(operations.CREATE_APP_USER)
def create_user(context: RequestContext) -> AppUser:
    """Create a user, or update the one with the same `external_id`. A deactivated user stays deactivated."""
    body = CreateAppUserBody.from_dict(context.body)
    known = context.store.one_or_none(UserRow, "SELECT * FROM users WHERE external_id = ?", (body.external_id,))
    if known is None:
        user_id = context.new_id("usr")
        context.store.run(
            "INSERT INTO users (id, external_id, display_name, metadata, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (user_id, body.external_id, body.display_name, to_json(body.metadata), context.now, context.now),
        )
        user = get_user(context, user_id)
        emit(context, events.USER_CREATED, UserEventData(user=user))
        return user
    return _set_fields(context, known, body.display_name, body.metadata)


@handles(operations.LIST_APP_USERS)
def list_users(context: RequestContext, active: bool = False) -> list[AppUser]:
    """List all users in the order in which they were created."""
    where = " WHERE is_active" if active else ""
    return [_model(row) for row in context.store.all(UserRow, f"SELECT * FROM users{where} ORDER BY n")]


@handles(operations.GET_APP_USER)
def get_user(context: RequestContext, user_id: str) -> AppUser:
    """Return one user, deactivated or not."""
    return _model(_find(context, user_id))


@handles(operations.GET_APP_USER_BY_EXTERNAL_ID)
def get_user_by_external_id(context: RequestContext, external_id: str) -> AppUser:
    """Return the user with the application's own id."""
    row = context.store.one_or_none(UserRow, "SELECT * FROM users WHERE external_id = ?", (external_id,))
    if row is None:
        raise not_found("user")
    return _model(row)


@handles(operations.UPDATE_APP_USER)
def update_user(context: RequestContext, user_id: str) -> AppUser:
    """Set the given fields. Metadata is replaced as a whole; null clears it."""
    body = UpdateAppUserBody.from_dict(context.body)
    return _set_fields(context, _find(context, user_id), body.display_name, body.metadata)


@handles(operations.DEACTIVATE_APP_USER)
def deactivate_user(context: RequestContext, user_id: str) -> None:
    """Deactivate a user. The user's messages, calls and files stay."""
    if _find(context, user_id).is_active:
        context.store.run("UPDATE users SET is_active = 0, updated_at = ? WHERE id = ?", (context.now, user_id))
        emit(context, events.USER_DEACTIVATED, UserEventData(user=get_user(context, user_id)))


@handles(operations.CREATE_USER_TOKEN)
def create_token(context: RequestContext, user_id: str) -> UserToken:
    """Issue a token. A deactivated user cannot get a token."""
    if not _find(context, user_id).is_active:
        raise conflict("The user is deactivated.", USER_ACTIVE)
    ttl = CreateUserTokenBody.from_dict(context.body).ttl
    issued_at = context.now // 1_000_000
    expires_at = issued_at + (DEFAULT_TTL if isinstance(ttl, Unset) else int(ttl))
    claims: dict[str, str | int] = {
        "iss": ISSUER,
        "sub": user_id,
        "iat": issued_at,
        "exp": expires_at,
        "jti": context.new_id("tok"),
    }
    return UserToken(
        token=sign_token(claims, context.token_secret), expires_at=from_microseconds(expires_at * 1_000_000)
    )


def check_active_users(
    context: RequestContext, body: RequestModel, attribute: str, user_ids: list[str], *, is_list: bool
) -> None:
    """Check that the users named in a body exist and are active.

    Raises:
        Refusal: If one of the users does not exist or is deactivated. The refusal names the field.
    """
    for index, user_id in enumerate(user_ids):
        is_active = context.store.scalar(int, "SELECT is_active FROM users WHERE id = ?", (user_id,))
        flaw = (
            "is not the id of a user"
            if is_active is None
            else "is the id of a deactivated user"
            if not is_active
            else None
        )
        if flaw is not None:
            raise invalid_field(body, attribute, flaw, index=index if is_list else None)


def _find(context: RequestContext, user_id: str) -> UserRow:
    row = context.store.one_or_none(UserRow, "SELECT * FROM users WHERE id = ?", (user_id,))
    if row is None:
        raise not_found("user")
    return row


def _set_fields(
    context: RequestContext, row: UserRow, display_name: str | Unset, metadata: Mapping[str, Any] | Unset | None
) -> AppUser:
    """Set the given fields. A user who already has these values stays unchanged."""
    name = row.display_name if isinstance(display_name, Unset) else display_name
    kept = row.metadata if isinstance(metadata, Unset) else to_json(metadata)
    if name == row.display_name and same_json(kept, row.metadata):
        return _model(row)
    context.store.run(
        "UPDATE users SET display_name = ?, metadata = ?, updated_at = ? WHERE id = ?",
        (name, kept, context.now, row.id),
    )
    user = get_user(context, row.id)
    emit(context, events.USER_UPDATED, UserEventData(user=user))
    return user


def _model(row: UserRow) -> AppUser:
    return AppUser(
        id=row.id,
        external_id=row.external_id,
        display_name=row.display_name,
        metadata=from_json(row.metadata),
        is_active=bool(row.is_active),
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(AppUser),
    )
