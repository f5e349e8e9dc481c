import shutil
from pathlib import Path

import pytest
import yaml
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from api.records.check import State, check_records
from api.records.errors import MappingError
from api.records.gateway.cluster import find_cluster
from api.records.gateway.facts import read_facts
from api.records.gateway.search import search_enterprises
from api.records.gateway.status import find_status
from api.records.mapping import load_tables, parse_names
from api.records.reader import open_records
from api.records.sample.load import make_sample
from api.records.scope import Scope
from tests.api.records.records_world import DAY, READ_AT, SEED, uscc

OTHER_NAMES = {
    "tables": {
        "enterprise": {"table": "T_ENT_BASE", "columns": {"uscc": "TYSHXYDM", "name": "QYMC", "name_en": None}},
        "penalty": {"table": "T_XZCF", "columns": {"decided_on": "CFRQ", "field": "SSLY"}},
        "related_party": {"columns": {"party_key": "GLBS"}},
        "credit_rating": {"columns": {"level": "XYDJ", "effective_from": "KSRQ"}},
    }
}
RENAMES = (
    'ALTER TABLE enterprise RENAME COLUMN uscc TO "TYSHXYDM"',
    'ALTER TABLE enterprise RENAME COLUMN name TO "QYMC"',
    "ALTER TABLE enterprise DROP COLUMN name_en",
    'ALTER TABLE enterprise RENAME TO "T_ENT_BASE"',
    'ALTER TABLE penalty RENAME COLUMN decided_on TO "CFRQ"',
    'ALTER TABLE penalty RENAME COLUMN field TO "SSLY"',
    'ALTER TABLE penalty RENAME TO "T_XZCF"',
    'ALTER TABLE related_party RENAME COLUMN party_key TO "GLBS"',
    'ALTER TABLE credit_rating RENAME COLUMN level TO "XYDJ"',
    'ALTER TABLE credit_rating RENAME COLUMN effective_from TO "KSRQ"',
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(request, tmp_path_factory):
    """A database with the sample's content under other names, and the mapping file that says so."""
    folder = tmp_path_factory.mktemp("installation")
    names = dict(OTHER_NAMES)
    if request.param == "sqlite":
        source = make_url(request.getfixturevalue("sqlite_url")).database
        url = f"sqlite:///{shutil.copy(source, folder / 'other.db')}"
        renames = RENAMES
    else:
        url = request.getfixturevalue("server").create_database("other_names")
        make_sample(url, enterprises=200, seed=SEED, day=DAY)
        renames = (*RENAMES, "ALTER SCHEMA public RENAME TO core_credit")
        names["schema"] = "core_credit"
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in renames:
            connection.execute(text(statement))
    engine.dispose()
    mapping = folder / "mapping.yaml"
    mapping.write_text(yaml.safe_dump(names), encoding="utf-8")
    return url, mapping


def test_every_question_works_under_other_names(installation, sqlite_reader):
    url, mapping = installation
    records = open_records(url, mapping)
    scope = Scope.of_enterprises([uscc(10)])
    officer = Scope.of_customs("Y3")

    with records.reader() as reader:
        page, usual = (find_status(r, scope, uscc(10), DAY) for r in (reader, sqlite_reader))
        assert page.enterprise.name_en is None
        assert page.penalties == usual.penalties
        assert page.history == usual.history
        asked = (scope, uscc(10), DAY, READ_AT)
        assert read_facts(reader, *asked) == read_facts(sqlite_reader, *asked)
        assert find_cluster(reader, officer, uscc(10), DAY) == find_cluster(sqlite_reader, officer, uscc(10), DAY)
        part = page.enterprise.name[4:7]
        found = search_enterprises(reader, officer, part, DAY)
        assert uscc(10) in {item.uscc for item in found}
        assert found == search_enterprises(sqlite_reader, officer, part, DAY)
    records.close()


def test_the_check_follows_the_mapping(installation):
    url, mapping = installation

    report = check_records(url, mapping)

    left_out = [(finding.table, finding.column) for finding in report.findings if finding.state is State.LEFT_OUT]
    assert left_out == [("enterprise", "name_en")]
    assert {finding.state for finding in report.findings} <= {State.PRESENT, State.LEFT_OUT, State.MAY_WRITE}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"tables": {"enterprises": {}}}, "no such table"),
        ({"tables": {"enterprise": {"columns": {"usc": "x"}}}}, "no such column"),
        ({"tables": {"enterprise": {"columns": {"uscc": None}}}}, "cannot be null"),
        ({"tables": {"enterprise": {"columns": {"uscc": "name"}}}}, "two columns are mapped to name"),
        ({"tables": {"enterprise": {"colums": {}}}}, "colums"),
        (["enterprise"], "dictionary"),
        ("enterprise", "dictionary"),
    ],
)
def test_a_mapping_that_names_something_unknown_is_refused(raw, message):
    with pytest.raises(MappingError, match=message):
        parse_names(raw)


def test_a_column_may_really_be_called_schema():
    names = parse_names({"schema": "core", "tables": {"penalty": {"schema": "law", "columns": {"cause": "schema"}}}})

    assert (names.schema_name, names.tables["penalty"].schema_name) == ("core", "law")
    assert names.tables["penalty"].columns["cause"] == "schema"


def test_a_mapping_file_that_cannot_be_read_is_refused(tmp_path: Path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("tables: [", encoding="utf-8")

    for path in (broken, tmp_path / "absent.yaml"):
        with pytest.raises(MappingError, match=path.name):
            load_tables(path)


def test_an_enterprise_without_a_record_number_is_known_by_its_credit_code(sqlite_url, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("tables: {enterprise: {columns: {id: null}}}", encoding="utf-8")
    records = open_records(sqlite_url, mapping)

    with records.reader() as reader:
        page = find_status(reader, Scope.of_enterprises([uscc(0)]), uscc(0), DAY)

    assert page.enterprise.source.row_id == uscc(0)
    records.close()
