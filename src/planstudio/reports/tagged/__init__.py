"""Tagged PDF on ReportLab's canvas: PDF/UA-1, and PDF/A-2a with it.

    tags ── the structure tree            font, metadata, writer ── what a file needs
    canvas ── marks all that is drawn     box, breaking, paragraph, table, figure ── what stands on pages
    pages ── fills pages with boxes

It knows nothing of plans and policies. ReportLab gives it fonts, graphics and
the canvas; paragraphs, tables and pages are its own, because platypus draws
text first and would be told afterwards whose it is.
"""
