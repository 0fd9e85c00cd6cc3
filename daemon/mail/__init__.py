"""Mail in and out: MIME, IMAP, SMTP, and whether a sender may be believed."""
