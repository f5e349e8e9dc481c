"""The distinguishing marks handed out to full files, one each, so that every item has its examples.

The key says what is wrong (or especially right); the comment names the advanced item it is an example for.
"""

from __future__ import annotations

from collections.abc import Callable

from api.records.sample.traits import NEGLIGENT, FieldTrait, PenaltyTrait, Traits

Mark = Callable[[Traits], None]
DISCREDITED_BROKER, DISCREDITED_FIRM, HEAD_OFFICE = 3, 4, 6  # slots
AEO_BROKERS = (2, 8)


def _set(**values: object) -> Mark:
    def mark(traits: Traits) -> None:
        for name, value in values.items():
            setattr(traits, name, value)

    return mark


def _penalised(*penalties: PenaltyTrait) -> Mark:
    return _set(penalties=list(penalties))


def _in_field(field: str, count: int, **more: object) -> Mark:
    penalties = [PenaltyTrait(60 + 40 * number, 3_000, field, cause="逃避商检或检疫") for number in range(count)]
    return _set(penalties=penalties, fields=[FieldTrait(field)], **more)


def _adverse(field: str, role: str, adverse: int, **more: object) -> Mark:
    return _set(fields=[FieldTrait(field, role, adverse=adverse)], **more)


def _notified(field: str) -> Mark:
    return _adverse(field, "own", 0, notified=[(field, True)])


def _forged(field: str) -> Mark:
    forged = PenaltyTrait(300, 8_000, field, forgery=True, cause="伪造、变造检验检疫单证")
    return _set(penalties=[forged], fields=[FieldTrait(field)])


