"""What is said about level, history, next review, coordinator and cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from api.records import rules
from api.records.gateway.cases import CertificationCase, ObjectionCase, RepairCase
from api.records.gateway.rating import Rating, held_since
from api.records.gateway.status import StatusPage
from api.records.wording import day_text, label_of
from api.usecases.own_record.said import Said, either
from knowledge.text import Language

AnyCase = CertificationCase | RepairCase | ObjectionCase


def say_level(found: StatusPage, language: Language, day: date) -> Iterator[Said]:
    """The level held on a day, since when, by whom."""
    rating = next((one for one in found.history or () if one.held_on(day)), None)
    if rating is None:
        yield Said(either(language, "记录里没有那一天的信用等级。", "There is no credit level on record for that day."))
        return
    level, begins = label_of("level", rating.level, language), day_text(rating.effective_from, language)
    on = day_text(day, language)
    if day == found.day:
        text = either(
            language, f"贵企业现在是{level}，按现行办法自{begins}起。",
            f"Your enterprise is now: {level}, under the measures in force since {begins}.",
        )  # fmt: skip
    else:
        scheme = label_of("scheme", rating.scheme, language)
        text = either(
            language, f"{on}时贵企业是{level}（{scheme}），自{begins}起。",
            f"On {on} your enterprise was: {level} ({scheme}), since {begins}.",
        )  # fmt: skip
    scheme_rule = (rating.meaning.rule,) if rating.meaning else ()
    yield Said(text, (rating,), scheme_rule if day != found.day else rules.RULES["level"][:1])
    since = held_since(found.history or (), day)
    if since is not None and since.source != rating.source:
        first = day_text(since.effective_from, language)
        yield Said(
            either(
                language,
                f"把旧名称连起来算，这一等级从{first}保持至{'今' if day == found.day else on}；"
                "新旧等级怎样衔接没有核实，这样算是本系统的理解。",
                f"Counting old names, it {'has' if day == found.day else 'had'} been held since {first}; how levels "
                "were carried over is not verified, and counting them as one is our reading.",
            ),
            (since,), rules.RULES["carried_over"],
        )  # fmt: skip
    yield from _given(since or rating, language)


def say_review(found: StatusPage, language: Language) -> Iterator[Said]:
    """The next review."""
    rating = found.rating
    if rating is None or rating.next_review is None:
        level = label_of("level", rating.level, language) if rating else ""
        text = either(
            language, f"记录里没有下次复核的日期。贵企业现在的等级：{level or '没有记录'}。",
            f"No date of a next review is on record. Present level: {level or 'not on record'}.",
        )  # fmt: skip
        yield Said(text, (rating,) if rating else (), rules.review_rules(rating.level) if rating else ())
        return
    days = (rating.next_review - found.day).days
    when = day_text(rating.next_review, language)
    away = (
        either(language, f"还有{days}天", f"in {days} days") if days >= 0 else either(language, "已经过期", "overdue")
    )
    text = either(language, f"贵企业下次复核的日期是{when}（{away}）。", f"Your next review is due on {when} ({away}).")
    yield Said(text, (rating,), rules.review_rules(rating.level))


def say_history(found: StatusPage, language: Language) -> Iterator[Said]:
    """The levels held, the newest first."""
    if not found.history:
        yield Said(either(language, "记录里没有信用等级。", "There is no credit level on record."))
        return
    for rating in found.history:
        first, level = day_text(rating.effective_from, language), label_of("level", rating.level, language)
        last = day_text(rating.effective_to, language) if rating.effective_to else ""
        ends = either(language, f"至{last}" if last else "起", f" to {last}" if last else " onwards")
        scheme = label_of("scheme", rating.scheme, language)
        text = either(language, f"{first}{ends}：{level}（{scheme}）。", f"{first}{ends}: {level} ({scheme}).")
        yield Said(text, (rating,), (rating.meaning.rule,) if rating.meaning else ())


def say_coordinator(found: StatusPage, language: Language) -> Iterator[Said]:
    """Who coordinates the enterprise."""
    if not found.coordinators:
        yield Said(either(language, "记录里没有分派给贵企业的协调员。", "No coordinator is assigned on record."))
        return
    for one in found.coordinators:
        name, first = one.coordinator_name or one.coordinator, day_text(one.assigned_from, language)
        text = either(language, f"贵企业的协调员是{name}，自{first}起。", f"Your coordinator is {name}, since {first}.")
        yield Said(text, (one,), rules.RULES["coordinators"][:1])


def say_cases(found: StatusPage, language: Language) -> Iterator[Said]:
    """Open cases and where they stand; closed ones only by number."""
    cases: list[AnyCase] = [
        *(found.certification_cases or ()),
        *(found.repair_cases or ()),
        *(found.objection_cases or ()),
    ]
    pending = [case for case in cases if case.is_open]
    if not pending:
        closed = len(cases)
        text = either(
            language, f"记录里没有没办结的认证、复核、修复或异议案件；已经办结的有{closed}件。",
            f"No open certification, review, repair or objection case is on record; closed ones: {closed}.",
        )  # fmt: skip
        yield Said(text, tuple(cases[:1]))
    for case in pending:
        kind, state = _name_of(case, language), label_of("case_state", case.state, language)
        on = day_text(case.state_on or case.submitted_on, language)
        text = either(
            language, f"{kind}（{case.case_no}）：{state}，{on}。", f"{kind} ({case.case_no}): {state}, {on}."
        )
        case_rules = rules.RULES["objection_limit"] if isinstance(case, ObjectionCase) else rules.case_rules(case)
        yield Said(text, (case,), case_rules[:1])


def _name_of(case: AnyCase, language: Language) -> str:
    if isinstance(case, CertificationCase):
        return label_of("case_kind", case.kind, language)
    if isinstance(case, RepairCase):
        return label_of("repair_kind", case.kind, language)
    return either(language, "公示信息异议", "Objection to published information")


def _given(rating: Rating, language: Language) -> Iterator[Said]:
    if rating.deciding_customs_name is None:
        return
    basis = label_of("rating_basis", rating.basis, language)
    number = rating.decision_no or ""
    text = either(
        language, f"认定事由是{basis}{f'（{number}）' if number else ''}，认定海关是{rating.deciding_customs_name}。",
        f"Basis: {basis}{f' ({number})' if number else ''}; decided by {rating.deciding_customs_name}.",
    )  # fmt: skip
    rule = rules.basis_rule(rating)
    yield Said(text, (rating,), (rule,) if rule else ())
