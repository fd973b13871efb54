"""Every Python block of README.md and docs/*.md runs as pasted and prints what the page says."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from orbitconnect.cli import main
from orbitconnect.emulator import Emulator, Fault, Reset, Status
from orbitconnect.errors import OrbitServerError
from tests.pages import PAGES, ROOT, blocks_of, run_files, run_page

WITH_PYTHON: Final = [page for page in PAGES if blocks_of(page)]


class Printed(NamedTuple):
    """The output of a page, as patterns for its lines."""

    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    """The last lines. If `last` is given, other lines may come between `first` and `last`."""
    after: tuple[str, ...] = ()
    """Blocks that check the results of the page's code."""


README_AFTER = """
from pathlib import Path

assert response.parsed.id == user.id
assert len(messages) == 3
assert Path("note.txt").read_bytes() == b"Milk, eggs"
assert flow.session.state == "meeting"

from orbitconnect.webhooks import SIGNATURE_HEADER, sign

body = b'{"id": "evt_1", "type": "message.sent", "data": {"message_id": "msg_1"}}'
for secret, status in (("whsec", 200), ("whsec", 200), ("other", 401)):
    assert receive(body, {SIGNATURE_HEADER: sign(body, secret)}, "whsec") == status
"""
MEDIA_AFTER = """
copies = {path.name: path.read_bytes() for path in Path().iterdir()}
assert copies.keys() == {"holiday.mp4", "copy.mp4", "copy.bin", "report.csv.gz"}
assert copies["holiday.mp4"] == copies["copy.mp4"] == copies["copy.bin"] == bytes(9_000_000)
"""
WEBHOOKS_AFTER = """
for body in (
    b'{"type": "call.ended", "data": {"call": {"id": "call_1"}}}',
    b'{"type": "order.shipped", "data": {"order_id": 7}}',
    b'{"type": "user.created"}',
):
    print(describe(parse_event(body)))
for body in (b'{"type": "order.shipped", "data": {"order_id": 7}}', b'{"type": "user.created"}'):
    assert events.dispatch(parse_event(body)) == 1
"""
ONCE_AFTER = """
with engine.connect() as connection:
    print(connection.execute(text("SELECT id FROM payments")).scalars().all())
engine.dispose()
"""
FASTAPI_AFTER = """
import asyncio, httpx

def delivery(number):
    body = b'{"id": "evt_%d", "type": "message.sent", "data": {"message_id": "msg_%d"}}' % (number, number)
    return body, {"X-Orbit-Signature": sign(body, os.environ["ORBIT_WEBHOOK_SECRET"])}

async def post(app, body, headers):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://app.test") as api:
        return await api.post("/webhooks/orbit", content=body, headers=headers)

for number in (1, 2):
    answer = asyncio.run(post(fastapi_app, *delivery(number)))
    print(answer.status_code, answer.text)
"""
FLASK_AFTER = """
for app in (flask_app, protected_app):
    for number in (1, 4):
        body, headers = delivery(number)
        answer = app.test_client().post("/webhooks/orbit", data=body, headers=headers)
        print(answer.status_code, answer.text)
(pattern,) = urlpatterns
assert pattern.resolve("webhooks/orbit") is not None
"""

