"""Uploaded files, looked into before the transaction of their request begins: that may take seconds."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.datastructures import UploadFile

from api.errors import BadInput
from api.evidence.errors import EvidenceRefused
from api.evidence.upload import Checked, check_upload
from selfassess.errors import FiguresUnreadable
from selfassess.statement import StatementReading, read_statement
from web.assess.page import FormDep

NONE_CHOSEN = BadInput("请先选择文件。", "Please choose a file first.")
NOTHING_FOUND = BadInput(
    "表里没有找到需要的项目，请核对文件，或者下载模板填写。",
    "None of the lines needed was found. Check the file, or fill in the template.",
)
LONGEST_NAME = 200


def checked_upload(form: FormDep) -> Checked | BadInput:
    """Return the evidence file of a form, or why it is not accepted."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return NONE_CHOSEN
    try:
        return check_upload(file.file.read(), file.filename[:LONGEST_NAME])
    except EvidenceRefused as refused:
        return BadInput(refused.zh, refused.en)


def read_upload(form: FormDep) -> StatementReading | BadInput:
    """Return the statement of a form, or why it cannot be read."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return NONE_CHOSEN
    try:
        found = read_statement(file.file.read(), file.filename[:LONGEST_NAME])
    except FiguresUnreadable as error:
        return BadInput(f"{error.said.zh}。", f"{error.said.en}.")
    return found if found.found else NOTHING_FOUND


# Stand before the desk among a route's parameters: they are worked off in this order.
CheckedDep = Annotated[Checked | BadInput, Depends(checked_upload)]
StatementDep = Annotated[StatementReading | BadInput, Depends(read_upload)]
