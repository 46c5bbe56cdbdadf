"""What the last run made of the texts, so that the next one reads and makes only what changed. Losing it costs time."""
