"""Taking a conversation over on the web: the assistant is silent at every door until it is given back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.people import Person, World
from tests.web.desk.talks import Talk

QUESTION = "什么是AEO？"
SOURCES = 'class="sources"'  # stands in every answer of the assistant that says something


def test_while_waiting_both_see_the_promise_and_the_assistant_answers(talk: Talk):
    asked = talk.user.post("/", q=QUESTION).text

    assert SOURCES in asked
    assert "承诺答复时间" in asked
    listed = talk.coordinator.get("/desk/conversations").text
    assert "承诺答复时间" in listed
    assert listed.index("等待答复") < listed.index("网页")


def test_a_promise_that_is_over_is_marked_for_both(talk: Talk):
    talk.world.clock.pass_(hours=24)
    zhang, li = (talk.world.signed_in(talk.world.account(name)) for name in ("zhang", "li"))

    assert "已超过承诺时间" in zhang.get("/desk/conversations").text
    assert "已超过，急事请拨打12360" in li.get("/").text


def test_after_the_take_over_the_web_page_brings_messages_to_the_person(talk: Talk):
    talk.take()

    asked = talk.user.post("/", q=QUESTION).text

    assert SOURCES not in asked
    assert "已直接发给协调员，助手暂不答复" in asked
    assert QUESTION in talk.coordinator.get(talk.address).text


def test_the_stream_and_the_programs_doors_are_silent_too(talk: Talk):
    talk.take()

    streamed = talk.user.post("/stream", q=QUESTION).text
    called = talk.user.call("POST", "/api/v1/ask", json={"question": QUESTION}).json()
    events = talk.user.call("POST", "/api/v1/ask/stream", json={"question": QUESTION}).text
    assessed = talk.user.call("POST", "/api/v1/assessments/messages", json={"message": "帮我做自评"}).json()

    assert "已直接发给协调员" in streamed
    assert SOURCES not in streamed
    assert (called["kind"], called["citations"]) == ("handoff", [])
    assert '"kind": "handoff"' in events
    assert assessed["answer"]["kind"] == "handoff"
    assert talk.coordinator.get(talk.address).text.count('class="by-person"') == 5


def test_a_question_in_the_address_is_only_typed_in(talk: Talk):
    talk.take()

    shown = talk.user.get("/", params={"q": QUESTION}).text

    assert SOURCES not in shown
    assert f">{QUESTION}</textarea>" in shown


def test_the_reply_appears_in_the_enterprise_s_chat_with_and_without_scripts(talk: Talk):
    talk.take()
    talk.reply("请准备内审报告。")

    assert "请准备内审报告。" in talk.user.get("/").text
    assert "请准备内审报告。" in talk.user.get("/conversation/now").text
    assert "请准备内审报告。" in talk.user.get("/inbox").text


def test_once_given_back_the_assistant_answers_again(talk: Talk):
    talk.take()
    talk.reply("好的。")
    talk.finish()

    asked = talk.user.post("/", q=QUESTION).text

    assert SOURCES in asked
    assert "人工对话已结束，助手继续答复" in asked
    assert talk.stored.attended_by == "assistant"


def test_a_reply_is_promised_from_the_first_word_after_the_take_over(talk: Talk):
    talk.take()
    assert talk.stored.promised_at is None

    talk.user.post("/", q="复核要带什么材料")
    promised = talk.stored.promised_at
    talk.reply("内审报告。")

    assert promised is not None
    assert talk.stored.promised_at is None


def test_of_two_who_take_at_once_one_has_it(talk: Talk):
    people = [talk.coordinator, *(talk.world.coordinator(f"wang-{n}") for n in range(5))]
    address = f"{talk.address}/take"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda one: one.post(address), people))

    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409, 409, 409]
    winner = people[[answer.status_code for answer in answers].index(303)]
    assert talk.stored.attendant == winner.account_id
    assert talk.world.actions().count("conversation_taken") == 1


def test_who_has_not_taken_it_neither_replies_nor_ends_it(talk: Talk):
    talk.take()
    colleague = talk.world.coordinator("wang")

    for act in ("reply", "finish"):
        answer = colleague.post(f"{talk.address}/{act}", text="您好")
        assert answer.status_code == 400
        assert "请先接手这个对话" in answer.text
    assert talk.stored.attendant == talk.coordinator.account_id


def test_a_coordinator_of_elsewhere_finds_nothing(talk: Talk):
    other = talk.world.coordinator("qian", 32)

    assert other.get(talk.address).status_code == 404
    assert other.post(f"{talk.address}/take").status_code == 404
    assert talk.address not in other.get("/desk/conversations").text


def test_the_page_shows_what_was_asked_answered_and_looked_up(world: World, li: Person, zhang: Person):
    li.post("/", q="高级认证企业几年复核一次？")
    li.post("/", q="我们现在是什么等级？")
    li.post("/", q="转人工")

    shown = zhang.get(Talk(world, li, zhang).address).text

    assert "高级认证企业几年复核一次？" in shown
    assert 'href="/documents/gacc-order-282#' in shown
    assert "当时显示的内容" in shown
    assert "记录编号" in shown


def test_every_step_is_in_the_audit_log_under_the_one_who_took_it(talk: Talk):
    talk.coordinator.get(talk.address)
    talk.take()
    talk.reply("您好。")
    talk.finish()

    done = [
        action for action in talk.world.actions() if action.startswith("conversation_") or action == "person_asked_for"
    ]
    assert done == [
        "person_asked_for", "conversation_read", "conversation_taken", "conversation_replied", "conversation_finished",
    ]  # fmt: skip


def test_an_empty_reply_is_refused_and_a_long_one_stays_typed(talk: Talk):
    talk.take()

    assert talk.reply("  ").status_code == 400
    long = talk.reply("长" * 2001)
    assert long.status_code == 400
    assert "长" * 2001 in long.text
