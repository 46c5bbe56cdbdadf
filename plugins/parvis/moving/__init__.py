"""What comes from other systems, and what others take along: lists of feeds, articles, items."""
