"""Answer a question about the own record: from the record, or with where to sign in and the public rule."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from api.records.errors import RecordsUnavailable
from api.records.gateway.status import StatusPage, find_status
from api.records.reader import Records
from api.records.scope import Reach, Scope
from api.usecases.own_record import conduct, standing
from api.usecases.own_record.citing import cited
from api.usecases.own_record.said import Said, either
from api.usecases.own_record.topics import Topic, names_another, topic_of
from assistant.answering import Assistant
from assistant.dates import asked_day
from assistant.models import Answer, Caveat, Question
from assistant.render import translated, with_marks
from knowledge.text import Language, clean, language_of, simplify

_RULE_QUESTIONS = {
    Topic.LEVEL: ("海关企业信用等级分为哪几级？", "What are the five credit levels under Order 282?"),
    Topic.REVIEW: ("高级认证企业多久复核一次？", "How often is an advanced certified enterprise reviewed?"),
    Topic.PENALTIES: (
        "行政处罚在认证标准中怎么计算，回溯多久？",
        "How are administrative penalties counted in the certification standards?",
    ),
    Topic.CLEARANCE: (
        "第282号令下高级认证企业的查验率是多少？",
        "What inspection rate do advanced certified enterprises have?",
    ),
    Topic.PUBLICATIONS: ("企业信用信息公示多久？", "How long is credit information published?"),
    Topic.LISTINGS: (
        "海关信用信息异常企业名录是什么？",
        "What is the list of enterprises with abnormal credit information?",
    ),
    Topic.PROFILE: ("企业画像是什么？", "What is the enterprise profile?"),
    Topic.MEASURES: ("什么是联合激励和联合惩戒？", "What are joint incentives and sanctions?"),
    Topic.COORDINATOR: ("企业协调员是谁选的？", "Who chooses the enterprise coordinator?"),
    Topic.CASES: ("认证申请多久出结果？", "How long does a certification take?"),
}  # fmt: skip
_PARTS = {
    Topic.LEVEL: ("history",), Topic.HISTORY: ("history",), Topic.REVIEW: ("history",),
    Topic.CASES: ("certification_cases", "repair_cases", "objection_cases"),
    Topic.COORDINATOR: ("coordinators",), Topic.PENALTIES: ("penalties",), Topic.LISTINGS: ("abnormal_listings",),
    Topic.CLEARANCE: ("clearance",), Topic.PROFILE: ("profile",), Topic.MEASURES: ("joint_measures",),
    Topic.AGENCIES: ("agency_records", "external_credit"), Topic.PUBLICATIONS: ("publications", "penalties"),
}  # fmt: skip
_MORE = {
    Topic.LEVEL: ("我们下次复核是什么时候？", "When is our next review?"),
    Topic.PENALTIES: ("我们最近有什么处罚？", "What penalties do we have?"),
    Topic.CLEARANCE: ("我们的查验率是多少？", "What is our inspection rate?"),
}


def answer_from_record(
    assistant: Assistant, question: Question, scope: Scope, records: Records | None, said_otherwise: Answer | None
) -> Answer:
    """Return the answer to a question about the own record.

    ``scope`` alone says whose record is read. ``said_otherwise`` is what the assistant says without a record.
    """
    started = time.perf_counter()
    language = question.language or language_of(clean(question.text))
    plain: Language = "en" if language == "en" else "zh-Hans"
    if scope.reach is Reach.ENTERPRISES and records is not None:
        answer = _own(assistant, question, scope, records, plain)
    elif scope.signed_in:
        answer = _plain(question, plain, _FOR_STAFF)
    else:
        answer = _with_public_rule(assistant, question, plain, said_otherwise)
    answer = replace(answer, question_language=language)
    if language == "zh-Hant":
        answer = translated(answer)
    elapsed = (time.perf_counter() - started) * 1000
    return replace(answer, latency_ms=round(elapsed, 2), trace_id=uuid.uuid4().hex)


def _own(assistant: Assistant, question: Question, scope: Scope, records: Records, language: Language) -> Answer:
    uscc = min(scope.usccs)
    try:
        with records.reader() as reader:
            found = find_status(reader, scope, uscc, question.today)
    except RecordsUnavailable:
        return _plain(question, language, _AWAY)
    if found is None:
        return _plain(question, language, _NOT_HELD)
    own = frozenset({found.enterprise.uscc, found.enterprise.customs_code})
    if names_another(question.text, own, found.enterprise.name):
        return _plain(question, language, _ANOTHER)
    return _told(assistant, question, found, language)


def _told(assistant: Assistant, question: Question, found: StatusPage, language: Language) -> Answer:
    topic = topic_of(question.text)
    day = min(question.on or asked_day(simplify(clean(question.text)), question.today).on, question.today)
    sayings = [
        said if said.records or said.rules else replace(said, records=(found.enterprise,))
        for said in _say(topic, found, language, day)
    ]
    statements, citations = cited(sayings, assistant.provisions, question.today, language)
    caveat = Caveat("record", either(language, *_ONLY_READ))
    side = 1 if language == "en" else 0
    more = tuple(words[side] for other, words in _MORE.items() if other is not topic)
    page = either(language, *_SEE_PAGE)
    text = "\n".join([*map(with_marks, statements), page, either(language, f"（{caveat.text}）", f"({caveat.text})")])
    return Answer(
        "record", day, language, text,
        statements=statements, citations=citations, caveats=(caveat,), suggestions=more,
        roles=("lead", *("point",) * (len(statements) - 1)), look_up=page,
    )  # fmt: skip


def _say(topic: Topic | None, found: StatusPage, language: Language, day: date) -> Iterator[Said]:
    """Say what the parts of the record hold; one that was not read is never told as empty."""
    topic = topic or Topic.LEVEL
    parts = _PARTS[topic]
    unread = {*parts} & {*found.not_held, *found.too_slow}
    if unread:
        yield Said(either(language, *_UNREAD))
    if len(unread) == len(parts):
        return
    if topic is Topic.LEVEL:
        yield from standing.say_level(found, language, day)
        return
    say = {
        Topic.HISTORY: standing.say_history,
        Topic.REVIEW: standing.say_review,
        Topic.CASES: standing.say_cases,
        Topic.COORDINATOR: standing.say_coordinator,
        Topic.PENALTIES: conduct.say_penalties,
        Topic.LISTINGS: conduct.say_listings,
        Topic.CLEARANCE: conduct.say_clearance,
        Topic.PROFILE: conduct.say_profile,
        Topic.MEASURES: conduct.say_measures,
        Topic.AGENCIES: conduct.say_agencies,
        Topic.PUBLICATIONS: conduct.say_publications,
    }
    yield from say[topic](found, language)


def _with_public_rule(
    assistant: Assistant, question: Question, language: Language, said_otherwise: Answer | None
) -> Answer:
    """Say where to sign in, and what the public rule on the subject is."""
    first = said_otherwise.text if said_otherwise and said_otherwise.kind == "record" else ""
    sign_in = f"{first}{either(language, *_SIGN_IN)}".strip()
    asked = _RULE_QUESTIONS.get(topic_of(question.text) or Topic.LEVEL, _RULE_QUESTIONS[Topic.LEVEL])
    rule = assistant.answer(Question(asked[1 if language == "en" else 0], question.today, language=language))
    if not rule.statements:
        return replace(_plain(question, language, ("", "")), text=sign_in)
    return replace(
        rule, kind="record", on=question.today, text=f"{sign_in}\n{rule.text}", look_up=sign_in, suggestions=()
    )


def _plain(question: Question, language: Language, words: tuple[str, str]) -> Answer:
    return Answer("record", question.today, language, either(language, *words))


_SIGN_IN = (
    "请在本系统网页登录（/sign-in）；还没有绑定企业的，凭主管海关发放的绑定码或者同事的邀请绑定（/join）。",
    " Sign in on the pages of this system (/sign-in); who is not bound to an enterprise yet needs a code from the "
    "competent customs or an invitation from a colleague (/join).",
)
_FOR_STAFF = (
    "企业的记录请在“企业”页查找（/enterprises），填写查看理由后打开；这里只答企业用户自己的记录。",
    "Look records up under “Enterprises” (/enterprises) and open them after giving a reason; here only an "
    "enterprise's own people are answered from its record.",
)
_ANOTHER = (
    "这里只能答您自己企业的记录。其他企业依法公示的信息可以在“公示查询”页查（/published）。",
    "Only your own enterprise's record can be told here. What is published about others can be looked up under "
    "“Public search” (/published).",
)
_AWAY = (
    "企业记录暂时读不到，请稍后再问；问规则不受影响。",
    "The records cannot be read at the moment. Please ask again later; questions about the rules still work.",
)
_UNREAD = (
    "这一部分没有读到：所接的数据库没有，或者读取太慢。",
    "Part of this was not read: the connected database does not hold it, or reading took too long.",
)
_NOT_HELD = ("共享记录里没有您绑定的企业。", "The shared records hold nothing about the enterprise you are bound to.")
_ONLY_READ = (
    "取自海关共享记录，以海关认定为准。",
    "Taken from the shared customs records; what Customs decides prevails.",
)
_SEE_PAGE = ("全部记录见“企业状况”页（/status）。", "The whole record is on the page “Enterprise record” (/status).")
