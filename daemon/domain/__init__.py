"""The office's rules as pure values: no clock, no log, no I/O, no SQL."""
