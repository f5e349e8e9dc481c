"""Every text of the interface has its English, and the catalogues hold each once."""

from __future__ import annotations

import re
from collections import Counter

from web.act_names import ACT_NAMES, ACTORS, DETAIL_NAMES, VALUE_NAMES
from web.views import HERE, english

NOTED = re.compile(r'(?:note|append)\(\s*(?:session, )?(?:self\.who, |who, )?"([a-z]+_[a-z_]+)"')
ASKED = re.compile(r'_\("([^"]+)"\)')


def test_every_text_of_a_template_has_its_english():
    asked = {text for path in HERE.glob("templates/**/*.html") for text in ASKED.findall(path.read_text("utf-8"))}

    assert len(asked) > 300
    assert sorted(asked - set(english())) == []


def test_no_text_has_two_translations():
    catalogues = [path.read_text("utf-8") for path in (HERE / "locale" / "en").glob("*.po")]
    listed = Counter(text for catalogue in catalogues for text in re.findall(r'^msgid "(.+)"$', catalogue, re.M))

    assert [text for text, times in listed.items() if times > 1] == []


def test_every_act_of_the_audit_log_is_called_something_in_both_languages():
    noted = {act for path in HERE.parent.glob("api/**/*.py") for act in NOTED.findall(path.read_text("utf-8"))}

    assert len(noted) > 50
    assert sorted(noted - set(ACT_NAMES)) == []
    named = {name for names in (ACT_NAMES, ACTORS, DETAIL_NAMES, VALUE_NAMES) for name in names.values()}
    assert sorted(named - set(english())) == []
