"""Nobody sees another's record: proven over every public function of the gateway, found by looking."""

import importlib
import inspect
import pkgutil
from dataclasses import fields, is_dataclass
from datetime import date
from types import GeneratorType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import api.records.gateway
from api.records.reader import Reader
from api.records.scope import Reach, Scope
from tests.api.records.records_world import DAY, READ_AT, uscc

ARGUMENTS = {
    "uscc": uscc(0),
    "day": DAY,
    "first": date(2014, 1, 1),
    "last": DAY,
    "text": "示例",
    "directory": "aeo",
    "by": ("level",),
    "read_at": READ_AT,
    "usccs": (uscc(0),),
}
PUBLISHED = {"search_published", "list_directory", "list_registrations", "find_published", "count_enterprises"}
ABOUT_LEVELS = {"list_level_months"}  # averages over a level, for everyone who is signed in
NOBODY_ELSES = {
    "stranger": Scope.of_enterprises([uscc(1)]),
    "other district": Scope.of_customs("Y9"),
    "other coordinator": Scope.of_coordinator("coordinator-Y9", DAY),
    "visitor": Scope.public(),
}


def _questions() -> dict[str, object]:
    found = {}
    for module_info in pkgutil.iter_modules(api.records.gateway.__path__):
        module = importlib.import_module(f"api.records.gateway.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            takes_reader = first is not None and first.annotation == "Reader"
            if function.__module__ == module.__name__ and takes_reader and not name.startswith("_"):
                found[name] = function
    return found


QUESTIONS = _questions()
# parts of queries, not questions: they return conditions or columns and read nothing
PARTS = {"columns_of", "table_of", "name_holds", "reach_of_enterprise", "matching", "read", "about"}
ASKED = sorted(set(QUESTIONS) - PARTS)


def _ask(name: str, reader: Reader, scope: Scope) -> object:
    function = QUESTIONS[name]
    given = {
        parameter.name: ARGUMENTS[parameter.name]
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name in ARGUMENTS
    }
    answer = function(reader, scope, **given)
    return tuple(answer) if isinstance(answer, GeneratorType) else answer


def _usccs(answer: object) -> set[str]:
    """Every credit code anywhere in an answer."""
    if isinstance(answer, tuple | list):
        return set().union(*map(_usccs, answer)) if answer else set()
    if is_dataclass(answer):
        return set().union(*(_usccs(getattr(answer, field.name)) for field in fields(answer)))
    return {answer} if isinstance(answer, str) and len(answer) == 18 and answer.startswith("9199") else set()


def test_there_are_questions_and_each_takes_a_scope():
    assert len(ASKED) > 35
    for name in QUESTIONS:
        if name not in {"columns_of", "table_of", "name_holds", "matching"}:
            assert inspect.signature(QUESTIONS[name]).parameters["scope"].annotation == "Scope", name


def test_the_parts_really_are_parts():
    assert set(QUESTIONS) >= PARTS


@pytest.mark.parametrize("name", ASKED)
def test_a_scope_of_nothing_reads_no_row(name, reader):
    answer = _ask(name, reader, Scope.nothing())

    assert reader.rows_read == 0
    assert _holds_nothing(answer)


@pytest.mark.parametrize("who", NOBODY_ELSES)
@pytest.mark.parametrize("name", sorted(set(ASKED) - PUBLISHED - ABOUT_LEVELS))
def test_a_question_about_another_reads_none_of_its_rows(name, who, sqlite_reader):
    answer = _ask(name, sqlite_reader, NOBODY_ELSES[who])

    assert uscc(0) not in _usccs(answer) or who == "stranger"
    if "uscc" in inspect.signature(QUESTIONS[name]).parameters:
        assert sqlite_reader.rows_read == 0
        assert _holds_nothing(answer)


@pytest.mark.parametrize("name", sorted(set(ASKED) - PUBLISHED))
def test_a_visitor_sees_nothing_that_is_not_published(name, sqlite_reader):
    answer = _ask(name, sqlite_reader, Scope.public())

    assert sqlite_reader.rows_read == 0
    assert _holds_nothing(answer)


@pytest.mark.parametrize("name", sorted(set(ASKED) - PUBLISHED - ABOUT_LEVELS))
def test_an_enterprise_user_only_ever_sees_own_enterprises_in_lists(name, sqlite_reader):
    if "uscc" in inspect.signature(QUESTIONS[name]).parameters:
        own = _ask(name, sqlite_reader, Scope.of_enterprises([uscc(0)]))
        assert own is not None
    else:
        answer = _ask(name, sqlite_reader, Scope.of_enterprises([uscc(1)]))
        assert _usccs(answer) <= {uscc(1)}


@pytest.mark.parametrize("name", ["find_status", "read_facts", "find_enterprise", "find_cluster"])
@pytest.mark.parametrize(
    "scope",
    [Scope.of_enterprises([uscc(0)]), Scope.of_customs("Y1"), Scope.of_customs("Y101"),
     Scope.of_coordinator("coordinator-Y1", DAY)],
    ids=["own", "district", "office", "coordinator"],
)  # fmt: skip
def test_whoever_is_entitled_sees_the_record(name, scope, reader):
    assert not _holds_nothing(_ask(name, reader, scope))


@given(st.text(max_size=6))
def test_a_malformed_district_reaches_nothing(prefix):
    reached = Scope.of_customs(prefix).reach

    assert (reached is Reach.CUSTOMS) == (len(prefix) in (2, 4) and prefix.isascii() and _is_code(prefix))


@given(st.lists(st.text(max_size=20), max_size=4))
def test_malformed_credit_codes_reach_nothing(codes):
    assert Scope.of_enterprises(codes) == Scope.nothing()


@pytest.mark.parametrize("coordinator", ["", " ", "\n", "x" * 61])
def test_a_malformed_coordinator_reaches_nothing(coordinator):
    assert Scope.of_coordinator(coordinator, DAY) == Scope.nothing()


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Reach.ENTERPRISES),
        Scope(Reach.CUSTOMS),
        Scope(Reach.ASSIGNED, coordinator="coordinator-Y1"),
        Scope(Reach.ASSIGNED),
    ],
    ids=["no enterprises", "no customs", "no day", "nobody"],
)
def test_a_scope_put_together_by_hand_without_its_content_reaches_nothing(scope, sqlite_reader):
    assert _holds_nothing(_ask("find_enterprise", sqlite_reader, scope))
    assert _holds_nothing(_ask("search_enterprises", sqlite_reader, scope))


def test_an_assignment_that_has_ended_no_longer_counts(sqlite_reader):
    before = Scope.of_coordinator("coordinator-Y1", date(2020, 1, 1))

    assert _holds_nothing(_ask("find_enterprise", sqlite_reader, before))


@pytest.mark.parametrize("wildcard", ["%%", "__", "Y%", "Y___"])
def test_a_wildcard_is_not_a_district(wildcard):
    assert Scope.of_customs(wildcard) == Scope.nothing()


def _is_code(text: str) -> bool:
    return all(character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" for character in text)


def _holds_nothing(answer: object) -> bool:
    return answer is None or answer == ()
