"""Take the pictures of the documentation: `make screenshots`."""

from __future__ import annotations

import io
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from PIL import Image
from playwright.sync_api import Browser, Page

from api.bootstrap import Parts
from api.settings import Settings
from tests.browser.becoming import become
from tests.browser.serving import chromium, served
from tests.people import A, uscc
from tests.staged import Stage, staged

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
LARGEST = 1_000_000  # all pictures together
COLOURS = 48
QUESTION = "现在海关信用分几个等级，和以前有什么不同？"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Picture:
    """One page as somebody sees it; ``{a}`` in the address is their assessment."""

    name: str
    who: str
    address: str
    on_phone: bool = False
    scheme: str = "light"


PICTURES = (
    Picture("ask", "visitor", "/"),
    Picture("answer", "visitor", f"/?q={QUESTION}"),
    Picture("answer-phone", "visitor", f"/?q={QUESTION}", on_phone=True),
    Picture("documents", "visitor", "/documents/gacc-order-282"),
    Picture("home", "enterprise", "/home"),
    Picture("home-phone", "enterprise", "/home", on_phone=True),
    Picture("calendar", "enterprise", "/calendar"),
    Picture("status", "enterprise", "/status"),
    Picture("status-dark", "enterprise", "/status", scheme="dark"),
    Picture("assessment", "enterprise", "{a}"),
    Picture("assessment-phone", "enterprise", "{a}", on_phone=True),
    Picture("result", "enterprise", "{a}/result"),
    Picture("sessions", "enterprise", "/sessions"),
    Picture("learn", "enterprise", "/learn"),
    Picture("reviews", "officer", "/reviews"),
    Picture("reviews-phone", "officer", "/reviews", on_phone=True),
    Picture("review", "officer", "{v}"),
    Picture("review-item", "officer", "{v}/items/5"),
    Picture("monitoring", "officer", "/monitoring"),
    Picture("enterprises", "coordinator", "/enterprises"),
    Picture("board", "coordinator", "/board"),
    Picture("accounts", "administrator", "/admin/accounts"),
    Picture("gallery", "visitor", "/gallery"),
)


def main() -> None:
    """Write the pictures. Raises `SystemExit` when they are too large for the repository."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parts = Parts(Settings(data_dir=Path(os.environ.get("CREDIT_DATA_DIR") or ROOT / "var")))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, staged(parts.assistant, parts.provisions, Path(folder)) as stage:
        _take_all(stage)
    if (size := sum(picture.stat().st_size for picture in IMAGES.glob("*.png"))) > LARGEST:
        raise SystemExit(f"the pictures are {size} bytes, more than {LARGEST}")


def _take_all(stage: Stage) -> None:
    places = {"a": stage.assessment, "v": _version(stage)}
    with served(stage.world.app) as address, chromium() as browser:
        for picture in PICTURES:
            page = _opened(picture, stage, browser, address)
            page.goto(picture.address.format(**places))
            _keep(page.screenshot(), IMAGES / f"{picture.name}.png")
            page.context.close()


def _version(stage: Stage) -> str:
    """The version in the officer's queue, taken and with the reason for reading given."""
    officer = stage.people["officer"]
    officer.post(f"/reasons/{uscc(A)}", reason="review")
    page = officer.get("/reviews").text
    address = "/reviews/" + page.partition('href="/reviews/')[2][:32]
    officer.post(f"{address}/take", turn="0")
    return address


def _opened(picture: Picture, stage: Stage, browser: Browser, address: str) -> Page:
    context = browser.new_context(
        base_url=address,
        viewport=PHONE if picture.on_phone else WIDE,
        is_mobile=picture.on_phone,
        locale="zh-CN",
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    become(context, stage.people[picture.who], address)
    return context.new_page()


def _keep(taken: bytes, path: Path) -> None:
    """Write a picture in few colours: pages have few, and the repository stays small."""
    few = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
