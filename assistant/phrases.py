"""The fixed words of an answer, in Chinese and English. Traditional Chinese is converted at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.models import Document, Family, Provision
from knowledge.text import Language

HOTLINE = "12360"

SECOND_HAND = {"zh": "据二手资料，", "en": " (according to secondary sources)"}
_SUMMARY = {"zh": "据公告摘要，", "en": " (according to a summary of the announcement)"}
_UNVERIFIED = {"zh": "（未核实）", "en": " (unverified)"}
_DRAFT = {"zh": "（征求意见稿，不是法律）", "en": " (draft for comment, not law)"}


def spoken(text: str, family: Family, summary: bool, language: Language, lead: bool) -> str:
    """Say in the sentence itself how surely it is known (domain rules 1 to 3)."""
    if family is Family.SECOND_HAND:
        return _marked(text, SECOND_HAND, language, lead)
    if family is Family.RELAYED and summary:
        return _marked(text, _SUMMARY, language, lead)
    if family is Family.UNVERIFIED:
        return _suffixed(text, _UNVERIFIED[_side(language)])
    if family is Family.DRAFT:
        return _suffixed(text, _DRAFT[_side(language)])
    return text


_GUIDE_HEADING = {
    "zh": "协调员指引（经复核，以所引规定为准）：",
    "en": "Coordinator's guide (reviewed; the provisions cited prevail):",
}
_GUIDE_CAVEAT = {
    "zh": "协调员指引由协调员或关员撰写，经另一人复核，以所引规定为准。",
    "en": "The coordinator's guide was written by a coordinator or officer and reviewed by another person.",
}
_GUIDE_NAME = {"zh": "协调员指引", "en": "Coordinator's guide"}


def guide_heading(language: Language) -> str:
    """Say that what follows was written by a coordinator and reviewed."""
    return _GUIDE_HEADING[_side(language)]


def guide_caveat(language: Language) -> str:
    """Tell what a coordinator's guide is."""
    return _GUIDE_CAVEAT[_side(language)]


def guide_name(language: Language) -> str:
    """Name a coordinator's guide as a source."""
    return _GUIDE_NAME[_side(language)]


# A title inside a title is set in single marks.
_INNER_QUOTES = str.maketrans("《》", "〈〉")


def name_of(document: Document, language: Language) -> str:
    """The short name under which a document is cited in a sentence."""
    if language == "en":
        return document.number_en or document.number
    if document.kind in {"order", "announcement", "standard"}:
        return document.number
    return f"《{document.title_zh.translate(_INNER_QUOTES)}》"


def names_of(documents: Sequence[Document], language: Language) -> str:
    """Several documents in one phrase."""
    names = list(dict.fromkeys(name_of(d, language) for d in documents))
    if language == "en":
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return "、".join(names)


def old_law(documents: Sequence[Document], language: Language) -> str:
    """Say that documents have ended, and when."""
    parts = list(dict.fromkeys(_ended(document, language) for document in documents))
    if language == "en":
        return f"Old law: {'; '.join(parts)}. It counts for facts of that time only."
    return f"旧规：{'；'.join(parts)}。只适用于当时的事实。"


def _ended(document: Document, language: Language) -> str:
    name = name_of(document, language)
    end = document.effective_to if isinstance(document.effective_to, date) else None
    if language == "en":
        what = "expired" if document.standing == "expired" else "ended"
        return f"{name} {what} on {end}" if end else f"{name} has {what}"
    if end is None:
        return f"{name}已失效"
    return f"{name}于{end}到期" if document.standing == "expired" else f"{name}有效期至{end}"


def where_to_look(documents: Sequence[Document], language: Language) -> str:
    """Point to the official documents and to the hotline."""
    if not documents:
        return (
            f"Please ask the competent customs office or call {HOTLINE}."
            if language == "en"
            else f"请咨询主管海关，或拨打{HOTLINE}。"
        )
    if language == "en":
        return f"Please check {names_of(documents, language)}, ask the competent customs office, or call {HOTLINE}."
    return f"请查阅{names_of(documents, language)}的官方文本，或咨询主管海关（{HOTLINE}）。"


def see_also(provisions: Sequence[tuple[Provision, str]], language: Language) -> str:
    """Name further provisions, each with its heading, in one line."""
    if language == "en":
        return f"See also: {'; '.join(f'{name_of(p.document, language)}, {heading}' for p, heading in provisions)}."
    return f"另见：{'；'.join(f'{name_of(p.document, language)}（{heading}）' for p, heading in provisions)}。"


