"""Replies: what was written now, what it says of the job, and what that does to the request."""
