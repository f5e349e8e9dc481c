"""Enterprises that share a person, investor, telephone or address."""

from sqlalchemy import event

from api.records.gateway.cluster import find_cluster
from api.records.scope import Scope
from tests.api.records.records_world import DAY, own, uscc


def test_a_cluster_shows_only_what_is_published_of_enterprises_out_of_reach(reader):
    district = find_cluster(reader, Scope.of_customs("Y3"), uscc(10), DAY)

    outside = [member for member in district.members if not member.in_reach]
    inside = [member for member in district.members if member.in_reach]
    assert {member.uscc for member in inside} == {uscc(11)}
    assert {uscc(12), uscc(13), uscc(14)} <= {member.uscc for member in outside}
    assert all(link.shared is None for member in outside for link in member.links)
    assert all(link.shared for link in inside[0].links)
    assert not hasattr(outside[0], "phone")


def test_an_enterprise_user_is_not_told_who_shares_its_telephone(reader):
    cluster = find_cluster(reader, own(10), uscc(10), DAY)

    assert cluster.members == ()
    assert cluster.hidden >= 1
    assert find_cluster(reader, Scope.of_enterprises([uscc(10), uscc(11)]), uscc(10), DAY).members[0].uscc == uscc(11)


def test_cluster_steps_are_the_shortest_and_the_expansion_stops(reader):
    officer = Scope.of_customs("Y3")

    steps = {member.uscc: member.step for member in find_cluster(reader, officer, uscc(10), DAY).members}
    near = find_cluster(reader, officer, uscc(10), DAY, steps=1)

    assert (steps[uscc(11)], steps[uscc(12)], steps[uscc(13)], steps[uscc(14)]) == (1, 2, 3, 2)
    assert {member.step for member in near.members} == {1}


def test_a_cluster_takes_few_questions_however_large_it_is(records):
    asked = []

    def count(*call):
        asked.append(call[2])

    event.listen(records.engine, "before_cursor_execute", count)
    with records.reader() as reader:
        find_cluster(reader, Scope.of_customs("Y3"), uscc(10), DAY)
    event.remove(records.engine, "before_cursor_execute", count)

    assert len(asked) <= 1 + 3 * 3 + 1


def test_every_member_names_its_registration_and_its_rating(reader):
    members = find_cluster(reader, Scope.of_customs("Y3"), uscc(10), DAY).members

    assert {(member.source.table, member.rating.table) for member in members} == {("enterprise", "credit_rating")}
