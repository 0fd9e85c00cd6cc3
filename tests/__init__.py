"""Tests. ``tests/real`` talks to real servers and programs, ``tests/bench`` measures, nothing here is mocked."""
