"""`python -m generator scaffold` writes the parts of a new endpoint that are made by hand, once."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import yaml

from generator.__main__ import ROOT, main
from generator.loading import parse
from generator.references import key_of
from generator.scaffold.facts import facts

COPIED: Final = (
    *("orbitconnect/_async/namespaces", "orbitconnect/emulator", "tests/wire"),
    *("tests/emulator/test_every_method.py", "CHANGELOG.md", "pyproject.toml"),
)
RESPONSES: Final = """\
        '400': {$ref: '#/components/responses/BadRequestAsUser'}
        '401': {$ref: '#/components/responses/Unauthorized'}
        '403': {$ref: '#/components/responses/ActingUserRefused'}
        '404': {$ref: '#/components/responses/NotFound'}
        '422': {$ref: '#/components/responses/UnprocessableEntity'}
        '500': {$ref: '#/components/responses/InternalServerError'}
"""
STATS: Final = f"""\
  /conversations/{{conversation_id}}/stats:
    parameters:
      - $ref: '#/components/parameters/ConversationId'
    get:
      operationId: listConversationStats
      tags: [conversations]
      summary: List a conversation's statistics
      description: Returns how many messages each user has sent.
      x-orbit-facade: [conversations.list_stats]
      x-orbit-provenance: inferred
      x-orbit-retry: safe
      x-orbit-actor: true
      parameters:
        - $ref: '#/components/parameters/ActingUser'
        - name: since
          in: query
          description: Count from this instant on.
          schema: {{type: string, format: date-time}}
        - {{name: limit, in: query, required: true, description: How many. 1 to 100., schema: {{type: integer}}}}
      responses:
        '200': {{$ref: '#/components/responses/ConversationListResponse'}}
{RESPONSES}"""
BADGE: Final = f"""\
  /app-users/{{user_id}}/badges:
    parameters:
      - $ref: '#/components/parameters/UserId'
    post:
      operationId: giveBadge
      tags: [users]
      summary: Give a badge
      description: Gives the user a badge.
      x-orbit-facade: [users.give_badge, users.award]
      x-orbit-provenance: observed
      x-orbit-retry: never
      x-orbit-actor: false
      requestBody:
        required: true
        content:
          application/json:
            schema: {{$ref: '#/components/schemas/GiveBadgeBody'}}
      responses:
        '200': {{$ref: '#/components/responses/Empty'}}
{RESPONSES.replace("AsUser'", "'").replace("ActingUserRefused", "Forbidden")}"""
BODY: Final = """\
    GiveBadgeBody:
      description: The badge to give.
      x-orbit-provenance: observed
      type: object
      required: [badge, kind]
      properties:
        note: {type: [string, 'null'], description: Why. Null clears it.}
        badge: {type: string, description: The badge's name. At most 40 characters (inferred).}
        kind: {$ref: '#/components/schemas/MessageType', description: The kind of badge.}
        until: {type: string, format: date-time, description: When it expires.}
        tags: {type: array, items: {type: string}, description: Its tags.}
        details: {type: object, additionalProperties: true, description: Its details.}
      examples:
        - badge: gold
          kind: text
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the files that `scaffold` edits, with a contract that has two operations more."""
    root = tmp_path_factory.mktemp("scaffold")
    for name in COPIED:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, root / name)
    text = (ROOT / "openapi" / "orbit.yaml").read_text()
    text = text.replace("paths:\n", f"paths:\n{STATS}{BADGE}", 1).replace("\n  schemas:\n", f"\n  schemas:\n{BODY}", 1)
    (root / "orbit.yaml").write_text(text)
    for module in ("conversations/list_conversation_stats.py", "users/give_badge.py"):
        path = root / "generated" / "orbitconnect_api" / "api" / module
        path.parent.mkdir(parents=True)
        path.touch()
    (root / "generated" / "orbitconnect_api" / "__init__.py").touch()
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["scaffold", *arguments, "--contract", str(root / "orbit.yaml"), "--root", str(root)])


@pytest.fixture(scope="module")
def written(root: Path) -> dict[str, str]:
    """The files after both operations were scaffolded."""
    assert run(root, "listConversationStats") == run(root, "giveBadge") == 0
    return texts(root)


def texts(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def function(text: str, name: str) -> str:
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
    ]
    assert len(found) == 1, name
    return ast.unparse(found[0])


def test_a_dry_run_shows_the_changes_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = texts(root)
    assert run(root, "listConversationStats", "--dry-run") == 0
    assert texts(root) == before
    shown = capsys.readouterr().out
    assert "+    async def list_stats(" in shown
    assert "To do: replace each FILL" in shown


def test_the_method_has_the_contracts_arguments_and_words(written: dict[str, str]) -> None:
    text = written["orbitconnect/_async/namespaces/conversations.py"]
    method = function(text, "list_stats")
    assert method.startswith(
        "async def list_stats(self, conversation_id: str, *, limit: int, since: datetime | str | None=None, "
        "acting_user_id: str | None=None) -> builtins.list[Conversation]:"
    )
    assert method.endswith(
        "return await self._executor.execute(list_conversation_stats.build(conversation_id, since=since, limit=limit, "
        "acting_user_id=acting_user_id))"
    )
    for words in (
        "List a conversation's statistics.",
        "The request and response formats are inferred.",
        "limit: How many. 1 to 100.",
        "NotFoundError: If the conversation does not exist, or the acting user cannot see it.",
        "UnprocessableEntityError: ",
        "OrbitServerError: For any other API or network error.",
        "conversations = await orbit.conversations.list_stats(chat.id, limit=1, acting_user_id=alice.id)",
    ):
        assert words in method
    assert "ConflictError" not in method
    assert re.search(r"Methods: `create`,[^.]*`list_stats`\.", text)
    assert "from datetime import datetime\n" in text


def test_the_method_sends_the_body(written: dict[str, str]) -> None:
    text = written["orbitconnect/_async/namespaces/users.py"]
    for name in ("give_badge", "award"):
        method = function(text, name)
        assert method.startswith(
            f"async def {name}(self, user_id: str, *, badge: str, kind: MessageType | str, "
            "note: str | Unset | None=UNSET, until: datetime | str | None=None, tags: Sequence[str] | None=None, "
            "details: Mapping[str, Any] | None=None) -> None:"
        )
        assert (
            "body = GiveBadgeBody(note=note, badge=badge, kind=kind, until=omit_none(until), tags=omit_none(tags), "
            "details=omit_none(details))" in method
        )
        assert "If `error.sent` is True, `get` shows whether it took effect." in " ".join(method.split())
        assert "kind: The kind of badge. The known values are inferred." in method
        assert "Returns:" not in method
        assert 'badge="gold", kind="text")' in method
    for line in (
        "from orbitconnect_api.literals import MessageType\n",
        "from orbitconnect_api.models.give_badge_body import GiveBadgeBody\n",
        "from collections.abc import Mapping, Sequence\n",
    ):
        assert line in text


def test_the_handler_refuses_until_it_is_written(written: dict[str, str]) -> None:
    handler = function(written["orbitconnect/emulator/chat/conversations.py"], "list_conversation_stats")
    assert handler.startswith("@handles(operations.LIST_CONVERSATION_STATS)")
    assert "limit: int, since: str | None=None" in handler
    assert "raise Refusal(501, 'not_emulated', 'The handler of listConversationStats is not written yet.'" in handler
    assert "def give_badge(" in written["orbitconnect/emulator/chat/users.py"]


def test_the_row_leaves_what_the_vendors_sdks_say_to_a_person(written: dict[str, str]) -> None:
    rows = {row["name"]: row for row in yaml.safe_load(written["tests/wire/operations.yaml"])["operations"]}
    assert rows["conversations.list_stats"] == {
        "name": "conversations.list_stats",
        "python": "conversations.list_stats(conversation_id, *, limit, since=None)",
        "method": "GET",
        "path": "/conversations/{conversation_id}/stats",
        "query": "since limit*",
        "returns": "list[Conversation]",
        **dict.fromkeys(("known_from", "actor", "retry", "wire"), "FILL"),
    }
    assert rows["users.give_badge"]["body"] == "note badge* kind* until tags details"
    names = list(rows)
    assert names[names.index("users.award") + 1].startswith("conversations.")


def test_cases_story_and_changelog_have_an_entry(written: dict[str, str]) -> None:
    cases = written["tests/wire/cases.py"]
    assert 'asks({"limit": "1"}, limit=1)' in cases
    assert 'sends({"badge": t("b"), "kind": t("k")}, badge=t("b"), kind=t("k"))' in cases
    story = written["tests/emulator/test_every_method.py"]
    assert 'assert await alice("conversations.list_stats", chat, limit=1)\n        return chat\n' in story
    assert 'await backend("users.award"' in story
    changelog = written["CHANGELOG.md"].partition("### Changed")[0]
    assert "\n- `conversations.list_stats`: list a conversation's statistics.\n" in changelog


def test_what_is_written_passes_ruff(root: Path, written: dict[str, str]) -> None:
    # Most generated modules are missing in the copy, and the order of imports depends on them.
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache", "--ignore", "I", "orbitconnect", "tests"]
    finished = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout


def test_repeating_it_changes_nothing(root: Path, written: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "giveBadge") == 0
    assert texts(root) == written
    shown = capsys.readouterr().out
    assert "\n+ " not in shown
    assert "the method users.award exists already" in shown


def test_what_cannot_be_scaffolded_is_explained(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, words in {
        "listConversationStat": "Did you mean `listConversationStats`?",
        "nonsense": "Add it to openapi/orbit.yaml first.",
    }.items():
        assert run(root, name) == 1
        assert words in capsys.readouterr().err
    contract = root / "orbit.yaml"
    text = contract.read_text()
    contract.write_text(text.replace("schema: {$ref: '#/components/schemas/GiveBadgeBody'}", "schema: {type: array}"))
    assert run(root, "giveBadge") == 1
    assert "Write its method by hand." in capsys.readouterr().err
    contract.write_text(text)
    raw = root / "generated" / "orbitconnect_api" / "api" / "users" / f"{key_of('giveBadge')}.py"
    raw.unlink()
    assert run(root, "giveBadge") == 1
    assert "Run `make generate` first." in capsys.readouterr().err
    raw.touch()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{$ref: '#/components/responses/ConversationListResponse'}", "{description: It., content: {image/png: {}}}",
         "returns something else than models"),
        ("        - name: since\n          in: query", "        - name: since\n          in: header",
         "has a header as a parameter"),
    ],
)  # fmt: skip
def test_what_has_no_stub_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: str
) -> None:
    contract = root / "orbit.yaml"
    kept = contract.read_text()
    assert old in kept
    contract.write_text(kept.replace(old, new, 1))
    assert run(root, "listConversationStats", "--dry-run") == 1
    contract.write_text(kept)
    assert words in capsys.readouterr().err


def test_an_argument_has_the_name_that_the_contract_chooses() -> None:
    text = (ROOT / "openapi" / "orbit.yaml").read_text()
    text = text.replace("paths:\n", f"paths:\n{STATS}", 1).replace(
        "name: since", "name: since\n          x-orbit-name: start", 1
    )
    contract = parse(text, Path("orbit.yaml"))
    operation = next(found for found in contract.operations() if found.id == "listConversationStats")
    names = [argument.name for argument in facts(contract, operation, "conversations.list_stats").arguments]
    assert names == ["conversation_id", "start", "limit"]
