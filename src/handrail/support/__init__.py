"""One front door for companies: every question has an owner, a clock and an answer that can be used again."""
