"""After the contract changes and the code is regenerated, a new operation can be imported and called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from generator.__main__ import ROOT, main
from tests.base_url import BASE_PATH

CONTRACT = ROOT / "openapi" / "orbit.yaml"

NEW_ENDPOINT = """\
paths:
  /app-users/{user_id}/badges:
    parameters:
      - $ref: '#/components/parameters/UserId'
    post:
      operationId: giveBadge
      tags: [users]
      summary: Give a badge
      description: Gives the user a badge.
      x-orbit-provenance: inferred
      x-orbit-retry: never
      x-orbit-actor: true
      parameters:
        - $ref: '#/components/parameters/ActingUser'
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/GiveBadgeBody'}
      responses:
        '200': {$ref: '#/components/responses/AppUserResponse'}
        '400': {$ref: '#/components/responses/BadRequest'}
"""
NEW_SCHEMA = """\
  schemas:
    GiveBadgeBody:
      description: The badge to give.
      x-orbit-provenance: inferred
      type: object
      required: [badge]
      properties:
        badge: {type: string, description: The badge's name.}
      examples:
        - badge: gold
"""
NEW_FIELD = """\
        display_name:
          type: string
          description: The name shown to other users.
          x-orbit-provenance: documented
        badges:
          type: array
          items: {type: string}
          description: The user's badges.
"""
PROGRAM = """
import json, httpx
from orbitconnect import OrbitServer
from orbitconnect_api.api.users import give_badge
from orbitconnect_api.models import GiveBadgeBody

def respond(request):
    seen.update(method=request.method, path=request.url.raw_path.decode(), body=json.loads(request.read()),
                actor=request.headers["x-app-user-id"])
    return httpx.Response(200, json={"data": {"id": "usr_1", "badges": ["gold"]}})

seen = {}
orbit = OrbitServer("sk_test_1", transport=httpx.MockTransport(respond))
user = give_badge.sync("usr_1", client=orbit.raw, body=GiveBadgeBody(badge="gold"), acting_user_id="usr_2")
print(json.dumps({"seen": seen, "badges": user.badges, "unknown": user.additional_properties}))
"""


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_new_endpoint_and_a_new_field_can_be_used_after_regeneration(tmp_path: Path) -> None:
    text = CONTRACT.read_text()
    text = changed(text, "paths:\n", NEW_ENDPOINT)
    text = changed(text, "\n  schemas:\n", "\n" + NEW_SCHEMA)
    old_field = "\n".join(line for line in NEW_FIELD.splitlines()[:4]) + "\n"
    text = changed(text, old_field, NEW_FIELD)
    contract = tmp_path / "orbit.yaml"
    contract.write_text(text)

    assert main(["build", "--contract", str(contract), "--root", str(tmp_path)]) == 0

    search = os.pathsep.join([str(tmp_path / "generated"), str(ROOT)])
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": search},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout) == {
        "seen": {
            "method": "POST",
            "path": f"{BASE_PATH}/app-users/usr_1/badges",
            "body": {"badge": "gold"},
            "actor": "usr_2",
        },
        "badges": ["gold"],
        "unknown": {},
    }
