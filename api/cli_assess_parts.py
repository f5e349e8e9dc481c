"""The parts of a printed self-assessment below the verdict; a part with nothing to say says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from api.cli_assess_layout import Words, bullets, columns, entry, listed, sources

Result = dict[str, Any]
Blocks = Iterator[RenderableType]


def _gaps(blocking: bool, heading: str) -> Callable[[Result, Words], Blocks]:
    def part(result: Result, words: Words) -> Blocks:
        gaps = [gap for gap in result["gaps"] if gap["blocks"] is blocking]
        answered = [gap for gap in gaps if gap["grade"] != "unanswered"]
        if answered:
            yield words.heading(heading, len(answered))
            yield Group(*(_gap(gap, words) for gap in answered))
        still_open = [gap["no"] for gap in gaps if gap["grade"] == "unanswered"]
        if still_open:
            yield listed(f"{words.say('unanswered_items')} {len(still_open)}", words.in_order(still_open))

    return part


def _gap(gap: Any, words: Words) -> RenderableType:
    heading = Text.assemble((f"{gap['no']} {gap['title']}  ", "bold"), words.grade(gap["grade"]))
    step = Text(words.tag("next_step", gap["next_step"]))
    if gap["passes_on"]:
        step.append(f"（{words.say('passes_on')} {gap['passes_on']}）", style="green")
    step.append(f"  {words.joined(gap['owners'])}", style="dim")
    return entry(heading, Text(words.tag("reason", gap["reason"])), step)


def _fixes(result: Result, words: Words) -> Blocks:
    fixes, outcome = result.get("fixes"), result["outcome"]
    still_open = any(gap["blocks"] and gap["grade"] == "unanswered" for gap in result["gaps"])
    if not fixes or outcome["passed"] or not fixes["reachable"] or still_open:
        return
    yield listed(words.say("fixes", n=fixes["size"]), words.in_order(fixes["recommended"]))
    if fixes["sets"] > 1:
        yield Text(words.say("one_of", n=fixes["sets"]), style="dim")


def _contradictions(result: Result, words: Words) -> Blocks:
    found = [item for item in result["items"] if "contradiction" in item]
    if found:
        yield words.heading("contradictions", len(found))
        yield Group(*(_contradiction(item["no"], item["contradiction"], words) for item in found))


def _contradiction(no: str, other: Any, words: Words) -> RenderableType:
    heading = Text(f"{no} {words.title(no)}  ", style="bold")
    heading.append(words.tag("said", "")).append(words.grade(other["said"]))
    heading.append("  " + words.tag("record", "")).append(words.grade(other["record"]))
    return entry(heading, Text(words.values(other["values"])), Text(sources(other["sources"]), style="dim"))


def _filled(result: Result, words: Words) -> Blocks:
    items = [item for item in result["items"] if "proposal" in item]
    filled = [item["no"] for item in items if item["source"] in ("record", "calculated")]
    if filled:
        yield listed(f"{words.say('filled')} {len(filled)}", words.in_order(filled))
    partial = [item for item in items if _is_half_filled(item)]
    if partial:
        yield words.heading("half_filled", len(partial))
        yield Group(*(_half_filled(item["no"], item["proposal"], words) for item in partial))


def _is_half_filled(item: Any) -> bool:
    proposal = item["proposal"]
    return bool(item["grade"] == "unanswered" and proposal["values"] and proposal["still_needed"])


def _half_filled(no: str, proposal: Any, words: Words) -> RenderableType:
    return entry(
        Text(f"{no} {words.title(no)}", style="bold"),
        Text(words.tag("record_says", words.values(proposal["values"]))),
        Text(words.tag("still_needed", proposal["still_needed"])),
    )


def _forecast(result: Result, words: Words) -> Blocks:
    ahead = result.get("forecast")
    if not ahead or not ahead["items"]:
        return
    yield words.heading("forecast", len(ahead["items"]))
    table = columns(words.say("passes_on"), words.say("no"), words.say("item"), words.say("reason"))
    for coming in sorted(ahead["items"], key=lambda coming: coming["passes_on"] or "9999"):
        again = f"（{words.say('fails_again')} {coming['fails_again_on']}）" if coming["fails_again_on"] else ""
        table.add_row(coming["passes_on"] or "—", coming["no"], words.title(coming["no"]), coming["reason"] + again)
    yield table
    yield Text(words.tag("all_pass_on", ahead["all_pass_on"] or words.say("never")), style="bold")
    yield Text(ahead["assumption"], style="dim")


def _what_if(result: Result, words: Words) -> Blocks:
    for answer in result.get("what_if", ()):
        yield Text(words.tag("what_if", answer["asked"]), style="bold")
        yield bullets(_what_if_lines(answer, words))


def _what_if_lines(answer: Any, words: Words) -> Iterator[str]:
    yield from answer["understood"]
    yield from answer["asks"]
    if "after" not in answer:
        return
    for change in answer["changes"]:
        before, after = words.grade_name(change["before"]), words.grade_name(change["after"])
        yield f"{change['no']} {words.title(change['no'])}：{before} → {after}"
    for left in answer["left_open"]:
        possible = " / ".join(words.grade_name(grade) for grade in left["possible"])
        yield f"{left['no']} {words.title(left['no'])}：{possible}（{left['needed'] or '—'}）"
    if not answer["changes"] and not answer["left_open"]:
        yield words.say("no_change")
    verdict = {True: "passed", False: "failed", None: "open"}
    before, after = (words.say(verdict[answer[when]["passed"]]) for when in ("before", "after"))
    yield words.tag("verdict", f"{before} → {after}")
    if answer["recovery"] and answer["recovery"]["items"]:
        yield words.tag("all_pass_on", answer["recovery"]["all_pass_on"] or words.say("never"))
    yield from answer["remarks"]


def _not_applicable(result: Result, words: Words) -> Blocks:
    found = [item for item in result["items"] if item["grade"] == "not_applicable"]
    if found:
        yield words.heading("not_applicable", len(found))
        yield bullets(f"{item['no']} {words.title(item['no'])}：{item.get('note', '')}" for item in found)


def _caveats(result: Result, _: Words) -> Blocks:
    caveats = result.get("caveats", ())
    if caveats:
        yield bullets((caveat["text"] for caveat in caveats), "!", "dim")


PARTS: tuple[Callable[[Result, Words], Blocks], ...] = (
    _gaps(True, "blocking"),
    _gaps(False, "other_gaps"),
    _fixes,
    _contradictions,
    _filled,
    _forecast,
    _what_if,
    _not_applicable,
    _caveats,
)
"""In the order they are printed."""
