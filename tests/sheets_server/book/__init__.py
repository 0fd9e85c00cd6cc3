"""The spreadsheet model of the stand-in for Google Sheets: Google's JSON in and out, no HTTP."""

from tests.sheets_server.book.book import Book

__all__ = ["Book"]
