import hashlib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from api.records.codes import LEVELS, SCHEME_ORDER, code_sets
from api.records.contract import CONTRACT
from api.records.errors import SampleRefused
from api.records.gateway.cluster import find_cluster
from api.records.identity import is_uscc
from api.records.sample.generate import generate
from api.records.sample.load import make_sample
from api.records.sample.rows import Batch
from api.records.scope import Scope
from tests.api.records.records_world import DAY, SEED, uscc


def _digest(seed, enterprises=60):
    digest = hashlib.sha256()
    for _, rows in generate(enterprises, seed, DAY):
        digest.update(repr(sorted(rows.items())).encode())
    return digest.hexdigest()


def _all(reader, *columns):
    return reader.rows(select(*columns), cap=1000)


def test_the_same_seed_gives_the_same_rows():
    assert _digest(SEED) == _digest(SEED)
    assert _digest(SEED) != _digest(SEED + 1)


def test_the_same_seed_gives_the_same_file(tmp_path):
    files = [tmp_path / name for name in ("one.db", "two.db")]

    for file in files:
        make_sample(f"sqlite:///{file}", enterprises=60, seed=SEED, day=DAY)

    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_larger_sample_begins_with_the_smaller_one():
    (_, few), (_, more) = (list(generate(number, SEED, DAY))[-1] for number in (230, 260))

    assert more["enterprise"][:230] == few["enterprise"]
    assert more["credit_rating"][: len(few["credit_rating"])] == few["credit_rating"]


def test_both_engines_hold_the_same_rows(sqlite_url, server, postgresql_url):
    engines = [create_engine(sqlite_url), create_engine(server.url("records"))]
    for table in CONTRACT.tables.values():
        held = []
        for engine in engines:
            with engine.connect() as connection:
                held.append(connection.execute(select(table).order_by(table.c.id)).all())
        assert held[0] == held[1], table.name
    for engine in engines:
        engine.dispose()


def test_names_and_codes_can_belong_to_nobody(sqlite_reader, tables):
    enterprise = tables["enterprise"]

    found = _all(sqlite_reader, enterprise.c.name, enterprise.c.uscc, enterprise.c.customs_code, enterprise.c.phone)

    assert len(found) == 200
    assert all(name.startswith("示例") for name, *_ in found)
    assert all(is_uscc(code) and code[2:4] == "99" for _, code, *_ in found)
    assert all(code.startswith("Y") for _, _, code, _ in found)
    assert all(phone.startswith("000-") for *_, phone in found)


def test_every_coded_value_has_a_plain_name(sqlite_reader, tables):
    for name, table in tables.items():
        for column in CONTRACT.tables[name].columns:
            code_set = column.info.get("codes")
            if code_set is None:
                continue
            values = {row[0] for row in sqlite_reader.rows(select(table.c[column.name]).distinct())} - {None}
            assert values <= code_sets()[code_set].keys(), f"{name}.{column.name}"


def test_all_five_levels_all_schemes_and_all_agencies_are_there(sqlite_reader, tables):
    rating, agency = tables["credit_rating"], tables["agency_record"]

    now = {
        row[0] for row in sqlite_reader.rows(select(rating.c.level).where(rating.c.effective_to.is_(None)).distinct())
    }
    schemes = {row[0] for row in sqlite_reader.rows(select(rating.c.scheme).distinct())}
    agencies = {row[0] for row in sqlite_reader.rows(select(agency.c.agency).distinct())}

    assert now == set(LEVELS)
    assert schemes == set(SCHEME_ORDER)
    assert agencies == code_sets()["agency"].keys()
    assert len(agencies) == 10


def test_every_contract_table_has_rows(sqlite_reader, tables):
    empty = [name for name, table in tables.items() if not sqlite_reader.rows(select(table.c.id), cap=1)]

    assert empty == []


