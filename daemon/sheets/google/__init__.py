"""Google Sheets as a backend: the same spreadsheets, kept by Google, while people work in them.

``calls`` speaks HTTP within the quotas; ``grid`` reads what Google answers; ``batch`` words changes as one
``batchUpdate``; ``journal`` proves that they fell on the rows they were meant for; ``spreadsheet`` keeps one
spreadsheet's state; ``workbook`` fulfils the port; ``furnish`` sets up; ``drive`` finds, makes and shares; ``folder``
joins them and says what is read when.
"""

from daemon.sheets.google.calls import Account as Account
from daemon.sheets.google.calls import Calls as Calls
from daemon.sheets.google.folder import GoogleFolder as GoogleFolder
