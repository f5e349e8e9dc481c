"""A self-assessment on paper: as a document, a workbook and a calendar, each a pure function of its result.

paper.py     what stands on the paper, in one language      words.py     headings and labels
document.py  docx      workbook.py  xlsx      calendar_file.py  ics      cells.py  texts that stay texts
"""