@pytest.mark.parametrize(
    ("scheme", "first", "last"),
    [
        ("gacc-order-225", date(2014, 12, 1), date(2018, 4, 30)),
        ("gacc-order-237", date(2018, 5, 1), date(2021, 10, 31)),
        ("gacc-order-251", date(2021, 11, 1), date(2026, 3, 31)),
        ("gacc-order-282", date(2026, 4, 1), None),
    ],
)
def test_levels_stay_within_the_time_of_their_scheme(sqlite_reader, tables, scheme, first, last):
    rating = tables["credit_rating"]
    of_scheme = select(rating.c.effective_from, rating.c.effective_to, rating.c.level).where(rating.c.scheme == scheme)

    rows = sqlite_reader.rows(of_scheme)

    assert rows
    assert min(row.effective_from for row in rows) >= first
    if last is None:
        assert {row.level for row in rows} == set(LEVELS)
    else:
        assert max(row.effective_to for row in rows) <= last
        assert {row.level for row in rows}.isdisjoint({"certified", "regular", "seriously_discredited"})


def test_histories_have_neither_gaps_nor_overlaps(sqlite_reader, tables):
    rating = tables["credit_rating"]
    columns = (rating.c.uscc, rating.c.effective_from, rating.c.effective_to)

    rows = sqlite_reader.rows(select(*columns).order_by(rating.c.uscc, rating.c.effective_from))

    for earlier, later in zip(rows, rows[1:], strict=False):
        if earlier.uscc == later.uscc:
            assert (later.effective_from - earlier.effective_to).days == 1
        else:
            assert earlier.effective_to is None


def test_a_shadow_company_stands_near_the_discredited_one(sqlite_reader):
    cluster = find_cluster(sqlite_reader, Scope.of_customs("Y3"), uscc(10), DAY)

    shadow = next(member for member in cluster.members if member.uscc == uscc(11))
    assert {link.kind for link in shadow.links} == {"legal_representative", "phone"}
    assert shadow.registered_on > date(2025, 1, 1)
    assert {uscc(12), uscc(13), uscc(14)} <= {member.uscc for member in cluster.members}


def test_progress_is_told_and_rows_are_counted(tmp_path):
    told = []

    loaded = make_sample(f"sqlite:///{tmp_path / 'r.db'}", enterprises=30, seed=1, day=DAY, progress=told.append)

    assert [step.phase for step in told] == ["load", "index", "done"]
    assert told[-1].rows == loaded.rows == sum(loaded.by_table.values())
    assert loaded.by_table["enterprise"] == 30
    assert loaded.rows_per_second > 0


def test_a_sample_may_be_replaced_only_when_asked(tmp_path):
    url = f"sqlite:///{tmp_path / 'r.db'}"
    make_sample(url, enterprises=5, seed=1, day=DAY)

    with pytest.raises(SampleRefused, match="earlier sample"):
        make_sample(url, enterprises=6, seed=1, day=DAY)
    assert make_sample(url, enterprises=6, seed=1, day=DAY, replace=True).enterprises == 6


def test_a_database_that_is_not_a_sample_is_never_touched(tmp_path: Path, server):
    for url in (f"sqlite:///{tmp_path / 'real.db'}", server.create_database("real")):
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE enterprise (uscc TEXT)"))
            connection.execute(text("INSERT INTO enterprise VALUES ('real')"))

        with pytest.raises(SampleRefused, match="did not make"):
            make_sample(url, enterprises=5, seed=1, day=DAY, replace=True)

        with engine.connect() as connection:
            assert connection.execute(select(func.count()).select_from(text("enterprise"))).scalar() == 1
        engine.dispose()


def test_a_sample_on_postgresql_may_be_replaced_too(server):
    url = server.create_database("again")
    make_sample(url, enterprises=5, seed=1, day=DAY)

    assert make_sample(url, enterprises=7, seed=1, day=DAY, replace=True).by_table["enterprise"] == 7


def test_a_day_before_the_present_scheme_is_refused():
    with pytest.raises(ValueError, match="2026-07-01"):
        list(generate(1, 1, date(2026, 3, 1)))


def test_a_misspelt_column_is_noticed():
    with pytest.raises(KeyError, match="no_such_column"):
        Batch(DAY).add("penalty", no_such_column=1)
