"""Exported conversations: who wrote what when, and which requests it makes."""
