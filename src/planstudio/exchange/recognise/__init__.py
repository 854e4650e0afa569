"""A document's text to what it holds of a plan or a policy manual.

Pure functions: no files, no database, no window. Rules speak of how districts
write such pages, never of one page; what cannot be told apart is left out and
remarked. Nothing is rewritten.

    text → lines │ markup │ stratml → blocks → outline → statements, goals, policies → remarks
"""

from __future__ import annotations

from planstudio.exchange.recognise.decoding import read_text
from planstudio.exchange.recognise.reading import recognise

__all__ = ["read_text", "recognise"]
