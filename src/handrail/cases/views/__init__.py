"""Screens of cases; each module is reached from urls alone."""
