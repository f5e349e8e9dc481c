"""A text in clauses: what each one is about, whose figures it holds, and what it allows, asks or forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.worded_figures import worded_figures
from knowledge.facts import Fact, facts_of, stands
from knowledge.numerals import CHINESE
from knowledge.text import CJK, clean, simplify

# Where a clause ends. A comma between digits belongs to the number.
_SENTENCE_END = re.compile(r"[。；;！!？?\n]+|(?<=[A-Za-z0-9)%”\"])(?<!\bNo)(?<!\bNos)(?<!\bart)\. ")
_CLAUSE_END = re.compile(
    r"[，,](?![0-9]{3}(?![0-9]))|[：:](?=.)| (?:and|but|or)(?= (?:the|at|a|an|no|in|could|may|must|related)\b)",
    re.I,
)
_DAY_COMMA = re.compile(r"(\b[A-Z][a-z]{2,8} [0-9]{1,2}), (?=[12][0-9]{3}\b)")
_ENUMERATOR = re.compile(r"^ ?(?:[（(][0-9一二三四五六七八九十]{1,2}[)）]|[0-9]{1,2}[.、])")
_SAME_TIME = re.compile(r"同时|同日|at the same time|the same day", re.I)

Subjects = dict[str, frozenset[str]]

# Words of one group exclude each other: what is said of one is not said of the other.
_GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "indicator",
        (
            ("debt_to_asset", r"资产负债率|debt[- ]to[- ]assets?"),
            ("cash_flow", r"现金流(?:量)?负债比|cash flow to debt"),
            ("cash", r"现金比率|cash ratio"),
            ("current", r"流动比率|current ratio"),
            ("operating_margin", r"营业利润率|operating (?:profit )?margin"),
            ("gross_margin", r"毛利率|gross (?:profit )?margin"),
            ("return", r"资产报酬率|return on (?:total )?assets"),
            ("net_profit", r"净利润|net profit"),
        ),
    ),
    (
        "type",
        (
            ("non_production", r"非生产型|non-production|non-manufacturing"),
            ("production", r"(?<!非)生产型|(?<!non-)production[- ](?:type|enterprise)|(?<!non-)manufacturing"),
        ),
    ),
    (
        "broker",
        (
            ("other", r"非报关企业|收发货人|other than (?:customs )?brokers|consignees?|consignors?"),
            ("broker", r"(?<!非)报关企业|报关行|(?<!other than )(?<!other than customs )\bbrokers?\b"),
        ),
    ),
    (
        "event",
        (
            ("signed", r"签署|签订|\bsigned\b"),
            ("in_force", r"实施|施行|生效|in force|took effect|takes effect|effective|implement|in operation"),
            ("published", r"公布|发布|promulgat|publish|issued"),
            ("ended", r"废止|失效|到期|为止|有效期至|repeal|expire|ended|until"),
        ),
    ),
    ("sum", (("single", r"单次|每次|一次性|single|each"), ("total", r"累计|合计|总额|in total|altogether|cumulative"))),
    (
        "gravity",
        (
            ("minor", r"轻微|\bminor\b"),
            ("ordinary", r"一般(?!认证|信用|情况)|\b(?:ordinary|general)\b(?! (?:certified|credit|standard))"),
            ("serious", r"严重|\bserious(?:ly)?\b"),
        ),
    ),
    (
        "quality",
        (("high", r"高质量|high-quality"), ("any", r"(?<!高质量)查获|(?<!high-quality )finding|had findings")),
    ),
    ("extent", (("longest", r"最长|longest"), ("shortest", r"最短|最少|shortest|minimum"))),
)
_READ = tuple((group, tuple((n, re.compile(p, re.I)) for n, p in words)) for group, words in _GROUPS)
# Facts that say what something is about; all others are figures.
SUBJECT_KINDS = frozenset({"level", "order", "document"})
PLACE_KINDS = frozenset({"article", "item"})


@dataclass(frozen=True)
class Clause:
    """A part of a sentence, its own subjects and those it has from what stands before it."""

    text: str
    sentence: str
    facts: frozenset[Fact]
    own: tuple[tuple[str, frozenset[str]], ...]
    inherited: tuple[tuple[str, frozenset[str]], ...]
    local: tuple[tuple[str, frozenset[str]], ...]  # those of the same sentence

    @property
    def figures(self) -> frozenset[Fact]:
        """Its numbers, periods, amounts, counts and days."""
        return frozenset(f for f in self.facts if f.kind not in SUBJECT_KINDS | PLACE_KINDS)

    @property
    def subjects(self) -> Subjects:
        """Whom and what it is about, by group: its own words, or else those before."""
        return {**dict(self.inherited), **dict(self.own)}

    @property
    def grams(self) -> frozenset[str]:
        """Its wording."""
        return grams_of(self.text)

    def holds(self, figure: Fact) -> bool:
        """Whether a figure stands in it, in this notation or a looser one."""
        if figure.kind in {"count", "number"}:
            return figure in self.facts or any(
                f.value == figure.value and f.kind not in _NOT_COUNTS for f in self.facts
            )
        return stands(figure, self.facts)


_NOT_COUNTS = frozenset({"percent", "money", "date", "month", "year", "day_of_year", "rhythm"}) | SUBJECT_KINDS


def clauses_of(text: str, opening: Subjects | None = None, partners: re.Pattern[str] | None = None) -> list[Clause]:
    """Return the clauses of a text; ``opening`` are subjects that its heading gives every line."""
    found: list[Clause] = []
    for line in text.split("\n"):
        plain = _ENUMERATOR.sub("", _DAY_COMMA.sub(r"\1 ", simplify(clean(line))))
        found += _clauses_of_line(plain, dict(opening or {}), partners)
    return found


def _clauses_of_line(line: str, before: Subjects, partners: re.Pattern[str] | None) -> list[Clause]:
    found: list[Clause] = []
    for sentence in _SENTENCE_END.split(line):
        local: Subjects = {}
        for part in _CLAUSE_END.split(sentence):
            if not part.strip():
                continue
            own = subjects_in(part, partners)
            facts = facts_of(part) | worded_figures(part)
            if found and _SAME_TIME.search(part):
                facts |= found[-1].figures
            before, local = {**before, **own}, {**local, **own}
            found.append(Clause(part, sentence, facts, _frozen(own), _frozen(before), _frozen(local)))
    return found


def subjects_in(text: str, partners: re.Pattern[str] | None = None) -> Subjects:
    """Return what a text is about, by group."""
    found: dict[str, set[str]] = {}
    for fact in facts_of(text):
        if fact.kind in SUBJECT_KINDS or fact.kind == "item":
            group = fact.kind if fact.kind in {"level", "item"} else "document"
            found.setdefault(group, set()).add(fact.value)
    for group, words in _READ:
        named = {name for name, pattern in words if pattern.search(text)}
        if named:
            found[group] = named
    if partners and (named := {match.group().lower() for match in partners.finditer(text)}):
        found["partner"] = named
    return {group: frozenset(names) for group, names in found.items()}


def joined(parts: Iterable[Subjects]) -> Subjects:
    """Return the subjects of several texts together."""
    result: dict[str, frozenset[str]] = {}
    for part in parts:
        for group, names in part.items():
            result[group] = result.get(group, frozenset()) | names
    return result


def covered(wording: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of a wording that stands in another, 0..1."""
    return len(wording & other) / len(wording) if wording else 0.0


