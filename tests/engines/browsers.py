"""Start Debian's Firefox, or WebKit in its small browser, with nothing of an earlier visit."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marionette import Marionette
from selenium.webdriver import Remote, WebKitGTK, WebKitGTKOptions, WebKitGTKService
from selenium.webdriver.firefox.options import Options
from selenium.webdriver.remote.webdriver import WebDriver

STARTS_WITHIN = 60.0
SIZE = (1280, 900)
PREFERENCES = """user_pref("marionette.port", 0);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "{downloads}");
user_pref("browser.download.alwaysOpenPanel", false);
user_pref("browser.helperApps.neverAsk.saveToDisk", "application/pdf");
user_pref("pdfjs.disabled", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"""
"""Preferences: a free port to be driven through, documents saved without a question, nothing sent to anybody."""
WEBKIT = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
"""Settings for no graphics card, and for root, who cannot use a sandbox: it only ever opens our own page."""


class NotInstalledError(Exception):
    """A program is not installed here."""


@contextmanager
def firefox(folder: Path) -> Iterator[WebDriver]:
    """Start Firefox with a profile in a folder; `downloads` in it receives documents. Raises NotInstalledError."""
    program = _program("firefox-esr", "firefox-esr")
    profile, downloads = _made(folder / "profile"), _made(folder / "downloads")
    (profile / "user.js").write_text(PREFERENCES.format(downloads=downloads), encoding="utf-8")
    size = (f"--width={SIZE[0]}", f"--height={SIZE[1]}")
    command = [program, "--headless", "--marionette", "--no-remote", *size, "--profile", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            driver = Remote(command_executor=Marionette(_port(profile, process)), options=Options())
            yield driver
            driver.quit()
        finally:
            process.terminate()


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """Return the port that a Firefox writes into its profile once it listens."""
    written = profile / "MarionetteActivePort"
    deadline = time.monotonic() + STARTS_WITHIN
    while not (port := written.read_text(encoding="utf-8") if written.exists() else ""):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("Firefox does not start.")
        time.sleep(0.05)  # a browser that is starting has no state to wait on yet
    return int(port)


@contextmanager
def webkit(folder: Path) -> Iterator[WebDriver]:
    """Start WebKit with its home in a folder; `downloads` in it receives documents. Raises NotInstalledError."""
    program = _program("WebKitWebDriver", "webkit2gtk-driver")
    downloads = _made(folder / "downloads")
    (folder / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{downloads}"\n', encoding="utf-8")
    with _display() as display:
        home = {"DISPLAY": display, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        service = WebKitGTKService(program, env={**os.environ, **WEBKIT, **home})
        driver = WebKitGTK(WebKitGTKOptions(), service)
        try:
            driver.set_window_size(*SIZE)
            yield driver
        finally:
            driver.quit()


@contextmanager
def _display() -> Iterator[str]:
    """Start a display of its own, that nobody looks at."""
    command = [_program("Xvfb", "xvfb"), "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        number = process.stdout.readline().strip()
        if not number:
            raise RuntimeError("Xvfb does not start.")
        try:
            yield f":{number}"
        finally:
            process.terminate()


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotInstalledError(f"{name} is not installed: `apt-get install {package}`, as tests/run.sh does as root.")
    return found


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder
