"""What is filled in about companies and placements."""
