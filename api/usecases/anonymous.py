"""A text without what names an enterprise or a person, and without secrets: what may be kept of a question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from api.redaction import redacted_text
from assistant.prompt import masked

ENTERPRISE = "〔企业〕"
# Legal forms and business words: what is left of a name is how people call the enterprise.
_FORMS = re.compile(
    r"[（(][^（）()]{1,12}[)）]|股份有限公司|有限责任公司|有限公司|集团|公司"
    r"|国际|进出口|贸易|科技|实业|工业|制造|物流|报关行?"
)
_PLACES = re.compile(
    r"^[\u4e00-\u9fff]{2,3}(?:省|市|区|县)|^(?:北京|上海|天津|重庆|广州|深圳|苏州|宁波|青岛|厦门|示例)"
)
# An enterprise called by a short name: 某某公司, 某某厂, 某某集团; words for any enterprise are none.
_CALLED = re.compile(r"[\u4e00-\u9fff·]{2,12}?(?:公司|集团|厂)")
_ANY = re.compile(
    r"我|你|您|贵|本|该|咱|他|她|它|们|那|这|哪|某|其|此|每|各|几|多|一|两|家|个|什么|母|子|分|总|控股|关联|上市|国有|民营|外资|合资"
    r"|外贸|进出口|贸易|报关|代理|生产|加工|物流|货代|快递|跨境|电商|审计|会计|新|老|小|大|境|海外|国外|供应|合并|分立|的|是|在|和|与|到"
)
SHORTEST = 2


def anonymous_text(text: str, names: Iterable[str] = ()) -> str:
    """Return a text without identifiers, secrets and names; ``names`` are those of the asker's own enterprises."""
    for name in names:
        for known in (name, _FORMS.sub("", name), _PLACES.sub("", _FORMS.sub("", name))):
            if len(known) >= SHORTEST:
                text = text.replace(known, ENTERPRISE)
    text = _CALLED.sub(lambda m: m.group() if _ANY.search(m.group()[:-2] or "我") else ENTERPRISE, masked(text))
    return redacted_text(text)
