"""No SQL is put together from text anywhere in the gateway."""

import ast
from pathlib import Path

import api.records

FOLDER = Path(api.records.__file__).parent
TEXTUAL = {"text", "literal_column", "exec_driver_sql", "TextClause", "from_statement", "prefix_with", "suffix_with"}
MODULES = sorted(path for path in FOLDER.rglob("*.py") if "sample" not in path.parts)


def _textual(source: str) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "") for call in calls]
    return [name for name in names if name in TEXTUAL]


def test_the_gateway_writes_no_sql_text():
    found = {path.name: names for path in MODULES if (names := _textual(path.read_text(encoding="utf-8")))}

    assert len(MODULES) > 30
    assert found == {}


def test_such_text_would_be_noticed():
    assert _textual("rows(text(f'SELECT {name}'))") == ["text"]
    assert _textual("connection.exec_driver_sql(query)") == ["exec_driver_sql"]
