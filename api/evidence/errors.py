"""Why a file is not accepted as evidence."""

from __future__ import annotations


class EvidenceRefused(ValueError):
    """The file cannot be kept; the message says why and what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)


DAMAGED = EvidenceRefused(
    "文件打不开，可能已损坏。请用原来的软件打开并另存后再传。",
    "The file cannot be opened. Please open it in its program, save it again and retry.",
)
ENCRYPTED = EvidenceRefused(
    "文件有密码保护，请去掉密码后再传。", "The file is protected by a password. Remove the password and retry."
)
ACTIVE = EvidenceRefused(
    "文件里有宏、脚本或者指向外部的内容，不能接收。请另存为不含这些内容的文件后再传。",
    "The file holds macros, scripts or links to content elsewhere. Save it without them and retry.",
)
UNPACKS_TOO_LARGE = EvidenceRefused(
    "文件解压后过大，不能接收。请拆分后再传。", "The file unpacks to too much. Please split it and retry."
)
MIXED = EvidenceRefused(
    "文件里夹带了另一种文件，不能接收。请重新导出后再传。",
    "The file carries another file inside. Please export it again and retry.",
)
