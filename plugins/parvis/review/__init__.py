"""Room 3, DECIDE: people say yes or no, in text files that git keeps. No network, no Pelican."""
