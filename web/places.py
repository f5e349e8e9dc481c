"""Which places the navigation offers to whom, and which of them a page belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from api.auth.identity import Identity, Kind


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: its Chinese name, its address, and where else its pages lie."""

    name: str
    path: str
    also: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a page belongs here."""
        if self.path == "/":
            return path == "/"
        return any(path == place or path.startswith(f"{place}/") for place in (self.path, *self.also))


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page draws it."""

    name: str
    path: str
    current: bool


ASK = Place("问答", "/")
HOME = Place("首页", "/home", also=("/calendar",))
QUALITY = Place("回答质量", "/admin/quality", also=("/admin/answers",))
BOARD = Place("问题看板", "/board", also=("/guides",))
DOCUMENTS = Place("文件", "/documents")
PUBLISHED = Place("公示查询", "/published")
MONITORING = Place("监测", "/monitoring", also=("/benefits",))
SESSIONS = Place("体验中心", "/sessions", also=("/session-desk",))
REVIEWS = Place("审核", "/reviews")
DESK = Place("工作台", "/desk")
RECORDS = Place("企业", "/enterprises", also=("/status", "/reasons"))
# The first is where a person begins who asked for no other page. About eight fit beside each other on a wide page;
# whoever adds one asks which other page could lead to it.
PLACES: dict[Kind | None, tuple[Place, ...]] = {
    None: (ASK, DOCUMENTS, PUBLISHED),
    Kind.ENTERPRISE: (
        HOME,
        ASK,
        Place("企业状况", "/status"),
        Place("自评", "/assessments"),
        SESSIONS,
        Place("学习", "/learn"),
        DOCUMENTS,
        PUBLISHED,
    ),
    Kind.COORDINATOR: (DESK, ASK, REVIEWS, RECORDS, MONITORING, BOARD, SESSIONS, DOCUMENTS, PUBLISHED),
    Kind.OFFICER: (
        REVIEWS,
        ASK,
        RECORDS,
        MONITORING,
        BOARD,
        SESSIONS,
        Place("企业绑定码", "/officer/binding-codes"),
        DOCUMENTS,
        PUBLISHED,
    ),
    Kind.ADMINISTRATOR: (
        Place("管理", "/admin/documents", also=("/admin",)),
        ASK,
        QUALITY,
        BOARD,
        DOCUMENTS,
        PUBLISHED,
    ),
}


def first_page(kind: Kind | None) -> str:
    """Return where a person begins after signing in."""
    return PLACES[kind][0].path


def places_of(who: Identity, path: str) -> list[Shown]:
    """Return the entries for a person in their order; whose second factor is outstanding gets those of a visitor."""
    places = PLACES[who.kind if who.complete else None]
    # The longest address wins: a place may lie under another one.
    held = max((place for place in places if place.holds(path)), key=lambda place: len(place.path), default=None)
    return [Shown(place.name, place.path, place is held) for place in places]
