"""Attacks on a server with twenty ordinary visitors beside them: `python -m tests.attacks` measures each."""
