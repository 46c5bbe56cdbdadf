"""Room 5, SEND: the built site goes to the branch that serves it, whole or not at all."""