_MARKED = re.compile(
    r"不得|不能|不可以|不可|不予|禁止|不准|不许|应当|必须|可以|无需|不需要|不必|需要|"
    r"\b(?:must|may|shall|should|can|cannot|not|need)\b",
    re.I,
)
_NUMERAL = re.compile(rf"第?[{CHINESE}]+(?=[年月日天个次条项号章级类家人票万亿元])")
_PARTICLE = re.compile(r"[的了之]")
_STOP = frozenset(
    """a an and are as at be been but by can could do does for from has have he her how i if in into is it its may me
    must my no not of on or our shall should so such that the their them there these they this to under was we were
    what when which who will with would you your than then also any all each every more""".split()
)


@lru_cache(maxsize=8192)
def grams_of(text: str) -> frozenset[str]:
    """Return the wording of a text: pairs of characters in Chinese, beginnings of words in English; no modal words."""
    plain = _PARTICLE.sub("", _NUMERAL.sub(" ", _MARKED.sub(" ", text.lower())))
    grams: set[str] = set()
    for run in re.findall(r"[\u4e00-\u9fff]+", plain):
        grams.update(run[i : i + 2] for i in range(len(run) - 1))
    grams.update(stem for word in re.findall(r"[a-z]{2,}", plain) if (stem := _stem(word)))
    return frozenset(grams)


def _stem(word: str) -> str:
    return "" if word in _STOP else word[:5]


def is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese."""
    return bool(CJK.search(text))


def _frozen(subjects: Subjects) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(sorted(subjects.items()))


def nearest(text: str, others: Iterable[str], slack: float = 0.1) -> tuple[float, list[str]]:
    """Return how much of a text's wording its nearest counterpart has, and the counterparts that come near that."""
    wording = grams_of(text)
    rated = [(covered(wording, grams_of(other)), other) for other in dict.fromkeys(others)]
    best = max((value for value, _ in rated), default=0.0)
    return best, [other for value, other in rated if value >= best - slack]
