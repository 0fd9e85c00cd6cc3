"""The ledger's tables. A change here needs a revision in ``migrations/versions`` (a test compares the two).

Keys do the work of "only once": an arrival by key and by content, a letter by its notice's key and by
Message-ID, a review and a reminder by key.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    text,
)

from daemon.domain.request import Channel, Status
from daemon.domain.telling import State
from daemon.ledger.columns import Choice, Listing, Moment, Structure, Words

metadata = MetaData()

# --- arrivals: what came in; one row per content, one key per place where that content lay ---------------

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("content_hash", Words, nullable=False, unique=True),
    Column("received_at", Moment, nullable=False),
    Column("name", Words, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempted_at", Moment),
    Column("next_at", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Column("numbers", Listing, nullable=False),
    Column("size", Integer, nullable=False),
    Column("original", String(64)),
    Column("raw", LargeBinary),
    Column("sender", Words, nullable=False),
    Column("shape", String(32), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("held_by", Integer),
    Index("arrivals_by_state", "state", "turn", "id"),
    Index("arrivals_alike", "sender", "shape", "received_at"),
)
arrival_keys = Table(
    "arrival_keys",
    metadata,
    Column("source", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("arrival_id", Integer, ForeignKey("arrivals.id"), nullable=False),
    Column("settled", Boolean, nullable=False),
    Index("arrival_keys_by_arrival", "arrival_id"),
    Index("arrival_keys_unsettled", "source", "settled"),
    sqlite_with_rowid=False,
)

# --- messages of exported conversations: seen once, in whichever export they come again ------------------

chat_messages = Table(
    "chat_messages",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("slot", String(32), nullable=False),
    Column("number", Words, nullable=False),
    Column("with_files", Boolean, nullable=False),
    Column("arrival_id", Integer, ForeignKey("arrivals.id"), nullable=False),
    Index("chat_messages_by_slot", "slot"),
    sqlite_with_rowid=False,
)

# --- requests: the columns of domain.request.Request, plus the revision that sheets follow ---------------

requests = Table(
    "requests",
    metadata,
    Column("number", String(24), primary_key=True),
    Column("revision", Integer, nullable=False, unique=True),
    Column("channel", Choice(Channel), nullable=False),
    Column("status", Choice(Status), nullable=False),
    Column("subject", Words, nullable=False),
    Column("description", Words, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("due", Date),
    Column("neighbourhood", Words, nullable=False),
    Column("headman", Words, nullable=False),
    Column("headman_email", Words, nullable=False),
    Column("category", Words, nullable=False),
    Column("directorate", Words, nullable=False),
    Column("external_body", Words, nullable=False),
    Column("liaison", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("result", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("sevk", Words, nullable=False),
    Column("attachments", Listing, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("clock_event", Words, nullable=False),
    Column("referred_on", Date),
    Column("closed_at", Moment),
    Column("archived", Boolean, nullable=False),
    Column("last_action", Words, nullable=False),
    Column("last_action_at", Moment),
    Column("source_message_id", Words, nullable=False),
    Column("review_reason", Words, nullable=False),
    Column("because", Listing, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("alternatives", Listing, nullable=False),
    Column("external_number", Words, nullable=False),
    Index("requests_by_directorate", "directorate", "revision"),
    Index("requests_by_headman", "headman_email", "closed_at"),
    Index("requests_by_neighbourhood", "neighbourhood"),
    Index("requests_by_message", "source_message_id"),
    # Requests like a new one are looked for among the latest open ones of its neighbourhood.
    Index(
        "requests_open_by_place",
        "neighbourhood",
        "category",
        "number",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index("requests_by_channel", "channel", "closed_at"),
    # Another system's number enters once, whichever way it comes.
    Index(
        "requests_by_external_number",
        "channel",
        "external_number",
        unique=True,
        sqlite_where=text("external_number <> ''"),
        postgresql_where=text("external_number <> ''"),
    ),
    # Holds all that the reminder pass reads (closed_at, too, or SQLite looks it up): the wide rows stay shut.
    Index(
        "requests_open",
        "due",
        "directorate",
        "number",
        "clock_event",
        "referred_on",
        "received_at",
        "closed_at",
        "external_body",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)
foreign_records = Table(
    "foreign_records",
    metadata,
    Column("channel", Choice(Channel), primary_key=True),
    Column("number", Words, primary_key=True),
    Column("facts", Structure, nullable=False),
    Column("standing", Words, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("answer_to", Words, nullable=False),
)
counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)

# --- history: append-only (triggers), chained by hashes (chain.py) ---------------------------------------

history = Table(
    "history",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("number", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("data", Structure, nullable=False),
    Column("salt", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("history_by_number", "number", "seq"),
)
history_head = Table(
    "history_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# --- letters -----------------------------------------------------------------------------------------------

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("occasion", Words, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("message_id", Words, nullable=False, unique=True),
    Column("subject", Words, nullable=False),
    Column("about", Listing, nullable=False),
    Column("owed", Words, nullable=False, server_default=""),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("tried_at", Moment),
    Column("sent_at", Moment),
    Column("detail", Words, nullable=False),
    Column("mime", LargeBinary, nullable=False),
    Index("outbox_by_state", "state", "id"),
    Index("outbox_by_sent_at", "sent_at"),
)
letter_about = Table(
    "letter_about",
    metadata,
    Column("letter_id", Integer, ForeignKey("outbox.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("number", Words, nullable=False),
    Index("letter_about_by_number", "number", "letter_id"),
    sqlite_with_rowid=False,
)
addresses = Table(
    "addresses",
    metadata,
    Column("address", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("since", Moment, nullable=False),
)
reminded = Table(
    "reminded",
    metadata,
    Column("key", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

# --- what people decide, what sheets agreed on, what the daemon remembers --------------------------------

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("opened_at", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("arrival_id", Integer),
    Column("sender", Words, nullable=False),
    Column("neighbourhood", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("read", Words, nullable=False),
    Column("guess", Words, nullable=False),
    Column("confidence", Float),
    Column("link", Words, nullable=False),
    Column("decided_at", Moment),
    Column("decision", Words, nullable=False),
    Index("reviews_by_decision", "decided_at", "id"),
    sqlite_autoincrement=True,
)
tellings = Table(
    "tellings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("number", Words, nullable=False),
    Column("occasion", Words, nullable=False),
    Column("way", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("state", Choice(State), nullable=False),
    Column("settled_at", Moment),
    Column("told_by", Words, nullable=False),
    Column("remark", Words, nullable=False),
    Index("tellings_by_state", "state", "id"),
    Index("tellings_by_number", "number"),
)
sheet_bases = Table(
    "sheet_bases",
    metadata,
    Column("sheet", Words, primary_key=True),
    Column("title", Words, primary_key=True),
    Column("row_key", Words, primary_key=True),
    Column("cells", Structure, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("missing_since", Moment),
)
sheet_states = Table(
    "sheet_states",
    metadata,
    Column("sheet", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
steps = Table(
    "steps",
    metadata,
    Column("name", Words, primary_key=True),
    Column("last_success", Moment),
    Column("failures", Integer, nullable=False),
    Column("failed_at", Moment),
    Column("detail", Words, nullable=False),
)
notes = Table(
    "notes",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
