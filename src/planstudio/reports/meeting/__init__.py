"""The board packet of a meeting.

packet ── every part, kept while it does not change, and bound
parts ── which parts there are, and contents, bookmarks, map and links that follow from them
agenda, front, attached, enclosures, accessibility ── what the parts show
running ── heads, feet, watermarks
leaks ── the second look at what nobody may see
"""
