"""What the steps need of the outside, as small Protocols; adapters fulfil them, ``app`` joins them.

A module for each side of the house: ``incoming``, ``outgoing``, ``spreadsheets``, ``ledger`` (with the ``records`` that
it keeps) and ``files``.
"""
