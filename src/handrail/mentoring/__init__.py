"""Mentors and the lifeline: who stands beside somebody, and how that person reaches them with one tap."""