RESPONSE: Final = r"200 1 req_\w+"
PRINTED: Final = {
    "README.md": Printed(
        ("1 Hello, Bob!", "3 Hi", "2 Hi", "1 Hello, Bob!", "There is no such user.", RESPONSE, "200 req_.*"),
        ("New message: msg_1",),
        (README_AFTER,),
    ),
    "docs/emulator.md": Printed((r"\['Ada'\]", r"\['http://127.0.0.1:8000/webhooks'\]")),
    "docs/fast.md": Printed(("<OrbitServer .*transport=stdlib.*>", "<AsyncOrbitServer .*transport=aiohttp.*>")),
    "docs/flows.md": Printed(
        (r"ended \d+", "not yet: scheduled", "meeting True", "chat", "The acting user is already in the call call_.*")
    ),
    "docs/client-sdks.md": Printed((r"pk_test_of_your_application \S+ usr_\w+ 20\S+",)),
    "docs/frameworks.md": Printed(
        ('{.*"display_name": "Ada".*}', '{.*"seats":2}'),
        after=('assert orbit.users.get(user.id).display_name == "Ada L."',),
    ),
    "docs/media.md": Printed(
        ("ready True", "text/csv", "65,536 of 9000000 bytes"), ("9,000,000 of 9000000 bytes",), (MEDIA_AFTER,)
    ),
    "docs/money.md": Printed(("sent: True", r"200 \[12\]")),
    "docs/observability.md": Printed(
        (RESPONSE + r" \d\.\d{3} s", RESPONSE + r" \d\.\d{3} s", re.escape("Counter({('getAppUser', 200): 1})"))
    ),
    "docs/paging.md": Printed(("1 Hello 0",), ("150 Hello 149", "found 8")),
    "docs/testing.md": Printed(),
    "docs/webhooks.md": Printed(
        (
            *("Sent: msg_9d2e", "message msg_9d2e in cnv_1", "index msg_9d2e", "moderate msg_9d2e", "notify msg_9d2e"),
            *("Sent: msg_0000", "call call_1 has ended", r"order.shipped with {'order_id': 7}", "user.created"),
            *("ship 7", "nobody handles user.created"),
        ),
        after=(WEBHOOKS_AFTER,),
    ),
    "docs/webhooks-once.md": Printed(("handled evt_1", "[0-9a-f]{64}", r"\['evt_1'\]"), after=(ONCE_AFTER,)),
    "docs/webhooks-receivers.md": Printed(
        (
            *("Sent: msg_1", "200 handled {'content-type': 'text/plain; charset=utf-8'}"),
            # The applications share a store.
            *("200 already handled", "Sent: msg_2", "200 handled"),
            *("200 already handled", "Sent: msg_4", "200 handled"),
            *("200 already handled", "200 already handled"),
        ),
        after=(FASTAPI_AFTER, FLASK_AFTER),
    ),
}


def test_every_page_with_python_blocks_is_run() -> None:
    assert set(PRINTED) == set(WITH_PYTHON)


