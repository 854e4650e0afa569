"""The board packet of a meeting.

assembly ── which parts there are, and what stands on the pages of each
packet ── every part, kept while it does not change, and bound
parts ── a part, and contents, bookmarks, map and links that follow from all of them
agenda, front, attached, enclosures, accessibility ── what the parts show
running ── heads, feet, watermarks
leaks ── the second look at what nobody may see
"""
