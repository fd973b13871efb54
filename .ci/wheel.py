"""Builds sdist and wheel into dist/, checks their contents, and runs examples and documentation on the installed wheel.

The examples run twice: with the newest and with the oldest dependencies that the wheel allows. The code on the
documentation pages runs on the wheel with all extras.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.pages import PAGES, blocks_of, run_files, run_page  # noqa: E402  # Needs the path above.

DIST = ROOT / "dist"
PACKAGES = {"orbitconnect": ROOT / "orbitconnect", "orbitconnect_api": ROOT / "generated" / "orbitconnect_api"}
# Packages that the pages import and that belong to no extra.
FOR_PAGES = ("pytest", "punq", "Flask-WTF")
EXAMPLES = ("basic", "group", "user", "call", "meeting", "media", "realtime", "webhook", "full")
IN_SDIST = {
    *("orbitconnect", "generated", "generator", "openapi", "tests", "benchmarks", "examples", "docs"),
    *(".ci", ".gitignore"),
    *(
        "pyproject.toml",
        "constraints.txt",
        "Makefile",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "PKG-INFO",
    ),
}


def main() -> None:
    """Build and check, and stop at the first failure."""
    shutil.rmtree(DIST, ignore_errors=True)
    # By default, `build` builds the sdist from the tree and the wheel from the sdist.
    run(sys.executable, "-m", "build", "--outdir", DIST, ROOT, cwd=ROOT)
    (sdist,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    check_sdist(sdist)
    requirements = check_wheel(wheel)
    oldest = [re.sub(r"^([\w.-]+).*>=([\w.]+).*", r"\1==\2", requirement) for requirement in requirements]
    with tempfile.TemporaryDirectory() as scratch:
        # Outside the source tree, the examples can import only the installed wheel.
        shutil.copytree(ROOT / "examples", Path(scratch, "examples"))
        run_examples("newest", wheel, [], Path(scratch))
        run_examples("oldest", wheel, oldest, Path(scratch))
        run_pages(wheel, Path(scratch))


def check_sdist(sdist: Path) -> None:
    """Check that the sdist contains everything needed to build and test, and nothing else."""
    with tarfile.open(sdist) as archive:
        names = {name.split("/")[1] for name in archive.getnames()}
    same("the sdist's top level", names, IN_SDIST)
    print(f"✓ {sdist.name}: {sdist.stat().st_size // 1024} KiB")


def check_wheel(wheel: Path) -> list[str]:
    """Check that the wheel contains all files of both packages and the license, and nothing else.

    Returns:
        The wheel's requirements, excluding those of the extras.
    """
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode()
    info = metadata.removesuffix("METADATA")
    expected = {f"{info}{name}" for name in ("METADATA", "WHEEL", "RECORD", "licenses/LICENSE")}
    for package, folder in PACKAGES.items():
        files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
        expected |= {f"{package}/{path.relative_to(folder).as_posix()}" for path in files}
        expected.add(f"{package}/py.typed")
    scripts = f"{info}entry_points.txt"
    same("the wheel's files", set(names) - {scripts}, expected)
    print(f"✓ {wheel.name}: {wheel.stat().st_size // 1024} KiB, {len(names)} files")
    return re.findall(r"^Requires-Dist: ([^;\n]+)$", text, re.MULTILINE)


def run_examples(name: str, wheel: Path, pins: list[str], scratch: Path) -> None:
    """Install the wheel into a new environment and run the examples there."""
    home = scratch / name
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    run(python, "-m", "pip", "install", "--disable-pip-version-check", wheel, *pins, cwd=scratch)
    run(python, "-m", "pip", "check", cwd=scratch)
    for example in EXAMPLES:
        run(python, "-m", f"examples.{example}", cwd=scratch)
    installed = run(python, "-m", "pip", "freeze", "--exclude=orbitconnect", cwd=scratch)
    print(f"✓ {len(EXAMPLES)} examples on the wheel alone, {name}: {' '.join(installed.split())}")


def run_pages(wheel: Path, scratch: Path) -> None:
    """Install the wheel with all extras into a new environment, and run each page's code there."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        extras = re.findall(r"^Provides-Extra: (\S+)$", archive.read(metadata).decode(), re.MULTILINE)
    home = scratch / "pages"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--constraint",
        ROOT / "constraints.txt",
    ]
    run(*install, f"{wheel}[{','.join(extras)}]", *FOR_PAGES, cwd=scratch)
    pages = [page for page in PAGES if blocks_of(page)]
    for page in pages:
        folder = Path(tempfile.mkdtemp(dir=scratch))
        run_page(page, folder, python=python)
        run_files(page, folder, python=python)
    print(f"✓ {len(pages)} pages of the documentation on the wheel with all extras")


def same(what: str, found: set[str], expected: set[str]) -> None:
    """Exit with an error if the sets differ."""
    if found != expected:
        sys.exit(f"{what}: unexpected {sorted(found - expected)}, missing {sorted(expected - found)}")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return its output. If the command fails, print the output and exit."""
    done = subprocess.run(
        command,
        cwd=cwd,
        # If a key is set, the examples would use the live API.
        env={name: value for name, value in os.environ.items() if name != "ORBIT_SECRET_KEY"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main()
