"""Read the standards held, and find the one that applies on a day."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from selfassess.errors import StandardUnreadable, UnknownStandard, WrongStandard
from selfassess.item import EnterpriseType
from selfassess.standard import Level, Standard

STANDARDS = Path(__file__).parent / "standards"


@cache
def get_standard(standard_id: str) -> Standard:
    """The standard of this id; raises UnknownStandard, naming those held."""
    path = STANDARDS / f"{standard_id}.yaml"
    held = sorted(file.stem for file in STANDARDS.glob("*.yaml"))
    if standard_id not in held:
        raise UnknownStandard(
            f"没有收录标准{standard_id[:60]!r}，收录的有：{'、'.join(held)}",
            f"no standard {standard_id[:60]!r} is held; held are: {', '.join(held)}",
        )
    return read_standard(path)


def read_standard(path: Path) -> Standard:
    """A standard from a YAML file; raises StandardUnreadable naming file and field."""
    try:
        standard = Standard.model_validate(_yaml(path.read_text("utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise StandardUnreadable(f"{path.name}不是标准文件", f"{path.name}: {error}") from error
    if standard.id != path.stem:
        raise StandardUnreadable(
            f"{path.name}里面的id是{standard.id!r}", f"{path.name}: the id inside is {standard.id!r}"
        )
    return standard


@cache
def list_standards() -> tuple[Standard, ...]:
    """Every standard held, those in force latest first."""
    held = (get_standard(path.stem) for path in sorted(STANDARDS.glob("*.yaml")))
    return tuple(sorted(held, key=lambda standard: standard.first_day, reverse=True))


def find_standard(
    level: Level, kind: Literal["general", "single"], enterprise_type: EnterpriseType, on: date
) -> Standard | None:
    """The standard of this level and kind for this type of enterprise on this day, if it is held."""
    for standard in list_standards():
        fits = standard.level == level and standard.kind == kind and enterprise_type in standard.enterprise_types
        if fits and standard.in_force(on):
            return standard
    return None


def require_in_force(standard: Standard, on: date) -> None:
    """Raise WrongStandard, naming the period and the standard to use instead, unless it applies on ``on``."""
    if standard.in_force(on):
        return
    other = find_standard(standard.level, standard.kind, standard.enterprise_types[0], on)
    until = "" if standard.effective_to is None else standard.effective_to.isoformat()
    first = standard.first_day.isoformat()
    zh = f"{standard.id}（{standard.number}）在{on}不适用，适用期从{first}" + (f"到{until}" if until else "起")
    en = f"{standard.id} ({standard.document}) is not in force on {on}; it applies from {first}" + (
        f" to {until}" if until else ""
    )
    if other is not None:
        zh, en = f"{zh}；这一天用{other.id}", f"{en}; use {other.id} for that day"
    raise WrongStandard(zh, en)


def schema() -> dict[str, Any]:
    """The JSON schema of a standard file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Standard.model_json_schema()}


def schema_text() -> str:
    """The schema as kept in `standards/schema.json`."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _yaml(content: str) -> Any:
    # The C loader reads the same files about eight times faster; not every build of PyYAML has it.
    reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(content)
    try:
        return reader.get_single_data()
    finally:
        reader.dispose()
