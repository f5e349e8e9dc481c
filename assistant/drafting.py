"""Let a model word an answer that code has composed, and keep only what stands.

The composition decides kind, sources and caveats. Sentences of the model that are proved take the place
of composed ones; where one falls, the composed statement on the same provision stands, or a gap is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.citations import Draft
from assistant.compose import RELATED_SHARE, Composition
from assistant.model_faults import Drafted, Fault
from assistant.model_proof import Judge
from assistant.model_reply import Unfolding, sentences_of
from assistant.origin import Fate, Origin, Sent, digest_of
from assistant.phrases import spoken
from assistant.prompt import MAX_SENTENCES, draft_prompt, masked
from assistant.writer import Writer, WriterAway
from knowledge.facts import facts_of
from knowledge.models import Confidence, Family, Passage, Provision
from knowledge.text import Language, clean

MAX_PASSAGES = 6
# Beside what the composed answer cites, the best passages of the search.
RETRIEVED = 4
_NAMED_BY_CITATION = frozenset({"order", "document", "letter", "announcement", "article", "item"})
Tell = Callable[[Draft], None]
_WORDED = frozenset({"lead", "point"})


@dataclass(frozen=True)
class JudgedSentence:
    """A drafted sentence and why it fell, if it did."""

    drafted: Drafted
    fault: Fault | None


@dataclass(frozen=True)
class Worded:
    """A composition in the model's words, where they come from, and how many sentences left a gap."""

    composition: Composition
    origin: Origin
    gaps: int


class Drafter:
    """Words compositions with a model."""

    def __init__(self, writer: Writer, judge: Judge) -> None:
        self._writer = writer
        self._judge = judge

    def word(
        self,
        question: str,
        composition: Composition,
        found: Sequence[Passage],
        on: date,
        language: Language,
        tell: Tell | None = None,
    ) -> Worded | None:
        """Return the composition in the model's words, or None where the composed ones stay.

        ``tell`` hears each sentence that stands as soon as it is complete, before the model has finished.
        """
        if composition.kind not in {"answered", "partial"}:
            return None
        passages = passages_for(composition, found)
        count = self._writer.counters.add
        try:
            heard = self._unfolding(passages, on, language, tell) if tell else None
            written = self._writer.write(draft_prompt(question, passages, on, language), heard)
        except WriterAway:
            count("fallbacks")
            return None
        judged = judge_reply(self._judge, written.text, passages, on, language)
        kept = [s for s in judged if s.fault is None]
        count("sentences_kept", len(kept))
        for sentence in judged:
            if sentence.fault:
                count("sentences_dropped")
                count(f"dropped_{sentence.fault.why}")
        if not kept:
            count("nothing_proved")
            return None
        sent = tuple(Sent(n, p.id, digest_of(p)) for n, p in passages.items())
        drafts, gaps = merged(judged, composition.drafts, passages, language)
        fates = tuple(Fate(s.drafted.text, s.drafted.marks, s.fault.why if s.fault else "") for s in judged)
        asked = masked(clean(question))
        origin = Origin("model", written.model, written.prompt, sent, asked, written.text, fates)
        return Worded(replace(composition, drafts=drafts), origin, gaps)

    def _unfolding(
        self, passages: dict[int, Provision], on: date, language: Language, tell: Tell
    ) -> Callable[[str], None]:
        told: list[Draft] = []

        def complete(drafted: Drafted) -> None:
            if len(told) < MAX_SENTENCES and self._judge.fault(drafted, passages, on, language) is None:
                told.append(Draft(drafted.text, tuple(passages[n] for n in drafted.marks), "lead"))
                tell(certain(told, language)[-1])

        return Unfolding(complete).heard


def passages_for(composition: Composition, found: Sequence[Passage]) -> dict[int, Provision]:
    """Return the numbered passages a model may use: what the composed answer cites, then the best found."""
    cited = [p for draft in composition.drafts if draft.role in _WORDED for p in draft.provisions]
    near = [
        passage.provision
        for passage in found[:RETRIEVED]
        if passage.provision.document.kind != "guide"
        and not passage.provision.unknown
        and passage.score >= found[0].score * RELATED_SHARE
    ]
    chosen = list({p.id: p for p in (*cited, *near)}.values())[:MAX_PASSAGES]
    return dict(enumerate(chosen, 1))


def judge_reply(
    judge: Judge,
    reply: str,
    passages: dict[int, Provision],
    on: date,
    language: Language,
    unmarked: tuple[int, ...] = (),
) -> list[JudgedSentence]:
    """Return the sentences of a reply, each judged; ``unmarked`` are the marks of one that has none."""
    drafted = [replace(s, marks=s.marks or unmarked) for s in sentences_of(reply)[: 2 * MAX_SENTENCES]]
    return [JudgedSentence(sentence, judge.fault(sentence, passages, on, language)) for sentence in drafted]


def merged(
    judged: Sequence[JudgedSentence],
    composed: Sequence[Draft],
    passages: dict[int, Provision],
    language: Language,
) -> tuple[tuple[Draft, ...], int]:
    """Return the drafts of the answer: the model's sentences, composed ones where they are missing; and the gaps."""
    worded = [draft for draft in composed if draft.role in _WORDED]
    used: set[int] = set()
    result: list[Draft] = []
    gaps = 0
    for sentence in judged:
        marked = [passages[n] for n in sentence.drafted.marks if n in passages]
        names = {provision.id for provision in marked}
        if sentence.fault is None:
            result.append(Draft(sentence.drafted.text, tuple(marked), "lead"))
            continue
        instead = [
            i for i, draft in enumerate(worded) if i not in used and any(p.id in names for p in draft.provisions)
        ]
        used.update(instead)
        result += [worded[i] for i in instead]
        gaps += not instead
    said = "\n".join(draft.text for draft in result)
    missing = [d for i, d in enumerate(worded) if i not in used and d.role == "lead" and not _told(d, said, result)]
    ordered = [replace(draft, role="lead") for draft in [*missing, *result]]
    others = [draft for draft in composed if draft.role not in _WORDED]
    return (*certain(ordered, language), *others), gaps


def _told(draft: Draft, said: str, result: Sequence[Draft]) -> bool:
    """Whether the model's sentences cite what a composed one cites and hold its figures; citations name documents."""
    cited = {p.id for other in result for p in other.provisions}
    figures = {fact for fact in facts_of(draft.text) if fact.kind not in _NAMED_BY_CITATION}
    return {p.id for p in draft.provisions} <= cited and figures <= facts_of(said)


def certain(drafts: Sequence[Draft], language: Language) -> list[Draft]:
    """Say in sentences that were not composed, too, how surely each is known; “second-hand” once."""
    told: set[Family] = set()
    result = []
    for draft in drafts:
        weakest = max((p.confidence for p in draft.provisions), key=lambda c: c.family.rank)
        once = weakest.family in told and weakest.family is not Family.UNVERIFIED
        told.add(weakest.family)
        marked = draft.text if once else _marked(draft.text, weakest, language)
        result.append(replace(draft, text=marked))
    return result


def _marked(text: str, confidence: Confidence, language: Language) -> str:
    marked = spoken(text, confidence.family, confidence is Confidence.O_SUM, language, lead=True)
    added = marked.replace(text.rstrip("。."), "").strip("。. ")
    return text if added and added in text else marked
