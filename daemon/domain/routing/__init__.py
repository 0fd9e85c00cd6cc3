"""Whose request a text is: what it asks for, of whom, how surely, and whether life is in danger."""
