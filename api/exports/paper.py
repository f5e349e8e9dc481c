"""What stands on the paper of a self-assessment, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from api.exports import words
from selfassess.caveats import caveats_of
from selfassess.forecast import Forecast
from selfassess.gaps import EFFORTS, Gap, find_gaps
from selfassess.grades import Grade
from selfassess.outcome import Outcome
from selfassess.proposal import Contradiction
from selfassess.situation import Assessed
from selfassess.text import Language, Text
from selfassess.walk.prompt import GRADE_NAMES

Row = tuple[str, ...]
_ORIGINS = {"record": words.BY_RECORD, "calculated": words.BY_FIGURES}


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A task of the cultivation plan."""

    id: str
    item: str
    what: str
    owner: str
    due: date | None
    remind_days: int
    done: bool


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The version this paper is of."""

    version: int
    sha256: str


@dataclass(frozen=True)
class Dossier:
    """A result with what belongs to it. ``evidence`` are the titles of the documents that prove each item,
    ``origins`` whether an answer was confirmed from ``record`` or ``calculated``.

    ``made_at`` is a moment of the reader's clock, without a zone.
    """

    enterprise: str
    uscc: str
    assessed: Assessed
    day: date
    made_at: datetime
    ahead: Forecast | None = None
    tasks: Sequence[PlanTask] = ()
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    handed_in: HandedIn | None = None


@dataclass(frozen=True)
class Table:
    """A table with its heading; ``widths`` are shares of the page. ``empty`` is said in place of no rows."""

    title: str
    heads: Row
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    empty: str


@dataclass(frozen=True)
class Section:
    """The items of one section of the standard; the group stands above its first item."""

    title: str
    rows: tuple[tuple[str, Row], ...]


@dataclass(frozen=True)
class Paper:
    """The whole paper: who and what, the verdict, the tables, what to note."""

    title: str
    facts: tuple[Row, ...]
    verdict: str
    reasons: tuple[str, ...]
    counts: tuple[Row, ...]
    item_heads: Row
    sections: tuple[Section, ...]
    gaps: Table
    plan: Table
    ahead: Table
    ahead_notes: tuple[str, ...]
    notes: tuple[str, ...]
    signed: tuple[str, ...]


def paper_of(dossier: Dossier, language: Language = "zh") -> Paper:
    """Return what stands on the paper."""
    outcome, tell = dossier.assessed.outcome, _Teller(language)
    verdict = {True: words.PASSED, False: words.FAILED, None: words.OPEN}[outcome.passed]
    heads = (words.NO, words.ITEM, words.GRADE, words.ORIGIN, words.NOTE, words.RECORD, words.EVIDENCE)
    return Paper(
        title=f"{tell(outcome.standard.title)} {tell(words.TITLE)}",
        facts=tuple(_facts(dossier, tell)),
        verdict=tell(verdict),
        reasons=tuple(tell(reason) for reason in outcome.reasons),
        counts=tuple(_counts(outcome, tell)),
        item_heads=tuple(map(tell, heads)),
        sections=tuple(_sections(dossier, tell)),
        gaps=_gaps(dossier, tell),
        plan=_plan(dossier, tell),
        ahead=_ahead(dossier, tell),
        ahead_notes=tuple(_ahead_notes(dossier, tell)),
        notes=tuple(tell(said) for _, said in caveats_of(dossier.assessed, dossier.day)),
        signed=tuple(map(tell, words.PERSONS)),
    )


@dataclass(frozen=True)
class _Teller:
    """Says a text in the language of the paper."""

    language: Language

    def __call__(self, said: Text) -> str:
        return said.read(self.language)

    def listed(self, parts: Sequence[str]) -> str:
        """Several things in a row."""
        return ("；" if self.language == "zh" else "; ").join(parts)


def _facts(dossier: Dossier, tell: _Teller) -> Iterator[Row]:
    standard, handed_in = dossier.assessed.outcome.standard, dossier.handed_in
    yield tell(words.ENTERPRISE), dossier.enterprise
    yield tell(words.USCC), dossier.uscc
    yield tell(words.STANDARD), f"{standard.number} {tell(standard.annex)} {tell(standard.title)}"
    yield tell(words.DAY), dossier.day.isoformat()
    yield tell(words.MADE), dossier.made_at.strftime("%Y-%m-%d %H:%M")
    yield tell(words.VERSION), tell(words.DRAFT) if handed_in is None else str(handed_in.version)
    if handed_in is not None:
        yield tell(words.DIGEST), handed_in.sha256


def _counts(outcome: Outcome, tell: _Teller) -> Iterator[Row]:
    """How many items have each grade; bonus items stand by themselves, because not meeting them is no shortcoming."""
    items = outcome.standard.items
    given = [grade for no, grade in outcome.grades.items() if not items[no].bonus]
    yield from ((tell(GRADE_NAMES[grade]), str(given.count(grade))) for grade in Grade)
    bonus = [outcome.grades[no] for no in items if items[no].bonus]
    if bonus:
        yield tell(words.BONUS), f"{bonus.count(Grade.MET)} / {len(bonus)}"


def _sections(dossier: Dossier, tell: _Teller) -> Iterator[Section]:
    differs = {found.no: found for found in dossier.assessed.contradictions if found.certain}
    for section in dossier.assessed.outcome.standard.sections:
        rows = [
            (tell(group.title), _item_row(dossier, item.no, differs.get(item.no), tell))
            for group in section.groups
            for item in group.items
        ]
        yield Section(tell(section.title), tuple(rows))


def _item_row(dossier: Dossier, no: str, differs: Contradiction | None, tell: _Teller) -> Row:
    assessed = dossier.assessed
    grade, exempt = assessed.outcome.grades[no], assessed.applicable.exempt
    origin = _ORIGINS.get(dossier.origins.get(no) or assessed.sources.get(no, ""), words.BY_SELF)
    proposal = assessed.proposals.get(no)
    recorded = [f"{tell(one.label)}：{one.read(tell.language)}" for one in proposal.shown] if proposal else []
    if differs is not None:
        recorded.append(f"{tell(words.DIFFERS)}{tell(GRADE_NAMES[differs.record])}")
    own = assessed.sources.get(no) == "self" and dossier.origins.get(no, "self") == "self"
    note = tell(exempt[no]) if no in exempt else assessed.answers[no].note if own else ""
    return (
        no,
        tell(assessed.outcome.standard.items[no].title),
        tell(GRADE_NAMES[grade]),
        tell(origin) if grade is not Grade.UNANSWERED and no not in exempt else "",
        note,
        tell.listed(recorded),
        tell.listed(list(dossier.evidence.get(no, ()))),
    )


def _gaps(dossier: Dossier, tell: _Teller) -> Table:
    heads = (
        words.NO, words.ITEM, words.GRADE, words.BLOCKS, words.REASON, words.NEXT_STEP, words.OWNER, words.EFFORT,
        words.DUE, words.CLAUSE,
    )  # fmt: skip
    due = {task.item: task.due for task in dossier.tasks if task.due is not None and not task.done}
    rows = [_gap_row(gap, due.get(gap.no), tell) for gap in find_gaps(dossier.assessed, dossier.ahead)]
    widths = (5, 13, 8, 7, 18, 20, 8, 8, 9, 12)
    return Table(tell(words.GAPS), tuple(map(tell, heads)), tuple(rows), widths, tell(words.NONE))


def _gap_row(gap: Gap, due: date | None, tell: _Teller) -> Row:
    owners = ("、" if tell.language == "zh" else ", ").join(map(tell, gap.owners))
    by_itself = gap.passes_on
    day = due or by_itself
    return (
        gap.no,
        tell(gap.title),
        tell(GRADE_NAMES[gap.grade]),
        tell(words.YES if gap.blocks else words.NO_WORD),
        tell(gap.reason),
        tell(gap.next_step),
        owners,
        tell(EFFORTS[gap.effort]),
        "" if day is None else day.isoformat(),
        tell(gap.clause),
    )


def _plan(dossier: Dossier, tell: _Teller) -> Table:
    heads = (words.NO, words.TASK, words.OWNER, words.DUE, words.DONE)
    rows = [
        (
            task.item,
            task.what,
            task.owner,
            "" if task.due is None else task.due.isoformat(),
            tell(words.YES if task.done else words.NO_WORD),
        )
        for task in dossier.tasks
    ]
    return Table(tell(words.PLAN), tuple(map(tell, heads)), tuple(rows), (7, 52, 17, 14, 10), tell(words.NONE))


def _ahead(dossier: Dossier, tell: _Teller) -> Table:
    heads, items = (words.NO, words.ITEM, words.FROM_DAY, words.REASON), dossier.assessed.outcome.standard.items
    rows = [
        (
            one.no,
            tell(items[one.no].title),
            tell(words.STAYS) if one.passes_on is None else one.passes_on.isoformat(),
            tell(one.reason),
        )
        for one in (dossier.ahead.items if dossier.ahead is not None else ())
    ]
    return Table(tell(words.AHEAD), tuple(map(tell, heads)), tuple(rows), (8, 32, 22, 38), tell(words.NONE))


def _ahead_notes(dossier: Dossier, tell: _Teller) -> Iterator[str]:
    ahead = dossier.ahead
    if ahead is None or not ahead.items:
        return
    if ahead.all_pass_on is not None:
        yield f"{tell(words.ALL_FROM)}：{ahead.all_pass_on.isoformat()}"
    yield tell(ahead.assumption)
