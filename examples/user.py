"""Users: register, find, update and deactivate them, and create tokens for them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from orbitconnect import NotFoundError, UnprocessableEntityError

if TYPE_CHECKING or __package__:
    from .narration import open_orbit, say, show, show_failure
else:
    from narration import open_orbit, say, show, show_failure


def main() -> None:
    with open_orbit("Users") as orbit:
        ada = show(
            "A user has two ids: your external_id, and the id that OrbitConnect assigns, which all other calls use.",
            lambda: orbit.users.create(external_id="example-ada", display_name="Ada", metadata={"plan": "free"}),
        )
        again = show(
            "create is an upsert on external_id. Call it at every sign-in to keep the profile up to date.",
            lambda: orbit.users.create(external_id="example-ada", display_name="Ada Lovelace"),
            *("id", "external_id", "display_name"),
        )
        print(f"The same user as before: {again.id == ada.id}\n")
        show(
            "Get a user by external_id.",
            lambda: orbit.users.get_by_external_id("example-ada"),
            *("id", "display_name", "metadata"),
        )
        show(
            "An update changes only the fields that you pass. It replaces metadata as a whole.",
            lambda: orbit.users.update(ada.id, metadata={"plan": "pro", "locale": "en"}),
            *("display_name", "metadata"),
        )
        token = show(
            "Create a token with which the user's browser can connect to OrbitConnect for ten minutes.",
            lambda: orbit.users.create_token(ada.id, ttl=600),
        )
        say(
            "The token is a secret, so printing or logging it shows only ***. These are its claims:",
            *claims_of(token.token),
        )
        show_failure(
            "The error for an invalid request names the field.",
            lambda: orbit.users.create_token(ada.id, ttl=1_000_000),
            UnprocessableEntityError,
        )
        grace = show(
            "Register a second user, who will leave.",
            lambda: orbit.users.create(external_id="example-grace", display_name="Grace"),
            *("id", "display_name", "is_active"),
        )
        show(
            "Deactivating a user keeps the user's messages. Deactivating again changes nothing.",
            lambda: orbit.users.deactivate(grace.id),
        )
        show("The user still exists.", lambda: orbit.users.get(grace.id), "display_name", "is_active")
        active = show(
            "The list of active users no longer contains the user.",
            lambda: orbit.users.list(active_only=True),
            *("display_name", "is_active"),
        )
        users = orbit.users.list()
        print(f"{len(active)} of {len(users)} users are active.\n")
        show_failure(
            "An unknown id raises a NotFoundError.", lambda: orbit.users.get("usr_that_does_not_exist"), NotFoundError
        )


def claims_of(token: str) -> list[str]:
    """Return the claims of a JSON Web Token. This does not verify its signature; OrbitConnect does."""
    try:
        body = token.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (IndexError, ValueError):
        return ["(an opaque token, which only OrbitConnect can read)"]
    return [f"{name}: {value}" for name, value in claims.items()]


if __name__ == "__main__":
    main()
