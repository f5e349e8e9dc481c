"""Column types and short builders for the contract."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, Numeric, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

CENT = Decimal("0.01")


class Money(TypeDecorator[Decimal]):
    """Yuan with two decimals.

    SQLite has no decimal type, so there the value is a float and is rounded to cents when read;
    every other database keeps NUMERIC(18, 2).
    """

    impl = Numeric(18, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Float())
        return dialect.type_descriptor(Numeric(18, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return float(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(str(value)).quantize(CENT)


def key() -> Column[int]:
    """The record number, shown to people as the source of a figure."""
    return Column("id", Integer, primary_key=True, autoincrement=False, comment="记录编号")


def owner() -> Column[str]:
    """The enterprise a record is about."""
    return Column("uscc", String(18), nullable=False, comment="统一社会信用代码（记录所属企业）")


def read_at() -> Column[Any]:
    """When the core system last wrote the record."""
    return Column("as_of", DateTime, nullable=False, comment="数据时点")


def word(name: str, length: int, comment: str, *, null: bool = False, codes: str | None = None) -> Column[str]:
    """A short text, or a code out of the set ``codes``."""
    return Column(name, String(length), nullable=null, comment=comment, info={"codes": codes} if codes else {})


def day(name: str, comment: str, *, null: bool = False) -> Column[Any]:
    """A calendar day."""
    return Column(name, Date, nullable=null, comment=comment)


def count(name: str, comment: str, *, null: bool = False) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=null, comment=comment)


def yuan(name: str, comment: str, *, null: bool = False) -> Column[Decimal]:
    """An amount in yuan."""
    return Column(name, Money, nullable=null, comment=comment)


def ratio(name: str, comment: str, *, null: bool = False) -> Column[float]:
    """A measured number that is not an amount: a share in per cent, hours, a score."""
    return Column(name, Float, nullable=null, comment=comment)


def flag(name: str, comment: str, *, null: bool = False) -> Column[bool]:
    """Yes or no."""
    return Column(name, Boolean, nullable=null, comment=comment)
