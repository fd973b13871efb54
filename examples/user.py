"""Users: register them, change them, give them tokens, and let them go."""

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
            "A user has two ids: yours, and the one that OrbitConnect gives. All other calls take the latter.",
            lambda: orbit.users.create(external_id="example-ada", display_name="Ada", metadata={"plan": "free"}),
        )
        again = show(
            "Creating is an upsert on your id: done at every sign-in, it keeps the profile up to date.",
            lambda: orbit.users.create(external_id="example-ada", display_name="Ada Lovelace"),
            *("id", "external_id", "display_name"),
        )
        print(f"The same user as before: {again.id == ada.id}\n")
        show(
            "Your own id leads to the user, too.",
            lambda: orbit.users.get_by_external_id("example-ada"),
            *("id", "display_name", "metadata"),
        )
        show(
            "An update changes only what it names. Metadata are replaced as a whole.",
            lambda: orbit.users.update(ada.id, metadata={"plan": "pro", "locale": "en"}),
            *("display_name", "metadata"),
        )
        token = show(
            "A token lets the user's browser talk to OrbitConnect, as this user and for ten minutes.",
            lambda: orbit.users.create_token(ada.id, ttl=600),
        )
        say(
            "The token is a secret, so it does not show when it is printed or logged. Here is what it says:",
            *claims_of(token.token),
        )
        show_failure(
            "Mistakes come back with the field that is wrong.",
            lambda: orbit.users.create_token(ada.id, ttl=1_000_000),
            UnprocessableEntityError,
        )
        grace = show(
            "A second user, who leaves again:",
            lambda: orbit.users.create(external_id="example-grace", display_name="Grace"),
            *("id", "display_name", "is_active"),
        )
        show(
            "Deactivating keeps what the user has written. Doing it again changes nothing.",
            lambda: orbit.users.deactivate(grace.id),
        )
        show("The user is still there,", lambda: orbit.users.get(grace.id), "display_name", "is_active")
        active = show(
            "but no longer among the active ones.",
            lambda: orbit.users.list(active_only=True),
            *("display_name", "is_active"),
        )
        everybody = orbit.users.list()
        print(f"{len(active)} of {len(everybody)} users are active.\n")
        show_failure(
            "A user that never was is a NotFoundError.", lambda: orbit.users.get("usr_that_never_was"), NotFoundError
        )


def claims_of(token: str) -> list[str]:
    """What a JSON Web Token says. This only reads it: it is OrbitConnect that checks the signature."""
    try:
        body = token.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (IndexError, ValueError):
        return ["(an opaque token, for OrbitConnect alone to read)"]
    return [f"{name}: {value}" for name, value in claims.items()]


if __name__ == "__main__":
    main()
