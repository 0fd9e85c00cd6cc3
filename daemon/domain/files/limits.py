"""What a file from outside may have: beyond it nobody reads it, and no petition or photo needs it."""

MOST_BYTES = 150_000_000
MOST_PAGES = 300
"""A petition has a page or two, a day's pile perhaps a hundred: more is no scan of petitions."""
SHORTEST_PETITION = 8
"""Words; less is a heading, or a caption beside the pages."""
MOST_PIXELS = 120_000_000
"""Pixels of one picture as its header announces them; an A4 page at 600 dpi has 35 million."""
MOST_MEMBERS = 10_000
"""Files in one archive."""
MOST_UNPACKED = 1_000_000_000
"""Bytes of all members of an archive together, as declared; a conversation's photos are packed at about 1:1."""
MOST_RATIO = 250
"""Text packs at 1:10, a run of one byte at 1:1000."""
SMALL_MEMBER = 1_000_000
"""Bytes up to which a member may be packed as tightly as it likes."""
