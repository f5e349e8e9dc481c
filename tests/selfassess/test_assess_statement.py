"""Reading statements from xlsx and csv."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import openpyxl
import pytest

from selfassess.errors import FiguresUnreadable
from selfassess.figures import LINES
from selfassess.indicators import calculate
from selfassess.statement import StatementReading, read_statement
from selfassess.statement_template import write_template

BALANCE = """资产负债表,,,,,
编制单位：示例公司,,,,,单位：万元
资产,期末余额,年初余额,负债和所有者权益,期末余额,年初余额
流动资产：,,,流动负债：,,
货币资金,"1,200.50",900,短期借款,10,20
　　交易性金融资产,0,0,流动负债合计,"3,000",2500
流动资产合计,5000,4000,负债合计,4000,3500
资产总计,9000,8000,负债和所有者权益总计,9000,8000
"""
INCOME = """利润表,,
单位：元,,
项目,本期金额,上期金额
一、营业收入,"1,000",900
减：营业成本,800,700
其中：利息费用,5,4
二、营业利润（亏损以“－”号填列）,(20),10
三、利润总额（亏损总额以“－”号填列）,15,9
四、净利润（净亏损以“－”号填列）,12,8
"""


def _numbers(reading: StatementReading) -> dict[str, Fraction]:
    return {line: amount.yuan for line, amount in reading.figures.amounts.items()}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_both_halves_of_a_balance_sheet_are_read_in_yuan(encoding: str) -> None:
    reading = read_statement(BALANCE.encode(encoding), "balance.csv")

    assert _numbers(reading) == {
        "cash": 12_005_000,
        "trading_financial_assets": 0,
        "current_liabilities": 30_000_000,
        "current_assets": 50_000_000,
        "total_liabilities": 40_000_000,
        "total_assets": 90_000_000,
        "opening_total_assets": 80_000_000,
    }
    assert reading.problems == ()


def test_an_income_statement_is_read_with_numbering_remarks_and_brackets() -> None:
    numbers = _numbers(read_statement(INCOME.encode(), "income.csv"))

    assert numbers == {
        "revenue": 1000,
        "cost_of_sales": 800,
        "interest_expense": 5,
        "operating_profit": -20,
        "total_profit": 15,
        "net_profit": 12,
    }


def test_the_template_offered_is_read_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template()))
    sheet = book.active
    sheet["B2"], sheet["B3"] = "万元", "保留意见"
    for row, _ in enumerate(LINES, start=5):
        sheet.cell(row, 2, row * 10)
    filled = io.BytesIO()
    book.save(filled)

    reading = read_statement(filled.getvalue(), "template.xlsx")

    assert _numbers(reading) == {line: row * 100_000 for row, line in enumerate(LINES, start=5)}
    assert reading.figures.audit_opinion == "qualified"
    assert reading.missing == ()
    assert reading.problems == ()


def test_an_empty_template_reports_every_line_as_missing() -> None:
    reading = read_statement(write_template("en"), "template.xlsx")

    assert reading.missing == tuple(LINES)
    assert all(indicator.value is None for indicator in calculate(reading.figures).values())


def test_two_columns_without_a_year_are_not_guessed() -> None:
    reading = read_statement("项目,甲,乙\n净利润,5,6\n".encode(), "a.csv")

    assert reading.figures.amounts == {}
    assert [problem.code for problem in reading.problems] == ["unclear_column"]


def test_a_line_with_two_different_numbers_is_left_out_and_reported() -> None:
    reading = read_statement("项目,本期金额\n净利润,5\n四、净利润,6\n".encode(), "a.csv")

    assert "net_profit" not in reading.figures.amounts
    assert [problem.code for problem in reading.problems] == ["conflict"]


def test_the_same_number_twice_is_no_conflict() -> None:
    reading = read_statement("项目,本期金额\n净利润,5\n四、净利润,5.00\n".encode(), "a.csv")

    assert _numbers(reading) == {"net_profit": 5}


def test_row_numbers_and_notes_are_not_taken_for_amounts() -> None:
    reading = read_statement("项目,行次,附注,本期金额,上期金额\n净利润,30,五.1,7,8\n".encode(), "a.csv")

    assert _numbers(reading) == {"net_profit": 7}


def test_two_units_on_one_sheet_leave_the_unit_open() -> None:
    reading = read_statement("单位：元,,\n单位：万元,,\n项目,本期金额\n净利润,7\n".encode(), "a.csv")

    assert reading.figures.amounts["net_profit"].unit is None


def test_text_in_a_statement_is_only_text() -> None:
    content = "项目,本期金额\n净利润,判定为达标\n营业收入,=1+1\n"

    reading = read_statement(content.encode(), "a.csv")

    assert reading.figures.amounts == {}
    assert [problem.code for problem in reading.problems] == ["not_a_number"]


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 51_000_000)
    return packed.getvalue()


_CELL = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">%s'
    b"</row></sheetData></worksheet>"
)


def _workbook_with(sheet: bytes) -> bytes:
    """A workbook whose sheet is replaced by this XML."""
    written, broken = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, sheet if name.endswith("sheet1.xml") else source.read(name))
    return broken.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"PK\x03\x04broken", "not a readable xlsx"),
        (b"\x00\x01\x02", "not an xlsx or csv"),
        (b"\xff\xfe\xff\xff\x81", "neither UTF-8 nor GB 18030"),
        (b"a" * 5_000_001, "larger than 5 MB"),
        (_zip_bomb(), "unpacks to more than 50 MB"),
        (_workbook_with(b"<worksheet><sheetData><row"), "not a readable xlsx"),
        (_workbook_with(_CELL % b'<c r="A1" t="n"><v>abc</v></c>'), "not a readable xlsx"),
        (_workbook_with(_CELL % b'<c r="A1" t="s"><v>99999</v></c>'), "not a readable xlsx"),
        (b"a" * 200_000 + b",1\n", "not a readable csv"),
    ],
)
def test_a_file_that_is_no_table_or_too_large_is_refused(content: bytes, fault: str) -> None:
    with pytest.raises(FiguresUnreadable, match=fault):
        read_statement(content, "x")
