"""Counts by district, level and type, with small groups hidden."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from api.records.gateway.statistics import count_enterprises
from api.records.gateway.suppression import SMALL_GROUP, hidden_keys, with_totals
from api.records.scope import Scope
from tests.api.records.records_world import DAY, own

CUBES = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from("pq")), st.integers(1, 30), max_size=24
)


def test_small_groups_are_hidden_from_everyone_but_officers(reader):
    public = count_enterprises(reader, Scope.public(), DAY, ("district", "level"))
    officer = count_enterprises(reader, Scope.of_customs("Y1"), DAY, ("office", "level"))

    assert any(cell.enterprises is None for cell in public.cells)
    assert all(cell.enterprises is None or cell.enterprises >= SMALL_GROUP for cell in public.cells)
    assert min(cell.enterprises for cell in officer.cells) < SMALL_GROUP
    assert officer.total == sum(cell.enterprises for cell in officer.cells)
    assert {cell.keys[0][:6] for cell in officer.cells} == {"示例东屿海关"}


def test_tables_of_everyone_add_up_to_each_other(reader):
    by_level = count_enterprises(reader, Scope.public(), DAY, ("level",))
    crossed = count_enterprises(reader, own(0), DAY, ("level", "kind"))

    for cell in by_level.cells:
        parts = [part.enterprises for part in crossed.cells if part.keys[0] == cell.keys[0]]
        if cell.enterprises is not None and None not in parts:
            assert sum(parts) == cell.enterprises
    assert by_level.total == crossed.total == 198


def test_offices_are_for_officers(reader):
    assert count_enterprises(reader, Scope.public(), DAY, ("office",)) is None
    assert count_enterprises(reader, Scope.nothing(), DAY) is None


def test_counts_say_out_of_which_tables_and_as_of_when(reader):
    counts = count_enterprises(reader, Scope.public(), DAY, ("level",))

    assert counts.tables == ("enterprise", "credit_rating")
    assert counts.as_of.date() < DAY


@settings(deadline=None)
@given(CUBES)
def test_a_hidden_small_group_can_never_be_worked_out(cells):
    counts = with_totals(cells)
    hidden = hidden_keys(counts)

    assert {key for key, count in counts.items() if count < SMALL_GROUP} <= hidden
    assert not hidden & _determined(counts, hidden)


@settings(deadline=None)
@given(CUBES)
def test_nothing_is_hidden_where_no_group_is_small(cells):
    counts = with_totals({key: count + SMALL_GROUP for key, count in cells.items()})

    assert hidden_keys(counts) == frozenset()


def _determined(counts, hidden):
    """The hidden counts that exact elimination gets out of the shown ones, by its own reading of the sums."""
    cells = [key for key in counts if None not in key]
    rows = [
        ([Fraction(all(a in (None, b) for a, b in zip(key, cell, strict=True))) for cell in cells], key in hidden)
        for key in counts
    ]
    known = _echelon([row for row, is_hidden in rows if not is_hidden])
    return {key for key in hidden if not any(_reduce(_sum_of(key, cells), known))}


def _sum_of(key, cells):
    return [Fraction(all(a in (None, b) for a, b in zip(key, cell, strict=True))) for cell in cells]


def _echelon(rows):
    basis = []
    for row in rows:
        left = _reduce(row, basis)
        if any(left):
            basis.append(left)
    return basis


def _reduce(row, basis):
    row = list(row)
    for known in basis:
        lead = next(place for place, value in enumerate(known) if value)
        if row[lead]:
            factor = row[lead] / known[lead]
            row = [a - factor * b for a, b in zip(row, known, strict=True)]
    return row
