"""Reports: a snapshot of a plan in, an accessible PDF out. No database, no window.

printing ── what there is, and build()
book ── cover, contents, statements, goals, measures, policies: one module each
listing, single ── the other reports: print_report() and table_of(); one module each
tables, board_tables ── the same reports as rows, without ReportLab
wording, standings, revised, columns ── words for standings, their marks, changed words, goals abreast
story, prose, typesetter, fonts ── from the book's text to boxes on pages
charts, marks, figures, packet_map ── what is drawn
style ── sizes, colors, grid
tagged/ ── the PDF itself, PDF/UA-1 and PDF/A-2a
"""

from planstudio.reports.printed import Cancelled, Printed
from planstudio.reports.printing import REPORTS, build

__all__ = ["REPORTS", "Cancelled", "Printed", "build"]
