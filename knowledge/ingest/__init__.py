"""Official text into the knowledge base: read, split, settle the facts, preview, write.

    source = read_source(path)              # docx, pdf, html, md, txt -> lines
    law = parse_law(source)                 # lines -> chapters, articles, 款, 项
    proposal = propose(law, source)         # title, number, dates, each with its sentence
    missing(proposal, given)                # what to ask a person for
    metadata = settle(proposal, given, source)
    addition = plan_addition(law, metadata, held_documents(provisions), proposal.remarks)
    rows(addition)                          # the preview, to be read and agreed to
    commit_addition(addition, folder)       # one corpus file, all or nothing

Every step refuses with an `IngestError` that says in Chinese and English what to do next.
"""

from knowledge.ingest.add import Addition, Change, plan_addition
from knowledge.ingest.commit import commit_addition
from knowledge.ingest.errors import IngestError
from knowledge.ingest.held import Held, held_documents
from knowledge.ingest.metadata import Given, Metadata, Missing, missing, settle
from knowledge.ingest.preview import rows
from knowledge.ingest.proposal import Proposal, propose
from knowledge.ingest.reading import read_bytes, read_source
from knowledge.ingest.split import parse_law

__all__ = [
    "Addition",
    "Change",
    "Given",
    "Held",
    "IngestError",
    "Metadata",
    "Missing",
    "Proposal",
    "commit_addition",
    "held_documents",
    "missing",
    "parse_law",
    "plan_addition",
    "propose",
    "read_bytes",
    "read_source",
    "rows",
    "settle",
]
