"""Self-assessment reads the records: every item they decide has an enterprise that passes and one that fails."""

from dataclasses import replace

import pytest

from api.records.contract import CONTRACT
from api.records.engine import Limits
from api.records.gateway.facts import read_facts, read_finances
from api.records.gateway.facts_profile import read_profile
from api.records.gateway.parties import list_broker_relations
from api.records.reader import Reader, Records, open_records
from api.records.record_keys import ENTERPRISE_OWN, RECORD_KEYS, keys_needing
from api.records.sample.faults import MARKS
from api.records.sample.plan import FIRST_MARK
from selfassess.grades import Grade
from selfassess.loader import get_standard, list_standards
from selfassess.prefill import Proposal
from selfassess.prefill import prefill as propose
from tests.api.records.records_world import DAY, ENTERPRISES, READ_AT, own, slot_of, uscc

MET, NOT_MET = Grade.MET, Grade.NOT_MET
ADVANCED, CERTIFIED, SINGLE = "advanced-2026", "certified-2026", "single-business-2026"
SHOWN_ONLY = {"posts_held_elsewhere", "partners", "statistics_sample", "inspection_notices", "matters_to_correct"}
SHOWN_ONLY |= {"tax_element_signal"}
NEVER_FAILS = {"customs_link", "security_certificates", "trade_activity"}  # the record can only show that it is met
Proposed = dict[tuple[str, str], Proposal]


def _proposals(reader: Reader, slot: int) -> Proposed:
    """What the records propose for every item of every standard, whatever the type of the enterprise."""
    scope, code = own(slot), uscc(slot)
    facts, finances = read_facts(reader, scope, code, DAY, READ_AT), read_finances(reader, scope, code, DAY)
    profile = read_profile(reader, scope, code, DAY).profile
    return {
        (standard.id, proposal.no): proposal
        for standard in list_standards()
        for kind in (standard.enterprise_types if standard.kind == "single" else ("trader",))
        for proposal in propose(standard, facts, replace(profile, enterprise_type=kind), DAY, finances.figures)
    }


@pytest.fixture(scope="session")
def everyone(sqlite_records: Records) -> list[Proposed]:
    with sqlite_records.reader() as reader:
        return [_proposals(reader, slot) for slot in range(FIRST_MARK + len(MARKS))]


def _decided() -> list[tuple[str, str]]:
    return [
        (standard.id, no)
        for standard in list_standards()
        for no, item in standard.items.items()
        if item.decided_by_records.extent != "none" and not set(item.decided_by_records.keys) <= set(ENTERPRISE_OWN)
    ]


def _rule(standard: str, no: str) -> str:
    return get_standard(standard).items[no].decided_by_records.rule


@pytest.mark.parametrize(("standard", "no"), _decided())
def test_the_sample_holds_an_enterprise_that_passes_and_one_that_fails(everyone, standard, no):
    proposals = [proposals[standard, no] for proposals in everyone]
    rule = _rule(standard, no)

    assert all(proposal.unavailable is None for proposal in proposals)
    if rule in SHOWN_ONLY:
        assert len({proposal.shown for proposal in proposals}) > 1
    else:
        passing = {MET, None} if get_standard(standard).items[no].decided_by_records.extent != "full" else {MET}
        said = {proposal.says for proposal in proposals}
        assert said & passing
        assert (None if rule in NEVER_FAILS else NOT_MET) in said


@pytest.mark.parametrize(
    ("mark", "no", "advanced", "counterpart", "certified"),
    [
        ("penalty_over_50000", "18", NOT_MET, "16", MET), ("penalty_over_100000", "18", NOT_MET, "16", NOT_MET),
        ("penalty_small_against_trade", "18", MET, "16", MET), ("penalty_long_ago", "18", MET, "16", MET),
        ("four_penalties", "19", NOT_MET, "17", MET), ("seven_penalties", "19", NOT_MET, "17", NOT_MET),
        ("four_penalties_many_documents", "19", MET, "17", MET),
        ("penalties_self_disclosed", "19", MET, "17", MET),
        ("solid_waste", "20", NOT_MET, "18", NOT_MET), ("export_control_long_ago", "20", NOT_MET, "18", MET),
        ("no_trade", "21", None, "19", None), ("no_trade_in_the_last_year", "21", None, "19", MET),
        ("tax_unpaid", "22", NOT_MET, "20", NOT_MET), ("tax_paid_late_long_ago", "22", NOT_MET, "20", MET),
        ("tax_deferred", "22", MET, "20", MET),
        ("six_findings", "23", NOT_MET, "21", NOT_MET), ("two_high_quality_findings", "23", NOT_MET, "21", MET),
        ("high_finding_rate", "23", NOT_MET, "21", NOT_MET), ("low_finding_rate", "23", MET, "21", MET),
        ("tax_recovered", "24", NOT_MET, "22", MET), ("much_tax_recovered", "24", NOT_MET, "22", NOT_MET),
        ("tax_recovered_small_against_tax", "24", MET, "22", MET),
        ("change_not_filed_long_ago", "16", NOT_MET, "14", NOT_MET),
        ("person_convicted_by_negligence", "17", None, "15", None),
        ("abnormal_listed_long_ago", "27", NOT_MET, "25", MET), ("obstruction", "30", NOT_MET, "28", NOT_MET),
        ("discredited_broker", "25", NOT_MET, "23", NOT_MET),
        ("discredited_principal", "26", NOT_MET, "24", NOT_MET),
        ("branch_of_discredited_firm", "38", NOT_MET, "36", NOT_MET),
        ("one_ratio_met", "13", Grade.PARTLY_MET, "12", Grade.PARTLY_MET),
        ("audit_qualified", "12", Grade.PARTLY_MET, "11", Grade.PARTLY_MET),
        ("public_rating_b", "40", MET, "38", MET), ("only_aeo_brokers", "73", MET, "61", MET),
        ("quarter_intermediate", "74", NOT_MET, "62", MET), ("bribery_judged", "36", NOT_MET, "34", NOT_MET),
    ],
)  # fmt: skip
def test_the_distinguishing_mark_decides_its_item(everyone, mark, no, advanced, counterpart, certified):
    proposals = everyone[slot_of(mark)]

    assert proposals[ADVANCED, no].says is advanced
    assert proposals[CERTIFIED, counterpart].says is certified


