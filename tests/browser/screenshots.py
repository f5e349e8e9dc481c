"""Take the pictures of the documentation: `make screenshots`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI
from playwright.sync_api import Browser

from api.bootstrap import Parts
from api.settings import Settings
from tests.browser.serving import chromium, served
from tests.services import make_services
from web.app import create_app

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
DAY = date(2026, 11, 22)
LARGEST = 300_000
QUESTION = "现在海关信用分几个等级，和以前有什么不同？"


def main() -> None:
    """Write the pictures. Raises `SystemExit` when one is too large for the repository."""
    parts = Parts(Settings(data_dir=Path(os.environ.get("CREDIT_DATA_DIR") or ROOT / "var")))
    with TemporaryDirectory() as folder:
        services = make_services(Path(folder))
        _take(create_app(parts.assistant, parts.provisions, clock=lambda: DAY, services=services))
    for picture in IMAGES.glob("*.png"):
        if picture.stat().st_size > LARGEST:
            raise SystemExit(f"{picture} is larger than {LARGEST} bytes")


def _take(app: FastAPI) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served(app) as address, chromium() as browser:
        _answer(browser, address, IMAGES / "answer.png")


def _answer(browser: Browser, address: str, picture: Path) -> None:
    """An answer with its sources beside it, on a wide screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 950}, locale="zh-CN", reduced_motion="reduce")
    page.goto(address)
    page.locator("#q").fill(QUESTION)
    page.locator("#ask .primary").click()
    page.get_by_role("article", name=QUESTION).wait_for()
    page.locator("#q").blur()
    page.screenshot(path=picture)


if __name__ == "__main__":
    main()
