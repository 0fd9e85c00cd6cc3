"""Google Drive as far as spreadsheets need it: files, folders, shared drives, permissions, changes."""
