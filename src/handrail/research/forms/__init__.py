"""What is filled in about studies, interviews and marks."""