def test_a_sibling_branch_that_is_discredited_counts_for_a_branch(everyone):
    assert everyone[7][ADVANCED, "38"].grade is NOT_MET
    assert everyone[6][ADVANCED, "38"].grade is MET


def test_a_clean_enterprise_fails_nothing_but_bonus_items(everyone):
    standard = get_standard(ADVANCED)

    failed = {no for (of, no), proposal in everyone[slot_of("tax_deferred")].items() if proposal.says is NOT_MET
              and of == ADVANCED}  # fmt: skip

    assert failed
    assert all(standard.items[no].bonus for no in failed)


def test_every_mark_has_its_slot_in_a_sample_of_200():
    assert FIRST_MARK + len(MARKS) <= ENTERPRISES


def test_a_proposal_names_the_records_it_counted(everyone):
    (source, *_) = everyone[slot_of("four_penalties")][ADVANCED, "19"].sources

    assert (source.table, len(source.rows)) == ("penalty", 4)
    assert source.as_of.date() < DAY


def test_both_engines_give_the_same_facts(records, sqlite_reader):
    with records.reader() as reader:
        for slot in (3, 7, slot_of("much_tax_recovered"), slot_of("food_notified")):
            asked = (own(slot), uscc(slot), DAY)
            assert read_facts(reader, *asked, READ_AT) == read_facts(sqlite_reader, *asked, READ_AT)
            assert read_finances(reader, *asked) == read_finances(sqlite_reader, *asked)
            assert read_profile(reader, *asked) == read_profile(sqlite_reader, *asked)


def test_rows_cut_off_by_the_cap_never_read_as_a_clean_record(sqlite_url):
    records = open_records(sqlite_url, limits=Limits(rows=5))
    slot = slot_of("seven_penalties")

    with records.reader() as reader:
        facts = read_facts(reader, own(slot), uscc(slot), DAY, READ_AT)

    assert len(facts.customs_penalties.rows) == 5
    assert facts.customs_penalties.complete_from > min(row.decided_on for row in facts.customs_penalties.rows)
    assert facts.foreign_notifications.complete_from > facts.abnormal_list.complete_from
    assert facts.credit_level_branches is None or facts.credit_level_branches.rows == ()
    records.close()


def test_a_broker_with_many_principals_is_asked_only_about_the_discredited_ones(reader):
    everyone = list_broker_relations(reader, own(9), uscc(9), DAY.replace(year=2025), DAY)

    facts = read_facts(reader, own(9), uscc(9), DAY, READ_AT)

    assert len(everyone) > 100
    assert 0 < len(facts.credit_level_principals.rows) < 20


def test_the_profile_knows_type_production_and_running_review(sqlite_reader):
    reviewed = read_profile(sqlite_reader, own(15), uscc(15), DAY)
    applicant = read_profile(sqlite_reader, own(slot_of("health_agent")), uscc(slot_of("health_agent")), DAY)

    assert reviewed.profile.stage == "under_review"
    assert reviewed.profile.review_cycle_start is not None
    assert {source.table for source in reviewed.sources} == {"enterprise", "certification_case", "credit_rating"}
    assert applicant.types == ("trader", "customs_broker")
    assert applicant.profile.businesses == {"health_quarantine"}


def test_a_young_registration_does_not_prove_a_young_enterprise(sqlite_reader):
    assert read_profile(sqlite_reader, own(12), uscc(12), DAY).profile.established_on is None
    assert read_profile(sqlite_reader, own(0), uscc(0), DAY).profile.established_on is not None


def test_every_record_key_of_the_standards_has_its_columns_or_is_the_enterprises_own():
    asked = {
        key for standard in list_standards() for item in standard.items.values() for key in item.decided_by_records.keys
    }

    assert asked == set(RECORD_KEYS) | set(ENTERPRISE_OWN)


def test_every_column_of_a_record_key_is_in_the_contract():
    for key, columns in RECORD_KEYS.items():
        for name in columns:
            table, column = name.split(".")
            assert column in CONTRACT.tables[table].columns, key
    assert keys_needing("penalty", "forgery") == ("customs_penalties",)
