"""The daemon's steps: each one reads and writes the ledger and can run in a process of its own."""
