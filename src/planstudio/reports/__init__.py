"""Reports: a snapshot of a plan in, an accessible PDF out. No database, no window.

printing ── what there is, and build()
book ── cover, contents, statements, goals, measures, policies: one module each
listing, single ── the other reports: print_report() and table_of(); one module each
columns ── of a table, written once for paper and spreadsheet; tables ── spreadsheets that are no table on paper
wording, standings, revised, goal_columns ── words for standings, their marks, changed words, goals abreast
writer, prose, typesetter, fonts ── from the book's text to boxes on pages
charts, marks, figures, packet_map ── what is drawn
style ── sizes, colors, grid
document ── sections to pages to a file, by taggedpdf: PDF/UA-1 and PDF/A-2a
"""

from planstudio.reports.printed import Cancelled, Printed
from planstudio.reports.printing import REPORTS, build

__all__ = ["REPORTS", "Cancelled", "Printed", "build"]