MARKS: dict[str, Mark] = {
    "contact_not_filed": _set(contact_filed=False),  # 1
    "post_not_notified": _set(posts=[(0, False)]),  # 1
    "system_not_linked": _set(linked=False),  # 8
    "no_security_certificate": _set(iso27001=False),  # 9
    "mlps_conforms": _set(iso27001=False, mlps="符合"),  # 9
    "mlps_does_not_conform": _set(iso27001=False, mlps="不符合"),  # 9
    "audit_qualified": _set(opinion="qualified"),  # 12
    "audit_adverse": _set(opinion="adverse"),  # 12
    "audit_disclaimer": _set(opinion="disclaimer"),  # 12
    "insolvent": _set(finance="insolvent"),  # 13
    "one_ratio_met": _set(finance="one_ratio"),  # 13
    "unprofitable": _set(finance="loss"),  # 14
    "one_profit_indicator_met": _set(finance="thin"),  # 14
    "overindebted": _set(finance="overindebted"),  # 2022 general 14
    "dissolving": _set(status="dissolving"),  # 15
    "bankrupt": _set(status="bankrupt"),  # 15
    "change_not_filed": _set(changes=[(200, True)]),  # 16
    "change_not_filed_long_ago": _set(changes=[(520, True)]),  # 16, advanced only
    "person_convicted": _set(convictions=[(150, "职务侵占罪")]),  # 17
    "person_convicted_long_ago": _set(convictions=[(520, "职务侵占罪")]),  # 17, advanced only
    "person_convicted_by_negligence": _set(convictions=[(150, NEGLIGENT)]),  # 17, passes
    "penalty_over_50000": _penalised(PenaltyTrait(100, 60_000)),  # 18, advanced only
    "penalty_over_100000": _penalised(PenaltyTrait(100, 120_000, goods=80_000)),  # 18, both
    "penalty_small_against_trade": _set(penalties=[PenaltyTrait(100, 80_000)], monthly_value=90_000_000),  # 18 passes
    "four_penalties": _penalised(*(PenaltyTrait(30 + 60 * number) for number in range(4))),  # 19, advanced only
    "seven_penalties": _penalised(*(PenaltyTrait(20 + 40 * number) for number in range(7))),  # 19, both
    "four_penalties_many_documents": _set(
        penalties=[PenaltyTrait(30 + 60 * number) for number in range(4)], declarations=900
    ),  # 19, passes by the share of documents
    "penalties_self_disclosed": _penalised(PenaltyTrait(90, 0, self_disclosed=True), PenaltyTrait(170, 2_000)),  # 19
    "penalty_long_ago": _penalised(PenaltyTrait(500, 300_000)),  # 18, passes
    "solid_waste": _penalised(PenaltyTrait(300, 40_000, "solid_waste", cause="违反固体废物进口管理规定")),  # 20
    "export_control_long_ago": _penalised(PenaltyTrait(540, 30_000, "export_control", cause="违反出口管制规定")),  # 20
    "no_trade": _set(months=(0, 0)),  # 21
    "no_trade_in_the_last_year": _set(months=(14, 36)),  # 21, advanced only
    "tax_unpaid": _set(payments=[(200, None, None)]),  # 22
    "tax_paid_late_long_ago": _set(payments=[(560, 500, None)]),  # 22, advanced only
    "tax_deferred": _set(payments=[(200, 150, 140)]),  # 22, passes
    "six_findings": _set(inspected_year=30, found_year=6),  # 23
    "two_high_quality_findings": _set(inspected_year=30, found_year=3, high_quality_year=2),  # 23, advanced only
    "high_finding_rate": _set(declarations=300, inspected_year=120, found_year=18),  # 23
    "low_finding_rate": _set(declarations=300, inspected_year=120, found_year=8),  # 23, passes
    "tax_recovered": _set(recoveries=[(60, 130_000), (160, 120_000)]),  # 24, advanced only
    "much_tax_recovered": _set(recoveries=[(40 + 50 * number, 200_000.5) for number in range(5)]),  # 24, both
    "tax_recovered_small_against_tax": _set(recoveries=[(60, 150_000)], tax_month=30_000_000),  # 24, passes
    "discredited_broker": _set(brokers=[9, DISCREDITED_BROKER]),  # 25
    "discredited_principal": _set(kind="trader_and_broker", principals=[DISCREDITED_FIRM]),  # 26
    "abnormal_listed": _set(listings=[(150, None)]),  # 27
    "abnormal_listed_long_ago": _set(listings=[(640, 560)]),  # 27, advanced only
    "correction_not_made": _set(obligations=[("correction", 300, False)]),  # 33
    "treatment_not_performed": _set(obligations=[("quarantine_treatment", 300, False)]),  # 34
    "undertaking_not_kept": _set(obligations=[("undertaking", 300, False)]),  # 35
    "statistics_action": _set(findings=[("inflated_trade", 200)]),  # 28
    "false_statement": _set(findings=[("false_statement", 200)]),  # 29
    "obstruction": _set(findings=[("obstruction", 200)]),  # 30
    "tampering": _set(findings=[("tampering", 200)]),  # 31
    "refusal_or_delay": _set(findings=[("refusal_or_delay", 200)]),  # 32
    "bribery_found": _set(findings=[("bribery", 200)]),  # 36
    "bribery_judged": _set(convictions=[(200, "对单位行贿罪")]),  # 36
    "concealment": _set(findings=[("concealment", 200)]),  # 2022 general 29
    "fraudulent_approval": _set(findings=[("fraudulent_approval", 200)], fields=[FieldTrait("health_quarantine")]),
    "qualification_cancelled": _set(
        findings=[("qualification_cancelled", 200)], fields=[FieldTrait("animal_plant_quarantine")]
    ),  # SP10
    "annual_report_owed": _set(report_filed=False),  # 11
    "inspection_notice": _set(inspection_notice=True),  # 4
    "post_in_discredited_firm": _set(posts=[(DISCREDITED_FIRM, True)]),  # 37
    "discredited_branch": _set(branches=[DISCREDITED_FIRM]),  # 38
    "branch_of_discredited_firm": _set(head_office=DISCREDITED_FIRM),  # 38
    "discredited_sibling_branch": _set(head_office=HEAD_OFFICE, standing="discredited"),  # 38, for slot 7
    "discredited_investor": _set(investors=[DISCREDITED_FIRM]),  # 39
    "public_rating_c": _set(public_rating="C"),  # 40
    "public_rating_b": _set(public_rating="B"),  # 40, passes
    "own_serious_entry": _set(entries=[("serious_discredit", "enterprise")]),  # 41
    "person_serious_entry": _set(entries=[("serious_discredit", "related_person")]),  # 41
    "investor_serious_entry": _set(entries=[("serious_discredit", "investor")]),  # 42
    "lowest_grade": _set(entries=[("lowest_grade", "enterprise")]),  # 43
    "on_joint_sanction_list": _set(entries=[("joint_sanction", "enterprise")]),  # 2022 general 30
    "discredited_partner": _set(partners=[1, DISCREDITED_FIRM]),  # 66
    "green_factory": _set(lists=["green_factory"]),  # 69
    "little_giant": _set(lists=["little_giant"]),  # 70
    "technology_centre": _set(lists=["technology_centre"]),  # 71
    "statistics_sample_compliant": _set(statistics_sample="按要求报送"),  # 72
    "statistics_sample_not_compliant": _set(statistics_sample="未按要求报送"),  # 72
    "only_aeo_brokers": _set(brokers=list(AEO_BROKERS)),  # 73
    "all_declarants_assessed": _set(declarants=(6, 6, 1, 0)),  # 74
    "quarter_intermediate": _set(declarants=(8, 5, 2, 0)),  # 74, certified only
    "few_declarants": _set(declarants=(3, 1, 0, 0)),  # 74, not applicable
    "special_goods_and_laboratory": _set(fields=[FieldTrait("health_quarantine")], laboratory_years=5),  # SP1
    "special_goods_new_laboratory": _set(fields=[FieldTrait("health_quarantine", months=18)], laboratory_years=1),
    "health_penalties": _in_field("health_quarantine", 2),  # SP2
    "health_adverse": _adverse("health_quarantine", "own", 5),  # SP3
    "health_adverse_agent": _adverse("health_quarantine", "agent", 5, kind="trader_and_broker"),  # SP4
    "health_agent": _adverse("health_quarantine", "agent", 1, kind="trader_and_broker"),  # SP4, passes
    "plant_penalties": _in_field("animal_plant_quarantine", 3),  # SP6
    "plant_adverse": _adverse("animal_plant_quarantine", "own", 8),  # SP7
    "plant_adverse_agent": _adverse("animal_plant_quarantine", "agent", 8, kind="trader_and_broker"),  # SP8
    "plant_agent": _adverse("animal_plant_quarantine", "agent", 2, kind="trader_and_broker"),  # SP8, passes
    "plant_forgery": _forged("animal_plant_quarantine"),  # SP9
    "plant_registration_cancelled": _adverse("animal_plant_quarantine", "own", 1, registration_cancelled=True),  # SP11
    "plant_notified": _notified("animal_plant_quarantine"),  # SP12
    "food_penalties": _in_field("food_cosmetics", 3),  # SP13
    "food_adverse": _adverse("food_cosmetics", "own", 6),  # SP14
    "food_adverse_agent": _adverse("food_cosmetics", "agent", 6, kind="trader_and_broker"),  # SP15
    "food_agent": _adverse("food_cosmetics", "agent", 1, kind="trader_and_broker"),  # SP15, passes
    "food_forgery": _forged("food_cosmetics"),  # SP16
    "food_bad_record": _adverse("food_cosmetics", "own", 1, food_bad_record=True),  # SP17
    "food_notified": _adverse("food_cosmetics", "own", 0, notified=[("food", True)] * 4),  # SP18; 2022 single 6, 7
    "food_notified_not_own_fault": _adverse("food_cosmetics", "own", 0, notified=[("food", False)]),  # SP18, passes
    "commodity_penalties": _in_field("commodity_inspection", 3),  # SP19
    "commodity_adverse": _adverse("commodity_inspection", "own", 6),  # SP20
    "commodity_adverse_agent": _adverse("commodity_inspection", "agent", 6, kind="trader_and_broker"),  # SP21
    "commodity_agent": _adverse("commodity_inspection", "agent", 1, kind="trader_and_broker"),  # SP21, passes
    "commodity_notified": _notified("commodity_inspection"),  # SP22
}
