"""The crash checker: an office at work whose daemon is killed again and again, judged from outside.

``make crash N=2000`` or ``python -m tests.crash --help``; README.md in the folder above says what is checked.
"""
