"""Scanned petitions: from a page's lines to fields with their confidence, and what becomes of each."""