def test_no_page_has_a_block_that_is_not_recognized() -> None:
    known = {"", "python", "pycon", "sh", "text", "toml", "sql"}
    for page in PAGES:
        fences = re.findall(r"^(\s*)(?:```|~~~)(.*)$", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert [fence for fence in fences if fence[0].strip("\n") or fence[1] not in known] == [], page


@pytest.mark.parametrize("page", WITH_PYTHON)
def test_every_block_runs(page: str, tmp_path: Path) -> None:
    first, last, after = PRINTED[page]
    lines = run_page(page, tmp_path, *after)
    if not last:
        assert len(lines) == len(first)
    for pattern, line in [*zip(first, lines, strict=False), *zip(reversed(last), reversed(lines), strict=False)]:
        assert re.fullmatch(pattern, line), line


@pytest.mark.parametrize("page", [page for page in WITH_PYTHON if any(block.file for block in blocks_of(page))])
def test_the_test_files_of_a_page_pass(page: str, tmp_path: Path) -> None:
    tests = sum(block.text.count("\ndef test_") for block in blocks_of(page) if block.file)
    assert re.match(rf"{tests} passed", run_files(page, tmp_path)[-1])


def recipe(emulator: Emulator, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names that the recipe in docs/money.md defines when it uses a client of this emulator."""
    monkeypatch.chdir(folder)
    code = next(block.text for block in blocks_of("docs/money.md") if "def reconcile" in block.text)
    names: dict[str, Any] = {"orbit": emulator.client()}
    exec(code, names)
    return names


@pytest.mark.parametrize(
    "fault", [Reset(when="after"), Reset(when="before"), Status(422), Status(503)], ids=lambda fault: repr(fault)[:20]
)
def test_the_recipe_for_charges_charges_once(fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Emulator() as emulator:
        names = recipe(emulator, tmp_path, monkeypatch)
        names["charge"]("evt_0", 1)
        emulator.faults.add(fault, operation="recordUsageEvent")
        with pytest.raises(OrbitServerError):
            names["charge"]("evt_1", 12)
        made = [usage.quantity for usage in emulator.usage_events()]
        if made == [1] and fault != Status(422):
            # The charge may still be in progress, so the recipe makes no further charge until the outcome is known.
            for event in ("evt_1", "evt_2"):
                with pytest.raises(RuntimeError, match="evt_1"):
                    names["charge"](event, 12)
            names["PATIENCE"] = -1
        for event in ("evt_1", "evt_2", "evt_1", "evt_2"):
            names["charge"](event, 12)
        assert [usage.quantity for usage in emulator.usage_events()] == [1, 12, 12]
        names["database"].close()


def test_events_that_the_page_handled_are_known_in_the_next_run(tmp_path: Path) -> None:
    page = "docs/webhooks-once.md"
    lines = run_page(page, tmp_path, ONCE_AFTER)
    assert run_page(page, tmp_path, ONCE_AFTER) == lines[1:]


# Links and paths.

TEXTS: Final = [*PAGES, "CONTRIBUTING.md"]
FOLDERS: Final = ("", "orbitconnect", "orbitconnect/emulator", "generated", "generator", "tests")
"""The folders to which the pages' paths are relative."""


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub generates them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("text", TEXTS)
def test_every_relative_link_leads_somewhere(text: str) -> None:
    page = ROOT / text
    for link in re.findall(r"\]\(((?!https?:)[^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in headings(target), link


@pytest.mark.parametrize("text", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_path_that_is_named_exists(text: str) -> None:
    content = (ROOT / text).read_text(encoding="utf-8")
    spans = re.findall(r"`([\w./-]+(?:\.(?:py|yaml|md|toml)|/))`", content)
    spans += re.findall(r"(?<=[\"\s])tests/[\w./-]+", content)
    paths = [span for span in spans if "NAME" not in span and "AREA" not in span]
    assert [path for path in paths if not any((ROOT / folder / path).exists() for folder in FOLDERS)] == []


# Shell blocks.

COMMANDS: Final = [
    (page, line.partition("  #")[0].strip())
    for page in TEXTS
    for language in ("sh", "shell", "bash", "console")
    for block in blocks_of(page, language)
    for line in block.text.splitlines()
]


def test_every_make_target_exists() -> None:
    targets = {
        target
        for _, command in COMMANDS
        if command.startswith("make ")
        for target in re.findall(r"^make ((?:[a-z-]+ ?)+)", command)[0].split()
    }
    targets |= {
        target for page in TEXTS for target in re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"))
    }
    assert targets >= {"demo", "example-full", "test", "build", "generate", "dev", "typecheck", "ci", "bench", "soak"}
    rules = re.findall(r"^([a-z%-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    patterns = [re.compile(rule.replace("%", ".+")) for rule in rules]
    assert [target for target in targets if not any(pattern.fullmatch(target) for pattern in patterns)] == []


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("target", ["demo", "example-full", "help"])
def test_these_targets_run(target: str) -> None:
    # The commands use the current environment and install nothing.
    command = ["make", f"PY={sys.executable}", "--old-file=.venv/.run", "--old-file=" + sys.executable, target]
    without_key = {name: value for name, value in os.environ.items() if not name.startswith(("ORBIT", "MAKE"))}
    ended = subprocess.run(command, cwd=ROOT, env=without_key, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Installing" not in ended.stdout
    assert len(ended.stdout.splitlines()) > 5


def test_the_commands_of_orbitconnect_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    named = {command.split()[1] for _, command in COMMANDS if command.startswith("orbitconnect ")}
    assert "emulator" in named
    assert [command for command in named if f" {command} " not in known] == []


def test_every_link_leads_somewhere() -> None:
    def anchors(page: Path) -> set[str]:
        headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}

    for page in PAGES:
        for link in re.findall(r"\]\(([^)\s]+)\)", (ROOT / page).read_text(encoding="utf-8")):
            if "://" in link:
                continue
            path, _, anchor = link.partition("#")
            target = (ROOT / page).parent / path if path else ROOT / page
            assert target.exists(), f"{page}: {link}"
            assert not anchor or anchor in anchors(target), f"{page}: {link}"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks_of(page, "pycon")])
def test_every_interactive_session_prints_what_is_shown(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORBIT_SECRET_KEY", raising=False)
    names: dict[str, Any] = {}
    for block in blocks_of(page, "pycon"):
        session = doctest.DocTestParser().get_doctest(block.text, names, page, page, block.line)
        assert doctest.DocTestRunner().run(session, clear_globs=False).failed == 0
