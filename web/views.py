"""Render a page: templates, the language of the interface, and what templates may call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from babel.dates import format_datetime, get_timezone
from babel.messages.pofile import read_po
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import HTMLResponse

from api.auth.access import is_https, who_is
from api.deps import edition_of
from api.records.wording import LOCALES, day_text
from api.usecases.answer import aigc_mark
from api.usecases.certainty import FAMILY_NAMES
from api.usecases.own_record.citing import RECORD
from assistant.guides import GUIDE
from assistant.models import Citation
from knowledge.models import Confidence, Family
from knowledge.text import Language, traditional
from selfassess.text import Text
from web.display import display_chosen
from web.page_context import asked_from
from web.person import keep_visit, person_values
from web.places import places_of

HERE = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")
LANGUAGE_NAMES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
COOKIE = "lang"
CHINA = get_timezone("Asia/Shanghai")
QUOTED = re.compile(r"([\u3400-\u9fff](?:[\u3400-\u9fff〔〕《》（）、，。：；“”\d]*[\u3400-\u9fff〕》）\d])?)")
NUMERIC_DAY = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
PATH_IN_BRACKETS = re.compile(r" ?[（(]/[a-z-]+[）)]")
# Interpretations, press conferences, statistics, our own guides: nothing that enters into force.
NOT_RULES = frozenset({"faq", "guide"})
FAMILY_MEANINGS = {
    Family.OFFICIAL: "见到了官方文本，或者官方的解读。",
    Family.RELAYED: "只见到官方文本的译文或摘要。",
    Family.SECOND_HAND: "来自媒体、律师事务所、行业组织等的介绍。",
    Family.UNVERIFIED: "来源很弱，或者是推断，没有用官方文本核对。",
    Family.DRAFT: "公开征求意见的稿子，不是生效的规定。",
    Family.UNKNOWN: "知道有这项规定，没有取得内容。",
}


def language_of(request: Request) -> Language:
    """The interface language: chosen in the address, else remembered, else what the browser prefers."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    accepted = request.headers.get("accept-language", "").lower()
    if accepted.startswith("en"):
        return "en"
    return "zh-Hant" if accepted.startswith(("zh-tw", "zh-hk", "zh-hant", "zh-mo")) else "zh-Hans"


def page(request: Request, template: str, values: Mapping[str, Any], status_code: int = 200) -> HTMLResponse:
    """Return a rendered page in the request's language, remembering a language just chosen."""
    language = language_of(request)
    response = HTMLResponse(render(request, template, values), status_code=status_code)
    if request.query_params.get("lang") in LANGUAGES:
        secure = is_https(request)
        response.set_cookie(COOKIE, language, max_age=31_536_000, httponly=True, samesite="lax", secure=secure)
    keep_visit(request, response)
    return response


def render(request: Request, template: str, values: Mapping[str, Any]) -> str:
    """Return a template's HTML in the request's language."""
    language = language_of(request)
    translate, period = translator(language), period_formatter(language)

    def cited_period(citation: Citation) -> str:
        if citation.confidence == RECORD:
            return translate("海关共享记录")
        if citation.confidence == GUIDE:
            return f"{translate('复核于')} {day_formatter(language)(citation.effective_from)}"
        if citation.effective_from is None and edition_of(request).documents[citation.document_id].kind in NOT_RULES:
            return translate("不是规定，没有施行日")
        return period(citation.effective_from, citation.effective_to)

    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    common = {
        "_": translate,
        "language": language,
        "languages": LANGUAGE_NAMES,
        "with_language": lambda code: f"{shown_at(request)}?{urlencode([*asked, ('lang', code)])}",
        "path": shown_at(request) or request.url.path,
        "navigation": places_of(who_is(request), request.url.path),
        "display": display_chosen(request),
        "day": day_formatter(language),
        "aigc_mark": aigc_mark,
        "period": period,
        "quote": quoter(language),
        "as_said": {"en": quoter(language), "zh-Hant": traditional}.get(language, str),
        "local": traditional if language == "zh-Hant" else str,
        "cited_period": cited_period,
        "badge": badge,
        "copied": lambda exchange: exchange.as_text(
            translate("依据"), cited_period, lambda mark: translate(badge(mark)["name"])
        ),
        "today": request.app.state.clock(),
        "moment": moment_formatter(language),
        "clock": lambda moment: moment.astimezone(CHINA).strftime("%H:%M"),
        "china_day": lambda moment: moment.astimezone(CHINA).date(),
        "tell": teller(language),
        "asked_from": lambda about: asked_from(request, about),
    }
    return _environment().get_template(template).render({**common, **person_values(request), **values})


