"""Question in, answer out. Read this first.

    clean -> dialogue -> route by wording -> day -> calculation -> search -> route by meaning
          -> (a model reads the question) -> compose -> (a model words it) -> proof -> answer

Nothing here keeps state between questions, and nothing needs a language model. With one, its reading and
its wording are used where code finds nothing against them; all decisions stay here.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.arithmetic import calculate
from assistant.caveats import caveats_of
from assistant.citations import Draft, Proof, Proven
from assistant.clarify import Clarification, Clarifier
from assistant.compose import Composer, Composition, joined
from assistant.dates import AskedDay, asked_day
from assistant.dialogue import Standalone, standalone
from assistant.drafting import Worded
from assistant.guides import Guide, Guides
from assistant.intents import Intents
from assistant.labels import labelled
from assistant.model_help import ModelHelp
from assistant.model_proof import Judge
from assistant.models import Answer, Caveat, Kind, Question
from assistant.origin import Origin, Sent, digest_of
from assistant.phrases import basis, caveat, unheld, where_to_look
from assistant.render import render, translated
from assistant.replies import Reply, reply_to
from assistant.router import Decision, Router, without_injection
from assistant.standing import dated
from assistant.versions import versions_of
from assistant.working import drafts_of
from assistant.writer import Writer
from knowledge.alike import AskedAbout, Nearby, asked_about
from knowledge.models import Document, Passage, Provision
from knowledge.search import Found, Query, Search, provisions_by_id
from knowledge.text import Language, clean, language_of, traditional

DEPTH = 10
# The documents that hold what is not known about the present rules.
CURRENT_DOCUMENTS = ("gacc-order-282", "gacc-2026-32", "gacc-2026-34")

Keep = Callable[[Answer], None]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Understood:
    """A question after everything that can be told before searching."""

    question: Question
    language: Language
    standalone: Standalone
    query: Query
    day: AskedDay


@dataclass
class Course:
    """What goes along with one question: the guides that may be told, who hears proved sentences as they come."""

    guides: Sequence[Guide] = ()
    tell: Tell | None = None
    understood: Understood | None = None


class Assistant:
    """Answers questions from a search index, with proof."""

    def __init__(
        self, search: Search, intents: Intents, writer: Writer | None = None, keep: Keep | None = None
    ) -> None:
        self._search = search
        self._intents = intents
        self._router = Router(intents)
        self._clarifier = Clarifier()
        self.provisions = provisions_by_id(search.provisions)
        self._documents = {p.document.id: p.document for p in search.provisions}
        self._composer = Composer(self.provisions, search.terms)
        self._proof = Proof()
        self._calculable = [p for p in search.provisions if p.thresholds]
        judge = Judge(search.terms, self._proof)
        self._model = ModelHelp(writer, search.terms, judge) if writer else None
        self.writer = writer
        self.nearby = Nearby(search.vectors)
        self.guides = Guides(self.provisions, judge, self._proof, self.nearby)
        self._keep = keep

    @cached_property
    def versions(self) -> dict[str, str]:
        """What an answer depends on besides question and day."""
        return versions_of(self._search, self._intents)

    def with_writer(self, writer: Writer | None) -> Assistant:
        """Return an assistant over the same knowledge base with another model, or with none; it notes nothing."""
        return Assistant(self._search, self._intents, writer)

    def about(self, text: str) -> AskedAbout:
        """Return a question as it is compared with others."""
        return asked_about(self._search.understand(text))

    def proposed_for(self, text: str, on: date, limit: int) -> list[Provision]:
        """Return the rules in force on a day that fit a question best: what a guide to it may rest on."""
        found = self._search.search(text, on, 4 * limit).passages
        rules = [p.provision for p in found if p.provision.document.kind != "guide" and not p.provision.unknown]
        return rules[:limit]

    def answer(self, question: Question, guides: Sequence[Guide] = (), tell: Tell | None = None) -> Answer:
        """Return the answer to a question, always with a kind and the day it is for.

        ``guides`` are the coordinators' guides that are live. ``tell`` hears a model's sentences once they are
        proved, before it has finished; the answer says again what was told, and the rest.
        """
        started = time.perf_counter()
        course = Course(guides, tell)
        answer = self._with_guide(self._answer(question, course), question, course)
        if answer.question_language == "zh-Hant":
            answer = translated(answer)
        answer = labelled(answer)
        elapsed = (time.perf_counter() - started) * 1000
        answer = replace(answer, latency_ms=round(elapsed, 2), trace_id=uuid.uuid4().hex)
        if self._keep is not None and answer.origin.by == "model":
            self._keep(answer)
        return answer

    def _with_guide(self, answer: Answer, question: Question, course: Course) -> Answer:
        understood = course.understood
        if understood is None:
            return answer
        answer = replace(answer, understood=understood.query.text)
        guide = self.guides.nearest(course.guides, asked_about(understood.query), answer.on) if course.guides else None
        return self.guides.with_guide(answer, guide, understood.day, question.today) if guide else answer

    def _answer(self, question: Question, course: Course) -> Answer:
        text = clean(question.text)
        language = self._language(question, text)
        on = question.on or question.today
        if not any(character.isalnum() for character in text) or self._is_unknown_pinyin(text):
            return self._ask_back(on, language, self._clarifier.general(language))
        understood = course.understood = self._with_subject(text, question, language)
        resolved = understood.standalone
        may_follow = resolved.follows or bool(self._model and question.history)
        if not may_follow and (clarification := self._clarifier.needed(resolved.text, language)):
            return self._ask_back(understood.day.on, language, clarification)
        if decision := self._router.by_pattern(understood.query):
            return self._reply(decision, understood)
        if calculated := self._calculated(understood):
            return calculated
        found, decision = self._looked_up(understood)
        if self._model and (
            readings := self._model.readings(
                text, question.history, follows=resolved.follows, decided=decision.route == "policy"
            )
        ):
            reread = [self._understand(question, language, replace(resolved, text=r, follows=True)) for r in readings]
            if answer := self._read_by_model(reread, course):
                return replace(answer, readings=readings)
        if not resolved.follows and (clarification := self._clarifier.needed(resolved.text, language)):
            return self._ask_back(understood.day.on, language, clarification)
        if decision.route == "unheld":
            return self._unheld(understood)
        if decision.route != "policy":
            return self._reply(decision, understood)
        return self._policy([(understood, found)], course)

    def _with_subject(self, text: str, question: Question, language: Language) -> Understood:
        """The question with its subject; what goes beyond our scope lends none to a question that has a rule."""
        said = without_injection(text) or text
        resolved = standalone(said, question.history, self._search.terms)
        understood = self._understand(question, language, resolved)
        if not resolved.follows or not self._is_outside(understood):
            return understood
        alone = self._understand(question, language, standalone(said, (), self._search.terms))
        return alone if alone.query.term_ids and not self._is_outside(alone) else understood

    def _is_outside(self, understood: Understood) -> bool:
        decision = self._router.by_pattern(understood.query) or self._looked_up(understood)[1]
        return decision.route == "out_of_scope"

    def _looked_up(self, understood: Understood) -> tuple[Found, Decision]:
        found = self._search.find(understood.query, understood.day.on, DEPTH)
        return found, self._router.by_meaning(understood.query, found)

    def _read_by_model(self, reread: Sequence[Understood], course: Course) -> Answer | None:
        """The answer to a model's reading of the question, where code finds that it asks for rules."""
        if any(self._router.by_pattern(understood.query) for understood in reread):
            return None
        if len(reread) == 1 and (calculated := self._calculated(reread[0])):
            return calculated
        looked_up = [(understood, *self._looked_up(understood)) for understood in reread]
        parts = [(understood, found) for understood, found, decision in looked_up if decision.route == "policy"]
        return self._policy(parts, course) if parts else None

    def _language(self, question: Question, text: str) -> Language:
        """The language chosen, or else that of the question; pinyin is Chinese."""
        is_pinyin = self._search.pinyin.is_pinyin(text)
        return question.language or ("zh-Hans" if is_pinyin else language_of(text))

    def _is_unknown_pinyin(self, text: str) -> bool:
        return self._search.pinyin.is_pinyin(text) and self._search.pinyin.read(text) is None

    def _understand(self, question: Question, language: Language, resolved: Standalone) -> Understood:
        query = self._search.understand(resolved.text)
        named = tuple(self._documents[r.document_id] for r in query.references if not r.inferred)
        day = asked_day(query.text, question.today, question.on, named)
        return Understood(question, language, resolved, query, day)

    def _policy(self, parts: Sequence[tuple[Understood, Found]], course: Course) -> Answer:
        """The answer from the passages of a question, or of its parts; the day is that of the first part."""
        understood, found = parts[0]
        composition = joined([self._composed(*part) for part in parts], understood.language)
        worded = None
        if self._model and not understood.standalone.asks_basis:
            asked = understood.query.text if len(parts) == 1 else understood.question.text
            passages = [passage for _, each in parts for passage in each.passages[: DEPTH // len(parts)]]
            tell = self._telling(understood, course.tell) if course.tell else None
            worded = self._model.word(asked, composition, passages, understood.day.on, understood.language, tell)
        if worded:
            composition = worded.composition
        drafts = dated(composition.drafts, understood.day.on, understood.language)
        proven = self._proof.prove(drafts, understood.day.on, understood.language)
        retrieved = _sent([passage for _, each in parts for passage in each.passages])
        if not proven.statements:
            return replace(self._unheld(understood), retrieved=retrieved)
        return replace(self._finish(composition, proven, understood, worded=worded), retrieved=retrieved)

    def _telling(self, understood: Understood, tell: Tell) -> Callable[[Draft], None]:
        """Pass a drafted sentence on as it will be said, if it stands the last proof too."""
        on, language = understood.day.on, understood.language

        def told(draft: Draft) -> None:
            for statement in self._proof.prove(dated([draft], on, language), on, language).statements:
                tell(traditional(statement.text) if language == "zh-Hant" else statement.text)

        return told

    def _composed(self, understood: Understood, found: Found) -> Composition:
        composition = self._composer.compose(
            understood.query, found.passages, understood.day, understood.question.today, understood.language
        )
        if understood.standalone.asks_basis:
            composition = self._with_basis(composition, understood.language)
        return replace(composition, drafts=dated(composition.drafts, understood.day.on, understood.language))

    def _with_basis(self, composition: Composition, language: Language) -> Composition:
        """「依据是哪条？」: name document and article first."""
        sources = list({p.id: p for d in composition.drafts if d.role != "old" for p in d.provisions}.values())[:3]
        named = [Draft(basis(p, language), (p,), "lead") for p in sources]
        return replace(composition, drafts=(*named, *composition.drafts))

    def _calculated(self, understood: Understood) -> Answer | None:
        results = calculate(understood.query, self._calculable, understood.day.on)
        if not results:
            return None
        drafts = drafts_of(results, understood.query.text, understood.day.on, understood.language)
        proven = self._proof.prove(drafts, understood.day.on, understood.language)
        if not proven.statements:
            return None
        composition = Composition("answered", proven.drafts)
        return self._finish(composition, proven, understood, calculated=True)

    def _finish(
        self,
        composition: Composition,
        proven: Proven,
        understood: Understood,
        *,
        calculated: bool = False,
        worded: Worded | None = None,
    ) -> Answer:
        language, day = understood.language, understood.day
        caveats = caveats_of(proven, day, understood.question.today, language, calculated=calculated)
        if worded and worded.gaps:
            caveats = (*caveats, Caveat("gap", caveat("gap", language)))
        return Answer(
            kind=composition.kind,
            on=day.on,
            question_language=language,
            text=render(proven, composition, caveats, language),
            statements=proven.statements,
            citations=proven.citations,
            caveats=caveats,
            missing=composition.missing,
            suggestions=composition.suggestions,
            roles=tuple(draft.role for draft in proven.drafts),
            look_up=composition.look_up,
            origin=worded.origin if worded else Origin(),
        )

    def _unheld(self, understood: Understood) -> Answer:
        """In scope, but nothing held answers it: say so and where to look."""
        language = understood.language
        documents: Sequence[Document] = [self._documents[i] for i in CURRENT_DOCUMENTS if i in self._documents]
        look_up = where_to_look(documents, language)
        return self._plain("unknown", understood.day.on, language, f"{unheld(language)}{look_up}", missing=look_up)

    def _reply(self, decision: Decision, understood: Understood) -> Answer:
        reply: Reply = reply_to(decision, understood.language)
        return self._plain(reply.kind, understood.day.on, understood.language, reply.text, suggestions=reply.choices)

    def _ask_back(self, on: date, language: Language, clarification: Clarification) -> Answer:
        return self._plain("clarify", on, language, clarification.prompt, suggestions=clarification.choices)

    @staticmethod
    def _plain(
        kind: Kind, on: date, language: Language, text: str, *, missing: str = "", suggestions: tuple[str, ...] = ()
    ) -> Answer:
        caveats: tuple[Caveat, ...] = ()
        return Answer(kind, on, language, text, caveats=caveats, missing=missing, suggestions=suggestions)


def _sent(passages: Sequence[Passage]) -> tuple[Sent, ...]:
    return tuple(Sent(n, p.provision.id, digest_of(p.provision)) for n, p in enumerate(passages, 1))
