"""Room 5, PROVE: what was built is looked at as a reader's browser and feed reader will."""
