"""Uploaded files, looked into before the transaction of their request begins: that may take seconds."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData

from api.errors import BadInput
from api.evidence.errors import EvidenceRefused
from api.evidence.upload import Checked, check_upload
from selfassess.errors import FiguresUnreadable
from selfassess.statement import StatementReading, read_statement
from web.assess.page import FormDep, file_in

NOTHING_FOUND = BadInput(
    "表里没有找到需要的项目，请核对文件，或者下载模板填写。",
    "None of the lines needed was found. Check the file, or fill in the template.",
)
LONGEST_NAME = 200


def checked_upload(form: FormDep) -> Checked | BadInput:
    """Return the evidence file of a form, or why it is not accepted."""
    try:
        return check_upload(*_file(form))
    except BadInput as none_chosen:
        return none_chosen
    except EvidenceRefused as refused:
        return BadInput(refused.zh, refused.en)


def read_upload(form: FormDep) -> StatementReading | BadInput:
    """Return the statement of a form, or why it cannot be read."""
    try:
        found = read_statement(*_file(form))
    except BadInput as none_chosen:
        return none_chosen
    except FiguresUnreadable as error:
        return BadInput(f"{error.said.zh}。", f"{error.said.en}.")  # begins with the name of the file
    return found if found.found else NOTHING_FOUND


def _file(form: FormData) -> tuple[bytes, str]:
    file = file_in(form, "file")
    return file.file.read(), (file.filename or "")[:LONGEST_NAME]


# Stand before the desk among a route's parameters: they are worked off in this order.
CheckedDep = Annotated[Checked | BadInput, Depends(checked_upload)]
StatementDep = Annotated[StatementReading | BadInput, Depends(read_upload)]
