"""A stand-in for Google Sheets v4 and Drive v3 on loopback: what gspread, its users and the daemon use of them.

Requests are checked against Google's own discovery documents; ``python -m tests.sheets_server --port N`` serves it
alone.
"""
