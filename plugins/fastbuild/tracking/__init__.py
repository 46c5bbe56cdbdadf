"""Tracking: what a render read, so that the next build knows whether it would come out the same."""
