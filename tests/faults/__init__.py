"""The fault matrix: one test for each row of ``tests/README.md`` that no other folder has."""