def shown_at(request: Request) -> str:
    """The path at which the page can be opened again; what a form was sent to often cannot, where it stood can."""
    came_from = urlsplit(request.headers.get("referer", ""))
    if request.method == "GET" or came_from.netloc != request.url.netloc:
        return ""
    return "/" + came_from.path.lstrip("/")


def translator(language: Language) -> Callable[[str], str]:
    """Return the function that puts a Chinese interface text into a language."""
    if language == "en":
        return lambda text: english()[text]
    if language == "zh-Hant":
        return traditional
    return lambda text: text


@cache
def english() -> dict[str, str]:
    """The English interface texts by their Chinese ones, out of one catalogue for each part of the web."""
    texts: dict[str, str] = {}
    for path in sorted((HERE / "locale" / "en").glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale="en")
        texts |= {str(message.id): str(message.string) for message in catalog if message.id and message.string}
    return texts


def quoter(language: Language) -> Callable[[str], str]:
    """Return the function that marks the Chinese in a text of the data as such, where the page speaks otherwise.

    Names, numbers of documents and what people typed are quoted as they are; the mark lets them be read aloud and
    written in the right language.
    """
    if language == "zh-Hans":
        return lambda text: text
    mark = Markup('<span lang="zh-Hans">{}</span>')

    def quote(text: str) -> str:
        pieces = QUOTED.split(text)  # what stands between Chinese, and Chinese, in turn
        return Markup("").join(mark.format(piece) if odd % 2 else piece for odd, piece in enumerate(pieces))

    return quote


def teller(language: Language) -> Callable[[Text | None], str]:
    """Return the function that says a text of the standards or of a use case in a language."""
    if language == "en":
        return lambda said: "" if said is None else as_read(said.en[:1].upper() + said.en[1:], language)
    write = traditional if language == "zh-Hant" else str
    return lambda said: "" if said is None else as_read(write(said.zh), language)


def day_formatter(language: Language) -> Callable[[date | None], str]:
    """Return the function that writes a day as the language does."""
    return lambda day: day_text(day, language) if day else ""


def moment_formatter(language: Language) -> Callable[[datetime], str]:
    """Return the function that writes a moment, in the time of China."""
    return lambda moment: format_datetime(moment, "medium", tzinfo=CHINA, locale=LOCALES[language])


def period_formatter(language: Language) -> Callable[[date | None, date | None], str]:
    """Return the function that writes the period in which a rule is in force."""
    day = day_formatter(language)

    def english_period(first: date | None, last: date | None) -> str:
        if last is None:
            return f"from {day(first)}" if first else "start date not verified"
        return f"{day(first)} to {day(last)}" if first else f"start date not verified, to {day(last)}"

    def chinese_period(first: date | None, last: date | None) -> str:
        if last is None:
            text = f"{day(first)}起" if first else "施行日未核实"
        else:
            text = f"{day(first)}至{day(last)}" if first else f"施行日未核实，{day(last)}止"
        return traditional(text) if language == "zh-Hant" else text

    return english_period if language == "en" else chinese_period


def badge(mark: str) -> dict[str, str]:
    """Return the class and the Chinese name of a confidence mark's kind of certainty, or of a record."""
    if mark == RECORD:
        return {"class": "badge badge-record", "name": "记录", "mark": mark}
    if mark == GUIDE:
        return {"class": "badge badge-guide", "name": "协调员指引", "mark": mark}
    family = Confidence(mark).family
    return {"class": f"badge badge-{family.value}", "name": FAMILY_NAMES[family], "mark": mark}


def certainties() -> list[dict[str, str]]:
    """Return each kind of certainty with its class, its Chinese name and what it means, strongest first."""
    return [
        {"class": f"badge badge-{family.value}", "name": FAMILY_NAMES[family], "meaning": FAMILY_MEANINGS[family]}
        for family in Family
    ]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = _marked
    environment.filters["as_read"] = as_read
    return environment


def as_read(text: str, language: Language) -> str:
    """Return what the assistant says as a page shows it: days written out, no addresses where links stand."""
    return NUMERIC_DAY.sub(lambda found: _written_out(found.group(), language), PATH_IN_BRACKETS.sub("", text))


def _written_out(numeric: str, language: Language) -> str:
    try:
        return day_text(date.fromisoformat(numeric), language)
    except ValueError:
        return numeric  # no day of the calendar


def _marked(numbers: tuple[int, ...], prefix: str, name: str) -> Markup:
    """Citation marks as links to the sources beside the answer."""
    # The word joiner keeps a mark on the line of the words it proves.
    link = Markup('\u2060<a class="mark" href="#{0}-{1}" aria-label="{2} {1}">{1}</a>')
    return Markup("").join(link.format(prefix, number, name) for number in numbers)
