"""Spreadsheet backends. The embedded default: xlsx workbooks in a folder that people share."""

from daemon.sheets.folder import OFFICE_CODE as OFFICE_CODE
from daemon.sheets.folder import WorkbookFolder as WorkbookFolder
from daemon.sheets.folder import name_of as name_of
