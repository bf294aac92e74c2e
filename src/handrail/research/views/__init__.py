"""Screens of studies, interviews, marks and findings."""
