"""Structured messages of other systems and short forms: labels, values, records, and what follows from them."""
