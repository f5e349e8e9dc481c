"""Passwords: long and not common is enough; kept as Argon2id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.auth.names import display_form, is_name, normal_name
from api.auth.passwords import SHORTEST, Passwords, common_passwords, fault_of
from tests.services import quick_hasher

GOOD = ["four plain words here", "万水千山只等闲红军不怕远征难", "xK9$vQ2!mZ7@", "aaaa-bbbb-cccc-dddd-e"]
BAD = [
    "", "elevenchars", "x" * 129, "aaaaaaaaaaaa", "abababababab", "123456789012", "abcdefghijkl", "zyxwvutsrqpo",
    "password1234", "Password1234", "ＰＡＳＳＷＯＲＤ1234", "li.ming-li.ming", "haiguan12360",
]  # fmt: skip


@pytest.mark.parametrize("password", GOOD)
def test_length_is_enough(password: str):
    assert fault_of(password, "li.ming") is None


@pytest.mark.parametrize("password", BAD)
def test_short_common_monotonous_and_known_ones_are_refused(password: str):
    assert fault_of(password, "li.ming", "ming") is not None


def test_the_list_of_common_passwords_holds_only_what_would_otherwise_be_accepted():
    assert len(common_passwords()) > 500
    assert all(len(password) >= SHORTEST and password == password.lower() for password in common_passwords())


def test_a_password_is_kept_as_argon2id_and_never_twice_the_same():
    passwords = Passwords()

    first, second = passwords.hash("four plain words"), passwords.hash("four plain words")

    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.check("four plain words", first)
    assert not passwords.check("four plain word", first)


def test_keyboards_that_spell_it_differently_open_the_same_account():
    passwords = Passwords(quick_hasher())

    assert passwords.check("ｆｏｕｒ plain é", passwords.hash("four plain e\u0301"))


def test_without_a_stored_password_the_answer_is_no():
    assert not Passwords(quick_hasher()).check("no account has this password", None)


@pytest.mark.parametrize("name", ["li.ming", "李明明", "li@example.cn", "a-b_c", "1234"])
def test_ordinary_names_can_be_used(name: str):
    assert is_name(normal_name(name))


@pytest.mark.parametrize("name", ["", "ab", "a b", "<script>", ".dot", "x" * 81, "a\u200bbc", "a\nbc"])
def test_names_that_hide_something_cannot(name: str):
    assert not is_name(normal_name(name))


def test_a_name_has_one_form():
    assert normal_name(" Ｌi.MING ") == "li.ming"


@given(st.text(max_size=200))
def test_a_display_name_is_one_visible_line(text: str):
    shown = display_form(text)

    assert shown == " ".join(shown.split())
    assert len(shown) <= 80