def not_held(provision: Provision, language: Language) -> str:
    """What could not be answered, for the `missing` field."""
    title = provision.title(language)
    return (
        title.replace("（未核实）", "") + "：没有查到经核实的规定"
        if language != "en"
        else f"{title.replace(' (not verified)', '')}: no verified rule is held"
    )


def before(day: date, document: Document, language: Language) -> str:
    """Introduce what a former document ruled."""
    if language == "en":
        return f"Until {day} ({name_of(document, language)}, old rule): "
    return f"{day}以前（{name_of(document, language)}，旧规）："


def old_rule(text: str, language: Language) -> str:
    """Mark a statement that rests on old rules only."""
    return f"Old rule: {text}" if language == "en" else f"旧规：{text}"


def of_old_law(text: str, documents: Sequence[Document], language: Language) -> str:
    """Mark a statement some of whose sources are old."""
    if language == "en":
        return _suffixed(text, f" ({names_of(documents, language)}: old rule)")
    return _suffixed(text, f"（{names_of(documents, language)}是旧规）")


def not_yet(text: str, first: date, language: Language) -> str:
    """Mark a statement whose source applies from a later day on."""
    return _suffixed(text, f" (from {first})" if language == "en" else f"（{first}起施行）")


def _side(language: Language) -> str:
    return "en" if language == "en" else "zh"


def _marked(text: str, words: dict[str, str], language: Language, lead: bool) -> str:
    if language == "en":
        return _suffixed(text, words["en"]) if lead else text
    return words["zh"] + text if lead else text


def _suffixed(text: str, words: str) -> str:
    for stop in ("。", ".", "：", ":"):
        if text.endswith(stop):
            return text[: -len(stop)] + words + stop
    return text + words


CAVEATS = {
    "second_hand": (
        "部分内容来自二手资料，应以公告原文核对。",
        "Part of this comes from secondary sources and should be checked against the official text.",
    ),
    "summary": (
        "部分内容来自公告的摘要，细节应以公告原文为准。",
        "Part of this comes from a summary of the announcement; the official text decides.",
    ),
    "translated": (
        "现行办法的条文来自译文和摘要，不是官方原文。",
        "The articles in force are known through a translation and digests, not the official text.",
    ),
    "unverified": (
        "标“未核实”的内容没有经过官方文本核对。",
        "What is marked unverified was not checked against an official text.",
    ),
    "draft": ("征求意见稿不是法律。", "A draft for comment is not law."),
    "unconfirmed_rule": (
        "2026年标准的通过条件没有取得官方文本，不能据此断定能否通过。",
        "The pass rule of the 2026 standards has not been obtained, so a pass cannot be concluded from this.",
    ),
    "calculated": (
        "由程序按标准中的限额计算，以海关认定为准。",
        "Calculated from the limits in the standard; Customs decides.",
    ),
    "standing_unchecked": (
        "所引文件是否仍然有效没有核实。",
        "Whether a document cited here is still in force has not been checked.",
    ),
    "gap": (
        "起草的文字有一部分没有通过核对，已经略去；以所列条文为准。",
        "Part of the drafted wording did not pass the check and was left out; the provisions listed decide.",
    ),
    "future": (
        "所问日期在今天之后，按目前已知的规则回答。",
        "The day asked about lies ahead; the answer uses the rules known today.",
    ),
    "period_spans_change": (
        "所问期间内规则有变化，请选定具体日期。",
        "The rules changed within the period asked about; please choose a day.",
    ),
}  # fmt: skip


def caveat(code: str, language: Language) -> str:
    """The sentence that goes with a caveat's code."""
    zh, en = CAVEATS[code]
    return en if language == "en" else zh


def basis(provision: Provision, language: Language) -> str:
    """Name the document and article a rule rests on, and its period."""
    document = provision.document
    item = provision.item_no
    anchor = (f"第{item}项" if item and not item.startswith("SP") else provision.anchor) if item else provision.anchor
    first = document.effective_from if isinstance(document.effective_from, date) else None
    last = document.effective_to if isinstance(document.effective_to, date) else None
    if language == "en":
        period = (f", from {first}" if first else "") + (f" to {last}" if last else "")
        place = f"item {item}" if item else anchor
        return f"Basis: {document.number_en or document.number}, {document.title_en}, {place}{period}."
    period = (f"{first}起施行" if first else "") + (f"，{last}止" if last else "")
    return f"依据是{document.number}《{document.title_zh}》{anchor}" + (f"（{period}）。" if period else "。")


def unheld(language: Language) -> str:
    """Say that the question is in scope but nothing held answers it."""
    if language == "en":
        return "I hold no verified rule that answers this. "
    return "这个问题我没有查到经核实的规定。"
