"""Everything that changes companies, placements and what is known of work afterwards."""
