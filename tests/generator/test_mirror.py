from __future__ import annotations

import ast
from pathlib import Path

import pytest

import orbitconnect
from generator.__main__ import main
from generator.mirror import CannotMirror, derive, derive_tree, sources
from generator.mirror_names import NAMES
from tests.generator.test_build import SMALL

SOURCE = '''"""What `AsyncUsers` does, asynchronously spoken of as asynchronous."""

from .executor import AsyncExecutor


class AsyncUsers:
    """Use it as `async with AsyncOrbitServer() as orbit:`.

    Example:
        async for page in pages:
            user = await orbit.users.get("await me")  # no
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def get(self, user_id: str) -> str:
        # await the answer
        async with self._executor as open, other():
            async for chunk in open:
                found = [await part async for part in chunk]
        return await (self._executor
                      .get(user_id, f"{await self.x()} and {user_id}"))

    async def __aenter__(self) -> "AsyncUsers":
        return self
'''


def test_code_and_text_are_mirrored() -> None:
    derived = derive(SOURCE.replace("asynchronously spoken of as ", "").replace('"await me"', '"usr_1"'))
    assert (
        derived
        == '''"""What `Users` does, synchronous."""

from .executor import Executor


class Users:
    """Use it as `with OrbitServer() as orbit:`.

    Example:
        for page in pages:
            user = orbit.users.get("usr_1")  # no
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def get(self, user_id: str) -> str:
        # the answer
        with self._executor as open, other():
            for chunk in open:
                found = [part for part in chunk]
        return (self._executor
                      .get(user_id, f"{self.x()} and {user_id}"))

    def __enter__(self) -> "Users":
        return self
'''
    )


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import asyncio\n", "asyncio"),
        ("from x import AsyncThing\n", "AsyncThing"),
        ("def f(): return to_async(1)\n", "to_async"),
        ("from collections.abc import Awaitable\n", "Awaitable"),
        ('"""Says asyncio."""\n', "asyncio"),
        ("x = 1  # asynchronously\n", "asynchronously"),
        ('x = "to await"\n', "await"),
        ("x = f'{asyncio}'\n", "asyncio"),
    ],
)
def test_a_name_or_word_that_is_in_no_table_is_rejected(source: str, name: str) -> None:
    with pytest.raises(CannotMirror, match=f"line 1: .*{name}"):
        derive(source)


@pytest.mark.parametrize(
    "source",
    [
        "from models import Media\n\n\nclass AsyncMedia:\n    pass\n",
        "from a import process_owner\n\nx = async_owner()\n",
        "def f():\n    process_owner = async_owner()\n",
    ],
)
def test_a_name_that_is_already_used_is_rejected(source: str) -> None:
    with pytest.raises(CannotMirror, match="already uses that name"):
        derive(source)


def test_line_count_and_strings_with_line_breaks_are_kept() -> None:
    source = 'x = """\nasync with a:\n\n    await b\n"""\nasync def f() -> None:\n    await x\n'
    assert derive(source) == 'x = """\nwith a:\n\n    b\n"""\ndef f() -> None:\n    x\n'


def put(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_every_async_folder_is_derived_with_its_subfolders(tmp_path: Path) -> None:
    put(tmp_path, "orbitconnect/_async/users.py", "async def get( x ):\n  return  await x\n")
    put(tmp_path, "orbitconnect/_async/flows/undo.py", "from ..users import get\n")
    put(tmp_path, "orbitconnect/webhooks/once/_async/redis.py", "from ....errors import x\n")
    put(tmp_path, "orbitconnect/webhooks/once/memory.py", "async def stays(): ...\n")
    assert derive_tree(tmp_path) == {
        Path("orbitconnect/_sync/users.py"): (
            "# Derived from orbitconnect/_async/users.py by `make generate`: edit that file.\n"
            "def get(x):\n    return x\n"
        ),
        Path("orbitconnect/_sync/flows/undo.py"): (
            "# Derived from orbitconnect/_async/flows/undo.py by `make generate`: edit that file.\n"
            "from ..users import get\n"
        ),
        Path("orbitconnect/webhooks/once/_sync/redis.py"): (
            "# Derived from orbitconnect/webhooks/once/_async/redis.py by `make generate`: edit that file.\n"
            "from ....errors import x\n"
        ),
    }


def test_the_error_names_the_file(tmp_path: Path) -> None:
    put(tmp_path, "orbitconnect/_async/odd.py", "import anyio\n")
    with pytest.raises(CannotMirror, match=r"odd\.py: line 1"):
        derive_tree(tmp_path)


def test_check_reports_stale_and_edited_modules_and_build_repairs_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path, "orbitconnect/_async/flows/undo.py", "async def undo(): ...\n")
    put(tmp_path, "orbitconnect/webhooks/_async/receiver.py", "async def receive(): ...\n")
    put(tmp_path, "docs/node.md", "")
    put(tmp_path, "openapi/node-readme.txt", "")
    command = ["--contract", str(SMALL), "--root", str(tmp_path)]
    assert main(["build", *command]) == 0
    assert main(["check", *command]) == 0
    edited = tmp_path / "orbitconnect/webhooks/_sync/receiver.py"
    right = edited.read_text(encoding="utf-8")
    edited.write_text(right + "\n", encoding="utf-8")
    put(tmp_path, "orbitconnect/_sync/flows/gone.py", "")
    put(tmp_path, "orbitconnect/testing/_sync/gone.py", "")
    put(tmp_path, "orbitconnect/testing/_sync/__pycache__/gone.pyc", "")
    capsys.readouterr()
    assert main(["check", *command]) == 1
    printed = capsys.readouterr().err
    assert "  ~ orbitconnect/webhooks/_sync/receiver.py\n" in printed
    assert "  - orbitconnect/_sync/flows/gone.py\n  - orbitconnect/testing/_sync/gone.py\n" in printed
    assert main(["build", *command]) == 0
    assert edited.read_text(encoding="utf-8") == right
    assert not (tmp_path / "orbitconnect/_sync/flows/gone.py").exists()
    assert (tmp_path / "orbitconnect/_sync/flows/undo.py").exists()
    assert not (tmp_path / "orbitconnect/testing/_sync").exists()


def test_both_forms_have_the_same_functions() -> None:
    root = Path(orbitconnect.__file__).parent.parent

    def functions(path: Path) -> list[str]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        return [node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]

    for source in sources(root):
        derived = Path(*("_sync" if part == "_async" else part for part in source.parts))
        assert functions(derived) == [NAMES.get(name, name) for name in functions(source)]
