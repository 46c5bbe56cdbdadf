"""Makes a fresh clone ready where there is only Python, then builds the site or runs the tests.

    python3 bootstrap.py site
    python3 bootstrap.py test

Standard library only, and annotations are quoted, so that an older Python gets as far as saying that it is too old.
Packages go into `.venv`, once: a stamp there names what was installed, and a second run needs no network.
"""

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
MEMORY = Path("/dev/shm")
OLDEST = (3, 11)
HAS_PIP = "import sys; from importlib.util import find_spec; sys.exit(not find_spec('pip'))"
CONFIG, SOURCES, MACHINE = 2, 3, 4


def main(verbs: "list[str]") -> int:
    if sys.version_info[:2] < OLDEST:
        raise stop(f"Python {dotted(OLDEST)} or newer is needed, this is {dotted(sys.version_info[:2])}")
    if verbs not in (["site"], ["test"]):
        raise stop("say what to do: python3 bootstrap.py site, or python3 bootstrap.py test", CONFIG)
    return site() if verbs == ["site"] else test()


def site() -> int:
    """Pull, build, and say what lies where. A source that failed costs only itself."""
    install(ROOT / "requirements.txt")
    for verb, may_go_on in (("pull", SOURCES), ("build", 0)):
        code = run(PYTHON, "-m", "invoke", verb)
        if code not in (0, may_go_on):
            return code
    print(closing_words())
    return 0


def test() -> int:
    """The whole suite on every core; ruff, mypy and zizmor are among the tests."""
    install(ROOT / "requirements-dev.txt")
    command = (PYTHON, "-m", "pytest", "-n", "auto", "--dist", "worksteal")
    if not is_roomy(MEMORY):
        return run(*command)
    with TemporaryDirectory(prefix="parvis-tests-", dir=MEMORY) as folder:  # a disk makes a worker wait at each fsync
        return run(*command, f"--basetemp={folder}", "-o", "tmp_path_retention_policy=failed")


def is_roomy(folder: Path) -> bool:
    """Whether the files of the tests may lie there: some hundred MiB at a time, programs among them."""
    try:
        return not os.statvfs(folder).f_flag & os.ST_NOEXEC and disk_usage(folder).free > 2 * 2**30
    except (OSError, AttributeError):  # no such folder, or no such question
        return False


def install(requirements: Path) -> None:
    """Brings `.venv` to what `requirements` pins, or does nothing where that is done already."""
    if version(PYTHON) < OLDEST or was_moved():
        make_environment()
    stamp = VENV / f"{requirements.stem}.installed"
    wanted = fingerprint(requirements)
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    stamp.unlink(missing_ok=True)
    print(f"Installing what {requirements.name} pins into .venv: a minute or two, and only now", flush=True)
    if run(PYTHON, "-I", "-c", HAS_PIP):
        need_ensurepip()
        if run(PYTHON, "-I", "-m", "ensurepip"):
            raise stop("could not put pip into .venv; delete that folder and try again")
    if run(PYTHON, "-I", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements):
        raise stop("pip could not install the packages (its words are above); the first run needs a network")
    stamp.write_text(wanted, "utf-8")


def make_environment() -> None:
    need_ensurepip()
    if run(sys.executable, "-m", "venv", "--clear", VENV):
        raise stop("could not make .venv (Python's words are above)")


def need_ensurepip() -> None:
    """Debian and Ubuntu leave it out of their Python until a package is installed."""
    if not (find_spec("venv") and find_spec("ensurepip")):
        name = f"python{dotted(sys.version_info[:2])}-venv"
        raise stop(f"this Python cannot make a virtual environment; on Debian or Ubuntu: apt install {name}")


def was_moved() -> bool:
    """Whether .venv was made for a folder of another name: its scripts name the old one, and would not start."""
    told = VENV / "pyvenv.cfg"
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    return any(line.startswith("command = ") and not line.endswith(f" {VENV}") for line in lines)


def version(python: Path) -> "tuple[int, ...]":
    """(major, minor) of an interpreter, or () where it is not there or does not run."""
    told = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-I", "-c", told], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(map(int, answer.split()))


def fingerprint(requirements: Path) -> str:
    """Names what is to be installed, and for which Python: another one of either is another installation."""
    return hashlib.sha256(requirements.read_bytes() + repr(version(PYTHON)).encode()).hexdigest()


def waiting() -> int:
    """How many files of content/ say `status: pending` in their front matter, as a pull writes it."""
    files = (path for room in ("community", "testimonials") for path in (ROOT / "content" / room).rglob("*.md"))
    heads = (path.read_text("utf-8", "replace").split("\n---", 1)[0] for path in files)
    return sum("\nstatus: pending\n" in head + "\n" for head in heads)


def closing_words() -> str:
    invoke = (SCRIPTS / "invoke").relative_to(ROOT)
    pages = sum(1 for _ in (ROOT / "output").rglob("*.html"))
    return f"""
What lies where
  output/    the site: {pages} pages
  content/   its words, yours to edit; {waiting()} items in it wait for a person's yes

What to do next
  {invoke} serve    shows the site, and each change as you save it
  {invoke} review   lists the items that wait
  {invoke} start    makes it yours: name, address, colour, languages"""


def run(*command: object) -> int:
    """The exit code of a command, run in the clone with its words passed on."""
    sys.stdout.flush()
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    return subprocess.run(list(map(str, command)), cwd=ROOT, env={**os.environ, **settings}, check=False).returncode


def dotted(numbers: "tuple[int, ...]") -> str:
    return ".".join(map(str, numbers))


def stop(what: str, code: int = MACHINE) -> SystemExit:
    print(f"bootstrap.py: {what}", file=sys.stderr)
    return SystemExit(code)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
