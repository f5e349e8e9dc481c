import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.records.identity import (
    ALPHABET,
    is_customs_code,
    is_uscc,
    organisation_check_character,
    uscc_check_character,
)
from api.records.sample.fiction import customs_code_of, uscc_of


def test_the_example_of_the_standard_is_valid():
    # the worked example printed in GB 32100-2015, and in GB 11714 for its organisation code
    assert is_uscc("91350100M000100Y43")
    assert organisation_check_character("M000100Y") == "4"


@pytest.mark.parametrize(
    "text", ["", "91350100M000100Y44", "91350100m000100y43", "91350100M000100Y4", "O1350100M000100Y43"]
)
def test_a_wrong_code_is_refused(text):
    assert not is_uscc(text)


@given(st.integers(0, 99_999_999), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_changed_character_is_always_noticed(index, place, other):
    code = uscc_of(index, 1)
    changed = code[:place] + other + code[place + 1 :]

    assert is_uscc(changed) == (changed == code)


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17))
def test_the_check_character_is_in_the_alphabet(first_17):
    assert uscc_check_character(first_17) in ALPHABET


def test_synthetic_codes_are_valid_and_differ():
    codes = [uscc_of(index, 7) for index in range(3000)]

    assert all(map(is_uscc, codes))
    assert len(set(codes)) == 3000
    assert all(map(is_customs_code, map(customs_code_of, range(3000))))
    assert {organisation_check_character(code[8:16]) == code[16] for code in codes} == {True}
